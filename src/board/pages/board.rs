//! The public board of an organisation.

use leptos::prelude::*;

use crate::{
    board::{
        actions::{self, Period},
        pages::footer,
        suppress::{Cell, Line, Published},
    },
    error::Result,
    http::{Cx, Req, Response},
    kernel::ids::TopicId,
    organizations::{self, model::Topic},
    ui::{self, Page, page, time},
};

/// `GET /{slug}/board`.
pub async fn board_page(req: Req) -> Result<Response> {
    let cx = &req.cx;
    let mut c = req.app.db.read().await?;
    let org = organizations::actions::organization_by_slug(&mut c, req.param("slug")).await?;
    let topics = organizations::actions::all_topics(&mut c, org.id).await?;
    let period = Period::at(req.now());
    drop(c);
    let published = actions::published(&req.app, org.id, period).await?;
    let (title, start) = (format!("{} · {}", cx.t("board.title"), org.name), cx.href(&format!("/{}", org.slug)));
    let body = view! {
        <main class="page" id="main">
            {page::masthead(cx, &org.emblem, &org.name, &cx.t("board.title"))}
            <h1>{cx.t("board.heading")}</h1>
            <p class="lead">{days(cx, period)}</p>
            <div class="stat-row">
                {stat(cx, "stat", "board.received", published.received)}
                {stat(cx, "stat", "board.answered", published.answered)}
                {stat(cx, overdue_class(published.overdue), "board.overdue", published.overdue)}
                {published.rectified.map(|done| stat(cx, "stat", "board.rectified", done))}
            </div>
            {by_topic(cx, &published, &topics)}
            {explained(cx)}
            <p class="button-row"><a class="button" href=start>{cx.t("board.to_start")}</a></p>
        </main>
        {footer(cx, Some(&org))}
    };
    Ok(ui::respond(&req.app, cx, Page::public(title, body)).await)
}

fn days(cx: &Cx, period: Period) -> String {
    let last = period.to - chrono::TimeDelta::days(1);
    cx.tf("board.days", &[("from", &time::day(cx, period.from)), ("to", &time::day(cx, last))])
}

const fn overdue_class(cell: Cell) -> &'static str {
    if matches!(cell, Cell::Exact(_)) { "stat late" } else { "stat" }
}

fn stat(cx: &Cx, class: &'static str, label: &'static str, cell: Cell) -> AnyView {
    view! { <div class=class><b>{told(cx, cell)}</b><span>{cx.t(label)}</span></div> }.into_any()
}

/// A cell in words.
fn told(cx: &Cx, cell: Cell) -> String {
    match cell {
        Cell::Exact(n) => n.to_string(),
        Cell::Few => cx.t("board.few").into_owned(),
        Cell::AtLeast(n) => cx.tf("board.at_least", &[("number", &n.to_string())]),
        Cell::Untold => "—".to_string(),
    }
}

fn by_topic(cx: &Cx, published: &Published<TopicId>, topics: &[Topic]) -> Option<AnyView> {
    let most = published.lines.iter().map(|l| l.received).max()?;
    let lines = published.lines.iter().map(|l| line(cx, l, most, topics)).collect_view();
    Some(
        view! {
            <div class="section">
                <h2>{cx.t("board.by_topic")}</h2>
                <div class="card"><ul class="rank">{lines}</ul></div>
            </div>
        }
        .into_any(),
    )
}

fn line(cx: &Cx, line: &Line<TopicId>, most: u64, topics: &[Topic]) -> AnyView {
    let topic = line.topic.and_then(|id| topics.iter().find(|t| t.id == id));
    let name = topic.map_or_else(|| cx.t("board.other_topics").into_owned(), |t| t.label(cx.lang).to_string());
    let part = |key, n: Option<u64>| n.map(|n| cx.tf(key, &[("number", &n.to_string())]));
    let more = [part("board.line_answered", line.answered), part("board.line_overdue", line.overdue)];
    let more: Vec<String> = more.into_iter().flatten().collect();
    let more = (!more.is_empty()).then(|| view! { <small>{more.join(" · ")}</small> });
    let label = format!("{name} {}", line.received);
    view! {
        <li>
            <span>{name}" "{more}</span>
            <b>{line.received}</b>
            <progress value=line.received.to_string() max=most.to_string() aria-label=label></progress>
        </li>
    }
    .into_any()
}

/// How it is counted: everybody may ask.
fn explained(cx: &Cx) -> AnyView {
    view! {
        <details class="fold">
            <summary>{cx.t("board.how")}</summary>
            <ul>
                <li>{cx.t("board.how.week")}</li>
                <li>{cx.t("board.how.overdue")}</li>
                <li>{cx.t("board.how.rectified")}</li>
                <li>{cx.t("board.how.few")}</li>
                <li>{cx.t("board.how.merged")}</li>
                <li>{cx.t("board.how.danger")}</li>
            </ul>
        </details>
    }
    .into_any()
}
