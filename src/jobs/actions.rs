//! What each kind of job does. Each can be done twice without harm.

use std::sync::Arc;

use chrono::TimeDelta;

use crate::{
    accounts, attachments, audit, board,
    db::Conn,
    error::Result,
    hotline,
    http::App,
    jobs::{JobKind, store},
    notify, patrols, personal_data, representatives, supervision,
};

/// Jobs that were done are kept this long, to be looked at.
const KEEP_DONE: TimeDelta = TimeDelta::days(7);

/// Does a job.
///
/// # Errors
/// What went wrong; it is tried again then.
pub(super) async fn perform(app: Arc<App>, kind: JobKind) -> Result<()> {
    match kind {
        JobKind::SweepFiles => {
            // In this order: a file whose upload ends now stays until the next sweep, for a form that is just coming.
            attachments::actions::sweep(&app).await?;
            attachments::staged::forget_old(&app).await
        }
        JobKind::ClimbLadder => supervision::ladder::climb(&app).await,
        JobKind::ForgetSessions => accounts::sessions::forget_expired(&app).await,
        JobKind::PatrolSummary => patrols::summary::tell(&app).await,
        JobKind::DrawRechecks => representatives::lots::monthly(&app).await,
        JobKind::ForgetCallDrafts => hotline::drafts::forget_old(&app).await,
        JobKind::MailReports => notify::reports::make_due(&app).await,
        JobKind::ForgetSubmitterMails => notify::submitters::forget_old(&app).await,
        JobKind::ForgetDeliveries => notify::deliveries::forget_old(&app).await,
        JobKind::SettleAudit => audit::waiting::settle(&app).await,
        JobKind::Retention => personal_data::retention::actions::run(&app).await,
        JobKind::FinishErasures => personal_data::again::finish(&app).await,
        JobKind::PublishBoards => board::actions::publish_all(&app).await,
        JobKind::ForgetJobs => {
            let mut tx = app.db.write().await?;
            store::delete_done(&mut tx, app.now() - KEEP_DONE).await?;
            Ok(tx.commit().await?)
        }
    }
}

/// How many jobs were given up after too many failures.
///
/// # Errors
/// The database's.
pub async fn count_dead(c: &mut Conn) -> Result<i64> {
    Ok(store::count_dead(c).await?)
}
