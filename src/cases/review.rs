//! What the office does with an answer: send it back with a comment, or let it out; or it answers itself.

use crate::{
    accounts::model::Actor,
    cases::{
        handle::{self, AnswerText},
        model::{EventKind, ReplyState, Verb},
        second,
        store::{self, replies::Written},
        work::{Seen, Work},
    },
    error::{Error, Result},
    http::App,
};

/// Sends the answer back to the department.
///
/// # Errors
/// As [`Work::begin`].
pub async fn send_back(app: &App, actor: &Actor, seen: Seen<'_>, comment: &str) -> Result<()> {
    let mut work = Work::begin(app, actor, seen, Verb::SendBack).await?;
    let reply = store::replies::unsent(&mut work.tx, work.case.id).await?.ok_or(Error::Conflict)?;
    work.case.state = work.case.state.send_back().map_err(|_| Error::Conflict)?;
    work.save().await?;
    store::replies::send_back(&mut work.tx, reply, actor.staff_id, comment, work.at).await?;
    let sent_back = work.happening(EventKind::SentBack).department(work.case.department_id).reason(comment);
    work.record(sent_back).await?;
    work.tell_department(EventKind::SentBack).await?;
    work.done().await
}

/// Lets the answer out, as the office leaves it; or answers at once, without a department. An answer about people waits
/// until a second person lets the same words out ([`second`]).
///
/// # Errors
/// As [`Work::begin`]; `Bad` when it needs a second person and there is none.
pub async fn let_out(app: &App, actor: &Actor, seen: Seen<'_>, text: &AnswerText) -> Result<()> {
    let mut work = Work::begin(app, actor, seen, Verb::LetOut).await?;
    let second = second::needed(&mut work.tx, &work.case).await?;
    if second && !second::agreed(&mut work.tx, actor, &work.case, text).await? {
        return second::ask(work, text).await;
    }
    send(&mut work, text).await?;
    work.done().await
}

/// Lets the answer to the case of a verb at work out.
pub(super) async fn send(work: &mut Work<'_>, text: &AnswerText) -> Result<()> {
    let actor = work.actor;
    work.case.state = work.case.state.let_out().map_err(|_| Error::Conflict)?;
    work.case.answered_at = Some(work.at);
    work.save().await?;
    let reviewer = Some(actor.staff_id);
    let written = Written { state: ReplyState::Sent, body: &text.body, outcome: text.outcome, reviewer };
    handle::write_down(work, &written, &text.files).await?;
    work.tell_assisting(EventKind::Answered).await?;
    work.end_assignment(EventKind::Answered).await?;
    work.record(work.happening(EventKind::Answered).department(work.case.department_id)).await?;
    work.tell_department(EventKind::Answered).await
}
