//! What is due on which day, for the month at the desk and for the calendars that people subscribe to.
//!
//! A subscribed calendar says nothing but the number of a case and that it is due: it is read by phones and mail programs
//! and lies in their makers' hands. Its address is a secret of one person, of which only a hash is kept; a new one makes
//! the old one worthless, and a closed account closes it.

use chrono::{Datelike, NaiveDate, TimeDelta};

use crate::{
    accounts::model::Actor,
    audit::{self, Entry},
    cases::{
        store::{self, feeds::Limit},
        visibility::Scope,
    },
    db::Conn,
    error::{Error, Result},
    http::App,
    i18n::Lang,
    kernel::{
        calendar::{DayKind, WorkCalendar},
        ical::{self, When},
        keys, random,
    },
    organizations,
    ui::time::start_of,
};

/// Limits that a month or a subscribed calendar shows.
const MOST: i64 = 5_000;
/// Days back and ahead that a subscribed calendar reaches.
const BACK: i64 = 60;
const AHEAD: i64 = 120;

/// The limits of open cases from one day to another, both included, as this person may see them.
///
/// # Errors
/// The database's.
pub async fn limits(c: &mut Conn, actor: &Actor, first: NaiveDate, last: NaiveDate) -> Result<Vec<Limit>> {
    let end = start_of(last.succ_opt().unwrap_or(last));
    Ok(store::feeds::limits(c, &Scope::of(actor), start_of(first), end, MOST).await?)
}

/// Whether the person has an address.
///
/// # Errors
/// The database's.
pub async fn has_address(c: &mut Conn, actor: &Actor) -> Result<bool> {
    Ok(store::feeds::made_at(c, actor.staff_id).await?.is_some())
}

/// Makes a new address for the person; gives its secret, which is shown once.
///
/// # Errors
/// The database's.
pub async fn renew(app: &App, actor: &Actor) -> Result<String> {
    let secret = random::secret(&*app.random);
    let mut tx = app.db.write().await?;
    store::feeds::renew(&mut tx, actor.staff_id, &keys::sha256(secret.as_bytes()), app.now()).await?;
    let entry = Entry::new("account.calendar_renewed", "staff").actor(actor).entity(actor.staff_id.0);
    audit::record(app, &mut tx, actor.organization_id, entry).await?;
    tx.commit().await?;
    Ok(secret)
}

/// The calendar under a secret.
///
/// # Errors
/// `NotFound` when nobody has it.
pub async fn calendar(app: &App, secret: &str) -> Result<String> {
    let mut c = app.db.read().await?;
    let scope = store::feeds::scope_of(&mut c, &keys::sha256(secret.as_bytes())).await?.ok_or(Error::NotFound)?;
    let organization = organizations::actions::organization(&mut c, scope.organization).await?;
    let now = app.now();
    let today = organization.calendar.local_date(now);
    let (first, last) = (today - TimeDelta::days(BACK), today + TimeDelta::days(AHEAD));
    let limits = store::feeds::limits(&mut c, &scope, start_of(first), start_of(last), MOST).await?;
    let due = limits.into_iter().map(|limit| ical::Entry {
        uid: format!("{}@huiyin", limit.number),
        when: When::At(limit.due_at),
        title: Lang::ZhCn.tf("feed.title", &[("number", &limit.number)]),
    });
    let entries: Vec<ical::Entry> = due.chain(days_off(&organization.calendar, first, last)).collect();
    Ok(ical::write(&organization.name, &entries, now))
}

/// Holidays and moved working days, all day.
fn days_off(calendar: &WorkCalendar, first: NaiveDate, last: NaiveDate) -> Vec<ical::Entry> {
    let mut runs: Vec<(NaiveDate, NaiveDate, DayKind)> = Vec::new();
    for day in first.iter_days().take_while(|day| *day < last) {
        let kind = calendar.day_kind(day);
        if !matches!(kind, DayKind::Holiday(_) | DayKind::AdjustedWorking) {
            continue;
        }
        match runs.last_mut() {
            Some((_, end, same)) if *same == kind && end.succ_opt() == Some(day) => *end = day,
            _ => runs.push((day, day, kind)),
        }
    }
    let entry = |(first, last, kind): (NaiveDate, NaiveDate, DayKind)| ical::Entry {
        uid: format!("{}-{:03}@huiyin", first.year(), first.ordinal()),
        when: When::Days(first, last),
        title: match kind {
            DayKind::Holiday(name) => Lang::ZhCn.tf("feed.off", &[("name", &name)]),
            _ => Lang::ZhCn.t("feed.worked").into_owned(),
        },
    };
    runs.into_iter().map(entry).collect()
}
