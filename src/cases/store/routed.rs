//! SQL of decisions about where cases go. What is read has [`Scope::condition`].

use chrono::{DateTime, Utc};
use sqlx::AssertSqlSafe;

use crate::{
    cases::{model::Person, visibility::Scope},
    db::Conn,
    db_all, db_execute,
    kernel::ids::{CaseId, DepartmentId, RoutingDecisionId, RoutingVersionId, StaffId, TopicId},
};

/// A decision to be written down.
#[derive(Clone, Debug)]
pub struct NewDecision<'a> {
    /// The id.
    pub id: RoutingDecisionId,
    /// The case.
    pub case_id: CaseId,
    /// The version that proposed; `None` when it was the topic, or nothing.
    pub version_id: Option<RoutingVersionId>,
    /// What was proposed.
    pub proposed: Option<DepartmentId>,
    /// What was chosen.
    pub chosen: DepartmentId,
    /// Why it was another; empty otherwise.
    pub reason: &'a str,
    /// Who decided.
    pub by: StaffId,
    /// When.
    pub at: DateTime<Utc>,
}

/// Writes a decision down.
pub async fn insert(c: &mut Conn, new: &NewDecision<'_>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO routing_decisions (id, case_id, version_id, proposed_id, chosen_id, reason, decided_by, decided_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        new.id,
        new.case_id,
        new.version_id,
        new.proposed,
        new.chosen,
        new.reason,
        new.by,
        new.at
    )
}

/// How often a version was asked.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Tally {
    /// The version.
    pub version_id: RoutingVersionId,
    /// Decisions that it proposed something for.
    pub decisions: i64,
    /// Those that went against it.
    pub overridden: i64,
}

/// The tallies of the versions.
pub async fn tallies(c: &mut Conn, scope: &Scope) -> sqlx::Result<Vec<Tally>> {
    let sql = format!(
        "SELECT r.version_id, COUNT(*) AS decisions, COUNT(CASE WHEN r.chosen_id <> r.proposed_id THEN 1 END) AS overridden
         FROM routing_decisions r JOIN cases c ON c.id = r.case_id
         WHERE {} AND r.version_id IS NOT NULL GROUP BY r.version_id",
        scope.condition()
    );
    db_all!(c, Tally, AssertSqlSafe(sql.as_str()), scope.organization, scope.staff, scope.department)
}

/// A decision against a proposal.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Override {
    /// The number of the case.
    pub number: String,
    /// The department that was proposed.
    pub proposed: String,
    /// The department that was chosen.
    pub chosen: String,
    /// Why; may be empty when only the topic spoke for the other.
    pub reason: String,
    /// Who decided.
    pub decider: String,
    /// When.
    pub decided_at: DateTime<Utc>,
}

/// The newest decisions against a proposal.
pub async fn overrides(c: &mut Conn, scope: &Scope, most: i64) -> sqlx::Result<Vec<Override>> {
    let sql = format!(
        "SELECT c.number, p.name AS proposed, d.name AS chosen, r.reason, s.display_name AS decider, r.decided_at
         FROM routing_decisions r JOIN cases c ON c.id = r.case_id JOIN departments p ON p.id = r.proposed_id
              JOIN departments d ON d.id = r.chosen_id JOIN staff s ON s.id = r.decided_by
         WHERE {} AND r.chosen_id <> r.proposed_id ORDER BY r.decided_at DESC, r.id DESC LIMIT $4",
        scope.condition()
    );
    db_all!(c, Override, AssertSqlSafe(sql.as_str()), scope.organization, scope.staff, scope.department, most)
}

/// A case on which a matrix is tried.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PastCase {
    /// Its number.
    pub number: String,
    /// The beginning of its text.
    pub excerpt: String,
    /// Its topic.
    pub topic_id: TopicId,
    /// Its place.
    pub place: String,
    /// Who speaks.
    pub person: Person,
    /// The department that had it last; `None` when none ever had it.
    pub ended_with: Option<DepartmentId>,
}

/// The newest cases of the ordinary queue.
pub async fn past(c: &mut Conn, scope: &Scope, most: i64) -> sqlx::Result<Vec<PastCase>> {
    let sql = format!(
        "SELECT c.number, c.excerpt, c.topic_id, c.place, c.person,
                COALESCE(c.department_id, (SELECT a.department_id FROM assignments a
                    WHERE a.case_id = c.id AND a.kind = 'lead' ORDER BY a.assigned_at DESC, a.id DESC LIMIT 1)) AS ended_with
         FROM cases c WHERE {} AND c.lane = 'ordinary' ORDER BY c.arrival DESC LIMIT $4",
        scope.condition()
    );
    db_all!(c, PastCase, AssertSqlSafe(sql.as_str()), scope.organization, scope.staff, scope.department, most)
}
