//! `/desk/callbacks/{number}`: one callback with its script, and what came of it.

use axum::http::StatusCode;
use chrono::TimeDelta;
use leptos::prelude::*;

use crate::{
    accounts::model::Actor,
    callbacks::{
        actions::{self, One},
        form::{self, Call, LONGEST},
        handover,
        pages::{contacts, list::heading, three},
    },
    cases::{callback::Caller, model::Identity, work::Seen},
    error::{Error, Result},
    http::{Cx, Req, Response, respond},
    kernel::{ids::StaffId, roles::Role},
    organizations::{self, model::Topic},
    ui::{
        self, FormState, back, desk_page,
        field::{self, Line},
        time,
    },
};

/// Who was not reached is tried again after this, unless the caller says otherwise.
const NEXT: TimeDelta = TimeDelta::hours(3);

/// `GET /desk/callbacks/{number}`.
pub async fn page(req: Req) -> Result<Response> {
    show(&req, FormState::default(), StatusCode::OK).await
}

/// `POST /desk/callbacks/{number}`: what came of a call.
pub async fn asked(req: Req) -> Result<Response> {
    let (actor, call) = (req.actor()?, form::call(&req.form, req.now()));
    let seen = seen(&req);
    let done = match call {
        Err(state) => return show(&req, state, StatusCode::UNPROCESSABLE_ENTITY).await,
        Ok(Call::Said(rating)) => actions::said(&req.app, &actor, seen, &rating).await,
        Ok(Call::Tried(tried)) => {
            let known = req.form.text("tries").parse().unwrap_or(-1);
            actions::tried(&req.app, &actor, seen, known, &tried).await
        }
    };
    finish(&req, done).await
}

/// `POST /desk/callbacks/{number}/hand-over`.
pub async fn hand_over(req: Req) -> Result<Response> {
    match form::handing(&req.form) {
        Err(state) => show(&req, state, StatusCode::UNPROCESSABLE_ENTITY).await,
        Ok(handing) => {
            let done = handover::hand_over(&req.app, &*req.actor()?, seen(&req), &handing).await;
            finish(&req, done).await
        }
    }
}

fn seen(req: &Req) -> Seen<'_> {
    // Without a version nobody can have seen the case.
    Seen { number: req.param("number"), version: Some(req.form.text("version").parse().unwrap_or(-1)) }
}

async fn finish(req: &Req, done: Result<()>) -> Result<Response> {
    let mut state = FormState::of(req.form.clone());
    match done {
        Ok(()) => Ok(respond::see_other("/desk/callbacks?saved=1")),
        Err(Error::Conflict) => {
            state.error("", "callbacks.conflict");
            show(req, state, StatusCode::CONFLICT).await
        }
        Err(Error::Bad(key)) => {
            let field = if key == "callbacks.error.agreement" { "agreement" } else { "representative" };
            state.error(field, key);
            show(req, state, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(other) => Err(other),
    }
}

/// The page as it is now. Who is no longer to be asked is off the list; what was typed about them stays to be copied.
async fn show(req: &Req, state: FormState, status: StatusCode) -> Result<Response> {
    let (cx, actor) = (&req.cx, req.actor()?);
    let one = match actions::one(&req.app, &actor, req.param("number")).await {
        Err(Error::Conflict) if status == StatusCode::OK => return Ok(respond::see_other("/desk/callbacks")),
        Err(Error::Conflict) => {
            let main = view! {
                {back(cx)}
                <header class="page-head"><h1>{cx.t("callbacks.title")}</h1></header>
                <p class="banner warn">{cx.t("callbacks.gone")}</p>
                {field::unsent(cx, &req.form)}
            };
            let page = desk_page::admin_page(cx, cx.t("callbacks.title"), main).status(StatusCode::CONFLICT);
            return Ok(ui::respond(&req.app, cx, page).await);
        }
        other => other?,
    };
    let mut c = req.app.db.read().await?;
    let topics = organizations::actions::all_topics(&mut c, actor.organization_id).await?;
    let choices = match actor.role {
        Role::Office if one.handover.is_none() => handover::choices(&req.app, &mut c, &actor, &one.found.case).await?,
        _ => Vec::new(),
    };
    drop(c);
    let page = view_of(cx, &actor, &one, &topics, &choices, &state).status(status);
    Ok(ui::respond(&req.app, cx, page).await)
}

fn back(cx: &Cx) -> AnyView {
    back::link("/desk/callbacks", cx.t("callbacks.title")).into_any()
}

fn view_of(
    cx: &Cx,
    actor: &Actor,
    one: &One,
    topics: &[Topic],
    choices: &[(StaffId, String)],
    state: &FormState,
) -> ui::Page {
    let case = &one.found.case;
    let about = heading(cx, topics, case.topic_id, &case.place);
    let title = cx.tf("callbacks.about", &[("about", &about)]);
    let whole = state.message(cx, "").map(|sentence| view! { <p class="banner warn">{sentence}</p> });
    let unsent = whole.is_some().then(|| field::unsent(cx, &state.values));
    let fields = FormState {
        values: state.values.clone(),
        errors: state.errors.iter().filter(|e| !e.field.is_empty()).cloned().collect(),
    };
    let reply = (!one.found.reply.is_empty()).then(|| {
        let (words, when) = (one.found.reply.clone(), case.answered_at.map(|at| time::day(cx, at)));
        view! { <h2>{cx.t("callbacks.reply")}</h2><blockquote class="quote"><p>{words}</p></blockquote><p class="hint">{when}</p> }
    });
    let (number, seen) = (case.number.clone(), !one.found.reply.is_empty());
    let number = if seen {
        view! { <a href=format!("/desk/cases/{number}")>{number.clone()}</a> }.into_any()
    } else {
        view! { <span class="case-number">{number}</span> }.into_any()
    };
    let main = view! {
        {back(cx)}
        <header class="page-head"><h1>{title.clone()}</h1></header>
        <p>{number}" · "{cx.word("intake.identity", case.identity.code())}</p>
        {whole}{unsent}
        {field::error_summary(cx, &fields)}
        {reply}
        {tries(cx, one)}
        {handed(cx, one)}
        {match one.found.caller {
            Caller::You => call_form(cx, actor, one, &about, &fields),
            other => view! { <p class="banner">{cx.t(match other {
                Caller::Colleague => "callbacks.why.colleague",
                Caller::Custodian => "callbacks.why.custodian",
                Caller::Nobody => "callbacks.why.nobody",
                _ => "callbacks.why.office",
            })}</p> }.into_any(),
        }}
        {(!choices.is_empty()).then(|| hand_over_form(cx, one, choices, &fields))}
    };
    desk_page::admin_page(cx, title, main)
}

fn tries(cx: &Cx, one: &One) -> Option<AnyView> {
    if one.tries.is_empty() {
        return None;
    }
    let items = one
        .tries
        .iter()
        .map(|t| {
            let words = [
                time::moment(cx, t.created_at),
                cx.word("callbacks.outcome", t.outcome.code()).into_owned(),
                t.caller.clone(),
                t.note.clone(),
            ];
            let next = t.next_at.map(|at| cx.tf("callbacks.again_at", &[("when", &time::moment(cx, at))]));
            let words: Vec<String> = words.into_iter().chain(next).filter(|w| !w.is_empty()).collect();
            view! { <li>{words.join(" · ")}</li> }
        })
        .collect_view();
    Some(view! { <h2>{cx.t("callbacks.tries")}</h2><ul class="plain-list">{items}</ul> }.into_any())
}

fn handed(cx: &Cx, one: &One) -> Option<AnyView> {
    let handover = one.handover.as_ref()?;
    let key = match (handover.done_at.is_some(), handover.with_contact) {
        (true, _) => "callbacks.looked_by",
        (false, true) => "callbacks.handed_with",
        (false, false) => "callbacks.handed_to",
    };
    let words = cx.tf(key, &[("name", &handover.name)]);
    let agreement = (!handover.agreement.is_empty()).then(|| format!(" · {}", handover.agreement));
    Some(view! { <p class="banner">{words}{agreement}</p> }.into_any())
}

/// What to say, what was said.
fn call_form(cx: &Cx, actor: &Actor, one: &One, about: &str, state: &FormState) -> AnyView {
    let case = &one.found.case;
    let here = format!("/desk/callbacks/{}", case.number);
    let mut state = state.clone();
    if state.values.text("next_at").is_empty() {
        let next = (cx.now + NEXT).with_timezone(&time::ZONE).format("%Y-%m-%dT%H:%M").to_string();
        state.values.set("next_at", next);
    }
    let greeting = cx.tf(
        "callbacks.script.greeting",
        &[("organization", &actor.organization_name), ("name", &actor.display_name), ("about", about)],
    );
    let numbers = if case.identity == Identity::Sealed {
        let href = format!("/desk/cases/{}/identity", case.number);
        view! { <p><a class="button" href=href>{cx.t("callbacks.open_identity")}</a></p> }.into_any()
    } else {
        contacts(cx, &one.found.contacts)
    };
    let outcomes: Vec<(String, String)> = ["reached", "no_answer", "later", "wrong_number", "unwilling"]
        .map(|code| (code.to_string(), cx.word("callbacks.outcome", code).into_owned()))
        .into();
    let note = Line { max: LONGEST, hint: "callbacks.note_hint", ..Line::default() };
    let next = Line { kind: "datetime-local", autocomplete: "off", ..Line::default() };
    view! {
        <section class="card">
            <h2>{cx.t("callbacks.call")}</h2>
            {numbers}
            <blockquote class="quote"><p>{greeting}</p></blockquote>
            <form method="post" action=here>
                {field::token(cx)}
                {field::hidden("version", case.version.to_string())}
                {field::hidden("tries", one.tries.len().to_string())}
                {three(cx, &state)}
                {field::text_area(cx, &state, "note", "callbacks.note", note)}
                <blockquote class="quote"><p>{cx.t("callbacks.script.thanks")}</p></blockquote>
                {field::chips(cx, &state, "outcome", "callbacks.outcome", &outcomes, true)}
                {field::line(cx, &state, "next_at", "callbacks.next_at", next)}
                <p class="hint">{cx.t("callbacks.not_solved_hint")}</p>
                <p class="button-row"><button class="button main" type="submit">{cx.t("callbacks.save")}</button></p>
            </form>
        </section>
    }
    .into_any()
}

fn hand_over_form(cx: &Cx, one: &One, choices: &[(StaffId, String)], state: &FormState) -> AnyView {
    let case = &one.found.case;
    let options: Vec<(String, String)> = std::iter::once((String::new(), cx.t("callbacks.choose").into_owned()))
        .chain(choices.iter().map(|(id, name)| (id.to_string(), name.clone())))
        .collect();
    let agreement = Line { max: LONGEST, hint: "callbacks.agreement_hint", ..Line::default() };
    let named = (case.identity == Identity::Named).then(|| {
        view! {
            {field::switch(cx, state, "with_contact", "callbacks.with_contact")}
            {field::text_area(cx, state, "agreement", "callbacks.agreement", agreement)}
        }
    });
    let open = ["representative", "agreement"].iter().any(|f| state.message(cx, f).is_some());
    view! {
        <details class="fold" open=open>
            <summary>{cx.t("callbacks.hand_over")}</summary>
            <p>{cx.t("callbacks.hand_over_text")}</p>
            <form method="post" action=format!("/desk/callbacks/{}/hand-over", case.number)>
                {field::token(cx)}
                {field::hidden("version", case.version.to_string())}
                {field::select(cx, state, "representative", "callbacks.representative", &options, true)}
                {named}
                <p class="button-row"><button class="button" type="submit">{cx.t("callbacks.hand_over_send")}</button></p>
            </form>
        </details>
    }
    .into_any()
}
