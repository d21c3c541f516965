//! SQL of rectifications, their steps and photos.

use chrono::{DateTime, Utc};
use sqlx::AssertSqlSafe;

use crate::{
    accounts::model::Actor,
    attachments::model::StoredFile,
    cases::visibility::Scope,
    db::Conn,
    db_all, db_execute, db_one, db_optional,
    kernel::{
        ids::{
            CaseId, DepartmentId, FindingId, OrganizationId, RectificationId, RectificationPhotoId,
            RectificationStepId, StaffId, TopicId,
        },
        roles::Role,
    },
    rectifications::model::{Photo, Rectification, Side, State, Step, StepKind},
};

/// One to be added.
pub struct NewRow<'a> {
    pub id: RectificationId,
    pub organization_id: OrganizationId,
    pub idempotency_key: &'a str,
    pub case_id: Option<CaseId>,
    pub finding_id: Option<FindingId>,
    pub place: &'a str,
    pub topic_id: TopicId,
    pub measure: &'a str,
    pub department_id: DepartmentId,
    pub person_id: Option<StaffId>,
    pub due_at: DateTime<Utc>,
    pub planned_fen: Option<i64>,
    pub made_by: StaffId,
    pub made_at: DateTime<Utc>,
}

/// Adds one; 0 when its form made one before.
pub async fn insert(c: &mut Conn, row: &NewRow<'_>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO rectifications (id, organization_id, idempotency_key, case_id, finding_id, place, topic_id, measure,
                department_id, person_id, due_at, planned_fen, state, round, version, made_by, made_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'open', 0, 1, $13, $14)
         ON CONFLICT (organization_id, idempotency_key) DO NOTHING",
        row.id,
        row.organization_id,
        row.idempotency_key,
        row.case_id,
        row.finding_id,
        row.place,
        row.topic_id,
        row.measure,
        row.department_id,
        row.person_id,
        row.due_at,
        row.planned_fen,
        row.made_by,
        row.made_at
    )
}

/// "The rectification `x` is visible", with `$1` the organisation, `$2` the person, `$3` the department: whoever is recused
/// from its case knows nothing of it (promise 12), and nobody of one whose case left the ordinary queue.
fn visible(actor: &Actor) -> String {
    let side = if matches!(actor.role, Role::Office | Role::Leader) {
        "1 = 1"
    } else {
        "(x.department_id = $3 OR EXISTS (SELECT 1 FROM cases h WHERE h.id = x.case_id AND h.department_id = $3))"
    };
    format!(
        "x.organization_id = $1 AND {side} AND (x.case_id IS NULL OR EXISTS (SELECT 1 FROM cases k WHERE k.id = x.case_id
            AND k.lane = 'ordinary' AND NOT EXISTS (SELECT 1 FROM recusals r WHERE r.case_id = k.id
                AND r.state <> 'lifted' AND (r.staff_id = $2 OR r.department_id = $3))))"
    )
}

/// The columns of one, but for the number of its case.
const COLUMNS: &str =
    "x.id, x.case_id, x.finding_id, x.place, x.topic_id, x.measure, x.department_id, d.name AS department,
    x.person_id, p.display_name AS person, x.due_at, x.planned_fen, x.actual_fen, x.state, x.round, x.version,
    x.made_by AS maker_id, m.display_name AS made_by, x.made_at, x.reported_at,
    (SELECT t.words FROM rectification_steps t WHERE t.rectification_id = x.id AND t.kind = 'withdrawn') AS withdrawn_because";
const TABLES: &str = "rectifications x JOIN departments d ON d.id = x.department_id JOIN staff m ON m.id = x.made_by
    LEFT JOIN staff p ON p.id = x.person_id";

/// What a person reads: the number of a case comes only with one that they may see, by the same three values.
fn columns(actor: &Actor) -> String {
    let scope = Scope::of(actor).condition();
    format!("{COLUMNS}, (SELECT c.number FROM cases c WHERE c.id = x.case_id AND {scope}) AS number")
}

/// Those that a person may see: what is to be done first, by its due time; what was withdrawn last.
pub async fn list(c: &mut Conn, actor: &Actor) -> sqlx::Result<Vec<Rectification>> {
    let sql = format!(
        "SELECT {} FROM {TABLES} WHERE {}
         ORDER BY CASE x.state WHEN 'open' THEN 0 WHEN 'not_fixed' THEN 0 WHEN 'withdrawn' THEN 2 ELSE 1 END, x.due_at, x.id",
        columns(actor),
        visible(actor)
    );
    let (org, staff, department) = (actor.organization_id, actor.staff_id, actor.department_id);
    db_all!(c, Rectification, AssertSqlSafe(sql.as_str()), org, staff, department)
}

/// One that a person may see.
pub async fn by_id(c: &mut Conn, actor: &Actor, id: RectificationId) -> sqlx::Result<Option<Rectification>> {
    let sql = format!("SELECT {} FROM {TABLES} WHERE {} AND x.id = $4", columns(actor), visible(actor));
    let (org, staff, department) = (actor.organization_id, actor.staff_id, actor.department_id);
    db_optional!(c, Rectification, AssertSqlSafe(sql.as_str()), org, staff, department, id)
}

/// The one that a form made.
pub async fn of_form(c: &mut Conn, actor: &Actor, key: &str) -> sqlx::Result<Option<Rectification>> {
    let sql = format!("SELECT {} FROM {TABLES} WHERE {} AND x.idempotency_key = $4", columns(actor), visible(actor));
    let (org, staff, department) = (actor.organization_id, actor.staff_id, actor.department_id);
    db_optional!(c, Rectification, AssertSqlSafe(sql.as_str()), org, staff, department, key)
}

/// Those of a case that a person may see.
pub async fn of_case(c: &mut Conn, actor: &Actor, case: CaseId) -> sqlx::Result<Vec<Rectification>> {
    let sql = format!(
        "SELECT {} FROM {TABLES} WHERE {} AND x.case_id = $4 ORDER BY x.made_at, x.id",
        columns(actor),
        visible(actor)
    );
    let (org, staff, department) = (actor.organization_id, actor.staff_id, actor.department_id);
    db_all!(c, Rectification, AssertSqlSafe(sql.as_str()), org, staff, department, case)
}

/// It is reported done; 0 when somebody was faster.
pub async fn report(
    c: &mut Conn,
    seen: &Rectification,
    state: State,
    actual_fen: Option<i64>,
    at: DateTime<Utc>,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE rectifications SET state = $3, actual_fen = $4, reported_at = $5, round = round + 1, version = version + 1
         WHERE id = $1 AND version = $2",
        seen.id,
        seen.version,
        state,
        actual_fen,
        at
    )
}

/// It stands otherwise, after a second look or because it was a mistake; 0 when somebody was faster.
pub async fn set_state(c: &mut Conn, id: RectificationId, version: i64, state: State) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE rectifications SET state = $3, version = version + 1 WHERE id = $1 AND version = $2",
        id,
        version,
        state
    )
}

/// A step to be added.
pub struct NewStep<'a> {
    pub id: RectificationStepId,
    pub of: RectificationId,
    pub round: i64,
    pub kind: StepKind,
    pub words: &'a str,
    pub by: StaffId,
    pub at: DateTime<Utc>,
}

/// Adds a step.
pub async fn insert_step(c: &mut Conn, step: &NewStep<'_>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO rectification_steps (id, rectification_id, round, kind, words, staff_id, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        step.id,
        step.of,
        step.round,
        step.kind,
        step.words,
        step.by,
        step.at
    )
}

/// The steps, the oldest first.
pub async fn steps(c: &mut Conn, of: RectificationId) -> sqlx::Result<Vec<Step>> {
    db_all!(
        c,
        Step,
        "SELECT t.round, t.kind, t.words, s.display_name AS name, t.at
         FROM rectification_steps t JOIN staff s ON s.id = t.staff_id
         WHERE t.rectification_id = $1 ORDER BY t.at, t.id",
        of
    )
}

/// Adds a photo.
pub async fn insert_photo(
    c: &mut Conn,
    id: RectificationPhotoId,
    of: RectificationId,
    (side, round): (Side, i64),
    file: &StoredFile,
) -> sqlx::Result<u64> {
    let last: (i64,) = db_one!(
        c,
        (i64,),
        "SELECT COALESCE(MAX(position), 0) FROM rectification_photos WHERE rectification_id = $1",
        of
    )?;
    db_execute!(
        c,
        "INSERT INTO rectification_photos (id, rectification_id, side, round, position, kind, size, sha256)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        id,
        of,
        side,
        round,
        last.0 + 1,
        &file.kind,
        file.size,
        &file.sha256[..]
    )
}

/// The photos, in their order.
pub async fn photos(c: &mut Conn, of: RectificationId) -> sqlx::Result<Vec<Photo>> {
    db_all!(
        c,
        Photo,
        "SELECT id, side, round, kind, sha256 FROM rectification_photos WHERE rectification_id = $1
         ORDER BY round, position",
        of
    )
}

/// What is needed to decide whether one is drawn from.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Candidate {
    /// The id.
    pub id: RectificationId,
    /// Its case.
    pub case_id: Option<CaseId>,
    /// Where.
    pub place: String,
    /// About what.
    pub topic_id: TopicId,
    /// When it was reported done.
    pub reported_at: DateTime<Utc>,
}

/// "A representative may know of the rectification `x`": its case concerns nobody of the staff and nobody's safety, and
/// its sender is not kept secret 保密.
const OPEN_TO_LOOKS: &str = "(x.case_id IS NULL OR EXISTS (SELECT 1 FROM cases c WHERE c.id = x.case_id
    AND c.lane = 'ordinary' AND c.identity <> 'sealed'
    AND NOT EXISTS (SELECT 1 FROM recusals r WHERE r.case_id = c.id AND r.state <> 'lifted')))";

/// Those that were reported done since `since` and may be looked at.
pub async fn candidates(c: &mut Conn, org: OrganizationId, since: DateTime<Utc>) -> sqlx::Result<Vec<Candidate>> {
    let sql = format!(
        "SELECT x.id, x.case_id, x.place, x.topic_id, x.reported_at FROM rectifications x
         WHERE x.organization_id = $1 AND x.state = $2 AND x.reported_at >= $3 AND {OPEN_TO_LOOKS} ORDER BY x.id"
    );
    db_all!(c, Candidate, AssertSqlSafe(sql.as_str()), org, State::Reported, since)
}

/// One that was drawn, while it may be looked at.
pub async fn drawn(c: &mut Conn, org: OrganizationId, id: RectificationId) -> sqlx::Result<Option<Rectification>> {
    let sql = format!(
        "SELECT {COLUMNS}, NULL AS number FROM {TABLES} WHERE x.organization_id = $1 AND x.id = $2 AND {OPEN_TO_LOOKS}"
    );
    db_optional!(c, Rectification, AssertSqlSafe(sql.as_str()), org, id)
}
