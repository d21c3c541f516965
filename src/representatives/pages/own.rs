//! `/rep`: a representative's first page on the phone. Outside a term it says where the term stands, and nothing else.

use leptos::prelude::*;

use crate::{
    accounts::model::Actor,
    db::Conn,
    error::Result,
    http::{App, Cx, Req, Response, respond},
    organizations,
    representatives::{
        actions,
        looks::{self, Seen},
        model::{Appointment, Area, Standing},
        pages::{area_words, last_day, phone, rechecks::found_pill, row, term},
    },
    ui::{self, field, icon, time},
};

/// `GET /rep`.
pub async fn page(req: Req) -> Result<Response> {
    let (cx, actor) = (&req.cx, req.actor()?);
    let mut c = req.app.db.read().await?;
    let own = actions::own(&mut c, &actor, cx.now).await?;
    let (title, main) = match own {
        None => ("representatives.own.nothing", says(cx, "representatives.own.nothing_text".into(), None)),
        Some((a, area)) => match a.standing(cx.now) {
            Standing::Promise => return Ok(respond::see_other("/rep/promise")),
            Standing::Active => ("representatives.own.title", at_work(&req.app, cx, &actor, &mut c, &a, &area).await?),
            Standing::Coming => {
                let day = time::day(cx, a.term_from);
                ("representatives.own.coming", says(cx, "representatives.own.coming_text".into(), Some(day)))
            }
            Standing::Over => {
                let day = time::day(cx, last_day(a.term_to));
                ("representatives.own.over", says(cx, "representatives.own.over_text".into(), Some(day)))
            }
            Standing::Ended => ("representatives.own.ended", says(cx, "representatives.own.ended_text".into(), None)),
        },
    };
    Ok(ui::respond(&req.app, cx, phone(cx, &actor, &cx.t(title), None, main)).await)
}

/// Where the term stands.
fn says(cx: &Cx, key: String, day: Option<String>) -> AnyView {
    let text = cx.tf(&key, &[("day", day.as_deref().unwrap_or_default())]);
    view! { <p class="lead">{text}</p> }.into_any()
}

async fn at_work(app: &App, cx: &Cx, actor: &Actor, c: &mut Conn, a: &Appointment, area: &Area) -> Result<AnyView> {
    let topics = organizations::actions::all_topics(c, actor.organization_id).await?;
    let looks = looks::own(app, c, actor).await?;
    let (waiting, done): (Vec<&Seen>, Vec<&Seen>) = looks.iter().partition(|s| s.recheck.result.is_none());
    let kind = cx.word("representatives.kind", a.kind.code());
    let (days, words) = (term(cx, a), area_words(cx, &topics, area));
    let place =
        row(cx, "/rep/place", icon::QR, cx.t("representatives.own.place"), cx.t("representatives.own.place_text"));
    Ok(view! {
        <p class="lead">{kind}" · "{days}</p>
        <p>{cx.tf("representatives.own.area", &[("area", &words)])}</p>
        <ul class="link-list">{place}</ul>
        {waiting_looks(cx, &topics, &waiting)}
        {done_looks(cx, &done)}
        {naming(cx, a)}
    }
    .into_any())
}

fn waiting_looks(cx: &Cx, topics: &[organizations::model::Topic], waiting: &[&Seen]) -> AnyView {
    let rows = waiting
        .iter()
        .map(|seen| {
            let topic = topics.iter().find(|t| t.id == seen.case.topic_id).map_or("", |t| t.label(cx.lang));
            let to = format!("/rep/rechecks/{}", seen.recheck.id);
            row(cx, &to, icon::CLOCK, format!("{} · {topic}", seen.case.place), seen.case.number.clone())
        })
        .collect_view();
    let list = if waiting.is_empty() {
        view! { <p class="hint">{cx.t("representatives.own.no_looks")}</p> }.into_any()
    } else {
        view! { <ul class="link-list">{rows}</ul> }.into_any()
    };
    view! {
        <section class="section" aria-labelledby="looks">
            <h2 id="looks">{cx.t("representatives.own.looks")}</h2>
            <p>{cx.t("representatives.own.looks_text")}</p>
            {list}
        </section>
    }
    .into_any()
}

fn done_looks(cx: &Cx, done: &[&Seen]) -> Option<AnyView> {
    if done.is_empty() {
        return None;
    }
    let items = done
        .iter()
        .map(|seen| {
            let (place, number) = (seen.case.place.clone(), seen.case.number.clone());
            view! { <li><span>{place}<small>{number}</small></span>{found_pill(cx, seen.recheck.result)}</li> }
        })
        .collect_view();
    let list = view! {
        <details class="fold">
            <summary>{cx.tf("representatives.own.done", &[("count", &done.len().to_string())])}</summary>
            <ul class="file-list">{items}</ul>
        </details>
    };
    Some(list.into_any())
}

/// Whether the start page names them: theirs alone to decide.
fn naming(cx: &Cx, a: &Appointment) -> AnyView {
    let (now, button, value) = if a.visible {
        ("representatives.own.named", "representatives.own.unname", "")
    } else {
        ("representatives.own.unnamed", "representatives.own.name", "1")
    };
    view! {
        <section class="section">
            <h2>{cx.t("representatives.start_page")}</h2>
            <p>{cx.t(now)}</p>
            <form method="post" action="/rep/naming">
                {field::token(cx)}
                {field::hidden("visible", value)}
                <p><button class="button quiet" type="submit">{cx.t(button)}</button></p>
            </form>
        </section>
    }
    .into_any()
}
