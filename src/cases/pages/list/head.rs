//! The head of the list: search, views with their counts, filters.

use leptos::prelude::*;

use crate::{
    accounts::model::Actor,
    cases::{
        export::Format,
        list::{Filters, View},
        model::State,
        pages::list::Listing,
    },
    http::{Cx, Form},
    kernel::roles::Channel,
    ui::{
        field::{filter, hidden},
        icon,
    },
};

/// Everything above the first case.
pub fn head(cx: &Cx, actor: &Actor, listing: &Listing) -> AnyView {
    let title = cx.word("desk_list.view", listing.filters.view.code());
    view! {
        <header class="list-head">
            <h1 class="visually-hidden">{title}</h1>
            {search(cx, &listing.filters)}
            {views(cx, actor, listing)}
            {tools(cx, listing)}
        </header>
    }
    .into_any()
}

/// The search keeps the filters; it looks in all cases, whatever view is open.
fn search(cx: &Cx, filters: &Filters) -> AnyView {
    let kept = filters
        .pairs()
        .into_iter()
        .filter(|(name, _)| !matches!(*name, "q" | "view"))
        .map(|(name, value)| hidden(name, value))
        .collect_view();
    let (q, label) = (filters.q.clone(), cx.t("desk_list.search"));
    view! {
        <form class="search" role="search" method="get" action="/desk">
            {icon::icon(icon::SEARCH)}
            <input type="search" name="q" value=q aria-label=label.clone() placeholder=label accesskey="s" data-key="/" maxlength="100"/>
            {kept}
        </form>
    }
    .into_any()
}

fn views(cx: &Cx, actor: &Actor, listing: &Listing) -> AnyView {
    let items = View::of(actor.role)
        .iter()
        .map(|view| {
            let href = Filters { view: *view, ..Filters::default() }.href(None);
            let here = *view == listing.filters.view;
            let count = listing.counts.of(*view).map(|n| view! { <span class="nav-count">{n}</span> });
            view! {
                <a class="filter" href=href aria-current=here.then_some("true")>
                    {cx.word("desk_list.view", view.code())}{count}
                </a>
            }
        })
        .collect_view();
    view! { <nav class="filters" aria-label=cx.t("desk_list.views")>{items}</nav> }.into_any()
}

/// The fold with the filters, and what is filtered now.
fn tools(cx: &Cx, listing: &Listing) -> AnyView {
    let filters = &listing.filters;
    let values = Form::from_pairs(filters.pairs());
    let any = || (String::new(), cx.t("desk_list.any").into_owned());
    let topics = listing.topics.iter().map(|t| (t.code.clone(), t.label(cx.lang).to_string()));
    let departments = listing.departments.iter().map(|d| (d.id.to_string(), d.name.clone()));
    let states = State::ALL.iter().map(|s| (s.code().to_string(), cx.word("cases.state", s.code()).into_owned()));
    let channels = Channel::ALL.iter().map(|c| (c.code().to_string(), cx.word("channel", c.code()).into_owned()));
    let tags: Vec<_> =
        std::iter::once(any()).chain(listing.tags.iter().map(|t| (t.name.clone(), t.name.clone()))).collect();
    let topics: Vec<_> = std::iter::once(any()).chain(topics).collect();
    let departments: Vec<_> = std::iter::once(any()).chain(departments).collect();
    let states: Vec<_> = std::iter::once(any()).chain(states).collect();
    let channels: Vec<_> = std::iter::once(any()).chain(channels).collect();
    let file = |format: Format| format!("{}&format={format}", filters.href(None));
    let clear = filters.is_narrowed().then(|| filters.cleared().href(None));
    view! {
        <details class="fold">
            <summary>{cx.t(if filters.is_narrowed() { "desk_list.filtered" } else { "desk_list.filter" })}</summary>
            <form method="get" action="/desk">
                {hidden("q", filters.q.clone())}
                {hidden("view", filters.view.code())}
                {filter(cx, "topic", "desk_list.topic", &topics, values.text("topic"))}
                {filter(cx, "state", "desk_list.state", &states, values.text("state"))}
                {filter(cx, "department", "desk_list.department", &departments, values.text("department"))}
                {filter(cx, "channel", "desk_list.channel", &channels, values.text("channel"))}
                {(!listing.tags.is_empty()).then(|| filter(cx, "tag", "desk_list.tag", &tags, values.text("tag")))}
                <p><button class="button main" type="submit">{cx.t("desk_list.apply")}</button></p>
            </form>
            <p class="button-row">
                <a class="button quiet small" href=file(Format::Xlsx)>{cx.t("desk_list.xlsx")}</a>
                <a class="button quiet small" href=file(Format::Csv)>{cx.t("desk_list.csv")}</a>
            </p>
        </details>
        {clear.map(|href| view! { <a class="button quiet small" href=href>{cx.t("desk_list.clear")}</a> })}
    }
    .into_any()
}
