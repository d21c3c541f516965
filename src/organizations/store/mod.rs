//! SQL of organisations, departments, topics and people.

mod calendar;
mod departments;
mod organization;
mod staff;
mod topics;

pub use calendar::*;
pub use departments::*;
pub use organization::*;
pub use staff::*;
pub use topics::*;

/// Whether a write broke a unique constraint, known by its name (PostgreSQL) and by its columns (SQLite).
fn broke(error: &sqlx::Error, name: &str, columns: &str) -> bool {
    crate::db::constraint(error).is_some_and(|c| c == name || c == columns)
}

/// Whether an organisation of this slug exists already.
pub fn slug_taken(error: &sqlx::Error) -> bool {
    broke(error, "organizations_slug_key", "organizations.slug")
}

/// Whether a department of this name exists already.
pub fn department_name_taken(error: &sqlx::Error) -> bool {
    broke(error, "departments_name_key", "departments.organization_id, departments.name")
}

/// Whether a topic of this code word exists already.
pub fn topic_code_taken(error: &sqlx::Error) -> bool {
    broke(error, "topics_code_key", "topics.organization_id, topics.code")
}

/// Whether somebody has this sign-in name already, in any organisation.
pub fn username_taken(error: &sqlx::Error) -> bool {
    broke(error, "staff_username_key", "staff.username")
}
