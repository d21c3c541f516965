//! Setting the second step up, getting new recovery codes, turning it off, resetting it for somebody else.

use std::net::IpAddr;

use chrono::TimeDelta;

use crate::{
    accounts::{self, actions, model::Actor, second::store},
    audit::{self, Entry},
    db::Conn,
    error::{Error, Result},
    http::App,
    kernel::{
        crockford,
        ids::{OrganizationId, StaffId},
        random,
        roles::Role,
        totp,
    },
};

/// Recovery codes of a person.
pub const RECOVERY_CODES: usize = 10;
/// How long a secret that was not confirmed may be shown.
const SHOWN_FOR: TimeDelta = TimeDelta::minutes(15);

/// Where somebody stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Not set up.
    Off,
    /// The secret waits for its first code.
    Begun(Vec<u8>),
    /// Set up.
    On,
}

/// What the page of one's own second step shows.
#[derive(Clone, Debug)]
pub struct Own {
    /// Where it stands.
    pub standing: Standing,
    /// How many recovery codes are left.
    pub recovery_left: i64,
    /// Whether the organisation requires it of the role.
    pub required: bool,
}

/// One's own second step.
///
/// # Errors
/// The database's; internal when the keys are not those of the sealing.
pub async fn own(app: &App, actor: &Actor) -> Result<Own> {
    let mut c = app.db.read().await?;
    let required = is_required(&store::required_roles(&mut c, actor.organization_id).await?, actor.role);
    let recovery_left = store::recovery_left(&mut c, actor.staff_id).await?;
    let standing = match store::factor(&mut c, actor.staff_id).await? {
        Some(f) if f.confirmed_at.is_some() => Standing::On,
        Some(f) if f.begun_at + SHOWN_FOR > app.now() => Standing::Begun(open(app, actor.staff_id, &f.sealed)?),
        _ => Standing::Off,
    };
    Ok(Own { standing, recovery_left, required })
}

/// Whether a role stands among the code words of an organisation's setting.
pub(in crate::accounts) fn is_required(roles: &str, role: Role) -> bool {
    roles.split(' ').any(|word| word == role.code())
}

fn bound_to(staff: StaffId) -> [u8; 30] {
    let mut bound = *b"second-factor-________________";
    bound[14..].copy_from_slice(staff.0.as_bytes());
    bound
}

/// The secret of a sealed second step.
pub(super) fn open(app: &App, staff: StaffId, sealed: &[u8]) -> Result<Vec<u8>> {
    app.keys.open(sealed, &bound_to(staff)).map_err(Error::internal)
}

/// Begins setting up, with a new secret; `false` when the password is wrong.
///
/// # Errors
/// `TooMany` when the last failures are too fresh; `Conflict` when it is set up already.
pub async fn begin(app: &App, actor: &Actor, password: &str, addr: IpAddr) -> Result<bool> {
    if !actions::is_own_password(app, actor, password, addr).await? {
        return Ok(false);
    }
    let secret = random::bytes::<{ totp::SECRET_BYTES }>(&*app.random);
    let sealed = app.keys.seal(&secret, &bound_to(actor.staff_id), &*app.random).map_err(Error::internal)?;
    let mut tx = app.db.write().await?;
    if store::begin(&mut tx, actor.staff_id, &sealed, app.now()).await? == 0 {
        return Err(Error::Conflict);
    }
    tx.commit().await?;
    Ok(true)
}

/// Confirms it with a first code; gives the recovery codes, or `None` when the code is wrong.
///
/// # Errors
/// `Conflict` when there is nothing to confirm any more.
pub async fn confirm(app: &App, actor: &Actor, typed: &str) -> Result<Option<Vec<String>>> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let factor = store::factor(&mut tx, actor.staff_id).await?.ok_or(Error::Conflict)?;
    if factor.confirmed_at.is_some() || factor.begun_at + SHOWN_FOR <= now {
        return Err(Error::Conflict);
    }
    let secret = open(app, actor.staff_id, &factor.sealed)?;
    let step = totp::typed_code(typed).and_then(|code| totp::matching_step(&secret, &code, now, factor.last_step));
    let Some(step) = step else { return Ok(None) };
    if store::confirm(&mut tx, actor.staff_id, factor.begun_at, step, now).await? == 0 {
        return Err(Error::Conflict);
    }
    let codes = new_codes(app, &mut tx, actor.staff_id).await?;
    note(app, &mut tx, actor, "account.second_set_up").await?;
    tx.commit().await?;
    Ok(Some(codes))
}

/// Ten new recovery codes in place of the old ones; `None` when the password is wrong.
///
/// # Errors
/// `TooMany` when the last failures are too fresh; `Conflict` when it is not set up.
pub async fn renew_codes(app: &App, actor: &Actor, password: &str, addr: IpAddr) -> Result<Option<Vec<String>>> {
    if !actions::is_own_password(app, actor, password, addr).await? {
        return Ok(None);
    }
    let mut tx = app.db.write().await?;
    if !is_set_up(&mut tx, actor.staff_id).await? {
        return Err(Error::Conflict);
    }
    let codes = new_codes(app, &mut tx, actor.staff_id).await?;
    note(app, &mut tx, actor, "account.recovery_codes_made").await?;
    tx.commit().await?;
    Ok(Some(codes))
}

/// Turns it off; `false` when the password is wrong.
///
/// # Errors
/// `TooMany` when the last failures are too fresh; `Bad` when the organisation requires it.
pub async fn turn_off(app: &App, actor: &Actor, password: &str, addr: IpAddr) -> Result<bool> {
    if !actions::is_own_password(app, actor, password, addr).await? {
        return Ok(false);
    }
    let mut tx = app.db.write().await?;
    if is_required(&store::required_roles(&mut tx, actor.organization_id).await?, actor.role) {
        return Err(Error::Bad("second.error.required"));
    }
    if forget(&mut tx, actor.staff_id).await? > 0 {
        note(app, &mut tx, actor, "account.second_turned_off").await?;
    }
    tx.commit().await?;
    Ok(true)
}

async fn note(app: &App, c: &mut Conn, actor: &Actor, action: &'static str) -> Result<()> {
    let entry = Entry::new(action, "staff").actor(actor).entity(actor.staff_id.0);
    audit::record(app, c, actor.organization_id, entry).await
}

async fn new_codes(app: &App, c: &mut Conn, staff: StaffId) -> Result<Vec<String>> {
    store::delete_recovery(c, staff).await?;
    let mut codes = Vec::with_capacity(RECOVERY_CODES);
    for _ in 0..RECOVERY_CODES {
        // Two groups of five symbols, 50 bits: guesses are slowed down like those of passwords.
        let symbols: String = crockford::encode(&random::bytes::<7>(&*app.random)).chars().take(10).collect();
        store::insert_recovery(c, staff, &recovery_hash(app, staff, &symbols)).await?;
        let (left, right) = symbols.split_at(5);
        codes.push(format!("{left}-{right}"));
    }
    Ok(codes)
}

/// What is stored of a recovery code.
pub(super) fn recovery_hash(app: &App, staff: StaffId, symbols: &str) -> Vec<u8> {
    app.keys.content_hash(&[b"recovery-code", staff.0.as_bytes(), symbols.as_bytes()])
}

/// Whether a person signs in with a code.
///
/// # Errors
/// The database's.
pub async fn is_set_up(c: &mut Conn, staff: StaffId) -> Result<bool> {
    Ok(store::factor(c, staff).await?.is_some_and(|f| f.confirmed_at.is_some()))
}

/// Who of an organisation signs in with a code.
///
/// # Errors
/// The database's.
pub async fn set_up(c: &mut Conn, org: OrganizationId) -> Result<Vec<StaffId>> {
    Ok(store::set_up(c, org).await?.into_iter().map(|row| row.0).collect())
}

/// Takes everything of a person's second step away, in the caller's transaction; 0 when there was nothing.
///
/// # Errors
/// The database's.
pub(super) async fn forget(c: &mut Conn, staff: StaffId) -> Result<u64> {
    store::delete_steps_of(c, staff).await?;
    store::delete_recovery(c, staff).await?;
    Ok(store::delete_factor(c, staff).await?)
}

/// Resets it for somebody who lost phone and recovery codes; their sessions end. The caller's transaction has checked
/// that the person is of the administrator's organisation.
///
/// # Errors
/// `Bad` for oneself: an administrator alone must not take the last safeguard off their own account.
pub async fn reset(app: &App, c: &mut Conn, actor: &Actor, staff: StaffId) -> Result<()> {
    if staff == actor.staff_id {
        return Err(Error::Bad("second.error.own"));
    }
    if forget(c, staff).await? > 0 {
        accounts::actions::end_sessions(c, staff).await?;
        let entry = Entry::new("account.second_reset", "staff").actor(actor).entity(staff.0);
        audit::record(app, c, actor.organization_id, entry).await?;
    }
    Ok(())
}

/// Resets it from the command line; `false` when there is no such account.
///
/// # Errors
/// The database's.
pub async fn reset_by_operator(app: &App, username: &str) -> Result<bool> {
    let mut tx = app.db.write().await?;
    let found = accounts::store::credentials_by_username(&mut tx, &username.trim().to_lowercase()).await?;
    let Some(account) = found else { return Ok(false) };
    let org: OrganizationId = account.organization_id;
    forget(&mut tx, account.id).await?;
    accounts::actions::end_sessions(&mut tx, account.id).await?;
    let entry = Entry::new("account.second_reset", "staff").entity(account.id.0).detail("operator");
    audit::record(app, &mut tx, org, entry).await?;
    tx.commit().await?;
    Ok(true)
}
