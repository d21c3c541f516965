//! `GET /desk/reports`: the dashboard of a period; as a file with `?format=csv` or `xlsx`.

pub mod cases;
mod charts;
pub mod conduct;
pub mod departments;
pub mod paper;
pub mod print;
pub mod rates;
mod tables;
pub mod terms;

pub use tables::Names;

use leptos::prelude::*;

use crate::{
    error::{Error, Result},
    http::{Cx, Form, Req, Response},
    organizations,
    reports::{
        actions, address, export,
        measure::{Choice, Measure},
        model::{Numbers, Rate, Report},
        period::{Period, term_start},
    },
    ui::{
        self, FormState, desk_page,
        field::{self, Line},
        time,
    },
};

/// `GET /desk/reports`.
pub async fn page(req: Req) -> Result<Response> {
    let actor = req.actor()?;
    let today = time::date(req.now());
    let period = Period::parse(&req.query, today);
    let mut c = req.app.db.read().await?;
    let report = actions::report(&req.app, &mut c, &actor, period).await?;
    let topics = organizations::actions::all_topics(&mut c, actor.organization_id).await?;
    drop(c);
    let cx = &req.cx;
    let names = tables::Names::of(cx, &topics, &actor.organization_name);
    if let Some(format) = req.query.optional("format") {
        let format = export::Format::parse(format).ok_or(Error::NotFound)?;
        return export::file(&req, &report, &names, format).await;
    }
    let main = view! {
        <header class="page-head"><h1>{cx.t("reports.title")}</h1></header>
        {links(cx, period)}
        {days(cx, period, term_start(today))}
        {stats(cx, &report.all, period)}
        {charts::weeks(cx, &report)}
        {tables::all(cx, &report, &names, period)}
        {hot_spots(cx, &report, &names, period)}
        {explained(cx)}
        {places_and_weeks(cx, &report, &names, period)}
        {files(cx, &format!("/desk/reports?from={}&to={}", period.first, period.last))}
    };
    Ok(ui::respond(&req.app, cx, desk_page::admin_page(cx, cx.t("reports.title"), main)).await)
}

fn days(cx: &Cx, period: Period, term: chrono::NaiveDate) -> AnyView {
    let values = Form::from_pairs([("from", period.first.to_string()), ("to", period.last.to_string())]);
    let state = FormState::of(values);
    let line = Line { kind: "date", autocomplete: "off", max: 0, required: true, hint: "" };
    let this_term = format!("/desk/reports?from={term}&to={}", time::date(cx.now));
    view! {
        <form method="get" action="/desk/reports" class="form-grid">
            {field::line(cx, &state, "from", "reports.from", line)}
            {field::line(cx, &state, "to", "reports.to", line)}
            <p class="button-row">
                <button class="button" type="submit">{cx.t("reports.show")}</button>
                <a class="button quiet" href=this_term>{cx.t("reports.this_term")}</a>
            </p>
        </form>
    }
    .into_any()
}

/// The list of cases that a number counts.
fn list_href(period: Period, more: &str) -> String {
    format!("/desk?view=all&from={}&to={}{more}", period.first, period.last)
}

fn stats(cx: &Cx, all: &Numbers, period: Period) -> AnyView {
    let stat = |label: &'static str, value: String, more: &str, late: bool| {
        let href = list_href(period, more);
        let class = if late { "stat late" } else { "stat" };
        view! { <a class=class href=href><b>{value}</b><span>{cx.t(label)}</span></a> }
    };
    let days =
        |hours: Option<i64>| hours.map_or_else(|| "—".to_string(), |h| cx.tf("reports.days", &[("days", &tenths(h))]));
    let open = |measure| address::cases(period, measure, &Choice::default(), 0);
    let share = |label: &'static str, rate: Rate, of: Measure, all: Measure| {
        let numbers = (rate.all > 0).then(|| {
            let (of, all) = (open(of), open(all));
            view! { <small><a href=of>{rate.of}</a>"/"<a href=all>{rate.all}</a></small> }
        });
        view! { <div class="stat"><b>{tables::percent(rate)}</b><span>{cx.t(label)}</span>{numbers}</div> }
    };
    view! {
        <div class="stat-row">
            {stat("reports.received", all.received.to_string(), "", false)}
            {stat("reports.answered", all.answered.to_string(), "&answered=1", false)}
            {stat("reports.open", all.open.to_string(), "&open=1", false)}
            {stat("reports.late", all.late.to_string(), "&late=1", all.late > 0)}
        </div>
        <div class="stat-row">
            <div class="stat"><b>{days(all.hours(50))}</b><span>{cx.t("reports.median")}</span></div>
            <div class="stat"><b>{days(all.hours(90))}</b><span>{cx.t("reports.p90")}</span></div>
            {share("reports.on_time", all.on_time, Measure::OnTime, Measure::Due)}
            {share("reports.contacted", all.contacted, Measure::Contacted, Measure::Judged)}
            {share("reports.solved", all.solved, Measure::Solved, Measure::Judged)}
            {share("reports.satisfied", all.satisfied, Measure::Satisfied, Measure::Judged)}
            <div class="stat"><b><a href=open(Measure::Silent)>{all.silent}</a></b><span>{cx.t("reports.silent")}</span></div>
        </div>
        {(all.transferred > 0).then(|| {
            let words = cx.tf("reports.transferred", &[("count", &all.transferred.to_string())]);
            view! { <p class="hint"><a href=open(Measure::Transferred)>{words}</a></p> }
        })}
        {(all.submissions > all.received || all.merged > 0).then(|| {
            let counts = [all.received, all.submissions, all.merged].map(|n| n.to_string());
            let counts = [("cases", counts[0].as_str()), ("submissions", &counts[1]), ("merged", &counts[2])];
            view! { <p class="hint">{cx.tf("reports.submissions", &counts)}</p> }
        })}
    }
    .into_any()
}

/// Hours as days with one digit after the point.
fn tenths(hours: i64) -> String {
    let tenths = (hours * 10 + 12) / 24;
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn hot_spots(cx: &Cx, report: &Report, names: &tables::Names, period: Period) -> Option<AnyView> {
    let spots = report.hot_spots(8);
    if spots.is_empty() {
        return None;
    }
    let most = spots.first().map_or(1, |(_, n)| *n);
    let items = spots
        .into_iter()
        .map(|((place, topic), n)| {
            let name = format!("{place} · {}", names.topic(topic));
            let choice = Choice { topic: Some(topic.clone()), place: Some(place.clone()), ..Choice::default() };
            let href = address::cases(period, Measure::Received, &choice, 0);
            let label = format!("{name} {n}");
            view! {
                <li><span>{name}</span><b><a href=href>{n}</a></b>
                    <progress value=n.to_string() max=most.to_string() aria-label=label></progress></li>
            }
        })
        .collect_view();
    Some(view! { <h2>{cx.t("reports.hot_spots")}</h2><ul class="rank">{items}</ul> }.into_any())
}

fn explained(cx: &Cx) -> AnyView {
    view! {
        <details class="fold">
            <summary>{cx.t("reports.how")}</summary>
            <ul>
                <li>{cx.t("reports.how.on_time")}</li>
                <li>{cx.t("reports.how.judged")}</li>
                <li>{cx.t("reports.how.scope")}</li>
            </ul>
        </details>
    }
    .into_any()
}

/// Links to the same page as a file.
fn files(cx: &Cx, here: &str) -> AnyView {
    let href = |format: export::Format| format!("{here}&format={format}");
    view! {
        <p class="button-row">
            <a class="button quiet small" href=href(export::Format::Xlsx)>{cx.t("desk_list.xlsx")}</a>
            <a class="button quiet small" href=href(export::Format::Csv)>{cx.t("desk_list.csv")}</a>
        </p>
    }
    .into_any()
}

/// `?short=`: from how many characters on an answer is not short.
fn short(req: &Req) -> usize {
    req.query.text("short").trim().parse().ok().filter(|n| (1..=500).contains(n)).unwrap_or(actions::SHORT)
}

/// Further pages.
fn links(cx: &Cx, period: Period) -> AnyView {
    let days = format!("?from={}&to={}", period.first, period.last);
    view! {
        <p class="button-row">
            <a class="button quiet small" href=format!("/desk/reports/rates{days}")>{cx.t("reports.rates")}</a>
            <a class="button quiet small" href=format!("/desk/reports/conduct{days}")>{cx.t("reports.conduct")}</a>
            <a class="button quiet small" href="/desk/reports/departments">{cx.t("reports.departments")}</a>
            <a class="button quiet small" href="/desk/reports/term">{cx.t("reports.papers")}</a>
        </p>
    }
    .into_any()
}

/// Places that the table of weeks shows.
const PLACES: usize = 8;
/// Weeks that it shows, the last ones.
const WEEKS: usize = 8;

/// What came from where in which week: the places with the most, each number with its cases.
fn places_and_weeks(cx: &Cx, report: &Report, names: &tables::Names, period: Period) -> Option<AnyView> {
    let spots = report.busiest(PLACES);
    if spots.is_empty() {
        return None;
    }
    let mut weeks: Vec<_> = report.weeks.keys().copied().collect();
    weeks.drain(..weeks.len().saturating_sub(WEEKS));
    let label = |day: &chrono::NaiveDate| day.format("%-m/%-d").to_string();
    let head = weeks.iter().map(|w| view! { <th class="num">{label(w)}</th> }).collect_view();
    let rows = spots
        .into_iter()
        .map(|((place, topic), n)| {
            let name = format!("{place} · {}", names.topic(topic));
            let choice = Choice { topic: Some(topic.clone()), place: Some(place.clone()), ..Choice::default() };
            let href = address::cases(period, Measure::Received, &choice, 0);
            let cells = weeks
                .iter()
                .map(|week| {
                    let n = report.spot_weeks.get(&(place.clone(), topic.clone(), *week)).copied().unwrap_or(0);
                    let days = Period { first: *week, last: *week + chrono::Days::new(6) };
                    let cell = if n == 0 {
                        "—".into_any()
                    } else {
                        view! { <a href=address::cases(days, Measure::Received, &choice, 0)>{n}</a> }.into_any()
                    };
                    view! { <td class="num" data-label=label(week)>{cell}</td> }
                })
                .collect_view();
            view! { <tr><td class="title"><a href=href>{name}</a>" "<small>{n}</small></td>{cells}</tr> }
        })
        .collect_view();
    let table = view! {
        <h2>{cx.t("reports.by_place_and_week")}</h2>
        <div class="table-scroll" role="region" tabindex="0" aria-label=cx.t("reports.by_place_and_week")>
            <table class="table numbers"><thead><tr><th class="title">{cx.t("reports.place")}</th>{head}</tr></thead><tbody>{rows}</tbody></table>
        </div>
    };
    Some(table.into_any())
}
