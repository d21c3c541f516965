//! `/rep`: a representative's first page on the phone: area, second looks, visits, and what became of what they found.
//! Outside a term it says where the term stands, and nothing else.

use leptos::prelude::*;

use crate::{
    accounts::model::Actor,
    callbacks,
    db::Conn,
    error::Result,
    http::{App, Cx, Req, Response, respond},
    kernel::text::excerpt,
    organizations::{self, model::Topic},
    representatives::{
        actions,
        looks::{self, Seen},
        model::{Appointment, Area, Standing},
        pages::{area_words, last_day, own_visits, phone, rechecks::found_pill, row, term},
    },
    ui::{self, field, icon, page::Bundle, time},
    visits::{islands::server, model::VisitKind},
};

/// `GET /rep`.
pub async fn page(req: Req) -> Result<Response> {
    let (cx, actor) = (&req.cx, req.actor()?);
    let mut c = req.app.db.read().await?;
    let (title, main) = match actions::own(&mut c, &actor, cx.now).await? {
        None => ("representatives.own.nothing", says(cx, "representatives.own.nothing_text", None)),
        Some((a, area)) => match a.standing(cx.now) {
            Standing::Promise => return Ok(respond::see_other("/rep/promise")),
            Standing::Active => {
                let main = at_work(&req.app, cx, &actor, &mut c, &a, &area).await?;
                let page = phone(cx, &cx.t("representatives.own.title"), None, main).with_islands(Bundle::Field);
                return Ok(ui::respond(&req.app, cx, page).await);
            }
            Standing::Coming => {
                let day = time::day(cx, a.term_from);
                ("representatives.own.coming", says(cx, "representatives.own.coming_text", Some(&day)))
            }
            Standing::Over => {
                let day = time::day(cx, last_day(a.term_to));
                let main = over(cx, &actor, says(cx, "representatives.own.over_text", Some(&day)));
                let page = phone(cx, &cx.t("representatives.own.over"), None, main).with_islands(Bundle::Field);
                return Ok(ui::respond(&req.app, cx, page).await);
            }
            Standing::Ended => {
                let main = over(cx, &actor, says(cx, "representatives.own.ended_text", None));
                let page = phone(cx, &cx.t("representatives.own.ended"), None, main).with_islands(Bundle::Field);
                return Ok(ui::respond(&req.app, cx, page).await);
            }
        },
    };
    Ok(ui::respond(&req.app, cx, phone(cx, &cx.t(title), None, main)).await)
}

/// Where the term stands.
fn says(cx: &Cx, key: &str, day: Option<&str>) -> AnyView {
    let text = cx.tf(key, &[("day", day.unwrap_or_default())]);
    view! { <p>{text}</p> }.into_any()
}

/// After a term: what lies on the phone is still sent, and why it may be.
fn over(cx: &Cx, actor: &Actor, says: AnyView) -> AnyView {
    let days = actions::GRACE.num_days().to_string();
    view! {
        {says}
        <p class="hint">{cx.tf("representatives.own.grace", &[("days", &days)])}</p>
        {server::waiting(cx, VisitKind::Representative, &actor.staff_id.to_string())}
    }
    .into_any()
}

async fn at_work(app: &App, cx: &Cx, actor: &Actor, c: &mut Conn, a: &Appointment, area: &Area) -> Result<AnyView> {
    let topics = organizations::actions::all_topics(c, actor.organization_id).await?;
    let looks = looks::own(app, c, actor).await?;
    let (waiting, done): (Vec<&Seen>, Vec<&Seen>) = looks.iter().partition(|s| s.recheck.result.is_none());
    let asked = callbacks::handover::own(app, c, actor).await?;
    let visits = own_visits::read(app, c, cx, actor).await?;
    let kind = cx.word("representatives.kind", a.kind.code());
    let (days, words) = (term(cx, a), area_words(cx, &topics, area));
    let start = row("/rep/visits".into(), icon::SHEET, cx.t("representatives.own.start"), cx.t("visits.choose"));
    let place =
        row("/rep/place".into(), icon::QR, cx.t("representatives.own.place"), cx.t("representatives.own.place_text"));
    Ok(view! {
        <p>{kind}" · "{days}<br/>{cx.tf("representatives.own.area", &[("area", &words)])}</p>
        {server::waiting(cx, VisitKind::Representative, &actor.staff_id.to_string())}
        <ul class="walk-links">{start}{place}</ul>
        {callbacks::own_links(cx, &topics, &asked)}
        {waiting_looks(cx, &topics, &waiting)}
        {done_looks(cx, &done)}
        {own_visits::found(cx, &visits)}
        {own_visits::walked(cx, &visits)}
        {naming(cx, a)}
    }
    .into_any())
}

fn waiting_looks(cx: &Cx, topics: &[Topic], waiting: &[&Seen]) -> AnyView {
    let rows = waiting
        .iter()
        .map(|seen| {
            let topic = topics.iter().find(|t| t.id == seen.what.topic_id()).map_or("", |t| t.label(cx.lang));
            let to = format!("/rep/rechecks/{}", seen.recheck.id);
            row(to, icon::CLOCK, format!("{} · {topic}", seen.what.place()), excerpt(seen.what.name(), 40))
        })
        .collect_view();
    let list = if waiting.is_empty() {
        view! { <p class="hint">{cx.t("representatives.own.no_looks")}</p> }.into_any()
    } else {
        view! { <ul class="walk-links">{rows}</ul> }.into_any()
    };
    view! {
        <section>
            <h2>{cx.t("representatives.own.looks")}</h2>
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
            let (place, number) = (seen.what.place().to_string(), excerpt(seen.what.name(), 40));
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
        <section>
            <h2>{cx.t("representatives.start_page")}</h2>
            <p>{cx.t(now)}</p>
            <form method="post" action="/rep/naming">
                {field::token(cx)}
                {field::hidden("visible", value)}
                <p class="button-row">
                    <button class="button quiet" type="submit">{cx.t(button)}</button>
                    <a class="button quiet" href="/rep/promise">{cx.t("representatives.promise")}</a>
                </p>
            </form>
        </section>
    }
    .into_any()
}
