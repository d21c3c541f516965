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
    /// Write to the submitter, with variables filled in.
    Message(String),
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
            Self::Message(_) => Verb::Message,
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

/// Does deeds to the case of a verb at work, one after the other; the first is the verb that it began with. Several count
/// as a change of the case, whatever they are: sent again, they meet another version and are refused.
pub(super) async fn perform(work: &mut Work<'_>, deeds: &[Deed]) -> Result<()> {
    if deeds.len() > 1 {
        work.save().await?;
        work.case.version += 1;
    }
    for (i, deed) in deeds.iter().enumerate() {
        if i > 0 {
            go_on(work, deed).await?;
        }
        match deed {
            Deed::Assign(order, why) => triage::give(work, order, why).await?,
            Deed::Tag(tags) => tags::put(work, tags, &[]).await?,
            Deed::Close => close::end(work, None).await?,
            Deed::Answer(text) => answer(work, text).await?,
            Deed::Message(body) => {
                let body = filled(work, body).await?;
                write::write_out(work, &body).await?;
            }
            // Who is mentioned and may not see the case is not told of it: the note is not written at all.
            Deed::Note(body) => match write::note_down(work, body).await?.is_empty() {
                true => {}
                false => return Err(Error::Bad("bulk.why.mention")),
            },
        }
    }
    Ok(())
}

/// The next deed: the case is there and its own, so what refuses it is its right or its state.
async fn go_on(work: &mut Work<'_>, deed: &Deed) -> Result<()> {
    let verb = deed.verb(work.actor, &work.case);
    work.go_on(verb).await.map_err(|error| match error {
        Error::NotFound => Error::Bad("bulk.why.no_right"),
        Error::Conflict => Error::Bad("bulk.why.state"),
        other => other,
    })
}

/// Answers with a text that is the same for many. What somebody has written for this very case is not overwritten by it,
/// and nothing goes out with a gap in it.
async fn answer(work: &mut Work<'_>, text: &AnswerText) -> Result<()> {
    if store::replies::unsent(&mut work.tx, work.case.id).await?.is_some() {
        return Err(Error::Bad("bulk.why.draft"));
    }
    let text = AnswerText { body: filled(work, &text.body).await?, ..text.clone() };
    match answering(work.actor, &work.case) {
        Verb::HandIn => handle::submit(work, &text).await,
        // What is about people is read by two, each case by itself.
        _ if second::needed(&mut work.tx, &work.case).await? => Err(Error::Bad("eyes.why")),
        _ => review::send(work, &text).await,
    }
}

/// A text filled in from the case of a verb at work, without a gap.
async fn filled(work: &mut Work<'_>, body: &str) -> Result<String> {
    let facts = fill::facts_of(&mut work.tx, &work.case, &work.organization, work.at).await?;
    let filled = templates::model::fill(body, &facts);
    if filled.empty.is_empty() { Ok(filled.text) } else { Err(Error::Bad("bulk.why.gap")) }
}
