//! `/account/notices`: how one wants to hear of news by e-mail.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    error::{Error, Result},
    http::{Cx, Form, Req, Response, respond},
    notify::{
        form,
        model::Pace,
        pages::{kinds, outcome},
        settings::{self, Settings},
    },
    ui::{
        self, FormState, Page, back, desk_page,
        field::{self, Line},
    },
};

const EMAIL: Line =
    Line { kind: "email", autocomplete: "email", max: 254, required: false, hint: "notify.account.email.hint" };

fn filled(chosen: &Settings) -> FormState {
    let fixed = [
        ("email".to_string(), chosen.email.clone().unwrap_or_default()),
        ("pace".to_string(), chosen.pace.code().to_string()),
    ];
    FormState::of(Form::from_pairs(fixed.into_iter().chain(form::ticks(&chosen.muted))))
}

/// `GET /account/notices`.
pub async fn page(req: Req) -> Result<Response> {
    let chosen = settings::of(&req.app, &mut req.app.db.read().await?, &*req.actor()?).await?;
    let said = match (req.query.has("saved"), req.query.optional("tried")) {
        (true, _) => Some(("ok", req.cx.t("accounts.saved").into_owned())),
        (_, Some("sent")) => Some(("ok", req.cx.t("notify.account.tried").into_owned())),
        (_, Some(word)) => Some(("late", outcome(&req.cx, word))),
        _ => None,
    };
    let has_email = chosen.email.is_some();
    Ok(ui::respond(&req.app, &req.cx, view(&req, &filled(&chosen), said, has_email)).await)
}

/// `POST /account/notices`.
pub async fn save(req: Req) -> Result<Response> {
    match form::settings(req.form.clone()) {
        Ok(chosen) => {
            settings::save(&req.app, &*req.actor()?, &chosen).await?;
            Ok(respond::see_other("/account/notices?saved=1"))
        }
        Err(state) => {
            let page = view(&req, &state, None, false).status(StatusCode::UNPROCESSABLE_ENTITY);
            Ok(ui::respond(&req.app, &req.cx, page).await)
        }
    }
}

/// `POST /account/notices/test`.
pub async fn test(req: Req) -> Result<Response> {
    match settings::test(&req.app, &*req.actor()?).await {
        Ok(sent) => {
            let word = sent.map_or_else(crate::notify::model::Trouble::code, |()| "sent");
            Ok(respond::see_other(&format!("/account/notices?tried={word}")))
        }
        Err(Error::Bad(key)) => {
            let mut state = FormState::default();
            state.values.set("pace", Pace::Soon.code());
            state.error("email", key);
            let page = view(&req, &state, None, false).status(StatusCode::UNPROCESSABLE_ENTITY);
            Ok(ui::respond(&req.app, &req.cx, page).await)
        }
        Err(other) => Err(other),
    }
}

fn view(req: &Req, state: &FormState, said: Option<(&'static str, String)>, has_email: bool) -> Page {
    let cx = &req.cx;
    let mail = req.app.config.mail.is_set();
    let paces: Vec<(String, String)> =
        Pace::ALL.iter().map(|p| (p.code().to_string(), cx.word("notify.pace", p.code()).into_owned())).collect();
    let said = said.map(|(class, text)| {
        let class = format!("banner {class}");
        view! { <p class=class role="status">{text}</p> }
    });
    let main = view! {
        {back::link("/account", cx.t("notify.account.back"))}
        <h1>{cx.t("notify.account.title")}</h1>
        <p>{cx.t("notify.account.lead")}</p>
        {(!mail).then(|| view! { <p class="banner warn">{cx.t("notify.account.no_mail")}</p> })}
        {said}
        {field::error_summary(cx, state)}
        <form class="card" method="post" action="/account/notices">
            {field::token(cx)}
            {field::line(cx, state, "email", "notify.account.email", EMAIL)}
            {field::chips(cx, state, "pace", "notify.account.pace", &paces, true)}
            {kinds(cx, state)}
            <p><button class="button main" type="submit">{cx.t("ui.save")}</button></p>
        </form>
        {(mail && has_email).then(|| try_it(cx))}
    };
    desk_page::admin_page(cx, cx.t("notify.account.title"), main)
}

fn try_it(cx: &Cx) -> AnyView {
    view! {
        <form class="card" method="post" action="/account/notices/test">
            {field::token(cx)}
            <p>{cx.t("notify.account.try.text")}</p>
            <p><button class="button" type="submit">{cx.t("notify.try")}</button></p>
        </form>
    }
    .into_any()
}
