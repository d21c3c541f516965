//! What the routing matrix proposes for a case, and what the office decided: the decision is written down, against the
//! proposal with a reason. And what past cases tell of a matrix that is tried.

use crate::{
    accounts::model::Actor,
    cases::{
        model::{Case, Decision, RecusalState},
        store::{self, routed::NewDecision},
        visibility::Scope,
        work::Work,
    },
    db::Conn,
    error::{Error, Result},
    http::App,
    kernel::ids::{DepartmentId, RoutingDecisionId},
    routing::{
        model::Facts,
        propose::{Proposal, propose},
    },
};

pub use store::routed::{Override, PastCase, Tally};

/// The matrix proposes another department, and nobody said why it is this one.
pub(super) const WHY: &str = "cases.error.otherwise";

/// Decisions against the proposal that a page shows.
const SHOWN: i64 = 50;

/// What is proposed for a case. Who is recused from it is never proposed, nor who was right in saying "not ours".
///
/// # Errors
/// The database's.
pub async fn proposal(app: &App, c: &mut Conn, case: &Case) -> Result<Proposal> {
    let recusals = store::recusals::of_case(c, case.id).await?;
    let objections = store::objections::of_case(c, case.id).await?;
    let recused = recusals.iter().filter(|r| r.state != RecusalState::Lifted).filter_map(|r| r.department_id);
    let not_theirs = objections.iter().filter(|o| o.ruling == Decision::Granted).map(|o| o.department_id);
    let barred: Vec<DepartmentId> = recused.chain(not_theirs).collect();
    let facts = Facts { topic: case.topic_id, place: case.place.clone(), person: case.person };
    propose(app, c, case.organization_id, &facts, &barred).await
}

/// Writes down where the office sends a case; gives the department that was proposed when the choice goes against it with
/// a reason. Called before the case changes.
///
/// # Errors
/// `Bad` when the matrix proposed another department and no reason was given.
pub(super) async fn decide(work: &mut Work<'_>, chosen: DepartmentId, why: &str) -> Result<Option<DepartmentId>> {
    let proposal = proposal(work.app, &mut work.tx, &work.case).await?;
    let against = proposal.is_overridden_by(chosen);
    if proposal.asks_why(chosen) && why.is_empty() {
        return Err(Error::Bad(WHY));
    }
    let new = NewDecision {
        id: RoutingDecisionId::new(work.at, &*work.app.random),
        case_id: work.case.id,
        version_id: proposal.version(),
        proposed: proposal.department,
        chosen,
        reason: if against { why } else { "" },
        by: work.actor.staff_id,
        at: work.at,
    };
    store::routed::insert(&mut work.tx, &new).await?;
    Ok(proposal.department.filter(|_| against && !why.is_empty()))
}

/// How often each version was asked and how often it was overridden, over the cases that the person may see.
///
/// # Errors
/// The database's.
pub async fn tallies(c: &mut Conn, actor: &Actor) -> Result<Vec<Tally>> {
    Ok(store::routed::tallies(c, &Scope::of(actor)).await?)
}

/// The newest decisions against a proposal, over the cases that the person may see.
///
/// # Errors
/// The database's.
pub async fn overrides(c: &mut Conn, actor: &Actor) -> Result<Vec<Override>> {
    Ok(store::routed::overrides(c, &Scope::of(actor), SHOWN).await?)
}

/// The newest cases of the ordinary queue that the person may see, with the department that had each last.
///
/// # Errors
/// The database's.
pub async fn past(c: &mut Conn, actor: &Actor, most: i64) -> Result<Vec<PastCase>> {
    Ok(store::routed::past(c, &Scope::of(actor), most).await?)
}
