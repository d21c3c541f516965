//! The log of calls (`/desk/hotline`) with today's call-backs, and the log of visits (`/desk/walk-in`).

use chrono::TimeDelta;
use leptos::prelude::*;

use crate::{
    error::Result,
    hotline::{
        actions::{self, Filters},
        model::{CallKind, CallOutcome, Logged, duration},
        pages::{log_of, screen, tasks, word_of},
        roster,
        tasks::{self as promises, Shown},
    },
    http::{Cx, Req, Response},
    kernel::{ids::CallId, roles::Role},
    ui::{
        self, Page, desk_page,
        field::{self, Line},
        time,
    },
};

/// `GET /desk/hotline`.
pub async fn calls(req: Req) -> Result<Response> {
    log(req, CallKind::Call).await
}

/// `GET /desk/walk-in`.
pub async fn visits(req: Req) -> Result<Response> {
    log(req, CallKind::Visit).await
}

/// What the page shows.
struct Log {
    kind: CallKind,
    filters: Filters,
    rows: Vec<Logged>,
    next: Option<CallId>,
    open: Vec<Shown>,
}

async fn log(req: Req, kind: CallKind) -> Result<Response> {
    let actor = req.actor()?;
    let filters = Filters {
        visits: kind == CallKind::Visit,
        day: roster::parse_day(req.query.text("day")),
        outcome: CallOutcome::parse(req.query.text("outcome")),
        before: CallId::parse(req.query.text("before")),
    };
    let mut c = req.app.db.read().await?;
    let (rows, next) = actions::page(&mut c, &actor, &filters).await?;
    let open = if kind == CallKind::Call { promises::open(&req.app, &mut c, &actor).await? } else { Vec::new() };
    drop(c);
    let page = page(&req.cx, &Log { kind, filters, rows, next, open });
    Ok(ui::respond(&req.app, &req.cx, page).await)
}

fn page(cx: &Cx, log: &Log) -> Page {
    let title = cx.word("hotline.log", word_of(log.kind)).into_owned();
    let by_phone = log.kind == CallKind::Call;
    let office = cx.actor.as_ref().is_some_and(|a| a.role == Role::Office);
    let tools = by_phone.then(|| {
        view! {
            <a class="button quiet" href="/desk/hotline/missed">{cx.t("hotline.missed.add")}</a>
            <a class="button quiet" href="/desk/hotline/roster">{cx.t(if office { "hotline.roster.keep" } else { "hotline.roster" })}</a>
        }
    });
    let main = view! {
        <header class="page-head">
            <h1>{title.clone()}</h1>
            <a class="button main" href=screen(log.kind)>{cx.word("intake.taken", word_of(log.kind))}</a>
            {tools}
        </header>
        {by_phone.then(|| call_backs(cx, &log.open))}
        <h2>{cx.word("hotline.earlier", word_of(log.kind))}</h2>
        {narrow(cx, log)}
        {table(cx, log)}
        {pager(cx, log)}
    };
    desk_page::admin_page(cx, title, main)
}

/// Today's call-backs and those that are late; what comes later is folded.
fn call_backs(cx: &Cx, open: &[Shown]) -> AnyView {
    let tomorrow = time::start_of(time::date(cx.now)) + TimeDelta::days(1);
    let (today, later): (Vec<&Shown>, Vec<&Shown>) = open.iter().partition(|s| s.task.due_at < tomorrow);
    let none = today.is_empty().then(|| view! { <p class="hint">{cx.t("hotline.task.none")}</p> });
    let now = today.iter().map(|s| tasks::card(cx, s)).collect_view();
    let count = later.len().to_string();
    let later = (!later.is_empty()).then(|| {
        let cards = later.iter().map(|s| tasks::card(cx, s)).collect_view();
        view! {
            <details class="fold"><summary>{cx.tf("hotline.task.later", &[("count", &count)])}</summary><div>{cards}</div></details>
        }
    });
    view! { <section><h2>{cx.t("hotline.task.title")}</h2>{none}{now}{later}</section> }.into_any()
}

fn narrow(cx: &Cx, log: &Log) -> AnyView {
    let any = (String::new(), cx.t("desk_list.any").into_owned());
    let outcomes = CallOutcome::ALL
        .iter()
        .filter(|o| !(log.filters.visits && **o == CallOutcome::Missed))
        .map(|o| (o.code().to_string(), cx.word("hotline.outcome", o.code()).into_owned()));
    let outcomes: Vec<_> = std::iter::once(any).chain(outcomes).collect();
    let chosen = log.filters.outcome.map_or("", CallOutcome::code);
    let day = log.filters.day.map(|d| d.to_string()).unwrap_or_default();
    let state = ui::FormState::of(crate::http::Form::from_pairs([("day", day)]));
    let line = Line { kind: "date", autocomplete: "off", ..Line::default() };
    view! {
        <form class="toolbar" method="get" action=log_of(log.kind)>
            {field::line(cx, &state, "day", "hotline.day", line)}
            {field::filter(cx, "outcome", "hotline.outcome", &outcomes, chosen)}
            <button class="button" type="submit">{cx.t("desk_list.apply")}</button>
        </form>
    }
    .into_any()
}

fn table(cx: &Cx, log: &Log) -> AnyView {
    if log.rows.is_empty() {
        return view! { <p class="empty">{cx.word("hotline.log.none", word_of(log.kind))}</p> }.into_any();
    }
    let office = cx.actor.as_ref().is_some_and(|a| a.role == Role::Office);
    let rows = log.rows.iter().map(|row| line(cx, row, office)).collect_view();
    view! {
        <table class="table">
            <thead><tr>
                <th>{cx.t("hotline.when")}</th><th>{cx.t("hotline.outcome")}</th><th>{cx.t("intake.receipt.number")}</th>
                <th class="num">{cx.t("hotline.duration")}</th><th>{cx.t("hotline.operator")}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn line(cx: &Cx, row: &Logged, office: bool) -> AnyView {
    let class = match row.outcome {
        CallOutcome::Danger => "pill late",
        CallOutcome::Missed => "pill warn",
        CallOutcome::Answered => "pill ok",
        CallOutcome::Case | CallOutcome::Attached => "pill soft",
    };
    let number = row.case_number.clone().map(|number| match office {
        true => view! { <a class="case-number" href=format!("/desk/cases/{number}")>{number.clone()}</a> }.into_any(),
        false => view! { <span class="case-number">{number}</span> }.into_any(),
    });
    let length = if row.outcome == CallOutcome::Missed { "–".to_string() } else { duration(row.seconds) };
    view! {
        <tr>
            <td class="title">{time::moment(cx, row.started_at)}</td>
            <td data-label=cx.t("hotline.outcome")><span class=class>{cx.word("hotline.outcome", row.outcome.code())}</span></td>
            <td data-label=cx.t("intake.receipt.number")>{number}</td>
            <td class="num" data-label=cx.t("hotline.duration")>{length}</td>
            <td data-label=cx.t("hotline.operator")>{row.operator.clone()}</td>
        </tr>
    }
    .into_any()
}

fn pager(cx: &Cx, log: &Log) -> Option<AnyView> {
    let query = |before: Option<CallId>| {
        let parts = [
            log.filters.day.map(|d| format!("day={d}")),
            log.filters.outcome.map(|o| format!("outcome={o}")),
            before.map(|id| format!("before={id}")),
        ];
        format!("{}?{}", log_of(log.kind), parts.into_iter().flatten().collect::<Vec<_>>().join("&"))
    };
    let first = log.filters.before.map(|_| query(None));
    let next = log.next.map(|id| query(Some(id)));
    (first.is_some() || next.is_some()).then(|| {
        view! {
            <nav class="pager" aria-label=cx.t("desk_list.pages")>
                {first.map(|href| view! { <a class="button quiet" href=href>{cx.t("desk_list.first_page")}</a> })}
                {next.map(|href| view! { <a class="button quiet" rel="next" href=href>{cx.t("desk_list.next_page")}</a> })}
            </nav>
        }
        .into_any()
    })
}
