//! What the matrix proposes for a case, and why.

use crate::{
    db::Conn,
    error::Result,
    http::App,
    kernel::ids::{DepartmentId, OrganizationId, RoutingVersionId},
    organizations,
    routing::{
        actions,
        model::{Facts, Match, Version, pick},
    },
};

/// Where a proposal comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Basis {
    /// A row of the version in force.
    Matrix(Version, Match),
    /// The topic's own department.
    Topic,
    /// Nothing speaks for any department: the office decides.
    Nothing,
}

/// A proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The department; `None` when nothing speaks for any.
    pub department: Option<DepartmentId>,
    /// Why.
    pub basis: Basis,
}

impl Proposal {
    /// The version that it comes from.
    pub fn version(&self) -> Option<RoutingVersionId> {
        match &self.basis {
            Basis::Matrix(version, _) => Some(version.id),
            Basis::Topic | Basis::Nothing => None,
        }
    }

    /// Whether this choice goes against it.
    pub fn is_overridden_by(&self, chosen: DepartmentId) -> bool {
        self.department.is_some_and(|proposed| proposed != chosen)
    }

    /// Whether this choice needs a reason: the matrix was agreed on, a topic's department is a habit.
    pub fn asks_why(&self, chosen: DepartmentId) -> bool {
        self.is_overridden_by(chosen) && matches!(self.basis, Basis::Matrix(..))
    }
}

/// Proposes a department for a case, of those in use and not barred from it.
///
/// # Errors
/// The database's.
pub async fn propose(
    app: &App,
    c: &mut Conn,
    org: OrganizationId,
    facts: &Facts,
    barred: &[DepartmentId],
) -> Result<Proposal> {
    let in_use = organizations::actions::departments(c, org).await?;
    let may_get = |id: DepartmentId| in_use.iter().any(|d| d.id == id) && !barred.contains(&id);
    if let Some((version, rows)) = actions::live(app, c, org).await?
        && let Some(row) = pick(&rows, facts, may_get)
    {
        return Ok(Proposal { department: Some(row.department), basis: Basis::Matrix(version, row.names.clone()) });
    }
    let topics = organizations::actions::all_topics(c, org).await?;
    let usual = topics.iter().find(|t| t.id == facts.topic).and_then(|t| t.default_department_id);
    let department = usual.filter(|id| may_get(*id));
    Ok(Proposal { department, basis: if department.is_some() { Basis::Topic } else { Basis::Nothing } })
}
