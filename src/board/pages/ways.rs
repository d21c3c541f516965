//! The ways to be heard, grouped by how one reaches people: write, answer questions, call, come, or tell a representative.

use leptos::prelude::*;

use crate::{
    access_points::model::AccessPoint,
    board::pages::row,
    http::Cx,
    kernel::roles::Channel,
    organizations::model::{Organization, Topic},
    representatives::actions::{Public, PublicRepresentative},
    ui::icon,
};

/// More places than this are folded away.
const SHOWN: usize = 8;

/// What is open now.
pub struct Ways<'a> {
    /// The organisation.
    pub org: &'a Organization,
    /// Access points by which something can be sent.
    pub open: Vec<AccessPoint>,
    /// Representatives in office.
    pub representatives: Public,
    /// Topics, for their areas.
    pub topics: Vec<Topic>,
}

/// Every group that has something in it.
pub fn ways(cx: &Cx, ways: Ways<'_>) -> AnyView {
    let of = |channel| ways.open.iter().filter(move |p| p.channel == channel).cloned().collect::<Vec<_>>();
    let (boxes, questionnaires, letters) = (of(Channel::Box), of(Channel::Questionnaire), of(Channel::Letter));
    let nothing = (boxes.is_empty() && questionnaires.is_empty() && letters.is_empty()).then(|| {
        view! { <p class="banner warn">{cx.t("board.start.closed")}</p> }
    });
    view! {
        {nothing}
        {points(cx, "board.way.write", icon::INBOX, boxes)}
        {points(cx, "board.way.answer", icon::SHEET, questionnaires)}
        {points(cx, "board.way.letters", icon::LETTER, letters)}
        {call(cx, ways.org)}
        {come(cx, ways.org, &of(Channel::WalkIn))}
        {representatives(cx, &ways)}
    }
    .into_any()
}

/// A group with its heading; nothing when it is empty.
fn group(cx: &Cx, heading: &'static str, content: AnyView) -> AnyView {
    view! { <section class="section"><h2>{cx.t(heading)}</h2>{content}</section> }.into_any()
}

fn points(cx: &Cx, heading: &'static str, icon: &'static str, mut open: Vec<AccessPoint>) -> Option<AnyView> {
    if open.is_empty() {
        return None;
    }
    let folded = open.split_off(open.len().min(SHOWN));
    let count = folded.len().to_string();
    let rows = |points: Vec<AccessPoint>| {
        // A place that is the title is said once.
        let place = |p: &AccessPoint| if p.place == p.title { String::new() } else { p.place.clone() };
        points
            .into_iter()
            .map(|p| row(cx.href(&format!("/q/{}", p.code)), icon, p.title.clone(), place(&p)))
            .collect_view()
    };
    let more = (!folded.is_empty()).then(|| {
        view! {
            <details class="fold">
                <summary>{cx.tf("board.start.more", &[("count", &count)])}</summary>
                <ul class="link-list">{rows(folded)}</ul>
            </details>
        }
    });
    Some(group(cx, heading, view! { <ul class="link-list">{rows(open)}</ul>{more} }.into_any()))
}

/// Office hours of a working day: `08:30–12:00、14:00–17:30`.
fn hours(cx: &Cx, org: &Organization) -> String {
    let sessions = org.calendar.hours.sessions();
    let words: Vec<String> =
        sessions.map(|(from, to)| format!("{}–{}", from.format("%H:%M"), to.format("%H:%M"))).collect();
    cx.tf("board.hours", &[("hours", &words.join(&cx.t("board.comma")))])
}

fn call(cx: &Cx, org: &Organization) -> Option<AnyView> {
    if org.hotline.is_empty() {
        return None;
    }
    let dial: String = org.hotline.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    let title = cx.tf("board.hotline", &[("number", &org.hotline)]);
    let list = view! { <ul class="link-list">{row(format!("tel:{dial}"), icon::PHONE, title, hours(cx, org))}</ul> };
    Some(group(cx, "board.way.call", list.into_any()))
}

/// Where somebody sits who listens. It is no link: one has to go there.
fn come(cx: &Cx, org: &Organization, desks: &[AccessPoint]) -> Option<AnyView> {
    if desks.is_empty() {
        return None;
    }
    let rows = desks
        .iter()
        .map(|p| {
            let (title, place) = (p.title.clone(), format!("{} · {}", p.place, hours(cx, org)));
            view! {
                <li class="link-row">{icon::icon(icon::SPEECH)}<span><b>{title}</b><small>{place}</small></span></li>
            }
        })
        .collect_view();
    Some(group(cx, "board.way.come", view! { <ul class="link-list">{rows}</ul> }.into_any()))
}

/// How many serve, and those who want to be named.
fn representatives(cx: &Cx, ways: &Ways<'_>) -> Option<AnyView> {
    let public = &ways.representatives;
    if public.count == 0 {
        return None;
    }
    let text = cx.tf("board.representatives", &[("count", &public.count.to_string())]);
    let rows = public.named.iter().map(|r| named(cx, &ways.topics, r)).collect_view();
    let list = (!public.named.is_empty()).then(|| view! { <ul class="link-list">{rows}</ul> });
    Some(group(cx, "board.way.representatives", view! { <p>{text}</p>{list} }.into_any()))
}

fn named(cx: &Cx, topics: &[Topic], r: &PublicRepresentative) -> AnyView {
    let of_topic = |id| topics.iter().find(|t| t.id == id).map(|t| t.label(cx.lang).to_string());
    let area: Vec<String> = r.places.iter().cloned().chain(r.topics.iter().filter_map(|id| of_topic(*id))).collect();
    let (name, area) = (r.name.clone(), area.join(&cx.t("board.comma")));
    let kind = cx.word("representatives.kind", r.kind.code());
    view! {
        <li class="link-row">{icon::icon(icon::PEOPLE)}<span><b>{name}</b><small>{kind}" · "{area}</small></span></li>
    }
    .into_any()
}
