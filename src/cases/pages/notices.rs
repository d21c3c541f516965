//! `/desk/notices`: what happened that this person should know of, with the way to the case.

use leptos::prelude::*;

use crate::{
    cases::{notices, store::outbox::Notice},
    error::Result,
    http::{Cx, Req, Response, respond},
    ui::{self, desk_page, field, icon, pager::Pages, time},
};

/// Rows on a page.
const ON_A_PAGE: usize = 25;

/// `GET /desk/notices`.
pub async fn page(req: Req) -> Result<Response> {
    let list = notices::newest(&mut req.app.db.read().await?, &*req.actor()?).await?;
    let cx = &req.cx;
    let rows = together(&list);
    let pages = Pages::of(&req.query, rows.len(), ON_A_PAGE);
    let unread = list.iter().any(|n| n.read_at.is_none());
    let main = view! {
        <header class="page-head">
            <h1>{cx.t("desk.nav.notices")}</h1>
            {unread.then(|| view! {
                <form method="post" action="/desk/notices">
                    {field::token(cx)}
                    <button class="button" type="submit">{cx.t("cases.notices.read")}</button>
                </form>
            })}
        </header>
        {shown(cx, pages.cut(&rows))}
        {pages.links(cx, |to| format!("/desk/notices?page={to}"))}
    };
    Ok(ui::respond(&req.app, cx, desk_page::admin_page(cx, cx.t("desk.nav.notices"), main)).await)
}

/// What there is about one thing, newest first.
struct Together<'a> {
    newest: &'a Notice,
    all: Vec<&'a Notice>,
}

/// One row a case, in the order of its newest notice: a case that much happens to does not push the others out.
fn together(list: &[Notice]) -> Vec<Together<'_>> {
    let mut rows: Vec<Together<'_>> = Vec::new();
    for notice in list {
        let same = |row: &&mut Together<'_>| notice.number.is_some() && row.newest.number == notice.number;
        match rows.iter_mut().find(same) {
            Some(row) => row.all.push(notice),
            None => rows.push(Together { newest: notice, all: vec![notice] }),
        }
    }
    rows
}

fn shown(cx: &Cx, rows: &[Together<'_>]) -> AnyView {
    if rows.is_empty() {
        return view! { <div class="empty">{icon::icon(icon::BELL)}<p>{cx.t("cases.notices.none")}</p></div> }
            .into_any();
    }
    let items = rows.iter().map(|row| item(cx, row)).collect_view();
    view! { <ul class="link-list">{items}</ul> }.into_any()
}

fn item(cx: &Cx, row: &Together<'_>) -> AnyView {
    let newest = row.newest;
    let href = newest.number.as_ref().map_or_else(|| "/desk/patrols".to_string(), |n| format!("/desk/cases/{n}"));
    let about = [&newest.topic, &newest.place, &newest.number];
    let about: Vec<&str> = about.into_iter().filter_map(|t| t.as_deref()).filter(|t| !t.is_empty()).collect();
    let about = about.into_iter().map(str::to_string).chain([time::moment(cx, newest.created_at)]);
    let about = about.collect::<Vec<_>>().join(" · ");
    let fresh = row.all.iter().filter(|n| n.read_at.is_none()).count();
    let fresh = (fresh > 0).then(|| {
        let words = match fresh {
            1 => cx.t("cases.notices.new").into_owned(),
            n => cx.tf("cases.notices.new_many", &[("count", &n.to_string())]),
        };
        view! { " "<span class="pill">{words}</span> }
    });
    let mut earlier: Vec<String> = Vec::new();
    for notice in row.all.iter().skip(1) {
        let word = cx.word("cases.event", &notice.kind).into_owned();
        if !earlier.contains(&word) {
            earlier.push(word);
        }
    }
    let earlier = (!earlier.is_empty()).then(|| {
        let words = cx.tf("cases.notices.earlier", &[("what", &earlier.join(" · "))]);
        view! { <small>{words}</small> }
    });
    view! {
        <li><a class="link-row" href=href><span>
            <b>{cx.word("cases.event", &newest.kind)}{fresh}</b>
            <small>{about}</small>
            {earlier}
        </span></a></li>
    }
    .into_any()
}

/// `POST /desk/notices`: everything was read.
pub async fn mark_read(req: Req) -> Result<Response> {
    notices::mark_read(&req.app, &*req.actor()?).await?;
    Ok(respond::see_other("/desk/notices"))
}
