//! Pages of the hotline and the desk.

pub mod drafts;
mod fields;
pub mod log;
pub mod missed;
pub mod roster;
pub mod screen;
mod similar;
pub mod tasks;
mod view;

use crate::hotline::model::CallKind;

/// Where the screen of a kind of call is.
const fn screen(kind: CallKind) -> &'static str {
    match kind {
        CallKind::Visit => "/desk/walk-in/new",
        CallKind::Call | CallKind::Missed => "/desk/hotline/new",
    }
}

/// Where the log of a kind of call is.
const fn log_of(kind: CallKind) -> &'static str {
    match kind {
        CallKind::Visit => "/desk/walk-in",
        CallKind::Call | CallKind::Missed => "/desk/hotline",
    }
}

/// The word by which sentences tell calls and visits apart.
const fn word_of(kind: CallKind) -> &'static str {
    match kind {
        CallKind::Visit => "walk_in",
        CallKind::Call | CallKind::Missed => "hotline",
    }
}
