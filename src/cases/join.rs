//! Somebody else speaks of a matter that is a case already: what they say becomes a further submission of it, with a
//! tracking code of its own. The case stays where it is; the office and its department are told.

use chrono::{DateTime, Utc};

use crate::{
    accounts::model::Actor,
    cases::{
        history::{Happening, record},
        model::EventKind,
        naming::recuse_named,
        notices::{Audience, tell},
        open::Opened,
        search, store,
        visibility::Scope,
    },
    db::Conn,
    error::{Error, Result},
    http::App,
    kernel::{case_number, ids::SubmissionId},
};

/// What joins a case.
#[derive(Clone, Copy, Debug)]
pub struct Further<'a> {
    /// The number of the case.
    pub number: &'a str,
    /// The submission, which is stored after this in the same transaction.
    pub submission: SubmissionId,
    /// Its text and answers.
    pub text: &'a str,
    /// The name that somebody gave who wants to be named; may be empty.
    pub sender_name: &'a str,
    /// When: the hour, for anonymous people.
    pub at: DateTime<Utc>,
}

/// Joins a submission to an open case, in the caller's transaction.
///
/// # Errors
/// `Bad` when there is no such case, it has ended meanwhile, or this person may not know of it: all look the same.
pub async fn join(app: &App, c: &mut Conn, actor: &Actor, further: Further<'_>) -> Result<Opened> {
    const NO_CASE: Error = Error::Bad("cases.error.join");
    let number = case_number::parse(further.number).ok_or(NO_CASE)?;
    let case = store::similar::joinable_locked(c, &Scope::of(actor), &number).await?.ok_or(NO_CASE)?;
    let joined = Happening::of(EventKind::Joined, further.at).id(further.submission.0);
    record(app, c, &case, joined.by(actor).department(case.department_id)).await?;
    // Who is named must be out before anybody is told.
    recuse_named(app, c, &case, further.text, further.sender_name, further.at).await?;
    tell(app, c, &case, Audience::Office, EventKind::Joined, further.at, Some(actor)).await?;
    if let Some(department) = case.department_id {
        tell(app, c, &case, Audience::Department(department), EventKind::Joined, further.at, Some(actor)).await?;
    }
    Ok(Opened { id: case.id, number: case.number, due_at: case.promised_at })
}

/// Puts the case into the search again, once its new submission is stored.
///
/// # Errors
/// The database's.
pub async fn index(c: &mut Conn, id: crate::kernel::ids::CaseId) -> Result<()> {
    let case = store::cases::by_id(c, id).await?.ok_or(Error::NotFound)?;
    search::index_again(c, &case).await
}
