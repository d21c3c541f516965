//! Sorting comments: into suggestions, as "no suggestion in it", or as cases; and deciding about suggestions.

use std::{collections::HashSet, sync::Arc};

use crate::{
    access_points,
    accounts::model::Actor,
    audit::{self, Entry},
    cases::model::{Identity, Lane, Person},
    db::Conn,
    error::{Error, Result},
    forms::{self, model::Answers, responses},
    http::App,
    intake::{
        model::NewSubmission,
        submit::{self, Submitted, TakenDown},
    },
    kernel::ids::{LetterId, OrganizationId, SuggestionId},
    letters::{
        actions::{by_id, record, replies},
        model::{CommentId, Letter, Mark, Suggestion},
        results::Comment,
        store,
    },
    organizations::{self, model::OTHER_TOPIC},
};

/// Where comments go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sorting {
    /// Into a suggestion that is there.
    Into(SuggestionId),
    /// Into a new one with this title.
    IntoNew(String),
    /// There is no suggestion in them.
    Nothing,
    /// Back to those that wait.
    Back,
}

/// The comments of a letter that were named, without those of which these marks say enough.
async fn named(
    c: &mut Conn,
    actor: &Actor,
    letter: &Letter,
    ids: &[CommentId],
    without: &[Mark],
) -> Result<Vec<Comment>> {
    let read = replies::read(c, actor, letter).await?;
    let wanted: HashSet<&CommentId> = ids.iter().collect();
    let enough = |c: &Comment| read.marks.get(&c.id).is_some_and(|(mark, _)| without.contains(mark));
    Ok(read.tally.comments.iter().filter(|c| wanted.contains(&c.id) && !enough(c)).cloned().collect())
}

/// Sorts comments.
///
/// # Errors
/// `NotFound` when there is no such letter or suggestion.
pub async fn sort(app: &App, actor: &Actor, id: LetterId, ids: &[CommentId], to: &Sorting) -> Result<()> {
    let mut tx = app.db.write().await?;
    let letter = by_id(&mut tx, actor.organization_id, id).await?;
    // A case that is also a suggestion may stand behind one; in danger nobody here reads on.
    let without: &[Mark] = if *to == Sorting::Nothing { &[Mark::Case, Mark::Danger] } else { &[Mark::Danger] };
    let comments = named(&mut tx, actor, &letter, ids, without).await?;
    let target = match to {
        Sorting::Into(suggestion) => {
            let there = suggestion_by_id(&mut tx, actor, *suggestion).await?;
            Some(there).filter(|s| s.letter_id == id).ok_or(Error::NotFound)?.id.into()
        }
        Sorting::IntoNew(title) => {
            let new = SuggestionId::new(app.now(), &*app.random);
            store::suggestions::insert(&mut tx, actor.organization_id, id, new, title, app.now()).await?;
            Some(new)
        }
        Sorting::Nothing | Sorting::Back => None,
    };
    for comment in &comments {
        store::suggestions::unmark(&mut tx, &comment.id).await?;
        match target {
            Some(suggestion) => store::suggestions::tie(&mut tx, suggestion, &comment.id).await?,
            None => store::suggestions::untie_all(&mut tx, &comment.id).await?,
        };
        if *to == Sorting::Nothing {
            store::suggestions::mark(&mut tx, id, &comment.id, Mark::Nothing, "").await?;
        }
    }
    let detail = match (to, target) {
        (_, Some(suggestion)) => format!("{suggestion} {}", comments.len()),
        (Sorting::Nothing, _) => format!("nothing {}", comments.len()),
        _ => format!("back {}", comments.len()),
    };
    record(app, &mut tx, actor, "letter.sorted", id, detail).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes comments out of one suggestion; those behind no other wait again.
///
/// # Errors
/// `NotFound`.
pub async fn take_out(app: &App, actor: &Actor, id: SuggestionId, comments: &[CommentId]) -> Result<()> {
    let mut tx = app.db.write().await?;
    let suggestion = suggestion_by_id(&mut tx, actor, id).await?;
    for comment in comments {
        store::suggestions::untie(&mut tx, id, comment).await?;
    }
    record(app, &mut tx, actor, "letter.sorted", suggestion.letter_id, format!("out {}", comments.len())).await?;
    tx.commit().await?;
    Ok(())
}

/// One suggestion.
///
/// # Errors
/// `NotFound` when the organisation has none.
pub async fn suggestion_by_id(c: &mut Conn, actor: &Actor, id: SuggestionId) -> Result<Suggestion> {
    store::suggestions::by_id(c, actor.organization_id, id).await?.ok_or(Error::NotFound)
}

/// Writes what was decided.
///
/// # Errors
/// `NotFound`; `Conflict` when somebody else changed it after it was seen.
pub async fn decide(app: &App, actor: &Actor, decided: &Suggestion) -> Result<()> {
    let mut tx = app.db.write().await?;
    suggestion_by_id(&mut tx, actor, decided.id).await?;
    if store::suggestions::update(&mut tx, actor.organization_id, decided).await? == 0 {
        return Err(Error::Conflict);
    }
    let code = decided.decision.map_or("undecided", |d| d.code());
    let entry = Entry::new("suggestion.decided", "suggestion").actor(actor).entity(decided.id.0).detail(code);
    audit::record(app, &mut tx, actor.organization_id, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes a suggestion away; its comments wait again. What was published stays published.
///
/// # Errors
/// `NotFound`.
pub async fn remove(app: &App, actor: &Actor, id: SuggestionId) -> Result<()> {
    let mut tx = app.db.write().await?;
    suggestion_by_id(&mut tx, actor, id).await?;
    store::suggestions::remove(&mut tx, actor.organization_id, id).await?;
    let entry = Entry::new("suggestion.removed", "suggestion").actor(actor).entity(id.0);
    audit::record(app, &mut tx, actor.organization_id, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Makes a case of each comment, as if its sender had complained: anonymous, by the channel of the letter. Pressing twice
/// makes one. In danger only the safeguarding lead sees it from now on, and the comment is no longer shown.
///
/// # Errors
/// `NotFound`; `Unavailable` when it can't be stored now.
pub async fn to_cases(app: &Arc<App>, actor: &Actor, id: LetterId, ids: &[CommentId], lane: Lane) -> Result<()> {
    let mut c = app.db.read().await?;
    let letter = by_id(&mut c, actor.organization_id, id).await?;
    let point = letter.access_point_id.ok_or(Error::NotFound)?;
    let point = access_points::actions::by_id(&mut c, actor.organization_id, point).await?;
    let org = organizations::actions::organization(&mut c, actor.organization_id).await?;
    let topic = organizations::actions::topic_or_other(&mut c, org.id, OTHER_TOPIC, None).await?;
    let version = forms::actions::live_version(&mut c, point.form_id).await?;
    let comments = named(&mut c, actor, &letter, ids, &[Mark::Case, Mark::Danger]).await?;
    drop(c);
    for comment in comments {
        let new = NewSubmission {
            idempotency_key: format!("comment:{}", comment.id),
            form_version_id: version.id,
            person: Person::Parent,
            identity: Identity::Anonymous,
            topic: topic.clone(),
            body: comment.text,
            answers: Answers::default(),
            contact: None,
            lane,
            files: Vec::new(),
        };
        let taken_down = TakenDown { by: actor, opening: None, call: None };
        let Submitted::Receipt(receipt) = submit::submit(app, &org, &point, Some(taken_down), new).await? else {
            return Err(Error::Conflict);
        };
        let mark = if lane == Lane::Safeguarding { Mark::Danger } else { Mark::Case };
        let mut tx = app.db.write().await?;
        if mark == Mark::Danger {
            store::suggestions::untie_all(&mut tx, &comment.id).await?;
        }
        store::suggestions::mark(&mut tx, id, &comment.id, mark, &receipt.case_number).await?;
        record(app, &mut tx, actor, "letter.case_made", id, mark).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Takes the words of comments away that became a case, when the case is erased. That they were written, and which suggestions
/// they stand behind, stays.
///
/// # Errors
/// The database's.
pub async fn forget(app: &App, c: &mut Conn, org: OrganizationId, case_number: &str) -> Result<()> {
    for comment in store::suggestions::of_case(c, org, case_number).await? {
        responses::forget(app, c, org, comment.response_id, &comment.question, None).await?;
    }
    Ok(())
}
