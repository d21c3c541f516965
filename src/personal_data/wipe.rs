//! Erasing: in the transaction every word; after it, the files, the list outside the data folder, and what the database
//! keeps of deleted rows.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use crate::{
    accounts::model::Actor,
    attachments,
    cases::{
        erase,
        model::{Case, EventKind},
    },
    db::Conn,
    error::{Error, Result},
    http::App,
    kernel::ids::SubmissionId,
    letters,
    personal_data::{
        list,
        model::Erased,
        store::{self, wipe::Said},
    },
    questionnaires, visits,
};

/// What is left to do when the transaction is over.
#[derive(Clone, Debug, Default)]
pub struct Leftovers {
    erased: BTreeSet<Erased>,
    files: Vec<Vec<u8>>,
}

impl Leftovers {
    /// Both.
    pub fn join(&mut self, other: Self) {
        self.erased.extend(other.erased);
        self.files.extend(other.files);
    }

    /// Whether anything was erased.
    pub fn is_empty(&self) -> bool {
        self.erased.is_empty()
    }
}

/// Erases everything about a case, locked by the caller, in the caller's transaction; and its parts, which say in other words
/// what the same person sent: with the code gone, no answer would reach anybody.
///
/// # Errors
/// The database's; `Conflict` when it was erased already.
pub async fn case(app: &App, c: &mut Conn, case: Case, by: Option<&Actor>, at: DateTime<Utc>) -> Result<Leftovers> {
    let mut left = Leftovers::default();
    for part in erase::parts(c, &case).await? {
        left.join(one_case(app, c, part, by, at).await?);
    }
    left.join(one_case(app, c, case, by, at).await?);
    Ok(left)
}

async fn one_case(app: &App, c: &mut Conn, mut case: Case, by: Option<&Actor>, at: DateTime<Utc>) -> Result<Leftovers> {
    if case.erased_at.is_some() {
        return Err(Error::Conflict);
    }
    erase::end(app, c, &mut case, by, at).await?;
    let mut files = store::wipe::files(c, case.id).await?;
    files.extend(sources(app, c, &case).await?);
    store::wipe::case(c, case.id, at).await?;
    for said in store::wipe::submissions(c, case.id).await? {
        store::wipe::empty(c, said.id, &noise(app), at).await?;
    }
    case.erased_at = Some(at);
    erase::note(app, c, &case, EventKind::Erased, by, at).await?;
    erase::index_again(c, &case).await?;
    Ok(Leftovers { erased: BTreeSet::from([Erased::Case(case.id.0)]), files })
}

/// Takes away what the case was made of elsewhere: the words and the photo of a visit's finding, the text of an answer, the
/// comment of a reply slip. Judgements and numbers stay. Gives the files that lose a name by this.
async fn sources(app: &App, c: &mut Conn, case: &Case) -> Result<Vec<Vec<u8>>> {
    let org = case.organization_id;
    letters::actions::sort::forget(app, c, org, &case.number).await?;
    questionnaires::results::actions::forget(app, c, org, case.id).await?;
    let files = visits::findings::forget(app, c, org, case.id).await?;
    for file in &files {
        store::wipe::unstage(c, file).await?;
    }
    Ok(files)
}

/// Erases what one person said in a case: the whole case when nobody else speaks in it.
///
/// # Errors
/// As [`case`]; `NotFound` when the case has no such submission.
pub async fn submission(
    app: &App,
    c: &mut Conn,
    of: Case,
    id: SubmissionId,
    by: Option<&Actor>,
    at: DateTime<Utc>,
) -> Result<Leftovers> {
    let all = store::wipe::submissions(c, of.id).await?;
    let mine = all.iter().find(|s| s.id == id).ok_or(Error::NotFound)?;
    if mine.erased_at.is_some() {
        return Err(Error::Conflict);
    }
    if takes_all(c, &of, Some(id)).await? {
        return case(app, c, of, by, at).await;
    }
    let files = store::wipe::files_of(c, id).await?;
    store::wipe::submission(c, id, all.first().is_some_and(|s| s.id == id)).await?;
    store::wipe::empty(c, id, &noise(app), at).await?;
    erase::note(app, c, &of, EventKind::PartErased, by, at).await?;
    erase::index_again(c, &of).await?;
    Ok(Leftovers { erased: BTreeSet::from([Erased::Submission(id.0)]), files })
}

/// Whether erasing what one person said takes the whole case: nobody else speaks in it. `None` is the whole case.
///
/// # Errors
/// The database's.
pub(super) async fn takes_all(c: &mut Conn, case: &Case, mine: Option<SubmissionId>) -> Result<bool> {
    let all = store::wipe::submissions(c, case.id).await?;
    Ok(mine.is_none_or(|id| !all.iter().any(|s| s.id != id && s.erased_at.is_none())))
}

/// What no code and no key gives: three values that nothing finds.
fn noise(app: &App) -> [[u8; 32]; 3] {
    let mut noise = [[0; 32]; 3];
    noise.iter_mut().for_each(|bytes| app.random.fill(bytes));
    noise
}

/// What a submission is, when there is one of this id.
pub(super) async fn said(c: &mut Conn, id: SubmissionId) -> Result<Option<Said>> {
    Ok(store::wipe::one(c, id).await?.pop())
}

/// Does what is left after the commit. When it fails half-way, [`again::finish`](crate::personal_data::again::finish) does it.
///
/// # Errors
/// The disk's and the database's.
pub async fn after(app: &App, left: Leftovers) -> Result<()> {
    if left.is_empty() {
        return Ok(());
    }
    // Each for itself: a list that can't be written keeps no file alive.
    let listed = write_list(app, left.erased).await;
    let removed = attachments::actions::remove_unnamed(app, left.files).await;
    let scrubbed = app.db.scrub().await.map_err(Error::from);
    listed.and(removed).and(scrubbed)
}

/// Adds ids to the list outside the data folder.
pub(super) async fn write_list(app: &App, erased: BTreeSet<Erased>) -> Result<()> {
    let path = list::path(&app.config);
    tokio::task::spawn_blocking(move || list::add(&path, &erased)).await.map_err(Error::internal)??;
    Ok(())
}
