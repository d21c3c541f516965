//! The office keeps its checklists: on and off, their order, their items, and which QR code begins which.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    access_points::{self, model::AccessPoint},
    error::{Error, Result},
    forms::{
        self,
        model::{Definition, Text},
    },
    http::{Cx, Form, Req, Response, respond},
    kernel::{
        ids::{AccessPointId, ChecklistId},
        text::{char_count, normalize_line},
    },
    ui::{
        self, FormState, Page, back, desk_page,
        field::{self, Line},
    },
    visits::{
        checklists, items,
        model::{Area, Checklist, VisitKind},
    },
};

/// Most characters of a title.
const MOST_TITLE: usize = 40;

/// `GET /desk/checklists`.
pub async fn list_page(req: Req) -> Result<Response> {
    let cx = &req.cx;
    let all = checklists::all(&mut req.app.db.read().await?, req.actor()?.organization_id).await?;
    let tables = VisitKind::ALL.iter().map(|kind| table(cx, *kind, &all)).collect_view();
    let main = view! {
        <header class="page-head"><h1>{cx.t("visits.checklists")}</h1>
            <a class="button main" href="/desk/checklists/new">{cx.t("visits.checklists.new")}</a></header>
        <p>{cx.t("visits.checklists.lead")}</p>
        {tables}
    };
    Ok(ui::respond(&req.app, cx, desk_page::admin_page(cx, cx.t("visits.checklists"), main)).await)
}

fn table(cx: &Cx, kind: VisitKind, all: &[Checklist]) -> AnyView {
    let rows = all
        .iter()
        .filter(|k| k.kind == kind)
        .map(|list| {
            let href = format!("/desk/checklists/{}", list.id);
            let (on, pill) = match list.disabled_at {
                None => ("0", view! { <span class="pill ok">{cx.t("visits.on")}</span> }.into_any()),
                Some(_) => ("1", view! { <span class="pill soft">{cx.t("visits.off")}</span> }.into_any()),
            };
            let switch = cx.t(if on == "0" { "visits.switch_off" } else { "visits.switch_on" });
            let label = list.label(cx.lang).to_string();
            let name = |verb: &str| format!("{verb}：{label}");
            let (up_name, switch_name) = (name(&cx.t("visits.up")), name(&switch));
            view! {
                <tr>
                    <td class="title"><a href=href.clone()>{label.clone()}</a><small>{cx.word("visits.area", list.area.code())}</small></td>
                    <td data-label=cx.t("access_points.state")><span>{pill}</span></td>
                    <td class="actions"><form method="post" action=href.clone()>
                        {field::token(cx)}
                        <button class="button small" type="submit" name="do" value="up" aria-label=up_name>{cx.t("visits.up")}</button>
                        <button class="button small" type="submit" name="do" value=if on == "0" { "off" } else { "on" } aria-label=switch_name>{switch}</button>
                    </form></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <h2>{cx.word("visits.title", kind.code())}</h2>
        <table class="table"><thead><tr>
            <th>{cx.t("visits.checklist")}</th><th>{cx.t("access_points.state")}</th><th></th>
        </tr></thead><tbody>{rows}</tbody></table>
    }
    .into_any()
}

/// `GET /desk/checklists/new`; with `copy` the items of another one stand in it already.
pub async fn new_page(req: Req) -> Result<Response> {
    let org = req.actor()?.organization_id;
    let mut state = FormState::default();
    state.values.set("kind", VisitKind::Representative.code());
    if let Some(id) = ChecklistId::parse(req.query.text("copy")) {
        let mut c = req.app.db.read().await?;
        let list = checklists::by_id(&mut c, org, id).await?;
        let version = forms::actions::live_version(&mut c, list.form_id).await?;
        state = filled(&list, &version.definition);
        state.values.set("title", req.cx.tf("visits.checklists.copy_of", &[("title", &list.title)]));
    }
    Ok(ui::respond(&req.app, &req.cx, new_view(&req.cx, &state)).await)
}

fn filled(list: &Checklist, definition: &Definition) -> FormState {
    FormState::of(Form::from_pairs([
        ("kind", list.kind.code()),
        ("area", list.area.code()),
        ("title", &list.title),
        ("title_en", &list.title_en),
        ("items", &items::show(definition)),
    ]))
}

fn new_view(cx: &Cx, state: &FormState) -> Page {
    let words = |prefix: &str, codes: Vec<&'static str>| -> Vec<(String, String)> {
        codes.into_iter().map(|code| (code.to_string(), cx.word(prefix, code).into_owned())).collect()
    };
    let kinds = words("visits.title", VisitKind::ALL.iter().map(|k| k.code()).collect());
    let areas = words("visits.area", Area::ALL.iter().map(|a| a.code()).collect());
    let main = view! {
        {back::link("/desk/checklists", cx.t("visits.checklists"))}
        <header class="page-head"><h1>{cx.t("visits.checklists.new")}</h1></header>
        {field::error_summary(cx, state)}
        <form method="post" action="/desk/checklists/new">
            {field::token(cx)}
            {field::chips(cx, state, "kind", "visits.checklists.kind", &kinds, true)}
            {field::select(cx, state, "area", "visits.checklists.area", &areas, true)}
            {words_of(cx, state)}
            <p class="button-row"><button class="button main" type="submit">{cx.t("ui.save")}</button></p>
        </form>
    };
    desk_page::admin_page(cx, cx.t("visits.checklists.new"), main)
}

/// Title and items.
fn words_of(cx: &Cx, state: &FormState) -> AnyView {
    let title = Line { required: true, autocomplete: "off", ..Line::default() };
    let title_en = Line { autocomplete: "off", ..Line::default() };
    let lines = Line { required: true, hint: "visits.checklists.items_hint", ..Line::default() };
    view! {
        {field::line(cx, state, "title", "visits.checklists.title", title)}
        {field::line(cx, state, "title_en", "visits.checklists.title_en", title_en)}
        <div class="long-lines">{field::text_area(cx, state, "items", "visits.checklists.items", lines)}</div>
    }
    .into_any()
}

fn parse(posted: &Form, kind: VisitKind, before: &Definition) -> Result<Definition, FormState> {
    let mut state = FormState::of(posted.clone());
    let title = Text::new(&normalize_line(posted.text("title")), &normalize_line(posted.text("title_en")));
    if title.zh.is_empty() || char_count(&title.zh) > MOST_TITLE || char_count(&title.en) > 2 * MOST_TITLE {
        state.error_with("title", "visits.error.title", &[("max", MOST_TITLE.to_string())]);
    }
    let read = items::read(title, kind, posted.text("items"), before);
    if let Err(key) = read {
        state.error_with(
            "items",
            key,
            &[("max", items::MOST_ITEMS.to_string()), ("chars", items::MOST_CHARS.to_string())],
        );
    }
    match read {
        Ok(definition) if state.is_ok() => Ok(definition),
        _ => Err(state),
    }
}

/// `POST /desk/checklists/new`.
pub async fn create(req: Req) -> Result<Response> {
    let kind = VisitKind::parse(req.form.text("kind")).ok_or(Error::Bad("error.bad_form"))?;
    let area = Area::parse(req.form.text("area")).ok_or(Error::Bad("error.bad_form"))?;
    match parse(&req.form, kind, &Definition::default()) {
        Ok(definition) => {
            let id = checklists::create(&req.app, &*req.actor()?, kind, area, definition).await?;
            Ok(respond::see_other(&format!("/desk/checklists/{id}?done=1")))
        }
        Err(state) => {
            let page = new_view(&req.cx, &state).status(StatusCode::UNPROCESSABLE_ENTITY);
            Ok(ui::respond(&req.app, &req.cx, page).await)
        }
    }
}

/// One checklist with what the office can decide about it.
struct Kept {
    list: Checklist,
    definition: Definition,
    /// QR codes of its channel, and whether they begin it.
    points: Vec<(AccessPoint, bool)>,
}

async fn kept(req: &Req) -> Result<Kept> {
    let id = ChecklistId::parse(req.param("id")).ok_or(Error::NotFound)?;
    let org = req.actor()?.organization_id;
    let mut c = req.app.db.read().await?;
    let list = checklists::by_id(&mut c, org, id).await?;
    let definition = forms::actions::live_version(&mut c, list.form_id).await?.definition;
    let places = checklists::places(&mut c, org).await?;
    let points = access_points::actions::live_of(&req.app, &mut c, org).await?;
    let points = points.into_iter().filter(|p| p.channel == list.kind.channel());
    let points = points.map(|p| (places.contains(&(p.id, id)), p)).map(|(begins, p)| (p, begins)).collect();
    Ok(Kept { list, definition, points })
}

/// `GET /desk/checklists/{id}`.
pub async fn edit_page(req: Req) -> Result<Response> {
    let kept = kept(&req).await?;
    let state = filled(&kept.list, &kept.definition);
    Ok(ui::respond(&req.app, &req.cx, edit_view(&req.cx, &kept, &state, req.query.has("done"))).await)
}

/// `POST /desk/checklists/{id}`: one of several things that the office can do with it.
pub async fn edit(req: Req) -> Result<Response> {
    let kept = kept(&req).await?;
    let (actor, id) = (req.actor()?, kept.list.id);
    match req.form.text("do") {
        "up" => checklists::move_up(&req.app, &actor, id).await?,
        "on" => checklists::switch(&req.app, &actor, id, true).await?,
        "off" => checklists::switch(&req.app, &actor, id, false).await?,
        "places" => {
            let points: Vec<AccessPointId> = req.form.all("point").filter_map(AccessPointId::parse).collect();
            checklists::set_places(&req.app, &actor, id, &points).await?;
            return Ok(respond::see_other(&format!("/desk/checklists/{id}?done=1")));
        }
        "items" => {
            return match parse(&req.form, kept.list.kind, &kept.definition) {
                Ok(definition) => {
                    checklists::change(&req.app, &actor, id, definition).await?;
                    Ok(respond::see_other(&format!("/desk/checklists/{id}?done=1")))
                }
                Err(state) => {
                    let page = edit_view(&req.cx, &kept, &state, false).status(StatusCode::UNPROCESSABLE_ENTITY);
                    Ok(ui::respond(&req.app, &req.cx, page).await)
                }
            };
        }
        _ => return Err(Error::Bad("error.bad_form")),
    }
    Ok(respond::see_other("/desk/checklists"))
}

fn edit_view(cx: &Cx, kept: &Kept, state: &FormState, done: bool) -> Page {
    let list = &kept.list;
    let here = format!("/desk/checklists/{}", list.id);
    let title = list.label(cx.lang).to_string();
    let about = format!("{} · {}", cx.word("visits.title", list.kind.code()), cx.word("visits.area", list.area.code()));
    let copy = format!("/desk/checklists/new?copy={}", list.id);
    let main = view! {
        {back::link("/desk/checklists", cx.t("visits.checklists"))}
        <header class="page-head"><h1>{title.clone()}</h1><a class="button" href=copy>{cx.t("visits.checklists.copy")}</a></header>
        <p>{about}</p>
        {done.then(|| view! { <p class="banner ok" role="status">{cx.t("accounts.saved")}</p> })}
        {field::error_summary(cx, state)}
        <form method="post" action=here.clone()>
            {field::token(cx)}
            {field::hidden("do", "items")}
            {words_of(cx, state)}
            <p class="button-row"><button class="button main" type="submit">{cx.t("ui.save")}</button></p>
        </form>
        {places(cx, kept, here)}
    };
    desk_page::admin_page(cx, title, main)
}

fn places(cx: &Cx, kept: &Kept, here: String) -> AnyView {
    let rows = kept
        .points
        .iter()
        .map(|(point, begins)| {
            let (id, name) = (point.id.to_string(), format!("{} · {}", point.place, point.title));
            view! {
                <label class="choice">
                    <input type="checkbox" name="point" value=id checked=*begins/>
                    <span class="choice-body"><b>{name}</b></span>
                </label>
            }
        })
        .collect_view();
    if kept.points.is_empty() {
        return view! { <h2>{cx.t("visits.checklists.places")}</h2><p class="hint">{cx.t("visits.checklists.no_places")}</p> }
            .into_any();
    }
    view! {
        <form method="post" action=here>
            {field::token(cx)}
            {field::hidden("do", "places")}
            <fieldset class="field"><legend class="label">{cx.t("visits.checklists.places")}</legend>
                <p class="hint">{cx.t("visits.checklists.places_hint")}</p>
                <div class="choice-list">{rows}</div>
            </fieldset>
            <p class="button-row"><button class="button" type="submit">{cx.t("ui.save")}</button></p>
        </form>
    }
    .into_any()
}
