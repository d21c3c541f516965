//! Small numbers are put together until nothing small is left.

/// The smallest number of people that is shown.
pub const SMALLEST: u64 = 5;

/// Neighbouring cells put together, from left to right, until each group has [`SMALLEST`] people and the rest has, too. Fewer
/// than two groups tell nothing: then it is empty.
///
/// Why a group was not closed earlier is all that its sum does not say: what stood before its last cell was below
/// [`SMALLEST`], or what followed was. Whichever member of it one looks at, it can be anything from 0 to 4, the rest lying
/// with another member; so can every part of the group.
pub fn split(counts: &[u64]) -> Vec<Vec<usize>> {
    let mut left: u64 = counts.iter().sum();
    let (mut groups, mut open, mut sum) = (Vec::new(), Vec::new(), 0);
    for (cell, count) in counts.iter().enumerate() {
        open.push(cell);
        sum += count;
        left -= count;
        if sum >= SMALLEST && left >= SMALLEST {
            groups.push(std::mem::take(&mut open));
            sum = 0;
        }
    }
    // What is open still has what the last closing left over: five or more, or everything.
    groups.push(open);
    if groups.len() < 2 { Vec::new() } else { groups }
}

/// Sums of groups of cells.
pub fn sums(counts: &[u64], groups: &[Vec<usize>]) -> Vec<u64> {
    groups.iter().map(|g| g.iter().filter_map(|i| counts.get(*i)).sum()).collect()
}

/// A table of lanes (classes, answers to another question) and cells is cut into rows of neighbouring lanes in which every
/// cell has [`SMALLEST`] people. `units` are the lanes that may stand alone in a table of their own; a row never cuts one.
/// Fewer than two rows tell nothing more than the sum: then it is empty.
pub fn rows(units: &[Vec<usize>], lane: impl Fn(usize) -> Vec<u64>) -> Vec<Vec<usize>> {
    let add = |sum: &mut Vec<u64>, unit: &[usize]| {
        for counts in unit.iter().map(|i| lane(*i)) {
            sum.resize(sum.len().max(counts.len()), 0);
            sum.iter_mut().zip(counts).for_each(|(s, n)| *s += n);
        }
    };
    let enough = |sum: &[u64]| !sum.is_empty() && sum.iter().all(|n| *n >= SMALLEST);
    let (mut rows, mut open, mut sum) = (Vec::new(), Vec::new(), Vec::new());
    for (at, unit) in units.iter().enumerate() {
        open.extend_from_slice(unit);
        add(&mut sum, unit);
        let mut rest = Vec::new();
        units.iter().skip(at + 1).for_each(|u| add(&mut rest, u));
        if enough(&sum) && enough(&rest) {
            rows.push(std::mem::take(&mut open));
            sum.clear();
        }
    }
    rows.push(open);
    if rows.len() < 2 { Vec::new() } else { rows }
}

#[cfg(test)]
#[path = "groups_tests.rs"]
mod tests;
