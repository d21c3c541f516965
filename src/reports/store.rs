//! SQL of school terms and of the reports of a term or a year.

use chrono::{DateTime, Utc};

use crate::{
    db::Conn,
    db_all, db_execute, db_optional,
    kernel::ids::{OrganizationId, StaffId, TermId, TermReportId},
};

/// A term as stored: days as `2026-09-01`.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct TermRow {
    /// The id.
    pub id: TermId,
    /// Its name.
    pub name: String,
    /// The first day.
    pub first_day: String,
    /// The last day.
    pub last_day: String,
}

/// The terms of an organisation, the newest first.
pub async fn terms(c: &mut Conn, org: OrganizationId) -> sqlx::Result<Vec<TermRow>> {
    db_all!(
        c,
        TermRow,
        "SELECT id, name, first_day, last_day FROM terms WHERE organization_id = $1 ORDER BY first_day DESC, id",
        org
    )
}

/// Adds a term.
pub async fn insert_term(c: &mut Conn, org: OrganizationId, term: &TermRow) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO terms (id, organization_id, name, first_day, last_day) VALUES ($1, $2, $3, $4, $5)",
        term.id,
        org,
        &term.name,
        &term.first_day,
        &term.last_day
    )
}

/// Takes a term away; nothing is counted by it any more.
pub async fn remove_term(c: &mut Conn, org: OrganizationId, id: TermId) -> sqlx::Result<u64> {
    db_execute!(c, "DELETE FROM terms WHERE organization_id = $1 AND id = $2", org, id)
}

/// A report of a term or a year.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ReportRow {
    /// The id.
    pub id: TermReportId,
    /// Its title.
    pub title: String,
    /// The first day.
    pub first_day: String,
    /// The last day.
    pub last_day: String,
    /// What the office wrote, as JSON.
    pub texts: String,
    /// Counts changes.
    pub version: i64,
    /// What was counted when it was issued, as JSON.
    pub numbers: Option<String>,
    /// SHA-256 of what was issued.
    pub hash: Option<String>,
    /// When it was last written at.
    pub changed_at: DateTime<Utc>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// When it was issued.
    pub issued_at: Option<DateTime<Utc>>,
}

/// The reports of an organisation, the newest first.
pub async fn reports(c: &mut Conn, org: OrganizationId) -> sqlx::Result<Vec<ReportRow>> {
    db_all!(
        c,
        ReportRow,
        "SELECT r.id, r.title, r.first_day, r.last_day, r.texts, r.version, r.numbers, r.hash, r.changed_at,
                s.display_name AS issuer, r.issued_at
         FROM term_reports r LEFT JOIN staff s ON s.id = r.issued_by
         WHERE r.organization_id = $1 ORDER BY r.first_day DESC, r.id DESC",
        org
    )
}

/// One report.
pub async fn report(c: &mut Conn, org: OrganizationId, id: TermReportId) -> sqlx::Result<Option<ReportRow>> {
    db_optional!(
        c,
        ReportRow,
        "SELECT r.id, r.title, r.first_day, r.last_day, r.texts, r.version, r.numbers, r.hash, r.changed_at,
                s.display_name AS issuer, r.issued_at
         FROM term_reports r LEFT JOIN staff s ON s.id = r.issued_by WHERE r.organization_id = $1 AND r.id = $2",
        org,
        id
    )
}

/// Who changes a report, when.
#[derive(Clone, Copy, Debug)]
pub struct Change {
    /// Who.
    pub by: StaffId,
    /// When.
    pub at: DateTime<Utc>,
}

/// Begins a report.
pub async fn insert_report(
    c: &mut Conn,
    org: OrganizationId,
    id: TermReportId,
    title: &str,
    days: (&str, &str),
    texts: &str,
    change: Change,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO term_reports (id, organization_id, title, first_day, last_day, texts, version, changed_by, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $8)",
        id,
        org,
        title,
        days.0,
        days.1,
        texts,
        change.by,
        change.at
    )
}

/// Writes at a report that is not issued; 0 when somebody else did, or it is issued.
pub async fn save_report(
    c: &mut Conn,
    id: TermReportId,
    version: i64,
    title: &str,
    texts: &str,
    change: Change,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE term_reports SET title = $3, texts = $4, version = version + 1, changed_by = $5, changed_at = $6
         WHERE id = $1 AND version = $2 AND issued_at IS NULL",
        id,
        version,
        title,
        texts,
        change.by,
        change.at
    )
}

/// Issues a report: from now on nothing of it changes; 0 when somebody else changed or issued it.
pub async fn issue_report(
    c: &mut Conn,
    id: TermReportId,
    version: i64,
    numbers: &str,
    hash: &str,
    change: Change,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE term_reports SET numbers = $3, hash = $4, issued_by = $5, issued_at = $6, version = version + 1
         WHERE id = $1 AND version = $2 AND issued_at IS NULL",
        id,
        version,
        numbers,
        hash,
        change.by,
        change.at
    )
}
