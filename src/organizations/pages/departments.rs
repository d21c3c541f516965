//! `/admin/departments`.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    error::{Error, Result},
    http::{Cx, Form, Req, Response, respond},
    kernel::{ids::DepartmentId, roles::Role},
    organizations::{
        departments, form,
        model::{Department, Staff},
        pages::{POSITION, REQUIRED, answer, leader_choices, use_pill},
        staff,
    },
    ui::{FormState, field, icon},
};

const HERE: &str = "/admin/departments";

/// `GET /admin/departments`.
pub async fn page(req: Req) -> Result<Response> {
    list(&req, &FormState::default(), StatusCode::OK).await
}

/// `POST /admin/departments`: adds one.
pub async fn create(req: Req) -> Result<Response> {
    let refused = match form::department(req.form.clone()) {
        Ok(input) => match departments::create(&req.app, &*req.actor()?, input).await? {
            Ok(_) => return Ok(respond::see_other("/admin/departments?saved=1")),
            Err(error) => FormState { values: req.form.clone(), errors: vec![error] },
        },
        Err(state) => state,
    };
    list(&req, &refused, StatusCode::UNPROCESSABLE_ENTITY).await
}

/// `GET /admin/departments/{id}`.
pub async fn edit_page(req: Req) -> Result<Response> {
    let id = id(&req)?;
    let all = departments::all(&mut req.app.db.read().await?, req.actor()?.organization_id).await?;
    let department = all.into_iter().find(|d| d.id == id).ok_or(Error::NotFound)?;
    edit(&req, &FormState::of(values(&department)), StatusCode::OK).await
}

/// `POST /admin/departments/{id}`.
pub async fn save(req: Req) -> Result<Response> {
    let id = id(&req)?;
    let refused = match form::department(req.form.clone()) {
        Ok(input) => match departments::change(&req.app, &*req.actor()?, id, input).await? {
            Ok(()) => return Ok(respond::see_other("/admin/departments?saved=1")),
            Err(error) => FormState { values: req.form.clone(), errors: vec![error] },
        },
        Err(state) => state,
    };
    edit(&req, &refused, StatusCode::UNPROCESSABLE_ENTITY).await
}

fn id(req: &Req) -> Result<DepartmentId> {
    DepartmentId::parse(req.param("id")).ok_or(Error::NotFound)
}

fn values(d: &Department) -> Form {
    Form::from_pairs([
        ("name", d.name.clone()),
        ("leader_id", d.leader_id.map(|l| l.to_string()).unwrap_or_default()),
        ("position", d.position.to_string()),
        ("in_use", if d.disabled_at.is_none() { "1".to_string() } else { String::new() }),
    ])
}

async fn list(req: &Req, state: &FormState, status: StatusCode) -> Result<Response> {
    let (cx, org) = (&req.cx, req.actor()?.organization_id);
    let mut c = req.app.db.read().await?;
    let (all, people) = (departments::all(&mut c, org).await?, staff::all(&mut c, org).await?);
    let leaders = leader_choices(cx, &people);
    let content = if all.is_empty() { empty(cx) } else { table(cx, &all, &people) };
    let rest = view! {
        {content}
        <h2>{cx.t("organizations.department.new")}</h2>
        <form method="post" action=HERE>
            {field::token(cx)}
            <div class="form-grid">
                {field::line(cx, state, "name", "organizations.department.name", REQUIRED)}
                {field::select(cx, state, "leader_id", "organizations.leader", &leaders, false)}
            </div>
            <p class="button-row"><button class="button main" type="submit">{cx.t("organizations.department.add")}</button></p>
        </form>
    };
    Ok(answer(req, cx.t("organizations.departments").into_owned(), state, status, rest.into_any()).await)
}

fn empty(cx: &Cx) -> AnyView {
    view! {
        <div class="card empty">
            {icon::icon(icon::HOUSE)}
            <h2>{cx.t("organizations.department.empty")}</h2>
            <p>{cx.t("organizations.department.empty.text")}</p>
        </div>
    }
    .into_any()
}

fn table(cx: &Cx, all: &[Department], people: &[Staff]) -> AnyView {
    let rows = all.iter().map(|d| row(cx, d, people)).collect_view();
    view! {
        <table class="table">
            <thead><tr>
                <th>{cx.t("organizations.department.name")}</th>
                <th>{cx.t("organizations.leader")}</th>
                <th>{cx.t("organizations.heads")}</th>
                <th class="num">{cx.t("organizations.handlers")}</th>
                <th>{cx.t("organizations.state")}</th>
                <th><span class="visually-hidden">{cx.t("organizations.act")}</span></th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn row(cx: &Cx, d: &Department, people: &[Staff]) -> AnyView {
    let nobody = || cx.t("organizations.nobody").into_owned();
    let leader = people.iter().find(|s| Some(s.id) == d.leader_id).map_or_else(nobody, |s| s.display_name.clone());
    let working = |role: Role| {
        people.iter().filter(move |s| s.department_id == Some(d.id) && s.role == role && s.disabled_at.is_none())
    };
    let heads: Vec<String> = working(Role::DepartmentHead).map(|s| s.display_name.clone()).collect();
    let heads = if heads.is_empty() { nobody() } else { heads.join("、") };
    let handlers = working(Role::Handler).count();
    let (name, href) = (d.name.clone(), format!("{HERE}/{}", d.id));
    let label = cx.tf("organizations.edit_named", &[("name", &name)]);
    view! {
        <tr>
            <td class="title">{name}</td>
            <td data-label=cx.t("organizations.leader")>{leader}</td>
            <td data-label=cx.t("organizations.heads")>{heads}</td>
            <td class="num" data-label=cx.t("organizations.handlers")>{handlers}</td>
            <td data-label=cx.t("organizations.state")>{use_pill(cx, d.disabled_at.is_none())}</td>
            <td class="actions"><a class="button small quiet" href=href aria-label=label>{cx.t("organizations.edit")}</a></td>
        </tr>
    }
    .into_any()
}

async fn edit(req: &Req, state: &FormState, status: StatusCode) -> Result<Response> {
    let (cx, id) = (&req.cx, id(req)?);
    let people = staff::all(&mut req.app.db.read().await?, req.actor()?.organization_id).await?;
    let leaders = leader_choices(cx, &people);
    let rest = view! {
        <form method="post" action=format!("{HERE}/{id}")>
            {field::token(cx)}
            <div class="form-grid">
                {field::line(cx, state, "name", "organizations.department.name", REQUIRED)}
                {field::select(cx, state, "leader_id", "organizations.leader", &leaders, false)}
                {field::line(cx, state, "position", "organizations.position", POSITION)}
                {field::switch(cx, state, "in_use", "organizations.department.in_use")}
            </div>
            <p class="button-row">
                <button class="button main" type="submit">{cx.t("ui.save")}</button>
                <a class="button quiet" href=HERE>{cx.t("organizations.cancel")}</a>
            </p>
        </form>
    };
    Ok(answer(req, cx.t("organizations.department.edit").into_owned(), state, status, rest.into_any()).await)
}
