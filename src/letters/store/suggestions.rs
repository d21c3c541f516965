//! Suggestions, the comments behind them, and what was found about other comments.

use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    db::Conn,
    db_all, db_execute, db_optional,
    kernel::ids::{DepartmentId, LetterId, OrganizationId, ResponseId, SuggestionId},
    letters::model::{CommentId, Decision, Mark, Suggestion},
};

#[derive(sqlx::FromRow)]
struct Row {
    id: SuggestionId,
    letter_id: LetterId,
    title: String,
    decision: Option<Decision>,
    reason: String,
    department_id: Option<DepartmentId>,
    day: String,
    version: i64,
}

impl From<Row> for Suggestion {
    fn from(row: Row) -> Self {
        let Row { id, letter_id, title, decision, reason, department_id, day, version } = row;
        Self { id, letter_id, title, decision, reason, department_id, day: day.parse::<NaiveDate>().ok(), version }
    }
}

/// Adds a suggestion.
pub async fn insert(
    c: &mut Conn,
    org: OrganizationId,
    letter: LetterId,
    id: SuggestionId,
    title: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO letter_suggestions (id, organization_id, letter_id, title, reason, day, version, created_at)
         VALUES ($1, $2, $3, $4, '', '', 1, $5)",
        id,
        org,
        letter,
        title,
        now
    )
}

/// Writes title and decision; 0 when somebody else changed it after it was seen.
pub async fn update(c: &mut Conn, org: OrganizationId, s: &Suggestion) -> sqlx::Result<u64> {
    let day = s.day.map(|d| d.to_string()).unwrap_or_default();
    db_execute!(
        c,
        "UPDATE letter_suggestions SET title = $4, decision = $5, reason = $6, department_id = $7, day = $8,
                version = version + 1
         WHERE organization_id = $1 AND id = $2 AND version = $3",
        org,
        s.id,
        s.version,
        &s.title,
        s.decision,
        &s.reason,
        s.department_id,
        &day
    )
}

/// Takes a suggestion away, with its ties to comments.
pub async fn remove(c: &mut Conn, org: OrganizationId, id: SuggestionId) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "DELETE FROM letter_suggestion_comments WHERE suggestion_id IN
                (SELECT id FROM letter_suggestions WHERE organization_id = $1 AND id = $2)",
        org,
        id
    )?;
    db_execute!(c, "DELETE FROM letter_suggestions WHERE organization_id = $1 AND id = $2", org, id)
}

/// One suggestion.
pub async fn by_id(c: &mut Conn, org: OrganizationId, id: SuggestionId) -> sqlx::Result<Option<Suggestion>> {
    let row = db_optional!(
        c,
        Row,
        "SELECT id, letter_id, title, decision, reason, department_id, day, version
         FROM letter_suggestions WHERE organization_id = $1 AND id = $2",
        org,
        id
    )?;
    Ok(row.map(Into::into))
}

/// The suggestions of a letter, oldest first.
pub async fn of_letter(c: &mut Conn, letter: LetterId) -> sqlx::Result<Vec<Suggestion>> {
    let rows = db_all!(
        c,
        Row,
        "SELECT id, letter_id, title, decision, reason, department_id, day, version
         FROM letter_suggestions WHERE letter_id = $1 ORDER BY created_at, id",
        letter
    )?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Ties a comment to a suggestion; again is no change.
pub async fn tie(c: &mut Conn, id: SuggestionId, comment: &CommentId) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO letter_suggestion_comments (suggestion_id, response_id, question) VALUES ($1, $2, $3)
         ON CONFLICT DO NOTHING",
        id,
        comment.response_id,
        &comment.question
    )
}

/// Unties a comment from a suggestion.
pub async fn untie(c: &mut Conn, id: SuggestionId, comment: &CommentId) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "DELETE FROM letter_suggestion_comments WHERE suggestion_id = $1 AND response_id = $2 AND question = $3",
        id,
        comment.response_id,
        &comment.question
    )
}

/// Unties a comment from every suggestion.
pub async fn untie_all(c: &mut Conn, comment: &CommentId) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "DELETE FROM letter_suggestion_comments WHERE response_id = $1 AND question = $2",
        comment.response_id,
        &comment.question
    )
}

/// Which comments stand behind which suggestion of a letter.
pub async fn ties(c: &mut Conn, letter: LetterId) -> sqlx::Result<Vec<(SuggestionId, CommentId)>> {
    let rows = db_all!(
        c,
        (SuggestionId, ResponseId, String),
        "SELECT t.suggestion_id, t.response_id, t.question FROM letter_suggestion_comments t
         JOIN letter_suggestions s ON s.id = t.suggestion_id WHERE s.letter_id = $1",
        letter
    )?;
    Ok(rows.into_iter().map(|(id, response_id, question)| (id, CommentId { response_id, question })).collect())
}

/// Says what was found about a comment; the last word counts.
pub async fn mark(
    c: &mut Conn,
    letter: LetterId,
    comment: &CommentId,
    mark: Mark,
    case_number: &str,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO letter_comment_marks (response_id, question, letter_id, mark, case_number) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (response_id, question) DO UPDATE SET mark = excluded.mark, case_number = excluded.case_number",
        comment.response_id,
        &comment.question,
        letter,
        mark,
        case_number
    )
}

/// Takes "there is no suggestion in it" back.
pub async fn unmark(c: &mut Conn, comment: &CommentId) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "DELETE FROM letter_comment_marks WHERE response_id = $1 AND question = $2 AND mark = $3",
        comment.response_id,
        &comment.question,
        Mark::Nothing
    )
}

/// The comments of letters that became a case.
pub async fn of_case(c: &mut Conn, org: OrganizationId, case_number: &str) -> sqlx::Result<Vec<CommentId>> {
    let rows = db_all!(
        c,
        (ResponseId, String),
        "SELECT m.response_id, m.question FROM letter_comment_marks m JOIN letters l ON l.id = m.letter_id
         WHERE l.organization_id = $1 AND m.case_number = $2",
        org,
        case_number
    )?;
    Ok(rows.into_iter().map(|(response_id, question)| CommentId { response_id, question }).collect())
}

/// What was found about the comments of a letter, with the number of the case that one became.
pub async fn marks(c: &mut Conn, letter: LetterId) -> sqlx::Result<Vec<(CommentId, Mark, String)>> {
    let rows = db_all!(
        c,
        (ResponseId, String, Mark, String),
        "SELECT response_id, question, mark, case_number FROM letter_comment_marks WHERE letter_id = $1",
        letter
    )?;
    let named = |(response_id, question, mark, number)| (CommentId { response_id, question }, mark, number);
    Ok(rows.into_iter().map(named).collect())
}
