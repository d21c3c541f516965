//! The screen while somebody speaks (`/desk/hotline/new`, `/desk/walk-in/new`), and what becomes of it.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    access_points,
    attachments::staged::{self, Staged},
    cases::{
        model::{Identity, Lane, Person},
        similar::{self, Said, Similar},
    },
    db::Conn,
    error::{Error, Result},
    hotline::{
        drafts::{self, Draft},
        form,
        model::{CallKind, Duty, Then, Urgency},
        pages::{screen, view, word_of},
        roster,
    },
    http::{Form, Req, Response},
    intake::{
        open::Open,
        pages::taken::{Given, receipt_page},
        submit::TakenDown,
        taken_down::{Taken, take_down},
    },
    kernel::{
        ids::DraftId,
        random,
        roles::{Channel, Role},
        text::normalize_line,
    },
    organizations::model::Staff,
    ui::{self, FormState, Page, desk_page, time},
};

/// The field of the recording.
const RECORDING: &str = "recording";

/// What stands beside the form.
pub(super) struct Beside {
    /// Calls that were not saved yet, without the one on the screen.
    pub drafts: Vec<Draft>,
    /// Whether what is on the screen was one of them.
    pub restored: bool,
    /// Who is on duty today.
    pub duties: Vec<Duty>,
    /// Everybody who can be.
    pub people: Vec<Staff>,
    /// Places that people speak of.
    pub places: Vec<String>,
    /// Cases that may be meant; `None` before anybody asked.
    pub similar: Option<Vec<Similar>>,
    /// A recording that was accepted already.
    pub recording: Option<Staged>,
}

/// `GET /desk/hotline/new`.
pub async fn call_page(req: Req) -> Result<Response> {
    empty(req, CallKind::Call).await
}

/// `GET /desk/walk-in/new`.
pub async fn visit_page(req: Req) -> Result<Response> {
    empty(req, CallKind::Visit).await
}

/// `POST /desk/hotline/new`.
pub async fn call(req: Req) -> Result<Response> {
    save(req, CallKind::Call).await
}

/// `POST /desk/walk-in/new`.
pub async fn visit(req: Req) -> Result<Response> {
    save(req, CallKind::Visit).await
}

/// `POST /desk/hotline/similar`: the screen again, with cases that may be meant.
pub async fn similar_to_call(req: Req) -> Result<Response> {
    suggest(req, CallKind::Call).await
}

/// `POST /desk/walk-in/similar`.
pub async fn similar_to_visit(req: Req) -> Result<Response> {
    suggest(req, CallKind::Visit).await
}

async fn opened(req: &Req, kind: CallKind) -> Result<Option<Open>> {
    let mut c = req.app.db.read().await?;
    Open::channel(&req.app, &mut c, req.actor()?.organization_id, kind.channel()).await
}

/// The screen: what was not saved last time, unless something new is wanted.
async fn empty(req: Req, kind: CallKind) -> Result<Response> {
    let Some(open) = opened(&req, kind).await? else {
        let page = no_access_point(&req, kind)?;
        return Ok(ui::respond(&req.app, &req.cx, page).await);
    };
    let mut beside = beside(&req, kind).await?;
    let wanted = DraftId::parse(req.query.text("draft"));
    let chosen = match wanted {
        Some(id) => beside.drafts.iter().position(|d| d.id == id),
        None if req.query.has("fresh") => None,
        None => (!beside.drafts.is_empty()).then_some(0),
    };
    let values = match chosen.map(|at| beside.drafts.remove(at)) {
        Some(draft) => {
            beside.restored = true;
            let talked = draft
                .values
                .text("started_at")
                .parse()
                .map_or(0, |began: i64| (draft.kept_at.timestamp_millis() - began).max(0));
            let mut values = draft.values;
            values.set("draft", draft.id.to_string());
            // The clock stood while nobody wrote.
            values.set("started_at", (req.now().timestamp_millis() - talked).to_string());
            values
        }
        None => Form::from_pairs([
            ("idempotency_key", random::secret(&*req.app.random).as_str()),
            ("draft", DraftId::new(req.now(), &*req.app.random).to_string().as_str()),
            ("started_at", req.now().timestamp_millis().to_string().as_str()),
            ("role", Person::Parent.code()),
            ("identity", Identity::Named.code()),
            ("urgency", Urgency::Ordinary.code()),
            ("then", "case"),
        ]),
    };
    let page = view::page(&req.cx, kind, &open, &FormState::of(values), &beside);
    Ok(ui::respond(&req.app, &req.cx, page).await)
}

async fn beside(req: &Req, kind: CallKind) -> Result<Beside> {
    let actor = req.actor()?;
    let org = actor.organization_id;
    let mut c = req.app.db.read().await?;
    Ok(Beside {
        drafts: drafts::of(&req.app, &mut c, &actor, kind).await?,
        restored: false,
        duties: roster::duties(&mut c, org, time::date(req.now()), 1).await?,
        people: roster::people(&mut c, org).await?,
        places: places(&mut c, req).await?,
        similar: None,
        recording: None,
    })
}

/// Places of access points other than the telephone and the desk themselves, each once.
async fn places(c: &mut Conn, req: &Req) -> Result<Vec<String>> {
    let live = access_points::actions::live_of(&req.app, c, req.actor()?.organization_id).await?;
    let mut places: Vec<String> = live
        .into_iter()
        .filter(|p| !matches!(p.channel, Channel::Hotline | Channel::WalkIn) && !p.place.is_empty())
        .map(|p| p.place)
        .collect();
    places.sort();
    places.dedup();
    Ok(places)
}

async fn save(req: Req, kind: CallKind) -> Result<Response> {
    let open = opened(&req, kind).await?.ok_or(Error::NotFound)?;
    let actor = req.actor()?;
    let mut state = FormState::of(req.form.clone());
    let mut posted = req.form.clone();
    if form::urgency(&posted) == Urgency::Danger {
        posted.set("danger", "1");
    }
    let call = form::parse(&posted, kind, req.now(), &mut state);
    let recording = recording(&req, &mut state).await?;
    let files = recording.iter().map(|r| r.file.clone()).collect();
    let taken = TakenDown { by: &actor, opening: None, call: Some(&call) };
    let status = match take_down(&req.app, &open, &posted, files, taken, &mut state).await? {
        Taken::Down(receipt) => {
            let instead = match call.then {
                Then::Answered(_) => Some("hotline.receipt.answered"),
                _ if receipt.lane == Lane::Safeguarding => Some("hotline.receipt.danger"),
                _ => None,
            };
            let given = Given {
                org: &open.org,
                receipt: &receipt,
                kind: word_of(kind),
                another: format!("{}?fresh=1", screen(kind)),
                role: actor.role,
                instead,
                base_url: req.app.config.base_url(),
            };
            let page = receipt_page(&req.cx, &given).status(StatusCode::CREATED);
            return Ok(ui::respond(&req.app, &req.cx, page).await);
        }
        Taken::Refused => StatusCode::UNPROCESSABLE_ENTITY,
        Taken::Later => StatusCode::SERVICE_UNAVAILABLE,
    };
    again(&req, kind, &open, &state, recording, status).await
}

/// The recording that came, or came before an error. A voice is nothing anonymous.
async fn recording(req: &Req, state: &mut FormState) -> Result<Option<Staged>> {
    let recording = staged::recording_of(&req.app, &req.form, RECORDING, state).await?;
    if recording.is_some() && req.form.text("identity") == Identity::Anonymous.code() {
        state.error(RECORDING, "hotline.error.recording_anonymous");
        return Ok(None);
    }
    Ok(recording)
}

async fn again(
    req: &Req,
    kind: CallKind,
    open: &Open,
    state: &FormState,
    recording: Option<Staged>,
    status: StatusCode,
) -> Result<Response> {
    let mut beside = beside(req, kind).await?;
    let this = DraftId::parse(req.form.text("draft"));
    beside.drafts.retain(|d| Some(d.id) != this);
    beside.similar = if req.form.has("attach") { Some(find(req, open).await?) } else { None };
    beside.recording = recording;
    let page = view::page(&req.cx, kind, open, state, &beside).status(status);
    Ok(ui::respond(&req.app, &req.cx, page).await)
}

async fn suggest(req: Req, kind: CallKind) -> Result<Response> {
    let open = opened(&req, kind).await?.ok_or(Error::NotFound)?;
    let mut state = FormState::of(req.form.clone());
    let recording = recording(&req, &mut state).await?;
    let mut beside = beside(&req, kind).await?;
    let this = DraftId::parse(req.form.text("draft"));
    beside.drafts.retain(|d| Some(d.id) != this);
    beside.similar = Some(find(&req, &open).await?);
    beside.recording = recording;
    let page = view::page(&req.cx, kind, &open, &state, &beside);
    Ok(ui::respond(&req.app, &req.cx, page).await)
}

async fn find(req: &Req, open: &Open) -> Result<Vec<Similar>> {
    let topic = open.topics.iter().find(|t| t.code == req.form.text("topic")).map(|t| t.id);
    let place = normalize_line(req.form.text("place"));
    let said = Said { topic, place: &place, text: req.form.text("body") };
    let mut c = req.app.db.read().await?;
    similar::find(&mut c, &*req.actor()?, said, req.cx.lang).await
}

fn no_access_point(req: &Req, kind: CallKind) -> Result<Page> {
    let cx = &req.cx;
    let title = cx.word("intake.taken", word_of(kind)).into_owned();
    let make = (req.actor()?.role == Role::Office).then(|| {
        view! { <p class="button-row"><a class="button" href="/desk/access-points/new">{cx.t("access_points.add")}</a></p> }
    });
    let word = cx.word("channel", kind.channel().code()).into_owned();
    let main = view! {
        <header class="page-head"><h1>{title.clone()}</h1></header>
        <p>{cx.tf("intake.taken.none", &[("channel", &word)])}</p>
        {make}
    };
    Ok(desk_page::admin_page(cx, title, main))
}
