//! Tags: `/desk/tags`, where the office keeps the words of its organisation, and the words on the page of a case.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    accounts::model::Actor,
    cases::{
        case_data::CaseData,
        list::{Filters, View},
        model::Verb,
        pages::dialogs::Question,
        tags::{self, Tag},
    },
    error::{Error, Result},
    http::{Access, Cx, Req, Response, Route, respond},
    kernel::{ids::TagId, roles::Role},
    ui::{
        self, FormState, desk_page,
        field::{self, Line},
    },
};

const HERE: &str = "/desk/tags";
const OFFICE: Access = Access::Roles(&[Role::Office]);

/// Routes of the words.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get(HERE, OFFICE, page),
        Route::post(HERE, OFFICE, create),
        Route::post("/desk/tags/{id}", OFFICE, change),
    ]
}

async fn page(req: Req) -> Result<Response> {
    list(&req, &FormState::default(), None, StatusCode::OK).await
}

async fn create(req: Req) -> Result<Response> {
    match tags::create(&req.app, &*req.actor()?, req.form.text("name")).await? {
        Ok(_) => Ok(respond::see_other(HERE)),
        Err(error) => {
            let state = FormState { values: req.form.clone(), errors: vec![error] };
            list(&req, &state, None, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

async fn change(req: Req) -> Result<Response> {
    let id = TagId::parse(req.param("id")).ok_or(Error::NotFound)?;
    let (name, in_use) = (req.form.text("name"), req.form.has("in_use"));
    match tags::change(&req.app, &*req.actor()?, id, name, in_use).await? {
        Ok(()) => Ok(respond::see_other(HERE)),
        Err(error) => {
            let state = FormState { values: req.form.clone(), errors: vec![error] };
            list(&req, &state, Some(id), StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

async fn list(req: &Req, state: &FormState, refused: Option<TagId>, status: StatusCode) -> Result<Response> {
    let cx = &req.cx;
    let all = tags::all(&mut req.app.db.read().await?, req.actor()?.organization_id).await?;
    let rows = all
        .iter()
        .map(|tag| row(cx, tag, (refused == Some(tag.id)).then(|| state.values.text("name").to_string())))
        .collect_view();
    // What was typed for another word does not go into the field of a new one.
    let new = if refused.is_some() { FormState::default() } else { state.clone() };
    let name = Line { kind: "", autocomplete: "off", max: 16, required: true, hint: "tags.name_hint" };
    let main = view! {
        <header class="page-head"><h1>{cx.t("tags.title")}</h1></header>
        <p class="soft">{cx.t("tags.explain")}</p>
        {field::error_summary(cx, state)}
        {all.is_empty().then(|| view! { <p class="empty">{cx.t("tags.none")}</p> })}
        <ul class="plain-list tag-list">{rows}</ul>
        <h2>{cx.t("tags.new")}</h2>
        <form method="post" action=HERE>
            {field::token(cx)}
            <div class="form-grid">{field::line(cx, &new, "name", "tags.name", name)}</div>
            <p class="button-row"><button class="button main" type="submit">{cx.t("tags.add")}</button></p>
        </form>
    };
    let page = desk_page::admin_page(cx, cx.t("tags.title"), main).status(status);
    Ok(ui::respond(&req.app, cx, page).await)
}

fn row(cx: &Cx, tag: &Tag, typed: Option<String>) -> AnyView {
    let label = cx.tf("tags.word", &[("name", &tag.name)]);
    let value = typed.unwrap_or_else(|| tag.name.clone());
    let all = Filters { view: View::All, tag: Some(tag.name.clone()), ..Filters::default() };
    view! {
        <li>
            <form class="tag-row" method="post" action=format!("{HERE}/{}", tag.id)>
                {field::token(cx)}
                <input type="text" name="name" value=value aria-label=label maxlength="16" required autocomplete="off"/>
                <label class="switch"><input type="checkbox" name="in_use" value="1" checked=tag.disabled_at.is_none()/>
                    <span>{cx.t("tags.in_use")}</span></label>
                <button class="button small" type="submit">{cx.t("ui.save")}</button>
                <a class="button quiet small" href=all.href(None)>{cx.t("tags.cases")}</a>
            </form>
        </li>
    }
    .into_any()
}

/// Boxes for words, some of them chosen.
pub fn choices(cx: &Cx, all: &[Tag], chosen: &[TagId], error: Option<String>) -> AnyView {
    let items = all
        .iter()
        .enumerate()
        .map(|(i, tag)| {
            let (value, name, checked) = (tag.id.to_string(), tag.name.clone(), chosen.contains(&tag.id));
            let id = (i == 0).then(|| field::field_id("tag"));
            view! {
                <label class="chip"><input type="checkbox" id=id name="tag" value=value checked=checked/><span>{name}</span></label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field">
            <legend class="label">{cx.t("tags.title")}</legend>
            {error.map(|e| view! { <p class="error">{e}</p> })}
            <div class="chips">{items}</div>
        </fieldset>
    }
    .into_any()
}

/// The words on a case, each the way to all cases that have it, and the question which they should be.
pub fn on_case(cx: &Cx, actor: &Actor, data: &CaseData, state: &FormState) -> AnyView {
    let pills = data
        .tags
        .iter()
        .map(|tag| {
            let all = Filters { view: View::All, tag: Some(tag.name.clone()), ..Filters::default() };
            let name = tag.name.clone();
            view! { <a class="pill" href=all.href(None)>"#"{name}</a>" " }
        })
        .collect_view();
    let some = !data.all_tags.is_empty() || !data.tags.is_empty();
    let dialog = (some && Verb::Tag.offered(actor, &data.case)).then(|| dialog(cx, data, state));
    let any = !data.tags.is_empty() || dialog.is_some();
    any.then(|| view! { <div class="case-tags">{pills}{dialog}</div> }).into_any()
}

fn dialog(cx: &Cx, data: &CaseData, state: &FormState) -> AnyView {
    let chosen: Vec<TagId> = data.tags.iter().map(|t| t.id).collect();
    // A word that is out of use stays on the case until somebody takes it off.
    let mut all = data.all_tags.clone();
    all.extend(data.tags.iter().filter(|t| t.disabled_at.is_some()).cloned());
    let had = chosen.iter().map(|id| field::hidden("had", id.to_string())).collect_view();
    let send = cx.t("ui.save").into_owned();
    let question = Question { verb: Verb::Tag, look: "button small quiet", foot: "button main", send };
    question.view(cx, data, state, |_| {
        view! {
            {had}
            <p class="hint">{cx.t("tags.explain")}</p>
            {choices(cx, &all, &chosen, None)}
        }
        .into_any()
    })
}
