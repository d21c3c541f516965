//! What the department does: begin, write, hand in.

use crate::{
    accounts::model::Actor,
    cases::{
        model::{EventKind, Outcome, ReplyState, State, Verb},
        notices::Audience,
        redact,
        store::{self, replies::Written},
        work::{Seen, Work},
    },
    error::{Error, Result},
    http::App,
    kernel::ids::AttachmentId,
};

/// An outward answer as it is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerText {
    /// The text.
    pub body: String,
    /// What became of a suggestion.
    pub outcome: Option<Outcome>,
    /// Redacted copies that go out with it.
    pub files: Vec<AttachmentId>,
}

impl AnswerText {
    /// Words alone.
    pub fn of(body: impl Into<String>) -> Self {
        Self { body: body.into(), outcome: None, files: Vec::new() }
    }
}

/// The department begins.
///
/// # Errors
/// As [`Work::begin`].
pub async fn start(app: &App, actor: &Actor, seen: Seen<'_>) -> Result<()> {
    let mut work = Work::begin(app, actor, seen, Verb::Start).await?;
    begin(&mut work)?;
    work.save().await?;
    work.record(work.happening(EventKind::Started).department(work.case.department_id)).await?;
    work.done().await
}

/// Keeps what is written of the answer; the first writing is the beginning.
///
/// # Errors
/// As [`Work::begin`].
pub async fn draft(app: &App, actor: &Actor, seen: Seen<'_>, text: &AnswerText) -> Result<()> {
    let mut work = Work::begin(app, actor, seen, Verb::Draft).await?;
    let first = work.case.state == State::Assigned;
    if first {
        begin(&mut work)?;
    }
    work.save().await?;
    if first {
        work.record(work.happening(EventKind::Started).department(work.case.department_id)).await?;
    }
    write(&mut work, text, ReplyState::Draft).await?;
    work.audit("case.drafted").await?;
    work.done().await
}

/// Hands the answer in to the office.
///
/// # Errors
/// As [`Work::begin`].
pub async fn hand_in(app: &App, actor: &Actor, seen: Seen<'_>, text: &AnswerText) -> Result<()> {
    let mut work = Work::begin(app, actor, seen, Verb::HandIn).await?;
    submit(&mut work, text).await?;
    work.done().await
}

/// Hands in the answer to the case of a verb at work.
pub(super) async fn submit(work: &mut Work<'_>, text: &AnswerText) -> Result<()> {
    work.case.state = work.case.state.hand_in().map_err(|_| Error::Conflict)?;
    work.case.handler_id = Some(work.actor.staff_id);
    work.save().await?;
    write(work, text, ReplyState::Review).await?;
    work.record(work.happening(EventKind::Submitted).department(work.case.department_id)).await?;
    work.tell(Audience::Office, EventKind::Submitted).await
}

fn begin(work: &mut Work<'_>) -> Result<()> {
    work.case.state = work.case.state.start().map_err(|_| Error::Conflict)?;
    work.case.handler_id = Some(work.actor.staff_id);
    Ok(())
}

async fn write(work: &mut Work<'_>, text: &AnswerText, state: ReplyState) -> Result<()> {
    let written = Written { state, body: &text.body, outcome: text.outcome, reviewer: None };
    write_down(work, &written, &text.files).await
}

/// Writes what is now written of the answer, with the copies that go out with it.
pub(super) async fn write_down(work: &mut Work<'_>, written: &Written<'_>, files: &[AttachmentId]) -> Result<()> {
    let id = match store::replies::unsent(&mut work.tx, work.case.id).await? {
        Some(id) => id,
        None => {
            let (id, author) = (work.new_reply_id(), work.actor.staff_id);
            store::replies::insert(&mut work.tx, id, work.case.id, author, written, work.at).await?;
            id
        }
    };
    // Chosen first: a reply that is out is written to no more.
    redact::put_with(work, id, files).await?;
    store::replies::write(&mut work.tx, id, written, work.at).await?;
    Ok(())
}
