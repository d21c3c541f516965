//! `/desk/templates`: the list, a new one, and one to change.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    accounts::model::Actor,
    error::{Error, Result},
    http::{Cx, Form, Req, Response, respond},
    kernel::{ids::TemplateId, roles::Role},
    organizations::{
        self,
        model::{Department, Topic},
    },
    templates::{
        actions::{self, is_own},
        form::{self, LONGEST, LONGEST_TITLE},
        model::{STATES, Template, Variable},
    },
    ui::{
        self, FormState, desk_page,
        field::{self, Line},
        time,
    },
};

const HERE: &str = "/desk/templates";

/// `GET /desk/templates`.
pub async fn list(req: Req) -> Result<Response> {
    let (cx, actor) = (&req.cx, req.actor()?);
    let mut c = req.app.db.read().await?;
    let all = actions::readable(&mut c, &actor).await?;
    let topics = organizations::actions::all_topics(&mut c, actor.organization_id).await?;
    let departments = organizations::actions::departments(&mut c, actor.organization_id).await?;
    drop(c);
    let keeps = matches!(actor.role, Role::Office | Role::DepartmentHead);
    let main = view! {
        <header class="page-head"><h1>{cx.t("templates.title")}</h1>
            {keeps.then(|| view! { <a class="button main" href="/desk/templates/new">{cx.t("templates.new")}</a> })}</header>
        <p class="soft">{cx.t("templates.explain")}</p>
        {if all.is_empty() {
            view! { <p class="empty">{cx.t("templates.none")}</p> }.into_any()
        } else {
            table(cx, &actor, &all, &topics, &departments)
        }}
    };
    Ok(ui::respond(&req.app, cx, desk_page::admin_page(cx, cx.t("templates.title"), main)).await)
}

fn table(cx: &Cx, actor: &Actor, all: &[Template], topics: &[Topic], departments: &[Department]) -> AnyView {
    let rows = all
        .iter()
        .map(|t| {
            let title = match is_own(actor, t) {
                true => {
                    let (href, title) = (format!("{HERE}/{}", t.id), t.title.clone());
                    view! { <a href=href>{title}</a> }.into_any()
                }
                false => t.title.clone().into_any(),
            };
            let whose = departments.iter().find(|d| Some(d.id) == t.department_id).map(|d| d.name.clone());
            let whose = whose.unwrap_or_else(|| cx.t("templates.of_all").into_owned());
            let topic = topics.iter().find(|o| Some(o.id) == t.topic_id).map(|o| o.label(cx.lang).to_string());
            let topic = topic.unwrap_or_else(|| cx.t("desk_list.any").into_owned());
            let state = t.state.map_or_else(|| cx.t("desk_list.any"), |s| cx.word("cases.state", s.code()));
            let out =
                t.disabled_at.map(|_| view! { " "<span class="pill soft">{cx.t("organizations.out_of_use")}</span> });
            let body = t.body.clone();
            view! {
                <tr>
                    <td class="title">{title}{out}</td>
                    <td class="template-body">{body}</td>
                    <td data-label=cx.t("templates.whose")>{whose}</td>
                    <td data-label=cx.t("templates.topic")>{topic}</td>
                    <td data-label=cx.t("templates.state")>{state}</td>
                    <td data-label=cx.t("templates.changed")>{time::day(cx, t.changed_at)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="table">
            <thead><tr>
                <th>{cx.t("templates.name")}</th>
                <th>{cx.t("templates.body")}</th>
                <th>{cx.t("templates.whose")}</th>
                <th>{cx.t("templates.topic")}</th>
                <th>{cx.t("templates.state")}</th>
                <th>{cx.t("templates.changed")}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

/// `GET /desk/templates/new`.
pub async fn new(req: Req) -> Result<Response> {
    page(&req, &FormState::default(), None, StatusCode::OK).await
}

/// `POST /desk/templates/new`.
pub async fn create(req: Req) -> Result<Response> {
    let refused = match form::template(&req.form) {
        Ok(input) => field::again(&req.form, Form::default(), actions::create(&req.app, &*req.actor()?, input).await)?,
        Err(state) => Some((state, StatusCode::UNPROCESSABLE_ENTITY)),
    };
    match refused {
        Some((state, status)) => page(&req, &state, None, status).await,
        None => Ok(respond::see_other(HERE)),
    }
}

/// The template of the address, as it is now.
async fn present(req: &Req) -> Result<Template> {
    let id = TemplateId::parse(req.param("id")).ok_or(Error::NotFound)?;
    actions::own(&mut req.app.db.read().await?, &*req.actor()?, id).await
}

/// `GET /desk/templates/{id}`.
pub async fn edit(req: Req) -> Result<Response> {
    let template = present(&req).await?;
    let state = FormState::of(values(&template));
    page(&req, &state, Some(&template), StatusCode::OK).await
}

/// `POST /desk/templates/{id}`.
pub async fn save(req: Req) -> Result<Response> {
    let template = present(&req).await?;
    let seen = req.form.text("version").parse().unwrap_or(0);
    let refused = match form::template(&req.form) {
        Ok(input) => {
            let saved = actions::change(&req.app, &*req.actor()?, template.id, seen, input).await;
            field::again(&req.form, values(&template), saved)?
        }
        Err(state) => Some((state, StatusCode::UNPROCESSABLE_ENTITY)),
    };
    match refused {
        Some((state, status)) => page(&req, &state, Some(&template), status).await,
        None => Ok(respond::see_other(HERE)),
    }
}

fn values(t: &Template) -> Form {
    Form::from_pairs([
        ("title", t.title.clone()),
        ("body", t.body.clone()),
        ("topic", t.topic_id.map(|id| id.to_string()).unwrap_or_default()),
        ("state", t.state.map(|s| s.code().to_string()).unwrap_or_default()),
        ("in_use", if t.disabled_at.is_none() { "1".to_string() } else { String::new() }),
    ])
}

async fn page(req: &Req, state: &FormState, template: Option<&Template>, status: StatusCode) -> Result<Response> {
    let (cx, org) = (&req.cx, req.actor()?.organization_id);
    let topics = organizations::actions::topics(&mut req.app.db.read().await?, org).await?;
    let any = (String::new(), cx.t("desk_list.any").into_owned());
    let topics = topics.iter().map(|t| (t.id.to_string(), t.label(cx.lang).to_string()));
    let topics: Vec<_> = std::iter::once(any.clone()).chain(topics).collect();
    let states = STATES.iter().map(|s| (s.code().to_string(), cx.word("cases.state", s.code()).into_owned()));
    let states: Vec<_> = std::iter::once(any).chain(states).collect();
    let to = template.map_or_else(|| format!("{HERE}/new"), |t| format!("{HERE}/{}", t.id));
    let heading = if template.is_some() { "templates.edit" } else { "templates.new" };
    let title = Line { kind: "", autocomplete: "off", max: LONGEST_TITLE, required: true, hint: "" };
    let body = Line { kind: "", autocomplete: "", max: LONGEST, required: true, hint: "templates.body_hint" };
    let typed = (status == StatusCode::CONFLICT).then(|| field::unsent(cx, &req.form));
    let main = view! {
        <header class="page-head"><h1>{cx.t(heading)}</h1></header>
        {field::error_summary(cx, state)}
        {typed}
        <form method="post" action=to>
            {field::token(cx)}
            {template.map(|t| field::hidden("version", t.version.to_string()))}
            {field::line(cx, state, "title", "templates.name", title)}
            {field::text_area(cx, state, "body", "templates.body", body)}
            {variables(cx)}
            <div class="form-grid">
                {field::select(cx, state, "topic", "templates.topic", &topics, false)}
                {field::select(cx, state, "state", "templates.state", &states, false)}
            </div>
            {template.map(|_| field::switch(cx, state, "in_use", "templates.in_use"))}
            <p class="button-row">
                <button class="button main" type="submit">{cx.t("ui.save")}</button>
                <a class="button quiet" href=HERE>{cx.t("ui.cancel")}</a>
            </p>
        </form>
    };
    let page = desk_page::admin_page(cx, cx.t(heading), main).status(status);
    Ok(ui::respond(&req.app, cx, page).await)
}

/// What can be filled in.
pub fn variables(cx: &Cx) -> AnyView {
    let items = Variable::ALL
        .iter()
        .map(|v| {
            let name = if cx.lang == crate::i18n::Lang::En { v.code() } else { v.chinese() };
            view! { <li><code>"{"{name}"}"</code>" "{cx.word("templates.variable", v.code())}</li> }
        })
        .collect_view();
    view! { <details class="fold"><summary>{cx.t("templates.variables")}</summary><ul class="plain-list">{items}</ul></details> }
        .into_any()
}
