//! `/desk/notices`: what happened that this person should know of, with the way to the case.

use leptos::prelude::*;

use crate::{
    cases::{notices, store::outbox::Notice},
    error::Result,
    http::{Cx, Req, Response, respond},
    ui::{self, desk_page, field, icon, time},
};

/// `GET /desk/notices`.
pub async fn page(req: Req) -> Result<Response> {
    let list = notices::newest(&mut req.app.db.read().await?, &*req.actor()?).await?;
    let cx = &req.cx;
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
        {shown(cx, &list)}
    };
    Ok(ui::respond(&req.app, cx, desk_page::admin_page(cx, cx.t("desk.nav.notices"), main)).await)
}

fn shown(cx: &Cx, list: &[Notice]) -> AnyView {
    if list.is_empty() {
        return view! { <div class="empty">{icon::icon(icon::BELL)}<p>{cx.t("cases.notices.none")}</p></div> }
            .into_any();
    }
    let items = list
        .iter()
        .map(|n| {
            let href = format!("/desk/cases/{}", n.number);
            let about = [n.topic.as_str(), n.place.as_str()].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>();
            let about = format!("{} · {}", about.join(" · "), n.number);
            let fresh = n.read_at.is_none().then(|| view! { " "<span class="pill">{cx.t("cases.notices.new")}</span> });
            view! {
                <li><a class="link-row" href=href><span>
                    <b>{cx.word("cases.event", &n.kind)}{fresh}</b>
                    <small>{about}" · "{time::moment(cx, n.created_at)}</small>
                </span></a></li>
            }
        })
        .collect_view();
    view! { <ul class="link-list">{items}</ul> }.into_any()
}

/// `POST /desk/notices`: everything was read.
pub async fn mark_read(req: Req) -> Result<Response> {
    notices::mark_read(&req.app, &*req.actor()?).await?;
    Ok(respond::see_other("/desk/notices"))
}
