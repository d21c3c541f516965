//! The runner: schedules what is repeated, claims what is due, does it.

use std::{future::Future, sync::Arc, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    error::{Error, Result},
    http::App,
    jobs::{
        JobKind, MAX_ATTEMPTS, actions,
        store::{self, Job},
        wait_after,
    },
    kernel::ids::JobId,
};

/// How often the runner looks for work.
const LOOK_EVERY: Duration = Duration::from_secs(20);
/// How long a claimed job belongs to its runner.
const LEASE: TimeDelta = TimeDelta::minutes(15);

/// Runs jobs until `stop` is done; the job at hand is finished first.
pub async fn run(app: Arc<App>, stop: impl Future<Output = ()>) {
    let mut stop = std::pin::pin!(stop);
    let mut scheduled_at: Option<DateTime<Utc>> = None;
    loop {
        if let Err(error) = look(&app, &mut scheduled_at).await {
            tracing::warn!(name: "jobs.unavailable", ?error, "jobs can't be run now; trying again soon");
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK_EVERY) => {}
            () = &mut stop => break,
        }
    }
}

async fn look(app: &Arc<App>, scheduled_at: &mut Option<DateTime<Utc>>) -> Result<()> {
    let now = app.now();
    // Once an hour is often enough to schedule, and leaves the writer alone.
    if scheduled_at.is_none_or(|at| slot(at, TimeDelta::hours(1)) != slot(now, TimeDelta::hours(1))) {
        schedule(app).await?;
        *scheduled_at = Some(now);
    }
    run_due(app).await?;
    Ok(())
}

/// Adds every repeated job for its present time slot, once, whoever else does the same.
///
/// # Errors
/// The database's.
pub async fn schedule(app: &App) -> Result<()> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    for kind in JobKind::ALL {
        let key = format!("{kind}:{}", slot(now, kind.every()));
        store::insert(&mut tx, JobId::new(now, &*app.random), *kind, now, &key).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// The number of the time slot.
fn slot(at: DateTime<Utc>, length: TimeDelta) -> i64 {
    at.timestamp().div_euclid(length.num_seconds().max(1))
}

/// Does every job that is due; gives how many were done.
///
/// # Errors
/// The database's; a job's own error puts the job back instead.
pub async fn run_due(app: &Arc<App>) -> Result<u32> {
    let mut done = 0;
    while let Some(job) = claim(app).await? {
        let outcome = match JobKind::parse(&job.kind) {
            // In a task of its own, so that a panic counts as a failure and the runner lives on.
            Some(kind) => tokio::spawn(actions::perform(app.clone(), kind))
                .await
                .unwrap_or_else(|_| Err(Error::internal("panicked"))),
            None => Err(Error::internal("this program does not know this kind of job")),
        };
        done += u32::from(outcome.is_ok());
        settle(app, &job, outcome).await?;
    }
    Ok(done)
}

async fn claim(app: &App) -> Result<Option<Job>> {
    let now = app.now();
    // Asked without the writer first: mostly there is nothing.
    if store::next_due(&mut app.db.read().await?, now).await?.is_none() {
        return Ok(None);
    }
    let mut tx = app.db.write().await?;
    let Some(job) = store::next_due(&mut tx, now).await? else { return Ok(None) };
    store::claim(&mut tx, job.id, now + LEASE).await?;
    tx.commit().await?;
    Ok(Some(job))
}

async fn settle(app: &App, job: &Job, outcome: Result<()>) -> Result<()> {
    let now = app.now();
    let tries = job.attempts + 1;
    let mut tx = app.db.write().await?;
    match outcome {
        Ok(()) => store::finish(&mut tx, job.id, now).await?,
        Err(error) => {
            let what = format!("{error:?}");
            tracing::warn!(name: "job.failed", kind = %job.kind, tries, %what);
            if tries >= MAX_ATTEMPTS {
                store::give_up(&mut tx, job.id, now, &what).await?
            } else {
                store::put_back(&mut tx, job.id, now + wait_after(tries), &what).await?
            }
        }
    };
    tx.commit().await?;
    Ok(())
}
