//! SQL of cases that representatives may look at again.

use chrono::{DateTime, Utc};

use crate::{
    cases::model::{Identity, Lane, State},
    db::Conn,
    db_all, db_optional,
    kernel::ids::{CaseId, OrganizationId, TopicId},
};

/// What is needed to decide whether a case is drawn from.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Candidate {
    /// The id.
    pub id: CaseId,
    /// Where.
    pub place: String,
    /// About what.
    pub topic_id: TopicId,
    /// When the answer went out.
    pub answered_at: DateTime<Utc>,
}

/// Cases with an answer that is out, since `since`, that concern nobody of the staff. Those whose sender is to be known only
/// when it is needed 保密 are left out: the answer may tell who it was.
pub async fn candidates(c: &mut Conn, org: OrganizationId, since: DateTime<Utc>) -> sqlx::Result<Vec<Candidate>> {
    db_all!(
        c,
        Candidate,
        "SELECT c.id, c.place, c.topic_id, c.answered_at FROM cases c
         WHERE c.organization_id = $1 AND c.answered_at >= $2 AND c.lane = $3 AND c.identity <> $6
               AND c.state IN ($4, $5) AND c.erased_at IS NULL
               AND EXISTS (SELECT 1 FROM replies p WHERE p.case_id = c.id AND p.state = 'sent')
               AND NOT EXISTS (SELECT 1 FROM recusals r WHERE r.case_id = c.id AND r.state <> 'lifted')
         ORDER BY c.id",
        org,
        since,
        Lane::Ordinary,
        State::Answered,
        State::Closed,
        Identity::Sealed
    )
}

/// What a representative may know of a case that was drawn.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Shown {
    /// The id.
    pub id: CaseId,
    /// The number.
    pub number: String,
    /// Where it stands.
    pub state: State,
    /// Where.
    pub place: String,
    /// About what.
    pub topic_id: TopicId,
    /// When the answer went out; `None` once it was reopened.
    pub answered_at: Option<DateTime<Utc>>,
}

/// A drawn case, unless it has come to concern somebody of the staff or anybody's safety since.
pub async fn shown(c: &mut Conn, org: OrganizationId, id: CaseId) -> sqlx::Result<Option<Shown>> {
    db_optional!(
        c,
        Shown,
        "SELECT c.id, c.number, c.state, c.place, c.topic_id, c.answered_at FROM cases c
         WHERE c.organization_id = $1 AND c.id = $2 AND c.lane = $3
               AND NOT EXISTS (SELECT 1 FROM recusals r WHERE r.case_id = c.id AND r.state <> 'lifted')",
        org,
        id,
        Lane::Ordinary
    )
}
