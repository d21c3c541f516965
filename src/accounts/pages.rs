//! Pages of signing in and of one's own account.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    accounts::{
        actions::{self, Begun, PasswordRefusal, Started},
        device, invitations, second, sessions,
    },
    audit,
    error::{Error, Result},
    http::{Cx, Req, Response, respond, router},
    i18n::Lang,
    kernel::roles::Role,
    ui::{
        self, FormState, Page, desk_page,
        field::{self, Line},
        page, time,
    },
};

const USERNAME: Line = Line { kind: "username", autocomplete: "username", max: 64, required: true, hint: "" };
const CURRENT: Line = Line { kind: "password", autocomplete: "current-password", max: 128, required: true, hint: "" };
const NEW: Line =
    Line { kind: "password", autocomplete: "new-password", max: 128, required: true, hint: "accounts.password.hint" };

/// Entries of the history of sign-ins that are shown.
const HISTORY: i64 = 20;

/// `GET /login`.
pub async fn login_page(req: Req) -> Result<Response> {
    let mut state = FormState::default();
    state.values.set("next", safe_next(req.query.text("next")));
    if req.query.has("over") {
        state.error("username", "second.code.over");
    }
    Ok(ui::respond(&req.app, &req.cx, sign_in_view(&req.cx, &state)).await)
}

fn sign_in_view(cx: &Cx, state: &FormState) -> Page {
    let next = state.values.text("next").to_string();
    let body = view! {
        <main class="page" id="main">
            {page::masthead(cx, "回", &cx.t("ui.product"), &cx.t("accounts.for_staff"))}
            <h1>{cx.t("accounts.sign_in")}</h1>
            {field::error_summary(cx, state)}
            <form method="post" action=cx.href("/login")>
                {field::hidden("next", next)}
                {field::line(cx, state, "username", "accounts.username", USERNAME)}
                {field::line(cx, state, "password", "accounts.password", CURRENT)}
                <p><button class="button main" type="submit">{cx.t("accounts.sign_in")}</button></p>
            </form>
            <p class="hint">{cx.t("accounts.forgotten")}</p>
        </main>
    };
    Page::public(cx.t("accounts.sign_in"), body)
}

/// `POST /login`: 303 to the first page of the role, or the page again with 401.
pub async fn login(req: Req) -> Result<Response> {
    let (username, password) = (req.form.text("username").to_string(), req.form.text("password").to_string());
    let mut state = FormState::of(req.form.clone());
    let status = match actions::sign_in(&req.app, &username, &password, req.client, &req.headers).await {
        Ok(Some(begun)) => {
            let next = safe_next(req.form.text("next"));
            let started = match begun {
                Begun::In(started) => started,
                Begun::Step(token) => return to_code(&token, &next),
            };
            let mut response = respond::see_other(destination(started.role, &next));
            sessions::set_cookie(&mut response, &started.token)?;
            device::remember(&req.app, &mut response, &username.trim().to_lowercase())?;
            return Ok(response);
        }
        Ok(None) => {
            state.error("username", "accounts.error.wrong");
            StatusCode::UNAUTHORIZED
        }
        Err(Error::TooMany(seconds)) => {
            state.error_with("username", "accounts.error.wait", &[("seconds", seconds.to_string())]);
            StatusCode::TOO_MANY_REQUESTS
        }
        Err(other) => return Err(other),
    };
    if req.wants_json() {
        return respond::json(status, &state.to_json(&req.cx));
    }
    Ok(ui::respond(&req.app, &req.cx, sign_in_view(&req.cx, &state).status(status)).await)
}

/// Where somebody goes after signing in: to the page that they came for, when it is one for them.
pub(super) fn destination(role: Role, next: &str) -> &str {
    if router::has_page_for(next, role) { next } else { role.home() }
}

/// The way to the page for the code, with where to go after it.
fn to_code(token: &str, next: &str) -> Result<Response> {
    let to = if next.is_empty() { "/login/code".to_string() } else { format!("/login/code?next={next}") };
    let mut response = respond::see_other(&to);
    second::sign_in::set_cookie(&mut response, token)?;
    Ok(response)
}

/// A path of ours to go to after signing in; empty for anything else (no way out to other sites).
pub(super) fn safe_next(next: &str) -> String {
    let ours = next.starts_with('/') && !next.starts_with("//") && !next.contains('\\') && !next.starts_with("/login");
    if ours && next.chars().all(|c| c.is_ascii_graphic()) { next.to_string() } else { String::new() }
}

/// `POST /logout`.
pub async fn logout(req: Req) -> Result<Response> {
    actions::sign_out(&req.app, &*req.actor()?).await?;
    let mut response = respond::see_other("/login");
    sessions::clear_cookie(&mut response);
    Ok(response)
}

/// `GET /account`.
pub async fn account_page(req: Req) -> Result<Response> {
    let done = req.query.has("changed");
    Ok(ui::respond(&req.app, &req.cx, account_view(&req, &FormState::default(), done).await?).await)
}

async fn account_view(req: &Req, state: &FormState, done: bool) -> Result<Page> {
    let (cx, actor) = (&req.cx, req.actor()?);
    let history = audit::own_account(&mut req.app.db.read().await?, &actor, HISTORY).await?;
    let languages: Vec<(String, String)> =
        vec![("zh-CN".to_string(), "中文".to_string()), ("en".to_string(), "English".to_string())];
    let mut language = FormState::default();
    language.values.set("lang", actor.lang.code());
    let (name, username) = (actor.display_name.clone(), actor.username.clone());
    let main = view! {
        <h1>{cx.t("desk.nav.account")}</h1>
        <p>{name}" · "{cx.word("role", actor.role.code())}" · "{username}</p>
        {done.then(|| view! { <p class="banner ok" role="status">{cx.t("accounts.saved")}</p> })}
        {field::error_summary(cx, state)}
        <section class="card">
            <h2>{cx.t("accounts.password.change")}</h2>
            <form method="post" action="/account/password">
                {field::token(cx)}
                {field::line(cx, state, "current", "accounts.password.current", CURRENT)}
                {field::line(cx, state, "new", "accounts.password.new", NEW)}
                <p><button class="button main" type="submit">{cx.t("accounts.password.change")}</button></p>
            </form>
        </section>
        <section class="card">
            <h2>{cx.t("second.title")}</h2>
            <p>{cx.t("second.account.text")}</p>
            <p><a class="button" href=second::PAGE>{cx.t("second.account.open")}</a></p>
        </section>
        <section class="card">
            <h2>{cx.t("accounts.language")}</h2>
            <form method="post" action="/account/language">
                {field::token(cx)}
                {field::chips(cx, &language, "lang", "accounts.language", &languages, true)}
                <p><button class="button" type="submit">{cx.t("ui.save")}</button></p>
            </form>
        </section>
        <section class="card">
            <h2>{cx.t("notify.account.title")}</h2>
            <p>{cx.t("notify.account.card")}</p>
            <p><a class="button" href="/account/notices">{cx.t("notify.account.title")}</a></p>
        </section>
        <section class="card">
            <h2>{cx.t("accounts.everywhere.title")}</h2>
            <p>{cx.t("accounts.everywhere.text")}</p>
            <form method="post" action="/account/sign-out-everywhere">
                {field::token(cx)}
                <button class="button" type="submit">{cx.t("accounts.everywhere.button")}</button>
            </form>
        </section>
        {sign_ins(cx, history)}
    };
    Ok(desk_page::admin_page(cx, cx.t("desk.nav.account"), main))
}

/// What happened to one's own account: when, with what kind of device.
fn sign_ins(cx: &Cx, history: Vec<audit::Listed>) -> AnyView {
    let none = history.is_empty().then(|| view! { <p>{cx.t("accounts.history.none")}</p> });
    let items = history
        .into_iter()
        .map(|row| {
            let what = cx.word("audit.action", &row.action);
            let device = (row.action == "account.signed_in" && !row.detail.is_empty())
                .then(|| format!(" · {}", cx.word("accounts.device", &row.detail)));
            view! {
                <li class="event">
                    <time datetime=time::machine(row.at)>{time::moment(cx, row.at)}</time><span>{what}{device}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card">
            <h2>{cx.t("accounts.history")}</h2>
            <p>{cx.t("accounts.history.text")}</p>
            {none}
            <ul class="events">{items}</ul>
        </section>
    }
    .into_any()
}

/// `POST /account/password`.
pub async fn change_password(req: Req) -> Result<Response> {
    let actor = req.actor()?;
    let mut state = FormState::default();
    let changed =
        actions::change_password(&req.app, &actor, req.form.text("current"), req.form.text("new"), req.client).await?;
    match changed {
        Ok(token) => {
            let mut response = respond::see_other("/account?changed=1");
            sessions::set_cookie(&mut response, &token)?;
            return Ok(response);
        }
        Err(PasswordRefusal::WrongCurrent) => state.error("current", "accounts.password.wrong_current"),
        Err(PasswordRefusal::Unacceptable) => state.error("new", "accounts.password.unacceptable"),
    }
    let page = account_view(&req, &state, false).await?.status(StatusCode::UNPROCESSABLE_ENTITY);
    Ok(ui::respond(&req.app, &req.cx, page).await)
}

/// `POST /account/language`.
pub async fn change_language(req: Req) -> Result<Response> {
    let lang = Lang::parse(req.form.text("lang")).ok_or(Error::Bad("error.bad_form"))?;
    actions::change_language(&req.app, &*req.actor()?, lang).await?;
    // Back to where it was asked for, unless that was the answer to a form, which has no page of its own.
    let next = safe_next(req.form.text("next"));
    let back = if router::has_page(&next) { next.as_str() } else { "/account?changed=1" };
    Ok(respond::see_other(back))
}

/// `POST /account/sign-out-everywhere`.
pub async fn sign_out_everywhere(req: Req) -> Result<Response> {
    actions::sign_out_everywhere(&req.app, &*req.actor()?).await?;
    let mut response = respond::see_other("/login");
    sessions::clear_cookie(&mut response);
    Ok(response)
}

/// `GET /invitation/{token}`.
pub async fn invitation_page(req: Req) -> Result<Response> {
    invitation_answer(&req, &FormState::default(), StatusCode::OK).await
}

async fn invitation_answer(req: &Req, state: &FormState, status: StatusCode) -> Result<Response> {
    let cx = &req.cx;
    let Some(invitee) = invitations::invitee(&req.app, req.param("token")).await? else {
        let sentence = cx.t("accounts.invitation.over");
        return Ok(page::error_page(&req.app, cx, StatusCode::NOT_FOUND, &sentence).await);
    };
    let action = cx.href(&req.cx.path);
    let (name, username) = (invitee.display_name, invitee.username);
    let body = view! {
        <main class="page" id="main">
            {page::masthead(cx, "回", &invitee.organization_name, &cx.t("ui.product"))}
            <h1>{cx.tf("accounts.invitation.title", &[("name", &name)])}</h1>
            <p class="lead">{cx.tf("accounts.invitation.text", &[("username", &username)])}</p>
            {field::error_summary(cx, state)}
            <form method="post" action=action>
                <input type="hidden" name="username" value=username.clone() autocomplete="username"/>
                {field::line(cx, state, "new", "accounts.password.new", NEW)}
                <p><button class="button main" type="submit">{cx.t("accounts.invitation.button")}</button></p>
            </form>
        </main>
    };
    Ok(ui::respond(&req.app, cx, Page::public(cx.t("accounts.invitation.button"), body).status(status)).await)
}

/// `POST /invitation/{token}`.
pub async fn accept_invitation(req: Req) -> Result<Response> {
    match invitations::accept(&req.app, req.param("token"), req.form.text("new")).await {
        Ok(Begun::In(Started { token, role })) => {
            let mut response = respond::see_other(role.home());
            sessions::set_cookie(&mut response, &token)?;
            Ok(response)
        }
        Ok(Begun::Step(token)) => to_code(&token, ""),
        Err(Error::Bad(key)) => {
            let mut state = FormState::default();
            state.error("new", key);
            invitation_answer(&req, &state, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(other) => Err(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_signing_in_only_our_own_paths_are_followed() {
        assert_eq!(safe_next("/desk/cases/HY-7K3M-92"), "/desk/cases/HY-7K3M-92");
        for bad in ["//evil.example", "https://evil.example", "/\\evil", "desk", "/login?next=/login"] {
            assert_eq!(safe_next(bad), "", "{bad}");
        }
    }
}
