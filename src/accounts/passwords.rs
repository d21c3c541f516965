//! Passwords: argon2id, at most two at a time, off the async threads.

use argon2::{Argon2, PasswordHasher, PasswordVerifier, password_hash::phc::PasswordHash};

use crate::{
    error::{Error, Result},
    http::App,
};

/// Fewest characters of a password (NIST SP 800-63B-4 asks for 8 at least; a list of rules on symbols is not asked).
pub const MIN_CHARS: usize = 8;
/// Most characters, so that hashing stays bounded.
pub const MAX_CHARS: usize = 128;

/// Whether a new password is acceptable: long enough, and not the name.
pub fn acceptable(password: &str, username: &str) -> bool {
    let chars = password.chars().count();
    (MIN_CHARS..=MAX_CHARS).contains(&chars) && !password.eq_ignore_ascii_case(username)
}

/// The hash of a password.
///
/// # Errors
/// Internal, when hashing fails.
pub async fn hash(app: &App, password: &str) -> Result<String> {
    let password = password.to_string();
    let _slot = app.limits.hashing.acquire().await.map_err(Error::internal)?;
    tokio::task::spawn_blocking(move || {
        Argon2::default().hash_password(password.as_bytes()).map(|h| h.to_string()).map_err(Error::internal)
    })
    .await
    .map_err(Error::internal)?
}

/// Whether the password is the one of the hash. Without a hash (no such account) the same work is done for nothing, so
/// that the time tells nothing.
///
/// # Errors
/// Internal, when the hash can't be read.
pub async fn verify(app: &App, password: &str, hash: Option<String>) -> Result<bool> {
    if password.chars().count() > MAX_CHARS {
        return Ok(false);
    }
    let password = password.to_string();
    let _slot = app.limits.hashing.acquire().await.map_err(Error::internal)?;
    tokio::task::spawn_blocking(move || match hash {
        Some(text) => {
            let parsed = PasswordHash::new(&text).map_err(Error::internal)?;
            Ok(Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok())
        }
        None => {
            drop(Argon2::default().hash_password(password.as_bytes()));
            Ok(false)
        }
    })
    .await
    .map_err(Error::internal)?
}
