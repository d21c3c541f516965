//! `/q/{code}` where a questionnaire stands behind the code: its questions, and taking the answers in.

use axum::http::{HeaderValue, StatusCode, header};

use crate::{
    access_points::{
        self,
        model::{AccessPoint, Liveness},
    },
    error::{Error, Result},
    forms::{
        self,
        form::Photos,
        model::{Answers, FormVersion},
    },
    http::{Req, Response, respond},
    kernel::{ids::FormVersionId, random, response_code::ResponseCode, roles::Channel},
    organizations::{self, model::Organization},
    questionnaires::{
        actions::{
            self,
            answer::{NewAnswer, Received},
        },
        model::{OneAnswer, Questionnaire, Window},
        pages::answer_view,
    },
    ui::{self, FormState},
};

/// After how many seconds a device that is handed around shows the empty form again.
const NEXT_PERSON_SECONDS: u32 = 15;

/// What stands behind a code.
pub(super) struct Open {
    pub org: Organization,
    pub point: AccessPoint,
    pub questionnaire: Questionnaire,
    /// Whether one device is handed around.
    pub kiosk: bool,
}

impl Open {
    /// The address of the form.
    pub fn address(&self) -> String {
        format!("/q/{}{}", self.point.code, if self.kiosk { "?kiosk=1" } else { "" })
    }

    /// Under which name answers are kept on the device; a device that is handed around keeps none.
    pub fn draft(&self) -> &str {
        if self.kiosk { "" } else { &self.point.code }
    }
}

/// The questionnaire behind a code; `None` when the code is unknown or not live, or opens something else.
pub(super) async fn open(req: &Req) -> Result<Option<Open>> {
    let mut c = req.app.db.read().await?;
    let Some(point) = access_points::actions::by_code(&mut c, req.param("code")).await? else { return Ok(None) };
    if point.channel != Channel::Questionnaire || point.liveness(req.now()) != Liveness::Live {
        return Ok(None);
    }
    let Some(questionnaire) = actions::by_form(&mut c, point.form_id).await? else { return Ok(None) };
    let org = organizations::actions::organization(&mut c, point.organization_id).await?;
    let kiosk = questionnaire.settings.kiosk && req.query.has("kiosk");
    Ok(Some(Open { org, point, questionnaire, kiosk }))
}

/// The version that a form names, when it is one of this form; the newest otherwise.
pub(super) async fn version(req: &Req, open: &Open, named: &str) -> Result<FormVersion> {
    let mut c = req.app.db.read().await?;
    let form = open.questionnaire.form_id;
    let asked = match FormVersionId::parse(named) {
        Some(id) => forms::actions::version_of(&mut c, form, id).await?,
        None => None,
    };
    match asked {
        Some(version) => Ok(version),
        None => forms::actions::live_version(&mut c, form).await,
    }
}

/// `GET /q/{code}`, when a questionnaire stands behind it.
pub async fn show(req: &Req) -> Result<Option<Response>> {
    let Some(open) = open(req).await? else { return Ok(None) };
    if let Some(closed) = not_open(req, &open).await? {
        return Ok(Some(closed));
    }
    req.app.opens.add(open.point.id);
    let version = version(req, &open, "").await?;
    let mut state = FormState::default();
    state.values.set("idempotency_key", random::secret(&*req.app.random));
    Ok(Some(page(req, &open, &version, &state, &[], StatusCode::OK).await))
}

/// `POST /q/{code}`, when a questionnaire stands behind it: 201 with thanks, 422 with everything again, 503 with everything
/// again when it can't be stored now (promise 4).
pub async fn submit(req: &Req) -> Result<Option<Response>> {
    let Some(open) = open(req).await? else { return Ok(None) };
    if let Some(closed) = not_open(req, &open).await? {
        return Ok(Some(closed));
    }
    let version = version(req, &open, req.form.text("form_version")).await?;
    let mut given = Given { state: FormState::of(req.form.clone()), photos: Vec::new() };
    if req.form.has(ui::page::AGAIN) && !req.wants_json() {
        // In the other language or size: nothing is checked or stored, and nothing is lost.
        let mut typed = forms::form::given(&req.form);
        let (form, state) = (&version.definition, &mut given.state);
        given.photos = forms::form::photos(&req.app, &req.form, form, &mut typed, state).await?;
        return Ok(Some(page(req, &open, &version, &given.state, &given.photos, StatusCode::OK).await));
    }
    match take_in(req, &open, &version, &mut given).await {
        Err(Error::Unavailable) if !req.wants_json() => Ok(Some(unavailable(req, &open, &version, given).await)),
        other => other.map(Some),
    }
}

/// What came with a form.
struct Given {
    state: FormState,
    photos: Vec<Photos>,
}

async fn take_in(req: &Req, open: &Open, version: &FormVersion, given: &mut Given) -> Result<Response> {
    let state = &mut given.state;
    let key = idempotency_key(req, state);
    let code = match open.questionnaire.settings.one_answer {
        OneAnswer::Free => None,
        OneAnswer::Code => forms::codes::typed(state),
    };
    let mut typed = forms::form::given(&req.form);
    given.photos = forms::form::photos(&req.app, &req.form, &version.definition, &mut typed, state).await?;
    let answers = forms::form::checked(&version.definition, &typed, state);
    if !state.is_ok() {
        return refused(req, open, version, given).await;
    }
    match receive(req, open, version, given, &key, code.as_ref(), &answers).await? {
        Received::Kept => kept(req, open, version).await,
        Received::KeyUsed => {
            given.state.error("idempotency_key", "questionnaires.error.key_used");
            // A fresh key, so that pressing again sends this as a new answer.
            given.state.values.set("idempotency_key", random::secret(&*req.app.random));
            refused(req, open, version, given).await
        }
        Received::Code(why) => {
            given.state.error(forms::codes::FIELD, why.key());
            refused(req, open, version, given).await
        }
    }
}

async fn receive(
    req: &Req,
    open: &Open,
    version: &FormVersion,
    given: &Given,
    key: &str,
    code: Option<&ResponseCode>,
    answers: &Answers,
) -> Result<Received> {
    let new = NewAnswer { point: &open.point, version, idempotency_key: key, code, answers, photos: &given.photos };
    actions::answer::receive(&req.app, &open.questionnaire, new).await
}

fn idempotency_key(req: &Req, state: &mut FormState) -> String {
    let header = req.headers.get("idempotency-key").and_then(|v| v.to_str().ok());
    let key = header.unwrap_or_else(|| req.form.text("idempotency_key")).trim().to_string();
    if !(8..=128).contains(&key.len()) || !key.chars().all(|c| c.is_ascii_graphic()) {
        state.error("idempotency_key", "questionnaires.error.key");
    }
    key
}

async fn page(
    req: &Req,
    open: &Open,
    version: &FormVersion,
    state: &FormState,
    photos: &[Photos],
    status: StatusCode,
) -> Response {
    let page = answer_view::form(&req.cx, open, version, state, photos);
    ui::respond(&req.app, &req.cx, page.status(status)).await
}

async fn refused(req: &Req, open: &Open, version: &FormVersion, given: &Given) -> Result<Response> {
    if req.wants_json() {
        return respond::json(StatusCode::UNPROCESSABLE_ENTITY, &given.state.to_json(&req.cx));
    }
    Ok(page(req, open, version, &given.state, &given.photos, StatusCode::UNPROCESSABLE_ENTITY).await)
}

/// The form with everything that was answered. The key stays: whatever did come in is found again.
async fn unavailable(req: &Req, open: &Open, version: &FormVersion, mut given: Given) -> Response {
    given.state.error("", "questionnaires.error.unavailable");
    let mut response = page(req, open, version, &given.state, &given.photos, StatusCode::SERVICE_UNAVAILABLE).await;
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(respond::RETRY_SECONDS));
    response
}

async fn kept(req: &Req, open: &Open, version: &FormVersion) -> Result<Response> {
    if req.wants_json() {
        return respond::json(StatusCode::CREATED, &serde_json::json!({ "received": true }));
    }
    let page = answer_view::thanks(&req.cx, open, version);
    let mut response = ui::respond(&req.app, &req.cx, page.status(StatusCode::CREATED)).await;
    if open.kiosk {
        let again = format!("{NEXT_PERSON_SECONDS}; url={}", req.cx.href(&open.address()));
        response.headers_mut().insert(header::REFRESH, HeaderValue::from_str(&again).map_err(Error::internal)?);
    }
    Ok(response)
}

/// The plain page of a questionnaire that is not open now.
async fn not_open(req: &Req, open: &Open) -> Result<Option<Response>> {
    let window = open.questionnaire.window(req.now());
    if window == Window::Open {
        return Ok(None);
    }
    if req.wants_json() {
        let message = answer_view::not_open_words(&req.cx, window);
        let body = serde_json::json!({ "error": "questionnaires.not_open", "message": message });
        return respond::json(StatusCode::GONE, &body).map(Some);
    }
    let page = answer_view::not_open(&req.cx, open, window);
    Ok(Some(ui::respond(&req.app, &req.cx, page.status(StatusCode::GONE)).await))
}
