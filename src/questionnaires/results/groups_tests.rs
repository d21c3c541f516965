//! Every small world is tried: no number below five can be worked out from groups or rows.

use std::collections::{BTreeSet, HashMap};

use proptest::prelude::*;

use super::*;

/// Looks → values that something hidden has in the worlds that look so.
type Seen = HashMap<String, BTreeSet<u64>>;

fn assert_hidden(what: &str, seen: &Seen) {
    for (look, values) in seen {
        let alone = values.len() == 1;
        assert!(!alone || values.first() >= Some(&SMALLEST), "{what} is {values:?} in {look}");
    }
}

#[test]
fn usual_numbers_stand_alone_and_small_ones_with_their_neighbours() {
    assert_eq!(split(&[9, 8, 7]), [vec![0], vec![1], vec![2]]);
    assert_eq!(split(&[1, 2, 9, 20, 8]), [vec![0, 1, 2], vec![3], vec![4]]);
    assert_eq!(split(&[9, 20, 8, 0]), [vec![0], vec![1], vec![2, 3]]);
    assert!(split(&[40, 0, 0]).is_empty(), "that all said the same is said of nobody");
    assert!(split(&[4, 4]).is_empty());
    assert!(split(&[]).is_empty());
    assert_eq!(sums(&[1, 2, 9, 20], &split(&[1, 2, 9, 20])), [12, 20]);
}

#[test]
fn no_part_of_a_question_below_five_can_be_worked_out() {
    // Up to 24 people and four answers; every union of answers is a number that somebody may look for.
    let mut seen: Vec<Seen> = vec![Seen::new(); 16];
    for n in 0..25u64.pow(4) {
        let world = [n % 25, n / 25 % 25, n / 625 % 25, n / 15_625];
        // A stage has ten people at least.
        if !(10..=24).contains(&world.iter().sum::<u64>()) {
            continue;
        }
        let groups = split(&world);
        // How many answered is known always.
        let look = format!("{} {groups:?} {:?}", world.iter().sum::<u64>(), sums(&world, &groups));
        for (part, seen) in seen.iter_mut().enumerate() {
            let value = (0..4).filter(|i| part >> i & 1 == 1).map(|i| world[i]).sum();
            seen.entry(look.clone()).or_default().insert(value);
        }
    }
    for (part, seen) in seen.iter().enumerate().filter(|(part, _)| (1..15).contains(part)) {
        assert_hidden(&format!("part {part:b}"), seen);
    }
}

#[test]
fn no_cell_of_a_breakdown_below_five_can_be_worked_out() {
    // Two answers, three classes whose sizes are known to everybody.
    for sizes in [[5, 5, 5], [5, 6, 9], [6, 5, 11], [9, 10, 10], [12, 5, 8]] {
        let mut seen: Vec<Seen> = vec![Seen::new(); 64];
        let worlds =
            (0..=sizes[0]).flat_map(|a| (0..=sizes[1]).flat_map(move |b| (0..=sizes[2]).map(move |c| [a, b, c])));
        for yes in worlds {
            let lane = |i: usize| vec![yes[i], sizes[i] - yes[i]];
            let total = [yes.iter().sum::<u64>(), sizes.iter().sum::<u64>() - yes.iter().sum::<u64>()];
            let groups = split(&total);
            let told = if groups.is_empty() { Vec::new() } else { rows(&[vec![0], vec![1], vec![2]], lane) };
            let shown: Vec<u64> = told.iter().map(|r| r.iter().map(|i| yes[*i]).sum()).collect();
            let look = format!("{:?} {told:?} {shown:?}", sums(&total, &groups));
            // Unions of the six cells.
            for (part, seen) in seen.iter_mut().enumerate() {
                let cell = |i: usize| if i < 3 { yes[i] } else { sizes[i - 3] - yes[i - 3] };
                let value = (0..6).filter(|i| part >> i & 1 == 1).map(cell).sum();
                seen.entry(look.clone()).or_default().insert(value);
            }
        }
        for (part, seen) in seen.iter().enumerate().filter(|(part, _)| *part > 0) {
            assert_hidden(&format!("part {part:b} of {sizes:?}"), seen);
        }
    }
}

/// The sum of some lanes, cell by cell.
fn sums_of(table: &[Vec<u64>], lanes: &[usize]) -> Vec<u64> {
    let mut sum = vec![0; 3];
    lanes.iter().for_each(|i| sum.iter_mut().zip(&table[*i]).for_each(|(s, n)| *s += n));
    sum
}

proptest! {
    #[test]
    fn groups_hold_everybody_once_and_five_at_least(counts in prop::collection::vec(0..40u64, 0..12)) {
        let groups = split(&counts);
        let cells: Vec<usize> = groups.iter().flatten().copied().collect();
        prop_assert!(groups.is_empty() || cells == (0..counts.len()).collect::<Vec<_>>());
        prop_assert!(sums(&counts, &groups).iter().all(|n| *n >= SMALLEST));
    }

    #[test]
    fn rows_have_five_people_in_every_cell(table in prop::collection::vec(prop::collection::vec(0..30u64, 3), 0..8)) {
        let units: Vec<Vec<usize>> = (0..table.len()).map(|i| vec![i]).collect();
        let told = rows(&units, |i| table[i].clone());
        for row in &told {
            let cells = sums_of(&table, row);
            prop_assert!(cells.iter().all(|n| *n >= SMALLEST));
        }
    }
}
