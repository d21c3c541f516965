//! Signing in and out, and one's own password.

use std::net::IpAddr;

use axum::http::HeaderMap;

use crate::{
    accounts::{device, model::Actor, passwords, second, sessions, store, throttle},
    audit::{self, Entry},
    db::Conn,
    error::{Error, Result},
    http::App,
    i18n::Lang,
    kernel::{
        ids::{OrganizationId, StaffId},
        roles::Role,
    },
};

/// A started session: the cookie's secret and the role, for the first page.
pub struct Started {
    /// The cookie's secret.
    pub token: String,
    /// The role.
    pub role: Role,
}

/// What the right password gives.
pub enum Begun {
    /// The person is in.
    In(Started),
    /// They owe a code (`accounts::second`): the secret of the cookie of that step.
    Step(String),
}

/// Signs a person in, or asks for the second step; `None` when name or password is wrong (which of them is not told).
///
/// # Errors
/// `TooMany` when the last failures are too fresh.
pub async fn sign_in(
    app: &App,
    username: &str,
    password: &str,
    addr: IpAddr,
    headers: &HeaderMap,
) -> Result<Option<Begun>> {
    let username = username.trim().to_lowercase();
    let device = device::subject(app, headers, &username);
    if device.is_none() && !app.limits.login(addr) {
        return Err(Error::TooMany(30));
    }
    let subject = device.unwrap_or_else(|| throttle::subject(app, &username, addr));
    throttle::count_try(app, &subject).await?;
    let account = store::credentials_by_username(&mut app.db.read().await?, &username).await?;
    let usable = account.filter(|a| a.disabled_at.is_none() && a.password_hash.is_some());
    let hash = usable.as_ref().and_then(|a| a.password_hash.clone());
    let right = passwords::verify(app, password, hash).await?;
    let Some(account) = usable.filter(|_| right) else { return Ok(None) };
    throttle::forget(app, &subject).await?;

    let mut tx = app.db.write().await?;
    if second::is_set_up(&mut tx, account.id).await? {
        let token = second::sign_in::begin(app, &mut tx, account.id).await?;
        tx.commit().await?;
        return Ok(Some(Begun::Step(token)));
    }
    let token = sessions::start(app, &mut tx, account.id).await?;
    let entry =
        Entry::new("account.signed_in", "staff").entity(account.id.0).by(account.id).detail(device::kind(headers));
    audit::record(app, &mut tx, account.organization_id, entry).await?;
    tx.commit().await?;
    Ok(Some(Begun::In(Started { token, role: account.role })))
}

/// Whether this is the person's present password. A try is counted before it is checked.
///
/// # Errors
/// `TooMany` when the last failures are too fresh; the database's.
pub async fn is_own_password(app: &App, actor: &Actor, password: &str, addr: IpAddr) -> Result<bool> {
    let subject = throttle::subject(app, &actor.username, addr);
    throttle::count_try(app, &subject).await?;
    let account = store::credentials_by_id(&mut app.db.read().await?, actor.staff_id).await?.ok_or(Error::SignIn)?;
    if !passwords::verify(app, password, account.password_hash).await? {
        return Ok(false);
    }
    throttle::forget(app, &subject).await?;
    Ok(true)
}

/// Signs out: ends the session of the request.
///
/// # Errors
/// The database's.
pub async fn sign_out(app: &App, actor: &Actor) -> Result<()> {
    let mut tx = app.db.write().await?;
    store::delete_session(&mut tx, actor.session_id).await?;
    audit::record(app, &mut tx, actor.organization_id, Entry::new("account.signed_out", "staff").actor(actor)).await?;
    tx.commit().await?;
    Ok(())
}

/// Ends every session of the person.
///
/// # Errors
/// The database's.
pub async fn sign_out_everywhere(app: &App, actor: &Actor) -> Result<()> {
    let mut tx = app.db.write().await?;
    store::delete_sessions_of(&mut tx, actor.staff_id).await?;
    audit::record(
        app,
        &mut tx,
        actor.organization_id,
        Entry::new("account.signed_out_everywhere", "staff").actor(actor),
    )
    .await?;
    tx.commit().await?;
    Ok(())
}

/// Why a password was not changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordRefusal {
    /// The present one is wrong.
    WrongCurrent,
    /// The new one is too short, too long, or the name.
    Unacceptable,
}

/// Changes one's own password; every other session ends, this one goes on under a new secret.
///
/// # Errors
/// `TooMany` when the last failures are too fresh; the database's.
pub async fn change_password(
    app: &App,
    actor: &Actor,
    current: &str,
    new: &str,
    addr: IpAddr,
) -> Result<Result<String, PasswordRefusal>> {
    if !passwords::acceptable(new, &actor.username) {
        return Ok(Err(PasswordRefusal::Unacceptable));
    }
    if !is_own_password(app, actor, current, addr).await? {
        return Ok(Err(PasswordRefusal::WrongCurrent));
    }
    let hash = passwords::hash(app, new).await?;
    let mut tx = app.db.write().await?;
    store::set_password(&mut tx, actor.staff_id, &hash).await?;
    store::delete_sessions_of(&mut tx, actor.staff_id).await?;
    let token = sessions::start(app, &mut tx, actor.staff_id).await?;
    audit::record(app, &mut tx, actor.organization_id, Entry::new("account.password_changed", "staff").actor(actor))
        .await?;
    tx.commit().await?;
    Ok(Ok(token))
}

/// Sets the language of one's pages.
///
/// # Errors
/// The database's.
pub async fn change_language(app: &App, actor: &Actor, lang: Lang) -> Result<()> {
    let mut tx = app.db.write().await?;
    store::set_lang(&mut tx, actor.staff_id, lang).await?;
    tx.commit().await?;
    Ok(())
}

/// Ends every session of a person, in the caller's transaction: their role, department or access has changed.
///
/// # Errors
/// The database's.
pub async fn end_sessions(c: &mut Conn, staff: StaffId) -> Result<()> {
    store::delete_sessions_of(c, staff).await?;
    Ok(())
}

/// Sets a person's password from the command line, in the caller's transaction; their sessions end.
///
/// # Errors
/// `Bad` when the password is not acceptable; the database's.
pub async fn set_password(app: &App, c: &mut Conn, org: OrganizationId, staff: StaffId, password: &str) -> Result<()> {
    if !passwords::acceptable(password, "") {
        return Err(Error::Bad("accounts.password.unacceptable"));
    }
    let hash = passwords::hash(app, password).await?;
    store::set_password(c, staff, &hash).await?;
    end_sessions(c, staff).await?;
    audit::record(app, c, org, Entry::new("account.password_set", "staff").entity(staff.0)).await
}
