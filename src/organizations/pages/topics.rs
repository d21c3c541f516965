//! `/admin/topics`.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    error::{Error, Result},
    http::{Cx, Form, Req, Response, respond},
    kernel::ids::TopicId,
    organizations::{
        departments, form,
        model::{Department, Topic},
        pages::{OPTIONAL, POSITION, REQUIRED, answer, department_choices, department_name, use_pill},
        topics,
    },
    ui::{
        FormState,
        field::{self, Line},
    },
};

const HERE: &str = "/admin/topics";
const CODE: Line = Line { hint: "organizations.topic.code.hint", ..REQUIRED };

/// `GET /admin/topics`.
pub async fn page(req: Req) -> Result<Response> {
    list(&req, &FormState::default(), StatusCode::OK).await
}

/// `POST /admin/topics`: adds one.
pub async fn create(req: Req) -> Result<Response> {
    let refused = match form::new_topic(req.form.clone()) {
        Ok((code, input)) => match topics::create(&req.app, &*req.actor()?, code, input).await? {
            Ok(_) => return Ok(respond::see_other("/admin/topics?saved=1")),
            Err(error) => FormState { values: req.form.clone(), errors: vec![error] },
        },
        Err(state) => state,
    };
    list(&req, &refused, StatusCode::UNPROCESSABLE_ENTITY).await
}

/// `GET /admin/topics/{id}`.
pub async fn edit_page(req: Req) -> Result<Response> {
    let id = id(&req)?;
    let all = topics::all(&mut req.app.db.read().await?, req.actor()?.organization_id).await?;
    let topic = all.into_iter().find(|t| t.id == id).ok_or(Error::NotFound)?;
    edit(&req, &FormState::of(values(&topic)), StatusCode::OK).await
}

/// `POST /admin/topics/{id}`.
pub async fn save(req: Req) -> Result<Response> {
    let id = id(&req)?;
    let refused = match form::topic(req.form.clone()) {
        Ok(input) => match topics::change(&req.app, &*req.actor()?, id, input).await? {
            Ok(()) => return Ok(respond::see_other("/admin/topics?saved=1")),
            Err(error) => FormState { values: req.form.clone(), errors: vec![error] },
        },
        Err(state) => state,
    };
    edit(&req, &refused, StatusCode::UNPROCESSABLE_ENTITY).await
}

fn id(req: &Req) -> Result<TopicId> {
    TopicId::parse(req.param("id")).ok_or(Error::NotFound)
}

fn values(t: &Topic) -> Form {
    Form::from_pairs([
        ("name", t.name.clone()),
        ("name_en", t.name_en.clone()),
        ("default_department_id", t.default_department_id.map(|d| d.to_string()).unwrap_or_default()),
        ("position", t.position.to_string()),
        ("about_people", if t.about_people { "1".to_string() } else { String::new() }),
        ("in_use", if t.disabled_at.is_none() { "1".to_string() } else { String::new() }),
    ])
}

async fn list(req: &Req, state: &FormState, status: StatusCode) -> Result<Response> {
    let (cx, org) = (&req.cx, req.actor()?.organization_id);
    let mut c = req.app.db.read().await?;
    let (all, departments) = (topics::all(&mut c, org).await?, departments::all(&mut c, org).await?);
    let rest = view! {
        <p class="soft">{cx.t("organizations.topics.explain")}</p>
        {table(cx, &all, &departments)}
        <h2>{cx.t("organizations.topic.new")}</h2>
        <form method="post" action=HERE>
            {field::token(cx)}
            <div class="form-grid">
                {names(cx, state)}
                {field::line(cx, state, "code", "organizations.topic.code", CODE)}
                {department(cx, state, &departments)}
                {field::switch(cx, state, "about_people", "organizations.topic.about_people")}
            </div>
            <p class="button-row"><button class="button main" type="submit">{cx.t("organizations.topic.add")}</button></p>
        </form>
    };
    Ok(answer(req, cx.t("organizations.topics").into_owned(), state, status, rest.into_any()).await)
}

fn names(cx: &Cx, state: &FormState) -> AnyView {
    view! {
        {field::line(cx, state, "name", "organizations.topic.name", REQUIRED)}
        {field::line(cx, state, "name_en", "organizations.topic.name_en", OPTIONAL)}
    }
    .into_any()
}

fn department(cx: &Cx, state: &FormState, departments: &[Department]) -> AnyView {
    let choices = department_choices(cx, departments, state.values.text("default_department_id"));
    field::select(cx, state, "default_department_id", "organizations.topic.department", &choices, false)
}

fn table(cx: &Cx, all: &[Topic], departments: &[Department]) -> AnyView {
    let rows = all.iter().map(|t| row(cx, t, departments)).collect_view();
    view! {
        <table class="table">
            <thead><tr>
                <th>{cx.t("organizations.topic.name")}</th>
                <th>{cx.t("organizations.topic.name_en")}</th>
                <th>{cx.t("organizations.topic.department")}</th>
                <th>{cx.t("organizations.state")}</th>
                <th><span class="visually-hidden">{cx.t("organizations.act")}</span></th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn row(cx: &Cx, t: &Topic, departments: &[Department]) -> AnyView {
    let department = department_name(departments, t.default_department_id);
    let department = if department.is_empty() { cx.t("organizations.office_decides").into_owned() } else { department };
    let (name, name_en, href) = (t.name.clone(), t.name_en.clone(), format!("{HERE}/{}", t.id));
    let label = cx.tf("organizations.edit_named", &[("name", &name)]);
    view! {
        <tr>
            <td class="title">{name}</td>
            <td data-label=cx.t("organizations.topic.name_en")>{name_en}</td>
            <td data-label=cx.t("organizations.topic.department")>{department}</td>
            <td data-label=cx.t("organizations.state")>{use_pill(cx, t.disabled_at.is_none())}</td>
            <td class="actions"><a class="button small quiet" href=href aria-label=label>{cx.t("organizations.edit")}</a></td>
        </tr>
    }
    .into_any()
}

async fn edit(req: &Req, state: &FormState, status: StatusCode) -> Result<Response> {
    let (cx, id) = (&req.cx, id(req)?);
    let departments = departments::all(&mut req.app.db.read().await?, req.actor()?.organization_id).await?;
    let rest = view! {
        <form method="post" action=format!("{HERE}/{id}")>
            {field::token(cx)}
            <div class="form-grid">
                {names(cx, state)}
                {department(cx, state, &departments)}
                {field::line(cx, state, "position", "organizations.position", POSITION)}
                {field::switch(cx, state, "about_people", "organizations.topic.about_people")}
                {field::switch(cx, state, "in_use", "organizations.topic.in_use")}
            </div>
            <p class="button-row">
                <button class="button main" type="submit">{cx.t("ui.save")}</button>
                <a class="button quiet" href=HERE>{cx.t("organizations.cancel")}</a>
            </p>
        </form>
    };
    Ok(answer(req, cx.t("organizations.topic.edit").into_owned(), state, status, rest.into_any()).await)
}
