//! The adoption table 采纳情况表: what is decided now, and publishing it.

use crate::{
    accounts::model::Actor,
    db::Conn,
    error::{Error, Result},
    http::App,
    kernel::ids::LetterId,
    letters::{
        actions::{
            by_id, change, record,
            replies::{self, Replies},
        },
        model::{Table, TableRow, told},
        store,
    },
    organizations::{self, model::Department},
};

/// The table as it would be published now; undecided suggestions are left out.
pub fn rows(replies: &Replies, departments: &[Department]) -> Vec<TableRow> {
    let row = |s: &crate::letters::model::Suggestion| {
        let department = departments.iter().find(|d| Some(d.id) == s.department_id);
        Some(TableRow {
            title: s.title.clone(),
            decision: s.decision.filter(|_| s.is_answered())?,
            reason: s.reason.clone(),
            department: department.map(|d| d.name.clone()).unwrap_or_default(),
            day: s.day,
            voices: told(replies.voices(s.id)),
        })
    };
    replies.suggestions.iter().filter_map(row).collect()
}

/// Whether a published table says what is decided now.
pub fn is_current(published: Option<&Table>, replies: &Replies, departments: &[Department]) -> bool {
    published.is_some_and(|t| t.rows == rows(replies, departments))
}

/// Publishes the table: frozen; a later change is a new version with its own date.
///
/// # Errors
/// `NotFound`; `Bad` when a suggestion has no decision or no reason, when there is none, or when nothing has changed.
pub async fn publish(app: &App, actor: &Actor, id: LetterId) -> Result<()> {
    let mut tx = app.db.write().await?;
    let letter = by_id(&mut tx, actor.organization_id, id).await?;
    let read = replies::read(&mut tx, actor, &letter).await?;
    if read.suggestions.is_empty() {
        return Err(Error::Bad("letters.error.no_suggestion"));
    }
    if !read.all_answered() {
        return Err(Error::Bad("letters.error.undecided"));
    }
    let departments = departments(&mut tx, actor).await?;
    let before = store::tables::newest(&mut tx, id).await?;
    if is_current(before.as_ref(), &read, &departments) {
        return Err(Error::Bad("letters.error.unchanged"));
    }
    let number = before.map_or(1, |t| t.number + 1);
    store::tables::insert(&mut tx, id, number, &rows(&read, &departments), change(app, actor)).await?;
    record(app, &mut tx, actor, "letter.table_published", id, number).await?;
    tx.commit().await?;
    Ok(())
}

/// The departments that may be responsible.
///
/// # Errors
/// The database's.
pub async fn departments(c: &mut Conn, actor: &Actor) -> Result<Vec<Department>> {
    organizations::actions::departments(c, actor.organization_id).await
}
