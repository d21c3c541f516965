//! The head of the page: number, channel, place, state, due time, what may be done now; and the steps below it.

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use crate::{
    accounts::model::Actor,
    cases::{
        case_data::CaseData,
        model::{Case, EventKind, State},
        pages::{dialogs, merged},
    },
    http::Cx,
    ui::{FormState, time},
};

/// Number, channel, place, topic, state, and the actions.
pub fn head(cx: &Cx, actor: &Actor, data: &CaseData, state: &FormState) -> AnyView {
    let case = &data.case;
    let (number, topic, place) = (case.number.clone(), data.topic.clone(), case.place.clone());
    let title = if place.is_empty() { topic } else { format!("{topic} · {place}") };
    view! {
        <header class="case-head">
            <div>
                <small><span class="case-number">{number}</span>" · "{cx.word("channel", case.channel.code())}</small>
                <h1>{title}</h1>
                <p>{pills(cx, case)}{merged::together(cx, data)}</p>
            </div>
            <div class="case-actions">{dialogs::actions(cx, actor, data, state)}</div>
        </header>
    }
    .into_any()
}

fn pills(cx: &Cx, case: &Case) -> AnyView {
    let lane = (case.lane != crate::cases::model::Lane::Ordinary)
        .then(|| view! { " "<span class="pill late">{cx.word("cases.lane", case.lane.code())}</span> });
    let due = case.state.is_open().then(|| {
        let (class, words) = due_words(cx, case.due_at);
        view! { " "<span class=class>{words}</span> }
    });
    view! { <span class="pill">{cx.word("cases.state", case.state.code())}</span>{lane}{due} }.into_any()
}

fn due_words(cx: &Cx, due: DateTime<Utc>) -> (&'static str, String) {
    let when = time::moment(cx, due);
    if due < cx.now {
        ("pill late", cx.tf("cases.overdue_since", &[("when", &when)]))
    } else if due - cx.now < TimeDelta::days(1) {
        ("pill warn", cx.tf("cases.due", &[("when", &when)]))
    } else {
        ("pill soft", cx.tf("cases.due", &[("when", &when)]))
    }
}

/// The way of a case: what is done, where it stands, what comes.
pub fn steps(cx: &Cx, data: &CaseData) -> AnyView {
    let case = &data.case;
    let ways = ["received", "triage", "handling", "review", "answer", "end"];
    let (ways, now) = match case.state {
        State::Received | State::Reopened => (&ways[..], 1),
        State::Assigned | State::InProgress | State::Returned => (&ways[..], 2),
        State::Review => (&ways[..], 3),
        State::Answered => (&ways[..], 5),
        State::Closed => (&ways[..], 6),
        State::Declined => (&["received", "declined"][..], 2),
        State::Withdrawn => (&["received", "withdrawn"][..], 2),
        State::Transferred => (&["received", "transferred"][..], 2),
        State::Merged => (&["received", "merged"][..], 1),
    };
    let at = |kind: EventKind| data.events.iter().rev().find(|e| e.kind == kind).map(|e| e.at);
    let items = ways
        .iter()
        .enumerate()
        .map(|(i, way)| {
            let class = match i.cmp(&now) {
                std::cmp::Ordering::Less => Some("done"),
                std::cmp::Ordering::Equal => Some("now"),
                std::cmp::Ordering::Greater => None,
            };
            let day = match *way {
                "received" => Some(case.received_at),
                "triage" => at(EventKind::Accepted).filter(|_| now > i),
                "answer" => case.answered_at,
                "end" | "declined" | "withdrawn" | "transferred" => case.closed_at,
                _ => None,
            };
            let small = match day {
                Some(day) => Some(time::day(cx, day)),
                None if i == now && case.state.is_open() => {
                    Some(cx.tf("cases.until", &[("when", &time::moment(cx, case.due_at))]))
                }
                None => None,
            };
            view! { <li class=class>{cx.word("cases.step", way)}{small.map(|s| view! { <small>{s}</small> })}</li> }
        })
        .collect_view();
    view! { <ol class="steps">{items}</ol> }.into_any()
}
