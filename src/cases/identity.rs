//! Opening a sealed identity: the safeguarding lead asks, with a reason; a second person agrees; then it is shown once.
//! Nobody can do it alone (but see [`break_glass`](crate::cases::break_glass), for danger). It may be of any case of the
//! organisation from which they are not recused; the case itself does not come with it.
//!
//! Who agrees: another safeguarding lead, or a leader. In the safeguarding lane a leader only when there is no other
//! safeguarding lead who could, since nobody else is to know that there is such a case (未成年人保护法 §11). Whoever is
//! recused neither asks nor agrees (信访工作条例 §28). The submitter is told on their page that it was opened.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    accounts::model::Actor,
    cases::{
        history::{Happening, record},
        model::{Case, Decision, EventKind, Identity, Lane},
        notices::is_recused,
        split,
        store::{
            self,
            identity_requests::{IdentityRequest, NewIdentityRequest},
            recusals::Recusal,
        },
    },
    db::Conn,
    error::{Error, Result},
    http::App,
    intake::{self, model::Contact},
    kernel::{
        case_number,
        ids::{IdentityRequestId, OutboxId, StaffId},
        roles::Role,
    },
    organizations,
};

/// How long a wish waits for a second person.
pub const WAITS: TimeDelta = TimeDelta::days(3);
/// How long after the consent it can be opened, once.
pub const LOOK_WITHIN: TimeDelta = TimeDelta::hours(24);
/// Who can be the second person.
pub const SECOND: &[Role] = &[Role::SafeguardingLead, Role::Leader];

/// Where the last wish of a person about a case stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// There is none that still counts; the last one, when it was refused.
    Free(Option<IdentityRequest>),
    /// It waits for a second person.
    Waiting(IdentityRequest),
    /// It may be opened, once, until then.
    Agreed(IdentityRequest, DateTime<Utc>),
}

/// Where the actor's last wish about a sealed identity stands.
///
/// # Errors
/// `NotFound` when there is none that they could open.
pub async fn standing(app: &App, actor: &Actor, number: &str) -> Result<Standing> {
    let mut c = app.db.read().await?;
    let case = find(&mut c, actor, number).await?;
    standing_of(&mut c, actor, &case, app.now()).await
}

async fn standing_of(c: &mut Conn, actor: &Actor, case: &Case, now: DateTime<Utc>) -> Result<Standing> {
    let Some(last) = store::identity_requests::last_of(c, case.id, actor.staff_id).await? else {
        return Ok(Standing::Free(None));
    };
    Ok(match (last.decision, last.decided_at) {
        (Decision::Pending, _) if last.expires_at > now => Standing::Waiting(last),
        (Decision::Granted, Some(at)) if last.opened_at.is_none() && at + LOOK_WITHIN > now => {
            Standing::Agreed(last, at + LOOK_WITHIN)
        }
        (Decision::Refused, _) => Standing::Free(Some(last)),
        _ => Standing::Free(None),
    })
}

/// Asks to open a sealed identity.
///
/// # Errors
/// `NotFound` when there is none; `Conflict` while an earlier wish still counts.
pub async fn ask(app: &App, actor: &Actor, number: &str, reason: &str) -> Result<()> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let case = find(&mut tx, actor, number).await?;
    store::cases::lock(&mut tx, case.id).await?;
    if !matches!(standing_of(&mut tx, actor, &case, now).await?, Standing::Free(_)) {
        return Err(Error::Conflict);
    }
    let new = NewIdentityRequest {
        id: IdentityRequestId::new(now, &*app.random),
        organization_id: case.organization_id,
        case_id: case.id,
        asked_by: actor.staff_id,
        at: now,
        reason,
        expires_at: now + WAITS,
    };
    store::identity_requests::insert(&mut tx, &new).await?;
    record(app, &mut tx, &case, Happening::of(EventKind::IdentityAsked, now).by(actor).reason(reason)).await?;
    for person in seconds(&mut tx, &case, actor.staff_id).await? {
        let (id, kind) = (OutboxId::new(now, &*app.random), EventKind::IdentityAsked.code());
        store::outbox::insert(&mut tx, id, case.organization_id, person, kind, case.id, now).await?;
    }
    Ok(tx.commit().await?)
}

/// Who is recused from a case; from a part also who is recused from the case that it came as, whose sender it is about.
async fn recusals_of(c: &mut Conn, case: &Case) -> Result<Vec<Recusal>> {
    let mut recusals = store::recusals::of_case(c, case.id).await?;
    let sent = split::sent_as(c, case.id).await?;
    if sent != case.id {
        recusals.extend(store::recusals::of_case(c, sent).await?);
    }
    Ok(recusals)
}

/// Who can be the second person of a wish.
async fn seconds(c: &mut Conn, case: &Case, asked_by: StaffId) -> Result<Vec<StaffId>> {
    let recusals = recusals_of(c, case).await?;
    let staff = organizations::actions::staff(c, case.organization_id).await?;
    let free = |role: Role| -> Vec<StaffId> {
        let able = staff.iter().filter(|s| s.role == role && s.has_password && s.id != asked_by);
        able.filter(|s| !is_recused(&recusals, s.id, s.department_id)).map(|s| s.id).collect()
    };
    let leads = free(Role::SafeguardingLead);
    if case.lane == Lane::Safeguarding && !leads.is_empty() {
        return Ok(leads);
    }
    Ok([leads, free(Role::Leader)].concat())
}

/// The wishes that wait for this person.
///
/// # Errors
/// The database's.
pub async fn waiting_for(c: &mut Conn, actor: &Actor, now: DateTime<Utc>) -> Result<Vec<IdentityRequest>> {
    let mut mine = Vec::new();
    for request in store::identity_requests::waiting(c, actor.organization_id, now).await? {
        let case = store::cases::by_id(c, request.case_id).await?.ok_or(Error::NotFound)?;
        if seconds(c, &case, request.asked_by).await?.contains(&actor.staff_id) {
            mine.push(request);
        }
    }
    Ok(mine)
}

/// A wish that waits for this person.
///
/// # Errors
/// `NotFound` when none of this id does.
pub async fn waiting_one(c: &mut Conn, actor: &Actor, id: IdentityRequestId) -> Result<(IdentityRequest, Case)> {
    let request = store::identity_requests::by_id(c, actor.organization_id, id).await?.ok_or(Error::NotFound)?;
    let case = store::cases::by_id(c, request.case_id).await?.ok_or(Error::NotFound)?;
    if !seconds(c, &case, request.asked_by).await?.contains(&actor.staff_id) {
        return Err(Error::NotFound);
    }
    Ok((request, case))
}

/// A second person agrees or does not.
///
/// # Errors
/// `NotFound` as for [`waiting_one`]; `Conflict` when somebody was faster, or it is over.
pub async fn decide(app: &App, actor: &Actor, id: IdentityRequestId, agreed: bool, words: &str) -> Result<()> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let (request, case) = waiting_one(&mut tx, actor, id).await?;
    store::cases::lock(&mut tx, case.id).await?;
    let (decision, kind) = if agreed {
        (Decision::Granted, EventKind::IdentityAgreed)
    } else {
        (Decision::Refused, EventKind::IdentityRefused)
    };
    if store::identity_requests::decide(&mut tx, id, decision, actor.staff_id, now, words).await? == 0 {
        return Err(Error::Conflict);
    }
    record(app, &mut tx, &case, Happening::of(kind, now).by(actor).reason(words)).await?;
    let outbox = OutboxId::new(now, &*app.random);
    store::outbox::insert(&mut tx, outbox, case.organization_id, request.asked_by, kind.code(), case.id, now).await?;
    Ok(tx.commit().await?)
}

/// Opens it, once, after a second person agreed. The reason is the one of the wish.
///
/// # Errors
/// `NotFound` when there is none; `Conflict` when nobody agreed, it was opened already, or the time is over.
pub async fn open(app: &App, actor: &Actor, number: &str) -> Result<Vec<Contact>> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let case = find(&mut tx, actor, number).await?;
    store::cases::lock(&mut tx, case.id).await?;
    let Standing::Agreed(request, _) = standing_of(&mut tx, actor, &case, now).await? else {
        return Err(Error::Conflict);
    };
    if store::identity_requests::use_up(&mut tx, request.id, now, now - LOOK_WITHIN).await? == 0 {
        return Err(Error::Conflict);
    }
    let contacts = sealed_contacts(app, &mut tx, actor, &case).await?;
    if contacts.is_empty() {
        return Err(Error::NotFound);
    }
    let what = Happening::of(EventKind::IdentityOpened, now).by(actor).reason(&request.reason);
    record(app, &mut tx, &case, what).await?;
    tx.commit().await?;
    Ok(contacts)
}

/// The sealed names and contacts of everybody who speaks of a case. The caller has checked the right, and writes it down.
pub(super) async fn sealed_contacts(app: &App, c: &mut Conn, actor: &Actor, case: &Case) -> Result<Vec<Contact>> {
    let mut contacts = Vec::new();
    let sent = split::sent_as(c, case.id).await?;
    let submissions = intake::actions::submissions_of_case(app, c, case.organization_id, sent, actor.lang).await?;
    for sealed in submissions.iter().filter(|s| s.has_sealed) {
        contacts.push(intake::actions::open_sealed(app, c, sealed.id).await?);
    }
    Ok(contacts)
}

async fn find(c: &mut Conn, actor: &Actor, number: &str) -> Result<Case> {
    let number = case_number::parse(number).ok_or(Error::NotFound)?;
    let case = store::cases::by_number(c, actor.organization_id, &number).await?.ok_or(Error::NotFound)?;
    let recusals = recusals_of(c, &case).await?;
    let may = actor.role == Role::SafeguardingLead
        && case.identity == Identity::Sealed
        && !is_recused(&recusals, actor.staff_id, actor.department_id);
    if may { Ok(case) } else { Err(Error::NotFound) }
}
