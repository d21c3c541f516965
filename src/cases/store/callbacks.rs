//! SQL of callbacks 回访: how submitters judge the answers. A callback has the id of its event.

use chrono::{DateTime, Utc};

use sqlx::AssertSqlSafe;

use crate::{
    cases::{
        model::{Case, Identity, Rating, Source},
        visibility::Scope,
    },
    db::{Conn, dialect},
    db_all, db_execute, db_optional,
    kernel::ids::{CallbackId, CaseId, StaffId, TopicId},
};

/// A judgement.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Callback {
    /// Whether they were contacted.
    pub contacted: bool,
    /// Whether it is solved.
    pub solved: bool,
    /// Whether they are satisfied.
    pub satisfied: bool,
    /// What they add.
    pub comment: String,
    /// Who asked.
    pub source: Source,
    /// When.
    pub created_at: DateTime<Utc>,
    /// The number of its event.
    pub seq: i64,
}

/// Who asked, when it was not the submitter alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// By which way.
    pub source: Source,
    /// The person of the staff.
    pub by: Option<StaffId>,
}

/// Adds the judgement of a submitter.
pub async fn insert(
    c: &mut Conn,
    id: CallbackId,
    case: CaseId,
    rating: &Rating,
    asked: Asked,
    at: DateTime<Utc>,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO callbacks (id, case_id, by_staff_id, contacted, solved, satisfied, comment, source, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        id,
        case,
        asked.by,
        rating.contacted,
        rating.solved,
        rating.satisfied,
        &rating.comment,
        asked.source,
        at
    )
}

/// The judgements of a case, oldest first.
pub async fn of_case(c: &mut Conn, case: CaseId) -> sqlx::Result<Vec<Callback>> {
    db_all!(
        c,
        Callback,
        "SELECT b.contacted, b.solved, b.satisfied, b.comment, b.source, b.created_at, e.seq
         FROM callbacks b JOIN case_events e ON e.id = b.id WHERE b.case_id = $1 ORDER BY e.seq",
        case
    )
}

/// A case whose submitter has said nothing about its last answer.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Silent {
    /// The id.
    pub id: CaseId,
    /// The number.
    pub number: String,
    /// Where.
    pub place: String,
    /// About what.
    pub topic_id: TopicId,
    /// How the submitter wants to appear.
    pub identity: Identity,
    /// The department that answered.
    pub department: Option<String>,
    /// Who wrote the answer.
    pub author_id: Option<StaffId>,
    /// When an answer was promised.
    pub promised_at: DateTime<Utc>,
    /// When it went out.
    pub answered_at: DateTime<Utc>,
    /// How often it was reopened.
    pub reopened: i64,
}

/// "The last answer of the case `c` was not judged."
const NOT_JUDGED: &str =
    "NOT EXISTS (SELECT 1 FROM callbacks k JOIN case_events e ON e.id = k.id WHERE k.case_id = c.id
    AND e.seq > (SELECT MAX(a.seq) FROM case_events a WHERE a.case_id = c.id AND a.kind = 'answered'))";

/// Cases of the ordinary lane that a person may call back about or read of, answered since `since`, whose limit ends
/// before `until`, the longest ended first.
pub async fn silent(
    c: &mut Conn,
    scope: &Scope,
    since: DateTime<Utc>,
    until: DateTime<Utc>,
) -> sqlx::Result<Vec<Silent>> {
    let sql = format!(
        "SELECT c.id, c.number, c.place, c.topic_id, c.identity, d.name AS department,
                (SELECT r.author_id FROM replies r WHERE r.case_id = c.id AND r.state = 'sent'
                 ORDER BY r.sent_at DESC, r.id DESC LIMIT 1) AS author_id,
                c.promised_at, c.answered_at, c.reopened
         FROM cases c LEFT JOIN departments d ON d.id = c.department_id
         WHERE {} AND c.lane = 'ordinary' AND c.state IN ('answered', 'closed') AND c.answered_at >= $4
               AND c.promised_at < $5 AND c.erased_at IS NULL AND {NOT_JUDGED}
         ORDER BY c.promised_at, c.id",
        scope.callable()
    );
    db_all!(c, Silent, AssertSqlSafe(sql.as_str()), scope.organization, scope.staff, scope.department, since, until)
}

/// Whether the last answer of a case was judged.
pub async fn is_judged(c: &mut Conn, case: CaseId) -> sqlx::Result<bool> {
    let sql = format!("SELECT 1 FROM cases c WHERE c.id = $1 AND {NOT_JUDGED}");
    Ok(db_optional!(c, (i32,), AssertSqlSafe(sql.as_str()), case)?.is_none())
}

/// A case that a person may call back about, locked for the rest of the transaction.
pub async fn callable_locked(c: &mut Conn, scope: &Scope, number: &str) -> sqlx::Result<Option<Case>> {
    let sql = format!(
        "SELECT c.* FROM cases c WHERE {} AND c.lane = 'ordinary' AND c.erased_at IS NULL AND c.number = $4{}",
        scope.callable(),
        dialect::for_update(c)
    );
    db_optional!(c, Case, AssertSqlSafe(sql.as_str()), scope.organization, scope.staff, scope.department, number)
}
