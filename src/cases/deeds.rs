//! Deeds: verbs as values, so that one can be done to many cases ([`super::bulk`]) and several to one. Each is done by its
//! own right, with its own event and entry in the audit log; what is done to one case is one transaction, all or nothing.

use crate::{
    accounts::model::Actor,
    cases::{
        close, fill,
        handle::{self, AnswerText},
        model::{Case, Side, Verb},
        review, second, store, tags, triage,
        triage::Order,
        work::Work,
        write,
    },
    error::{Error, Result},
    kernel::ids::TagId,
    templates,
};

/// Something to do to a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Send it to a department; the words say why it is another than the proposed one.
    Assign(Order, String),
    /// Put words on it.
    Tag(Vec<TagId>),
    /// Close it.
    Close,
    /// Answer with a text in which variables are filled in: the office lets it out, a department hands it in.
    Answer(AnswerText),
    /// Write a note for colleagues.
    Note(String),
}

/// The verb by which a person answers a case.
pub fn answering(actor: &Actor, case: &Case) -> Verb {
    if Side::of(actor, case) == Some(Side::Department) { Verb::HandIn } else { Verb::LetOut }
}

impl Deed {
    /// The verb, for this person and this case.
    pub fn verb(&self, actor: &Actor, case: &Case) -> Verb {
        match self {
            Self::Assign(..) => Verb::Assign,
            Self::Tag(_) => Verb::Tag,
            Self::Close => Verb::Close,
            Self::Answer(_) => answering(actor, case),
            Self::Note(_) => Verb::Note,
        }
    }
}

/// Why a person can't do something to a case that they may see; the key of a sentence.
pub fn why_not(actor: &Actor, case: &Case, verb: Verb) -> Option<&'static str> {
    if !Side::of(actor, case).is_some_and(|side| side.has(verb)) {
        Some("bulk.why.no_right")
    } else if !verb.possible(case) {
        Some("bulk.why.state")
    } else {
        None
    }
}

/// Does deeds to the case of a verb at work, one after the other; the first is the verb that it began with.
pub(super) async fn perform(work: &mut Work<'_>, deeds: &[Deed]) -> Result<()> {
    for (i, deed) in deeds.iter().enumerate() {
        if i > 0 {
            work.go_on(deed.verb(work.actor, &work.case)).await?;
        }
        match deed {
            Deed::Assign(order, why) => triage::give(work, order, why).await?,
            Deed::Tag(tags) => tags::put(work, tags, &[]).await?,
            Deed::Close => close::end(work, None).await?,
            Deed::Answer(text) => answer(work, text).await?,
            Deed::Note(body) => write::note_down(work, body).await?,
        }
    }
    Ok(())
}

/// Answers with a text that is the same for many. What somebody has written for this very case is not overwritten by it,
/// and nothing goes out with a gap in it.
async fn answer(work: &mut Work<'_>, text: &AnswerText) -> Result<()> {
    if store::replies::unsent(&mut work.tx, work.case.id).await?.is_some() {
        return Err(Error::Bad("bulk.why.draft"));
    }
    let facts = fill::facts_of(&mut work.tx, &work.case, &work.organization, work.at).await?;
    let filled = templates::model::fill(&text.body, &facts);
    if !filled.empty.is_empty() {
        return Err(Error::Bad("bulk.why.gap"));
    }
    let text = AnswerText { body: filled.text, outcome: text.outcome };
    match answering(work.actor, &work.case) {
        Verb::HandIn => handle::submit(work, &text).await,
        // What is about people is read by two, each case by itself.
        _ if second::needed(&mut work.tx, &work.case).await? => Err(Error::Bad("eyes.why")),
        _ => review::send(work, &text).await,
    }
}
