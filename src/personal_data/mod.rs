//! What people have a right to about their own data: to see it and take it along 查阅复制 (PIPL §45), and to have it erased
//! 删除 (PIPL §47); and how long the organisation keeps cases at most 保存期限 (PIPL §19).
//!
//! - A **wish** to erase a case, or what one of several people said in it, is made by the submitter with the tracking code,
//!   or taken down by the office, with its basis and how it was seen who asks. A second person decides ([`requests`]).
//! - **Erasing** ([`wipe`]) takes away every word and file: rows, full text, free pages, files on disk, files that waited
//!   for their form, notices. What stays is what counting and the audit need: number, days, channel, topic, states. The
//!   tracking code opens nothing then, like one that never was (promise 9).
//! - What is under legal hold, open danger, and danger without a decided mandatory report stays
//!   ([`erase::why_it_stays`](crate::cases::erase::why_it_stays)).
//! - The ids of what was erased stand in a list outside the data folder ([`list`]): a backup that is older than an erasure
//!   is erased again when it is restored ([`again`], promise 24).
//! - What is over goes by itself ([`retention`]), by the same erasing.
//! - A **copy** ([`copy`]) is a ZIP with everything about the submitter's case, for the submitter with the code, or for the
//!   office on their behalf.
//!
//! Answers to questionnaires, reply slips and visits are records of their own, from which a case may have been made. They stay,
//! with every judgement and number; but the words that became the case, and the photo of a finding, go with it: they say
//! what the case said.

pub mod again;
pub mod copy;
pub mod list;
pub mod model;
mod pages;
pub mod requests;
pub mod retention;
mod store;
pub mod wipe;

pub use pages::{KEEPERS, RETENTION, track};

use crate::http::Route;

/// Routes of the office's pages.
pub fn routes() -> Vec<Route> {
    pages::routes()
}
