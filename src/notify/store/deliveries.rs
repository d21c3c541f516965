//! SQL of messages on their way.

use chrono::{DateTime, Utc};
use sqlx::AssertSqlSafe;

use crate::{
    db::{Conn, dialect},
    db_all, db_execute, db_one, db_optional,
    kernel::ids::{DeliveryId, NoticeChannelId, OrganizationId, StaffId, SubmitterMailId},
    notify::model::{DeliveryKind, DeliveryState},
};

/// A message as kept.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Delivery {
    /// The id, which the other side sees: the same at every try.
    pub id: DeliveryId,
    /// The organisation.
    pub organization_id: OrganizationId,
    /// What it says.
    pub kind: DeliveryKind,
    /// To whom by e-mail.
    pub staff_id: Option<StaffId>,
    /// By which channel.
    pub channel_id: Option<NoticeChannelId>,
    /// To which submitter by e-mail.
    pub submitter_mail_id: Option<SubmitterMailId>,
    /// What it counts, as JSON.
    pub facts: String,
    /// Tries so far.
    pub attempts: i64,
}

/// Adds a message, to be sent at once; its times are those of the hour.
pub async fn insert(c: &mut Conn, new: &Delivery, hour: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO deliveries (id, organization_id, kind, staff_id, channel_id, submitter_mail_id, facts, state, attempts, next_at, outcome, made_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 'waiting', 0, $8, '', $8)",
        new.id,
        new.organization_id,
        new.kind,
        new.staff_id,
        new.channel_id,
        new.submitter_mail_id,
        new.facts.as_str(),
        hour
    )
}

/// Whether a digest waits for a person or a channel.
pub async fn has_waiting_digest(
    c: &mut Conn,
    staff: Option<StaffId>,
    channel: Option<NoticeChannelId>,
) -> sqlx::Result<bool> {
    let row = db_one!(
        c,
        (i64,),
        "SELECT COUNT(*) FROM deliveries WHERE state = 'waiting' AND kind = 'digest' AND (staff_id = $1 OR channel_id = $2)",
        staff,
        channel
    )?;
    Ok(row.0 > 0)
}

/// The next message that is due and that nobody sends.
pub async fn next_due(c: &mut Conn, now: DateTime<Utc>) -> sqlx::Result<Option<Delivery>> {
    let sql = format!(
        "SELECT id, organization_id, kind, staff_id, channel_id, submitter_mail_id, facts, attempts FROM deliveries
         WHERE state = 'waiting' AND next_at <= $1 AND (leased_until IS NULL OR leased_until <= $1)
         ORDER BY next_at, id LIMIT 1{}",
        dialect::skip_locked(c)
    );
    db_optional!(c, Delivery, AssertSqlSafe(sql.as_str()), now)
}

/// Takes a message for a while, and counts the try.
pub async fn claim(c: &mut Conn, id: DeliveryId, until: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(c, "UPDATE deliveries SET leased_until = $2, attempts = attempts + 1 WHERE id = $1", id, until)
}

/// A message is done with, one way or another; 0 when the lease was somebody else's by now.
pub async fn settle(
    c: &mut Conn,
    id: DeliveryId,
    lease: DateTime<Utc>,
    state: DeliveryState,
    outcome: &str,
    hour: DateTime<Utc>,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE deliveries SET state = $3, outcome = $4, settled_at = $5, next_at = NULL, leased_until = NULL,
                facts = CASE WHEN $3 = 'dead' THEN facts ELSE '{}' END
         WHERE id = $1 AND leased_until = $2 AND state = 'waiting'",
        id,
        lease,
        state,
        outcome,
        hour
    )
}

/// A message is to be tried again later; 0 when the lease was somebody else's by now.
pub async fn put_back(
    c: &mut Conn,
    id: DeliveryId,
    lease: DateTime<Utc>,
    next_at: DateTime<Utc>,
    outcome: &str,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE deliveries SET next_at = $3, outcome = $4, leased_until = NULL
         WHERE id = $1 AND leased_until = $2 AND state = 'waiting'",
        id,
        lease,
        next_at,
        outcome
    )
}

/// A message that needs somebody's eyes.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Listed {
    /// The id.
    pub id: DeliveryId,
    /// What it says.
    pub kind: DeliveryKind,
    /// Where it stands.
    pub state: DeliveryState,
    /// To whom by e-mail.
    pub person: Option<String>,
    /// By which channel.
    pub channel: Option<String>,
    /// Tries so far.
    pub attempts: i64,
    /// What came of the last one.
    pub outcome: String,
    /// When it was made, by the hour.
    pub made_at: DateTime<Utc>,
    /// When it is tried next.
    pub next_at: Option<DateTime<Utc>>,
}

/// Messages that were given up, and those that failed and wait for another try.
pub async fn in_trouble(c: &mut Conn, org: OrganizationId, most: i64) -> sqlx::Result<Vec<Listed>> {
    db_all!(
        c,
        Listed,
        "SELECT d.id, d.kind, d.state, p.display_name AS person, n.name AS channel, d.attempts, d.outcome, d.made_at, d.next_at
         FROM deliveries d LEFT JOIN staff p ON p.id = d.staff_id LEFT JOIN notice_channels n ON n.id = d.channel_id
         WHERE d.organization_id = $1 AND (d.state = 'dead' OR (d.state = 'waiting' AND d.outcome <> ''))
         ORDER BY d.state, d.made_at DESC, d.id LIMIT $2",
        org,
        most
    )
}

/// Counts of an organisation's messages: waiting, sent since a time, dead.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub struct Counts {
    /// To be sent.
    pub waiting: i64,
    /// Sent since the time.
    pub sent: i64,
    /// Given up.
    pub dead: i64,
}

/// How the messages of an organisation stand.
pub async fn counts(c: &mut Conn, org: OrganizationId, since: DateTime<Utc>) -> sqlx::Result<Counts> {
    db_one!(
        c,
        Counts,
        "SELECT COUNT(CASE WHEN state = 'waiting' THEN 1 END) AS waiting,
                COUNT(CASE WHEN state = 'sent' AND made_at >= $2 THEN 1 END) AS sent,
                COUNT(CASE WHEN state = 'dead' THEN 1 END) AS dead
         FROM deliveries WHERE organization_id = $1",
        org,
        since
    )
}

/// A dead message is to be tried again; 0 when it is not dead.
pub async fn again(c: &mut Conn, org: OrganizationId, id: DeliveryId, now: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE deliveries SET state = 'waiting', attempts = 0, next_at = $3, settled_at = NULL
         WHERE organization_id = $1 AND id = $2 AND state = 'dead'",
        org,
        id,
        now
    )
}

/// A message is given up; 0 when it is settled, or being sent now.
pub async fn drop_it(
    c: &mut Conn,
    org: OrganizationId,
    id: DeliveryId,
    now: DateTime<Utc>,
    hour: DateTime<Utc>,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE deliveries SET state = 'dropped', facts = '{}', next_at = NULL, settled_at = $4
         WHERE organization_id = $1 AND id = $2 AND (state = 'dead' OR (state = 'waiting' AND (leased_until IS NULL OR leased_until <= $3)))",
        org,
        id,
        now,
        hour
    )
}

/// How many messages are dead, in all organisations.
pub async fn count_dead(c: &mut Conn) -> sqlx::Result<i64> {
    db_one!(c, (i64,), "SELECT COUNT(*) FROM deliveries WHERE state = 'dead'").map(|row| row.0)
}

/// Forgets messages that were settled before a time; dead ones stay until somebody looked.
pub async fn forget_settled(c: &mut Conn, before: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(c, "DELETE FROM deliveries WHERE state IN ('sent', 'dropped') AND settled_at < $1", before)
}
