//! `/account/second-factor`: one's own second step.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    accounts::second::setup::{self, Own, Standing},
    error::{Error, Result},
    http::{Cx, Req, Response, respond},
    kernel::totp,
    ui::{
        self, FormState, Page, back, desk_page,
        field::{self, Line},
        qr,
    },
};

/// The address of the page.
pub const PAGE: &str = "/account/second-factor";

const PASSWORD: Line = Line { kind: "password", autocomplete: "current-password", max: 128, required: true, hint: "" };
const CODE: Line =
    Line { kind: "", autocomplete: "one-time-code", max: 20, required: true, hint: "second.confirm.hint" };

/// `GET /account/second-factor`.
pub async fn page(req: Req) -> Result<Response> {
    show(&req, &FormState::default(), StatusCode::OK).await
}

async fn show(req: &Req, state: &FormState, status: StatusCode) -> Result<Response> {
    let (cx, actor) = (&req.cx, req.actor()?);
    let own = setup::own(&req.app, &actor).await?;
    let content = match &own.standing {
        Standing::Off => off_view(cx, state),
        Standing::Begun(secret) => begun_view(cx, state, &actor.organization_name, &actor.username, secret)?,
        Standing::On => on_view(cx, state, &own),
    };
    let due = own.required && own.standing != Standing::On;
    let main = view! {
        {back::link("/account", cx.t("desk.nav.account"))}
        <h1>{cx.t("second.title")}</h1>
        {due.then(|| view! { <p class="banner warn">{cx.t("second.due")}</p> })}
        {req.query.has("off").then(|| view! { <p class="banner ok" role="status">{cx.t("second.is_off")}</p> })}
        {field::error_summary(cx, state)}
        {content}
    };
    let page = desk_page::admin_page(cx, cx.t("second.title"), main).status(status);
    Ok(ui::respond(&req.app, cx, page).await)
}

fn off_view(cx: &Cx, state: &FormState) -> AnyView {
    view! {
        <section class="card">
            <p>{cx.t("second.explain")}</p>
            <form method="post" action="/account/second-factor/begin">
                {field::token(cx)}
                {field::line(cx, state, "password", "accounts.password.current", PASSWORD)}
                <p><button class="button main" type="submit">{cx.t("second.begin")}</button></p>
            </form>
        </section>
    }
    .into_any()
}

fn begun_view(cx: &Cx, state: &FormState, issuer: &str, username: &str, secret: &[u8]) -> Result<AnyView> {
    let picture = qr::svg(&totp::address(issuer, username, secret), cx.t("second.qr"))?;
    let letters = totp::base32(secret);
    let groups: Vec<String> = letters.as_bytes().chunks(4).map(|g| String::from_utf8_lossy(g).into_owned()).collect();
    Ok(view! {
        <section class="card">
            <ol>
                <li>{cx.t("second.step.app")}</li>
                <li>{cx.t("second.step.scan")}
                    <div class="second-qr">{picture}</div>
                    <details class="fold"><summary>{cx.t("second.by_hand")}</summary>
                        <p class="second-letters">{groups.join(" ")}</p>
                    </details>
                </li>
                <li>{cx.t("second.step.code")}</li>
            </ol>
            <form method="post" action="/account/second-factor/confirm">
                {field::token(cx)}
                {field::line(cx, state, "code", "second.code", CODE)}
                <p><button class="button main" type="submit">{cx.t("second.confirm")}</button></p>
            </form>
        </section>
    }
    .into_any())
}

fn on_view(cx: &Cx, state: &FormState, own: &Own) -> AnyView {
    let left = cx.tf("second.codes.left", &[("count", &own.recovery_left.to_string())]);
    let few = own.recovery_left <= 3;
    let off = if own.required {
        view! { <p class="hint">{cx.t("second.error.required")}</p> }.into_any()
    } else {
        view! {
            <form method="post" action="/account/second-factor/off">
                {field::token(cx)}
                {field::line(cx, state, "off_password", "accounts.password.current", PASSWORD)}
                <p><button class="button danger" type="submit">{cx.t("second.off")}</button></p>
            </form>
        }
        .into_any()
    };
    view! {
        <p class="banner ok">{cx.t("second.is_on")}</p>
        <section class="card">
            <h2>{cx.t("second.codes.title")}</h2>
            <p><span class=if few { "pill warn" } else { "pill" }>{left}</span></p>
            <p>{cx.t("second.codes.text")}</p>
            <form method="post" action="/account/second-factor/codes">
                {field::token(cx)}
                {field::line(cx, state, "password", "accounts.password.current", PASSWORD)}
                <p><button class="button" type="submit">{cx.t("second.codes.new")}</button></p>
            </form>
        </section>
        <section class="card">
            <h2>{cx.t("second.off")}</h2>
            <p>{cx.t("second.off.text")}</p>
            {off}
        </section>
    }
    .into_any()
}

/// The page after a password was typed: what it did, or why it was refused.
async fn refused(req: &Req, field: &str, outcome: Result<()>) -> Result<Response> {
    let mut state = FormState::of(req.form.clone());
    let status = match outcome {
        Ok(()) => {
            state.error(field, "accounts.password.wrong_current");
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Err(Error::TooMany(seconds)) => {
            state.error_with(field, "accounts.error.wait", &[("seconds", seconds.to_string())]);
            StatusCode::TOO_MANY_REQUESTS
        }
        Err(Error::Bad(key)) => {
            state.error(field, key);
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Err(Error::Conflict) => {
            state.error("", "error.conflict");
            StatusCode::CONFLICT
        }
        Err(other) => return Err(other),
    };
    show(req, &state, status).await
}

/// `POST /account/second-factor/begin`.
pub async fn begin(req: Req) -> Result<Response> {
    match setup::begin(&req.app, &*req.actor()?, req.form.text("password"), req.client).await {
        Ok(true) => Ok(respond::see_other(PAGE)),
        Ok(false) => refused(&req, "password", Ok(())).await,
        Err(error) => refused(&req, "password", Err(error)).await,
    }
}

/// `POST /account/second-factor/confirm`: the answer shows the recovery codes, once.
pub async fn confirm(req: Req) -> Result<Response> {
    match setup::confirm(&req.app, &*req.actor()?, req.form.text("code")).await {
        Ok(Some(codes)) => Ok(ui::respond(&req.app, &req.cx, codes_view(&req.cx, codes)).await),
        Ok(None) => refused(&req, "code", Err(Error::Bad("second.error.code"))).await,
        Err(error) => refused(&req, "code", Err(error)).await,
    }
}

/// `POST /account/second-factor/codes`: ten new ones, shown once.
pub async fn codes(req: Req) -> Result<Response> {
    match setup::renew_codes(&req.app, &*req.actor()?, req.form.text("password"), req.client).await {
        Ok(Some(codes)) => Ok(ui::respond(&req.app, &req.cx, codes_view(&req.cx, codes)).await),
        Ok(None) => refused(&req, "password", Ok(())).await,
        Err(error) => refused(&req, "password", Err(error)).await,
    }
}

/// `POST /account/second-factor/off`.
pub async fn off(req: Req) -> Result<Response> {
    match setup::turn_off(&req.app, &*req.actor()?, req.form.text("off_password"), req.client).await {
        Ok(true) => Ok(respond::see_other("/account/second-factor?off=1")),
        Ok(false) => refused(&req, "off_password", Ok(())).await,
        Err(error) => refused(&req, "off_password", Err(error)).await,
    }
}

fn codes_view(cx: &Cx, codes: Vec<String>) -> Page {
    let items = codes.into_iter().map(|code| view! { <li>{code}</li> }).collect_view();
    let who = cx.actor.as_ref().map(|a| format!("{} · {}", a.organization_name, a.username));
    let main = view! {
        <h1>{cx.t("second.codes.title")}</h1>
        <p class="banner ok" role="status">{cx.t("second.is_on")}</p>
        <p>{cx.t("second.codes.once")}</p>
        <p class="soft">{who}</p>
        <ol class="recovery-codes">{items}</ol>
        <p class="hint">{cx.t("second.codes.print")}</p>
        <p class="no-print"><a class="button main" href="/account">{cx.t("second.codes.kept")}</a></p>
    };
    desk_page::admin_page(cx, cx.t("second.codes.title"), main)
}
