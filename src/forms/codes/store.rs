//! SQL of one-time codes.

use crate::{
    db::Conn,
    db_all, db_execute, db_optional,
    forms::codes::CohortCodes,
    kernel::ids::{FormId, OrganizationId},
};

/// Adds a code; nothing when the same press made it before.
pub async fn insert(c: &mut Conn, hash: &[u8], form: FormId, cohort: &str) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO response_codes (code_hash, form_id, cohort, used) VALUES ($1, $2, $3, $4)
         ON CONFLICT (code_hash) DO NOTHING",
        hash,
        form,
        cohort,
        false
    )
}

/// The class of a code of this form.
pub async fn find(c: &mut Conn, hash: &[u8], form: FormId) -> sqlx::Result<Option<String>> {
    let row: Option<(String,)> = db_optional!(
        c,
        (String,),
        "SELECT cohort FROM response_codes WHERE code_hash = $1 AND form_id = $2",
        hash,
        form
    )?;
    Ok(row.map(|(cohort,)| cohort))
}

/// Uses a code; 0 when it was used before.
pub async fn spend(c: &mut Conn, hash: &[u8]) -> sqlx::Result<u64> {
    db_execute!(c, "UPDATE response_codes SET used = $2 WHERE code_hash = $1 AND used <> $2", hash, true)
}

/// How many codes each class has, and how many of them were used.
pub async fn by_class(c: &mut Conn, org: OrganizationId, form: FormId) -> sqlx::Result<Vec<CohortCodes>> {
    db_all!(
        c,
        CohortCodes,
        "SELECT r.cohort, COUNT(*) AS total, SUM(CASE WHEN r.used = $3 THEN 1 ELSE 0 END) AS used
         FROM response_codes r JOIN forms f ON f.id = r.form_id
         WHERE f.organization_id = $1 AND f.id = $2 GROUP BY r.cohort ORDER BY r.cohort",
        org,
        form,
        true
    )
}
