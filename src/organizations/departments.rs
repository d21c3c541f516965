//! Departments: added, changed, taken out of use.

use crate::{
    accounts::model::Actor,
    audit::{self, Entry},
    db::Conn,
    error::{Error, Result},
    http::App,
    kernel::{
        ids::{DepartmentId, OrganizationId, StaffId},
        roles::Role,
    },
    organizations::{
        form::DepartmentInput,
        model::{Checked, Department, refusal},
        store,
    },
    ui::field::FieldError,
};

/// Every department, those out of use too.
///
/// # Errors
/// The database's.
pub async fn all(c: &mut Conn, org: OrganizationId) -> Result<Vec<Department>> {
    Ok(store::departments(c, org).await?)
}

/// Adds a department at the end, in the caller's transaction.
///
/// # Errors
/// The database's.
pub async fn add(
    app: &App,
    c: &mut Conn,
    org: OrganizationId,
    by: Option<StaffId>,
    name: String,
    leader_id: Option<StaffId>,
) -> Result<Checked<DepartmentId>> {
    if !is_leader(c, org, leader_id).await? {
        return Ok(Err(refusal("leader_id", "organizations.error.leader")));
    }
    let last = store::departments(c, org).await?.iter().map(|d| d.position).max().unwrap_or(0);
    let id = DepartmentId::new(app.now(), &*app.random);
    let department = Department { id, name, leader_id, position: last + 1, disabled_at: None };
    match store::insert_department(c, org, &department).await {
        Err(e) if store::department_name_taken(&e) => return Ok(Err(name_taken())),
        other => other?,
    };
    let entry = Entry::new("department.created", "department").entity(id.0);
    audit::record(app, c, org, by.into_iter().fold(entry, Entry::by)).await?;
    Ok(Ok(id))
}

/// Adds a department by an administrator.
///
/// # Errors
/// The database's.
pub async fn create(app: &App, actor: &Actor, input: DepartmentInput) -> Result<Checked<DepartmentId>> {
    let org = actor.organization_id;
    let mut tx = app.db.write().await?;
    store::lock_organization(&mut tx, org).await?;
    let added = add(app, &mut tx, org, Some(actor.staff_id), input.name, input.leader_id).await?;
    if added.is_ok() {
        tx.commit().await?;
    }
    Ok(added)
}

/// Changes a department. One that still has open cases stays in use; one out of use is no topic's default.
///
/// # Errors
/// `NotFound` when the organisation has none of this id; the database's.
pub async fn change(app: &App, actor: &Actor, id: DepartmentId, input: DepartmentInput) -> Result<Checked<()>> {
    let org = actor.organization_id;
    let mut tx = app.db.write().await?;
    store::lock_organization(&mut tx, org).await?;
    let before = store::department(&mut tx, org, id).await?.ok_or(Error::NotFound)?;
    if input.leader_id != before.leader_id && !is_leader(&mut tx, org, input.leader_id).await? {
        return Ok(Err(refusal("leader_id", "organizations.error.leader")));
    }
    let closes = before.disabled_at.is_none() && !input.in_use;
    if closes {
        let open = store::open_cases(&mut tx, org, id).await?;
        if open > 0 {
            let variables = vec![("count", open.to_string())];
            let key = "organizations.error.open_cases";
            return Ok(Err(FieldError { field: "in_use".to_string(), key, variables }));
        }
        store::clear_default_department(&mut tx, org, id).await?;
    }
    let after = Department {
        id,
        name: input.name,
        leader_id: input.leader_id,
        position: input.position.map_or(before.position, i64::from),
        disabled_at: if input.in_use { None } else { before.disabled_at.or(Some(app.now())) },
    };
    match store::update_department(&mut tx, org, &after).await {
        Err(e) if store::department_name_taken(&e) => return Ok(Err(name_taken())),
        other => other?,
    };
    let action = match (before.disabled_at.is_some(), input.in_use) {
        (false, false) => "department.disabled",
        (true, true) => "department.enabled",
        _ => "department.changed",
    };
    audit::record(app, &mut tx, org, Entry::new(action, "department").actor(actor).entity(id.0)).await?;
    tx.commit().await?;
    Ok(Ok(()))
}

/// Whether this is a department in use; none is fine too.
pub(super) async fn in_use(c: &mut Conn, org: OrganizationId, department: Option<DepartmentId>) -> Result<bool> {
    let Some(id) = department else { return Ok(true) };
    Ok(store::department(c, org, id).await?.is_some_and(|d| d.disabled_at.is_none()))
}

/// Whether this is a leader of the organisation with access; nobody is fine too.
async fn is_leader(c: &mut Conn, org: OrganizationId, leader: Option<StaffId>) -> Result<bool> {
    let Some(id) = leader else { return Ok(true) };
    let person = store::staff_member(c, org, id).await?;
    Ok(person.is_some_and(|p| p.role == Role::Leader && p.disabled_at.is_none()))
}

fn name_taken() -> FieldError {
    refusal("name", "organizations.error.department_taken")
}
