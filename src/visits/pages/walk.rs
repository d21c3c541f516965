//! Walking by a checklist: one part a screen where scripts run, one plain form where they do not.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    access_points::model::AccessPoint,
    accounts::model::Actor,
    error::{Error, Result},
    forms::{
        self,
        form::Photos,
        islands::server::Behaviour,
        model::{Definition, FormVersion},
    },
    http::{Cx, Req, Response, respond},
    kernel::{
        ids::{ChecklistId, FormVersionId},
        random,
    },
    organizations, representatives,
    ui::{self, FormState, Page, field, page::Bundle, time},
    visits::{
        actions::{self, NewVisit, Outcome},
        checklists, classes, form,
        islands::server,
        model::{Checklist, PatrolClass, VisitKind},
        pages::{choose::point_of, kind_of, walk_page},
    },
};

/// Everything that a walk needs.
struct Walk {
    list: Checklist,
    version: FormVersion,
    classes: Vec<PatrolClass>,
    point: Option<AccessPoint>,
    kind: VisitKind,
}

impl Walk {
    async fn of(req: &Req, place: &str, version: &str) -> Result<Self> {
        let kind = kind_of(req)?;
        let org = req.actor()?.organization_id;
        let id = ChecklistId::parse(req.param("id")).ok_or(Error::NotFound)?;
        let mut c = req.app.db.read().await?;
        let list = checklists::by_id(&mut c, org, id).await?;
        if list.kind != kind {
            return Err(Error::NotFound);
        }
        // What was begun before the office changed the checklist is still sent by the version that was answered.
        let asked = match FormVersionId::parse(version) {
            Some(version) => forms::actions::version_of(&mut c, list.form_id, version).await?,
            None => None,
        };
        let version = match asked {
            Some(version) => version,
            None => forms::actions::live_version(&mut c, list.form_id).await?,
        };
        let mut classes = classes::all(&mut c, org).await?;
        classes.retain(|k| k.disabled_at.is_none());
        let point = point_of(&req.app, &mut c, org, kind, place).await?;
        Ok(Self { list, version, classes, point, kind })
    }

    fn definition(&self) -> Definition {
        form::around(&self.list, &self.version.definition, &self.classes)
    }

    fn address(&self) -> String {
        format!("{}/new/{}", self.kind.address(), self.list.id)
    }
}

/// `GET /rep/visits/new/{id}`, `GET /patrol/visits/new/{id}`.
pub async fn walk(req: Req) -> Result<Response> {
    let walk = Walk::of(&req, req.query.text("place"), "").await?;
    if walk.list.disabled_at.is_some() {
        return Err(Error::NotFound);
    }
    let mut state = FormState::default();
    state.values.set("idempotency_key", random::secret(&*req.app.random));
    state.values.set("started_at", time::machine(req.now()));
    if let Some(point) = &walk.point {
        state.values.set("point", point.code.clone());
        let class = walk.classes.iter().find(|k| k.name == point.place);
        match class {
            Some(class) => state.values.set("answer.class", class.id.to_string()),
            None => state.values.set("answer.place", point.place.clone()),
        }
    }
    let page = view_of(&req.cx, &*req.actor()?, &walk, &state, &[]);
    Ok(ui::respond(&req.app, &req.cx, page).await)
}

/// `POST /rep/visits/new/{id}`, `POST /patrol/visits/new/{id}`: 303 to the visit, or 422 with the form again, 410 when their term is over. With
/// `Accept: application/json` 201 with its address, 422 with the errors, 409 when another person made it.
pub async fn send(req: Req) -> Result<Response> {
    let actor = req.actor()?;
    let walk = Walk::of(&req, req.form.text("point"), req.form.text("form_version")).await?;
    // A phone that several people use: what one of them made is never sent as another's.
    if req.form.optional("author").is_some_and(|author| author != actor.staff_id.to_string()) {
        return Err(Error::Conflict);
    }
    let mut state = FormState::of(req.form.clone());
    let definition = walk.definition();
    let mut given = forms::form::given(&req.form);
    let photos = forms::form::photos(&req.app, &req.form, &definition, &mut given, &mut state).await?;
    let staff = staff_names(&req, walk.kind).await?;
    let against = form::Against {
        list: &walk.list,
        definition: &walk.version.definition,
        classes: &walk.classes,
        staff: &staff,
        now: req.now(),
    };
    let parsed = form::parse(&req.form, against, &given, &mut state);
    let serves = serves(&req, walk.kind).await?;
    if !serves && !in_grace(&req, parsed.as_ref()).await? {
        state.error("", "visits.error.term_over");
        return refused(&req, &walk, &state, &photos, StatusCode::GONE).await;
    }
    let Some(parsed) = parsed else {
        return refused(&req, &walk, &state, &photos, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let new = NewVisit {
        checklist: &walk.list,
        version: &walk.version,
        access_point_id: walk.point.as_ref().map(|p| p.id),
        class_id: parsed.class_id,
        place: &parsed.place,
        started_at: parsed.started_at,
        ended_at: parsed.ended_at,
        signature: &parsed.signature,
        drawing: &parsed.drawing,
        idempotency_key: &parsed.idempotency_key,
        answers: &parsed.answers,
        photos: &photos,
    };
    match actions::take(&req.app, &actor, new).await? {
        Outcome::Visit(id) => {
            // After the term only the first page opens.
            let address =
                if serves { format!("{}/{id}", walk.kind.address()) } else { walk.kind.role().home().to_string() };
            if req.wants_json() {
                return respond::json(StatusCode::CREATED, &serde_json::json!({ "address": address }));
            }
            Ok(respond::see_other(&format!("{address}?sent=1")))
        }
        Outcome::KeyUsed => {
            state.error("", "visits.error.key_used");
            state.values.set("idempotency_key", random::secret(&*req.app.random));
            refused(&req, &walk, &state, &photos, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

/// Whether this person walks now: a representative in a term, or somebody whose walks do not end with one.
async fn serves(req: &Req, kind: VisitKind) -> Result<bool> {
    if kind != VisitKind::Representative {
        return Ok(true);
    }
    representatives::actions::serves(&mut req.app.db.read().await?, &*req.actor()?, req.now()).await
}

/// Whether it was signed in a term that ended a short while ago.
async fn in_grace(req: &Req, parsed: Option<&form::Parsed>) -> Result<bool> {
    let Some(parsed) = parsed else { return Ok(false) };
    let mut c = req.app.db.read().await?;
    representatives::actions::served_at(&mut c, &*req.actor()?, parsed.ended_at, req.now()).await
}

/// The names that comments of patrols may not hold.
async fn staff_names(req: &Req, kind: VisitKind) -> Result<Vec<String>> {
    if kind != VisitKind::Patrol {
        return Ok(Vec::new());
    }
    let mut c = req.app.db.read().await?;
    let staff = organizations::actions::staff(&mut c, req.actor()?.organization_id).await?;
    Ok(staff.into_iter().map(|s| s.display_name).collect())
}

async fn refused(req: &Req, walk: &Walk, state: &FormState, photos: &[Photos], status: StatusCode) -> Result<Response> {
    if req.wants_json() {
        return respond::json(status, &state.to_json(&req.cx));
    }
    let page = view_of(&req.cx, &*req.actor()?, walk, state, photos).status(status);
    Ok(ui::respond(&req.app, &req.cx, page).await)
}

fn view_of(cx: &Cx, actor: &Actor, walk: &Walk, state: &FormState, photos: &[Photos]) -> Page {
    let definition = walk.definition();
    let title = walk.list.label(cx.lang).to_string();
    let lead = cx.word("visits.lead", walk.kind.code());
    let author = actor.staff_id.to_string();
    let draft = format!("visit:{author}:{}", walk.list.id);
    let behaviour = Behaviour { draft: &draft, ..Behaviour::default() };
    let values = &state.values;
    let main = view! {
        <p><a class="walk-back" href=walk.kind.address()>{cx.word("visits.title", walk.kind.code())}</a></p>
        <header class="page-head"><h1>{title.clone()}</h1></header>
        {forms::view::error_summary(cx, state, &definition)}
        <form id="answers" method="post" enctype="multipart/form-data" action=walk.address() data-title=title.clone()>
            {field::token(cx)}
            {field::hidden("idempotency_key", values.text("idempotency_key"))}
            {field::hidden("form_version", walk.version.id.to_string())}
            {field::hidden("author", author.clone())}
            {field::hidden("point", values.text("point"))}
            {field::hidden("started_at", values.text("started_at"))}
            {field::hidden("ended_at", "")}
            {field::hidden("drawing", values.text("drawing"))}
            <p class="lead" id="form-lead">{lead}</p>
            {forms::view::sections(cx, state, &definition, photos)}
            {forms::islands::server::holder(cx, &definition, behaviour)}
            <p class="banner late" id="trouble" role="alert" hidden></p>
            <p class="button-row"><button class="button main wide" id="send" type="submit">{cx.t("visits.send")}</button></p>
            {server::walk(cx, walk.kind, &author)}
        </form>
    };
    walk_page(cx, title, main).with_islands(Bundle::Field)
}
