//! Where a walk begins: which checklist, and what waits on the phone to be sent. Everything that is needed offline lies on
//! this page or behind its links; nothing of a case does.

use leptos::prelude::*;

use crate::{
    access_points::{
        self,
        model::{AccessPoint, Liveness},
    },
    db::Conn,
    error::{Error, Result},
    http::{App, Cx, Req, Response, respond},
    kernel::ids::OrganizationId,
    ui::{
        self, icon,
        page::{Bundle, Page},
    },
    visits::{
        checklists,
        islands::server,
        model::{Checklist, VisitKind},
        pages::{kind_of, walk_page},
    },
};

/// The access point of a code, when it is the organisation's own, live, and of the kind's channel.
pub(super) async fn point_of(
    app: &App,
    c: &mut Conn,
    org: OrganizationId,
    kind: VisitKind,
    code: &str,
) -> Result<Option<AccessPoint>> {
    let point = access_points::actions::by_code(c, code).await?;
    let fits = |p: &AccessPoint| {
        p.organization_id == org && p.channel == kind.channel() && p.liveness(app.now()) == Liveness::Live
    };
    Ok(point.filter(fits))
}

/// Where the QR code of a place leads a person who is signed in: to its checklist, or to the choice of one.
///
/// # Errors
/// The database's.
pub async fn start_of(req: &Req, kind: VisitKind) -> Result<Response> {
    let org = req.actor()?.organization_id;
    let mut c = req.app.db.read().await?;
    let code = req.query.text("place");
    let Some(point) = point_of(&req.app, &mut c, org, kind, code).await? else {
        return Ok(respond::see_other(kind.address()));
    };
    let begun = checklists::of_place(&mut c, org, point.id).await?;
    let list = checklists::of_kind(&mut c, org, kind).await?.into_iter().find(|k| Some(k.id) == begun);
    Ok(respond::see_other(&match list {
        Some(list) => format!("{}/new/{}?place={}", kind.address(), list.id, point.code),
        None => format!("{}?place={}", kind.address(), point.code),
    }))
}

/// `GET /rep/start`.
pub async fn start(req: Req) -> Result<Response> {
    start_of(&req, VisitKind::Representative).await
}

/// `GET /rep/visits`, `GET /patrol/visits`.
pub async fn choose_page(req: Req) -> Result<Response> {
    let kind = kind_of(&req)?;
    let org = req.actor()?.organization_id;
    let mut c = req.app.db.read().await?;
    let lists = checklists::of_kind(&mut c, org, kind).await?;
    let point = point_of(&req.app, &mut c, org, kind, req.query.text("place")).await?;
    drop(c);
    Ok(ui::respond(&req.app, &req.cx, view_of(&req.cx, kind, &lists, point.as_ref())?).await)
}

fn view_of(cx: &Cx, kind: VisitKind, lists: &[Checklist], point: Option<&AccessPoint>) -> Result<Page> {
    let title = cx.word("visits.title", kind.code());
    let place = point.map(|p| p.place.clone()).filter(|p| !p.is_empty());
    let lead = match &place {
        Some(place) => cx.tf("visits.choose_at", &[("place", place)]),
        None => cx.t("visits.choose").into_owned(),
    };
    let author = cx.actor.as_ref().ok_or(Error::SignIn)?.staff_id.to_string();
    let main = view! {
        <header class="page-head"><h1>{title.clone()}</h1></header>
        {server::waiting(cx, kind, &author)}
        <p>{lead}</p>
        {links(cx, kind, lists, point)}
        <p class="hint">{cx.t("visits.offline_hint")}</p>
    };
    Ok(walk_page(cx, title, main).with_islands(Bundle::Field))
}

/// One row for each checklist.
pub fn links(cx: &Cx, kind: VisitKind, lists: &[Checklist], point: Option<&AccessPoint>) -> AnyView {
    if lists.is_empty() {
        return view! { <p class="empty">{cx.t("visits.none")}</p> }.into_any();
    }
    let place = point.map(|p| format!("?place={}", p.code)).unwrap_or_default();
    let rows = lists
        .iter()
        .map(|list| {
            let href = format!("{}/new/{}{place}", kind.address(), list.id);
            let (label, area) = (list.label(cx.lang).to_string(), cx.word("visits.area", list.area.code()));
            view! {
                <li><a class="walk-link" href=href>{icon::icon(icon::LIST)}<span><b>{label}</b><small>{area}</small></span></a></li>
            }
        })
        .collect_view();
    view! { <ul class="walk-links" id="checklists">{rows}</ul> }.into_any()
}
