//! SQL of news that were not gathered yet.

use chrono::{DateTime, Utc};
use sqlx::AssertSqlSafe;

use crate::{
    cases::{model::Lane, visibility::Scope},
    db::{Conn, dialect},
    db_all, db_execute, db_optional,
    kernel::ids::{CaseId, OrganizationId, OutboxId, StaffId},
};

/// Somebody with news.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub struct Waiting {
    /// Who.
    pub staff_id: StaffId,
    /// Whether they gave an address and want to hear.
    pub reachable: bool,
}

/// Everybody with news that were not gathered for e-mail.
pub async fn people(c: &mut Conn) -> sqlx::Result<Vec<Waiting>> {
    db_all!(
        c,
        Waiting,
        "SELECT DISTINCT o.staff_id, (s.email_sealed IS NOT NULL AND s.pace <> 'off' AND p.disabled_at IS NULL) AS reachable
         FROM outbox o JOIN staff p ON p.id = o.staff_id LEFT JOIN notice_settings s ON s.staff_id = o.staff_id
         WHERE o.mailed = 0"
    )
}

/// Somebody without an address: nothing is to be gathered.
pub async fn pass_over(c: &mut Conn, staff: StaffId) -> sqlx::Result<u64> {
    db_execute!(c, "UPDATE outbox SET mailed = 1 WHERE staff_id = $1 AND mailed = 0", staff)
}

/// A piece of news.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Piece {
    /// The notice.
    pub id: OutboxId,
    /// What happened.
    pub kind: String,
    /// To which case.
    pub case_id: Option<CaseId>,
    /// When, as noted.
    pub created_at: DateTime<Utc>,
    /// When it was read on the page.
    pub read_at: Option<DateTime<Utc>>,
    /// The lane of the case.
    pub lane: Option<Lane>,
    /// Whether the reader may know of the case now.
    pub visible: bool,
}

/// The news of a person that were not gathered, locked.
pub async fn of_person(c: &mut Conn, scope: &Scope) -> sqlx::Result<Vec<Piece>> {
    let sql = format!(
        "SELECT o.id, o.kind, o.case_id, o.created_at, o.read_at, k.lane,
                (o.case_id IS NULL OR EXISTS (SELECT 1 FROM cases c WHERE c.id = o.case_id AND {})) AS visible
         FROM outbox o LEFT JOIN cases k ON k.id = o.case_id
         WHERE o.staff_id = $2 AND o.mailed = 0 ORDER BY o.created_at, o.id{}",
        scope.condition(),
        of_outbox(dialect::for_update(c))
    );
    db_all!(c, Piece, AssertSqlSafe(sql.as_str()), scope.organization, scope.staff, scope.department)
}

/// A row of an outer join can't be locked: the notices alone are.
fn of_outbox(lock: &str) -> String {
    if lock.is_empty() { String::new() } else { format!("{lock} OF o") }
}

/// A piece of news was gathered for e-mail.
pub async fn mailed(c: &mut Conn, id: OutboxId) -> sqlx::Result<u64> {
    db_execute!(c, "UPDATE outbox SET mailed = 1 WHERE id = $1", id)
}

/// Whether a person may know of a case now.
pub async fn may_know(c: &mut Conn, scope: &Scope, case: CaseId) -> sqlx::Result<bool> {
    let sql = format!("SELECT 1 FROM cases c WHERE c.id = $4 AND {}", scope.condition());
    let found =
        db_optional!(c, (i32,), AssertSqlSafe(sql.as_str()), scope.organization, scope.staff, scope.department, case)?;
    Ok(found.is_some())
}

/// Organisations with news that were not gathered for their channels.
pub async fn organizations(c: &mut Conn) -> sqlx::Result<Vec<(OrganizationId,)>> {
    db_all!(c, (OrganizationId,), "SELECT DISTINCT organization_id FROM outbox WHERE posted = 0")
}

/// The news of an organisation that were not gathered for its channels, locked. Who reads a group is not known to us, so
/// only cases count that nobody of the staff must not know of: the ordinary lane, without any recusal (promise 12).
pub async fn of_organization(c: &mut Conn, org: OrganizationId) -> sqlx::Result<Vec<Piece>> {
    let sql = format!(
        "SELECT o.id, o.kind, o.case_id, o.created_at, o.read_at, k.lane,
                (o.case_id IS NULL OR EXISTS (SELECT 1 FROM cases c WHERE c.id = o.case_id AND {FOR_ALL})) AS visible
         FROM outbox o LEFT JOIN cases k ON k.id = o.case_id
         WHERE o.organization_id = $1 AND o.posted = 0 ORDER BY o.created_at, o.id{}",
        of_outbox(dialect::for_update(c))
    );
    db_all!(c, Piece, AssertSqlSafe(sql.as_str()), org)
}

/// "Everybody of the staff may know that there is the case `c`."
const FOR_ALL: &str =
    "c.lane = 'ordinary' AND NOT EXISTS (SELECT 1 FROM recusals r WHERE r.case_id = c.id AND r.state <> 'lifted')";

/// Whether everybody may know that there is a case now.
pub async fn all_may_know(c: &mut Conn, org: OrganizationId, case: CaseId) -> sqlx::Result<bool> {
    let sql = format!("SELECT 1 FROM cases c WHERE c.organization_id = $1 AND c.id = $2 AND {FOR_ALL}");
    Ok(db_optional!(c, (i32,), AssertSqlSafe(sql.as_str()), org, case)?.is_some())
}

/// A piece of news was gathered for the channels.
pub async fn posted(c: &mut Conn, id: OutboxId) -> sqlx::Result<u64> {
    db_execute!(c, "UPDATE outbox SET posted = 1 WHERE id = $1", id)
}

/// An organisation has no channel: nothing is to be gathered.
pub async fn pass_over_organization(c: &mut Conn, org: OrganizationId) -> sqlx::Result<u64> {
    db_execute!(c, "UPDATE outbox SET posted = 1 WHERE organization_id = $1 AND posted = 0", org)
}
