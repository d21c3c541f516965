//! `GET /desk/callbacks`: whom to ask today.

use leptos::prelude::*;

use crate::{
    callbacks::actions::{self, Item},
    cases::{callback::Caller, list::Due},
    error::Result,
    http::{Cx, Req, Response},
    organizations::{self, model::Topic},
    ui::{self, desk_page, icon, time},
};

/// `GET /desk/callbacks`.
pub async fn page(req: Req) -> Result<Response> {
    let (cx, actor) = (&req.cx, req.actor()?);
    let mut c = req.app.db.read().await?;
    let listing = actions::list(&req.app, &mut c, &actor).await?;
    let topics = organizations::actions::all_topics(&mut c, actor.organization_id).await?;
    drop(c);
    let overdue = listing.overdue(cx.now);
    let (waiting, unreachable) = (listing.waiting.len(), listing.unreachable.len());
    let ended: Vec<&Item> = listing.ended.iter().map(|(item, _)| item).collect();
    let ended_why: Vec<String> =
        listing.ended.iter().map(|(_, why)| cx.word("callbacks.outcome", why.code()).into_owned()).collect();
    let done = req.query.optional("saved").map(|_| view! { <p class="banner ok">{cx.t("callbacks.saved")}</p> });
    let late = if overdue > 0 { "stat late" } else { "stat" };
    let main = view! {
        <header class="page-head"><h1>{cx.t("callbacks.title")}</h1></header>
        {done}
        <p>{cx.t("callbacks.lead")}</p>
        <div class="stat-row">
            <div class="stat"><b>{waiting}</b><span>{cx.t("callbacks.waiting")}</span></div>
            <div class=late><b>{overdue}</b><span>{cx.t("callbacks.overdue")}</span></div>
            <div class="stat"><b>{unreachable}</b><span>{cx.t("callbacks.unreachable")}</span></div>
            <div class="stat"><b>{ended.len()}</b><span>{cx.t("callbacks.ended")}</span></div>
        </div>
        {if waiting == 0 { nothing(cx) } else { table(cx, &topics, listing.waiting.iter(), &[]) }}
        {(unreachable > 0).then(|| view! {
            <h2>{cx.t("callbacks.unreachable")}</h2><p>{cx.t("callbacks.unreachable_text")}</p>
            {table(cx, &topics, listing.unreachable.iter(), &[])}
        })}
        {(!ended.is_empty()).then(|| view! {
            <details class="fold"><summary>{cx.t("callbacks.ended")}" · "{ended.len()}</summary>
                <p>{cx.t("callbacks.ended_text")}</p>
                {table(cx, &topics, ended.into_iter(), &ended_why)}
            </details>
        })}
    };
    Ok(ui::respond(&req.app, cx, desk_page::admin_page(cx, cx.t("callbacks.title"), main)).await)
}

fn nothing(cx: &Cx) -> AnyView {
    view! {
        <div class="card empty">{icon::icon(icon::PHONE)}<h2>{cx.t("callbacks.none")}</h2><p>{cx.t("callbacks.none_text")}</p></div>
    }
    .into_any()
}

fn table<'a>(cx: &Cx, topics: &[Topic], items: impl Iterator<Item = &'a Item>, why: &[String]) -> AnyView {
    let rows = items.enumerate().map(|(i, item)| row(cx, topics, item, why.get(i).cloned())).collect_view();
    view! {
        <table class="table">
            <thead><tr>
                <th>{cx.t("callbacks.case")}</th>
                <th>{cx.t("callbacks.department")}</th>
                <th>{cx.t("callbacks.due")}</th>
                <th>{cx.t("callbacks.caller")}</th>
                <th>{cx.t("callbacks.tries")}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

/// `食堂 · 三楼`.
pub fn heading(cx: &Cx, topics: &[Topic], topic: crate::kernel::ids::TopicId, place: &str) -> String {
    let topic = topics.iter().find(|t| t.id == topic).map_or("", |t| t.label(cx.lang));
    if place.is_empty() { topic.to_string() } else { format!("{topic} · {place}") }
}

/// Who may ask, in words.
pub fn caller_words(cx: &Cx, caller: Caller) -> String {
    let key = match caller {
        Caller::You => "callbacks.caller.you",
        Caller::Colleague => "callbacks.caller.colleague",
        Caller::Office => "callbacks.caller.office",
        Caller::Custodian => "callbacks.caller.custodian",
        Caller::Nobody => "callbacks.caller.nobody",
    };
    cx.t(key).into_owned()
}

fn row(cx: &Cx, topics: &[Topic], item: &Item, why: Option<String>) -> AnyView {
    let case = &item.case;
    let (href, number) = (format!("/desk/callbacks/{}", case.number), case.number.clone());
    let title = heading(cx, topics, case.topic_id, &case.place);
    let department = case.department.clone().unwrap_or_else(|| cx.t("callbacks.by_office").into_owned());
    let due = match why {
        Some(why) => view! { <span class="pill soft">{why}</span> }.into_any(),
        None => {
            view! { <span class=Due::of(item.due_at, cx.now).pill()>{Due::words(item.due_at, cx)}</span> }.into_any()
        }
    };
    let handed = item.handover.as_ref().map(|h| {
        let key = if h.done_at.is_some() { "callbacks.looked_by" } else { "callbacks.handed_to" };
        cx.tf(key, &[("name", &h.name)])
    });
    let caller = handed.unwrap_or_else(|| caller_words(cx, item.caller));
    let tries = item.tries.last().map(|last| {
        let word = cx.word("callbacks.outcome", last.outcome.code());
        format!("{} · {word} · {}", item.tries.len(), time::day(cx, last.created_at))
    });
    view! {
        <tr>
            <td class="title"><a href=href>{title}</a><small><span class="case-number">{number}</span></small></td>
            <td data-label=cx.t("callbacks.department")>{department}</td>
            <td data-label=cx.t("callbacks.due")>{due}</td>
            <td data-label=cx.t("callbacks.caller")>{caller}</td>
            <td data-label=cx.t("callbacks.tries")>{tries.unwrap_or_else(|| "—".into())}</td>
        </tr>
    }
    .into_any()
}
