//! The start page of an organisation: every open way to be heard.

use leptos::prelude::*;

use crate::{
    access_points::{self, model::AccessPoint},
    board::pages::{footer, row},
    error::Result,
    http::{Cx, Req, Response},
    kernel::roles::Channel,
    letters::{self, actions::Shown},
    organizations::{self, model::Organization},
    ui::{self, Page, icon, page, time},
};

/// More places than this are folded away.
const SHOWN: usize = 8;

/// `GET /{slug}`.
pub async fn start_page(req: Req) -> Result<Response> {
    let cx = &req.cx;
    let mut c = req.app.db.read().await?;
    let org = organizations::actions::organization_by_slug(&mut c, req.param("slug")).await?;
    let mut open = access_points::actions::live_of(&req.app, &mut c, org.id).await?;
    let letters = letters::actions::shown(&req.app, &mut c, org.id).await?;
    drop(c);
    open.retain(|p| channel_icon(p.channel).is_some() && !letters.codes.contains(&p.code));
    let title = format!("{} · {}", org.name, cx.t("ui.product"));
    let welcome = if org.welcome.is_empty() { cx.t("board.start.lead").into_owned() } else { org.welcome.clone() };
    let board = cx.href(&format!("/{}/board", org.slug));
    let body = view! {
        <main class="page" id="main">
            {page::masthead(cx, &org.emblem, &org.name, &org.office_name)}
            <h1>{cx.t("board.start.title")}</h1>
            <p class="lead">{welcome}</p>
            {channels(cx, &org, open)}
            {letters_of(cx, &letters)}
            <ul class="link-list">
                {row(cx.href("/track"), icon::SEARCH, cx.t("board.track"), cx.t("board.track.text"))}
                {row(cx.href("/q"), icon::QR, cx.t("board.code"), cx.t("board.code.text"))}
                {row(board, icon::CHART, cx.t("board.title"), cx.t("board.text"))}
            </ul>
            <div class="section">
                <h2>{cx.t("board.start.next")}</h2>
                <p>{next(cx, &org)}</p>
            </div>
        </main>
        {footer(cx, Some(&org))}
    };
    Ok(ui::respond(&req.app, cx, Page::public(title, body)).await)
}

/// The icon of a channel that people use by themselves; `None` for those that the staff keep.
const fn channel_icon(channel: Channel) -> Option<&'static str> {
    match channel {
        Channel::Box => Some(icon::INBOX),
        Channel::Questionnaire => Some(icon::SHEET),
        Channel::Letter => Some(icon::LETTER),
        Channel::Hotline | Channel::Representative | Channel::Patrol | Channel::WalkIn => None,
    }
}

fn channels(cx: &Cx, org: &Organization, mut open: Vec<AccessPoint>) -> AnyView {
    let folded = open.split_off(open.len().min(SHOWN));
    let count = folded.len().to_string();
    let rows = |points: Vec<AccessPoint>| points.into_iter().map(|p| point(cx, p)).collect_view();
    let more = (!folded.is_empty()).then(|| {
        view! {
            <details class="fold">
                <summary>{cx.tf("board.start.more", &[("count", &count)])}</summary>
                <ul class="link-list">{rows(folded)}</ul>
            </details>
        }
    });
    let hotline = (!org.hotline.is_empty()).then(|| {
        let dial: String = org.hotline.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        let title = cx.tf("board.hotline", &[("number", &org.hotline)]);
        row(format!("tel:{dial}"), icon::PHONE, title, cx.t("board.hotline.text"))
    });
    let nothing = open.is_empty().then(|| {
        view! { <p class="banner warn">{cx.t("board.start.closed")}</p> }
    });
    view! { {nothing}<ul class="link-list">{rows(open)}{hotline}</ul>{more} }.into_any()
}

/// The newest letters, with what became of the replies where that is out.
fn letters_of(cx: &Cx, shown: &Shown) -> Option<AnyView> {
    if shown.letters.is_empty() {
        return None;
    }
    let rows = shown
        .letters
        .iter()
        .map(|l| {
            let at = |at| time::day(cx, at);
            let day = at(time::start_of(l.content.day));
            let more = match (l.table_at, l.until) {
                (Some(out), _) => cx.tf("letters.start.table", &[("day", &day), ("at", &at(out))]),
                (None, Some(until)) => {
                    let last = at(until - chrono::TimeDelta::seconds(1));
                    cx.tf("letters.start.open", &[("day", &day), ("until", &last)])
                }
                (None, None) => day,
            };
            row(cx.href(&format!("/q/{}", l.code)), icon::LETTER, l.content.title.get(cx.lang), more)
        })
        .collect_view();
    let section =
        view! { <div class="section"><h2>{cx.t("letters.start.title")}</h2><ul class="link-list">{rows}</ul></div> };
    Some(section.into_any())
}

fn point(cx: &Cx, point: AccessPoint) -> AnyView {
    let href = cx.href(&format!("/q/{}", point.code));
    let more = format!("{} · {}", point.place, cx.word("channel", point.channel.code()));
    row(href, channel_icon(point.channel).unwrap_or(icon::INBOX), point.title, more)
}

fn next(cx: &Cx, org: &Organization) -> String {
    let days = org.limits.handling.to_string();
    cx.tf("board.start.next_text", &[("office", &org.office_name), ("days", &days)])
}
