//! Targets of the forms on the case page: a verb each. What was refused comes back on the page of the case as it is now.

use axum::http::StatusCode;

use crate::{
    cases::{
        assist as assisting, clocks, close, extend, fill, form, handle, legal_hold, list::Place, macros,
        merge as merging, model::Verb, object as objections, pages::case_page, recuse, review, routed, split as splits,
        tags, todo, transfer as transfers, triage, visibility::case_for, work::Seen, write,
    },
    error::{Error, Result},
    http::{Access, Req, Response, Route, respond::see_other},
    kernel::{
        ids::{DepartmentId, MacroId, RecusalId},
        roles::Role,
    },
    ui::{self, FormState, desk_page::CASE_ROLES},
};

/// The office, the safeguarding lead in their lane, and who stands in for them.
pub const OFFICE: Access = Access::Roles(&[Role::Office, Role::SafeguardingLead, Role::Leader]);
const DEPARTMENT: Access = Access::Roles(&[Role::Handler, Role::DepartmentHead]);
const DECIDERS: Access = Access::Roles(&[Role::Office, Role::SafeguardingLead, Role::Leader]);

/// Routes of the verbs; the last part is the code word of [`Verb`].
pub fn routes() -> Vec<Route> {
    vec![
        Route::post("/desk/cases/{number}/assign", OFFICE, assign),
        Route::post("/desk/cases/{number}/assist", OFFICE, assist),
        Route::post("/desk/cases/{number}/contribute", DEPARTMENT, contribute),
        Route::post("/desk/cases/{number}/end-assist", OFFICE, end_assist),
        Route::post("/desk/cases/{number}/decline", OFFICE, decline),
        Route::post("/desk/cases/{number}/transfer", OFFICE, transfer),
        Route::post("/desk/cases/{number}/release", OFFICE, release),
        Route::post("/desk/cases/{number}/start", DEPARTMENT, start),
        Route::post("/desk/cases/{number}/object", DEPARTMENT, object),
        Route::post("/desk/cases/{number}/rule", OFFICE, rule),
        Route::post("/desk/cases/{number}/ask-extension", DEPARTMENT, ask_extension),
        Route::post("/desk/cases/{number}/decide-extension", DECIDERS, decide_extension),
        Route::post("/desk/cases/{number}/draft", DEPARTMENT, draft),
        Route::post("/desk/cases/{number}/hand-in", DEPARTMENT, hand_in),
        Route::post("/desk/cases/{number}/send-back", OFFICE, send_back),
        Route::post("/desk/cases/{number}/let-out", OFFICE, let_out),
        Route::post("/desk/cases/{number}/close", OFFICE, close),
        Route::post("/desk/cases/{number}/reopen", OFFICE, reopen),
        Route::post("/desk/cases/{number}/message", OFFICE, message),
        Route::post("/desk/cases/{number}/note", Access::Roles(CASE_ROLES), note),
        Route::post("/desk/cases/{number}/task", Access::Roles(CASE_ROLES), task),
        Route::post("/desk/cases/{number}/tag", Access::Roles(CASE_ROLES), tag),
        Route::post("/desk/cases/{number}/recuse", OFFICE, recuse),
        Route::post("/desk/cases/{number}/recusal", DECIDERS, decide_recusal),
        Route::post("/desk/cases/{number}/pause", Access::Roles(CASE_ROLES), pause),
        Route::post("/desk/cases/{number}/resume", Access::Roles(CASE_ROLES), resume),
        Route::post("/desk/cases/{number}/split", OFFICE, split),
        Route::post("/desk/cases/{number}/merge", OFFICE, merge),
        Route::post("/desk/cases/{number}/unmerge", OFFICE, unmerge),
        Route::post("/desk/cases/{number}/legal-hold", OFFICE, set_hold),
        Route::post("/desk/cases/{number}/lift-hold", OFFICE, lift_hold),
        Route::post("/desk/cases/{number}/template", Access::Roles(CASE_ROLES), template),
        Route::post("/desk/cases/{number}/macro", Access::Roles(CASE_ROLES), use_macro),
        Route::post("/desk/cases/{number}/press", Access::Roles(&[Role::Leader]), press),
    ]
}

/// The address of a verb of a case.
pub fn target(number: &str, verb: Verb) -> String {
    format!("/desk/cases/{number}/{}", verb.code())
}

fn seen(req: &Req) -> Seen<'_> {
    // A form without a version is not one of ours: no case has version 0.
    Seen { number: req.param("number"), version: Some(req.form.text("version").parse().unwrap_or(0)) }
}

/// The page again, with what was typed.
async fn again(req: &Req, state: FormState, status: StatusCode) -> Result<Response> {
    case_page::show(req, &state, status).await
}

async fn refused(req: &Req, state: FormState) -> Result<Response> {
    again(req, state, StatusCode::UNPROCESSABLE_ENTITY).await
}

async fn finish(req: &Req, result: Result<()>) -> Result<Response> {
    let mut state = FormState::of(req.form.clone());
    match result {
        Ok(()) => {
            let number = req.param("number");
            let still = case_for(&mut req.app.db.read().await?, &*req.actor()?, number).await;
            let place = case_page::place_of(req);
            let list = || place.as_ref().map_or_else(|| "/desk".to_string(), |place| place.filters.href(None));
            let here = || {
                let href = Place::href_of(place.as_ref(), number);
                match Verb::parse(req.form.text("form")) {
                    Some(verb) => format!("{href}{}done={}", if place.is_some() { '&' } else { '?' }, verb.code()),
                    None => href,
                }
            };
            Ok(see_other(&if still.is_ok() { here() } else { list() }))
        }
        Err(Error::Conflict) => {
            state.error("", "error.conflict");
            again(req, state, StatusCode::CONFLICT).await
        }
        Err(Error::Bad(key)) => {
            state.error("", key);
            refused(req, state).await
        }
        // It went elsewhere meanwhile, or never was here: both look the same, and what was typed comes back.
        Err(Error::NotFound) => {
            let sentence = req.cx.t("error.not_found");
            Ok(ui::page::error_page_with(&req.app, &req.cx, StatusCode::NOT_FOUND, &sentence, &req.form).await)
        }
        Err(other) => Err(other),
    }
}

async fn assign(req: Req) -> Result<Response> {
    let (order, why) = match (form::order(&req.form), form::optional_words(&req.form, "otherwise")) {
        (Ok(order), Ok(why)) => (order, why),
        (Err(state), _) | (_, Err(state)) => return refused(&req, state).await,
    };
    match triage::assign_because(&req.app, &*req.actor()?, seen(&req), &order, &why).await {
        Err(Error::Bad(routed::WHY)) => {
            let mut state = FormState::of(req.form.clone());
            state.error("otherwise", routed::WHY);
            refused(&req, state).await
        }
        other => finish(&req, other).await,
    }
}

async fn assist(req: Req) -> Result<Response> {
    match form::assist(&req.form) {
        Ok(order) => finish(&req, assisting::ask(&req.app, &*req.actor()?, seen(&req), &order).await).await,
        Err(state) => refused(&req, state).await,
    }
}

async fn contribute(req: Req) -> Result<Response> {
    match form::words(&req.form, "contribution", "assists.error.words_missing") {
        Ok(body) => {
            finish(&req, assisting::contribute(&req.app, &*req.actor()?, req.param("number"), &body).await).await
        }
        Err(state) => refused(&req, state).await,
    }
}

async fn end_assist(req: Req) -> Result<Response> {
    let department = DepartmentId::parse(req.form.text("department")).ok_or(Error::Bad("error.bad_form"))?;
    finish(&req, assisting::release(&req.app, &*req.actor()?, seen(&req), department).await).await
}

async fn decline(req: Req) -> Result<Response> {
    let reason = form::words(&req.form, "decline_reason", "cases.error.reason_missing");
    let (reason, report) = match (reason, form::report(&req.form)) {
        (Ok(reason), Ok(report)) => (reason, report),
        (Err(state), _) | (_, Err(state)) => return refused(&req, state).await,
    };
    let result = triage::decline(&req.app, &*req.actor()?, seen(&req), &reason, report.as_ref()).await;
    finish(&req, result).await
}

async fn transfer(req: Req) -> Result<Response> {
    match form::transfer(&req.form) {
        Ok(to) => finish(&req, transfers::transfer(&req.app, &*req.actor()?, seen(&req), &to).await).await,
        Err(state) => refused(&req, state).await,
    }
}

async fn release(req: Req) -> Result<Response> {
    finish(&req, triage::release(&req.app, &*req.actor()?, seen(&req)).await).await
}

async fn start(req: Req) -> Result<Response> {
    finish(&req, handle::start(&req.app, &*req.actor()?, seen(&req)).await).await
}

async fn object(req: Req) -> Result<Response> {
    match form::words(&req.form, "objection_reason", "cases.error.reason_missing") {
        Ok(reason) => finish(&req, objections::object(&req.app, &*req.actor()?, seen(&req), &reason).await).await,
        Err(state) => refused(&req, state).await,
    }
}

async fn rule(req: Req) -> Result<Response> {
    match form::decision(&req.form, "ruling", "ruling_words") {
        Ok((upheld, words)) => {
            finish(&req, objections::rule(&req.app, &*req.actor()?, seen(&req), upheld, &words).await).await
        }
        Err(state) => refused(&req, state).await,
    }
}

async fn ask_extension(req: Req) -> Result<Response> {
    match form::extension(&req.form) {
        Ok((day, reason)) => finish(&req, extend::ask(&req.app, &*req.actor()?, seen(&req), day, &reason).await).await,
        Err(state) => refused(&req, state).await,
    }
}

async fn decide_extension(req: Req) -> Result<Response> {
    match form::decision(&req.form, "extension", "extension_words") {
        Ok((granted, words)) => {
            finish(&req, extend::decide(&req.app, &*req.actor()?, seen(&req), granted, &words).await).await
        }
        Err(state) => refused(&req, state).await,
    }
}

async fn draft(req: Req) -> Result<Response> {
    match form::answer(&req.form) {
        Ok(text) => finish(&req, handle::draft(&req.app, &*req.actor()?, seen(&req), &text).await).await,
        Err(state) => refused(&req, state).await,
    }
}

async fn hand_in(req: Req) -> Result<Response> {
    match form::answer(&req.form) {
        Ok(text) => finish(&req, handle::hand_in(&req.app, &*req.actor()?, seen(&req), &text).await).await,
        Err(state) => refused(&req, state).await,
    }
}

async fn send_back(req: Req) -> Result<Response> {
    match form::words(&req.form, "comment", "cases.error.comment_missing") {
        Ok(comment) => finish(&req, review::send_back(&req.app, &*req.actor()?, seen(&req), &comment).await).await,
        Err(state) => refused(&req, state).await,
    }
}

async fn let_out(req: Req) -> Result<Response> {
    match form::answer(&req.form) {
        Ok(text) => finish(&req, review::let_out(&req.app, &*req.actor()?, seen(&req), &text).await).await,
        Err(state) => refused(&req, state).await,
    }
}

async fn close(req: Req) -> Result<Response> {
    match form::report(&req.form) {
        Ok(report) => finish(&req, close::close(&req.app, &*req.actor()?, seen(&req), report.as_ref()).await).await,
        Err(state) => refused(&req, state).await,
    }
}

async fn reopen(req: Req) -> Result<Response> {
    match form::words(&req.form, "reopen_reason", "cases.error.reason_missing") {
        Ok(reason) => finish(&req, close::reopen(&req.app, &*req.actor()?, seen(&req), &reason).await).await,
        Err(state) => refused(&req, state).await,
    }
}

async fn message(req: Req) -> Result<Response> {
    match form::words(&req.form, "message", "cases.error.message_missing") {
        Ok(body) => finish(&req, write::message(&req.app, &*req.actor()?, req.param("number"), &body).await).await,
        Err(state) => refused(&req, state).await,
    }
}

async fn note(req: Req) -> Result<Response> {
    match form::words(&req.form, "note", "cases.error.note_missing") {
        Ok(body) => match write::note(&req.app, &*req.actor()?, req.param("number"), &body).await {
            Ok(names) if !names.is_empty() => {
                let mut state = FormState::of(req.form.clone());
                state.error_with("note", "todos.error.mention", &[("names", names.join("、"))]);
                refused(&req, state).await
            }
            other => finish(&req, other.map(drop)).await,
        },
        Err(state) => refused(&req, state).await,
    }
}

async fn task(req: Req) -> Result<Response> {
    match form::task(&req.form) {
        Ok(wanted) => match todo::give(&req.app, &*req.actor()?, req.param("number"), &wanted).await {
            Err(Error::Bad(todo::CANNOT_SEE)) => {
                let mut state = FormState::of(req.form.clone());
                state.error("person", todo::CANNOT_SEE);
                refused(&req, state).await
            }
            other => finish(&req, other).await,
        },
        Err(state) => refused(&req, state).await,
    }
}

async fn use_macro(req: Req) -> Result<Response> {
    let id = MacroId::parse(req.form.text("macro"));
    finish(&req, macros::use_on(&req.app, &*req.actor()?, seen(&req), id).await).await
}

/// Fills a template into what is being written, behind what is written already. Nothing is kept or sent.
async fn template(req: Req) -> Result<Response> {
    let mut state = FormState::of(req.form.clone());
    let actor = req.actor()?;
    let mut c = req.app.db.read().await?;
    let case = case_for(&mut c, &actor, req.param("number")).await?;
    match fill::chosen(&req.app, &mut c, &actor, &case, req.form.text("template")).await? {
        Some(text) => {
            let field = if req.form.text("form") == Verb::Message.code() { "message" } else { "reply" };
            let typed = req.form.text(field).trim_end();
            let all = if typed.is_empty() { text } else { format!("{typed}\n\n{text}") };
            state.values.set(field, all);
            drop(c);
            again(&req, state, StatusCode::OK).await
        }
        None => {
            drop(c);
            state.error("template", "templates.error.gone");
            refused(&req, state).await
        }
    }
}

async fn tag(req: Req) -> Result<Response> {
    let (add, remove) = form::tags(&req.form);
    let seen = Seen { number: req.param("number"), version: None };
    finish(&req, tags::set(&req.app, &*req.actor()?, seen, &add, &remove).await).await
}

async fn recuse(req: Req) -> Result<Response> {
    match form::recusal(&req.form) {
        Ok((who, why)) => finish(&req, recuse::recuse(&req.app, &*req.actor()?, seen(&req), who, &why).await).await,
        Err(state) => refused(&req, state).await,
    }
}

async fn decide_recusal(req: Req) -> Result<Response> {
    let id = RecusalId::parse(req.form.text("recusal")).ok_or(Error::Bad("error.bad_form"))?;
    let holds = req.form.text("decision") != "lift";
    finish(&req, recuse::decide(&req.app, &*req.actor()?, seen(&req), id, holds).await).await
}

async fn pause(req: Req) -> Result<Response> {
    match form::words(&req.form, "pause_reason", "cases.error.reason_missing") {
        Ok(reason) => finish(&req, clocks::pause(&req.app, &*req.actor()?, seen(&req), &reason).await).await,
        Err(state) => refused(&req, state).await,
    }
}

async fn split(req: Req) -> Result<Response> {
    match form::matter(&req.form) {
        Ok(matter) => finish(&req, splits::split(&req.app, &*req.actor()?, seen(&req), &matter).await).await,
        Err(state) => refused(&req, state).await,
    }
}

async fn merge(req: Req) -> Result<Response> {
    let others = form::numbers(&req.form);
    match merging::merge(&req.app, &*req.actor()?, seen(&req), &others).await {
        Ok(wrong) if !wrong.is_empty() => {
            let mut state = FormState::of(req.form.clone());
            for case in wrong {
                state.error_with("numbers", case.why, &[("number", case.number)]);
            }
            refused(&req, state).await
        }
        other => finish(&req, other.map(drop)).await,
    }
}

async fn unmerge(req: Req) -> Result<Response> {
    match form::words(&req.form, "unmerge_reason", "cases.error.reason_missing") {
        Ok(why) => finish(&req, merging::unmerge(&req.app, &*req.actor()?, seen(&req), &why).await).await,
        Err(state) => refused(&req, state).await,
    }
}

async fn resume(req: Req) -> Result<Response> {
    finish(&req, clocks::resume(&req.app, &*req.actor()?, seen(&req)).await).await
}

async fn set_hold(req: Req) -> Result<Response> {
    match form::words(&req.form, "hold_reason", "cases.error.reason_missing") {
        Ok(why) => finish(&req, legal_hold::set(&req.app, &*req.actor()?, seen(&req), &why).await).await,
        Err(state) => refused(&req, state).await,
    }
}

async fn lift_hold(req: Req) -> Result<Response> {
    match form::words(&req.form, "lift_reason", "cases.error.reason_missing") {
        Ok(why) => finish(&req, legal_hold::lift(&req.app, &*req.actor()?, seen(&req), &why).await).await,
        Err(state) => refused(&req, state).await,
    }
}

async fn press(req: Req) -> Result<Response> {
    match form::optional_words(&req.form, "press_words") {
        Ok(words) => finish(&req, write::press(&req.app, &*req.actor()?, req.param("number"), &words).await).await,
        Err(state) => refused(&req, state).await,
    }
}
