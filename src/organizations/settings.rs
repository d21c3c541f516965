//! The organisation itself: names, texts, hours, calendar, limits.

use crate::{
    accounts::model::Actor,
    audit::{self, Entry},
    db::Conn,
    error::{Error, Result},
    http::App,
    kernel::{ids::OrganizationId, roles::Role},
    organizations::{form::SettingsInput, model::Organization, store},
};

/// Changes the organisation. Its slug stays: posters and links carry it.
///
/// # Errors
/// The database's.
pub async fn change(app: &App, actor: &Actor, input: SettingsInput) -> Result<()> {
    let org = actor.organization_id;
    let mut tx = app.db.write().await?;
    store::lock_organization(&mut tx, org).await?;
    let before = store::organization(&mut tx, org).await?.ok_or(Error::NotFound)?;
    let detail = changed_parts(&before, &input);
    let after = Organization {
        id: org,
        slug: before.slug,
        name: input.name,
        emblem: input.emblem,
        hotline: input.hotline,
        office_name: input.office_name,
        welcome: input.welcome,
        calendar: input.calendar,
        limits: input.limits,
    };
    store::update_organization(&mut tx, &after).await?;
    let entry = Entry::new("organization.changed", "organization").actor(actor).entity(org.0).detail(detail);
    audit::record(app, &mut tx, org, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// The roles of which the second step of signing in is required.
///
/// # Errors
/// The database's.
pub async fn second_factor_roles(c: &mut Conn, org: OrganizationId) -> Result<Vec<Role>> {
    let words = store::second_factor_roles(c, org).await?;
    Ok(words.split(' ').filter_map(Role::parse).collect())
}

/// Requires the second step of these roles and of no other.
///
/// # Errors
/// The database's.
pub async fn require_second_factor(app: &App, actor: &Actor, roles: &[Role]) -> Result<()> {
    let (org, words) = (actor.organization_id, roles.iter().map(|r| r.code()).collect::<Vec<_>>().join(" "));
    let mut tx = app.db.write().await?;
    store::lock_organization(&mut tx, org).await?;
    if store::second_factor_roles(&mut tx, org).await? != words {
        store::set_second_factor_roles(&mut tx, org, &words).await?;
        let entry = Entry::new("organization.second_step_required", "organization");
        audit::record(app, &mut tx, org, entry.actor(actor).entity(org.0).detail(words)).await?;
    }
    Ok(tx.commit().await?)
}

/// Which parts differ, as code words.
fn changed_parts(before: &Organization, after: &SettingsInput) -> String {
    let parts = [
        ("name", before.name != after.name),
        ("emblem", before.emblem != after.emblem),
        ("hotline", before.hotline != after.hotline),
        ("office_name", before.office_name != after.office_name),
        ("welcome", before.welcome != after.welcome),
        ("calendar", before.calendar != after.calendar),
        ("limits", before.limits != after.limits),
    ];
    parts.iter().filter(|(_, differs)| *differs).map(|(part, _)| *part).collect::<Vec<_>>().join(" ")
}
