//! `/admin/staff/new`, and the page that shows an invitation's link, once.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    accounts::invitations,
    error::Result,
    http::{Cx, Req, Response},
    i18n::Lang,
    kernel::roles::Role,
    organizations::{
        departments, form,
        model::Department,
        pages::{REQUIRED, answer, department_choices},
        staff::{self, Invited},
    },
    ui::{
        FormState,
        field::{self, Line},
    },
};

const USERNAME: Line = Line { kind: "username", hint: "organizations.username.hint", ..REQUIRED };

/// `GET /admin/staff/new`.
pub async fn page(req: Req) -> Result<Response> {
    let mut state = FormState::default();
    state.values.set("lang", Lang::ZhCn.code());
    state.values.set("role", Role::Handler.code());
    show(&req, &state, StatusCode::OK).await
}

/// `POST /admin/staff`: adds a person; the answer is the page with their link.
pub async fn create(req: Req) -> Result<Response> {
    let refused = match form::new_person(req.form.clone()) {
        Ok(input) => match staff::create(&req.app, &*req.actor()?, input).await? {
            Ok(invited) => return Ok(link(&req, invited, StatusCode::CREATED).await),
            Err(error) => FormState { values: req.form.clone(), errors: vec![error] },
        },
        Err(state) => state,
    };
    show(&req, &refused, StatusCode::UNPROCESSABLE_ENTITY).await
}

async fn show(req: &Req, state: &FormState, status: StatusCode) -> Result<Response> {
    let cx = &req.cx;
    let departments = departments::all(&mut req.app.db.read().await?, req.actor()?.organization_id).await?;
    let languages = [("zh-CN".to_string(), "中文".to_string()), ("en".to_string(), "English".to_string())];
    let rest = view! {
        <p class="soft">{cx.t("organizations.staff.new.explain")}</p>
        <form method="post" action="/admin/staff">
            {field::token(cx)}
            <div class="form-grid">
                {field::line(cx, state, "display_name", "organizations.display_name", REQUIRED)}
                {field::line(cx, state, "username", "organizations.username", USERNAME)}
                {person_fields(cx, state, &departments)}
                {field::chips(cx, state, "lang", "organizations.lang", &languages, true)}
            </div>
            <p class="button-row">
                <button class="button main" type="submit">{cx.t("organizations.staff.add")}</button>
                <a class="button quiet" href="/admin/staff">{cx.t("organizations.cancel")}</a>
            </p>
        </form>
    };
    Ok(answer(req, cx.t("organizations.staff.new").into_owned(), state, status, rest.into_any()).await)
}

/// Role and department.
pub fn person_fields(cx: &Cx, state: &FormState, departments: &[Department]) -> AnyView {
    let roles: Vec<(String, String)> =
        Role::ALL.iter().map(|r| (r.code().to_string(), cx.word("role", r.code()).into_owned())).collect();
    let departments = department_choices(cx, departments, state.values.text("department_id"));
    view! {
        {field::select(cx, state, "role", "organizations.role", &roles, true)}
        {field::select(cx, state, "department_id", "organizations.staff.department", &departments, false)}
    }
    .into_any()
}

/// The page with a person's link. It is an answer to a POST, so the link stands in no history and no log.
pub async fn link(req: &Req, invited: Invited, status: StatusCode) -> Response {
    let cx = &req.cx;
    let person = invited.person;
    let title = cx.tf("organizations.link.title", &[("name", &person.display_name)]);
    let username = cx.tf("organizations.link.username", &[("username", &person.username)]);
    let days = cx.tf("organizations.link.once", &[("days", &invitations::VALID.num_days().to_string())]);
    let rest = view! {
        <section class="card">
            <p>{username}</p>
            <div class="field">
                <label class="label" for="f-link">{cx.t("organizations.link")}</label>
                <p class="hint" id="f-link-hint">{days}</p>
                <input id="f-link" readonly value=invited.link aria-describedby="f-link-hint"/>
            </div>
        </section>
        <p class="button-row">
            <a class="button main" href="/admin/staff">{cx.t("organizations.link.done")}</a>
            <a class="button quiet" href="/admin/staff/new">{cx.t("organizations.staff.another")}</a>
        </p>
    };
    answer(req, title, &FormState::default(), status, rest.into_any()).await
}
