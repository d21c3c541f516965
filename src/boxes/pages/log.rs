//! The opening log of all boxes, and the form of a new opening.

use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::{
    access_points::{self, model::AccessPoint},
    boxes::{
        actions, form,
        model::{INTERVAL_DAYS, Opening, is_due},
        pages::state_pill,
    },
    error::Result,
    http::{Cx, Form, Req, Response, respond},
    kernel::{ids::AccessPointId, roles::Channel},
    ui::{
        self, FormState, Page, desk_page,
        field::{self, Line},
        time,
    },
};

/// What the page shows.
struct Log {
    /// Boxes that hang somewhere now.
    boxes: Vec<AccessPoint>,
    /// When each was last opened.
    last: Vec<(AccessPointId, DateTime<Utc>)>,
    openings: Vec<Opening>,
    /// All boxes that ever hung, for their names.
    all: Vec<AccessPoint>,
}

impl Log {
    async fn read(req: &Req) -> Result<Self> {
        let mut c = req.app.db.read().await?;
        let org = req.actor()?.organization_id;
        let is_box = |p: &AccessPoint| p.channel == Channel::Box;
        Ok(Self {
            boxes: access_points::actions::live_of(&req.app, &mut c, org).await?.into_iter().filter(is_box).collect(),
            last: actions::last_opened(&mut c, org).await?,
            openings: actions::newest(&mut c, org).await?,
            all: access_points::actions::all_of(&mut c, org).await?,
        })
    }

    fn last_opened(&self, id: AccessPointId) -> Option<DateTime<Utc>> {
        self.last.iter().find(|(of, _)| *of == id).map(|(_, at)| *at)
    }
}

/// `GET /desk/boxes`.
pub async fn log_page(req: Req) -> Result<Response> {
    let log = Log::read(&req).await?;
    let state = FormState::of(Form::from_pairs([("opened_at", form::shown(req.now()))]));
    Ok(ui::respond(&req.app, &req.cx, view_of(&req.cx, &log, &state)).await)
}

/// `POST /desk/boxes`: an opening is written down.
pub async fn open_box(req: Req) -> Result<Response> {
    let actor = req.actor()?;
    let log = Log::read(&req).await?;
    let ids: Vec<AccessPointId> = log.boxes.iter().map(|b| b.id).collect();
    match form::parse(&req.form, &ids, req.now()) {
        Ok(new) => {
            let id = actions::open(&req.app, &actor, &new).await?;
            Ok(respond::see_other(&format!("/desk/box-openings/{id}")))
        }
        Err(state) => {
            let page = view_of(&req.cx, &log, &state).status(StatusCode::UNPROCESSABLE_ENTITY);
            Ok(ui::respond(&req.app, &req.cx, page).await)
        }
    }
}

fn view_of(cx: &Cx, log: &Log, state: &FormState) -> Page {
    let main = view! {
        <header class="page-head"><h1>{cx.t("boxes.title")}</h1></header>
        <p>{cx.t("boxes.lead")}</p>
        {field::error_summary(cx, state)}
        {boxes(cx, log)}
        {(!log.boxes.is_empty()).then(|| new_opening(cx, log, state))}
        {openings(cx, log)}
    };
    desk_page::admin_page(cx, cx.t("boxes.title"), main)
}

fn boxes(cx: &Cx, log: &Log) -> AnyView {
    if log.boxes.is_empty() {
        return view! { <p class="empty">{cx.t("boxes.none")}</p> }.into_any();
    }
    let days = INTERVAL_DAYS.to_string();
    let rows = log
        .boxes
        .iter()
        .map(|b| {
            let last = log.last_opened(b.id);
            let opened = last.map_or_else(|| cx.t("boxes.never").into_owned(), |at| time::moment(cx, at));
            let pill = if is_due(b.created_at, last, cx.now) {
                view! { <span class="pill late">{cx.tf("boxes.due", &[("days", &days)])}</span> }.into_any()
            } else {
                view! { <span class="pill ok">{cx.t("boxes.in_time")}</span> }.into_any()
            };
            let (place, title, keeper) = (b.place.clone(), b.title.clone(), b.keeper.clone());
            view! {
                <tr>
                    <td class="title">{place}<small>{title}</small></td>
                    <td data-label=cx.t("access_points.keeper")>{keeper}</td>
                    <td data-label=cx.t("boxes.last")>{opened}</td>
                    <td data-label=cx.t("access_points.state")><span>{pill}</span></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="table">
            <thead><tr>
                <th>{cx.t("access_points.place")}</th>
                <th>{cx.t("access_points.keeper")}</th>
                <th>{cx.t("boxes.last")}</th>
                <th>{cx.t("access_points.state")}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn new_opening(cx: &Cx, log: &Log, state: &FormState) -> AnyView {
    let options: Vec<(String, String)> =
        log.boxes.iter().map(|b| (b.id.to_string(), format!("{} · {}", b.place, b.title))).collect();
    let line =
        |kind: &'static str, hint: &'static str| Line { kind, autocomplete: "off", max: 0, required: true, hint };
    view! {
        <h2>{cx.t("boxes.new")}</h2>
        <form method="post" action="/desk/boxes">
            {field::token(cx)}
            {field::select(cx, state, "box", "boxes.box", &options, true)}
            {field::line(cx, state, "opened_at", "boxes.opened_at", line("datetime-local", ""))}
            {field::line(cx, state, "opener", "boxes.opener", line("", ""))}
            {field::line(cx, state, "witness", "boxes.witness", line("", "boxes.witness_hint"))}
            {field::line(cx, state, "letters", "boxes.letters", line("number", "boxes.letters_hint"))}
            <p class="button-row"><button class="button main" type="submit">{cx.t("boxes.save")}</button></p>
        </form>
    }
    .into_any()
}

fn openings(cx: &Cx, log: &Log) -> Option<AnyView> {
    if log.openings.is_empty() {
        return None;
    }
    let rows = log
        .openings
        .iter()
        .map(|o| {
            let place = log.all.iter().find(|p| p.id == o.access_point_id).map(|p| p.place.clone());
            let people = format!("{}、{}", o.opener, o.witness);
            let href = format!("/desk/box-openings/{}", o.id);
            view! {
                <tr>
                    <td class="title"><a href=href>{time::moment(cx, o.opened_at)}</a><small>{place}</small></td>
                    <td data-label=cx.t("boxes.people")>{people}</td>
                    <td class="num" data-label=cx.t("boxes.letters")>{o.letters}</td>
                    <td class="num" data-label=cx.t("boxes.typed")>{o.typed}</td>
                    <td data-label=cx.t("access_points.state")><span>{state_pill(cx, o)}</span></td>
                </tr>
            }
        })
        .collect_view();
    let table = view! {
        <h2>{cx.t("boxes.log")}</h2>
        <table class="table">
            <thead><tr>
                <th>{cx.t("boxes.opened_at")}</th>
                <th>{cx.t("boxes.people")}</th>
                <th class="num">{cx.t("boxes.letters")}</th>
                <th class="num">{cx.t("boxes.typed")}</th>
                <th>{cx.t("access_points.state")}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    };
    Some(table.into_any())
}
