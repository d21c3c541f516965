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

/// What kind of device staff sign in with, as a code word for their history of sign-ins: no more than that.
pub fn kind(headers: &HeaderMap) -> &'static str {
    let agent = headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let says = |word: &str| agent.contains(word);
    if says("MicroMessenger") {
        "wechat"
    } else if says("Mobile") || says("Android") || says("iPhone") || says("iPad") {
        "phone"
    } else if says("Windows") || says("Macintosh") || says("Linux") {
        "computer"
    } else {
        "other"
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_are_told_apart_roughly() {
        let kind = |agent: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::USER_AGENT, agent.parse().unwrap());
            super::kind(&headers)
        };
        assert_eq!(kind("Mozilla/5.0 (Linux; Android 14) Mobile Safari MicroMessenger/8.0"), "wechat");
        assert_eq!(kind("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Mobile/15E148 Safari"), "phone");
        assert_eq!(kind("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130"), "computer");
        assert_eq!(kind("curl/8.0"), "other");
        assert_eq!(super::kind(&HeaderMap::new()), "other");
    }
}
