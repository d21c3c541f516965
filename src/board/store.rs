//! SQL of the board: numbers by topic, nothing else.

use chrono::{DateTime, Utc};

use crate::{
    cases::model::{Lane, State},
    db::Conn,
    db_all, db_execute, db_one, db_optional,
    kernel::ids::{OrganizationId, TopicId},
    rectifications::model::State as Rectification,
};

/// What was counted for a topic.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub struct TopicCount {
    /// The topic.
    pub topic_id: TopicId,
    /// Received from `from` until `to`.
    pub received: i64,
    /// Of these, answered before `to`.
    pub answered: i64,
    /// Received before `to` at any time, promised before `to`, and not answered or ended by then.
    pub overdue: i64,
}

/// Ordinary cases by topic, as they stood at `to`. Cases that are merged count as one, their lead.
pub async fn counts(
    c: &mut Conn,
    org: OrganizationId,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> sqlx::Result<Vec<TopicCount>> {
    db_all!(
        c,
        TopicCount,
        "SELECT topic_id,
                CAST(SUM(CASE WHEN received_at >= $2 THEN 1 ELSE 0 END) AS BIGINT) AS received,
                CAST(SUM(CASE WHEN received_at >= $2 AND answered_at < $3 THEN 1 ELSE 0 END) AS BIGINT) AS answered,
                CAST(SUM(CASE WHEN promised_at < $3 AND (answered_at IS NULL OR answered_at >= $3)
                                   AND (closed_at IS NULL OR closed_at >= $3)
                                   AND state NOT IN ($5, $6, $7) THEN 1 ELSE 0 END) AS BIGINT) AS overdue
         FROM cases
         WHERE id IN (SELECT id FROM cases WHERE organization_id = $1 AND received_at >= $2 AND received_at < $3
                      UNION SELECT id FROM cases WHERE organization_id = $1 AND closed_at IS NULL
                      UNION SELECT id FROM cases WHERE organization_id = $1 AND closed_at >= $3)
               AND lead_id IS NULL AND received_at < $3 AND lane = $4
         GROUP BY topic_id",
        org,
        from,
        to,
        Lane::Ordinary,
        State::Declined,
        State::Withdrawn,
        State::Transferred
    )
}

/// Rectifications that were reported done from `from` until `to` and stand: no second look found otherwise, nobody withdrew
/// them, and their case is handled in the ordinary queue.
pub async fn rectified(c: &mut Conn, org: OrganizationId, from: DateTime<Utc>, to: DateTime<Utc>) -> sqlx::Result<i64> {
    let row = db_one!(
        c,
        (i64,),
        "SELECT COUNT(*) FROM rectifications x
         WHERE x.organization_id = $1 AND x.reported_at >= $2 AND x.reported_at < $3 AND x.state IN ($4, $5)
               AND (x.case_id IS NULL OR EXISTS (SELECT 1 FROM cases k WHERE k.id = x.case_id AND k.lane = $6))",
        org,
        from,
        to,
        Rectification::Reported,
        Rectification::Fixed,
        Lane::Ordinary
    )?;
    Ok(row.0)
}

/// What was published of the week that ended at `until`, as JSON.
pub async fn kept(c: &mut Conn, org: OrganizationId, until: DateTime<Utc>) -> sqlx::Result<Option<String>> {
    let row =
        db_optional!(c, (String,), "SELECT numbers FROM boards WHERE organization_id = $1 AND until = $2", org, until)?;
    Ok(row.map(|r| r.0))
}

/// Keeps what is published; 0 when somebody was faster.
pub async fn keep(c: &mut Conn, org: OrganizationId, until: DateTime<Utc>, numbers: &str) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO boards (organization_id, until, numbers) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        org,
        until,
        numbers
    )
}
