//! Reading what is counted.

use chrono::TimeDelta;

use crate::{
    accounts::model::Actor,
    cases,
    db::Conn,
    error::Result,
    http::App,
    reports::{
        model::{self, Fact, Judgement, Report},
        period::{Period, monday_of},
        trace,
    },
};

/// An answer of fewer characters is short, unless somebody asks for another number.
pub const SHORT: usize = 20;
/// Answers are compared with those of so many days before the period.
const COMPARED: TimeDelta = TimeDelta::days(365);

/// What is counted of the cases that came in a period and that a person may see. Answers below `short` characters are
/// short.
///
/// # Errors
/// The database's.
pub async fn facts(c: &mut Conn, actor: &Actor, period: Period, short: usize) -> Result<Vec<Fact>> {
    let (from, to) = (period.from(), period.to());
    let rows = cases::facts::received_between(c, actor, from, to).await?;
    let happened = cases::facts::happened_between(c, actor, from, to).await?;
    let answers = cases::facts::answers_since(c, actor, from - COMPARED).await?;
    let mut traces = trace::traces(&happened, &answers, short);
    Ok(rows
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
            judged: match (row.contacted, row.solved, row.satisfied, row.source) {
                (Some(contacted), Some(solved), Some(satisfied), Some(source)) => {
                    Some(Judgement { contacted, solved, satisfied, source })
                }
                _ => None,
            },
            tries: row.tries,
            trace: traces.remove(&row.id).unwrap_or_default(),
            id: row.id,
            number: row.number,
        })
        .collect())
}

/// The report of a period, over the cases that a person may see.
///
/// # Errors
/// The database's.
pub async fn report(app: &App, c: &mut Conn, actor: &Actor, period: Period) -> Result<Report> {
    let facts = facts(c, actor, period, SHORT).await?;
    Ok(model::count(&facts, app.now(), monday_of))
}
