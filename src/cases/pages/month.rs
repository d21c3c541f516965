//! `GET /desk/calendar`: what is due on which day of a month; and the calendars that people subscribe to.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use chrono::{DateTime, Datelike, Months, NaiveDate, TimeDelta, Utc};
use leptos::prelude::*;

use crate::{
    cases::{feed, list::Filters, store::feeds::Limit},
    error::{Error, Result},
    http::{Cx, Req, Response, respond},
    kernel::calendar::{DayKind, WorkCalendar},
    organizations::actions::organization,
    ui::{self, desk_page, field, time},
};

/// `GET /desk/calendar`: `?month=2026-03`.
pub async fn page(req: Req) -> Result<Response> {
    show(&req, None).await
}

/// `POST /desk/calendar/feed`: a new address; it is shown this once.
pub async fn renew(req: Req) -> Result<Response> {
    let secret = feed::renew(&req.app, &*req.actor()?).await?;
    show(&req, Some(format!("{}/feeds/{secret}.ics", req.app.config.base_url()))).await
}

/// `GET /feeds/{token}`: the calendar itself, for whoever has the address.
pub async fn subscribed(req: Req) -> Result<Response> {
    let secret = req.param("token").strip_suffix(".ics").ok_or(Error::NotFound)?;
    let text = feed::calendar(&req.app, secret).await?;
    Ok(respond::bytes(StatusCode::OK, "text/calendar; charset=utf-8", text))
}

async fn show(req: &Req, address: Option<String>) -> Result<Response> {
    let (cx, actor) = (&req.cx, req.actor()?);
    let today = time::date(req.now());
    let month = req.query.optional("month").and_then(|m| format!("{m}-01").parse::<NaiveDate>().ok());
    let first = month.filter(|m| (2000..=2100).contains(&m.year())).unwrap_or(today).with_day(1).unwrap_or(today);
    let last = first.checked_add_months(Months::new(1)).and_then(|next| next.pred_opt()).unwrap_or(first);
    let monday = today - TimeDelta::days(i64::from(today.weekday().num_days_from_monday()));
    let sunday = monday + TimeDelta::days(6);
    let mut c = req.app.db.read().await?;
    let calendar = organization(&mut c, actor.organization_id).await?.calendar;
    let limits = feed::limits(&mut c, &actor, first, last).await?;
    let week = feed::limits(&mut c, &actor, monday, sunday).await?;
    let late = feed::limits(&mut c, &actor, today - TimeDelta::days(730), today).await?;
    let has_address = feed::has_address(&mut c, &actor).await?;
    drop(c);
    let on = |day: NaiveDate| week.iter().filter(|l| time::date(l.due_at) == day).count();
    let late = late.iter().filter(|l| l.due_at < req.now()).count();
    let due = |from: NaiveDate, to: NaiveDate| Filters { due: Some((from, to)), ..Filters::default() }.href(None);
    let lists = [
        ("month.today", due(today, today), on(today)),
        ("month.week", due(monday, sunday), week.len()),
        ("month.late", "/desk?view=overdue".to_string(), late),
    ]
    .map(|(label, href, count)| {
        view! { <a class="filter" href=href>{cx.t(label)}<span class="nav-count">{count}</span></a> }
    })
    .collect_view();
    let main = view! {
        <header class="page-head"><h1>{heading(cx, first)}</h1></header>
        <nav class="filters" aria-label=cx.t("month.lists")>{lists}</nav>
        {months(cx, first)}
        {grid(cx, &calendar, first, last, &limits, today)}
        {subscription(cx, address, has_address)}
    };
    let page = desk_page::admin_page(cx, cx.t("month.title"), main);
    Ok(ui::respond(&req.app, cx, page).await)
}

fn heading(cx: &Cx, first: NaiveDate) -> String {
    let (year, month) = (first.year().to_string(), first.month().to_string());
    cx.tf("month.heading", &[("year", &year), ("month", &month)])
}

fn months(cx: &Cx, first: NaiveDate) -> AnyView {
    let link = |day: Option<NaiveDate>, label: &'static str| {
        day.map(|day| {
            let href = format!("/desk/calendar?month={}", day.format("%Y-%m"));
            view! { <a class="button quiet" href=href>{cx.t(label)}</a> }
        })
    };
    view! {
        <nav class="pager" aria-label=cx.t("month.nav")>
            {link(first.checked_sub_months(Months::new(1)), "month.before")}
            {link(first.checked_add_months(Months::new(1)), "month.after")}
        </nav>
    }
    .into_any()
}

/// A week a row; on phones only the days on which something is, one below the other.
fn grid(
    cx: &Cx,
    calendar: &WorkCalendar,
    first: NaiveDate,
    last: NaiveDate,
    limits: &[Limit],
    today: NaiveDate,
) -> AnyView {
    let mut by_day: BTreeMap<NaiveDate, Vec<DateTime<Utc>>> = BTreeMap::new();
    for limit in limits {
        by_day.entry(time::date(limit.due_at)).or_default().push(limit.due_at);
    }
    let names = (1..=7)
        .map(
            |n| view! { <li class="month-name" aria-hidden="true">{cx.word("desk_list.weekday", &n.to_string())}</li> },
        )
        .collect_view();
    let before = (0..first.weekday().num_days_from_monday())
        .map(|_| view! { <li class="month-gap" aria-hidden="true"></li> })
        .collect_view();
    let days = first
        .iter_days()
        .take_while(|day| *day <= last)
        .map(|day| day_view(cx, calendar, day, by_day.get(&day).map_or(&[], Vec::as_slice), today))
        .collect_view();
    let nothing = limits.is_empty().then(|| view! { <p class="soft">{cx.t("month.nothing")}</p> });
    view! { {nothing}<ol class="month">{names}{before}{days}</ol> }.into_any()
}

fn day_view(cx: &Cx, calendar: &WorkCalendar, day: NaiveDate, due: &[DateTime<Utc>], today: NaiveDate) -> AnyView {
    let kind = calendar.day_kind(day);
    let mut class = String::from(if kind.is_working() { "month-day" } else { "month-day is-off" });
    if day == today {
        class.push_str(" is-today");
    }
    if due.is_empty() {
        class.push_str(" is-empty");
    }
    let weekday = cx.word("desk_list.weekday", &day.weekday().number_from_monday().to_string());
    let note = match kind {
        DayKind::Holiday(name) => Some(name.into_owned()),
        DayKind::AdjustedWorking => Some(cx.t("month.worked").into_owned()),
        DayKind::Vacation => Some(cx.t("calendar.kind.vacation").into_owned()),
        DayKind::Working | DayKind::Weekend => None,
    };
    let link = (!due.is_empty()).then(|| {
        let href = Filters { due: Some((day, day)), ..Filters::default() }.href(None);
        let late = due.iter().any(|at| *at < cx.now);
        let words = cx.tf("month.due", &[("count", &due.len().to_string())]);
        view! { <a class=if late { "month-due is-late" } else { "month-due" } href=href>{words}</a> }
    });
    view! {
        <li class=class aria-current=(day == today).then_some("date")>
            <span class="month-date">{day.day()}<small>{weekday}</small></span>
            {note.map(|n| view! { <small class="month-note">{n}</small> })}
            {link}
        </li>
    }
    .into_any()
}

fn subscription(cx: &Cx, address: Option<String>, has_address: bool) -> AnyView {
    let shown = address.map(|address| {
        view! {
            <p class="notice" role="status">{cx.t("month.feed.once")}</p>
            <p><input class="input-code" readonly=true value=address aria-label=cx.t("month.feed.address")/></p>
        }
    });
    let label = if has_address { "month.feed.renew" } else { "month.feed.make" };
    view! {
        <section class="card">
            <h2>{cx.t("month.feed")}</h2>
            <p class="hint">{cx.t("month.feed.hint")}</p>
            {shown}
            <form method="post" action="/desk/calendar/feed">{field::token(cx)}
                <p><button class="button" type="submit">{cx.t(label)}</button></p></form>
        </section>
    }
    .into_any()
}
