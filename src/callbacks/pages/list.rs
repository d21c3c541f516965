//! `GET /desk/callbacks`: whom to ask today.

use leptos::prelude::*;

use crate::{
    callbacks::{
        actions::{self, Item, Listing},
        model::Outcome,
    },
    cases::{callback::Caller, list::Due},
    error::Result,
    http::{Cx, Req, Response},
    organizations::{self, model::Topic},
    ui::{self, desk_page, icon, pager::Pages, time},
};

/// How many are on a page.
const ON_A_PAGE: usize = 30;

crate::code_enum! {
    /// Which part of the list is looked at.
    enum Part {
        /// What this person asks about.
        Mine = "mine",
        /// What somebody else asks about.
        Others = "others",
        /// Anonymous ones, whom nobody can ask.
        Unreachable = "unreachable",
        /// Those that ended without a word.
        Ended = "ended",
    }
}

impl Part {
    const fn label(self) -> &'static str {
        match self {
            Self::Mine => "callbacks.mine",
            Self::Others => "callbacks.others",
            Self::Unreachable => "callbacks.unreachable",
            Self::Ended => "callbacks.ended",
        }
    }

    const fn explained(self) -> Option<&'static str> {
        match self {
            Self::Mine | Self::Others => None,
            Self::Unreachable => Some("callbacks.unreachable_text"),
            Self::Ended => Some("callbacks.ended_text"),
        }
    }

    fn lines(self, listing: &Listing) -> Vec<Line<'_>> {
        let mine = |item: &&Item| (item.caller == Caller::You) == (self == Self::Mine);
        match self {
            Self::Mine | Self::Others => listing.waiting.iter().filter(mine).map(|item| (item, None)).collect(),
            Self::Unreachable => listing.unreachable.iter().map(|item| (item, None)).collect(),
            Self::Ended => listing.ended.iter().map(|(item, why)| (item, Some(*why))).collect(),
        }
    }
}

/// A callback, and why it ended.
type Line<'a> = (&'a Item, Option<Outcome>);

/// `GET /desk/callbacks?view=mine|others|unreachable|ended&page=`.
pub async fn page(req: Req) -> Result<Response> {
    let (cx, actor) = (&req.cx, req.actor()?);
    let mut c = req.app.db.read().await?;
    let listing = actions::list(&req.app, &mut c, &actor).await?;
    let topics = organizations::actions::all_topics(&mut c, actor.organization_id).await?;
    drop(c);
    let overdue = listing.overdue(cx.now);
    // Who asks about nothing sees what the others have to ask.
    let first = [Part::Mine, Part::Others].into_iter().find(|part| !part.lines(&listing).is_empty());
    let part = Part::parse(req.query.text("view")).or(first).unwrap_or(Part::Mine);
    let lines = part.lines(&listing);
    let pages = Pages::of(&req.query, lines.len(), ON_A_PAGE);
    let tabs = Part::ALL
        .iter()
        .map(|p| {
            let current = (*p == part).then_some("true");
            let (href, count) = (format!("/desk/callbacks?view={p}"), p.lines(&listing).len());
            view! { <a class="filter" aria-current=current href=href>{cx.t(p.label())}" "{count}</a> }
        })
        .collect_view();
    let done = req
        .query
        .optional("saved")
        .map(|_| view! { <p class="banner ok" role="status" tabindex="-1" autofocus>{cx.t("callbacks.saved")}</p> });
    let late = if overdue > 0 { "stat late" } else { "stat" };
    let main = view! {
        <header class="page-head"><h1>{cx.t("callbacks.title")}</h1></header>
        {done}
        <p>{cx.t("callbacks.lead")}</p>
        <div class="stat-row">
            <div class="stat"><b>{listing.waiting.len()}</b><span>{cx.t("callbacks.waiting")}</span></div>
            <div class=late><b>{overdue}</b><span>{cx.t("callbacks.overdue")}</span></div>
        </div>
        <nav class="filters" aria-label=cx.t("callbacks.title")>{tabs}</nav>
        {part.explained().map(|key| view! { <p class="hint">{cx.t(key)}</p> })}
        {if lines.is_empty() { nothing(cx, part) } else { table(cx, &topics, pages.cut(&lines)) }}
        {pages.links(cx, |to| format!("/desk/callbacks?view={part}&page={to}"))}
    };
    Ok(ui::respond(&req.app, cx, desk_page::admin_page(cx, cx.t("callbacks.title"), main)).await)
}

fn nothing(cx: &Cx, part: Part) -> AnyView {
    let [title, text] = match part {
        Part::Mine => ["callbacks.none", "callbacks.none_text"],
        _ => ["callbacks.none_here", "callbacks.none_here_text"],
    };
    view! { <div class="card empty">{icon::icon(icon::PHONE)}<h2>{cx.t(title)}</h2><p>{cx.t(text)}</p></div> }
        .into_any()
}

fn table(cx: &Cx, topics: &[Topic], lines: &[Line<'_>]) -> AnyView {
    let rows = lines.iter().map(|(item, why)| row(cx, topics, item, *why)).collect_view();
    view! {
        <table class="table pairs">
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

fn row(cx: &Cx, topics: &[Topic], item: &Item, why: Option<Outcome>) -> AnyView {
    let case = &item.case;
    let (href, number) = (format!("/desk/callbacks/{}", case.number), case.number.clone());
    let title = heading(cx, topics, case.topic_id, &case.place);
    let department = case.department.clone().unwrap_or_else(|| cx.t("callbacks.by_office").into_owned());
    let due = match why {
        Some(why) => view! { <span class="pill soft">{cx.word("callbacks.outcome", why.code())}</span> }.into_any(),
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
