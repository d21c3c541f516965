//! SQL of results.

use chrono::{DateTime, Utc};

use crate::{
    db::Conn,
    db_all, db_execute, db_optional,
    kernel::ids::{CaseId, FormId, StaffId},
    questionnaires::results::actions::StageRow,
};

/// The stages of a form, in order.
pub async fn stages(c: &mut Conn, form: FormId) -> sqlx::Result<Vec<StageRow>> {
    db_all!(
        c,
        StageRow,
        "SELECT number, version_number, answers, counted_at FROM questionnaire_stages WHERE form_id = $1 ORDER BY number",
        form
    )
}

/// Begins a stage; 0 when another press just did.
pub async fn begin_stage(c: &mut Conn, form: FormId, stage: &StageRow) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO questionnaire_stages (form_id, number, version_number, answers, counted_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (form_id, number) DO NOTHING",
        form,
        stage.number,
        stage.version_number,
        stage.answers,
        stage.counted_at
    )
}

/// How many answers a stage has.
pub async fn set_answers(c: &mut Conn, form: FormId, number: i64, answers: i64) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE questionnaire_stages SET answers = $3 WHERE form_id = $1 AND number = $2",
        form,
        number,
        answers
    )
}

/// By what the results of a form are broken down.
pub async fn breakdown(c: &mut Conn, form: FormId) -> sqlx::Result<Option<String>> {
    let row: Option<(String,)> =
        db_optional!(c, (String,), "SELECT by_code FROM questionnaire_breakdowns WHERE form_id = $1", form)?;
    Ok(row.map(|(code,)| code))
}

/// Chooses it; 0 when it was chosen before.
pub async fn choose(c: &mut Conn, form: FormId, code: &str, by: StaffId, at: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO questionnaire_breakdowns (form_id, by_code, chosen_by, chosen_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (form_id) DO NOTHING",
        form,
        code,
        by,
        at
    )
}

/// An answer became a case.
pub async fn add_case(c: &mut Conn, form: FormId, answer: &[u8], case: CaseId) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO answer_cases (answer_hash, form_id, case_id) VALUES ($1, $2, $3) ON CONFLICT (answer_hash) DO NOTHING",
        answer,
        form,
        case
    )
}

/// The answers that became a case, each with its form.
pub async fn of_case(c: &mut Conn, case: CaseId) -> sqlx::Result<Vec<(Vec<u8>, FormId)>> {
    db_all!(c, (Vec<u8>, FormId), "SELECT answer_hash, form_id FROM answer_cases WHERE case_id = $1", case)
}

/// The answers that became cases.
pub async fn cases(c: &mut Conn, form: FormId) -> sqlx::Result<Vec<(Vec<u8>, CaseId)>> {
    db_all!(c, (Vec<u8>, CaseId), "SELECT answer_hash, case_id FROM answer_cases WHERE form_id = $1", form)
}
