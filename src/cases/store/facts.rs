//! SQL of what reports count.

use chrono::{DateTime, Utc};
use sqlx::AssertSqlSafe;

use crate::{
    cases::{model::State, visibility::Scope},
    db::Conn,
    db_all,
    kernel::roles::Channel,
};

/// What is counted of a case.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct FactRow {
    /// The department that has it, or whose answer went out.
    pub department: Option<String>,
    /// The code of the topic.
    pub topic: String,
    /// The channel.
    pub channel: Channel,
    /// The place.
    pub place: String,
    /// Where it stands.
    pub state: State,
    /// When it came.
    pub received_at: DateTime<Utc>,
    /// When an answer was promised.
    pub promised_at: DateTime<Utc>,
    /// When it was answered.
    pub answered_at: Option<DateTime<Utc>>,
    /// How often it was reopened.
    pub reopened: i64,
    /// Whether the last callback said "solved".
    pub solved: Option<bool>,
    /// Whether it said "satisfied".
    pub satisfied: Option<bool>,
}

/// Visible cases received from `from` until `to`. Danger is never counted, not even for who sees it (domain: rules).
pub async fn received_between(
    c: &mut Conn,
    scope: &Scope,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> sqlx::Result<Vec<FactRow>> {
    let sql = format!(
        "SELECT d.name AS department, t.code AS topic, c.channel, c.place, c.state, c.received_at, c.promised_at,
                c.answered_at, c.reopened, k.solved, k.satisfied
         FROM cases c JOIN topics t ON t.id = c.topic_id LEFT JOIN departments d ON d.id = c.department_id
              LEFT JOIN callbacks k ON k.id = (SELECT l.id FROM callbacks l WHERE l.case_id = c.id ORDER BY l.created_at DESC, l.id DESC LIMIT 1)
         WHERE {} AND c.lane <> 'safeguarding' AND c.received_at >= $4 AND c.received_at < $5",
        scope.condition()
    );
    db_all!(c, FactRow, AssertSqlSafe(sql.as_str()), scope.organization, scope.staff, scope.department, from, to)
}
