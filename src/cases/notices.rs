//! Who is told of what: rows of the outbox, in the transaction of the change. Who is recused is told nothing
//! (promise 12), and nobody is told of what they did themselves.

use chrono::{DateTime, Utc};

use crate::{
    accounts::model::Actor,
    cases::{
        model::{Case, EventKind, Lane, RecusalState},
        store::{self, outbox::Notice, recusals::Recusal},
        views::MANY,
        visibility::Scope,
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
    /// The office; the safeguarding leads in their lane. When none of them can see it, who stands in (`visibility`).
    Office,
    /// The people of a department.
    Department(DepartmentId),
    /// The people of the departments that assist.
    Assisting,
    /// The leader in charge of a department; all leaders when there is none, or it lies with the office.
    Leader(Option<DepartmentId>),
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
        Audience::Assisting => {
            let assisting = store::assignments::assisting_departments(c, case.id).await?;
            let theirs = |s: &&&Staff| s.department_id.is_some_and(|d| assisting.contains(&(d,)));
            free.iter().filter(|s| s.role.has_department()).filter(theirs).map(|s| s.id).collect()
        }
        Audience::Leader(department) => {
            let departments = organizations::actions::departments(c, case.organization_id).await?;
            let in_charge = departments.iter().find(|d| Some(d.id) == department).and_then(|d| d.leader_id);
            let leaders = || free.iter().filter(|s| s.role == Role::Leader).map(|s| s.id);
            match in_charge.filter(|id| leaders().any(|l| l == *id)) {
                Some(id) => vec![id],
                None => leaders().collect(),
            }
        }
        Audience::Office => {
            let order = if case.lane == Lane::Safeguarding {
                [Role::SafeguardingLead, Role::Leader, Role::Office]
            } else {
                [Role::Office, Role::Leader, Role::SafeguardingLead]
            };
            let able = |s: &&&Staff, role| s.role == role && s.has_password && s.disabled_at.is_none();
            let of_role = |role| free.iter().filter(|s| able(s, role)).map(|s| s.id).collect::<Vec<_>>();
            order.into_iter().map(of_role).find(|people| !people.is_empty()).unwrap_or_default()
        }
    };
    for person in wanted.into_iter().filter(|id| by.is_none_or(|a| a.staff_id != *id)) {
        let id = OutboxId::new(at, &*app.random);
        store::outbox::insert(c, id, case.organization_id, person, kind.code(), case.id, at).await?;
    }
    Ok(())
}

/// Tells one person, who may see the case.
pub(super) async fn tell_person(
    app: &App,
    c: &mut Conn,
    case: &Case,
    person: StaffId,
    kind: &'static str,
    at: DateTime<Utc>,
) -> Result<()> {
    let id = OutboxId::new(at, &*app.random);
    store::outbox::insert(c, id, case.organization_id, person, kind, case.id, at).await?;
    Ok(())
}

/// Whether a person may not see a case.
pub(super) fn is_recused(recusals: &[Recusal], staff: StaffId, department: Option<DepartmentId>) -> bool {
    recusals
        .iter()
        .filter(|r| r.state != RecusalState::Lifted)
        .any(|r| r.staff_id == Some(staff) || (r.department_id.is_some() && r.department_id == department))
}

/// Notices that the page shows.
const SHOWN: i64 = 300;

/// The newest notices of a person, about cases that they may see now.
///
/// # Errors
/// The database's.
pub(super) async fn newest(c: &mut Conn, actor: &Actor) -> Result<Vec<Notice>> {
    Ok(store::outbox::newest(c, &Scope::of(actor), SHOWN).await?)
}

/// How many of a person's notices were not read, [`MANY`] at most.
///
/// # Errors
/// The database's.
pub(super) async fn unread(c: &mut Conn, actor: &Actor) -> Result<i64> {
    Ok(store::outbox::unread(c, &Scope::of(actor), MANY).await?)
}

/// A person has read what there was.
///
/// # Errors
/// The database's.
pub async fn mark_read(app: &App, actor: &Actor) -> Result<()> {
    let mut tx = app.db.write().await?;
    store::outbox::mark_read(&mut tx, actor.staff_id, app.now()).await?;
    Ok(tx.commit().await?)
}
