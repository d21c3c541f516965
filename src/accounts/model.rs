//! Who is signed in.

use crate::{
    i18n::Lang,
    kernel::{
        ids::{DepartmentId, OrganizationId, SessionId, StaffId},
        roles::Role,
    },
};

/// The person behind a request, with everything that rights depend on. Read from the database at every request, so that
/// a disabled account or a changed role counts at once.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Actor {
    /// The session.
    pub session_id: SessionId,
    /// The person.
    pub staff_id: StaffId,
    /// The organisation; every query is limited to it (promise 14).
    pub organization_id: OrganizationId,
    /// The organisation's name.
    pub organization_name: String,
    /// The organisation's slug.
    pub organization_slug: String,
    /// The one or two characters of its emblem.
    pub emblem: String,
    /// The department, for handlers and heads.
    pub department_id: Option<DepartmentId>,
    /// The role.
    pub role: Role,
    /// The name shown.
    pub display_name: String,
    /// The sign-in name.
    pub username: String,
    /// The language of pages.
    pub lang: Lang,
    /// Whether they are the teacher of a class that patrols look at: such people read its day sheets.
    pub teaches_class: bool,
}
