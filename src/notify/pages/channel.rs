//! One robot or webhook: make, change, try.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    error::{Error, Result},
    http::{Cx, Form, Req, Response, respond},
    kernel::ids::NoticeChannelId,
    notify::{
        channels, form,
        model::{Channel, ChannelKind, Muted},
        pages::{kinds, moment, outcome_pill},
    },
    ui::{
        self, FormState, Page, back, desk_page,
        field::{self, Line},
    },
};

const NAME: Line =
    Line { kind: "", autocomplete: "off", max: form::NAME_CHARS, required: true, hint: "notify.channel.name.hint" };
const ADDRESS: Line =
    Line { kind: "url", autocomplete: "off", max: 1_000, required: true, hint: "notify.channel.address.hint" };
const NEW_ADDRESS: Line =
    Line { kind: "url", autocomplete: "off", max: 1_000, required: false, hint: "notify.channel.stays" };
const SECRET: Line = Line {
    kind: "password",
    autocomplete: "new-password",
    max: form::SECRET_CHARS.1,
    required: false,
    hint: "notify.channel.secret.hint",
};
const NEW_SECRET: Line = Line {
    kind: "password",
    autocomplete: "new-password",
    max: form::SECRET_CHARS.1,
    required: false,
    hint: "notify.channel.stays",
};

/// `GET /admin/notices/channels/new`.
pub async fn new_page(req: Req) -> Result<Response> {
    let fixed = [("kind".to_string(), ChannelKind::Wecom.code().to_string())];
    let state = FormState::of(Form::from_pairs(fixed.into_iter().chain(form::ticks(&Muted::default()))));
    Ok(ui::respond(&req.app, &req.cx, new_view(&req.cx, &state)).await)
}

/// `POST /admin/notices/channels/new`.
pub async fn add(req: Req) -> Result<Response> {
    match form::channel(req.form.clone(), None, req.app.config.outgoing_loopback) {
        Ok(new) => {
            let id = channels::add(&req.app, &*req.actor()?, &new).await?;
            Ok(respond::see_other(&format!("/admin/notices/channels/{id}?saved=1")))
        }
        Err(state) => {
            let page = new_view(&req.cx, &state).status(StatusCode::UNPROCESSABLE_ENTITY);
            Ok(ui::respond(&req.app, &req.cx, page).await)
        }
    }
}

fn new_view(cx: &Cx, state: &FormState) -> Page {
    let options: Vec<(String, String)> = ChannelKind::ALL
        .iter()
        .map(|k| (k.code().to_string(), cx.word("notify.channel", k.code()).into_owned()))
        .collect();
    let main = view! {
        {back::link("/admin/notices", cx.t("notify.admin.title"))}
        <h1>{cx.t("notify.channel.new")}</h1>
        <p>{cx.t("notify.channel.lead")}</p>
        {field::error_summary(cx, state)}
        <form class="card" method="post" action="/admin/notices/channels/new">
            {field::token(cx)}
            {field::chips(cx, state, "kind", "notify.channel.kind", &options, true)}
            {field::line(cx, state, "name", "notify.channel.name", NAME)}
            {field::line(cx, state, "address", "notify.channel.address", ADDRESS)}
            {field::line(cx, state, "secret", "notify.channel.secret", SECRET)}
            {kinds(cx, state)}
            <p class="button-row">
                <button class="button main" type="submit">{cx.t("ui.save")}</button>
                <a class="button quiet" href="/admin/notices">{cx.t("organizations.cancel")}</a>
            </p>
        </form>
    };
    desk_page::admin_page(cx, cx.t("notify.channel.new"), main)
}

async fn asked_for(req: &Req) -> Result<Channel> {
    let id = NoticeChannelId::parse(req.param("id")).ok_or(Error::NotFound)?;
    channels::by_id(&mut req.app.db.read().await?, &*req.actor()?, id).await
}

/// `GET /admin/notices/channels/{id}`.
pub async fn edit_page(req: Req) -> Result<Response> {
    let channel = asked_for(&req).await?;
    let mut fixed =
        vec![("name".to_string(), channel.name.clone()), ("version".to_string(), channel.version.to_string())];
    if channel.disabled_at.is_none() {
        fixed.push(("in_use".to_string(), "1".to_string()));
    }
    let muted = Muted::parse(&channel.muted);
    let ticks = form::ticks(&muted);
    let state = FormState::of(Form::from_pairs(fixed.into_iter().chain(ticks)));
    Ok(ui::respond(&req.app, &req.cx, edit_view(&req, &channel, &state)).await)
}

/// `POST /admin/notices/channels/{id}`.
pub async fn save(req: Req) -> Result<Response> {
    let channel = asked_for(&req).await?;
    let (state, status) = match form::channel(req.form.clone(), Some(channel.kind), req.app.config.outgoing_loopback) {
        Ok(new) => {
            let version = req.form.text("version").parse().unwrap_or(0);
            match channels::change(&req.app, &*req.actor()?, channel.id, &new, version).await {
                Ok(()) => {
                    return Ok(respond::see_other(&format!("/admin/notices/channels/{}?saved=1", channel.id)));
                }
                Err(Error::Conflict) => {
                    let mut state = FormState::of(req.form.clone());
                    // Who saves again has seen this.
                    state.values.set("version", channel.version.to_string());
                    state.error("", "error.conflict");
                    (state, StatusCode::CONFLICT)
                }
                Err(other) => return Err(other),
            }
        }
        Err(state) => (state, StatusCode::UNPROCESSABLE_ENTITY),
    };
    Ok(ui::respond(&req.app, &req.cx, edit_view(&req, &channel, &state).status(status)).await)
}

/// `POST /admin/notices/channels/{id}/test`.
pub async fn test(req: Req) -> Result<Response> {
    let channel = asked_for(&req).await?;
    channels::test(&req.app, &*req.actor()?, channel.id).await?;
    Ok(respond::see_other(&format!("/admin/notices/channels/{}?tried=1", channel.id)))
}

fn edit_view(req: &Req, channel: &Channel, state: &FormState) -> Page {
    let cx = &req.cx;
    let here = format!("/admin/notices/channels/{}", channel.id);
    let about = format!("{} · {}", cx.word("notify.channel", channel.kind.code()), channel.host);
    let last = (!channel.outcome.is_empty()).then(|| {
        view! { <p role="status">{cx.t("notify.channel.last")}" "{moment(cx, channel.tried_at)}" "{outcome_pill(cx, &channel.outcome)}</p> }
    });
    let main = view! {
        {back::link("/admin/notices", cx.t("notify.admin.title"))}
        <h1>{channel.name.clone()}</h1>
        <p class="soft">{about}</p>
        {req.query.has("saved").then(|| view! { <p class="banner ok" role="status">{cx.t("accounts.saved")}</p> })}
        {field::error_summary(cx, state)}
        <section class="card">
            <h2>{cx.t("notify.try")}</h2>
            <p>{cx.t("notify.channel.try.text")}</p>
            {last}
            <form method="post" action=format!("{here}/test")>
                {field::token(cx)}
                <button class="button" type="submit">{cx.t("notify.try")}</button>
            </form>
        </section>
        <form class="card" method="post" action=here>
            {field::token(cx)}
            {field::hidden("version", state.values.text("version"))}
            {field::line(cx, state, "name", "notify.channel.name", NAME)}
            {field::line(cx, state, "address", "notify.channel.address", NEW_ADDRESS)}
            {channel.kind.has_secret().then(|| field::line(cx, state, "secret", "notify.channel.secret", NEW_SECRET))}
            {field::switch(cx, state, "in_use", "notify.channel.in_use")}
            {kinds(cx, state)}
            <p class="button-row"><button class="button main" type="submit">{cx.t("ui.save")}</button></p>
        </form>
    };
    desk_page::admin_page(cx, channel.name.clone(), main)
}
