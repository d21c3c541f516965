//! The end of a case, and its return to the office.

use crate::{
    accounts::model::Actor,
    cases::{
        mandatory::{ReportDecision, decide_report},
        model::{EventKind, Verb},
        notices::Audience,
        store,
        work::{Seen, Work},
    },
    error::{Error, Result},
    http::App,
};

/// Closes a case that was answered.
///
/// # Errors
/// As [`Work::begin`]; `Bad` when danger is closed without a decision on the mandatory report.
pub async fn close(app: &App, actor: &Actor, seen: Seen<'_>, report: Option<&ReportDecision>) -> Result<()> {
    let mut work = Work::begin(app, actor, seen, Verb::Close).await?;
    end(&mut work, report).await?;
    work.done().await
}

/// Closes the case of a verb at work.
pub(super) async fn end(work: &mut Work<'_>, report: Option<&ReportDecision>) -> Result<()> {
    decide_report(work, report).await?;
    work.case.state = work.case.state.close().map_err(|_| Error::Conflict)?;
    work.case.closed_at = Some(work.at);
    work.save().await?;
    work.record(work.happening(EventKind::Closed)).await?;
    work.tell_department(EventKind::Closed).await
}

/// Brings a case back to the office, with new limits.
///
/// # Errors
/// As [`Work::begin`].
pub async fn reopen(app: &App, actor: &Actor, seen: Seen<'_>, reason: &str) -> Result<()> {
    let mut work = Work::begin(app, actor, seen, Verb::Reopen).await?;
    work.case.state = work.case.state.reopen().map_err(|_| Error::Conflict)?;
    work.case.back_to_office(&work.organization.calendar, &work.organization.limits, work.at);
    work.save().await?;
    store::replies::drop_unsent(&mut work.tx, work.case.id, work.at).await?;
    work.end_assignment(EventKind::Reopened).await?;
    work.record(work.happening(EventKind::Reopened).reason(reason).due(work.case.promised_at)).await?;
    work.tell(Audience::Office, EventKind::Reopened).await?;
    work.done().await
}
