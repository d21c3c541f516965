//! How long cases are kept 保存期限 (PIPL §19: the shortest time that the purpose needs). The administrator sets months for
//! each channel, and for the safeguarding lane at least [`LEAST_DANGER`]; nothing goes before it is switched on.
//!
//! The time runs from the end of a case: closed, declined or withdrawn; a merged one ends with its lead. What is open, under
//! legal hold, danger without a decided mandatory report, or the lead of a case that stays, stays. The trial run and the
//! run read one plan ([`plan`]): what the trial shows is what goes.

pub mod actions;
pub mod plan;

/// Months that a channel keeps its cases, unless the administrator says otherwise.
pub const USUAL: u32 = 36;
/// At least so many: a complaint can be looked at again, and a term report written.
pub const LEAST: u32 = 6;
/// At most.
pub const MOST: u32 = 360;
/// Months that the safeguarding lane keeps its cases, unless the administrator says otherwise.
pub const USUAL_DANGER: u32 = 120;
/// The safeguarding lane keeps them at least so long, whatever the channel says.
pub const LEAST_DANGER: u32 = 36;
