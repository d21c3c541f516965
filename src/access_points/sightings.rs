//! Looks at the paper: who saw when that a QR code still hangs at its place, or that it does not.

use chrono::{DateTime, Utc};

use crate::{
    access_points::{
        actions,
        store::sightings::{self as store, NewSighting},
    },
    accounts::model::Actor,
    audit::{self, Entry},
    db::Conn,
    error::{Error, Result},
    http::App,
    kernel::{
        ids::{AccessPointId, OrganizationId, SightingId},
        text::{char_count, normalize_line},
    },
};

/// Most characters of a note.
pub const MAX_NOTE: usize = 100;
/// Looks that the page of an access point shows.
const SHOWN: i64 = 20;

crate::code_enum! {
    /// How the paper was found.
    pub enum Condition {
        /// It hangs there and can be scanned.
        Intact = "intact",
        /// It is torn, dirty, covered.
        Damaged = "damaged",
        /// It is not there.
        Gone = "gone",
    }
}

/// A look at the paper of an access point.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Sighting {
    /// The access point.
    pub access_point_id: AccessPointId,
    /// When.
    pub at: DateTime<Utc>,
    /// How it was found.
    pub state: Condition,
    /// What else was to say.
    pub note: String,
    /// The name of who looked.
    pub seen_by: String,
}

/// Somebody looked at the paper.
///
/// # Errors
/// `NotFound` when the organisation has no such access point; `Conflict` when it was revoked; `Bad` for a long note.
pub async fn see(app: &App, actor: &Actor, id: AccessPointId, state: Condition, note: &str) -> Result<()> {
    let note = normalize_line(note);
    if char_count(&note) > MAX_NOTE {
        return Err(Error::Bad("access_points.error.note"));
    }
    let (mut tx, now) = (app.db.write().await?, app.now());
    let point = actions::by_id(&mut tx, actor.organization_id, id).await?;
    if point.revoked_at.is_some() {
        return Err(Error::Conflict);
    }
    let new = NewSighting {
        id: SightingId::new(now, &*app.random),
        organization_id: point.organization_id,
        access_point_id: point.id,
        staff_id: actor.staff_id,
        at: now,
        state,
        note: &note,
    };
    store::insert(&mut tx, &new).await?;
    let entry = Entry::new("access_point.seen", "access_point").actor(actor).entity(point.id.0).detail(state);
    audit::record(app, &mut tx, actor.organization_id, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// The last look at every access point.
///
/// # Errors
/// The database's.
pub async fn latest(c: &mut Conn, org: OrganizationId) -> Result<Vec<Sighting>> {
    Ok(store::latest(c, org).await?)
}

/// The newest looks at one access point, newest first.
///
/// # Errors
/// The database's.
pub async fn of_point(c: &mut Conn, org: OrganizationId, id: AccessPointId) -> Result<Vec<Sighting>> {
    Ok(store::of_point(c, org, id, SHOWN).await?)
}
