//! `/q/{code}` of a letter: the letter, the reply slip, and what became of the replies. Called by intake, which owns the
//! address.

use axum::http::StatusCode;

use crate::{
    access_points::{self, model::AccessPoint},
    db::Conn,
    error::{Error, Result},
    forms::{
        self,
        model::{Answers, FormVersion},
    },
    http::{App, Form, Req, Response, respond},
    kernel::{ids::FormVersionId, random},
    letters::{
        actions::{
            self,
            replies::{self, By, NewReply, Replied},
        },
        model::{Letter, Stage, Table, Version},
        pages::public_view::{self, Shown},
    },
    organizations::{self, model::Organization},
    ui::{self, FormState},
};

/// A letter as its readers see it.
pub(super) struct Open {
    pub org: Organization,
    pub point: AccessPoint,
    pub letter: Letter,
    pub slip: FormVersion,
    pub versions: Vec<Version>,
    pub table: Option<Table>,
    /// Whether an earlier version is shown than the newest.
    pub earlier: bool,
}

impl Open {
    /// The letter behind a code; `None` when there is something else, or nothing.
    async fn of(c: &mut Conn, code: &str, form_version: &str) -> Result<Option<Self>> {
        let Some(point) = access_points::actions::by_code(c, code).await? else { return Ok(None) };
        let Some(letter) = actions::behind(c, &point).await? else { return Ok(None) };
        let asked = match FormVersionId::parse(form_version) {
            Some(id) => forms::actions::version_of(c, point.form_id, id).await?,
            None => None,
        };
        let slip = match asked {
            Some(version) => version,
            None => replies::slip(c, &letter).await?,
        };
        Ok(Some(Self {
            org: organizations::actions::organization(c, point.organization_id).await?,
            versions: actions::versions(c, letter.id).await?,
            table: actions::table_of(c, letter.id).await?,
            point,
            letter,
            slip,
            earlier: false,
        }))
    }
}

/// The page of the letter behind the code of a request; `None` when there is something else behind it.
///
/// # Errors
/// The database's.
pub async fn letter_page(req: &Req) -> Result<Option<Response>> {
    let mut c = req.app.db.read().await?;
    let Some(mut open) = Open::of(&mut c, req.param("code"), "").await? else { return Ok(None) };
    if let Some(number) = req.query.optional("version").and_then(|n| n.parse::<i64>().ok()) {
        open.letter.content = actions::version(&mut c, open.letter.id, number).await?;
        open.earlier = open.versions.iter().any(|v| v.number > number);
        open.versions.retain(|v| v.number <= number);
    }
    drop(c);
    req.app.opens.add(open.point.id);
    let mut state = FormState::default();
    state.values.set("idempotency_key", random::secret(&*req.app.random));
    if let Some(class) = req.query.optional("class") {
        // A link for one class: its choice is made.
        state.values.set("class", class);
    }
    Ok(Some(show(req, &open, &state, StatusCode::OK).await))
}

async fn show(req: &Req, open: &Open, state: &FormState, status: StatusCode) -> Response {
    let page = public_view::letter(&req.cx, &Shown { open, state });
    ui::respond(&req.app, &req.cx, page.status(status)).await
}

/// A reply to the letter behind the code of a request: 201 with thanks, 422 with the form again; `None` when there is
/// something else behind it.
///
/// # Errors
/// The database's.
pub async fn reply(req: &Req) -> Result<Option<Response>> {
    let mut c = req.app.db.read().await?;
    let Some(open) = Open::of(&mut c, req.param("code"), req.form.text("form_version")).await? else {
        return Ok(None);
    };
    drop(c);
    let mut state = FormState::of(req.form.clone());
    if req.form.has(ui::page::AGAIN) && !req.wants_json() {
        return Ok(Some(show(req, &open, &state, StatusCode::OK).await));
    }
    if !matches!(open.letter.stage(req.now()), Stage::Open(_)) {
        state.error("", "letters.reply.ended");
        return refused(req, &open, &state, StatusCode::GONE).await.map(Some);
    }
    if !req.app.limits.submission(req.client) {
        state.error("", "letters.reply.crowd");
        return refused(req, &open, &state, StatusCode::TOO_MANY_REQUESTS).await.map(Some);
    }
    match take_in(&req.app, req, &open, &mut state).await {
        Err(Error::Unavailable) => {
            state.error("", "letters.reply.unavailable");
            refused(req, &open, &state, StatusCode::SERVICE_UNAVAILABLE).await.map(Some)
        }
        Err(Error::Bad(key)) => {
            state.error("", key);
            refused(req, &open, &state, StatusCode::GONE).await.map(Some)
        }
        other => other.map(Some),
    }
}

async fn take_in(app: &std::sync::Arc<App>, req: &Req, open: &Open, state: &mut FormState) -> Result<Response> {
    let key = key_of(req, state);
    let code = if open.letter.with_codes { forms::codes::typed(state) } else { None };
    let named = if open.letter.with_codes { String::new() } else { class_of(&req.form, open, state) };
    let answers: Answers = forms::form::checked(&open.slip.definition, &forms::form::given(&req.form), state);
    if !state.is_ok() {
        return refused(req, open, state, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let by = code.as_ref().map_or(By::Choice(&named), By::Code);
    let new = NewReply { version: &open.slip, by, idempotency_key: &key, answers: &answers };
    match replies::take(app, &open.point, open.letter.id, new).await? {
        Replied::Kept => thanks(req, open).await,
        Replied::Code(why) => {
            state.error(forms::codes::FIELD, why.key());
            refused(req, open, state, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Replied::KeyUsed => {
            state.error("", "letters.reply.key_used");
            // A fresh key, so that pressing again sends this as a new reply.
            state.values.set("idempotency_key", random::secret(&*req.app.random));
            refused(req, open, state, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

fn key_of(req: &Req, state: &mut FormState) -> String {
    let header = req.headers.get("idempotency-key").and_then(|v| v.to_str().ok());
    let key = header.unwrap_or_else(|| req.form.text("idempotency_key")).trim().to_string();
    if !(8..=128).contains(&key.len()) || !key.chars().all(|c| c.is_ascii_graphic()) {
        state.error("idempotency_key", "letters.reply.key");
    }
    key
}

/// The class: one of the office's, when there are any (promise 17).
fn class_of(posted: &Form, open: &Open, state: &mut FormState) -> String {
    let classes = &open.letter.content.classes;
    let typed = posted.text("class").trim();
    if !classes.is_empty() && !classes.iter().any(|c| c.name == typed) {
        state.error("class", "letters.reply.class");
    }
    if classes.is_empty() { String::new() } else { typed.to_string() }
}

async fn thanks(req: &Req, open: &Open) -> Result<Response> {
    if req.wants_json() {
        return respond::json(StatusCode::CREATED, &serde_json::json!({ "received": true }));
    }
    let page = public_view::thanks(&req.cx, open).status(StatusCode::CREATED);
    Ok(ui::respond(&req.app, &req.cx, page).await)
}

async fn refused(req: &Req, open: &Open, state: &FormState, status: StatusCode) -> Result<Response> {
    if req.wants_json() {
        return respond::json(status, &state.to_json(&req.cx));
    }
    Ok(show(req, open, state, status).await)
}
