//! The safeguarding lane 保密件: its queue, the record of mandatory reports 强制报告, and who else may look.
//!
//! Whoever finds that a child was or may be harmed reports it to the police or the authorities at once (未成年人保护法 §11).
//! "At once" is written here as [`REPORT_WITHIN`] of the arrival: later, the queue flags it, until a report is on record,
//! or it is decided with the basis that none is due ([`mandatory`](crate::cases::mandatory)).
//!
//! The lane is the safeguarding leads' (and of who stands in for them). They can let single people look at single cases,
//! with a reason, and end it: a head teacher who sits at the table, a leader. Such a guest reads and does nothing. Nobody
//! who is recused can be let in.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    accounts::model::Actor,
    audit::{self, Entry},
    cases::{
        history::{Happening, record},
        model::{Case, EventKind, Lane, Side},
        notices::is_recused,
        store::{
            self,
            safeguarding::{Guest, MandatoryReport, NewReport, QueueItem},
        },
        visibility::{Scope, case_for, case_to_change},
    },
    db::{Conn, Tx},
    error::{Error, Result},
    http::App,
    kernel::{
        ids::{MandatoryReportId, OutboxId, StaffId},
        roles::Role,
    },
    organizations::{self, model::Staff},
    ui::desk_page::CASE_ROLES,
};

/// How long a mandatory report may take before the queue flags it.
pub const REPORT_WITHIN: TimeDelta = TimeDelta::hours(24);
/// Cases that the queue shows.
const SHOWN: i64 = 300;

/// Where the duty to report stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Duty {
    /// A report is on record, or it was decided that none is due.
    Done,
    /// It is to be made or decided until then.
    Due(DateTime<Utc>),
    /// It should have been until then.
    Late(DateTime<Utc>),
}

impl Duty {
    /// The duty of a case that came at `received_at`.
    pub fn of(received_at: DateTime<Utc>, done: bool, now: DateTime<Utc>) -> Self {
        let due = received_at + REPORT_WITHIN;
        match (done, due < now) {
            (true, _) => Self::Done,
            (false, false) => Self::Due(due),
            (false, true) => Self::Late(due),
        }
    }
}

impl QueueItem {
    /// Where the duty to report stands.
    pub fn duty(&self, now: DateTime<Utc>) -> Duty {
        Duty::of(self.received_at, self.reported_at.is_some() || self.decided_at.is_some(), now)
    }
}

/// A report as it is written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportMade {
    /// To whom.
    pub recipient: String,
    /// By whom.
    pub reporter: String,
    /// When.
    pub reported_at: DateTime<Utc>,
    /// The number that the authority gave; may be empty.
    pub receipt: String,
    /// What was said; may be empty.
    pub words: String,
}

/// The cases of the lane that a person may see.
///
/// # Errors
/// `NotFound` when the lane is not theirs and they are nobody's guest: as if it did not exist.
pub async fn queue(c: &mut Conn, actor: &Actor) -> Result<Vec<QueueItem>> {
    let items = store::safeguarding::queue(c, &Scope::of(actor), SHOWN).await?;
    if items.is_empty() && actor.role != Role::SafeguardingLead { Err(Error::NotFound) } else { Ok(items) }
}

/// One case of the lane.
pub struct Record {
    /// The case.
    pub case: Case,
    /// Whether the reader keeps the lane; a guest only reads.
    pub keeps: bool,
    /// Where the duty to report stands.
    pub duty: Duty,
    /// The reports.
    pub reports: Vec<MandatoryReport>,
    /// Who else may look.
    pub guests: Vec<Guest>,
    /// Whom the keeper could let look.
    pub candidates: Vec<Staff>,
}

/// The record of one case. That somebody read it is written down.
///
/// # Errors
/// `NotFound` when there is no such case in the lane, or this person may not see it.
pub async fn open_record(app: &App, actor: &Actor, number: &str) -> Result<Record> {
    let mut tx = app.db.write().await?;
    let case = case_for(&mut tx, actor, number).await?;
    if case.lane != Lane::Safeguarding {
        return Err(Error::NotFound);
    }
    let entry = Entry::new("case.read", "case").actor(actor).entity(case.id.0);
    audit::record(app, &mut tx, case.organization_id, entry).await?;
    let events = store::events::of_case(&mut tx, case.id).await?;
    let decided = events.iter().any(|e| matches!(e.kind, EventKind::ReportMade | EventKind::ReportNotNeeded));
    let reports = store::safeguarding::reports_of(&mut tx, case.id).await?;
    let keeps = Side::of(actor, &case) == Some(Side::Office);
    let guests = store::safeguarding::guests_of(&mut tx, case.id).await?;
    let candidates = if keeps { candidates(&mut tx, &case, &guests).await? } else { Vec::new() };
    tx.commit().await?;
    let duty = Duty::of(case.received_at, decided || !reports.is_empty(), app.now());
    Ok(Record { case, keeps, duty, reports, guests, candidates })
}

/// Who could be let in: people who work on cases, neither recused nor keepers nor in already.
async fn candidates(c: &mut Conn, case: &Case, guests: &[Guest]) -> Result<Vec<Staff>> {
    let recusals = store::recusals::of_case(c, case.id).await?;
    let staff = organizations::actions::staff(c, case.organization_id).await?;
    let fits = |s: &Staff| {
        CASE_ROLES.contains(&s.role)
            && s.role != Role::SafeguardingLead
            && !is_recused(&recusals, s.id, s.department_id)
            && guests.iter().all(|g| g.staff_id != s.id)
    };
    Ok(staff.into_iter().filter(fits).collect())
}

/// A case of the lane that the person keeps, for changing something about it.
async fn kept(app: &App, actor: &Actor, number: &str) -> Result<(Tx, Case)> {
    let mut tx = app.db.write().await?;
    let case = case_to_change(&mut tx, actor, number).await?;
    if case.lane != Lane::Safeguarding || Side::of(actor, &case) != Some(Side::Office) {
        return Err(Error::NotFound);
    }
    Ok((tx, case))
}

/// Writes a mandatory report down.
///
/// # Errors
/// `NotFound` when the person does not keep such a case.
pub async fn report(app: &App, actor: &Actor, number: &str, made: &ReportMade) -> Result<()> {
    let now = app.now();
    let (mut tx, case) = kept(app, actor, number).await?;
    let new = NewReport {
        id: MandatoryReportId::new(now, &*app.random),
        case_id: case.id,
        recipient: &made.recipient,
        reporter: &made.reporter,
        reported_at: made.reported_at,
        receipt: &made.receipt,
        words: &made.words,
        written_by: actor.staff_id,
        written_at: now,
    };
    store::safeguarding::insert_report(&mut tx, &new).await?;
    let what = Happening::of(EventKind::ReportMade, now).by(actor).reason(&made.recipient);
    record(app, &mut tx, &case, what).await?;
    Ok(tx.commit().await?)
}

/// Lets somebody look at the case.
///
/// # Errors
/// `NotFound` when the person does not keep such a case; `Bad` when that somebody can't be let in, or is in already.
pub async fn add_guest(app: &App, actor: &Actor, number: &str, guest: StaffId, reason: &str) -> Result<()> {
    let now = app.now();
    let (mut tx, case) = kept(app, actor, number).await?;
    let guests = store::safeguarding::guests_of(&mut tx, case.id).await?;
    if candidates(&mut tx, &case, &guests).await?.iter().all(|s| s.id != guest) {
        return Err(Error::Bad("safeguarding.error.guest"));
    }
    if store::safeguarding::add_guest(&mut tx, case.id, guest, actor.staff_id, now, reason).await? == 0 {
        return Err(Error::Conflict);
    }
    record(app, &mut tx, &case, Happening::of(EventKind::GuestAdded, now).by(actor).reason(reason)).await?;
    let (id, kind) = (OutboxId::new(now, &*app.random), EventKind::GuestAdded.code());
    store::outbox::insert(&mut tx, id, case.organization_id, guest, kind, case.id, now).await?;
    Ok(tx.commit().await?)
}

/// Ends that somebody may look.
///
/// # Errors
/// `NotFound` when the person does not keep such a case; `Conflict` when it was ended already.
pub async fn end_guest(app: &App, actor: &Actor, number: &str, guest: StaffId) -> Result<()> {
    let now = app.now();
    let (mut tx, case) = kept(app, actor, number).await?;
    if store::safeguarding::end_guest(&mut tx, case.id, guest, now).await? == 0 {
        return Err(Error::Conflict);
    }
    record(app, &mut tx, &case, Happening::of(EventKind::GuestEnded, now).by(actor)).await?;
    Ok(tx.commit().await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_duty_to_report_is_late_after_a_day_unless_it_is_done() {
        let came: DateTime<Utc> = "2026-03-10T02:00:00Z".parse().unwrap();
        let due = came + TimeDelta::hours(24);
        assert_eq!(Duty::of(came, false, due), Duty::Due(due));
        assert_eq!(Duty::of(came, false, due + TimeDelta::seconds(1)), Duty::Late(due));
        assert_eq!(Duty::of(came, true, due + TimeDelta::days(9)), Duty::Done);
    }
}
