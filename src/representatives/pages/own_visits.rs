//! On the first page of a representative: their visits, and what became of what they found: state, department, answer.
//! Nothing of anybody else, and no note of the staff.

use leptos::prelude::*;

use crate::{
    accounts::model::Actor,
    db::Conn,
    error::Result,
    http::{App, Cx},
    ui::time,
    visits::{
        self,
        actions::{Fate, Outward},
        model::Visit,
        pages::findings_pill,
    },
};

/// Visits that the page shows.
const SHOWN: usize = 10;

/// What the page says of visits.
pub struct Visits {
    visits: Vec<Visit>,
    found: Vec<Fate>,
}

/// Reads a person's own.
pub async fn read(app: &App, c: &mut Conn, cx: &Cx, actor: &Actor) -> Result<Visits> {
    let (org, author) = (actor.organization_id, actor.staff_id);
    Ok(Visits {
        visits: visits::actions::of_author(c, org, author).await?,
        found: visits::actions::findings_of(app, c, org, author, cx.lang).await?,
    })
}

/// What became of what was found.
pub fn found(cx: &Cx, own: &Visits) -> Option<AnyView> {
    if own.found.is_empty() {
        return None;
    }
    let items = own.found.iter().map(|fate| item(cx, fate)).collect_view();
    let list = view! { <section><h2>{cx.t("representatives.own.found")}</h2>{items}</section> };
    Some(list.into_any())
}

fn item(cx: &Cx, fate: &Fate) -> AnyView {
    let head = format!("{} · {}", fate.place, time::day(cx, fate.at));
    let (what, comment) = (fate.item.clone(), fate.finding.comment.clone());
    let case = match &fate.case {
        Some(case) => became(cx, case),
        None => view! { <p><span class="pill soft">{cx.t("representatives.own.no_case")}</span></p> }.into_any(),
    };
    view! {
        <article class="card walk-finding">
            <h3>{what}</h3>
            <p class="hint">{head}</p>
            {(!comment.is_empty()).then(|| view! { <p>{comment}</p> })}
            {case}
        </article>
    }
    .into_any()
}

fn became(cx: &Cx, case: &Outward) -> AnyView {
    let state = cx.word("cases.state", case.state.code());
    let class = if case.state.is_open() { "pill warn" } else { "pill ok" };
    let (number, department) = (case.number.clone(), case.department.clone().map(|d| format!(" · {d}")));
    let replies = case
        .replies
        .iter()
        .map(|r| {
            let (when, text) = (time::day(cx, r.at), r.text.clone());
            view! { <blockquote class="quote"><p>{text}</p></blockquote><p class="hint">{when}</p> }
        })
        .collect_view();
    view! { <p><span class=class>{state}</span>" "<small>{number}{department}</small></p>{replies} }.into_any()
}

/// Visits that were made.
pub fn walked(cx: &Cx, own: &Visits) -> Option<AnyView> {
    if own.visits.is_empty() {
        return None;
    }
    let rows = own
        .visits
        .iter()
        .take(SHOWN)
        .map(|v| {
            let href = format!("/rep/visits/{}", v.id);
            let label = format!("{} · {}", v.label(cx.lang), v.place);
            view! {
                <li><a class="walk-link" href=href>
                    <span><b>{label}</b><small>{time::moment(cx, v.ended_at)}</small></span>{findings_pill(cx, v)}
                </a></li>
            }
        })
        .collect_view();
    let list =
        view! { <section><h2>{cx.t("representatives.own.visits")}</h2><ul class="walk-links">{rows}</ul></section> };
    Some(list.into_any())
}
