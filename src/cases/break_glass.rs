//! The emergency look 紧急查看: a child may be in danger and somebody must act now. One person alone sees what was written
//! and who wrote it, of a case in the safeguarding lane or from a student, whatever queue it is in. They give a reason;
//! the safeguarding leads and the auditors learn of it at once, and judge it afterwards (未成年人网络保护条例 §36–37).
//!
//! Whoever is recused gets nothing: for the accused there is no emergency (信访工作条例 §28). Photos stay closed. A number
//! that does not exist, another school's, and a case that is no child's look the same.

use chrono::{DateTime, Utc};

use crate::{
    accounts::model::Actor,
    audit::{self, Entry},
    cases::{
        history::{Happening, record},
        identity::sealed_contacts,
        model::{Case, EventKind, Lane, Person},
        notices::is_recused,
        store::{self, glass_breaks::GlassBreak},
    },
    db::Conn,
    error::{Error, Result},
    http::App,
    intake::{
        self,
        model::{Contact, SubmissionView},
    },
    kernel::{
        case_number,
        ids::{GlassBreakId, OutboxId},
        roles::Role,
    },
    organizations,
};

crate::code_enum! {
    /// What the review of an emergency look found.
    pub enum Verdict {
        /// Nobody judged it yet.
        Open = "open",
        /// It was right to look.
        Justified = "justified",
        /// It was not.
        NotJustified = "not_justified",
    }
}

/// Who may look in an emergency.
pub const BREAKERS: &[Role] = &[Role::Office, Role::DepartmentHead, Role::Leader, Role::SafeguardingLead];
/// Who judges it.
pub const REVIEWERS: &[Role] = &[Role::SafeguardingLead, Role::Auditor];
/// Looks that the review page shows.
const SHOWN: i64 = 200;

/// What is seen, once.
pub struct Seen {
    /// The number of the case.
    pub number: String,
    /// What was written.
    pub submissions: Vec<SubmissionView>,
    /// Who wrote it, when they left a name; what was sealed too.
    pub contacts: Vec<Contact>,
}

/// Looks, in an emergency.
///
/// # Errors
/// `NotFound` when there is no such case, or it is not for this.
pub async fn look(app: &App, actor: &Actor, number: &str, reason: &str) -> Result<Seen> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let Some(case) = find(&mut tx, actor, number).await? else {
        // Somebody who tries numbers leaves a trace too.
        let entry = Entry::new("case.glass_missed", "case").actor(actor);
        audit::record(app, &mut tx, actor.organization_id, entry).await?;
        tx.commit().await?;
        return Err(Error::NotFound);
    };
    store::cases::lock(&mut tx, case.id).await?;
    let id = GlassBreakId::new(now, &*app.random);
    store::glass_breaks::insert(&mut tx, id, case.organization_id, case.id, actor.staff_id, now, reason).await?;
    record(app, &mut tx, &case, Happening::of(EventKind::GlassBroken, now).by(actor).reason(reason)).await?;
    tell_reviewers(app, &mut tx, actor, &case, now).await?;
    let submissions =
        intake::actions::submissions_of_case(app, &mut tx, case.organization_id, case.id, actor.lang).await?;
    let named = submissions.iter().filter_map(|s| s.contact.clone());
    let contacts = named.chain(sealed_contacts(app, &mut tx, actor, &case).await?).collect();
    tx.commit().await?;
    Ok(Seen { number: case.number, submissions, contacts })
}

async fn find(c: &mut Conn, actor: &Actor, number: &str) -> Result<Option<Case>> {
    let Some(number) = case_number::parse(number) else { return Ok(None) };
    let Some(case) = store::cases::by_number(c, actor.organization_id, &number).await? else { return Ok(None) };
    let recusals = store::recusals::of_case(c, case.id).await?;
    let of_a_child = case.lane == Lane::Safeguarding || case.person == Person::Student;
    let may = of_a_child && !is_recused(&recusals, actor.staff_id, actor.department_id);
    Ok(may.then_some(case))
}

async fn tell_reviewers(app: &App, c: &mut Conn, actor: &Actor, case: &Case, now: DateTime<Utc>) -> Result<()> {
    let recusals = store::recusals::of_case(c, case.id).await?;
    for person in organizations::actions::staff(c, case.organization_id).await? {
        let reviews = REVIEWERS.contains(&person.role) && person.id != actor.staff_id;
        if reviews && !is_recused(&recusals, person.id, person.department_id) {
            let (id, kind) = (OutboxId::new(now, &*app.random), EventKind::GlassBroken.code());
            store::outbox::insert(c, id, case.organization_id, person.id, kind, case.id, now).await?;
        }
    }
    Ok(())
}

/// The looks of the organisation, newest first.
///
/// # Errors
/// The database's.
pub async fn newest(c: &mut Conn, actor: &Actor) -> Result<Vec<GlassBreak>> {
    let (org, department) = (actor.organization_id, actor.department_id);
    Ok(store::glass_breaks::newest(c, org, actor.staff_id, department, SHOWN).await?)
}

/// Judges a look.
///
/// # Errors
/// `NotFound` when the organisation has none of this id that the person may know of; `Conflict` when it was judged, or is
/// one's own.
pub async fn review(app: &App, actor: &Actor, id: GlassBreakId, verdict: Verdict, words: &str) -> Result<()> {
    let mut tx = app.db.write().await?;
    if newest(&mut tx, actor).await?.iter().all(|g| g.id != id) {
        return Err(Error::NotFound);
    }
    if store::glass_breaks::review(&mut tx, id, verdict, words, actor.staff_id, app.now()).await? == 0 {
        return Err(Error::Conflict);
    }
    let entry = Entry::new("case.glass_reviewed", "glass_break").actor(actor).entity(id.0).detail(verdict);
    audit::record(app, &mut tx, actor.organization_id, entry).await?;
    Ok(tx.commit().await?)
}
