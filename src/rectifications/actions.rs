//! Making rectifications, reporting them done, reading them.

use crate::{
    accounts::model::Actor,
    attachments::model::StoredFile,
    audit::{self, Entry},
    cases::{self, model::Case},
    db::{Conn, Tx},
    error::{Error, Result},
    http::App,
    kernel::{
        ids::{CaseId, FindingId, RectificationId, RectificationPhotoId, RectificationStepId, TopicId},
        roles::Role,
    },
    organizations,
    rectifications::{
        model::{NewRectification, Photo, Rectification, Side, Step, StepKind},
        store,
    },
    visits,
};

/// What one is made of.
#[derive(Clone, Debug)]
pub enum Origin {
    /// A case.
    Case(Box<Case>),
    /// What a patrol found, of which there is no case.
    Finding,
}

/// What one is made of, with what is known of it.
#[derive(Clone, Debug)]
pub struct Source {
    /// Case or finding.
    pub origin: Origin,
    /// The finding, when there is one, and what it says.
    pub finding: Option<(FindingId, String)>,
    /// The photo of the finding.
    pub photo: Option<StoredFile>,
    /// Where.
    pub place: String,
    /// About what.
    pub topic_id: TopicId,
}

impl Source {
    /// The case, when there is one.
    pub const fn case(&self) -> Option<&Case> {
        match &self.origin {
            Origin::Case(case) => Some(case),
            Origin::Finding => None,
        }
    }
}

/// What somebody wants to have put in order: by the number of a case, or by a finding.
///
/// # Errors
/// `NotFound` when there is none of which this person may make one.
pub async fn source(c: &mut Conn, actor: &Actor, number: &str, finding: Option<FindingId>) -> Result<Source> {
    let found = match finding {
        // What was found is the office's to decide about.
        Some(id) if actor.role == Role::Office => Some(visits::findings::one(c, actor.organization_id, id).await?),
        Some(_) => return Err(Error::NotFound),
        None => None,
    };
    let case = match found.as_ref().and_then(|f| f.finding.case_id) {
        Some(id) => Some(cases::visibility::case_of_id(c, actor, id).await?),
        None if found.is_some() => None,
        None => Some(cases::visibility::case_for(c, actor, number).await?),
    };
    let Some(case) = case else {
        let found = found.ok_or(Error::NotFound)?;
        let topic = organizations::actions::topic_or_other(c, actor.organization_id, found.topic, None).await?;
        return Ok(Source {
            origin: Origin::Finding,
            finding: Some((found.finding.id, found.finding.comment)),
            photo: found.photo,
            place: found.place,
            topic_id: topic.id,
        });
    };
    if !cases::rectify::may_rectify(actor, &case) {
        return Err(Error::NotFound);
    }
    let found = match found {
        Some(found) => Some(found),
        None => visits::findings::of_case(c, actor.organization_id, case.id).await?,
    };
    Ok(Source {
        photo: found.as_ref().and_then(|f| f.photo.clone()),
        finding: found.map(|f| (f.finding.id, f.finding.comment)),
        place: case.place.clone(),
        topic_id: case.topic_id,
        origin: Origin::Case(Box::new(case)),
    })
}

/// Makes one. The same form makes one only.
///
/// # Errors
/// `NotFound` when the case may not be seen any more; `Bad` when who should have it may not, or the day has passed.
pub async fn make(
    app: &App,
    actor: &Actor,
    source: &Source,
    new: &NewRectification,
    before: &[StoredFile],
) -> Result<RectificationId> {
    let (mut tx, now) = (app.db.write().await?, app.now());
    let case = match source.case() {
        Some(case) => Some(cases::rectify::case_to_rectify(&mut tx, actor, &case.number).await?),
        None => None,
    };
    if let Some(one) = store::of_form(&mut tx, actor, &new.idempotency_key).await? {
        return Ok(one.id);
    }
    check_people(&mut tx, actor, case.as_ref(), new).await?;
    let organization = organizations::actions::organization(&mut tx, actor.organization_id).await?;
    let due_at = organization.calendar.closing(new.due_on);
    if due_at <= now {
        return Err(Error::Bad("rectifications.error.due_passed"));
    }
    let row = store::NewRow {
        id: RectificationId::new(now, &*app.random),
        organization_id: actor.organization_id,
        idempotency_key: &new.idempotency_key,
        case_id: case.as_ref().map(|c| c.id),
        finding_id: source.finding.as_ref().map(|(id, _)| *id),
        place: &source.place,
        topic_id: source.topic_id,
        measure: &new.measure,
        department_id: new.department,
        person_id: new.person,
        due_at,
        planned_fen: new.planned_fen,
        made_by: actor.staff_id,
        made_at: now,
    };
    if store::insert(&mut tx, &row).await? == 0 {
        // Another copy of the press was faster.
        let one = store::of_form(&mut tx, actor, &new.idempotency_key).await?.ok_or(Error::Conflict)?;
        return Ok(one.id);
    }
    let mut photos: Vec<StoredFile> = if new.takes_photo { source.photo.iter().cloned().collect() } else { Vec::new() };
    photos.extend_from_slice(before);
    keep(app, &mut tx, row.id, (Side::Before, 0), &photos).await?;
    let entry = Entry::new("rectification.made", "rectification").actor(actor).entity(row.id.0);
    audit::record(app, &mut tx, actor.organization_id, entry).await?;
    if let Some(case) = &case {
        cases::rectify::set(app, &mut tx, case, actor, new.department, &new.measure, due_at).await?;
    }
    tx.commit().await?;
    Ok(row.id)
}

/// A department gets one when it is in use and neither it nor the person is recused; a department gives none to another.
async fn check_people(tx: &mut Tx, actor: &Actor, case: Option<&Case>, new: &NewRectification) -> Result<()> {
    let org = actor.organization_id;
    let own = actor.role == Role::Office || actor.department_id == Some(new.department);
    let known = organizations::actions::departments(tx, org).await?.iter().any(|d| d.id == new.department);
    if !own || !known {
        return Err(Error::Bad("rectifications.error.department"));
    }
    if let Some(person) = new.person {
        let staff = organizations::actions::staff(tx, org).await?;
        let fits = |s: &&organizations::model::Staff| {
            s.id == person && s.role.has_department() && s.department_id == Some(new.department)
        };
        if !staff.iter().any(|s| fits(&s)) {
            return Err(Error::Bad("rectifications.error.person"));
        }
    }
    match case {
        Some(case) if !cases::rectify::may_have(tx, case.id, new.department, new.person).await? => {
            Err(Error::Bad("rectifications.error.recused"))
        }
        _ => Ok(()),
    }
}

/// Keeps photos.
pub(super) async fn keep(
    app: &App,
    c: &mut Conn,
    id: RectificationId,
    of: (Side, i64),
    files: &[StoredFile],
) -> Result<()> {
    for file in files {
        store::insert_photo(c, RectificationPhotoId::new(app.now(), &*app.random), id, of, file).await?;
    }
    Ok(())
}

/// Whether a person may report one done: who has it, and the office.
pub fn may_report(actor: &Actor, one: &Rectification) -> bool {
    one.state.is_due()
        && match actor.role {
            Role::Office => true,
            Role::Handler | Role::DepartmentHead => actor.department_id == Some(one.department_id),
            _ => false,
        }
}

/// It is reported done, as of the version that the person saw.
///
/// # Errors
/// `NotFound` when it is not theirs to report; `Conflict` when somebody was faster.
pub async fn report(
    app: &App,
    actor: &Actor,
    seen: &Rectification,
    words: &str,
    actual_fen: Option<i64>,
    after: &[StoredFile],
) -> Result<()> {
    let (mut tx, now) = (app.db.write().await?, app.now());
    // The case first: everybody locks in this order.
    let case = match seen.case_id {
        Some(id) => Some(cases::rectify::lock(&mut tx, id).await?),
        None => None,
    };
    let one = by_id(&mut tx, actor, seen.id).await?;
    let state = one.state.report().ok_or(Error::Conflict)?;
    if !may_report(actor, &one) {
        return Err(Error::NotFound);
    }
    if store::report(&mut tx, seen, state, actual_fen.or(one.actual_fen), now).await? == 0 {
        return Err(Error::Conflict);
    }
    let round = one.round + 1;
    let step = store::NewStep {
        id: RectificationStepId::new(now, &*app.random),
        of: one.id,
        round,
        kind: StepKind::Reported,
        words,
        by: actor.staff_id,
        at: now,
    };
    store::insert_step(&mut tx, &step).await?;
    keep(app, &mut tx, one.id, (Side::After, round), after).await?;
    let entry = Entry::new("rectification.reported", "rectification").actor(actor).entity(one.id.0).detail(round);
    audit::record(app, &mut tx, actor.organization_id, entry).await?;
    if let Some(case) = &case {
        cases::rectify::reported(app, &mut tx, case, actor, words).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Those that a person may see.
///
/// # Errors
/// The database's.
pub async fn list(c: &mut Conn, actor: &Actor) -> Result<Vec<Rectification>> {
    Ok(store::list(c, actor).await?)
}

/// One.
///
/// # Errors
/// `NotFound` when there is none that the person may see.
pub async fn by_id(c: &mut Conn, actor: &Actor, id: RectificationId) -> Result<Rectification> {
    store::by_id(c, actor, id).await?.ok_or(Error::NotFound)
}

/// Those of a case that the person may see.
///
/// # Errors
/// The database's.
pub async fn of_case(c: &mut Conn, actor: &Actor, case: CaseId) -> Result<Vec<Rectification>> {
    Ok(store::of_case(c, actor, case).await?)
}

/// The steps of one that the person may see.
///
/// # Errors
/// The database's.
pub async fn steps(c: &mut Conn, id: RectificationId) -> Result<Vec<Step>> {
    Ok(store::steps(c, id).await?)
}

/// The photos of one that the person may see.
///
/// # Errors
/// The database's.
pub async fn photos(c: &mut Conn, id: RectificationId) -> Result<Vec<Photo>> {
    Ok(store::photos(c, id).await?)
}

/// A photo of one that the person may see, with its bytes.
///
/// # Errors
/// `NotFound` when it has no such photo.
pub async fn photo(
    app: &App,
    c: &mut Conn,
    id: RectificationId,
    photo: RectificationPhotoId,
) -> Result<(Photo, Vec<u8>)> {
    let photo = store::photos(c, id).await?.into_iter().find(|p| p.id == photo).ok_or(Error::NotFound)?;
    let (files, sha) = (app.files.clone(), photo.sha256.clone());
    let bytes = tokio::task::spawn_blocking(move || files.get(&sha)).await.map_err(Error::internal)??;
    Ok((photo, bytes))
}
