//! Invitations: one-time links by which a person sets a password.

use chrono::TimeDelta;

use crate::{
    accounts::{
        actions::{Begun, Started},
        passwords, second, sessions,
        store::{self, Invitee},
    },
    audit::{self, Entry},
    db::Conn,
    error::{Error, Result},
    http::App,
    kernel::{
        ids::{InvitationId, StaffId},
        keys, random,
    },
};

/// How long an invitation is good for.
pub const VALID: TimeDelta = TimeDelta::days(7);

/// Makes an invitation in the caller's transaction, in place of earlier ones; gives the secret of its link.
///
/// # Errors
/// The database's.
pub async fn create(app: &App, c: &mut Conn, staff: StaffId) -> Result<String> {
    let now = app.now();
    let token = random::secret(&*app.random);
    store::void_invitations_of(c, staff, now).await?;
    let id = InvitationId::new(now, &*app.random);
    store::insert_invitation(c, id, staff, &keys::sha256(token.as_bytes()), now, now + VALID).await?;
    Ok(token)
}

/// Closes every open invitation of a person, in the caller's transaction.
///
/// # Errors
/// The database's.
pub async fn void(app: &App, c: &mut Conn, staff: StaffId) -> Result<()> {
    store::void_invitations_of(c, staff, app.now()).await?;
    Ok(())
}

/// Whom an invitation is for; `None` when it is unknown, used or over.
///
/// # Errors
/// The database's.
pub async fn invitee(app: &App, token: &str) -> Result<Option<Invitee>> {
    Ok(store::invitee_by_token(&mut app.db.read().await?, &keys::sha256(token.as_bytes()), app.now()).await?)
}

/// Sets the password by an invitation and signs the person in, or asks for the second step: a link does not stand in for
/// the phone. Other sessions end.
///
/// # Errors
/// `NotFound` when the invitation is no longer good; `Bad` when the password is not acceptable.
pub async fn accept(app: &App, token: &str, password: &str) -> Result<Begun> {
    let invitee = invitee(app, token).await?.ok_or(Error::NotFound)?;
    if !passwords::acceptable(password, &invitee.username) {
        return Err(Error::Bad("accounts.password.unacceptable"));
    }
    let hash = passwords::hash(app, password).await?;
    let mut tx = app.db.write().await?;
    if store::use_invitation(&mut tx, invitee.id, app.now()).await? == 0 {
        return Err(Error::NotFound);
    }
    store::set_password(&mut tx, invitee.staff_id, &hash).await?;
    store::delete_sessions_of(&mut tx, invitee.staff_id).await?;
    let begun = if second::is_set_up(&mut tx, invitee.staff_id).await? {
        Begun::Step(second::sign_in::begin(app, &mut tx, invitee.staff_id).await?)
    } else {
        let token = sessions::start(app, &mut tx, invitee.staff_id).await?;
        Begun::In(Started { token, role: invitee.role })
    };
    let entry = Entry::new("account.invitation_accepted", "staff").entity(invitee.staff_id.0).by(invitee.staff_id);
    audit::record(app, &mut tx, invitee.organization_id, entry).await?;
    tx.commit().await?;
    Ok(begun)
}
