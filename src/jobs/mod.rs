//! Jobs: work that happens later or again and again, kept in the database so that a restart forgets none.
//!
//! A runner claims a due job by a lease, does it, and marks it as done. When the program dies in between, the lease runs
//! out and another runner does it again: at least once, so every job can be done twice without harm. Failures wait
//! longer each time; after [`MAX_ATTEMPTS`] the job is dead, which `huiyin doctor` reports. A repeated job is
//! scheduled under a key of its time slot, so that several instances schedule it once.
//!
//! Work in memory alone (limits, counters) is no job: it belongs to the process, not to the installation.

pub mod actions;
mod runner;
mod store;

use chrono::TimeDelta;

pub use runner::{run, run_due, schedule};

/// A job that failed this often is dead.
pub const MAX_ATTEMPTS: i64 = 8;

crate::code_enum! {
    /// What there is to do.
    pub enum JobKind {
        /// Take away files that no row names, then rows of uploads whose form never came.
        SweepFiles = "files.sweep",
        /// Forget sessions that are over.
        ForgetSessions = "sessions.forget",
        /// Warn before limits, flag and press after them (`supervision::ladder`).
        ClimbLadder = "ladder.climb",
        /// Draw the cases of this month for every representative.
        DrawRechecks = "rechecks.draw",
        /// Tell the office and class teachers that there is a summary of the day's patrols.
        PatrolSummary = "patrols.summary",
        /// Forget calls that were not saved within a day.
        ForgetCallDrafts = "unsaved_calls.forget",
        /// Mail the reports of a week or month that is over.
        MailReports = "reports.mail",
        /// Forget addresses of submitters whose case is over.
        ForgetSubmitterMails = "submitter_mails.forget",
        /// Forget messages that were settled long ago.
        ForgetDeliveries = "deliveries.forget",
        /// Put what waited for the end of its hour into the audit log (`audit::waiting`).
        SettleAudit = "audit.settle",
        /// Erase cases whose time is over (`personal_data::retention`).
        Retention = "retention.run",
        /// Finish erasures that a crash or a full disk left half-done (`personal_data::again`).
        FinishErasures = "erasures.finish",
        /// Count the public boards of a week that has just begun (`board::actions`).
        PublishBoards = "boards.publish",
        /// Forget jobs that were done long ago.
        ForgetJobs = "jobs.forget",
    }
}

impl JobKind {
    /// How often it is done.
    pub const fn every(self) -> TimeDelta {
        match self {
            Self::SweepFiles
            | Self::ForgetSessions
            | Self::ClimbLadder
            | Self::ForgetCallDrafts
            | Self::MailReports
            | Self::FinishErasures
            | Self::PublishBoards
            | Self::SettleAudit => TimeDelta::hours(1),
            Self::DrawRechecks
            | Self::ForgetSubmitterMails
            | Self::ForgetDeliveries
            | Self::ForgetJobs
            | Self::Retention
            | Self::PatrolSummary => TimeDelta::hours(24),
        }
    }
}

/// How long a job waits after its n-th failure: half a minute, doubled each time.
pub fn wait_after(attempts: i64) -> TimeDelta {
    let doublings = u32::try_from(attempts.clamp(1, MAX_ATTEMPTS) - 1).unwrap_or(0);
    TimeDelta::seconds(30 << doublings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_and_stay_bounded() {
        assert_eq!(wait_after(1), TimeDelta::seconds(30));
        assert_eq!(wait_after(2), TimeDelta::seconds(60));
        assert_eq!(wait_after(8), TimeDelta::seconds(30 * 128));
        assert_eq!(wait_after(1000), wait_after(8));
        assert_eq!(wait_after(-1), wait_after(1));
    }
}
