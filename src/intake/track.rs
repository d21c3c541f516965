//! Following a case with its tracking code (promise 9): the code comes in the body of a POST, opens its own case only,
//! and a wrong, an expired and an erased one look the same.

use std::{net::IpAddr, time::Duration};

use crate::{
    error::Result,
    http::App,
    intake::store::{self, Tracked},
    kernel::tracking_code::TrackingCode,
};

/// How long somebody who tries many codes waits for each answer.
const SLOWED: Duration = Duration::from_secs(2);

/// The case of what was typed; `None` for anything that opens nothing.
///
/// # Errors
/// The database's.
pub async fn find(app: &App, typed: &str, addr: IpAddr) -> Result<Option<(TrackingCode, Tracked)>> {
    let code = TrackingCode::parse(typed);
    // A code that can't be one takes the same way, so that the time tells nothing.
    let looked_up = code.clone().unwrap_or_else(|| TrackingCode::from_bytes(&[0; 15]));
    let found = store::by_tracking(&mut app.db.read().await?, &app.keys.tracking_hash(&looked_up)).await?;
    match (code, found) {
        (Some(code), Some(tracked)) => Ok(Some((code, tracked))),
        _ => {
            if !app.limits.lookup(addr) {
                tokio::time::sleep(SLOWED).await;
            }
            Ok(None)
        }
    }
}
