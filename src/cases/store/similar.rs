//! SQL of open cases that somebody else may be speaking of again. Everything here has [`Scope::joinable`].

use chrono::{DateTime, Utc};
use sqlx::AssertSqlSafe;

use crate::{
    cases::{
        list::GOING_ON,
        model::{Case, State},
        visibility::Scope,
    },
    db::{
        Conn,
        dialect::{self, Reach},
    },
    db_all, db_optional,
    kernel::ids::TopicId,
};

/// The case of a number that can be joined, locked for the rest of the transaction.
pub async fn joinable_locked(c: &mut Conn, scope: &Scope, number: &str) -> sqlx::Result<Option<Case>> {
    let (joinable, lock) = (scope.joinable(), dialect::for_update(c));
    let sql = format!("SELECT c.* FROM cases c WHERE {joinable} AND c.number = $4{lock}");
    db_optional!(c, Case, AssertSqlSafe(sql.as_str()), scope.organization, scope.staff, scope.department, number)
}

/// A case that may be meant.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Candidate {
    /// The number.
    pub number: String,
    /// Where it stands.
    pub state: State,
    /// The topic.
    pub topic_id: TopicId,
    /// The topic in Chinese.
    pub topic: String,
    /// The topic in English; may be empty.
    pub topic_en: String,
    /// The place.
    pub place: String,
    /// When it came.
    pub received_at: DateTime<Utc>,
    /// The beginning of its text.
    pub excerpt: String,
    /// The text of its first submission.
    pub written: String,
}

/// The newest open cases of the same topic or place; with `tokens`, also those that have any of them; with `since`, only
/// those that came at this `arrival` or later.
pub async fn candidates(
    c: &mut Conn,
    scope: &Scope,
    topic: Option<TopicId>,
    place: &str,
    tokens: &[String],
    since: Option<i64>,
    most: i64,
) -> sqlx::Result<Vec<Candidate>> {
    let words = dialect::any_text(c, tokens);
    let reach = since.map_or(Reach::Few, |_| Reach::Since(8));
    let found = words.as_ref().map(|_| format!(" OR {}", dialect::search(c, 6, reach).condition));
    let near = since.map(|_| " AND c.arrival >= $8");
    let sql = format!(
        "SELECT c.number, c.state, c.topic_id, t.name AS topic, t.name_en AS topic_en, c.place, c.received_at, c.excerpt,
                COALESCE((SELECT s.body FROM submissions s WHERE s.case_id = c.id ORDER BY s.received_at, s.id LIMIT 1), '')
                    AS written
         FROM cases c JOIN topics t ON t.id = c.topic_id
         WHERE {} AND {GOING_ON}{} AND (c.topic_id = $4 OR c.place = $5{}) ORDER BY c.arrival DESC LIMIT $7",
        scope.joinable(),
        near.unwrap_or_default(),
        found.unwrap_or_default()
    );
    db_all!(
        c,
        Candidate,
        AssertSqlSafe(sql.as_str()),
        scope.organization,
        scope.staff,
        scope.department,
        topic,
        (!place.is_empty()).then_some(place),
        words.as_deref(),
        most,
        since
    )
}
