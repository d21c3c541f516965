//! A verb at work: its transaction, with the case as the person may see it and as they saw it.

use chrono::{DateTime, Utc};

use crate::{
    accounts::model::Actor,
    audit::{self, Entry},
    cases::{
        history::{self, Happening},
        model::{Case, EventKind, Side, Verb},
        notices::{self, Audience},
        store, visibility,
    },
    db::Tx,
    error::{Error, Result},
    http::App,
    kernel::ids::{AssignmentId, DepartmentId, ReplyId},
    organizations::{self, model::Organization},
};

/// Which case, and as of which version somebody saw it.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// Its number.
    pub number: &'a str,
    /// The version in the form; `None` for additions, which take nothing away from anybody.
    pub version: Option<i64>,
}

/// The transaction of a verb. Dropped without [`Work::done`], nothing happened.
pub(super) struct Work<'a> {
    pub(super) app: &'a App,
    pub(super) actor: &'a Actor,
    pub(super) tx: Tx,
    pub(super) case: Case,
    pub(super) organization: Organization,
    pub(super) at: DateTime<Utc>,
}

impl<'a> Work<'a> {
    /// Begins a verb.
    ///
    /// # Errors
    /// `NotFound` when the person may not see the case or has no right to the verb (promise 13); `Conflict` when they saw
    /// another version, or the state does not allow it any more (promise 7).
    pub(super) async fn begin(app: &'a App, actor: &'a Actor, seen: Seen<'_>, verb: Verb) -> Result<Self> {
        Self::begin_in(app, actor, app.db.write().await?, seen, verb).await
    }

    /// Begins a verb in a transaction that has locked what else it needs.
    ///
    /// # Errors
    /// As [`Work::begin`].
    pub(super) async fn begin_in(
        app: &'a App,
        actor: &'a Actor,
        mut tx: Tx,
        seen: Seen<'_>,
        verb: Verb,
    ) -> Result<Self> {
        let case = visibility::case_to_change(&mut tx, actor, seen.number).await?;
        permit(actor, &case, verb)?;
        if seen.version.is_some_and(|version| version != case.version) {
            return Err(Error::Conflict);
        }
        let organization = organizations::actions::organization(&mut tx, case.organization_id).await?;
        Ok(Self { app, actor, tx, case, organization, at: app.now() })
    }

    /// Goes on with another verb in the same transaction: the right to it is asked anew, of the case as it is by now.
    ///
    /// # Errors
    /// As [`Work::begin`].
    pub(super) async fn go_on(&mut self, verb: Verb) -> Result<()> {
        self.case = visibility::case_to_change(&mut self.tx, self.actor, &self.case.number).await?;
        permit(self.actor, &self.case, verb)
    }

    /// Writes the changed row of the case.
    pub(super) async fn save(&mut self) -> Result<()> {
        history::save(&mut self.tx, &self.case).await
    }

    /// Something that the person did now.
    pub(super) const fn happening<'h>(&self, kind: EventKind) -> Happening<'h>
    where
        'a: 'h,
    {
        Happening::of(kind, self.at).by(self.actor)
    }

    /// Writes down what happened.
    pub(super) async fn record(&mut self, what: Happening<'_>) -> Result<()> {
        history::record(self.app, &mut self.tx, &self.case, what).await
    }

    /// Writes something down in the audit log alone.
    pub(super) async fn audit(&mut self, action: &'static str) -> Result<()> {
        let entry = Entry::new(action, "case").actor(self.actor).entity(self.case.id.0).detail(self.case.state);
        audit::record(self.app, &mut self.tx, self.case.organization_id, entry).await
    }

    /// Tells people.
    pub(super) async fn tell(&mut self, audience: Audience, kind: EventKind) -> Result<()> {
        notices::tell(self.app, &mut self.tx, &self.case, audience, kind, self.at, Some(self.actor)).await
    }

    /// Tells the department that has the case.
    pub(super) async fn tell_department(&mut self, kind: EventKind) -> Result<()> {
        match self.case.department_id {
            Some(department) => self.tell(Audience::Department(department), kind).await,
            None => Ok(()),
        }
    }

    /// Tells the departments that assist.
    pub(super) async fn tell_assisting(&mut self, kind: EventKind) -> Result<()> {
        self.tell(Audience::Assisting, kind).await
    }

    /// Ends the order of the department in the lead, when there is one; those that assist go on.
    pub(super) async fn end_lead(&mut self, why: EventKind) -> Result<()> {
        store::assignments::end_lead(&mut self.tx, self.case.id, self.at, why.code()).await?;
        Ok(())
    }

    /// Ends the orders of all departments.
    pub(super) async fn end_assignment(&mut self, why: EventKind) -> Result<()> {
        store::assignments::end(&mut self.tx, self.case.id, self.at, why.code()).await?;
        Ok(())
    }

    /// Gives the department an order.
    pub(super) async fn begin_assignment(&mut self, department: DepartmentId, instruction: &str) -> Result<()> {
        let new = store::assignments::NewAssignment {
            id: AssignmentId::new(self.at, &*self.app.random),
            case_id: self.case.id,
            department_id: department,
            kind: store::assignments::Kind::Lead,
            assigned_by: self.actor.staff_id,
            assigned_at: self.at,
            due_at: self.case.due_at,
            working_days: None,
            instruction,
        };
        store::assignments::insert(&mut self.tx, &new).await?;
        Ok(())
    }

    /// An id for a new reply.
    pub(super) fn new_reply_id(&self) -> ReplyId {
        ReplyId::new(self.at, &*self.app.random)
    }

    /// Makes everything durable.
    pub(super) async fn done(self) -> Result<()> {
        self.tx.commit().await?;
        Ok(())
    }
}

/// Whether a person may do something with a case that they may see, and whether it can be done now.
fn permit(actor: &Actor, case: &Case, verb: Verb) -> Result<()> {
    match Side::of(actor, case) {
        Some(side) if side.has(verb) => {
            if verb.possible(case) {
                Ok(())
            } else {
                Err(Error::Conflict)
            }
        }
        _ => Err(Error::NotFound),
    }
}
