//! Pages of representatives: the office's at the desk, paper, and their own on the phone.

pub mod again;
pub mod list;
pub mod new;
pub mod one;
pub mod own;
pub mod own_look;
pub mod own_place;
pub mod own_promise;
pub mod own_visits;
pub mod paper;
pub mod rechecks;
pub mod slip;

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use crate::{
    error::{Error, Result},
    http::{Cx, Req},
    kernel::ids::{AppointmentId, TopicId},
    organizations::model::Topic,
    representatives::{
        actions,
        model::{Appointment, Area, Standing},
    },
    ui::{FormState, Page, desk_page, field, icon, time},
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

/// A page on a representative's phone, in the frame of those who walk; the way back at its end.
fn phone(cx: &Cx, title: &str, back: Option<&'static str>, main: AnyView) -> Page {
    let back = back.map(|to| view! { <p><a class="button quiet" href=to>{cx.t("representatives.back")}</a></p> });
    let heading = title.to_string();
    let main = view! {
        <main class="admin-pane walk-pane" id="main">
            <header class="page-head"><h1>{heading}</h1></header>
            {main}
            {back}
        </main>
    };
    desk_page::desk_page(cx, title, "admin walking", main)
}

/// A row that leads on.
fn row(to: String, icon: &'static str, title: impl Into<String>, more: impl Into<String>) -> AnyView {
    let (title, more): (String, String) = (title.into(), more.into());
    view! {
        <li><a class="walk-link" href=to>{icon::icon(icon)}<span><b>{title}</b><small>{more}</small></span></a></li>
    }
    .into_any()
}
