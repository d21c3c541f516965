//! `/patrol`: today's duty, what waits to be sent, what I sent.

use leptos::prelude::*;

use crate::{
    error::Result,
    http::{Cx, Req, Response},
    ui::{self, desk_page, page::Bundle, time},
    visits::{
        self,
        islands::server,
        model::{Visit, VisitKind},
        pages::{choose, findings_pill},
    },
};

/// Own patrols that the page shows.
const SHOWN: usize = 20;

/// `GET /patrol`; with `?place=CODE` from the QR code of a place it leads on to that place's checklist.
pub async fn home_page(req: Req) -> Result<Response> {
    if req.query.has("place") {
        return choose::start_of(&req, VisitKind::Patrol).await;
    }
    let (cx, actor) = (&req.cx, req.actor()?);
    let mut c = req.app.db.read().await?;
    let lists = visits::checklists::of_kind(&mut c, actor.organization_id, VisitKind::Patrol).await?;
    let own = visits::actions::of_author(&mut c, actor.organization_id, actor.staff_id).await?;
    drop(c);
    let today = own.iter().filter(|v| time::date(v.ended_at) == time::date(cx.now)).count().to_string();
    let main = view! {
        <main class="admin-pane walk-pane" id="main">
            <header class="page-head"><h1>{cx.t("patrols.today")}</h1></header>
            <p>{cx.tf("patrols.today_done", &[("day", &time::day(cx, cx.now)), ("count", &today)])}</p>
            {server::waiting(cx, VisitKind::Patrol, &actor.staff_id.to_string())}
            {choose::links(cx, VisitKind::Patrol, &lists, None)}
            <p class="hint">{cx.t("visits.offline_hint")}</p>
            <h2>{cx.t("patrols.mine")}</h2>
            {mine(cx, &own)}
        </main>
    };
    let page = desk_page::desk_page(cx, cx.t("patrols.today"), "admin walking", main).with_islands(Bundle::Field);
    Ok(ui::respond(&req.app, cx, page).await)
}

fn mine(cx: &Cx, own: &[Visit]) -> AnyView {
    if own.is_empty() {
        return view! { <p class="empty">{cx.t("patrols.mine_none")}</p> }.into_any();
    }
    let rows = own
        .iter()
        .take(SHOWN)
        .map(|v| {
            let href = format!("/patrol/visits/{}", v.id);
            let label = format!("{} · {}", v.label(cx.lang), v.place);
            view! {
                <li><a class="walk-link" href=href>
                    <span><b>{label}</b><small>{time::moment(cx, v.ended_at)}</small></span>{findings_pill(cx, v)}
                </a></li>
            }
        })
        .collect_view();
    view! { <ul class="walk-links">{rows}</ul> }.into_any()
}
