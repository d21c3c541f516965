//! People: added with an invitation, changed, taken off, let in again.
//!
//! Whoever changes role, department or access is signed out everywhere at once (promise 15). An organisation always
//! keeps an administrator who can sign in.

use crate::{
    accounts::{self, invitations, model::Actor},
    audit::{self, Entry},
    db::{Conn, Tx},
    error::{Error, Result},
    http::App,
    i18n::Lang,
    kernel::{
        ids::{DepartmentId, OrganizationId, StaffId},
        roles::Role,
    },
    organizations::{
        departments,
        form::{NewPersonInput, PersonInput},
        model::{Checked, Staff, refusal},
        store,
    },
};

/// Everything about a new person.
#[derive(Clone, Debug)]
pub struct NewStaffDetails {
    /// The sign-in name.
    pub username: String,
    /// The name shown.
    pub display_name: String,
    /// The role.
    pub role: Role,
    /// The department, for handlers and heads.
    pub department_id: Option<DepartmentId>,
    /// The language of their pages.
    pub lang: Lang,
}

/// A person and the link by which they set their password. The link is shown once and stored nowhere.
pub struct Invited {
    /// The person.
    pub person: Staff,
    /// The whole address.
    pub link: String,
}

/// Every person, those without access too.
///
/// # Errors
/// The database's.
pub async fn all(c: &mut Conn, org: OrganizationId) -> Result<Vec<Staff>> {
    Ok(store::staff(c, org).await?)
}

/// A person of the organisation.
///
/// # Errors
/// `NotFound` when it has none of this id.
pub async fn member(c: &mut Conn, org: OrganizationId, id: StaffId) -> Result<Staff> {
    store::staff_member(c, org, id).await?.ok_or(Error::NotFound)
}

/// Adds a person, in the caller's transaction; without a password yet.
///
/// # Errors
/// The database's.
pub async fn add(
    app: &App,
    c: &mut Conn,
    org: OrganizationId,
    by: Option<StaffId>,
    details: NewStaffDetails,
) -> Result<Checked<StaffId>> {
    if !departments::in_use(c, org, details.department_id).await? {
        return Ok(Err(refusal("department_id", "organizations.error.department")));
    }
    let id = StaffId::new(app.now(), &*app.random);
    let row = store::NewStaff {
        id,
        department_id: details.department_id,
        username: details.username,
        display_name: details.display_name,
        role: details.role,
        lang: details.lang,
    };
    match store::insert_staff(c, org, &row, app.now()).await {
        Err(e) if store::username_taken(&e) => {
            return Ok(Err(refusal("username", "organizations.error.username_taken")));
        }
        other => other?,
    };
    let entry = Entry::new("staff.created", "staff").entity(id.0).detail(row.role);
    audit::record(app, c, org, by.into_iter().fold(entry, Entry::by)).await?;
    Ok(Ok(id))
}

/// Adds a person and invites them.
///
/// # Errors
/// The database's.
pub async fn create(app: &App, actor: &Actor, input: NewPersonInput) -> Result<Checked<Invited>> {
    let org = actor.organization_id;
    let mut tx = locked(app, org).await?;
    let details = NewStaffDetails {
        username: input.username,
        display_name: input.person.display_name,
        role: input.person.role,
        department_id: input.person.department_id,
        lang: input.lang,
    };
    let id = match add(app, &mut tx, org, Some(actor.staff_id), details).await? {
        Ok(id) => id,
        Err(refused) => return Ok(Err(refused)),
    };
    let invited = invite(app, &mut tx, actor, id).await?;
    tx.commit().await?;
    Ok(Ok(invited))
}

/// Makes a new link for a person who lost theirs or their password; earlier links are over.
///
/// # Errors
/// `NotFound` when the organisation has none of this id with access; the database's.
pub async fn invite_again(app: &App, actor: &Actor, id: StaffId) -> Result<Invited> {
    let mut tx = locked(app, actor.organization_id).await?;
    let person = member(&mut tx, actor.organization_id, id).await?;
    if person.disabled_at.is_some() {
        return Err(Error::NotFound);
    }
    let invited = invite(app, &mut tx, actor, id).await?;
    tx.commit().await?;
    Ok(invited)
}

/// Makes a link for a person in the caller's transaction, in place of earlier ones. The caller has the right to.
///
/// # Errors
/// `NotFound` when the organisation has none of this id.
pub async fn invite(app: &App, c: &mut Conn, actor: &Actor, id: StaffId) -> Result<Invited> {
    let org = actor.organization_id;
    let token = invitations::create(app, c, id).await?;
    audit::record(app, c, org, Entry::new("staff.invited", "staff").actor(actor).entity(id.0)).await?;
    let link = format!("{}/invitation/{token}", app.config.base_url());
    Ok(Invited { person: member(c, org, id).await?, link })
}

/// Changes a person's name, role and department.
///
/// # Errors
/// `NotFound` when the organisation has none of this id; the database's.
pub async fn change(app: &App, actor: &Actor, id: StaffId, input: PersonInput) -> Result<Checked<()>> {
    let org = actor.organization_id;
    let mut tx = locked(app, org).await?;
    let before = member(&mut tx, org, id).await?;
    if input.department_id != before.department_id && !departments::in_use(&mut tx, org, input.department_id).await? {
        return Ok(Err(refusal("department_id", "organizations.error.department")));
    }
    let after = Staff {
        display_name: input.display_name,
        role: input.role,
        department_id: input.department_id,
        ..before.clone()
    };
    save(app, tx, actor, &before, &after, "staff.changed").await
}

/// Takes a person's access, at once.
///
/// # Errors
/// `NotFound` when the organisation has none of this id; the database's.
pub async fn disable(app: &App, actor: &Actor, id: StaffId) -> Result<Checked<()>> {
    let mut tx = locked(app, actor.organization_id).await?;
    let before = member(&mut tx, actor.organization_id, id).await?;
    let after = Staff { disabled_at: before.disabled_at.or(Some(app.now())), ..before.clone() };
    invitations::void(app, &mut tx, id).await?;
    save(app, tx, actor, &before, &after, "staff.disabled").await
}

/// Resets the second step of a person who lost their phone; they are signed out.
///
/// # Errors
/// `NotFound` when the organisation has none of this id; `Bad` for oneself.
pub async fn reset_second(app: &App, actor: &Actor, id: StaffId) -> Result<()> {
    let mut tx = locked(app, actor.organization_id).await?;
    let person = member(&mut tx, actor.organization_id, id).await?;
    accounts::second::reset(app, &mut tx, actor, person.id).await?;
    Ok(tx.commit().await?)
}

/// Lets a person in again, with the password they had.
///
/// # Errors
/// `NotFound` when the organisation has none of this id; the database's.
pub async fn enable(app: &App, actor: &Actor, id: StaffId) -> Result<Checked<()>> {
    let mut tx = locked(app, actor.organization_id).await?;
    let before = member(&mut tx, actor.organization_id, id).await?;
    let after = Staff { disabled_at: None, ..before.clone() };
    save(app, tx, actor, &before, &after, "staff.enabled").await
}

async fn locked(app: &App, org: OrganizationId) -> Result<Tx> {
    let mut tx = app.db.write().await?;
    store::lock_organization(&mut tx, org).await?;
    Ok(tx)
}

/// Writes a changed person, with everything that follows from it.
async fn save(
    app: &App,
    mut tx: Tx,
    actor: &Actor,
    before: &Staff,
    after: &Staff,
    action: &'static str,
) -> Result<Checked<()>> {
    let org = actor.organization_id;
    if is_admin(before) && !is_admin(after) && store::count_others(&mut tx, org, before.id, Role::Admin).await? == 0 {
        let field = if after.disabled_at.is_some() { "disable" } else { "role" };
        return Ok(Err(refusal(field, "organizations.error.last_admin")));
    }
    let is_lead = |s: &Staff| s.role == Role::SafeguardingLead && s.disabled_at.is_none();
    if is_lead(before)
        && !is_lead(after)
        && store::count_others(&mut tx, org, before.id, Role::SafeguardingLead).await? == 0
    {
        let field = if after.disabled_at.is_some() { "disable" } else { "role" };
        return Ok(Err(refusal(field, "organizations.error.last_lead")));
    }
    store::update_staff(&mut tx, org, after).await?;
    let rights = |s: &Staff| (s.role, s.department_id, s.disabled_at.is_some());
    if rights(before) != rights(after) {
        accounts::actions::end_sessions(&mut tx, after.id).await?;
    }
    if after.role != Role::Leader || after.disabled_at.is_some() {
        store::clear_leader(&mut tx, org, after.id).await?;
    }
    let entry = Entry::new(action, "staff").actor(actor).entity(after.id.0).detail(after.role);
    audit::record(app, &mut tx, org, entry).await?;
    tx.commit().await?;
    Ok(Ok(()))
}

fn is_admin(person: &Staff) -> bool {
    person.role == Role::Admin && person.disabled_at.is_none()
}
