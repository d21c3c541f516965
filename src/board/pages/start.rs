//! The start page of an organisation: every open way to be heard.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::{
    access_points::{self, model::AccessPoint},
    board::pages::{
        footer, row,
        ways::{Ways, ways},
    },
    db::Conn,
    error::Result,
    http::{Cx, Req, Response},
    kernel::roles::Channel,
    letters::{self, actions::Shown},
    organizations::{self, model::Organization},
    questionnaires::{self, model::Window},
    representatives,
    ui::{self, Page, icon, page, time},
};

/// `GET /{slug}`.
pub async fn start_page(req: Req) -> Result<Response> {
    let cx = &req.cx;
    let mut c = req.app.db.read().await?;
    let org = organizations::actions::organization_by_slug(&mut c, req.param("slug")).await?;
    let live = access_points::actions::live_of(&req.app, &mut c, org.id).await?;
    let mut open = answerable(&mut c, live, cx.now).await?;
    let letters = letters::actions::shown(&req.app, &mut c, org.id).await?;
    let serving = representatives::actions::serving(&mut c, org.id, cx.now).await?;
    let topics = organizations::actions::topics(&mut c, org.id).await?;
    drop(c);
    open.retain(|p| !letters.codes.contains(&p.code));
    let title = format!("{} · {}", org.name, cx.t("ui.product"));
    let welcome = if org.welcome.is_empty() { cx.t("board.start.lead").into_owned() } else { org.welcome.clone() };
    let board = cx.href(&format!("/{}/board", org.slug));
    let body = view! {
        <main class="page" id="main">
            {page::masthead(cx, &org.emblem, &org.name, &org.office_name)}
            <h1>{cx.t("board.start.title")}</h1>
            <p class="lead">{welcome}</p>
            {ways(cx, Ways { org: &org, open, representatives: serving, topics })}
            {letters_of(cx, &letters)}
            <ul class="link-list section">
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

/// Without the codes of questionnaires that can't be answered now: they are no open way.
async fn answerable(c: &mut Conn, points: Vec<AccessPoint>, now: DateTime<Utc>) -> Result<Vec<AccessPoint>> {
    let mut open = Vec::new();
    for point in points {
        let questionnaire = match point.channel {
            Channel::Questionnaire => questionnaires::actions::by_form(c, point.form_id).await?,
            _ => None,
        };
        if questionnaire.is_none_or(|q| q.window(now) == Window::Open) {
            open.push(point);
        }
    }
    Ok(open)
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

fn next(cx: &Cx, org: &Organization) -> String {
    let days = org.limits.handling.to_string();
    cx.tf("board.start.next_text", &[("office", &org.office_name), ("days", &days)])
}
