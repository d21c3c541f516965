//! `/admin/calendar`: on which days and at which hours the organisation works.

use axum::http::StatusCode;
use chrono::{Datelike, NaiveTime};

use crate::{
    error::{Error, Result},
    http::{Form, Req, Response, respond},
    kernel::calendar::{OfficeHours, WorkCalendar},
    organizations::{
        actions,
        calendar::{self, CalendarChange},
        form,
        pages::{answer, calendar_view},
    },
    ui::FormState,
};

/// `GET /admin/calendar`: `?year=` chooses the year whose days are shown.
pub async fn page(req: Req) -> Result<Response> {
    show(&req, None, StatusCode::OK).await
}

/// `POST /admin/calendar`: hours, vacations, single days.
pub async fn save(req: Req) -> Result<Response> {
    let before = before(&req).await?;
    match form::calendar(req.form.clone(), &before) {
        Ok(after) => change(&req, CalendarChange::Days, after, "").await,
        Err(state) => show(&req, Some(state), StatusCode::UNPROCESSABLE_ENTITY).await,
    }
}

/// `POST /admin/calendar/day`: a day or a run of days becomes free, worked, or what it would be by itself.
pub async fn save_day(req: Req) -> Result<Response> {
    let before = before(&req).await?;
    match form::day(req.form.clone()) {
        Ok(input) => {
            let after = form::with_days(&before, &input);
            change(&req, CalendarChange::Day, after, &format!("&year={}", input.days.first().year())).await
        }
        Err(state) => show(&req, Some(state), StatusCode::UNPROCESSABLE_ENTITY).await,
    }
}

/// `POST /admin/calendar/year`: the notice of a year, from a file or pasted.
pub async fn import_year(req: Req) -> Result<Response> {
    let mut after = before(&req).await?;
    match form::year(req.form.clone()) {
        Ok((year, notice)) => {
            after.years.insert(year, notice);
            change(&req, CalendarChange::Year, after, &format!("&year={year}")).await
        }
        Err(state) => show(&req, Some(state), StatusCode::UNPROCESSABLE_ENTITY).await,
    }
}

/// `POST /admin/calendar/year/remove`: the table of the release counts again.
pub async fn remove_year(req: Req) -> Result<Response> {
    let mut after = before(&req).await?;
    let year = req.form.text("year").parse().map_err(|_| Error::NotFound)?;
    after.years.remove(&year).ok_or(Error::NotFound)?;
    change(&req, CalendarChange::YearRemoved, after, &format!("&year={year}")).await
}

async fn before(req: &Req) -> Result<WorkCalendar> {
    let organization = actions::organization(&mut req.app.db.read().await?, req.actor()?.organization_id).await?;
    Ok(organization.calendar)
}

/// Changes it as seen; when somebody was faster, what was typed comes back beside the calendar as it is now.
async fn change(req: &Req, what: CalendarChange, after: WorkCalendar, then: &str) -> Result<Response> {
    let seen = req.form.text("version").parse().unwrap_or(-1);
    match calendar::change(&req.app, &*req.actor()?, seen, what, after).await {
        Ok(()) => Ok(respond::see_other(&format!("/admin/calendar?saved=1{then}"))),
        Err(Error::Conflict) => {
            let mut state = FormState::of(req.form.clone());
            state.error("", "calendar.error.conflict");
            show(req, Some(state), StatusCode::CONFLICT).await
        }
        Err(error) => Err(error),
    }
}

async fn show(req: &Req, state: Option<FormState>, status: StatusCode) -> Result<Response> {
    let (cx, org) = (&req.cx, req.actor()?.organization_id);
    let mut c = req.app.db.read().await?;
    let calendar = actions::organization(&mut c, org).await?.calendar;
    let (version, versions) = calendar::versions(&mut c, org).await?;
    drop(c);
    let typed = state.unwrap_or_default();
    let year = |form: &Form| form.optional("year").and_then(|y| y.parse().ok()).filter(|y| (2000..=2100).contains(y));
    let today = calendar.local_date(req.now());
    let shown = calendar_view::Shown {
        year: year(&req.query).or_else(|| year(&typed.values)).unwrap_or_else(|| today.year()),
        // A refused form of one kind leaves the other forms as they are.
        days: if typed.values.text("form") == "days" { typed.clone() } else { FormState::of(values(&calendar)) },
        day: only(&typed, "day"),
        notice: only(&typed, "year"),
        calendar: &calendar,
        version,
        versions: &versions,
    };
    let rest = calendar_view::view(cx, &shown);
    Ok(answer(req, cx.t("calendar.title").into_owned(), &typed, status, rest).await)
}

fn only(state: &FormState, form: &str) -> FormState {
    if state.values.text("form") == form { state.clone() } else { FormState::default() }
}

fn values(calendar: &WorkCalendar) -> Form {
    let mut values = Form::from_pairs([
        (form::VACATIONS, form::show_vacations(calendar)),
        (form::HOLIDAYS, form::show_holidays(calendar)),
        (form::WORKING_DAYS, form::show_working_days(calendar)),
    ]);
    set_hours(&mut values, None, &calendar.hours);
    for (weekday, hours) in &calendar.weekday_hours {
        set_hours(&mut values, Some(*weekday), hours);
    }
    values
}

fn set_hours(values: &mut Form, weekday: Option<u32>, hours: &OfficeHours) {
    let clock = |t: NaiveTime| t.format("%H:%M").to_string();
    let (lunch_from, lunch_to) = hours.lunch().map(|l| (clock(l.0), clock(l.1))).unwrap_or_default();
    let times = [clock(hours.opens()), lunch_from, lunch_to, clock(hours.closes())];
    for (field, time) in form::hour_fields(weekday).iter().zip(times) {
        values.set(field, time);
    }
}
