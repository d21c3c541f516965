//! What people say on the telephone or in person, taken down by staff while they listen (`/desk/hotline/new`,
//! `/desk/walk-in/new`), and letters of a wooden box, typed in (`/desk/box-openings/{id}/letter`). It becomes the same case by the same way as what people send themselves; the person gets the same
//! tracking code, read aloud.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    access_points, boxes,
    cases::model::{Identity, Lane, Person},
    error::{Error, Result},
    forms,
    http::{Cx, Form, Req, Response},
    intake::{
        form,
        model::{NewSubmission, Receipt},
        pages::{emergency_numbers, show::Open},
        rules::{MAX_BODY_CHARS, MAX_CONTACT_CHARS},
        submit::{self, Submitted, TakenDown},
    },
    kernel::{
        ids::OpeningId,
        random,
        roles::{Channel, Role},
    },
    organizations,
    ui::{
        self, FormState, Page, desk_page,
        field::{self, Line},
        icon, time,
    },
};

/// Where the words come from.
struct Source {
    open: Open,
    /// The page's address.
    address: String,
    /// What it is: `hotline`, `walk_in`, `letter`.
    kind: &'static str,
    /// The opening in which the letter lay.
    opening: Option<OpeningId>,
}

/// `GET /desk/hotline/new`.
pub async fn hotline_page(req: Req) -> Result<Response> {
    let source = spoken(&req, Channel::Hotline).await?;
    empty(req, Channel::Hotline, source).await
}

/// `POST /desk/hotline/new`.
pub async fn hotline(req: Req) -> Result<Response> {
    let source = spoken(&req, Channel::Hotline).await?.ok_or(Error::NotFound)?;
    take_down(req, source).await
}

/// `GET /desk/walk-in/new`.
pub async fn walk_in_page(req: Req) -> Result<Response> {
    let source = spoken(&req, Channel::WalkIn).await?;
    empty(req, Channel::WalkIn, source).await
}

/// `POST /desk/walk-in/new`.
pub async fn walk_in(req: Req) -> Result<Response> {
    let source = spoken(&req, Channel::WalkIn).await?.ok_or(Error::NotFound)?;
    take_down(req, source).await
}

/// `GET /desk/box-openings/{id}/letter`.
pub async fn letter_page(req: Req) -> Result<Response> {
    let source = written(&req).await?;
    empty(req, Channel::Box, Some(source)).await
}

/// `POST /desk/box-openings/{id}/letter`.
pub async fn letter(req: Req) -> Result<Response> {
    let source = written(&req).await?;
    take_down(req, source).await
}

/// The access point of a channel with everything its form needs; `None` when the organisation has none that is live.
async fn spoken(req: &Req, channel: Channel) -> Result<Option<Source>> {
    let mut c = req.app.db.read().await?;
    let live = access_points::actions::live_of(&req.app, &mut c, req.actor()?.organization_id).await?;
    let Some(point) = live.into_iter().find(|p| p.channel == channel) else { return Ok(None) };
    let (address, kind) = place(channel);
    Ok(Some(Source { open: Open::of(&mut c, point).await?, address: address.to_string(), kind, opening: None }))
}

/// The box of an opening, whether it still hangs there or not.
async fn written(req: &Req) -> Result<Source> {
    let id = OpeningId::parse(req.param("id")).ok_or(Error::NotFound)?;
    let org = req.actor()?.organization_id;
    let mut c = req.app.db.read().await?;
    let opening = boxes::actions::by_id(&mut c, org, id).await?;
    let point = access_points::actions::by_id(&mut c, org, opening.access_point_id).await?;
    Ok(Source {
        open: Open::of(&mut c, point).await?,
        address: format!("/desk/box-openings/{id}/letter"),
        kind: "letter",
        opening: Some(id),
    })
}

async fn empty(req: Req, channel: Channel, source: Option<Source>) -> Result<Response> {
    let page = match source {
        Some(source) => {
            let identity = if source.opening.is_some() { Identity::Anonymous } else { Identity::Named };
            let values = Form::from_pairs([
                ("idempotency_key", random::secret(&*req.app.random).as_str()),
                ("role", Person::Parent.code()),
                ("identity", identity.code()),
            ]);
            form_page(&req.cx, &source, &FormState::of(values))
        }
        None => no_access_point(&req, channel)?,
    };
    Ok(ui::respond(&req.app, &req.cx, page).await)
}

async fn take_down(req: Req, source: Source) -> Result<Response> {
    let (actor, open) = (req.actor()?, &source.open);
    let mut state = FormState::of(req.form.clone());
    let Some(parsed) = form::parse(&req.form, &open.version.definition, None, &mut state) else {
        return refused(&req, &source, &state).await;
    };
    let mut c = req.app.db.read().await?;
    let topic =
        organizations::actions::topic_or_other(&mut c, open.org.id, req.form.text("topic"), open.point.topic_id)
            .await?;
    drop(c);
    let new = NewSubmission {
        idempotency_key: parsed.idempotency_key,
        form_version_id: open.version.id,
        person: parsed.person,
        identity: parsed.identity,
        topic,
        body: parsed.body,
        answers: parsed.answers,
        contact: parsed.contact,
        lane: parsed.lane,
        files: Vec::new(),
    };
    let taken_down = TakenDown { by: &actor, opening: source.opening };
    match submit::submit(&req.app, &open.org, &open.point, Some(taken_down), new).await {
        Ok(Submitted::Receipt(receipt)) => {
            let page = receipt_page(&req.cx, &source, &receipt, actor.role).status(StatusCode::CREATED);
            Ok(ui::respond(&req.app, &req.cx, page).await)
        }
        Ok(Submitted::KeyUsed) => {
            state.error("", "intake.error.key_used");
            state.values.set("idempotency_key", random::secret(&*req.app.random));
            refused(&req, &source, &state).await
        }
        Err(Error::Bad(reason)) => {
            state.error("", reason);
            refused(&req, &source, &state).await
        }
        Err(Error::Unavailable) => {
            state.error("", "intake.taken.unavailable");
            let page = form_page(&req.cx, &source, &state).status(StatusCode::SERVICE_UNAVAILABLE);
            Ok(ui::respond(&req.app, &req.cx, page).await)
        }
        Err(other) => Err(other),
    }
}

async fn refused(req: &Req, source: &Source, state: &FormState) -> Result<Response> {
    let page = form_page(&req.cx, source, state).status(StatusCode::UNPROCESSABLE_ENTITY);
    Ok(ui::respond(&req.app, &req.cx, page).await)
}

/// The page's address and the kind of what is taken down there.
const fn place(channel: Channel) -> (&'static str, &'static str) {
    match channel {
        Channel::WalkIn => ("/desk/walk-in/new", "walk_in"),
        _ => ("/desk/hotline/new", "hotline"),
    }
}

fn form_page(cx: &Cx, source: &Source, state: &FormState) -> Page {
    let (open, address, values) = (&source.open, source.address.clone(), &state.values);
    let title = cx.word("intake.taken", source.kind).into_owned();
    let lead = cx.word("intake.taken.lead", source.kind);
    let words = |prefix: &str, codes: Vec<&'static str>| -> Vec<(String, String)> {
        codes.into_iter().map(|code| (code.to_string(), cx.word(prefix, code).into_owned())).collect()
    };
    let people = words("intake.person", Person::ALL.iter().map(|p| p.code()).collect());
    let identities = words("intake.identity", Identity::ALL.iter().map(|i| i.code()).collect());
    let topics: Vec<(String, String)> =
        open.topics.iter().map(|t| (t.code.clone(), t.label(cx.lang).to_string())).collect();
    let questions = forms::view::sections(cx, state, &open.version.definition, &[]);
    let line = |kind: &'static str| Line { kind, autocomplete: "off", max: MAX_CONTACT_CHARS, ..Line::default() };
    let main = view! {
        <header class="page-head"><h1>{title.clone()}</h1></header>
        <p>{lead}</p>
        {field::error_summary(cx, state)}
        <form method="post" action=address>
            {field::token(cx)}
            {field::hidden("idempotency_key", values.text("idempotency_key"))}
            {said(cx, source.kind, state)}
            {field::chips(cx, state, "topic", "intake.about", &topics, false)}
            {questions}
            {field::chips(cx, state, "role", "intake.taken.person", &people, true)}
            {field::line(cx, state, "contact_name", "intake.taken.name", line(""))}
            {field::line(cx, state, "contact", "intake.taken.number", line("tel"))}
            {field::chips(cx, state, "identity", "intake.taken.appear", &identities, true)}
            {field::switch(cx, state, "guardian", "intake.taken.guardian")}
            {field::switch(cx, state, "danger", "intake.taken.danger")}
            <p class="button-row"><button class="button main" type="submit">{cx.t("intake.taken.save")}</button></p>
        </form>
    };
    desk_page::admin_page(cx, title, main)
}

/// What was said: the first field, with the focus, because the other person is talking already.
fn said(cx: &Cx, kind: &'static str, state: &FormState) -> AnyView {
    let error = state.message(cx, "body");
    // leptos writes the content of a textarea unescaped (promise 23).
    let content = format!("\n{}", field::escape(state.values.text("body")));
    let max = MAX_BODY_CHARS.to_string();
    let autofocus = state.is_ok();
    view! {
        <div class=if error.is_some() { "field has-error" } else { "field" }>
            <label class="label" for="f-body">{cx.word("intake.taken.said", kind)}</label>
            {error.clone().map(|e| view! { <p class="error" id="f-body-error">{e}</p> })}
            <textarea id="f-body" name="body" rows="7" required maxlength=max autofocus=autofocus
                aria-invalid=error.is_some().then_some("true")
                aria-describedby=error.is_some().then_some("f-body-error")>{content}</textarea>
        </div>
    }
    .into_any()
}

/// The answer to the POST itself, so that the code stands in no address. Loading it again shows it again.
fn receipt_page(cx: &Cx, source: &Source, receipt: &Receipt, role: Role) -> Page {
    let another = match source.opening {
        Some(id) => format!("/desk/box-openings/{id}"),
        None => source.address.clone(),
    };
    let groups = receipt.tracking_code.groups().map(|g| g.to_string());
    let spans = groups.into_iter().map(|g| view! { <span>{g}</span>" " }).collect_view();
    let danger = (receipt.lane == Lane::Safeguarding).then(|| {
        view! { <div class="danger-panel"><h2>{cx.t("intake.danger.after")}</h2>{emergency_numbers(cx)}</div> }
    });
    let case = (role == Role::Office && receipt.lane == Lane::Ordinary).then(|| {
        let href = format!("/desk/cases/{}", receipt.case_number);
        view! { <a class="button" href=href>{cx.t("intake.taken.open")}</a> }
    });
    let (number, due) = (receipt.case_number.clone(), time::day(cx, receipt.due_at));
    let main = view! {
        {danger}
        <section class="receipt" id="receipt">
            <span class="receipt-mark">{icon::icon("M5 12.5l4.5 4.5L19 7")}</span>
            <h1>{cx.t("intake.taken.done")}</h1>
            <p class="lead">{cx.t("intake.receipt.number")}" "<span class="case-number" id="case-number">{number}</span></p>
            <p class="label">{cx.word("intake.taken.read", source.kind)}</p>
            <p class="code" id="code">{spans}</p>
            <p class="hint">{cx.t("intake.taken.read_hint")}</p>
            <p class="promise"><small>{cx.t("intake.receipt.due")}</small><b id="due">{due}</b></p>
            <p class="button-row"><a class="button main" href=another>{cx.word("intake.taken.another", source.kind)}</a>{case}</p>
        </section>
    };
    desk_page::admin_page(cx, cx.t("intake.taken.done"), main)
}

fn no_access_point(req: &Req, channel: Channel) -> Result<Page> {
    let cx = &req.cx;
    let title = cx.word("intake.taken", place(channel).1).into_owned();
    let make = (req.actor()?.role == Role::Office).then(|| {
        view! { <p class="button-row"><a class="button" href="/desk/access-points/new">{cx.t("access_points.add")}</a></p> }
    });
    let word = cx.word("channel", channel.code()).into_owned();
    let main = view! {
        <header class="page-head"><h1>{title.clone()}</h1></header>
        <p>{cx.tf("intake.taken.none", &[("channel", &word)])}</p>
        {make}
    };
    Ok(desk_page::admin_page(cx, title, main))
}
