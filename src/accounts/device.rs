//! Known devices: where a person signed in once, their tries are counted by the device, not by the address. A school is one
//! address, and a prankster who guesses at the next desk must not lock the owner out (promise 15).
//!
//! The cookie says nothing but "this name was signed in here": a random part and a keyed hash over it and the name. It opens
//! nothing, and guesses with it are slowed down like all others.

use axum::http::{HeaderMap, HeaderValue, header};

use crate::{
    accounts::sessions,
    error::{Error, Result},
    http::{App, Response},
    kernel::{keys, random},
};

const COOKIE: &str = "__Host-huiyin-device";
/// How long a device is known: half a year, in seconds.
const KNOWN_FOR: u32 = 180 * 86_400;

fn seal(app: &App, username: &str, part: &str) -> String {
    keys::hex(&app.keys.content_hash(&[b"device", username.as_bytes(), part.as_bytes()]))
}

/// What tries are counted by on a device that knows this name; `None` on any other device.
pub fn subject(app: &App, headers: &HeaderMap, username: &str) -> Option<Vec<u8>> {
    let value = sessions::cookie(headers, COOKIE)?;
    let (part, sealed) = value.split_once('.')?;
    let known = part.len() == 52 && sealed == seal(app, username, part);
    known.then(|| app.keys.content_hash(&[b"login-device", username.as_bytes(), part.as_bytes()]))
}

/// Remembers that this name was signed in here.
///
/// # Errors
/// Never for values of ours.
pub fn remember(app: &App, response: &mut Response, username: &str) -> Result<()> {
    let part = random::secret(&*app.random);
    let value = format!("{part}.{}", seal(app, username, &part));
    let cookie = format!("{COOKIE}={value}; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age={KNOWN_FOR}");
    response.headers_mut().append(header::SET_COOKIE, HeaderValue::from_str(&cookie).map_err(Error::internal)?);
    Ok(())
}
