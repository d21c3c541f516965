//! `GET /desk`: the list of cases, by views, filters and words; as a file with `?format=csv` or `xlsx`.

mod head;
mod picks;

use leptos::prelude::*;

use crate::{
    accounts::model::Actor,
    boxes,
    cases::{
        export,
        list::{Cursor, Due, Filters, Place, View},
        notices,
        pages::{todos, views as saved},
        store::{
            list::{Counts, Item, Slice, counts, page as page_of},
            tasks::Load,
        },
        tags::{self, Tag},
        todo, views,
        visibility::{Scope, case_for},
    },
    error::{Error, Result},
    http::{Cx, Req, Response, respond},
    i18n::Lang,
    kernel::roles::Role,
    keyboard::sheet,
    organizations::{
        actions::{departments, organization, topics},
        model::{Department, Topic},
    },
    ui::{self, desk_page, icon, page::Bundle},
};

/// Cases on a page.
const PAGE: usize = 30;

/// What the page shows.
struct Listing {
    filters: Filters,
    counts: Counts,
    views: Vec<views::Counted>,
    slice: Slice,
    /// Where the page begins; `None` for the first.
    cursor: Option<Cursor>,
    /// Whether every case of the page is chosen.
    all_picked: bool,
    /// Notices that were not read.
    unread: i64,
    /// What this person has to do.
    load: Load,
    topics: Vec<Topic>,
    tags: Vec<Tag>,
    departments: Vec<Department>,
    /// Boxes that should have been opened by now; the office is told.
    boxes_due: usize,
    /// The year whose holidays are not known; the office is told.
    missing_year: Option<i32>,
}

/// The list. A typed number goes straight to its case.
pub async fn page(req: Req) -> Result<Response> {
    let actor = req.actor()?;
    let filters = Filters::parse(&req.query);
    if let Some(format) = req.query.optional("format") {
        let format = export::Format::parse(format).ok_or(Error::NotFound)?;
        return export::file(&req, &actor, filters, format).await;
    }
    let cursor = Cursor::parse(&req.query)?;
    let mut c = req.app.db.read().await?;
    match case_for(&mut c, &actor, &filters.q).await {
        Ok(case) => return Ok(respond::see_other(&format!("/desk/cases/{}", case.number))),
        Err(Error::NotFound) => {}
        Err(error) => return Err(error),
    }
    let scope = Scope::of(&actor);
    let listing = Listing {
        counts: counts(&mut c, &scope, req.now()).await?,
        views: views::counted(&req.app, &mut c, &actor).await?,
        slice: page_of(&mut c, &scope, &filters, cursor, req.now(), PAGE).await?,
        cursor,
        all_picked: req.query.has("pick"),
        unread: notices::unread(&mut c, &actor).await?,
        load: todo::load(&req.app, &mut c, &actor).await?,
        topics: topics(&mut c, actor.organization_id).await?,
        tags: tags::all(&mut c, actor.organization_id).await?,
        departments: departments(&mut c, actor.organization_id).await?,
        boxes_due: if actor.role == Role::Office {
            boxes::actions::count_due(&req.app, &mut c, actor.organization_id).await?
        } else {
            0
        },
        missing_year: if actor.role == Role::Office {
            organization(&mut c, actor.organization_id).await?.calendar.missing_year(req.now())
        } else {
            None
        },
        filters,
    };
    drop(c);
    let panes = panes(&req.cx, &actor, &listing);
    let title = req.cx.word("desk_list.view", listing.filters.view.code());
    let page = desk_page::desk_page(&req.cx, title, "", panes).with_islands(Bundle::Desk);
    Ok(ui::respond(&req.app, &req.cx, page).await)
}

fn panes(cx: &Cx, actor: &Actor, listing: &Listing) -> AnyView {
    view! {
        <main class="list-pane" id="main">
            {head::head(cx, actor, listing)}
            {(listing.unread > 0).then(|| {
                let words = cx.tf("cases.notices.unread", &[("count", &saved::number(listing.unread))]);
                view! { <a class="unread" href="/desk/notices">{icon::icon(icon::BELL)}{words}</a> }
            })}
            {todos::flag(cx, listing.load)}
            {boxes_due(cx, listing.boxes_due)}
            {listing.missing_year.map(|year| {
                let words = cx.tf("calendar.missing", &[("year", &year.to_string())]);
                view! { <p class="banner warn">{words}</p> }
            })}
            {picks::items(cx, actor, listing)}
            {listing.slice.items.is_empty().then(|| nothing(cx, listing))}
            {pager(cx, listing)}
            <div class="list-foot">{sheet::sheet(cx)}</div>
        </main>
        <section class="case-pane" aria-label=cx.t("desk_list.case_pane")>{beside(cx, listing)}</section>
    }
    .into_any()
}

/// Boxes wait to be opened.
fn boxes_due(cx: &Cx, count: usize) -> Option<AnyView> {
    (count > 0).then(|| {
        let words = cx.tf("boxes.flag", &[("count", &count.to_string())]);
        view! { <p class="banner warn"><a href="/desk/boxes">{words}</a></p> }.into_any()
    })
}

/// The address of a case, with its place in this list.
fn case_href(filters: &Filters, item: &Item) -> String {
    Place { filters: filters.clone(), at: item.cursor(filters.view) }.href(&item.number)
}

/// Where a case stands on the page of the list.
pub fn item_id(number: &str) -> String {
    format!("case-{number}")
}

/// `食堂 · 三楼`.
fn heading(cx: &Cx, item: &Item) -> String {
    let topic = if cx.lang == Lang::En && !item.topic_en.is_empty() { &item.topic_en } else { &item.topic };
    if item.place.is_empty() { topic.clone() } else { format!("{topic} · {}", item.place) }
}

fn item_view(cx: &Cx, filters: &Filters, item: &Item) -> AnyView {
    let (pill, word) = if item.state.is_open() {
        let due_at = item.assist_due_at.unwrap_or(item.due_at);
        (Due::of(due_at, cx.now).pill(), Due::words(due_at, cx))
    } else {
        ("pill soft", cx.word("cases.state", item.state.code()).into_owned())
    };
    let mut meta = vec![cx.word("intake.person", item.person.code()), cx.word("intake.identity", item.identity.code())];
    if item.state.is_open() {
        meta.push(cx.word("cases.state", item.state.code()));
    }
    if item.assist_due_at.is_some() {
        meta.push(cx.t("assists.tag"));
    }
    match item.files {
        0 => {}
        1 => meta.push(cx.t("desk_list.one_file")),
        n => meta.push(cx.tf("desk_list.files", &[("count", &n.to_string())]).into()),
    }
    meta.extend(item.tags.iter().map(|tag| format!("#{tag}").into()));
    let meta = format!(" · {}", meta.join(" · "));
    let (heading, excerpt, number) = (heading(cx, item), item.excerpt.clone(), item.number.clone());
    view! {
        <a class="item" id=item_id(&item.number) href=case_href(filters, item)>
            <span class="item-row"><b>{heading}</b><span class=pill>{word}</span></span>
            <p class="item-text">{excerpt}</p>
            <small class="item-meta"><span class="case-number">{number}</span>{meta}</small>
        </a>
    }
    .into_any()
}

/// What to do when there is nothing.
fn nothing(cx: &Cx, listing: &Listing) -> AnyView {
    let (title, text, action, href) = if listing.filters.is_narrowed() || listing.cursor.is_some() {
        let all = Filters { view: View::All, ..Filters::default() };
        ("desk_list.empty.found_title", "desk_list.empty.found_text", "desk_list.empty.to_all", all.href(None))
    } else if matches!(listing.filters.view, View::Open | View::All) {
        ("desk_list.empty.all_title", "desk_list.empty.all_text", "", String::new())
    } else {
        let open = Filters::default();
        ("desk_list.empty.view_title", "desk_list.empty.view_text", "desk_list.empty.to_open", open.href(None))
    };
    view! {
        <div class="empty">
            {icon::icon(icon::INBOX)}
            <h2>{cx.t(title)}</h2>
            <p>{cx.t(text)}</p>
            {(!action.is_empty()).then(|| view! { <a class="button" href=href>{cx.t(action)}</a> })}
        </div>
    }
    .into_any()
}

fn pager(cx: &Cx, listing: &Listing) -> Option<AnyView> {
    let next = listing.slice.next.as_ref().map(|cursor| listing.filters.href(Some(cursor)));
    let first = listing.cursor.map(|_| listing.filters.href(None));
    (next.is_some() || first.is_some()).then(|| {
        view! {
            <nav class="pager" aria-label=cx.t("desk_list.pages")>
                {first.map(|href| view! { <a class="button quiet" href=href>{cx.t("desk_list.first_page")}</a> })}
                {next.map(|href| view! { <a class="button quiet" rel="next" href=href>{cx.t("desk_list.next_page")}</a> })}
            </nav>
        }
        .into_any()
    })
}

/// The pane beside the list, on wide screens: where to begin.
fn beside(cx: &Cx, listing: &Listing) -> AnyView {
    let count = |view: View| listing.counts.of(view).unwrap_or(0).to_string();
    let text = cx.tf(
        "desk_list.beside",
        &[("open", &count(View::Open)), ("late", &count(View::Overdue)), ("soon", &count(View::DueSoon))],
    );
    let first = listing.slice.items.first().map(|item| case_href(&listing.filters, item));
    view! {
        <div class="empty">
            {icon::icon(icon::INBOX)}
            <h2>{cx.t("desk_list.choose")}</h2>
            <p>{text}</p>
            {first.map(|href| view! { <a class="button" href=href>{cx.t("desk_list.open_first")}</a> })}
        </div>
    }
    .into_any()
}
