//! Following a case with its tracking code (promise 9): the code comes in the body of a POST, opens its own case only,
//! and a wrong, an expired and an erased one look the same.

use std::{net::IpAddr, time::Duration};

use crate::{
    access_points::{self, model::AccessPoint},
    cases::model::Lane,
    db::Conn,
    error::{Error, Result},
    http::App,
    intake::{
        model::Receipt,
        store::{self, Tracked},
    },
    kernel::tracking_code::TrackingCode,
    organizations::model::Organization,
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

/// The receipt that was given with a code, and where.
///
/// # Errors
/// `NotFound` when the access point is gone; the database's.
pub async fn receipt(
    c: &mut Conn,
    org: &Organization,
    tracked: &Tracked,
    code: TrackingCode,
) -> Result<(AccessPoint, Receipt)> {
    let given = store::receipt(c, tracked.submission_id).await?.ok_or(Error::NotFound)?;
    let point = access_points::actions::by_id(c, org.id, given.access_point_id).await?;
    let receipt = Receipt {
        case_number: given.number,
        tracking_code: code,
        due_at: given.promised_at,
        acceptance_by: org.calendar.add_working_days(given.received_at, org.limits.acceptance),
        received_at: given.received_at,
        // The hold queue is ours to know.
        lane: if given.lane == Lane::Held { Lane::Ordinary } else { given.lane },
    };
    Ok((point, receipt))
}
