//! `/q/{code}`: the form, and taking it in.

use std::sync::Arc;

use axum::http::{HeaderValue, StatusCode, header};

use crate::{
    access_points::{
        self,
        model::{AccessPoint, Audience, Liveness},
    },
    attachments::staged::{self, Staged},
    cases::model::{Lane, Person},
    error::{Error, Result},
    forms,
    http::{App, Cx, Form, Req, Response, respond},
    intake::{
        form,
        model::{NewSubmission, Receipt},
        open::Open,
        pages::{
            FILES,
            form_view::{self, FormPage},
            gone, mail, receipt_view,
        },
        submit::{self, Submitted},
    },
    kernel::{ids::FormVersionId, proof, random},
    letters,
    notify::{self, submitters::Offer},
    organizations, questionnaires,
    ui::{self, FormState},
};

/// The access point of a code with everything its form needs; `None` when it is unknown or not live.
async fn open(app: &App, code: &str, form_version: &str) -> Result<Option<Open>> {
    let mut c = app.db.read().await?;
    let Some(point) = access_points::actions::by_code(&mut c, code).await? else { return Ok(None) };
    if point.liveness(app.now()) != Liveness::Live {
        return Ok(None);
    }
    let asked = match FormVersionId::parse(form_version) {
        Some(id) => forms::actions::version_of(&mut c, point.form_id, id).await?,
        None => None,
    };
    let mut open = Open::of(&mut c, point).await?;
    if let Some(version) = asked {
        open.version = version;
    }
    Ok(Some(open))
}

/// `GET /q/{code}`.
pub async fn form_page(req: Req) -> Result<Response> {
    if let Some(questions) = questionnaires::pages::answer::show(&req).await? {
        return Ok(questions);
    }
    if let Some(letter) = letters::letter_page(&req).await? {
        return Ok(letter);
    }
    let Some(open) = open(&req.app, req.param("code"), "").await? else {
        return gone::respond(&req).await;
    };
    req.app.opens.add(open.point.id);
    let mut state = FormState::default();
    state.values.set("idempotency_key", random::secret(&*req.app.random));
    preset(&mut state.values, &open);
    Ok(page(&req.app, &req.cx, &open, state, &[], false, StatusCode::OK).await)
}

/// What an access point chooses beforehand.
fn preset(values: &mut Form, open: &Open) {
    if let Some(topic) = open.point.topic_id.and_then(|id| open.topics.iter().find(|t| t.id == id)) {
        values.set("topic", topic.code.clone());
    }
    values.set("role", usual_person(open.point.audience).code());
    values.set("identity", "anonymous");
}

/// Who usually writes at an access point of this audience.
const fn usual_person(audience: Audience) -> Person {
    match audience {
        Audience::Everyone | Audience::Parents => Person::Parent,
        Audience::Students => Person::Student,
        Audience::Staff => Person::Staff,
    }
}

async fn page(
    app: &App,
    cx: &Cx,
    open: &Open,
    state: FormState,
    staged: &[Staged],
    work: bool,
    status: StatusCode,
) -> Response {
    let page = form_view::view(
        cx,
        &FormPage {
            org: &open.org,
            point: &open.point,
            version: &open.version,
            topics: &open.topics,
            state: &state,
            staged,
            proof_wanted: work,
            answer_by: open.org.calendar.add_working_days(app.now(), open.org.limits.handling),
        },
    );
    ui::respond(app, cx, page.status(status)).await
}

/// `POST /q/{code}`: 201 with the receipt, or 422 with the form again; 503 with the form again when it can't be stored now
/// (promise 4).
pub async fn submit(req: Req) -> Result<Response> {
    if let Some(answer) = questionnaires::pages::answer::submit(&req).await? {
        return Ok(answer);
    }
    if let Some(answer) = letters::reply(&req).await? {
        return Ok(answer);
    }
    let Some(open) = open(&req.app, req.param("code"), req.form.text("form_version")).await? else {
        return moved(&req).await;
    };
    let mut state = FormState::of(req.form.clone());
    let mut staged = Vec::new();
    if req.form.has(ui::page::AGAIN) && !req.wants_json() {
        staged = staged::files_of(&req.app, &req.form, FILES, &mut state).await?;
        return Ok(page(&req.app, &req.cx, &open, state, &staged, false, StatusCode::OK).await);
    }
    match take_in(&req, &open, &mut state, &mut staged).await {
        Err(Error::Unavailable) if !req.wants_json() => unavailable(&req, &open, state, &staged).await,
        other => other,
    }
}

/// What was written at a code that was revoked meanwhile comes back as the form of a live one, to be sent there.
async fn moved(req: &Req) -> Result<Response> {
    if req.wants_json() {
        return gone::respond(req).await;
    }
    let mut c = req.app.db.read().await?;
    let Some(gone) = access_points::actions::by_code(&mut c, req.param("code")).await? else {
        drop(c);
        return gone::respond(req).await;
    };
    let live = access_points::actions::live_of(&req.app, &mut c, gone.organization_id).await?;
    let same = |p: &&AccessPoint| p.form_id == gone.form_id && p.channel == gone.channel;
    let heir = live.iter().find(|p| Some(p.id) == gone.replaced_by).or_else(|| live.iter().find(same));
    let Some(heir) = heir.cloned() else {
        drop(c);
        return gone::respond(req).await;
    };
    let open = Open::of(&mut c, heir).await?;
    drop(c);
    let mut state = FormState::of(req.form.clone());
    let staged = staged::files_of(&req.app, &req.form, FILES, &mut state).await?;
    state.error("", "intake.error.moved");
    Ok(page(&req.app, &req.cx, &open, state, &staged, false, StatusCode::GONE).await)
}

async fn take_in(req: &Req, open: &Open, state: &mut FormState, staged: &mut Vec<Staged>) -> Result<Response> {
    let header_key = req.headers.get("idempotency-key").and_then(|v| v.to_str().ok());
    let within_limit = req.app.limits.submission(req.client);
    let parsed = form::parse(&req.form, &open.version.definition, header_key, state);
    *staged = staged::files_of(&req.app, &req.form, FILES, state).await?;
    let Some(parsed) = parsed.filter(|_| state.is_ok()) else {
        return refused(req, open, state.clone(), staged, !within_limit).await;
    };
    let lane = match parsed.lane {
        // A burst without a proof of work is stored and acknowledged like any other; the office looks at it first.
        Lane::Ordinary if !within_limit && !has_proof(&req.form, &parsed.idempotency_key) => Lane::Held,
        lane => lane,
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
        lane,
        files: staged.iter().map(|s| s.file.clone()).collect(),
    };
    match submit::submit(&req.app, &open.org, &open.point, None, new).await? {
        Submitted::Receipt(receipt) => {
            let offer = notify::submitters::offer(&req.app, parsed.person, parsed.identity);
            acknowledged(req, open, &receipt, offer).await
        }
        Submitted::KeyUsed => {
            state.error("idempotency_key", "intake.error.key_used");
            // A fresh key, so that pressing again sends this as a new message.
            state.values.set("idempotency_key", random::secret(&*req.app.random));
            refused(req, open, state.clone(), staged, !within_limit).await
        }
    }
}

/// The form with everything that was typed, and what to do meanwhile. The key stays: whatever did come in is found again.
async fn unavailable(req: &Req, open: &Open, mut state: FormState, staged: &[Staged]) -> Result<Response> {
    if open.org.hotline.is_empty() {
        state.error("", "intake.error.unavailable");
    } else {
        state.error_with("", "intake.error.unavailable_call", &[("hotline", open.org.hotline.clone())]);
    }
    let mut response = page(&req.app, &req.cx, open, state, staged, false, StatusCode::SERVICE_UNAVAILABLE).await;
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(respond::RETRY_SECONDS));
    Ok(response)
}

fn has_proof(form: &Form, key: &str) -> bool {
    form.text("proof").trim().parse::<u64>().is_ok_and(|nonce| proof::is_valid(key, nonce))
}

async fn acknowledged(req: &Req, open: &Open, receipt: &Receipt, offer: Offer) -> Result<Response> {
    if req.wants_json() {
        let body = serde_json::json!({
            "case_number": receipt.case_number,
            "tracking_code": receipt.tracking_code.grouped(),
            "due_at": ui::time::machine(receipt.due_at),
        });
        return respond::json(StatusCode::CREATED, &body);
    }
    let mail = mail::ask(&req.cx, &receipt.tracking_code, &FormState::default(), offer);
    let page = receipt_view::view(&req.cx, &open.org, &open.point, receipt, &req.app.config.base_url(), mail);
    Ok(ui::respond(&req.app, &req.cx, page.status(StatusCode::CREATED)).await)
}

async fn refused(req: &Req, open: &Open, state: FormState, staged: &[Staged], work: bool) -> Result<Response> {
    if req.wants_json() {
        return respond::json(StatusCode::UNPROCESSABLE_ENTITY, &state.to_json(&req.cx));
    }
    Ok(page(&req.app, &req.cx, open, state, staged, work, StatusCode::UNPROCESSABLE_ENTITY).await)
}

/// `POST /q/{code}/files`: takes one file before the form is sent; 201 with its token, or 422.
pub async fn stage_file(req: Req) -> Result<Response> {
    if open(&req.app, req.param("code"), "").await?.is_none() {
        return Err(Error::NotFound);
    }
    if !req.app.limits.upload(req.client) {
        return Err(Error::TooMany(60));
    }
    let app: &Arc<App> = &req.app;
    let upload = req.form.files.first().ok_or(Error::Bad("error.bad_form"))?;
    match staged::accept(app, upload.bytes.clone()).await? {
        Ok(staged) => {
            let body = serde_json::json!({ "token": staged.token, "kind": staged.file.kind });
            respond::json(StatusCode::CREATED, &body)
        }
        Err(key) => {
            let mut state = FormState::default();
            state.error("files", key);
            respond::json(StatusCode::UNPROCESSABLE_ENTITY, &state.to_json(&req.cx))
        }
    }
}
