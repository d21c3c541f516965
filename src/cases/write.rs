//! What is written beside the answer: messages to the submitter, notes for colleagues, a leader's press 催办. They add to
//! a case and change nothing of it, so they ask for no version.

use crate::{
    accounts::model::Actor,
    cases::{
        mention,
        model::{EventKind, Verb},
        notices::{self, Audience},
        store::{self, messages::NewMessage},
        work::{Seen, Work},
    },
    error::Result,
    http::App,
    kernel::ids::{MessageId, NoteId},
};

/// The office writes to the submitter.
///
/// # Errors
/// As [`Work::begin`].
pub async fn message(app: &App, actor: &Actor, number: &str, body: &str) -> Result<()> {
    let mut work = Work::begin(app, actor, Seen { number, version: None }, Verb::Message).await?;
    write_out(&mut work, body).await?;
    work.done().await
}

/// Writes to the submitter of the case of a verb at work.
pub(super) async fn write_out(work: &mut Work<'_>, body: &str) -> Result<MessageId> {
    let id = MessageId::new(work.at, &*work.app.random);
    let new = NewMessage {
        id,
        case_id: work.case.id,
        author_id: Some(work.actor.staff_id),
        submission_id: None,
        body,
        at: work.at,
        idempotency_hash: None,
    };
    store::messages::insert(&mut work.tx, &new).await?;
    work.record(work.happening(EventKind::MessageOut).id(id.0)).await?;
    work.tell_department(EventKind::MessageOut).await?;
    Ok(id)
}

/// Somebody writes for colleagues, and tells those whom the note mentions. Gives the names of those who may not see the
/// case; then nothing is written.
///
/// # Errors
/// As [`Work::begin`].
pub async fn note(app: &App, actor: &Actor, number: &str, body: &str) -> Result<Vec<String>> {
    let mut work = Work::begin(app, actor, Seen { number, version: None }, Verb::Note).await?;
    let refused = note_down(&mut work, body).await?;
    if refused.is_empty() {
        work.done().await?;
    }
    Ok(refused)
}

/// Writes a note to the case of a verb at work, and tells those whom it mentions. Gives the names of those who may not see
/// the case; then nothing is written.
pub(super) async fn note_down(work: &mut Work<'_>, body: &str) -> Result<Vec<String>> {
    let (told, refused) = mention::of(&mut work.tx, work.actor, &work.case, body).await?;
    if !refused.is_empty() {
        return Ok(refused.into_iter().map(|person| person.display_name).collect());
    }
    let id = NoteId::new(work.at, &*work.app.random);
    store::notes::insert(&mut work.tx, id, work.case.id, work.actor.staff_id, body, work.at).await?;
    for person in told {
        notices::tell_person(work.app, &mut work.tx, &work.case, person.id, "mentioned", work.at).await?;
    }
    work.audit("case.noted").await?;
    Ok(Vec::new())
}

/// A leader presses.
///
/// # Errors
/// As [`Work::begin`].
pub async fn press(app: &App, actor: &Actor, number: &str, words: &str) -> Result<()> {
    let mut work = Work::begin(app, actor, Seen { number, version: None }, Verb::Press).await?;
    work.record(work.happening(EventKind::Pressed).department(work.case.department_id).reason(words)).await?;
    work.tell(Audience::Office, EventKind::Pressed).await?;
    work.tell_department(EventKind::Pressed).await?;
    work.done().await
}
