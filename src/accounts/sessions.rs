//! Sessions: a random secret in a cookie, its hash in the database.

use axum::http::{HeaderMap, HeaderValue, header};
use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    accounts::{model::Actor, second, store},
    db::Conn,
    error::{Error, Result},
    http::{App, Response},
    kernel::{
        ids::{SessionId, StaffId},
        keys, random,
    },
};

/// The cookie's name: bound to this host, secure, for all paths.
pub const COOKIE: &str = "__Host-huiyin";
/// A session that is not used for this long is over.
const IDLE: TimeDelta = TimeDelta::hours(12);
/// A session is over after this long in any case.
const ABSOLUTE: TimeDelta = TimeDelta::days(7);
/// How often use is written down.
const TOUCH: TimeDelta = TimeDelta::minutes(5);

/// Who is signed in, with the token for their forms.
pub struct SignedIn {
    /// The person.
    pub actor: Actor,
    /// The token that their forms carry.
    pub csrf: String,
    /// Whether their organisation requires the second step of them and they have not set it up.
    pub second_due: bool,
}

/// The session of a request's cookie.
///
/// # Errors
/// The database's.
pub async fn current(app: &App, headers: &HeaderMap, now: DateTime<Utc>) -> Result<Option<SignedIn>> {
    let Some(token) = token_of(headers) else { return Ok(None) };
    let hash = keys::sha256(token.as_bytes());
    let row = store::session_by_token(&mut app.db.read().await?, &hash, now, now - IDLE).await?;
    let Some(row) = row else { return Ok(None) };
    if now - row.seen_at > TOUCH {
        let mut tx = app.db.write().await?;
        store::touch_session(&mut tx, row.actor.session_id, now).await?;
        tx.commit().await?;
    }
    let csrf = keys::hex(&app.keys.content_hash(&[b"csrf", &hash]));
    let second_due = row.second_at.is_none() && second::is_required(&row.second_roles, row.actor.role);
    Ok(Some(SignedIn { actor: row.actor, csrf, second_due }))
}

/// Starts a session in the caller's transaction; gives the cookie's secret.
///
/// # Errors
/// The database's.
pub async fn start(app: &App, c: &mut Conn, staff: StaffId) -> Result<String> {
    let now = app.now();
    let token = random::secret(&*app.random);
    let id = SessionId::new(now, &*app.random);
    store::insert_session(c, id, staff, &keys::sha256(token.as_bytes()), now, now + ABSOLUTE).await?;
    Ok(token)
}

/// Forgets sessions that are over.
///
/// # Errors
/// The database's.
pub async fn forget_expired(app: &App) -> Result<()> {
    let mut tx = app.db.write().await?;
    store::delete_expired_sessions(&mut tx, app.now()).await?;
    second::sign_in::forget_expired(app, &mut tx).await?;
    Ok(tx.commit().await?)
}

/// Gives the answer a session cookie.
///
/// # Errors
/// Never for tokens of ours.
pub fn set_cookie(response: &mut Response, token: &str) -> Result<()> {
    let cookie =
        format!("{COOKIE}={token}; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age={}", ABSOLUTE.num_seconds());
    response.headers_mut().insert(header::SET_COOKIE, HeaderValue::from_str(&cookie).map_err(Error::internal)?);
    Ok(())
}

/// Takes the session cookie away.
pub fn clear_cookie(response: &mut Response) {
    response.headers_mut().insert(
        header::SET_COOKIE,
        HeaderValue::from_static("__Host-huiyin=; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=0"),
    );
}

fn token_of(headers: &HeaderMap) -> Option<&str> {
    cookie(headers, COOKIE).filter(|token| token.len() == 52)
}

/// The value of a cookie.
pub(super) fn cookie<'a>(headers: &'a HeaderMap, wanted: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == wanted)
        .map(|(_, value)| value)
}
