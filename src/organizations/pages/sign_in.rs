//! `/admin/sign-in`: of which roles the second step of signing in is required; and its reset, on the page of a person.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    accounts::second,
    error::Result,
    http::{Cx, Req, Response, respond},
    kernel::roles::Role,
    organizations::{model::Staff, pages::answer, settings, staff},
    ui::{FormState, field},
};

/// `GET /admin/sign-in`.
pub async fn page(req: Req) -> Result<Response> {
    let (cx, org) = (&req.cx, req.actor()?.organization_id);
    let mut c = req.app.db.read().await?;
    let required = settings::second_factor_roles(&mut c, org).await?;
    let people = staff::all(&mut c, org).await?;
    let done = second::set_up(&mut c, org).await?;
    drop(c);
    let active: Vec<&Staff> = people.iter().filter(|s| s.disabled_at.is_none() && s.has_password).collect();
    let rows = Role::ALL
        .iter()
        .map(|role| {
            let of_role: Vec<&&Staff> = active.iter().filter(|s| s.role == *role).collect();
            let ready = of_role.iter().filter(|s| done.contains(&s.id)).count();
            let count = [("done", ready.to_string()), ("all", of_role.len().to_string())];
            let count = cx.tf("second.admin.count", &[("done", &count[0].1), ("all", &count[1].1)]);
            let checked = required.contains(role);
            view! {
                <label class="switch">
                    <input type="checkbox" name="roles" value=role.code() checked=checked/>
                    <span>{cx.word("role", role.code())}<small class="soft">" · "{count}</small></span>
                </label>
            }
        })
        .collect_view();
    let rest = view! {
        <form method="post" action="/admin/sign-in">
            {field::token(cx)}
            <section class="card">
                <p>{cx.t("second.admin.text")}</p>
                <fieldset class="field">
                    <legend class="label">{cx.t("second.admin.roles")}</legend>
                    {rows}
                </fieldset>
            </section>
            <p class="button-row"><button class="button main" type="submit">{cx.t("ui.save")}</button></p>
        </form>
    };
    let title = cx.t("second.admin.title").into_owned();
    Ok(answer(&req, title, &FormState::default(), StatusCode::OK, rest.into_any()).await)
}

/// `POST /admin/sign-in`.
pub async fn save(req: Req) -> Result<Response> {
    let roles: Vec<Role> = Role::ALL.iter().filter(|r| req.form.all("roles").any(|w| w == r.code())).copied().collect();
    settings::require_second_factor(&req.app, &*req.actor()?, &roles).await?;
    Ok(respond::see_other("/admin/sign-in?saved=1"))
}

/// The reset, for somebody who has set it up.
pub fn reset_section(cx: &Cx, person: &Staff, here: &str) -> AnyView {
    let question = cx.tf("second.reset.question", &[("name", &person.display_name)]);
    view! {
        <section class="card" id="f-second">
            <h2>{cx.t("second.reset")}</h2>
            <p>{cx.t("second.reset.text")}</p>
            <details class="dialog">
                <summary class="button danger">{cx.t("second.reset")}</summary>
                <form class="dialog-body" method="post" action=format!("{here}/second-factor")>
                    {field::token(cx)}
                    <h2>{question}</h2>
                    <p>{cx.t("second.reset.text")}</p>
                    <p class="dialog-foot">
                        <a class="button quiet" href=here.to_string()>{cx.t("organizations.cancel")}</a>
                        <button class="button danger" type="submit">{cx.t("second.reset")}</button>
                    </p>
                </form>
            </details>
        </section>
    }
    .into_any()
}
