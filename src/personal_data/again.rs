//! Erasing again what a restored backup brought back, and finishing what a crash left undone (promise 24).

use std::{collections::BTreeSet, sync::Arc};

use chrono::TimeDelta;

use crate::{
    cases::erase,
    db::Conn,
    error::{Error, Result},
    http::App,
    kernel::ids::{CaseId, SubmissionId},
    personal_data::{
        list,
        model::Erased,
        store,
        wipe::{self, Leftovers},
    },
};

/// How long after an erasure its leftovers are looked for.
const LOOK_BACK: TimeDelta = TimeDelta::hours(2);

/// What the database knows to be erased.
async fn known(c: &mut Conn) -> Result<BTreeSet<Erased>> {
    let cases = store::wipe::erased_cases(c).await?.into_iter().map(|id| Erased::Case(id.0));
    let parts = store::wipe::erased_submissions(c).await?.into_iter().map(|id| Erased::Submission(id.0));
    Ok(cases.chain(parts).collect())
}

/// At the start: what the list names and the database still holds is erased before anything is served; what the database
/// knows and the list does not is added to the list. Gives how much was erased again.
///
/// # Errors
/// The database's and the disk's.
pub async fn at_start(app: &App) -> Result<usize> {
    let path = list::path(&app.config);
    let listed = tokio::task::spawn_blocking(move || list::read(&path)).await.map_err(Error::internal)??;
    let known = known(&mut app.db.read().await?).await?;
    let mut left = Leftovers::default();
    let mut count = 0;
    for erased in listed.difference(&known) {
        let mut tx = app.db.write().await?;
        if let Some(more) = once_more(app, &mut tx, *erased).await? {
            tx.commit().await?;
            left.join(more);
            count += 1;
        }
    }
    if known.difference(&listed).next().is_some()
        && let Err(error) = wipe::write_list(app, known).await
    {
        let path = list::path(&app.config);
        tracing::error!(name: "erased.unlisted", ?error, path = %path.display(), "the list of what was erased can't be written; make its folder writable, or set HUIYIN_ERASED_LIST");
    }
    if let Err(error) = wipe::after(app, left).await {
        tracing::error!(name: "erasure.unfinished", ?error, "what came back is erased, and its files or free pages are cleaned by the next job");
    }
    if count > 0 {
        tracing::info!(name: "erased.again", count, "what was erased before the backup was restored is gone again");
    }
    Ok(count)
}

/// Erases one thing that came back; `None` when it is not there, or gone with its case.
async fn once_more(app: &App, c: &mut Conn, erased: Erased) -> Result<Option<Leftovers>> {
    let at = app.now();
    let (case, submission) = match erased {
        Erased::Case(id) => (CaseId(id), None),
        Erased::Submission(id) => match wipe::said(c, SubmissionId(id)).await? {
            Some(said) if said.erased_at.is_none() => (said.case_id, Some(said.id)),
            _ => return Ok(None),
        },
    };
    let case = match erase::lock(c, case).await {
        Ok(case) if case.erased_at.is_none() => case,
        Ok(_) | Err(Error::NotFound) => return Ok(None),
        Err(other) => return Err(other),
    };
    Ok(Some(match submission {
        None => wipe::case(app, c, case, None, at).await?,
        Some(id) => wipe::submission(app, c, case, id, None, at).await?,
    }))
}

/// The job: what was erased of late and not finished is finished; on PostgreSQL the tables are written anew. The sweep of files
/// takes away what is left of them.
///
/// # Errors
/// The database's and the disk's.
pub async fn finish(app: &Arc<App>) -> Result<()> {
    let mut c = app.db.read().await?;
    if !store::wipe::any_since(&mut c, app.now() - LOOK_BACK).await? {
        return Ok(());
    }
    let known = known(&mut c).await?;
    drop(c);
    wipe::write_list(app, known).await?;
    app.db.scrub().await?;
    Ok(app.db.rewrite().await?)
}
