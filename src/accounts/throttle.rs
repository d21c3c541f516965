//! Slowing down guesses (promise 15). A try is counted before it is checked and uncounted after a success.

use std::net::IpAddr;

use chrono::TimeDelta;

use crate::{
    accounts::store,
    error::{Error, Result},
    http::App,
};

/// Tries that cost nothing.
const FREE_TRIES: i64 = 5;
/// The longest wait after many failures.
const LONGEST_WAIT: TimeDelta = TimeDelta::minutes(15);

/// What is counted: this name tried from this address. Somebody who guesses elsewhere does not lock the owner out.
pub fn subject(app: &App, username: &str, addr: IpAddr) -> Vec<u8> {
    app.keys.content_hash(&[b"login", username.as_bytes(), addr.to_string().as_bytes()])
}

/// Counts a try, or refuses it when the last failures are too fresh.
///
/// # Errors
/// `TooMany` with the seconds to wait.
pub async fn count_try(app: &App, subject: &[u8]) -> Result<()> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let before = store::hold_throttle(&mut tx, subject, now).await?;
    if before.blocked_until > now {
        let wait = (before.blocked_until - now).num_seconds().max(1);
        return Err(Error::TooMany(u64::try_from(wait).unwrap_or(1)));
    }
    let failures = before.failures + 1;
    store::set_throttle(&mut tx, subject, failures, now + wait_after(failures)).await?;
    tx.commit().await?;
    Ok(())
}

/// Forgets the failures of a subject, after a success.
///
/// # Errors
/// The database's.
pub async fn forget(app: &App, subject: &[u8]) -> Result<()> {
    let mut tx = app.db.write().await?;
    store::clear_throttle(&mut tx, subject).await?;
    tx.commit().await?;
    Ok(())
}

fn wait_after(failures: i64) -> TimeDelta {
    let beyond = failures - FREE_TRIES;
    if beyond < 0 {
        return TimeDelta::zero();
    }
    let seconds = 1_i64 << beyond.min(12);
    TimeDelta::seconds(seconds * 2).min(LONGEST_WAIT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_from_the_sixth_try_on_and_stay_bounded() {
        assert_eq!(wait_after(4), TimeDelta::zero());
        assert_eq!(wait_after(5), TimeDelta::seconds(2));
        assert_eq!(wait_after(8), TimeDelta::seconds(16));
        assert_eq!(wait_after(1000), LONGEST_WAIT);
    }
}
