//! Reading the board.

use chrono::{DateTime, Datelike, Days, TimeDelta, Utc};

use crate::{
    board::{
        store,
        suppress::{self, Cell, Count, Published},
    },
    db::Conn,
    error::{Error, Result},
    http::App,
    kernel::ids::{OrganizationId, TopicId},
    organizations,
    ui::time,
};

/// How many days the board looks back.
pub const DAYS: i64 = 90;

/// What the board counts: 90 days that end with the last Sunday. Until the next Monday it does not move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The beginning.
    pub from: DateTime<Utc>,
    /// The end, exclusive: the last Monday, 0:00.
    pub to: DateTime<Utc>,
}

impl Period {
    /// The period that the board shows at this time.
    pub fn at(now: DateTime<Utc>) -> Self {
        let today = time::date(now);
        let since_monday = Days::new(u64::from(today.weekday().num_days_from_monday()));
        let to = time::start_of(today.checked_sub_days(since_monday).unwrap_or(today));
        Self { from: to - TimeDelta::days(DAYS), to }
    }
}

/// What the public may know. It is counted once in a week (by [`publish_all`], or by the first who asks before it) and
/// kept: what changes later in the same week (a case declined, another withdrawn) can't be read off a difference, and
/// the numbers cost nothing to show.
///
/// # Errors
/// The database's.
pub async fn published(app: &App, org: OrganizationId, period: Period) -> Result<Published<TopicId>> {
    let mut c = app.db.read().await?;
    let kept = match store::kept(&mut c, org, period.to).await? {
        Some(kept) => kept,
        None => {
            // Counted by a reader: nobody who sends has to wait for it. Of several who count, the first is kept.
            let numbers = serde_json::to_string(&count(&mut c, org, period).await?).map_err(Error::internal)?;
            drop(c);
            let mut tx = app.db.write().await?;
            store::keep(&mut tx, org, period.to, &numbers).await?;
            let kept = store::kept(&mut tx, org, period.to).await?.unwrap_or(numbers);
            tx.commit().await?;
            kept
        }
    };
    serde_json::from_str(&kept).map_err(Error::internal)
}

/// Counts the board of every organisation, when a week has just begun, before anybody asks.
///
/// # Errors
/// The database's.
pub async fn publish_all(app: &App) -> Result<()> {
    let orgs = organizations::actions::organizations(&mut app.db.read().await?).await?;
    for org in orgs {
        published(app, org.id, Period::at(app.now())).await?;
    }
    Ok(())
}

async fn count(c: &mut Conn, org: OrganizationId, period: Period) -> Result<Published<TopicId>> {
    let number = |n: i64| u64::try_from(n).unwrap_or(0);
    let counts: Vec<Count<TopicId>> = store::counts(c, org, period.from, period.to)
        .await?
        .into_iter()
        .map(|row| Count {
            topic: row.topic_id,
            received: number(row.received),
            answered: number(row.answered),
            overdue: number(row.overdue),
        })
        .collect();
    let rectified = number(store::rectified(c, org, period.from, period.to).await?);
    Ok(Published { rectified: Some(Cell::alone(rectified)), ..suppress::publish(&counts) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    #[test]
    fn a_board_that_was_kept_before_rectifications_were_counted_is_read() {
        let kept = r#"{"received":{"Exact":12},"answered":"Untold","overdue":"Few","lines":[]}"#;
        let read: Published<TopicId> = serde_json::from_str(kept).unwrap();
        assert_eq!((read.received, read.rectified), (Cell::Exact(12), None));
        let now = Published { rectified: Some(Cell::alone(4)), ..read };
        let text = serde_json::to_string(&now).unwrap();
        assert!(text.contains(r#""rectified":"Few""#), "{text}");
        assert_eq!(serde_json::from_str::<Published<TopicId>>(&text).unwrap(), now);
    }

    #[test]
    fn the_board_moves_on_mondays_in_china() {
        let utc = |day, hour| Utc.with_ymd_and_hms(2025, 11, day, hour, 0, 0).unwrap();
        // 23 November 2025 is a Sunday; Monday begins in China at 16:00 UTC.
        let sunday = Period::at(utc(23, 15));
        assert_eq!(sunday.to, utc(16, 16));
        assert_eq!(Period::at(utc(17, 0)), sunday);
        assert_eq!(Period::at(utc(23, 16)).to, utc(23, 16));
        assert_eq!(sunday.to - sunday.from, TimeDelta::days(90));
    }
}
