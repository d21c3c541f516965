//! What was found becomes a case: of each finding of a representative at once, of what patrols saw again and again when the
//! office decides so. The case names a role, never the person who found it.

use crate::{
    access_points::{
        self,
        model::{AccessPoint, Audience, NewAccessPoint},
    },
    accounts::model::Actor,
    attachments::model::StoredFile,
    cases::model::{Identity, Lane, Person},
    db::Conn,
    error::Result,
    forms::{
        self,
        model::{Answers, Definition, FormVersion, QuestionKind},
    },
    http::App,
    i18n::Lang,
    intake::{
        model::{Contact, NewSubmission},
        submit::{self, TakenDown},
    },
    kernel::{
        ids::{AccessPointId, CaseId, OrganizationId},
        random,
    },
    organizations,
    visits::{
        actions::{NewVisit, label},
        model::{Area, VisitKind},
        rules::{Found, photo_key},
    },
};

/// A case from what was found.
#[derive(Clone, Debug)]
pub struct FoundCase<'a> {
    /// Who found it.
    pub kind: VisitKind,
    /// The QR code by which they came.
    pub access_point_id: Option<AccessPointId>,
    /// The version of the checklist.
    pub version: &'a FormVersion,
    /// What part of the school it is about.
    pub area: Area,
    /// Where.
    pub place: &'a str,
    /// What is said.
    pub body: String,
    /// The photos.
    pub files: Vec<StoredFile>,
}

/// A finding of a visit becomes a case.
pub(super) async fn of_visit(
    app: &App,
    c: &mut Conn,
    actor: &Actor,
    new: NewVisit<'_>,
    found: &Found,
) -> Result<CaseId> {
    let item = label(new.version, &found.item, Lang::ZhCn);
    let judged = match new.version.definition.question(&found.item) {
        Some(q) if q.kind == QuestionKind::Single => Lang::ZhCn.t("visits.case.no").into_owned(),
        _ => {
            let score = new.answers.first(&found.item).unwrap_or_default();
            Lang::ZhCn.tf("visits.case.score", &[("score", score)])
        }
    };
    let body = format!("{item}：{judged}\n{}", found.comment);
    let key = photo_key(&found.item);
    let photos = new.photos.iter().filter(|p| p.question == key).flat_map(|p| &p.files);
    let case = FoundCase {
        kind: new.checklist.kind,
        access_point_id: new.access_point_id,
        version: new.version,
        area: new.checklist.area,
        place: new.place,
        body: body.trim().to_string(),
        files: photos.map(|staged| staged.file.clone()).collect(),
    };
    open(app, c, actor, case).await
}

/// Opens a case from what was found, in the caller's transaction.
///
/// # Errors
/// The database's.
pub async fn open(app: &App, c: &mut Conn, actor: &Actor, found: FoundCase<'_>) -> Result<CaseId> {
    let org = organizations::actions::organization(c, actor.organization_id).await?;
    let point = point(app, c, org.id, found.kind, found.access_point_id).await?;
    let point = AccessPoint { place: found.place.to_string(), channel: found.kind.channel(), ..point };
    let topic = organizations::actions::topic_or_other(c, org.id, found.area.topic(), point.topic_id).await?;
    let role = Lang::ZhCn.code_word("visits.named", found.kind.code()).into_owned();
    let new = NewSubmission {
        idempotency_key: random::secret(&*app.random),
        form_version_id: found.version.id,
        person: match found.kind {
            VisitKind::Representative => Person::Parent,
            VisitKind::Patrol => Person::Student,
        },
        identity: Identity::Named,
        topic,
        body: found.body,
        answers: Answers::default(),
        // The role alone: the office finds the person by the visit, and nobody else has to know.
        contact: Some(Contact { name: role, contact: String::new() }),
        lane: Lane::Ordinary,
        files: found.files,
    };
    submit::submit_within(app, c, &org, &point, TakenDown { by: actor, opening: None, call: None }, &new).await
}

/// The access point that a case names: the one by which they came, else any of the channel, else a new one.
async fn point(
    app: &App,
    c: &mut Conn,
    org: OrganizationId,
    kind: VisitKind,
    given: Option<AccessPointId>,
) -> Result<AccessPoint> {
    let all = access_points::actions::all_of(c, org).await?;
    let of_channel = |p: &&AccessPoint| p.channel == kind.channel();
    let came_by = all.iter().filter(of_channel).find(|p| Some(p.id) == given);
    if let Some(point) = came_by.or_else(|| all.iter().find(of_channel)) {
        return Ok(point.clone());
    }
    let form_id = match forms::actions::list(c, org).await?.first() {
        Some((id, _)) => *id,
        None => {
            let title = Lang::ZhCn.t("visits.point.form").into_owned();
            forms::actions::create(app, c, org, &title, Definition::standard()).await?.form_id
        }
    };
    let new = NewAccessPoint {
        channel: kind.channel(),
        title: Lang::ZhCn.code_word("channel", kind.channel().code()).into_owned(),
        place: String::new(),
        keeper: String::new(),
        audience: Audience::Everyone,
        form_id,
        topic_id: None,
        valid_from: None,
        valid_to: None,
    };
    access_points::actions::create(app, c, org, new).await
}
