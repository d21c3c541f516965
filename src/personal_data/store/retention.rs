//! SQL of how long cases are kept.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use crate::{
    db::Conn,
    db_all, db_execute, db_optional,
    kernel::ids::{CaseId, DepartmentId, OrganizationId, StaffId},
    personal_data::retention::plan::Candidate,
};

/// The months that were set, by key.
pub async fn rules(c: &mut Conn, org: OrganizationId) -> sqlx::Result<Vec<(String, i64)>> {
    db_all!(
        c,
        (String, i64),
        "SELECT channel, months FROM retention_rules WHERE organization_id = $1 ORDER BY channel",
        org
    )
}

/// Sets the months of a key.
pub async fn save_rule(c: &mut Conn, org: OrganizationId, key: &str, months: i64) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO retention_rules (organization_id, channel, months) VALUES ($1, $2, $3)
         ON CONFLICT (organization_id, channel) DO UPDATE SET months = excluded.months",
        org,
        key,
        months
    )
}

/// Whether it is switched on, and the version.
pub async fn settings(c: &mut Conn, org: OrganizationId) -> sqlx::Result<Option<(bool, i64)>> {
    db_optional!(c, (bool, i64), "SELECT active, version FROM retention_settings WHERE organization_id = $1", org)
}

/// Switches it on or off, when it is still the version that was read; 0 when somebody was faster.
pub async fn save(
    c: &mut Conn,
    org: OrganizationId,
    active: bool,
    version: i64,
    by: StaffId,
    at: DateTime<Utc>,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO retention_settings (organization_id, active, version, changed_by, changed_at)
         SELECT $1, $2, 1, $4, $5 WHERE $3 = 0 OR EXISTS (SELECT 1 FROM retention_settings WHERE organization_id = $1)
         ON CONFLICT (organization_id) DO UPDATE SET active = excluded.active, version = retention_settings.version + 1,
                changed_by = excluded.changed_by, changed_at = excluded.changed_at
         WHERE retention_settings.version = $3",
        org,
        active,
        version,
        by,
        at
    )
}

/// The cases that came before a time and still have content, in the order in which they came.
pub async fn candidates(c: &mut Conn, org: OrganizationId, before: DateTime<Utc>) -> sqlx::Result<Vec<Candidate>> {
    db_all!(
        c,
        Candidate,
        "SELECT c.id, c.number, c.channel, c.lane, COALESCE(l.state, c.state) AS state, c.lead_id,
                (SELECT p.origin_id FROM case_splits p WHERE p.part_id = c.id) AS origin_id,
                COALESCE(l.closed_at, c.closed_at) AS ended_at,
                CAST((SELECT COUNT(*) FROM legal_holds h WHERE h.case_id = c.id AND h.lifted_at IS NULL) AS BIGINT) AS held,
                CAST((SELECT COUNT(*) FROM case_events e WHERE e.case_id = c.id
                      AND e.kind IN ('report_made', 'report_not_needed')) AS BIGINT) AS decided
         FROM cases c LEFT JOIN cases l ON l.id = c.lead_id
         WHERE c.organization_id = $1 AND c.erased_at IS NULL AND c.received_at <= $2
         ORDER BY c.arrival",
        org,
        before
    )
}

/// One of them.
pub async fn candidate(c: &mut Conn, org: OrganizationId, id: CaseId) -> sqlx::Result<Vec<Candidate>> {
    db_all!(
        c,
        Candidate,
        "SELECT c.id, c.number, c.channel, c.lane, COALESCE(l.state, c.state) AS state, c.lead_id,
                (SELECT p.origin_id FROM case_splits p WHERE p.part_id = c.id) AS origin_id,
                COALESCE(l.closed_at, c.closed_at) AS ended_at,
                CAST((SELECT COUNT(*) FROM legal_holds h WHERE h.case_id = c.id AND h.lifted_at IS NULL) AS BIGINT) AS held,
                CAST((SELECT COUNT(*) FROM case_events e WHERE e.case_id = c.id
                      AND e.kind IN ('report_made', 'report_not_needed')) AS BIGINT) AS decided
         FROM cases c LEFT JOIN cases l ON l.id = c.lead_id
         WHERE c.organization_id = $1 AND c.erased_at IS NULL AND c.id = $2",
        org,
        id
    )
}

/// The cases from which a person is recused.
pub async fn recused(
    c: &mut Conn,
    org: OrganizationId,
    staff: StaffId,
    department: Option<DepartmentId>,
) -> sqlx::Result<BTreeSet<CaseId>> {
    let rows = db_all!(
        c,
        (CaseId,),
        "SELECT r.case_id FROM recusals r JOIN cases k ON k.id = r.case_id
         WHERE k.organization_id = $1 AND r.state <> 'lifted' AND (r.staff_id = $2 OR r.department_id = $3)",
        org,
        staff,
        department
    )?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// A run.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Run {
    /// When.
    pub ran_at: DateTime<Utc>,
    /// How many cases went.
    pub erased: i64,
    /// How many stayed although their time is over.
    pub kept: i64,
}

/// Writes a run down; a second one of a day adds to the first.
pub async fn note_run(
    c: &mut Conn,
    org: OrganizationId,
    day: &str,
    at: DateTime<Utc>,
    erased: i64,
    kept: i64,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO retention_runs (organization_id, day, ran_at, erased, kept) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (organization_id, day) DO UPDATE SET ran_at = excluded.ran_at,
                erased = retention_runs.erased + excluded.erased, kept = excluded.kept",
        org,
        day,
        at,
        erased,
        kept
    )
}

/// The last runs, newest first.
pub async fn runs(c: &mut Conn, org: OrganizationId) -> sqlx::Result<Vec<Run>> {
    db_all!(
        c,
        Run,
        "SELECT ran_at, erased, kept FROM retention_runs WHERE organization_id = $1 ORDER BY day DESC LIMIT 12",
        org
    )
}
