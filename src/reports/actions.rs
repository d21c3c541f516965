//! Reading what is counted.

use crate::{
    accounts::model::Actor,
    cases,
    db::Conn,
    error::Result,
    http::App,
    reports::{
        model::{self, Fact, Report},
        period::{Period, monday_of},
    },
};

/// The report of a period, over the cases that a person may see.
///
/// # Errors
/// The database's.
pub async fn report(app: &App, c: &mut Conn, actor: &Actor, period: Period) -> Result<Report> {
    let rows = cases::facts::received_between(c, actor, period.from(), period.to()).await?;
    let facts: Vec<Fact> = rows
        .into_iter()
        .map(|row| Fact {
            department: row.department.unwrap_or_default(),
            topic: row.topic,
            channel: row.channel.code().to_string(),
            place: row.place,
            state: row.state,
            received_at: row.received_at,
            promised_at: row.promised_at,
            answered_at: row.answered_at,
            submissions: u64::try_from(row.submissions).unwrap_or(0),
            reopened: row.reopened,
            judged: row.solved.zip(row.satisfied),
        })
        .collect();
    Ok(model::count(&facts, app.now(), monday_of))
}
