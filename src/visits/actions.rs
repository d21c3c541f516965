//! Taking a visit in, and what other slices ask of visits.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, Utc};

use crate::{
    accounts::model::Actor,
    audit::{self, Entry},
    cases::{self, model::State, submitter::Answer},
    db::Conn,
    error::{Error, Result},
    forms::{
        self,
        form::Photos,
        model::{Answers, FormVersion},
        responses::{self, NewResponse, Response, ResponseFile, Taken},
    },
    http::App,
    i18n::Lang,
    intake,
    kernel::ids::{
        AccessPointId, CaseId, FindingId, FormVersionId, OrganizationId, PatrolClassId, ResponseFileId, ResponseId,
        StaffId, VisitId,
    },
    visits::{
        becomes_case,
        model::{Checklist, Finding, FindingState, Visit, VisitKind},
        rules::{self, photo_key},
        store,
    },
};

/// Visits and findings that lists show.
const SHOWN: i64 = 100;

/// A visit on its way in, checked.
#[derive(Clone, Copy, Debug)]
pub struct NewVisit<'a> {
    /// By which checklist.
    pub checklist: &'a Checklist,
    /// The version of its form that was answered.
    pub version: &'a FormVersion,
    /// The QR code by which it began.
    pub access_point_id: Option<AccessPointId>,
    /// The class that was looked at.
    pub class_id: Option<PatrolClassId>,
    /// Where, in words.
    pub place: &'a str,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it was signed.
    pub ended_at: DateTime<Utc>,
    /// The name under it.
    pub signature: &'a str,
    /// The same drawn by hand; empty when it was only typed.
    pub drawing: &'a str,
    /// The key of the visit: sending it twice is one visit (promise 2).
    pub idempotency_key: &'a str,
    /// The answers, with tokens for photos.
    pub answers: &'a Answers,
    /// The photos.
    pub photos: &'a [Photos],
}

/// What became of a press.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Stored, now or at an earlier press with the same key and content.
    Visit(VisitId),
    /// The key was used for something else.
    KeyUsed,
}

/// Stores a visit with its findings; those of a representative become cases at once. All or nothing.
///
/// # Errors
/// `NotFound` for people who do not walk by this checklist; `Unavailable` when it can't be stored now.
pub async fn take(app: &Arc<App>, actor: &Actor, new: NewVisit<'_>) -> Result<Outcome> {
    if actor.role != new.checklist.kind.role() {
        return Err(Error::NotFound);
    }
    match insert(app, actor, new).await {
        // Another copy of the press was faster and has committed: this one finds it.
        Err(Error::Conflict) => insert(app, actor, new).await,
        other => other,
    }
}

async fn insert(app: &Arc<App>, actor: &Actor, new: NewVisit<'_>) -> Result<Outcome> {
    let (org, kind) = (actor.organization_id, new.checklist.kind);
    let mut tx = app.db.write().await?;
    let scope = format!("visit:{}", actor.staff_id);
    let response = NewResponse {
        organization_id: org,
        version: new.version,
        access_point_id: new.access_point_id,
        channel: kind.channel(),
        // What makes one walk another than the same answers elsewhere.
        cohort: new.place,
        author_id: Some(actor.staff_id),
        scope: &scope,
        idempotency_key: new.idempotency_key,
        answers: new.answers,
        photos: new.photos,
        made_at: None,
    };
    let response_id = match responses::take(app, &mut tx, response).await? {
        Taken::New(id) => id,
        Taken::Again(id) => return Ok(Outcome::Visit(store::by_response(&mut tx, id).await?.ok_or(Error::NotFound)?)),
        Taken::KeyUsed => return Ok(Outcome::KeyUsed),
    };
    let now = app.now();
    let id = VisitId::new(now, &*app.random);
    let row = store::NewRow {
        id,
        organization_id: org,
        response_id,
        checklist_id: new.checklist.id,
        kind,
        author_id: actor.staff_id,
        access_point_id: new.access_point_id,
        class_id: new.class_id,
        place: new.place,
        started_at: new.started_at,
        ended_at: new.ended_at,
        received_at: now,
        signature: new.signature,
        drawing: new.drawing,
    };
    store::insert(&mut tx, &row).await?;
    for mark in rules::marks(&new.version.definition, new.answers) {
        store::insert_mark(&mut tx, id, &mark).await?;
    }
    let count = insert_findings(app, &mut tx, actor, id, response_id, new).await?;
    let entry = Entry::new("visit.received", "visit").actor(actor).entity(id.0).detail(format!("{kind} {count}"));
    audit::record(app, &mut tx, org, entry).await?;
    tx.commit().await?;
    Ok(Outcome::Visit(id))
}

async fn insert_findings(
    app: &App,
    c: &mut Conn,
    actor: &Actor,
    visit_id: VisitId,
    response: ResponseId,
    new: NewVisit<'_>,
) -> Result<usize> {
    let found = rules::found(&new.version.definition, new.answers);
    let files = responses::files(c, response).await?;
    for (position, found) in (1..).zip(&found) {
        let key = photo_key(&found.item);
        let case_id = match new.checklist.kind {
            VisitKind::Representative => Some(becomes_case::of_visit(app, c, actor, new, found).await?),
            VisitKind::Patrol => None,
        };
        let finding = Finding {
            id: FindingId::new(app.now(), &*app.random),
            visit_id,
            item: found.item.clone(),
            comment: found.comment.clone(),
            file_id: files.iter().find(|f| f.question == key).map(|f| f.id),
            case_id,
            state: if case_id.is_some() { FindingState::Case } else { FindingState::Noted },
        };
        store::insert_finding(c, &finding, position).await?;
    }
    Ok(found.len())
}

/// Everything of one visit.
#[derive(Clone, Debug)]
pub struct Whole {
    /// The visit.
    pub visit: Visit,
    /// What was answered.
    pub response: Response,
    /// The version of the form.
    pub version: FormVersion,
    /// What was found.
    pub findings: Vec<Finding>,
}

/// One visit with everything. The caller has the right to see it.
///
/// # Errors
/// `NotFound` when the organisation has no such visit.
pub async fn whole(c: &mut Conn, org: OrganizationId, id: VisitId) -> Result<Whole> {
    let visit = by_id(c, org, id).await?;
    let response = responses::by_id(c, org, visit.response_id).await?;
    let version = forms::actions::version(c, visit.form_version_id).await?;
    let findings = store::findings(c, id).await?;
    Ok(Whole { visit, response, version, findings })
}

/// One visit.
///
/// # Errors
/// `NotFound` when the organisation has no such visit.
pub async fn by_id(c: &mut Conn, org: OrganizationId, id: VisitId) -> Result<Visit> {
    store::by_id(c, org, id).await?.ok_or(Error::NotFound)
}

/// A photo of a visit. The caller has the right to see it.
///
/// # Errors
/// `NotFound` when the visit has no such photo.
pub async fn photo(c: &mut Conn, visit: &Visit, id: ResponseFileId) -> Result<ResponseFile> {
    responses::file(c, visit.response_id, id).await
}

/// The newest visits of a person.
///
/// # Errors
/// The database's.
pub async fn of_author(c: &mut Conn, org: OrganizationId, author: StaffId) -> Result<Vec<Visit>> {
    Ok(store::of_author(c, org, author, SHOWN).await?)
}

/// The newest visits of a kind.
///
/// # Errors
/// The database's.
pub async fn newest(c: &mut Conn, org: OrganizationId, kind: VisitKind) -> Result<Vec<Visit>> {
    Ok(store::newest(c, org, kind, SHOWN).await?)
}

/// Visits of a kind in a span of time, with what was found and what each item was worth.
#[derive(Clone, Debug, Default)]
pub struct Span {
    /// The visits, newest first.
    pub visits: Vec<Visit>,
    /// Their findings.
    pub findings: Vec<Finding>,
    /// Visit, item, mark, most.
    pub marks: Vec<(VisitId, String, i64, i64)>,
}

/// What visits of a kind that ended in a span of time saw.
///
/// # Errors
/// The database's.
pub async fn between(
    c: &mut Conn,
    org: OrganizationId,
    kind: VisitKind,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Span> {
    Ok(Span {
        visits: store::between(c, org, kind, from, to).await?,
        findings: store::findings_between(c, org, kind, from, to).await?,
        marks: store::marks_between(c, org, kind, from, to).await?,
    })
}

/// Decides about a finding, in the caller's transaction.
///
/// # Errors
/// `Conflict` when somebody decided before.
pub async fn decide(c: &mut Conn, org: OrganizationId, id: FindingId, case: Option<CaseId>) -> Result<()> {
    let state = if case.is_some() { FindingState::Case } else { FindingState::SetAside };
    match store::decide(c, org, id, state, case).await? {
        0 => Err(Error::Conflict),
        _ => Ok(()),
    }
}

/// A finding and what became of it, as the person who found it may know: nothing of other people.
#[derive(Clone, Debug)]
pub struct Fate {
    /// The finding.
    pub finding: Finding,
    /// What was to be in order.
    pub item: String,
    /// Where.
    pub place: String,
    /// When.
    pub at: DateTime<Utc>,
    /// What became of it.
    pub case: Option<Outward>,
}

/// The outward side of a case.
#[derive(Clone, Debug)]
pub struct Outward {
    /// The number 编号.
    pub number: String,
    /// Where it stands.
    pub state: State,
    /// Who is responsible, or was.
    pub department: Option<String>,
    /// Answers that went out.
    pub replies: Vec<Answer>,
}

/// The newest findings of a person, and what became of each.
///
/// # Errors
/// The database's.
pub async fn findings_of(
    app: &App,
    c: &mut Conn,
    org: OrganizationId,
    author: StaffId,
    lang: Lang,
) -> Result<Vec<Fate>> {
    let findings = store::findings_of_author(c, org, author, SHOWN).await?;
    let mut ids: Vec<VisitId> = findings.iter().map(|f| f.visit_id).collect();
    ids.dedup();
    let mut visits = Vec::new();
    for id in ids {
        visits.push(by_id(c, org, id).await?);
    }
    let versions = versions(c, &visits).await?;
    let mut fates = Vec::new();
    for finding in findings {
        let Some(visit) = visits.iter().find(|v| v.id == finding.visit_id) else { continue };
        let case = match finding.case_id {
            Some(id) => Some(outward(app, c, org, id).await?),
            None => None,
        };
        fates.push(Fate {
            item: versions.label(visit, &finding.item, lang),
            place: visit.place.clone(),
            at: visit.ended_at,
            finding,
            case,
        });
    }
    Ok(fates)
}

async fn outward(app: &App, c: &mut Conn, org: OrganizationId, id: CaseId) -> Result<Outward> {
    let mine = intake::actions::first_of_case(c, org, id).await?;
    let track = cases::submitter::view(c, id, mine, app.now()).await?;
    Ok(Outward { number: track.number, state: track.state, department: track.department, replies: track.reply })
}

/// The cases that came of what a person found: they are its submitter.
///
/// # Errors
/// The database's.
pub async fn cases_of(c: &mut Conn, org: OrganizationId, author: StaffId) -> Result<Vec<CaseId>> {
    Ok(store::cases_of_author(c, org, author).await?)
}

/// The versions of checklists by which visits were made: for the words of their items.
#[derive(Clone, Debug, Default)]
pub struct Versions(HashMap<FormVersionId, FormVersion>);

/// The versions by which these visits were made.
///
/// # Errors
/// The database's.
pub async fn versions(c: &mut Conn, visits: &[Visit]) -> Result<Versions> {
    let mut versions = HashMap::new();
    let mut ids: Vec<FormVersionId> = visits.iter().map(|v| v.form_version_id).collect();
    ids.sort_unstable();
    ids.dedup();
    for id in ids {
        versions.insert(id, forms::actions::version(c, id).await?);
    }
    Ok(Versions(versions))
}

impl Versions {
    /// The version of a visit.
    pub fn of(&self, visit: &Visit) -> Option<&FormVersion> {
        self.0.get(&visit.form_version_id)
    }

    /// The words of an item of a visit.
    pub fn label(&self, visit: &Visit, item: &str, lang: Lang) -> String {
        self.of(visit).map_or_else(|| item.to_string(), |version| label(version, item, lang))
    }
}

/// The words of an item.
pub fn label(version: &FormVersion, item: &str, lang: Lang) -> String {
    version.definition.question(item).map_or_else(|| item.to_string(), |q| q.label.get(lang).to_string())
}
