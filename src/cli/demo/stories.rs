//! What people wrote to the demo school in the last weeks, and what became of it.

mod earlier;
mod lately;

use crate::cases::model::{Identity, Lane, Outcome, Person};

/// What happens to a case, some hours after it came.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// The office sends it to a department.
    Assign(&'static str),
    /// The office asks another department to assist, and for what.
    Assist(&'static str, &'static str),
    /// It contributes.
    Contribute(&'static str, &'static str),
    /// The office gives it to another body: to whom, why, and what the letter says.
    Transfer(&'static str, &'static str, &'static str),
    /// The department begins.
    Start(&'static str),
    /// The department keeps a draft.
    Draft(&'static str, &'static str),
    /// The department hands its answer in.
    HandIn(&'static str, &'static str),
    /// The office wants more.
    SendBack(&'static str),
    /// The office lets an answer out, with what became of a suggestion.
    LetOut(&'static str, Option<Outcome>),
    /// The office declines.
    Decline(&'static str),
    /// The office closes.
    Close,
    /// The office writes for colleagues.
    Note(&'static str),
    /// The office asks the submitter.
    Ask(&'static str),
    /// The submitter adds something.
    Add(&'static str),
    /// The submitter urges.
    Urge,
    /// The submitter takes it back.
    Withdraw,
    /// The submitter judges: contacted, solved, satisfied.
    Rate(bool, bool, bool),
    /// A leader presses.
    Press(&'static str),
    /// The office holds it as evidence, and why.
    Hold(&'static str),
    /// The office takes down that the submitter wants it erased; the words say how they asked.
    AskErasure(&'static str),
}

/// A submission and its life.
pub struct Story<'a> {
    /// Days before today.
    pub ago: i64,
    /// The access point's place.
    pub place: &'static str,
    /// The topic's code.
    pub topic: &'static str,
    /// Who wrote.
    pub person: Person,
    /// How they appear.
    pub identity: Identity,
    /// Name and contact, for the sealed and the named.
    pub contact: Option<(&'a str, &'a str)>,
    /// The queue.
    pub lane: Lane,
    /// Whether a photo is with it.
    pub photo: bool,
    /// What they wrote.
    pub text: &'a str,
    /// Hours after it came, and what happened then.
    pub steps: &'a [(i64, Step)],
}

const fn story(
    ago: i64,
    place: &'static str,
    topic: &'static str,
    person: Person,
    text: &'static str,
    steps: &'static [(i64, Step)],
) -> Story<'static> {
    Story {
        ago,
        place,
        topic,
        person,
        identity: Identity::Anonymous,
        contact: None,
        lane: Lane::Ordinary,
        photo: false,
        text,
        steps,
    }
}

const fn named(story: Story<'static>, name: &'static str, contact: &'static str) -> Story<'static> {
    Story { identity: Identity::Named, contact: Some((name, contact)), ..story }
}

const fn sealed(story: Story<'static>, name: &'static str, contact: &'static str) -> Story<'static> {
    Story { identity: Identity::Sealed, contact: Some((name, contact)), ..story }
}

const fn with_photo(story: Story<'static>) -> Story<'static> {
    Story { photo: true, ..story }
}

/// Every story, the oldest first.
pub(super) fn all() -> impl Iterator<Item = &'static Story<'static>> {
    earlier::STORIES.iter().chain(lately::STORIES)
}
