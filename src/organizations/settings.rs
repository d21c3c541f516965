//! The organisation itself: names, texts, hours, calendar, limits.

use crate::{
    accounts::model::Actor,
    audit::{self, Entry},
    error::{Error, Result},
    http::App,
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
        calendar: before.calendar,
        limits: input.limits,
    };
    store::update_organization(&mut tx, &after).await?;
    let entry = Entry::new("organization.changed", "organization").actor(actor).entity(org.0).detail(detail);
    audit::record(app, &mut tx, org, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Which parts differ, as code words.
fn changed_parts(before: &Organization, after: &SettingsInput) -> String {
    let parts = [
        ("name", before.name != after.name),
        ("emblem", before.emblem != after.emblem),
        ("hotline", before.hotline != after.hotline),
        ("office_name", before.office_name != after.office_name),
        ("welcome", before.welcome != after.welcome),
        ("limits", before.limits != after.limits),
    ];
    parts.iter().filter(|(_, differs)| *differs).map(|(part, _)| *part).collect::<Vec<_>>().join(" ")
}
