//! Reports 报表: what came in a period, what became of it, how fast, and what people say of it: 三率 by department, topic
//! and channel. Every number opens the cases that it counts, and equals the exports of the same list.
//!
//! - 响应率 answered within the limit / due; 解决率 "solved" / callbacks answered; 满意率 "satisfied" / callbacks answered.
//! - Silence is a number of its own, never satisfaction. Denominators are always shown.
//! - A reader counts what they may see ([`crate::cases::visibility`]): never the safeguarding lane, never a case from which
//!   they are recused.

mod actions;
mod export;
mod model;
mod pages;
mod period;

use crate::{
    http::{Access, Route},
    kernel::roles::Role,
};

/// Who reads reports.
const READERS: Access = Access::Roles(&[Role::Office, Role::Leader]);

/// Routes of this slice.
pub fn routes() -> Vec<Route> {
    vec![Route::get("/desk/reports", READERS, pages::page)]
}
