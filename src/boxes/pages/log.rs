//! The opening log of all boxes, and the form of a new opening.

use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::{
    access_points::{self, model::AccessPoint},
    attachments::staged::{self, Place, Staged},
    boxes::{
        actions, form,
        model::{LONGEST_INTERVAL, NewOpening, Opening, is_due},
        pages::state_pill,
    },
    db::Conn,
    error::{Error, Result},
    http::{Cx, Form, Req, Response, respond},
    kernel::{
        ids::{AccessPointId, OrganizationId},
        roles::{Channel, Role},
    },
    organizations,
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
    /// Intervals that are not the usual one.
    intervals: Vec<(AccessPointId, i64)>,
    /// Who may open one: names of the staff and of representatives.
    names: Vec<String>,
    /// A photo of the seal that was accepted before an error beside it.
    seal: Option<Staged>,
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
            intervals: actions::intervals(&mut c, org).await?,
            names: names(&mut c, org).await?,
            seal: None,
        })
    }

    fn last_opened(&self, id: AccessPointId) -> Option<DateTime<Utc>> {
        self.last.iter().find(|(of, _)| *of == id).map(|(_, at)| *at)
    }
}

async fn names(c: &mut Conn, org: OrganizationId) -> Result<Vec<String>> {
    let staff = organizations::actions::staff(c, org).await?;
    Ok(staff.into_iter().filter(|s| s.role != Role::StudentInspector).map(|s| s.display_name).collect())
}

/// Where the form has the photo of the seal.
const SEAL: Place<'static> = Place { field: "seal", tokens: "staged_seal", most: 1 };

/// `POST /desk/boxes/{id}/interval`.
pub async fn keep_interval(req: Req) -> Result<Response> {
    let id = AccessPointId::parse(req.param("id")).ok_or(Error::NotFound)?;
    let Some(days) = form::interval(&req.form) else {
        let log = Log::read(&req).await?;
        if log.boxes.iter().all(|b| b.id != id) {
            return Err(Error::NotFound);
        }
        let mut state = FormState::of(Form::from_pairs([("opened_at", form::shown(req.now()))]));
        state.error_with(format!("days-{id}"), "boxes.error.interval", &[("max", LONGEST_INTERVAL.to_string())]);
        let page = view_of(&req.cx, &log, &state).status(StatusCode::UNPROCESSABLE_ENTITY);
        return Ok(ui::respond(&req.app, &req.cx, page).await);
    };
    actions::set_interval(&req.app, &*req.actor()?, id, days).await?;
    Ok(respond::see_other("/desk/boxes"))
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
    let mut log = Log::read(&req).await?;
    let ids: Vec<AccessPointId> = log.boxes.iter().map(|b| b.id).collect();
    let mut photo = FormState::of(req.form.clone());
    log.seal = staged::files_of(&req.app, &req.form, SEAL, &mut photo).await?.pop();
    if log.seal.as_ref().is_some_and(|s| s.file.kind == "pdf") {
        log.seal = None;
        photo.error("seal", "boxes.error.seal");
    }
    let parsed = match form::parse(&req.form, &ids, req.now()) {
        Ok(_) if !photo.is_ok() => Err(photo),
        Ok(new) => Ok(NewOpening { seal: log.seal.as_ref().map(|s| s.file.clone()), ..new }),
        Err(mut state) => {
            state.errors.extend(photo.errors);
            Err(state)
        }
    };
    match parsed {
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
    let rows = log
        .boxes
        .iter()
        .map(|b| {
            let last = log.last_opened(b.id);
            let opened = last.map_or_else(|| cx.t("boxes.never").into_owned(), |at| time::moment(cx, at));
            let interval = actions::interval_of(&log.intervals, b.id);
            let days = interval.to_string();
            let pill = if is_due(b.created_at, last, interval, cx.now) {
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
                    <td class="actions" data-label=cx.t("boxes.interval")>{interval_form(cx, b, &days)}</td>
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
                <th>{cx.t("boxes.interval")}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

/// How often a box is to be opened.
fn interval_form(cx: &Cx, point: &AccessPoint, days: &str) -> AnyView {
    let action = format!("/desk/boxes/{}/interval", point.id);
    let id = format!("f-days-{}", point.id);
    let label = cx.tf("boxes.interval.of", &[("place", &point.place)]);
    view! {
        <form class="interval" method="post" action=action>
            {field::token(cx)}
            <input id=id name="days" type="number" min="1" max=LONGEST_INTERVAL.to_string() value=days.to_string() aria-label=label required/>
            <button class="button small quiet" type="submit">{cx.t("boxes.interval.save")}</button>
        </form>
    }
    .into_any()
}

/// A name, with those of the staff to choose from.
fn person(cx: &Cx, state: &FormState, name: &'static str, label: &str, hint: &'static str) -> AnyView {
    let (value, error) = (state.values.text(name).to_string(), state.message(cx, name));
    let id = field::field_id(name);
    let error_id = format!("{id}-error");
    view! {
        <div class=if error.is_some() { "field has-error" } else { "field" }>
            <label class="label" for=id.clone()>{cx.t(label)}</label>
            {(!hint.is_empty()).then(|| view! { <p class="hint">{cx.t(hint)}</p> })}
            {error.clone().map(|e| view! { <p class="error" id=error_id.clone()>{e}</p> })}
            <input id=id name=name type="text" value=value list="names" autocomplete="off" required
                aria-invalid=error.is_some().then_some("true") aria-describedby=error.is_some().then(|| error_id.clone())/>
        </div>
    }
    .into_any()
}

/// The photo of the seal.
fn seal(cx: &Cx, state: &FormState, kept: Option<&Staged>) -> AnyView {
    let error = state.message(cx, "seal");
    let kept = kept.map(|staged| {
        let token = staged.token.clone();
        view! {
            <div class="choice-list"><label class="choice"><input type="checkbox" name="staged_seal" value=token checked/>
                <span class="choice-body"><b>{cx.t("boxes.seal.kept")}</b></span></label></div>
        }
    });
    view! {
        <div class=if error.is_some() { "field has-error" } else { "field" }>
            <label class="label" for="f-seal">{cx.t("boxes.seal")}{field::optional(cx)}</label>
            <p class="hint" id="f-seal-hint">{cx.t("boxes.seal.hint")}</p>
            {error.clone().map(|e| view! { <p class="error" id="f-seal-error">{e}</p> })}
            {kept}
            <input id="f-seal" name="seal" type="file" accept="image/jpeg,image/png,image/webp"
                aria-describedby=if error.is_some() { "f-seal-error f-seal-hint" } else { "f-seal-hint" }/>
        </div>
    }
    .into_any()
}

fn new_opening(cx: &Cx, log: &Log, state: &FormState) -> AnyView {
    let options: Vec<(String, String)> =
        log.boxes.iter().map(|b| (b.id.to_string(), format!("{} · {}", b.place, b.title))).collect();
    let line =
        |kind: &'static str, hint: &'static str| Line { kind, autocomplete: "off", max: 0, required: true, hint };
    let names = log.names.iter().map(|n| view! { <option value=n.clone()></option> }).collect_view();
    view! {
        <h2>{cx.t("boxes.new")}</h2>
        <form method="post" action="/desk/boxes" enctype="multipart/form-data">
            {field::token(cx)}
            {field::select(cx, state, "box", "boxes.box", &options, true)}
            {field::line(cx, state, "opened_at", "boxes.opened_at", line("datetime-local", ""))}
            {person(cx, state, "opener", "boxes.opener", "")}
            {person(cx, state, "witness", "boxes.witness", "boxes.witness_hint")}
            <datalist id="names">{names}</datalist>
            {field::line(cx, state, "letters", "boxes.letters", line("number", "boxes.letters_hint"))}
            {seal(cx, state, log.seal.as_ref())}
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
