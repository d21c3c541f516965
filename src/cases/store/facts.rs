//! SQL of what reports count.

use chrono::{DateTime, Utc};
use sqlx::AssertSqlSafe;

use crate::{
    cases::{
        model::{Outcome, Source, State},
        visibility::Scope,
    },
    db::Conn,
    db_all,
    kernel::{ids::CaseId, roles::Channel},
};

/// What is counted of a case.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct FactRow {
    /// The id.
    pub id: CaseId,
    /// The number.
    pub number: String,
    /// The department that has it, or whose answer went out; of a merged case, its lead's.
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
    /// When it was answered; of a merged case, when its lead was.
    pub answered_at: Option<DateTime<Utc>>,
    /// How many people sent it.
    pub submissions: i64,
    /// How often it was reopened.
    pub reopened: i64,
    /// Whether the last callback said "contacted".
    pub contacted: Option<bool>,
    /// Whether the last callback said "solved".
    pub solved: Option<bool>,
    /// Whether it said "satisfied".
    pub satisfied: Option<bool>,
    /// Who asked for it.
    pub source: Option<Source>,
    /// How often somebody tried to call back.
    pub tries: i64,
}

/// Something that happened to a case, for what is counted of it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct HappenedRow {
    /// The case.
    pub case_id: CaseId,
    /// The code word of what happened.
    pub kind: String,
    /// The department that it concerns.
    pub department: Option<String>,
}

/// An answer that went out.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AnswerRow {
    /// The case.
    pub case_id: CaseId,
    /// The text.
    pub body: String,
    /// When.
    pub sent_at: DateTime<Utc>,
}

/// Visible cases received from `from` until `to`. Danger is never counted, not even for who sees it (domain: rules).
pub async fn received_between(
    c: &mut Conn,
    scope: &Scope,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> sqlx::Result<Vec<FactRow>> {
    let sql = format!(
        "SELECT c.id, c.number, CASE WHEN h.id IS NULL THEN d.name ELSE hd.name END AS department, t.code AS topic, c.channel,
                c.place, c.state, c.received_at, c.promised_at,
                CASE WHEN h.id IS NULL THEN c.answered_at ELSE h.answered_at END AS answered_at,
                (SELECT COUNT(*) FROM submissions s WHERE s.case_id = c.id) AS submissions,
                c.reopened, k.contacted, k.solved, k.satisfied, k.source,
                (SELECT COUNT(*) FROM callback_tries y WHERE y.case_id = c.id) AS tries
         FROM cases c JOIN topics t ON t.id = c.topic_id LEFT JOIN departments d ON d.id = c.department_id
              LEFT JOIN cases h ON h.id = c.lead_id LEFT JOIN departments hd ON hd.id = h.department_id
              LEFT JOIN callbacks k ON k.id = (SELECT l.id FROM callbacks l JOIN case_events e ON e.id = l.id
                                                WHERE l.case_id = c.id ORDER BY e.seq DESC LIMIT 1)
         WHERE {} AND c.lane <> 'safeguarding' AND c.received_at >= $4 AND c.received_at < $5",
        scope.condition()
    );
    db_all!(c, FactRow, AssertSqlSafe(sql.as_str()), scope.organization, scope.staff, scope.department, from, to)
}

/// What happened to visible cases received from `from` until `to`, in its order, as far as something is counted of it.
pub async fn happened_between(
    c: &mut Conn,
    scope: &Scope,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> sqlx::Result<Vec<HappenedRow>> {
    let sql = format!(
        "SELECT e.case_id, e.kind, d.name AS department
         FROM case_events e JOIN cases c ON c.id = e.case_id LEFT JOIN departments d ON d.id = e.department_id
         WHERE {} AND c.lane <> 'safeguarding' AND c.received_at >= $4 AND c.received_at < $5
               AND e.kind IN ('answered', 'closed', 'reopened', 'message_out', 'objected', 'objection_upheld', 'joined',
                              'merged', 'topic_changed', 'supervised', 'recheck_fixed', 'recheck_not_fixed')
         ORDER BY e.case_id, e.seq",
        scope.condition()
    );
    db_all!(c, HappenedRow, AssertSqlSafe(sql.as_str()), scope.organization, scope.staff, scope.department, from, to)
}

/// Answers of visible cases that went out since `since`, the oldest first.
pub async fn answers_since(c: &mut Conn, scope: &Scope, since: DateTime<Utc>) -> sqlx::Result<Vec<AnswerRow>> {
    let sql = format!(
        "SELECT r.case_id, r.body, r.sent_at FROM replies r JOIN cases c ON c.id = r.case_id
         WHERE {} AND c.lane <> 'safeguarding' AND r.state = 'sent' AND r.sent_at >= $4 ORDER BY r.sent_at, r.id",
        scope.condition()
    );
    db_all!(c, AnswerRow, AssertSqlSafe(sql.as_str()), scope.organization, scope.staff, scope.department, since)
}

/// What became of suggestions, in answers to visible cases received from `from` until `to`.
pub async fn outcomes_between(
    c: &mut Conn,
    scope: &Scope,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> sqlx::Result<Vec<Outcome>> {
    let sql = format!(
        "SELECT r.outcome FROM replies r JOIN cases c ON c.id = r.case_id
         WHERE {} AND c.lane <> 'safeguarding' AND r.state = 'sent' AND r.outcome IS NOT NULL AND c.received_at >= $4 AND c.received_at < $5",
        scope.condition()
    );
    let rows = db_all!(
        c,
        (Outcome,),
        AssertSqlSafe(sql.as_str()),
        scope.organization,
        scope.staff,
        scope.department,
        from,
        to
    )?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}
