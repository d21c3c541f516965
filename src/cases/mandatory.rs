//! The mandatory report 强制报告 (未成年人保护法 §11): a danger case does not end before somebody decided, with the basis,
//! whether the authorities must be told.

use crate::{
    cases::{
        model::{EventKind, Lane},
        work::Work,
    },
    error::{Error, Result},
};

/// What was decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportDecision {
    /// Whether it was reported.
    pub reported: bool,
    /// To whom and when, or why not.
    pub basis: String,
}

/// Writes the decision down; in the safeguarding lane it must be there.
pub(super) async fn decide_report(work: &mut Work<'_>, decision: Option<&ReportDecision>) -> Result<()> {
    if work.case.lane != Lane::Safeguarding {
        return Ok(());
    }
    let Some(decision) = decision.filter(|d| !d.basis.is_empty()) else {
        return Err(Error::Bad("cases.error.report_required"));
    };
    let kind = if decision.reported { EventKind::ReportMade } else { EventKind::ReportNotNeeded };
    work.record(work.happening(kind).reason(&decision.basis)).await
}
