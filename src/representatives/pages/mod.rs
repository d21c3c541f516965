//! Pages of representatives: the office's at the desk, paper, and their own on the phone.

pub mod again;
pub mod list;
pub mod new;
pub mod one;
pub mod own;
pub mod own_look;
pub mod own_place;
pub mod own_promise;
pub mod paper;
pub mod rechecks;
pub mod slip;

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use crate::{
    accounts::model::Actor,
    error::{Error, Result},
    http::{Cx, Req},
    kernel::ids::{AppointmentId, TopicId},
    organizations::model::Topic,
    representatives::{
        actions,
        model::{Appointment, Area, Standing},
    },
    ui::{FormState, Page, field, time},
};

/// The appointment that the address names.
async fn asked_for(req: &Req) -> Result<(Appointment, Area)> {
    let id = AppointmentId::parse(req.param("id")).ok_or(Error::NotFound)?;
    actions::by_id(&mut req.app.db.read().await?, req.actor()?.organization_id, id).await
}

/// The last day of a term.
fn last_day(term_to: DateTime<Utc>) -> DateTime<Utc> {
    term_to - TimeDelta::milliseconds(1)
}

/// The first and the last day of a term.
fn term(cx: &Cx, of: &Appointment) -> String {
    let days = [("from", time::day(cx, of.term_from)), ("to", time::day(cx, last_day(of.term_to)))];
    cx.tf("representatives.term_days", &[("from", &days[0].1), ("to", &days[1].1)])
}

/// The names of topics.
fn topic_names(cx: &Cx, topics: &[Topic], of: &[TopicId]) -> Vec<String> {
    of.iter().filter_map(|id| topics.iter().find(|t| t.id == *id)).map(|t| t.label(cx.lang).to_string()).collect()
}

/// Places and topics in one line.
fn area_words(cx: &Cx, topics: &[Topic], area: &Area) -> String {
    let names = area.places.iter().cloned().chain(topic_names(cx, topics, &area.topics));
    names.collect::<Vec<_>>().join(cx.t("representatives.comma").as_ref())
}

/// Where an appointment stands, as a pill.
fn standing_pill(cx: &Cx, of: &Appointment) -> AnyView {
    let standing = of.standing(cx.now);
    let class = match standing {
        Standing::Active => "pill ok",
        Standing::Promise => "pill warn",
        Standing::Coming => "pill",
        Standing::Over | Standing::Ended => "pill soft",
    };
    view! { <span class=class>{cx.word("representatives.standing", standing.code())}</span> }.into_any()
}

/// A group of choices of which any number is taken.
fn checks(cx: &Cx, state: &FormState, name: &'static str, label: &str, options: &[(String, String)]) -> AnyView {
    let (id, error) = (field::field_id(name), state.message(cx, name));
    let items = options
        .iter()
        .enumerate()
        .map(|(i, (value, text))| {
            let (value, text) = (value.clone(), text.clone());
            let checked = state.values.all(name).any(|v| v == value);
            let item_id = (i == 0).then(|| id.clone());
            view! {
                <label class="chip"><input type="checkbox" id=item_id name=name value=value checked=checked/><span>{text}</span></label>
            }
        })
        .collect_view();
    let class = if error.is_some() { "field has-error" } else { "field" };
    view! {
        <fieldset class=class>
            <legend class="label">{cx.t(label)}{field::optional(cx)}</legend>
            {error.map(|e| view! { <p class="error">{e}</p> })}
            <div class="chips">{items}</div>
        </fieldset>
    }
    .into_any()
}

/// A page on a representative's phone: one column, large type, the way back at its head.
fn phone(cx: &Cx, actor: &Actor, title: &str, back: Option<&'static str>, main: AnyView) -> Page {
    let (emblem, organization, name) =
        (actor.emblem.clone(), actor.organization_name.clone(), actor.display_name.clone());
    let csrf = field::token(cx);
    let size = if cx.large { cx.path.to_string() } else { format!("{}?large=1", cx.path) };
    let size_name = cx.t(if cx.large { "ui.normal_type" } else { "ui.large_type" });
    let back =
        back.map(|to| view! { <p><a class="button quiet" href=cx.href(to)>{cx.t("representatives.back")}</a></p> });
    let heading = title.to_string();
    let body = view! {
        <main class="page" id="main">
            <header class="masthead">
                <span class="emblem" aria-hidden="true">{emblem}</span>
                <div class="masthead-name"><b>{organization}</b><small>{name}</small></div>
                <nav class="masthead-actions" aria-label=cx.t("ui.display_options")><a href=size rel="nofollow">{size_name}</a></nav>
            </header>
            <h1>{heading}</h1>
            {main}
            {back}
        </main>
        <footer class="footer">
            <form method="post" action="/logout">
                {csrf}
                <p class="button-row">
                    <a class="button quiet" href="/account">{cx.t("desk.nav.account")}</a>
                    <button class="button quiet" type="submit">{cx.t("accounts.sign_out")}</button>
                </p>
            </form>
        </footer>
    };
    Page::public(format!("{title} · {}", cx.t("ui.product")), body)
}

/// A row that leads on.
fn row(cx: &Cx, to: &str, icon: &'static str, title: impl Into<String>, more: impl Into<String>) -> AnyView {
    let (href, title, more): (String, String, String) = (cx.href(to), title.into(), more.into());
    view! {
        <li><a class="link-row" href=href>{crate::ui::icon::icon(icon)}<span><b>{title}</b><small>{more}</small></span></a></li>
    }
    .into_any()
}
