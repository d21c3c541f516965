//! After the right password: who has set the second step up owes a code.

use std::net::IpAddr;

use axum::http::{HeaderMap, HeaderValue, header};
use chrono::TimeDelta;

use crate::{
    accounts::{
        actions::Started,
        device,
        second::{
            setup::{open, recovery_hash},
            store::{self, Owing},
        },
        sessions, throttle,
    },
    audit::{self, Entry},
    db::Conn,
    error::{Error, Result},
    http::{App, Response},
    i18n::Lang,
    kernel::{crockford, ids::StaffId, keys, random, totp},
};

const COOKIE: &str = "__Host-huiyin-step";
/// How long the password is good for without its code.
const VALID: TimeDelta = TimeDelta::minutes(10);

/// Writes down that a person owes a code, in the caller's transaction; gives the cookie's secret.
///
/// # Errors
/// The database's.
pub async fn begin(app: &App, c: &mut Conn, staff: StaffId) -> Result<String> {
    let now = app.now();
    let token = random::secret(&*app.random);
    store::insert_step(c, &keys::sha256(token.as_bytes()), staff, now + VALID).await?;
    Ok(token)
}

/// Forgets passwords whose code never came, in the caller's transaction.
///
/// # Errors
/// The database's.
pub async fn forget_expired(app: &App, c: &mut Conn) -> Result<()> {
    store::delete_expired_steps(c, app.now()).await?;
    Ok(())
}

/// Gives the answer the cookie of the step.
///
/// # Errors
/// Never for tokens of ours.
pub fn set_cookie(response: &mut Response, token: &str) -> Result<()> {
    let cookie = format!("{COOKIE}={token}; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age={}", VALID.num_seconds());
    response.headers_mut().append(header::SET_COOKIE, HeaderValue::from_str(&cookie).map_err(Error::internal)?);
    Ok(())
}

/// Takes the cookie of the step away.
pub(super) fn clear_cookie(response: &mut Response) {
    response.headers_mut().append(
        header::SET_COOKIE,
        HeaderValue::from_static("__Host-huiyin-step=; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=0"),
    );
}

/// What a typed code did.
pub(super) enum Tried {
    /// Nobody owes a code here, or no longer.
    Over,
    /// The code is wrong, or was used.
    Wrong,
    /// The person is in, under this sign-in name.
    In(Started, String),
}

/// Which kind of code it was.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    /// Of the app.
    Code,
    /// A recovery code.
    Recovery,
}

fn token_hash(headers: &HeaderMap) -> Option<[u8; 32]> {
    sessions::cookie(headers, COOKIE).filter(|t| t.len() == 52).map(|t| keys::sha256(t.as_bytes()))
}

/// The language of who owes a code here; `None` when nobody does.
pub(super) async fn waiting(app: &App, headers: &HeaderMap) -> Result<Option<Lang>> {
    let Some(hash) = token_hash(headers) else { return Ok(None) };
    Ok(store::owing(&mut app.db.read().await?, &hash, app.now()).await?.map(|o| o.lang))
}

/// Tries a code: of the app, or one of the recovery codes. Counted before it is checked, as passwords are: by the
/// device that knows the name, else by the account alone: whoever gets here has the password already.
///
/// # Errors
/// `TooMany` when the last failures are too fresh.
pub(super) async fn finish(app: &App, headers: &HeaderMap, typed: &str, addr: IpAddr) -> Result<Tried> {
    if !app.limits.login(addr) {
        return Err(Error::TooMany(30));
    }
    let Some(hash) = token_hash(headers) else { return Ok(Tried::Over) };
    let Some(owing) = store::owing(&mut app.db.read().await?, &hash, app.now()).await? else {
        return Ok(Tried::Over);
    };
    let device = device::subject(app, headers, &owing.username).unwrap_or_default();
    let subject = app.keys.content_hash(&[b"login-code", owing.staff_id.0.as_bytes(), &device]);
    throttle::count_try(app, &subject).await?;

    let mut tx = app.db.write().await?;
    let Some(how) = use_code(app, &mut tx, &owing, typed).await? else {
        let entry = Entry::new("account.second_failed", "staff").entity(owing.staff_id.0);
        audit::record(app, &mut tx, owing.organization_id, entry).await?;
        tx.commit().await?;
        return Ok(Tried::Wrong);
    };
    if store::delete_step(&mut tx, &hash).await? == 0 {
        return Ok(Tried::Over);
    }
    let token = sessions::start(app, &mut tx, owing.staff_id).await?;
    let by_them = |action| Entry::new(action, "staff").entity(owing.staff_id.0).by(owing.staff_id);
    if how == How::Recovery {
        audit::record(app, &mut tx, owing.organization_id, by_them("account.recovery_code_used")).await?;
    }
    let entry = by_them("account.signed_in").detail(device::kind(headers));
    audit::record(app, &mut tx, owing.organization_id, entry).await?;
    tx.commit().await?;
    throttle::forget(app, &subject).await?;
    Ok(Tried::In(Started { token, role: owing.role }, owing.username))
}

/// Uses a code up; gives which kind it was, or `None` when it is wrong.
async fn use_code(app: &App, c: &mut Conn, owing: &Owing, typed: &str) -> Result<Option<How>> {
    let Some(factor) = store::factor(c, owing.staff_id).await? else { return Ok(None) };
    if let Some(code) = totp::typed_code(typed) {
        let secret = open(app, owing.staff_id, &factor.sealed)?;
        let Some(step) = totp::matching_step(&secret, &code, app.now(), factor.last_step) else { return Ok(None) };
        return Ok((store::use_step(c, owing.staff_id, step).await? > 0).then_some(How::Code));
    }
    let Some(symbols) = crockford::normalize(typed).filter(|s| s.len() == 10) else { return Ok(None) };
    let hash = recovery_hash(app, owing.staff_id, &symbols);
    Ok((store::use_recovery(c, owing.staff_id, &hash, app.now()).await? > 0).then_some(How::Recovery))
}
