//! Replies: taking them, and everything that was made of them.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use crate::{
    access_points::{self, model::AccessPoint},
    accounts::model::Actor,
    audit::{self, Entry},
    db::Conn,
    error::{Error, Result},
    forms::{
        self,
        codes::{self, Refused},
        model::{Answers, FormVersion},
        responses::{self, NewResponse, Taken},
    },
    http::App,
    kernel::{
        clock::hour_of,
        ids::{LetterId, ResponseId, SuggestionId},
        response_code::ResponseCode,
        roles::Channel,
    },
    letters::{
        actions::{by_id, record},
        model::{CommentId, Letter, Mark, Stage, Suggestion},
        results::{self, Comment, Tally},
        store,
    },
};

/// Responses that are read at a time.
const PAGE: i64 = 500;
/// How often a reply is tried again while another copy of the same press is being stored.
const TRIES: usize = 3;

/// How a reply knows its class.
#[derive(Clone, Copy, Debug)]
pub enum By<'a> {
    /// Somebody chose it; empty when there are none.
    Choice(&'a str),
    /// By the one-time code of a slip, which is used up by it.
    Code(&'a ResponseCode),
}

/// What became of a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replied {
    /// It is kept, now or since an earlier press with the same key.
    Kept,
    /// The key was used for something else.
    KeyUsed,
    /// The one-time code is no good.
    Code(Refused),
}

/// A reply on its way in, checked.
#[derive(Clone, Copy, Debug)]
pub struct NewReply<'a> {
    /// The reply slip that was answered.
    pub version: &'a FormVersion,
    /// Which class says it was read.
    pub by: By<'a>,
    /// The key of the form instance.
    pub idempotency_key: &'a str,
    /// The answers.
    pub answers: &'a Answers,
}

/// Takes a reply in. Anonymous: it leaves the class and the hour; its code is used up in the same transaction, and not
/// remembered with it.
///
/// # Errors
/// `Conflict` when replies have ended meanwhile; `Unavailable` when it can't be stored now.
pub async fn take(app: &Arc<App>, point: &AccessPoint, letter: LetterId, new: NewReply<'_>) -> Result<Replied> {
    for _ in 0..TRIES {
        match try_to_take(app, point, letter, &new).await {
            // Another copy of the press was faster and has not committed yet.
            Err(Error::Conflict) => {}
            other => return other,
        }
    }
    Err(Error::Unavailable)
}

async fn try_to_take(app: &App, point: &AccessPoint, id: LetterId, new: &NewReply<'_>) -> Result<Replied> {
    let mut tx = app.db.write().await?;
    let letter = by_id(&mut tx, point.organization_id, id).await?;
    let class = match new.by {
        By::Choice(name) if !letter.with_codes => name.to_string(),
        By::Choice(_) => return Ok(Replied::Code(Refused::NoSuchCode)),
        By::Code(code) => match codes::class_of(app, &mut tx, point.form_id, code).await? {
            Some(class) => class,
            None => return Ok(Replied::Code(Refused::NoSuchCode)),
        },
    };
    let response = NewResponse {
        organization_id: point.organization_id,
        version: new.version,
        access_point_id: Some(point.id),
        channel: Channel::Letter,
        cohort: &class,
        author_id: None,
        scope: &id.to_string(),
        idempotency_key: new.idempotency_key,
        answers: new.answers,
        photos: &[],
        made_at: None,
    };
    match responses::take(app, &mut tx, response).await? {
        Taken::New(_) => {}
        Taken::Again(_) => return Ok(Replied::Kept),
        Taken::KeyUsed => return Ok(Replied::KeyUsed),
    }
    if !matches!(letter.stage(app.now()), Stage::Open(_)) {
        return Err(Error::Bad("letters.reply.ended"));
    }
    if let By::Code(code) = new.by
        && !codes::spend(app, &mut tx, code).await?
    {
        return Ok(Replied::Code(Refused::CodeUsed));
    }
    access_points::actions::count_submission(&mut tx, point.id).await?;
    let entry = Entry::new("letter.replied", "letter").entity(id.0).at(hour_of(app.now()));
    audit::record(app, &mut tx, point.organization_id, entry).await?;
    tx.commit().await?;
    Ok(Replied::Kept)
}

/// Everything that came of a letter.
#[derive(Clone, Debug, Default)]
pub struct Replies {
    /// The numbers and the comments.
    pub tally: Tally,
    /// The suggestions, oldest first.
    pub suggestions: Vec<Suggestion>,
    /// Which suggestions a comment stands behind.
    pub ties: HashMap<CommentId, Vec<SuggestionId>>,
    /// What was found about comments that make none.
    pub marks: HashMap<CommentId, (Mark, String)>,
}

impl Replies {
    /// Whether a comment still waits for somebody to look at it.
    pub fn is_unsorted(&self, comment: &Comment) -> bool {
        !self.ties.contains_key(&comment.id) && !self.marks.contains_key(&comment.id)
    }

    /// How many comments still wait.
    pub fn unsorted(&self) -> usize {
        self.tally.comments.iter().filter(|c| self.is_unsorted(c)).count()
    }

    /// How many people stand behind a suggestion, however often they wrote it.
    pub fn voices(&self, id: SuggestionId) -> i64 {
        let people: HashSet<ResponseId> =
            self.ties.iter().filter(|(_, ids)| ids.contains(&id)).map(|(c, _)| c.response_id).collect();
        i64::try_from(people.len()).unwrap_or(i64::MAX)
    }

    /// The comments behind a suggestion that may be read.
    pub fn behind(&self, id: SuggestionId) -> impl Iterator<Item = &Comment> {
        self.tally.comments.iter().filter(move |c| self.ties.get(&c.id).is_some_and(|ids| ids.contains(&id)))
    }

    /// Whether every suggestion has its decision and its reason.
    pub fn all_answered(&self) -> bool {
        !self.suggestions.is_empty() && self.suggestions.iter().all(Suggestion::is_answered)
    }
}

/// Reads everything that came of a letter; the caller has the right to.
///
/// # Errors
/// The database's.
pub async fn read(c: &mut Conn, actor: &Actor, letter: &Letter) -> Result<Replies> {
    let Some(form) = letter.form_id else { return Ok(Replies::default()) };
    let mut all = Vec::new();
    loop {
        let after = all.last().map(|r: &responses::Response| r.id);
        let page = responses::page(c, actor.organization_id, form, after, PAGE).await?;
        let read = i64::try_from(page.len()).unwrap_or(PAGE);
        all.extend(page);
        if read < PAGE {
            break;
        }
    }
    let mut ties: HashMap<CommentId, Vec<SuggestionId>> = HashMap::new();
    for (suggestion, comment) in store::suggestions::ties(c, letter.id).await? {
        ties.entry(comment).or_default().push(suggestion);
    }
    let marks = store::suggestions::marks(c, letter.id).await?;
    Ok(Replies {
        tally: results::tally(&letter.content, &all),
        suggestions: store::suggestions::of_letter(c, letter.id).await?,
        ties,
        marks: marks.into_iter().map(|(comment, mark, number)| (comment, (mark, number))).collect(),
    })
}

/// Reads them, and writes down that somebody did.
///
/// # Errors
/// `NotFound`; the database's.
pub async fn open(app: &App, actor: &Actor, id: LetterId) -> Result<(Letter, Replies)> {
    let mut tx = app.db.write().await?;
    let letter = by_id(&mut tx, actor.organization_id, id).await?;
    let replies = read(&mut tx, actor, &letter).await?;
    if letter.form_id.is_some() {
        record(app, &mut tx, actor, "letter.replies_read", id, "").await?;
    }
    tx.commit().await?;
    Ok((letter, replies))
}

/// How many replies a letter has.
///
/// # Errors
/// The database's.
pub async fn count(c: &mut Conn, actor: &Actor, letter: &Letter) -> Result<i64> {
    match letter.form_id {
        Some(form) => responses::count(c, actor.organization_id, form).await,
        None => Ok(0),
    }
}

/// The reply slip of a letter: the version that was opened, or the live one.
///
/// # Errors
/// `NotFound` when it was never published.
pub async fn slip(c: &mut Conn, letter: &Letter) -> Result<FormVersion> {
    forms::actions::live_version(c, letter.form_id.ok_or(Error::NotFound)?).await
}
