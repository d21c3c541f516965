//! Making, changing, revoking and replacing access points, and finding them.

use crate::{
    access_points::{
        model::{self, AccessPoint, Liveness, NewAccessPoint, RevokeReason},
        store,
    },
    accounts::model::Actor,
    audit::{self, Entry},
    db::Conn,
    error::{Error, Result},
    http::App,
    kernel::ids::{AccessPointId, OrganizationId},
};

/// How often a new code is drawn before something must be wrong: a billion codes, some thousands taken.
const DRAWS: usize = 8;

/// The access point of a code as people type it, in any organisation, live or not.
///
/// # Errors
/// The database's.
pub async fn by_code(c: &mut Conn, typed: &str) -> Result<Option<AccessPoint>> {
    match model::parse_code(typed) {
        Some(code) => Ok(store::by_code(c, &code).await?),
        None => Ok(None),
    }
}

/// The access point of an id.
///
/// # Errors
/// `NotFound` when the organisation has none.
pub async fn by_id(c: &mut Conn, org: OrganizationId, id: AccessPointId) -> Result<AccessPoint> {
    store::by_id(c, org, id).await?.ok_or(Error::NotFound)
}

/// The access points of an organisation, oldest first, revoked ones too.
///
/// # Errors
/// The database's.
pub async fn all_of(c: &mut Conn, org: OrganizationId) -> Result<Vec<AccessPoint>> {
    Ok(store::all(c, org).await?)
}

/// The access points of an organisation by which something can be sent now, oldest first.
///
/// # Errors
/// The database's.
pub async fn live_of(app: &App, c: &mut Conn, org: OrganizationId) -> Result<Vec<AccessPoint>> {
    let now = app.now();
    Ok(store::all(c, org).await?.into_iter().filter(|p| p.liveness(now) == Liveness::Live).collect())
}

/// Makes an access point in the caller's transaction; the caller writes the audit log. Form and topic must be the
/// organisation's own.
///
/// # Errors
/// The database's; internal when no free code was found.
pub async fn create(app: &App, c: &mut Conn, org: OrganizationId, new: NewAccessPoint) -> Result<AccessPoint> {
    let now = app.now();
    let point = AccessPoint {
        id: AccessPointId::new(now, &*app.random),
        organization_id: org,
        code: free_code(app, c).await?,
        channel: new.channel,
        title: new.title,
        place: new.place,
        keeper: new.keeper,
        audience: new.audience,
        form_id: new.form_id,
        topic_id: new.topic_id,
        valid_from: new.valid_from,
        valid_to: new.valid_to,
        revoked_at: None,
        replaced_by: None,
        opens: 0,
        submissions: 0,
        last_opened_at: None,
        created_at: now,
    };
    store::insert(c, &point).await?;
    Ok(point)
}

/// A code that nobody has. Asked for beforehand, because a broken constraint ends PostgreSQL's transaction.
async fn free_code(app: &App, c: &mut Conn) -> Result<String> {
    for _ in 0..DRAWS {
        let code = model::random_code(&*app.random);
        if store::by_code(c, &code).await?.is_none() {
            return Ok(code);
        }
    }
    Err(Error::internal("no free code for an access point"))
}

/// Counts a submission, in the transaction that stores it. Danger cases are not counted: the number stands on a page of
/// people who may be the accused (promise 12).
///
/// # Errors
/// The database's.
pub async fn count_submission(c: &mut Conn, id: AccessPointId) -> Result<()> {
    store::add_submission(c, id).await?;
    Ok(())
}

/// A member of staff makes an access point.
///
/// # Errors
/// The database's.
pub async fn add(app: &App, actor: &Actor, new: NewAccessPoint) -> Result<AccessPoint> {
    let mut tx = app.db.write().await?;
    let point = create(app, &mut tx, actor.organization_id, new).await?;
    record(app, &mut tx, actor, &point, "access_point.created", point.code.as_str()).await?;
    tx.commit().await?;
    Ok(point)
}

/// A member of staff changes an access point: moves it, gives it to another keeper, and so on. Its code stays.
///
/// # Errors
/// `NotFound`; `Conflict` when it was revoked.
pub async fn change(app: &App, actor: &Actor, id: AccessPointId, new: NewAccessPoint) -> Result<AccessPoint> {
    let mut tx = app.db.write().await?;
    let before = by_id(&mut tx, actor.organization_id, id).await?;
    let after = AccessPoint {
        channel: new.channel,
        title: new.title,
        place: new.place,
        keeper: new.keeper,
        audience: new.audience,
        form_id: new.form_id,
        topic_id: new.topic_id,
        valid_from: new.valid_from,
        valid_to: new.valid_to,
        ..before.clone()
    };
    if store::update(&mut tx, &after).await? != 1 {
        return Err(Error::Conflict);
    }
    let action = if before.place == after.place { "access_point.changed" } else { "access_point.moved" };
    record(app, &mut tx, actor, &after, action, changed_fields(&before, &after)).await?;
    tx.commit().await?;
    Ok(after)
}

/// The names of what differs, for the audit log.
fn changed_fields(before: &AccessPoint, after: &AccessPoint) -> String {
    [
        ("channel", before.channel != after.channel),
        ("title", before.title != after.title),
        ("place", before.place != after.place),
        ("keeper", before.keeper != after.keeper),
        ("audience", before.audience != after.audience),
        ("form", before.form_id != after.form_id),
        ("topic", before.topic_id != after.topic_id),
        ("days", (before.valid_from, before.valid_to) != (after.valid_from, after.valid_to)),
    ]
    .into_iter()
    .filter_map(|(name, differs)| differs.then_some(name))
    .collect::<Vec<_>>()
    .join(" ")
}

/// A member of staff revokes an access point: its paper leads to the start page from now on.
///
/// # Errors
/// `NotFound`; `Conflict` when it was revoked already.
pub async fn revoke(app: &App, actor: &Actor, id: AccessPointId, reason: RevokeReason) -> Result<()> {
    let mut tx = app.db.write().await?;
    let point = by_id(&mut tx, actor.organization_id, id).await?;
    if store::revoke(&mut tx, actor.organization_id, id, None, app.now()).await? != 1 {
        return Err(Error::Conflict);
    }
    record(app, &mut tx, actor, &point, "access_point.revoked", reason).await?;
    tx.commit().await?;
    Ok(())
}

/// A member of staff replaces an access point by one with a new code, to which the old one points.
///
/// # Errors
/// `NotFound`; `Conflict` when it was revoked already.
pub async fn replace(app: &App, actor: &Actor, id: AccessPointId, reason: RevokeReason) -> Result<AccessPoint> {
    let mut tx = app.db.write().await?;
    let old = by_id(&mut tx, actor.organization_id, id).await?;
    let new = NewAccessPoint {
        channel: old.channel,
        title: old.title.clone(),
        place: old.place.clone(),
        keeper: old.keeper.clone(),
        audience: old.audience,
        form_id: old.form_id,
        topic_id: old.topic_id,
        valid_from: old.valid_from,
        valid_to: old.valid_to,
    };
    let new = create(app, &mut tx, actor.organization_id, new).await?;
    if store::revoke(&mut tx, actor.organization_id, id, Some(new.id), app.now()).await? != 1 {
        return Err(Error::Conflict);
    }
    record(app, &mut tx, actor, &old, "access_point.replaced", format!("{reason} {}", new.code)).await?;
    record(app, &mut tx, actor, &new, "access_point.created", new.code.as_str()).await?;
    tx.commit().await?;
    Ok(new)
}

async fn record(
    app: &App,
    c: &mut Conn,
    actor: &Actor,
    point: &AccessPoint,
    action: &'static str,
    detail: impl std::fmt::Display,
) -> Result<()> {
    let entry = Entry::new(action, "access_point").actor(actor).entity(point.id.0).detail(detail);
    audit::record(app, c, point.organization_id, entry).await
}
