//! `GET /desk/reports`: the dashboard of a period; as a file with `?format=csv` or `xlsx`.

mod charts;
mod tables;

pub use tables::Names;

use leptos::prelude::*;

use crate::{
    error::{Error, Result},
    http::{Cx, Form, Req, Response},
    organizations,
    reports::{
        actions, export,
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
        {days(cx, period, term_start(today))}
        {stats(cx, &report.all, period)}
        {charts::weeks(cx, &report)}
        {tables::all(cx, &report, &names, period)}
        {hot_spots(cx, &report, &names)}
        {explained(cx)}
        {files(cx, period)}
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
    let share = |label: &'static str, rate: Rate| {
        let of = (rate.all > 0).then(|| view! { <small>{format!("{}/{}", rate.of, rate.all)}</small> });
        view! { <div class="stat"><b>{tables::percent(rate)}</b><span>{cx.t(label)}</span>{of}</div> }
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
            {share("reports.on_time", all.on_time)}
            {share("reports.solved", all.solved)}
            {share("reports.satisfied", all.satisfied)}
            <div class="stat"><b>{all.silent}</b><span>{cx.t("reports.silent")}</span></div>
        </div>
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

fn hot_spots(cx: &Cx, report: &Report, names: &tables::Names) -> Option<AnyView> {
    let spots = report.hot_spots(8);
    if spots.is_empty() {
        return None;
    }
    let most = spots.first().map_or(1, |(_, n)| *n);
    let items = spots
        .into_iter()
        .map(|((place, topic), n)| {
            let name = format!("{place} · {}", names.topic(topic));
            let label = format!("{name} {n}");
            view! {
                <li><span>{name}</span><b>{n}</b>
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

fn files(cx: &Cx, period: Period) -> AnyView {
    let href =
        |format: export::Format| format!("/desk/reports?from={}&to={}&format={format}", period.first, period.last);
    view! {
        <p class="button-row">
            <a class="button quiet small" href=href(export::Format::Xlsx)>{cx.t("desk_list.xlsx")}</a>
            <a class="button quiet small" href=href(export::Format::Csv)>{cx.t("desk_list.csv")}</a>
        </p>
    }
    .into_any()
}
