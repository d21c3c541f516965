//! Answered on the spot 当场答复: who took the words down could say what there was to say. It is a case like all others,
//! answered and closed at once by what was said; the office sees it and can reopen it.

use chrono::{DateTime, Utc};

use crate::{
    accounts::model::Actor,
    cases::{
        history::{Happening, record, save},
        model::{EventKind, Lane, ReplyState},
        second,
        store::{self, replies::Written},
    },
    db::Conn,
    error::{Error, Result},
    http::App,
    kernel::ids::{CaseId, ReplyId},
};

/// Answers and closes a case that was opened in this transaction; `at` is the hour for anonymous people.
///
/// # Errors
/// `Bad` in the safeguarding lane: danger is never settled by a word; and for what is about people.
pub async fn answer(app: &App, c: &mut Conn, actor: &Actor, id: CaseId, words: &str, at: DateTime<Utc>) -> Result<()> {
    let mut case = store::cases::lock(c, id).await?.ok_or(Error::NotFound)?;
    if case.lane != Lane::Ordinary {
        return Err(Error::Bad("cases.error.danger_on_the_spot"));
    }
    // What is about people is not settled by one person's word.
    if second::needed(c, &case).await? {
        return Err(Error::Bad("eyes.error.on_the_spot"));
    }
    case.state = case.state.let_out().and_then(|answered| answered.close()).map_err(|_| Error::Conflict)?;
    case.answered_at = Some(at);
    case.closed_at = Some(at);
    save(c, &case).await?;
    let written = Written { state: ReplyState::Sent, body: words, outcome: None, reviewer: None };
    let reply = ReplyId::new(at, &*app.random);
    store::replies::insert(c, reply, case.id, actor.staff_id, &written, at).await?;
    record(app, c, &case, Happening::of(EventKind::Answered, at).by(actor)).await?;
    record(app, c, &case, Happening::of(EventKind::Closed, at).by(actor)).await
}
