//! One access point: make, change, revoke, replace.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    access_points::{
        actions, form,
        model::{AccessPoint, Audience, RevokeReason},
        pages::{asked_for, paper, seen, state_pill},
        sightings,
    },
    db::Conn,
    error::{Error, Result},
    forms,
    http::{Cx, Req, Response, respond},
    kernel::{
        ids::{FormId, OrganizationId, TopicId},
        roles::Channel,
    },
    organizations::{self, model::Topic},
    ui::{
        self, FormState, Page, back, desk_page,
        field::{self, Line},
    },
};

const TITLE: Line = Line { kind: "", autocomplete: "off", max: 0, required: true, hint: "access_points.title_hint" };
const PLACE: Line = Line { kind: "", autocomplete: "off", max: 0, required: true, hint: "access_points.place_hint" };
const KEEPER: Line = Line { kind: "", autocomplete: "off", max: 0, required: false, hint: "" };
const DAY: Line = Line { kind: "date", autocomplete: "off", max: 0, required: false, hint: "" };

/// What can be chosen from.
struct Choices {
    forms: Vec<(FormId, String)>,
    topics: Vec<Topic>,
}

impl Choices {
    async fn of(c: &mut Conn, org: OrganizationId) -> Result<Self> {
        let forms = forms::actions::list(c, org).await?;
        Ok(Self { forms, topics: organizations::actions::topics(c, org).await? })
    }

    fn form_ids(&self) -> Vec<FormId> {
        self.forms.iter().map(|(id, _)| *id).collect()
    }

    /// Topics in use, and the one that the access point has already.
    fn topic_ids(&self, present: Option<TopicId>) -> Vec<TopicId> {
        self.topics.iter().map(|t| t.id).chain(present).collect()
    }
}

/// `GET /desk/access-points/new`.
pub async fn new_page(req: Req) -> Result<Response> {
    let choices = Choices::of(&mut req.app.db.read().await?, req.actor()?.organization_id).await?;
    let mut state = FormState::default();
    state.values.set("channel", Channel::Box.code());
    state.values.set("audience", Audience::Everyone.code());
    Ok(ui::respond(&req.app, &req.cx, new_view(&req.cx, &state, &choices)).await)
}

fn new_view(cx: &Cx, state: &FormState, choices: &Choices) -> Page {
    let main = view! {
        <h1>{cx.t("access_points.add")}</h1>
        {fields(cx, state, choices, "/desk/access-points/new".to_string())}
    };
    desk_page::admin_page(cx, cx.t("access_points.add"), main)
}

/// `POST /desk/access-points/new`.
pub async fn add(req: Req) -> Result<Response> {
    let actor = req.actor()?;
    let choices = Choices::of(&mut req.app.db.read().await?, actor.organization_id).await?;
    match form::parse(&req.form, &choices.form_ids(), &choices.topic_ids(None)) {
        Ok(new) => {
            let point = actions::add(&req.app, &actor, new).await?;
            Ok(respond::see_other(&format!("/desk/access-points/{}?done=created", point.id)))
        }
        Err(state) => {
            let page = new_view(&req.cx, &state, &choices).status(StatusCode::UNPROCESSABLE_ENTITY);
            Ok(ui::respond(&req.app, &req.cx, page).await)
        }
    }
}

/// `GET /desk/access-points/{id}`.
pub async fn edit_page(req: Req) -> Result<Response> {
    let point = asked_for(&req).await?;
    let page = edit_view(&req, &point, &form::filled(&point)).await?;
    Ok(ui::respond(&req.app, &req.cx, page).await)
}

async fn edit_view(req: &Req, point: &AccessPoint, state: &FormState) -> Result<Page> {
    let cx = &req.cx;
    let mut c = req.app.db.read().await?;
    let choices = Choices::of(&mut c, point.organization_id).await?;
    let looks = sightings::of_point(&mut c, point.organization_id, point.id).await?;
    let done = match req.query.text("done") {
        "saved" => Some("access_points.saved"),
        "created" => Some("access_points.created"),
        "revoked" => Some("access_points.revoked"),
        "replaced" => Some("access_points.replaced"),
        "seen" => Some("access_points.seen_noted"),
        _ => None,
    };
    let rest = if point.revoked_at.is_some() {
        ended(cx, point)
    } else {
        let here = format!("/desk/access-points/{}", point.id);
        view! {
            {paper::links(cx, &req.app.config.base_url(), point)?}
            {seen::card(cx, point, &looks)}
            <h2>{cx.t("access_points.change")}</h2>
            {fields(cx, state, &choices, here.clone())}
            <div class="button-row">
                {dialog(cx, &here, &REPLACE)}
                {dialog(cx, &here, &REVOKE)}
            </div>
        }
        .into_any()
    };
    let (place, code) = (point.place.clone(), point.code.clone());
    let main = view! {
        {back::link("/desk/access-points", cx.t("desk.nav.access_points"))}
        <header class="page-head"><h1>{place}</h1></header>
        <p><code>{code}</code>" "{cx.word("channel", point.channel.code())}" "{state_pill(cx, point)}</p>
        {done.map(|key| view! { <p class="banner ok" role="status">{cx.t(key)}</p> })}
        {rest}
    };
    Ok(desk_page::admin_page(cx, point.place.clone(), main))
}

fn ended(cx: &Cx, point: &AccessPoint) -> AnyView {
    let successor = point.replaced_by.map(|id| {
        let href = format!("/desk/access-points/{id}");
        view! { <p><a class="button" href=href>{cx.t("access_points.successor")}</a></p> }
    });
    view! { <p>{cx.t("access_points.ended_text")}</p>{successor} }.into_any()
}

fn fields(cx: &Cx, state: &FormState, choices: &Choices, action: String) -> AnyView {
    let words = |prefix: &'static str, codes: Vec<&'static str>| -> Vec<(String, String)> {
        codes.into_iter().map(|code| (code.to_string(), cx.word(prefix, code).into_owned())).collect()
    };
    let channels = words("channel", Channel::ALL.iter().map(|c| c.code()).collect());
    let audiences = words("access_points.audience", Audience::ALL.iter().map(|a| a.code()).collect());
    let forms: Vec<_> = choices.forms.iter().map(|(id, title)| (id.to_string(), title.clone())).collect();
    let topics: Vec<_> = std::iter::once((String::new(), cx.t("access_points.any_topic").into_owned()))
        .chain(choices.topics.iter().map(|t| (t.id.to_string(), t.label(cx.lang).to_string())))
        .collect();
    view! {
        {field::error_summary(cx, state)}
        <form method="post" action=action>
            {field::token(cx)}
            <div class="form-grid">
                {field::line(cx, state, "place", "access_points.place", PLACE)}
                {field::line(cx, state, "title", "access_points.title", TITLE)}
                {field::line(cx, state, "keeper", "access_points.keeper", KEEPER)}
                {field::select(cx, state, "channel", "access_points.channel", &channels, true)}
                {field::select(cx, state, "audience", "access_points.audience", &audiences, true)}
                {field::select(cx, state, "form", "access_points.form", &forms, true)}
                {field::select(cx, state, "topic", "access_points.topic", &topics, false)}
                <div></div>
                {field::line(cx, state, "valid_from", "access_points.valid_from", DAY)}
                {field::line(cx, state, "valid_to", "access_points.valid_to", DAY)}
            </div>
            <p class="button-row">
                <button class="button main" type="submit">{cx.t("ui.save")}</button>
                <a class="button quiet" href="/desk/access-points">{cx.t("access_points.cancel")}</a>
            </p>
        </form>
    }
    .into_any()
}

/// A question before an act that can't be undone.
struct Question {
    verb: &'static str,
    button: &'static str,
    title: &'static str,
    text: &'static str,
    class: &'static str,
}

const REVOKE: Question = Question {
    verb: "revoke",
    button: "access_points.revoke",
    title: "access_points.revoke_title",
    text: "access_points.revoke_text",
    class: "button danger",
};

const REPLACE: Question = Question {
    verb: "replace",
    button: "access_points.replace",
    title: "access_points.replace_title",
    text: "access_points.replace_text",
    class: "button main",
};

fn dialog(cx: &Cx, here: &str, question: &Question) -> AnyView {
    let action = format!("{here}/{}", question.verb);
    let id = format!("{}-reason", question.verb);
    let reasons = RevokeReason::ALL
        .iter()
        .map(|r| view! { <option value=r.code()>{cx.word("access_points.reason", r.code())}</option> })
        .collect_view();
    view! {
        <details class="dialog">
            <summary class="button quiet">{cx.t(question.button)}</summary>
            <form class="dialog-body" method="post" action=action>
                {field::token(cx)}
                <h2>{cx.t(question.title)}</h2>
                <p>{cx.t(question.text)}</p>
                <div class="field">
                    <label class="label" for=id.clone()>{cx.t("access_points.reason")}</label>
                    <select id=id name="reason">{reasons}</select>
                </div>
                <p class="dialog-foot">
                    {field::cancel(cx, here)}
                    <button class=question.class type="submit">{cx.t(question.button)}</button>
                </p>
            </form>
        </details>
    }
    .into_any()
}

/// `POST /desk/access-points/{id}`.
pub async fn change(req: Req) -> Result<Response> {
    let (actor, point) = (req.actor()?, asked_for(&req).await?);
    let choices = Choices::of(&mut req.app.db.read().await?, actor.organization_id).await?;
    match form::parse(&req.form, &choices.form_ids(), &choices.topic_ids(point.topic_id)) {
        Ok(new) => {
            actions::change(&req.app, &actor, point.id, new).await?;
            Ok(respond::see_other(&format!("/desk/access-points/{}?done=saved", point.id)))
        }
        Err(state) => {
            let page = edit_view(&req, &point, &state).await?.status(StatusCode::UNPROCESSABLE_ENTITY);
            Ok(ui::respond(&req.app, &req.cx, page).await)
        }
    }
}

fn reason(req: &Req) -> Result<RevokeReason> {
    RevokeReason::parse(req.form.text("reason")).ok_or(Error::Bad("error.bad_form"))
}

/// `POST /desk/access-points/{id}/revoke`.
pub async fn revoke(req: Req) -> Result<Response> {
    let (actor, point, reason) = (req.actor()?, asked_for(&req).await?, reason(&req)?);
    actions::revoke(&req.app, &actor, point.id, reason).await?;
    Ok(respond::see_other(&format!("/desk/access-points/{}?done=revoked", point.id)))
}

/// `POST /desk/access-points/{id}/replace`.
pub async fn replace(req: Req) -> Result<Response> {
    let (actor, point, reason) = (req.actor()?, asked_for(&req).await?, reason(&req)?);
    let new = actions::replace(&req.app, &actor, point.id, reason).await?;
    Ok(respond::see_other(&format!("/desk/access-points/{}?done=replaced", new.id)))
}
