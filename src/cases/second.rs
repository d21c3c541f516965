//! A second pair of eyes: an answer about people goes out only when two people of the office have read the same words. It
//! is one when its topic is about people (conduct of staff 师德), or when somebody of the staff is named in the case and
//! recused from it.
//!
//! Who presses first asks for the second: the words wait. Who presses next, and neither wrote them nor asked, lets them out
//! as they are; who changes a word or a photo asks anew. Danger has rules of its own (the decision on the mandatory report) and often
//! a single lead; it does not wait.

use std::collections::BTreeSet;

use crate::{
    accounts::model::Actor,
    cases::{
        handle::{self, AnswerText},
        mention,
        model::{Case, EventKind, Lane, RecusalState, ReplyState},
        notices::Audience,
        store::{
            self,
            replies::{Reply, Written},
        },
        work::Work,
    },
    db::Conn,
    error::{Error, Result},
    kernel::ids::AttachmentId,
    organizations,
};

/// What the page says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Eyes {
    /// The names of the others who can let the answer out.
    pub others: Vec<String>,
    /// Who asked for the second: whether it was this person, and their name.
    pub asked: Option<(bool, String)>,
}

/// Whether an answer needs a second person.
pub(super) async fn needed(c: &mut Conn, case: &Case) -> Result<bool> {
    if case.lane != Lane::Ordinary {
        return Ok(false);
    }
    let topics = organizations::actions::all_topics(c, case.organization_id).await?;
    let recusals = store::recusals::of_case(c, case.id).await?;
    let named = recusals.iter().any(|r| r.state != RecusalState::Lifted && r.staff_id.is_some());
    Ok(named || topics.iter().any(|t| t.id == case.topic_id && t.about_people))
}

/// The reply that waits for a second person, with who asked.
fn waiting(replies: &[Reply]) -> Option<&Reply> {
    replies.iter().rev().find(|r| r.state == ReplyState::Review && r.reviewer_id.is_some())
}

/// Whether somebody else has read exactly these words, with these photos, and this person did not write them.
pub(super) async fn agreed(c: &mut Conn, actor: &Actor, case: &Case, text: &AnswerText) -> Result<bool> {
    let replies = store::replies::of_case(c, case.id).await?;
    let Some(read) = waiting(&replies) else { return Ok(false) };
    let files = store::replies::files_of_case(c, case.id).await?;
    let files: BTreeSet<AttachmentId> = files.into_iter().filter(|(of, _)| *of == read.id).map(|(_, id)| id).collect();
    Ok(read.reviewer_id != Some(actor.staff_id)
        && read.author_id != actor.staff_id
        && (read.body.as_str(), read.outcome) == (text.body.as_str(), text.outcome)
        && files == text.files.iter().copied().collect())
}

/// Others of the same side who can sign in and may see the case.
async fn others(c: &mut Conn, actor: &Actor, case: &Case) -> Result<Vec<String>> {
    let staff = organizations::actions::staff(c, case.organization_id).await?;
    let mut names = Vec::new();
    for person in staff.iter().filter(|s| s.role == actor.role && s.id != actor.staff_id && s.has_password) {
        if mention::may_see(c, case, person).await? {
            names.push(person.display_name.clone());
        }
    }
    Ok(names)
}

/// Keeps the words until a second person lets them out.
///
/// # Errors
/// `Bad` when there is nobody else.
pub(super) async fn ask(mut work: Work<'_>, text: &AnswerText) -> Result<()> {
    if others(&mut work.tx, work.actor, &work.case).await?.is_empty() {
        return Err(Error::Bad("eyes.error.nobody"));
    }
    work.save().await?;
    let by = work.actor.staff_id;
    let written = Written { state: ReplyState::Review, body: &text.body, outcome: text.outcome, reviewer: Some(by) };
    handle::write_down(&mut work, &written, &text.files).await?;
    work.record(work.happening(EventKind::SecondAsked).department(work.case.department_id)).await?;
    work.tell(Audience::Office, EventKind::SecondAsked).await?;
    work.done().await
}

/// What the page says to somebody who may let the answer out; `None` when nobody else is needed.
pub(super) async fn eyes(c: &mut Conn, actor: &Actor, case: &Case, replies: &[Reply]) -> Result<Option<Eyes>> {
    if !needed(c, case).await? {
        return Ok(None);
    }
    let staff = organizations::actions::staff(c, case.organization_id).await?;
    let asked = waiting(replies).and_then(|r| r.reviewer_id).map(|by| {
        let name = staff.iter().find(|s| s.id == by).map(|s| s.display_name.clone()).unwrap_or_default();
        (by == actor.staff_id, name)
    });
    Ok(Some(Eyes { others: others(c, actor, case).await?, asked }))
}
