//! SQL of where people left.

use crate::{
    db::Conn,
    db_all, db_execute,
    kernel::ids::{FormId, FormVersionId, OrganizationId},
    questionnaires::model::Leavings,
};

/// Counts one more who left after a question.
pub async fn add_leaving(c: &mut Conn, version: FormVersionId, question: &str) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO questionnaire_leavings (form_version_id, question, count) VALUES ($1, $2, 1)
         ON CONFLICT (form_version_id, question) DO UPDATE SET count = questionnaire_leavings.count + 1",
        version,
        question
    )
}

/// Where people left, over all versions of a form.
pub async fn leavings(c: &mut Conn, org: OrganizationId, form: FormId) -> sqlx::Result<Vec<Leavings>> {
    db_all!(
        c,
        Leavings,
        "SELECT l.question, CAST(SUM(l.count) AS BIGINT) AS count
         FROM questionnaire_leavings l
         JOIN form_versions v ON v.id = l.form_version_id
         JOIN forms f ON f.id = v.form_id
         WHERE f.organization_id = $1 AND f.id = $2 GROUP BY l.question ORDER BY l.question",
        org,
        form
    )
}
