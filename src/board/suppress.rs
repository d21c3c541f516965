//! Small numbers are kept back, and so is what they could be worked out from (promise 11).
//!
//! A number below 5 is shown as "fewer than 5", zero too: the step from nothing to something is what the accused would
//! look for. A part of a whole gives away the rest, so when the rest is below 5, the part is shown as "at least whole − 4",
//! which says no more than "the rest is fewer than 5". Where both could be small, nothing is said.
//!
//! Topics add up to the whole, so those below 5 stand together in one line. Where that line would be below 5 itself, or so
//! large that its topics could be worked out (four topics of at most 4 that make 16 are 4 each), no topic is listed: taking
//! in one more topic would tell those apart who know how the list is made. A second number by topic (answered, overdue) is shown only when it can be shown for every
//! line: one gap in a column with a known sum is no gap.
//!
//! The tests try every small world: no two people's counts can be told apart from what is published.

use serde::{Deserialize, Serialize};

/// The smallest number that is shown.
pub const SMALLEST: u64 = 5;

/// A number as the public sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Cell {
    /// This many.
    Exact(u64),
    /// Fewer than [`SMALLEST`], perhaps none.
    Few,
    /// This many or up to four more.
    AtLeast(u64),
    /// Nothing is said.
    Untold,
}

impl Cell {
    /// A number that is not part of a known whole.
    pub const fn alone(n: u64) -> Self {
        if n < SMALLEST { Self::Few } else { Self::Exact(n) }
    }

    /// A part of a whole whose own cell is known.
    pub const fn part(n: u64, whole: u64) -> Self {
        let rest = whole.saturating_sub(n);
        if whole < SMALLEST {
            Self::Few
        } else if whole < 2 * SMALLEST - 1 {
            Self::Untold
        } else if n < SMALLEST {
            Self::Few
        } else if rest < SMALLEST {
            Self::AtLeast(whole + 1 - SMALLEST)
        } else {
            Self::Exact(n)
        }
    }
}

/// What was counted for a topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Count<T> {
    /// The topic.
    pub topic: T,
    /// Received in the period.
    pub received: u64,
    /// Of these, answered.
    pub answered: u64,
    /// Overdue at the end of the period, whenever they came.
    pub overdue: u64,
}

/// A line of the board: one topic, or all that are not listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Line<T> {
    /// The topic; `None` for all others together.
    pub topic: Option<T>,
    /// Received: at least [`SMALLEST`].
    pub received: u64,
    /// Answered, when it can be told for every line.
    pub answered: Option<u64>,
    /// Overdue, when it can be told for every line.
    pub overdue: Option<u64>,
}

/// What is published.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Published<T> {
    /// Received in the period.
    pub received: Cell,
    /// Of these, answered.
    pub answered: Cell,
    /// Overdue at the end of the period.
    pub overdue: Cell,
    /// Rectifications 整改 done in the period: a number of its own, no part of the others. Boards kept from before it was
    /// counted have none.
    #[serde(default)]
    pub rectified: Option<Cell>,
    /// By topic, most received first; empty when there is less than two lines to tell.
    pub lines: Vec<Line<T>>,
}

/// What may be published of these counts.
pub fn publish<T: Copy + Ord>(counts: &[Count<T>]) -> Published<T> {
    let sum = |number: fn(&Count<T>) -> u64| counts.iter().map(number).sum::<u64>();
    let (received, answered, overdue) = (sum(|c| c.received), sum(|c| c.answered), sum(|c| c.overdue));
    let mut groups = grouped(counts);
    if groups.len() < 2 {
        groups.clear();
    }
    let tell_answered = groups.iter().all(|g| matches!(Cell::part(g.answered, g.received), Cell::Exact(_)));
    let tell_overdue = groups.iter().all(|g| matches!(Cell::alone(g.overdue), Cell::Exact(_)));
    let lines = groups
        .into_iter()
        .map(|g| Line {
            topic: g.topic,
            received: g.received,
            answered: tell_answered.then_some(g.answered),
            overdue: tell_overdue.then_some(g.overdue),
        })
        .collect();
    Published {
        received: Cell::alone(received),
        answered: Cell::part(answered, received),
        overdue: Cell::alone(overdue),
        rectified: None,
        lines,
    }
}

/// Topics that may stand alone, most received first, then all others together; every group has at least [`SMALLEST`],
/// unless there is only one.
fn grouped<T: Copy + Ord>(counts: &[Count<T>]) -> Vec<Count<Option<T>>> {
    let mut sorted = counts.to_vec();
    sorted.sort_by_key(|c| (std::cmp::Reverse(c.received), c.topic));
    let listed = sorted.iter().filter(|c| c.received >= SMALLEST).count();
    if let Some(rest) = sorted.get(listed..)
        && !rest.is_empty()
        && !can_stand_together(rest)
    {
        return Vec::new();
    }
    let (alone, rest) = sorted.split_at(listed);
    let mut groups: Vec<_> = alone.iter().map(|c| together(std::slice::from_ref(c), Some(c.topic))).collect();
    if !rest.is_empty() {
        groups.push(together(rest, None));
    }
    groups
}

fn together<T>(counts: &[Count<T>], topic: Option<T>) -> Count<Option<T>> {
    let sum = |number: fn(&Count<T>) -> u64| counts.iter().map(number).sum();
    Count { topic, received: sum(|c| c.received), answered: sum(|c| c.answered), overdue: sum(|c| c.overdue) }
}

/// Whether topics below [`SMALLEST`] can stand in a line of their own: their sum says nothing about one of them.
fn can_stand_together<T>(few: &[Count<T>]) -> bool {
    let sum: u64 = few.iter().map(|c| c.received).sum();
    let others = few.len().saturating_sub(1) as u64;
    sum >= SMALLEST && sum <= (SMALLEST - 1) * others
}

#[cfg(test)]
mod tests;
