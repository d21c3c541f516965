//! SQL of visits, their marks and findings.

pub mod checklists;
pub mod classes;

use chrono::{DateTime, Utc};

use crate::{
    db::Conn,
    db_all, db_execute, db_optional,
    kernel::ids::{
        AccessPointId, CaseId, ChecklistId, FindingId, OrganizationId, PatrolClassId, ResponseId, StaffId, VisitId,
    },
    visits::{
        model::{Finding, FindingState, Visit, VisitKind},
        rules::Mark,
    },
};

/// A visit to be added.
pub struct NewRow<'a> {
    pub id: VisitId,
    pub organization_id: OrganizationId,
    pub response_id: ResponseId,
    pub checklist_id: ChecklistId,
    pub kind: VisitKind,
    pub author_id: StaffId,
    pub access_point_id: Option<AccessPointId>,
    pub class_id: Option<PatrolClassId>,
    pub place: &'a str,
    pub started_at: DateTime<Utc>,
    pub ended_at: DateTime<Utc>,
    pub received_at: DateTime<Utc>,
    pub signature: &'a str,
    pub drawing: &'a str,
}

/// Adds a visit.
pub async fn insert(c: &mut Conn, row: &NewRow<'_>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO visits (id, organization_id, response_id, checklist_id, kind, author_id, access_point_id, class_id,
                place, started_at, ended_at, received_at, signature, drawing)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        row.id,
        row.organization_id,
        row.response_id,
        row.checklist_id,
        row.kind,
        row.author_id,
        row.access_point_id,
        row.class_id,
        row.place,
        row.started_at,
        row.ended_at,
        row.received_at,
        row.signature,
        row.drawing
    )
}

/// Adds a mark of a visit.
pub async fn insert_mark(c: &mut Conn, visit: VisitId, mark: &Mark) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO visit_marks (visit_id, item, mark, most) VALUES ($1, $2, $3, $4)",
        visit,
        &mark.item,
        mark.mark,
        mark.most
    )
}

/// Adds a finding of a visit.
pub async fn insert_finding(c: &mut Conn, finding: &Finding, position: i64) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO findings (id, visit_id, position, item, comment, file_id, case_id, state)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        finding.id,
        finding.visit_id,
        position,
        &finding.item,
        &finding.comment,
        finding.file_id,
        finding.case_id,
        finding.state
    )
}

/// What was decided about a finding that nobody decided about before; 0 when somebody was faster.
pub async fn decide(
    c: &mut Conn,
    org: OrganizationId,
    id: FindingId,
    state: FindingState,
    case: Option<CaseId>,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE findings SET state = $3, case_id = $4 WHERE id = $2 AND state = $5
         AND visit_id IN (SELECT id FROM visits WHERE organization_id = $1)",
        org,
        id,
        state,
        case,
        FindingState::Noted
    )
}

/// What every statement that reads visits begins with.
macro_rules! visits {
    ($rest:literal) => {
        concat!(
            "SELECT v.id, v.response_id, v.checklist_id, v.kind, v.author_id, v.access_point_id, v.class_id, v.place,
                    v.started_at, v.ended_at, v.received_at, v.signature, v.drawing, k.area, k.title, k.title_en, r.form_version_id,
                    (SELECT COUNT(*) FROM findings f WHERE f.visit_id = v.id) AS findings
             FROM visits v JOIN checklists k ON k.id = v.checklist_id JOIN responses r ON r.id = v.response_id ",
            $rest
        )
    };
}

/// One visit.
pub async fn by_id(c: &mut Conn, org: OrganizationId, id: VisitId) -> sqlx::Result<Option<Visit>> {
    db_optional!(c, Visit, visits!("WHERE v.organization_id = $1 AND v.id = $2"), org, id)
}

/// The visit of a response.
pub async fn by_response(c: &mut Conn, response: ResponseId) -> sqlx::Result<Option<VisitId>> {
    Ok(db_optional!(c, (VisitId,), "SELECT id FROM visits WHERE response_id = $1", response)?.map(|row| row.0))
}

/// The newest visits of a person.
pub async fn of_author(c: &mut Conn, org: OrganizationId, author: StaffId, most: i64) -> sqlx::Result<Vec<Visit>> {
    db_all!(
        c,
        Visit,
        visits!("WHERE v.organization_id = $1 AND v.author_id = $2 ORDER BY v.ended_at DESC, v.id DESC LIMIT $3"),
        org,
        author,
        most
    )
}

/// The visits of a kind that ended in a span of time, newest first.
pub async fn between(
    c: &mut Conn,
    org: OrganizationId,
    kind: VisitKind,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> sqlx::Result<Vec<Visit>> {
    db_all!(
        c,
        Visit,
        visits!(
            "WHERE v.organization_id = $1 AND v.kind = $2 AND v.ended_at >= $3 AND v.ended_at < $4 ORDER BY v.ended_at DESC, v.id DESC"
        ),
        org,
        kind,
        from,
        to
    )
}

/// The newest visits of a kind.
pub async fn newest(c: &mut Conn, org: OrganizationId, kind: VisitKind, most: i64) -> sqlx::Result<Vec<Visit>> {
    db_all!(
        c,
        Visit,
        visits!("WHERE v.organization_id = $1 AND v.kind = $2 ORDER BY v.ended_at DESC, v.id DESC LIMIT $3"),
        org,
        kind,
        most
    )
}

/// The marks of the visits of a kind that ended in a span of time.
pub async fn marks_between(
    c: &mut Conn,
    org: OrganizationId,
    kind: VisitKind,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> sqlx::Result<Vec<(VisitId, String, i64, i64)>> {
    db_all!(
        c,
        (VisitId, String, i64, i64),
        "SELECT m.visit_id, m.item, m.mark, m.most FROM visit_marks m JOIN visits v ON v.id = m.visit_id
         WHERE v.organization_id = $1 AND v.kind = $2 AND v.ended_at >= $3 AND v.ended_at < $4 ORDER BY m.visit_id, m.item",
        org,
        kind,
        from,
        to
    )
}

/// The findings of a visit, in the order of its checklist.
pub async fn findings(c: &mut Conn, visit: VisitId) -> sqlx::Result<Vec<Finding>> {
    db_all!(
        c,
        Finding,
        "SELECT id, visit_id, item, comment, file_id, case_id, state FROM findings WHERE visit_id = $1 ORDER BY position",
        visit
    )
}

/// A finding.
pub async fn finding(c: &mut Conn, org: OrganizationId, id: FindingId) -> sqlx::Result<Option<Finding>> {
    db_optional!(
        c,
        Finding,
        "SELECT f.id, f.visit_id, f.item, f.comment, f.file_id, f.case_id, f.state
         FROM findings f JOIN visits v ON v.id = f.visit_id WHERE v.organization_id = $1 AND f.id = $2",
        org,
        id
    )
}

/// The findings of a case, with the responses that they came with, and takes their words and photos away.
pub async fn forget_findings(
    c: &mut Conn,
    org: OrganizationId,
    case: CaseId,
) -> sqlx::Result<Vec<(ResponseId, String)>> {
    let found = db_all!(
        c,
        (ResponseId, String),
        "SELECT v.response_id, f.item FROM findings f JOIN visits v ON v.id = f.visit_id
         WHERE v.organization_id = $1 AND f.case_id = $2 ORDER BY f.id",
        org,
        case
    )?;
    db_execute!(
        c,
        "UPDATE findings SET comment = '', file_id = NULL WHERE case_id = $2
         AND visit_id IN (SELECT id FROM visits WHERE organization_id = $1)",
        org,
        case
    )?;
    Ok(found)
}

/// The first finding of a case.
pub async fn finding_of_case(c: &mut Conn, org: OrganizationId, case: CaseId) -> sqlx::Result<Option<Finding>> {
    db_optional!(
        c,
        Finding,
        "SELECT f.id, f.visit_id, f.item, f.comment, f.file_id, f.case_id, f.state
         FROM findings f JOIN visits v ON v.id = f.visit_id
         WHERE v.organization_id = $1 AND f.case_id = $2 ORDER BY f.id LIMIT 1",
        org,
        case
    )
}

/// The findings of the visits of a kind that ended in a span of time.
pub async fn findings_between(
    c: &mut Conn,
    org: OrganizationId,
    kind: VisitKind,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> sqlx::Result<Vec<Finding>> {
    db_all!(
        c,
        Finding,
        "SELECT f.id, f.visit_id, f.item, f.comment, f.file_id, f.case_id, f.state
         FROM findings f JOIN visits v ON v.id = f.visit_id
         WHERE v.organization_id = $1 AND v.kind = $2 AND v.ended_at >= $3 AND v.ended_at < $4
         ORDER BY v.ended_at DESC, v.id, f.position",
        org,
        kind,
        from,
        to
    )
}

/// The newest findings of a person.
pub async fn findings_of_author(
    c: &mut Conn,
    org: OrganizationId,
    author: StaffId,
    most: i64,
) -> sqlx::Result<Vec<Finding>> {
    db_all!(
        c,
        Finding,
        "SELECT f.id, f.visit_id, f.item, f.comment, f.file_id, f.case_id, f.state
         FROM findings f JOIN visits v ON v.id = f.visit_id
         WHERE v.organization_id = $1 AND v.author_id = $2 ORDER BY v.ended_at DESC, v.id, f.position LIMIT $3",
        org,
        author,
        most
    )
}

/// The cases that came of what a person found.
pub async fn cases_of_author(c: &mut Conn, org: OrganizationId, author: StaffId) -> sqlx::Result<Vec<CaseId>> {
    let rows = db_all!(
        c,
        (CaseId,),
        "SELECT f.case_id FROM findings f JOIN visits v ON v.id = f.visit_id
         WHERE v.organization_id = $1 AND v.author_id = $2 AND f.case_id IS NOT NULL ORDER BY f.case_id",
        org,
        author
    )?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}
