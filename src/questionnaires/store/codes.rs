//! SQL of one-time codes.

use crate::{
    db::Conn,
    db_all, db_execute, db_optional,
    kernel::ids::{OrganizationId, QuestionnaireId},
    questionnaires::model::CohortCodes,
};

/// Adds a code; nothing when the same press made it before.
pub async fn insert_code(c: &mut Conn, hash: &[u8], id: QuestionnaireId, cohort: &str) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO response_codes (code_hash, questionnaire_id, cohort, used) VALUES ($1, $2, $3, $4)
         ON CONFLICT (code_hash) DO NOTHING",
        hash,
        id,
        cohort,
        false
    )
}

/// The class of a code of this questionnaire.
pub async fn find_code(c: &mut Conn, hash: &[u8], id: QuestionnaireId) -> sqlx::Result<Option<String>> {
    let row: Option<(String,)> = db_optional!(
        c,
        (String,),
        "SELECT cohort FROM response_codes WHERE code_hash = $1 AND questionnaire_id = $2",
        hash,
        id
    )?;
    Ok(row.map(|(cohort,)| cohort))
}

/// Uses a code; 0 when it was used before.
pub async fn use_code(c: &mut Conn, hash: &[u8]) -> sqlx::Result<u64> {
    db_execute!(c, "UPDATE response_codes SET used = $2 WHERE code_hash = $1 AND used <> $2", hash, true)
}

/// How many codes each class has, and how many of them were used.
pub async fn codes_of(c: &mut Conn, org: OrganizationId, id: QuestionnaireId) -> sqlx::Result<Vec<CohortCodes>> {
    db_all!(
        c,
        CohortCodes,
        "SELECT r.cohort, COUNT(*) AS total, SUM(CASE WHEN r.used = $3 THEN 1 ELSE 0 END) AS used
         FROM response_codes r JOIN questionnaires q ON q.id = r.questionnaire_id
         WHERE q.organization_id = $1 AND q.id = $2 GROUP BY r.cohort ORDER BY r.cohort",
        org,
        id,
        true
    )
}
