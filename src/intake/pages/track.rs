//! `/track`: the page that asks for the code, and what the code opens.

use axum::http::{HeaderValue, StatusCode, header};
use leptos::prelude::IntoAny;

use crate::{
    attachments::{
        self,
        staged::{self, Staged},
    },
    cases::{
        model::{Identity, Rating},
        submitter::{self, Track},
    },
    error::{Error, Result},
    http::{Req, Response, respond},
    intake::{
        pages::{FILES, mail, receipt_view, track_view},
        rules,
        store::Tracked,
        track,
    },
    kernel::{
        clock::hour_of,
        ids::{AttachmentId, CaseId},
        random,
        text::normalize_text,
        tracking_code::TrackingCode,
    },
    notify::{self, submitters::Offer},
    organizations, personal_data,
    ui::{self, FormState},
};

/// `GET /track`.
pub async fn track_page(req: Req) -> Result<Response> {
    Ok(ui::respond(&req.app, &req.cx, track_view::ask(&req.cx, &FormState::default())).await)
}

/// `POST /track`: shows the case of the code; with `action`, does what its owner may do.
pub async fn track(req: Req) -> Result<Response> {
    let Some((code, tracked)) = track::find(&req.app, req.form.text("tracking_code"), req.client).await? else {
        return not_found(&req).await;
    };
    let mut state = FormState::of(req.form.clone());
    if req.form.text("action") == "copy" && !req.form.has(ui::page::AGAIN) {
        match personal_data::track::copy(&req, tracked.case_id, tracked.submission_id).await {
            Err(Error::Bad(key)) => state.error("", key),
            other => return other,
        }
        return show(&req, &code, &tracked, state, &[], None).await;
    }
    if req.form.text("action") == "file" && !req.form.has(ui::page::AGAIN) {
        return office_file(&req, &tracked).await;
    }
    let mut staged = Vec::new();
    let done = match req.form.text("action") {
        "" => None,
        receipt_view::SHOW_RECEIPT if !req.wants_json() => return receipt(&req, code, &tracked).await,
        // The other language or size: what was typed stays, and nothing is done yet.
        _ if req.form.has(ui::page::AGAIN) && !req.wants_json() => {
            staged = staged::files_of(&req.app, &req.form, FILES, &mut state).await?;
            None
        }
        action => match act(&req, action, &tracked, &mut state, &mut staged).await {
            Err(Error::Unavailable) if !req.wants_json() => {
                return unavailable(&req, &code, &tracked, state, &staged).await;
            }
            other => other?,
        },
    };
    if done.is_some() {
        state.values = crate::http::Form::default();
        staged.clear();
    }
    show(&req, &code, &tracked, state, &staged, done).await
}

/// The receipt once more, in the language and size that the address asks for.
async fn receipt(req: &Req, code: TrackingCode, tracked: &Tracked) -> Result<Response> {
    let mut c = req.app.db.read().await?;
    let org = organizations::actions::organization(&mut c, tracked.organization_id).await?;
    let (point, receipt) = track::receipt(&mut c, &org, tracked, code).await?;
    let standing = notify::submitters::standing(&mut c, tracked.submission_id).await?;
    drop(c);
    let offer = notify::submitters::offer(&req.app, tracked.person, tracked.identity);
    let mail = mail::on_track(&req.cx, &receipt.tracking_code, &FormState::default(), offer, standing);
    let page = receipt_view::view(&req.cx, &org, &point, &receipt, &req.app.config.base_url(), mail);
    Ok(ui::respond(&req.app, &req.cx, page).await)
}

/// A file that the office sent with a message.
async fn office_file(req: &Req, tracked: &Tracked) -> Result<Response> {
    let id = AttachmentId::parse(req.form.text("file")).ok_or(Error::NotFound)?;
    let mut c = req.app.db.read().await?;
    let file = submitter::outward_file(&mut c, tracked.case_id, tracked.submission_id, id, req.now()).await?;
    drop(c);
    attachments::handed_out(&req.app, &file, false).await
}

/// What was typed comes back when it can't be stored now, with the number to call (promise 4).
async fn unavailable(
    req: &Req,
    code: &TrackingCode,
    tracked: &Tracked,
    mut state: FormState,
    staged: &[Staged],
) -> Result<Response> {
    let org = organizations::actions::organization(&mut req.app.db.read().await?, tracked.organization_id).await?;
    if org.hotline.is_empty() {
        state.error("", "intake.error.unavailable");
    } else {
        state.error_with("", "intake.error.unavailable_call", &[("hotline", org.hotline)]);
    }
    let mut response = show(req, code, tracked, state, staged, None).await?;
    *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(respond::RETRY_SECONDS));
    Ok(response)
}

async fn not_found(req: &Req) -> Result<Response> {
    let mut state = FormState::default();
    state.error("tracking_code", "track.error.unknown");
    if req.wants_json() {
        return respond::json(StatusCode::NOT_FOUND, &state.to_json(&req.cx));
    }
    Ok(ui::respond(&req.app, &req.cx, track_view::ask(&req.cx, &state).status(StatusCode::NOT_FOUND)).await)
}

/// What the owner of the code does; gives the key of the sentence that says it is done.
async fn act(
    req: &Req,
    action: &str,
    tracked: &Tracked,
    state: &mut FormState,
    staged: &mut Vec<Staged>,
) -> Result<Option<&'static str>> {
    let (app, case) = (&req.app, meant(req, tracked).await?);
    let outcome = match action {
        "message" => return message(req, tracked, state, staged).await,
        "mail" => return mail(req, tracked, state).await,
        "erase" => return personal_data::track::erase(req, case, tracked.submission_id, state).await,
        "mail-stop" => {
            notify::submitters::stop(app, tracked.submission_id).await.map(|()| "notify.submitter.done.stop")
        }
        "urge" => submitter::urge(app, case).await.map(|()| "track.done.urge"),
        "withdraw" => submitter::withdraw(app, case).await.map(|()| "track.done.withdraw"),
        "rate" => {
            let answer = |name: &str| match req.form.text(name) {
                "yes" => Some(true),
                "no" => Some(false),
                _ => None,
            };
            let (Some(contacted), Some(solved), Some(satisfied)) =
                (answer("contacted"), answer("solved"), answer("satisfied"))
            else {
                state.error("contacted", "track.error.rate");
                return Ok(None);
            };
            let comment = normalize_text(req.form.text("comment"));
            submitter::rate(app, case, Rating { contacted, solved, satisfied, comment })
                .await
                .map(|()| if solved { "track.done.rate" } else { "track.done.reopen" })
        }
        _ => return Err(Error::Bad("error.bad_form")),
    };
    match outcome {
        Ok(done) => Ok(Some(done)),
        Err(Error::Bad(_)) => {
            state.error("", "track.error.not_now");
            Ok(None)
        }
        Err(other) => Err(other),
    }
}

/// The case that is meant: the one of the code, or a part of it.
async fn meant(req: &Req, tracked: &Tracked) -> Result<CaseId> {
    match req.form.optional("part") {
        None => Ok(tracked.case_id),
        Some(number) => match submitter::part(&mut req.app.db.read().await?, tracked.case_id, number).await {
            Err(Error::NotFound) => Err(Error::Bad("error.bad_form")),
            other => other,
        },
    }
}

/// The submitter wants to hear by e-mail.
async fn mail(req: &Req, tracked: &Tracked, state: &mut FormState) -> Result<Option<&'static str>> {
    let offer = notify::submitters::offer(&req.app, tracked.person, tracked.identity);
    if offer == Offer::No {
        return Err(Error::Bad("error.bad_form"));
    }
    if offer == Offer::Guardian && !req.form.has("guardian") {
        state.error("guardian", "notify.error.guardian");
        return Ok(None);
    }
    let (submission, org) = (tracked.submission_id, tracked.organization_id);
    match notify::submitters::ask(&req.app, submission, org, req.form.text("email"), req.cx.lang).await {
        Ok(()) => Ok(Some("notify.submitter.done")),
        Err(Error::Bad(key)) => {
            state.error("email", key);
            Ok(None)
        }
        Err(Error::TooMany(_)) => {
            state.error("email", "notify.error.too_often");
            Ok(None)
        }
        Err(other) => Err(other),
    }
}

async fn message(
    req: &Req,
    tracked: &Tracked,
    state: &mut FormState,
    staged: &mut Vec<Staged>,
) -> Result<Option<&'static str>> {
    let body = normalize_text(req.form.text("message"));
    let key = req.form.text("idempotency_key").to_string();
    if let Some(problem) = rules::check_body(&body) {
        let max = rules::MAX_BODY_CHARS.to_string();
        state.error_with(
            "message",
            problem,
            &[("max", max), ("count", crate::kernel::text::char_count(&body).to_string())],
        );
    }
    if !(8..=128).contains(&key.len()) {
        state.error("message", "intake.error.key");
    }
    *staged = staged::files_of(&req.app, &req.form, FILES, state).await?;
    if !state.is_ok() {
        return Ok(None);
    }
    let hash = req.app.keys.idempotency_hash(&tracked.case_id.to_string(), &key);
    let files: Vec<_> = staged.iter().map(|s| s.file.clone()).collect();
    let at = if tracked.identity == Identity::Anonymous { hour_of(req.now()) } else { req.now() };
    let case = meant(req, tracked).await?;
    match submitter::message(&req.app, case, Some(tracked.submission_id), &hash, &body, &files, at).await {
        Ok(()) => Ok(Some("track.done.message")),
        Err(Error::Conflict) => {
            state.error("message", "intake.error.key_used");
            state.values.set("idempotency_key", random::secret(&*req.app.random));
            Ok(None)
        }
        Err(Error::Bad(_)) => {
            state.error("", "track.error.not_now");
            Ok(None)
        }
        Err(other) => Err(other),
    }
}

async fn show(
    req: &Req,
    code: &TrackingCode,
    tracked: &Tracked,
    mut state: FormState,
    staged: &[Staged],
    done: Option<&'static str>,
) -> Result<Response> {
    let mut c = req.app.db.read().await?;
    let view = submitter::view(&mut c, tracked.case_id, tracked.submission_id, req.now()).await?;
    let org = organizations::actions::organization(&mut c, tracked.organization_id).await?;
    let standing = notify::submitters::standing(&mut c, tracked.submission_id).await?;
    drop(c);
    let status = if state.is_ok() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    if req.wants_json() {
        let body = if state.is_ok() { as_json(req, &view) } else { state.to_json(&req.cx) };
        return respond::json(status, &body);
    }
    if state.is_ok() && !state.values.has("idempotency_key") {
        state.values.set("idempotency_key", random::secret(&*req.app.random));
    }
    let offer = notify::submitters::offer(&req.app, tracked.person, tracked.identity);
    // After the end nobody is asked any more; who was asked can still say no.
    let offer = if view.can_message { offer } else { Offer::No };
    let mail = mail::on_track(&req.cx, code, &state, offer, standing);
    let wish = personal_data::track::standing(req, tracked.case_id, tracked.submission_id).await?;
    let data = personal_data::track::offer(&req.cx, code, view.lane, &state, wish);
    let more = (mail, data).into_any();
    let page = track_view::case(&req.cx, &org, code, &view, (&state, staged), done, more);
    Ok(ui::respond(&req.app, &req.cx, page.status(status)).await)
}

/// Where the case stands, and where each of its parts does.
fn as_json(req: &Req, view: &Track) -> serde_json::Value {
    let mut whole = one_as_json(req, view);
    let parts: Vec<_> = view
        .parts
        .iter()
        .map(|part| {
            let mut one = one_as_json(req, &part.track);
            one["matter"] = part.matter.as_str().into();
            one
        })
        .collect();
    if !parts.is_empty() {
        whole["parts"] = parts.into();
    }
    whole
}

fn one_as_json(req: &Req, view: &Track) -> serde_json::Value {
    let timeline: Vec<_> = view
        .timeline
        .iter()
        .map(|t| {
            let words = req.cx.word("track.step", t.kind.code());
            let text = if t.text.is_empty() { words.into_owned() } else { format!("{words}：{}", t.text) };
            serde_json::json!({ "at": ui::time::machine(t.at), "step": t.kind, "text": text })
        })
        .collect();
    let messages: Vec<_> = track_view::conversation(&req.cx, view)
        .into_iter()
        .map(|m| {
            let from = if m.from_office { "office" } else { "submitter" };
            serde_json::json!({ "at": ui::time::machine(m.at), "from": from, "text": m.text })
        })
        .collect();
    serde_json::json!({
        "case_number": view.number,
        "state": view.state,
        "department": view.department,
        "due_at": ui::time::machine(view.promised_at),
        "timeline": timeline,
        "messages": messages,
    })
}
