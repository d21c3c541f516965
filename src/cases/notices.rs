//! Who is told of what: rows of the outbox, in the transaction of the change. Who is recused is told nothing
//! (promise 12), and nobody is told of what they did themselves.

use chrono::{DateTime, Utc};

use crate::{
    accounts::model::Actor,
    cases::{
        model::{Case, EventKind, Lane, RecusalState},
        store::{self, recusals::Recusal},
    },
    db::Conn,
    error::Result,
    http::App,
    kernel::{
        ids::{DepartmentId, OutboxId, StaffId},
        roles::Role,
    },
    organizations::{self, model::Staff},
};

/// Whom a notice is for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Audience {
    /// The office; the safeguarding leads in their lane. When all of them are recused, the leaders.
    Office,
    /// The people of a department.
    Department(DepartmentId),
}

/// Tells people what happened.
pub(super) async fn tell(
    app: &App,
    c: &mut Conn,
    case: &Case,
    audience: Audience,
    kind: EventKind,
    at: DateTime<Utc>,
    by: Option<&Actor>,
) -> Result<()> {
    let recusals = store::recusals::of_case(c, case.id).await?;
    let staff = organizations::actions::staff(c, case.organization_id).await?;
    let free: Vec<&Staff> = staff.iter().filter(|s| !is_recused(&recusals, s.id, s.department_id)).collect();
    let wanted: Vec<StaffId> = match audience {
        Audience::Department(id) => {
            free.iter().filter(|s| s.role.has_department() && s.department_id == Some(id)).map(|s| s.id).collect()
        }
        Audience::Office => {
            let role = if case.lane == Lane::Safeguarding { Role::SafeguardingLead } else { Role::Office };
            let of_role = |role| free.iter().filter(|s| s.role == role).map(|s| s.id).collect::<Vec<_>>();
            let own = of_role(role);
            if own.is_empty() && case.lane != Lane::Safeguarding { of_role(Role::Leader) } else { own }
        }
    };
    for person in wanted.into_iter().filter(|id| by.is_none_or(|a| a.staff_id != *id)) {
        let id = OutboxId::new(at, &*app.random);
        store::outbox::insert(c, id, case.organization_id, person, kind.code(), case.id, at).await?;
    }
    Ok(())
}

/// Whether a person may not see a case.
pub(super) fn is_recused(recusals: &[Recusal], staff: StaffId, department: Option<DepartmentId>) -> bool {
    recusals
        .iter()
        .filter(|r| r.state != RecusalState::Lifted)
        .any(|r| r.staff_id == Some(staff) || (r.department_id.is_some() && r.department_id == department))
}
