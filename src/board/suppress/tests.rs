//! Every small world is tried: from what is published, nobody can tell a number below 5.

use std::collections::{BTreeSet, HashMap};

use proptest::prelude::*;

use super::*;

fn count(topic: usize, received: u64, answered: u64) -> Count<usize> {
    Count { topic, received, answered, overdue: 0 }
}

fn world(received: &[u64]) -> Vec<Count<usize>> {
    received.iter().enumerate().map(|(topic, r)| count(topic, *r, 0)).collect()
}

/// For worlds that look alike, the values that a number can have. None below 5 may stand alone.
fn assert_hidden(name: &str, seen: &HashMap<String, Vec<u64>>) {
    for (look, values) in seen {
        let distinct: BTreeSet<u64> = values.iter().copied().collect();
        let alone = distinct.len() == 1;
        assert!(!alone || distinct.first() >= Some(&SMALLEST), "{name} is {distinct:?} in {look}");
    }
}

#[test]
fn a_part_of_a_whole_tells_neither_itself_nor_the_rest_when_they_are_small() {
    let (mut parts, mut rests) = (HashMap::<String, Vec<u64>>::new(), HashMap::<String, Vec<u64>>::new());
    for whole in 0..40 {
        for part in 0..=whole {
            let look = format!("{:?} of {:?}", Cell::part(part, whole), Cell::alone(whole));
            parts.entry(look.clone()).or_default().push(part);
            rests.entry(look).or_default().push(whole - part);
        }
    }
    assert_hidden("the part", &parts);
    assert_hidden("the rest", &rests);
}

#[test]
fn no_topic_below_five_can_be_worked_out_in_any_world_of_four_topics() {
    let mut seen = vec![HashMap::<String, Vec<u64>>::new(); 4];
    for n in 0..14u64.pow(4) {
        let received = [n % 14, n / 14 % 14, n / 196 % 14, n / 2744];
        let look = format!("{:?}", publish(&world(&received)));
        for (topic, seen) in seen.iter_mut().enumerate() {
            seen.entry(look.clone()).or_default().push(received[topic]);
        }
    }
    for (topic, seen) in seen.iter().enumerate() {
        assert_hidden(&format!("topic {topic}"), seen);
    }
}

#[test]
fn neither_answered_nor_open_cases_of_a_topic_can_be_worked_out() {
    let (mut answered, mut open) = (HashMap::<String, Vec<u64>>::new(), HashMap::<String, Vec<u64>>::new());
    let topics: Vec<(u64, u64)> = (0..16).flat_map(|r| (0..=r).map(move |a| (r, a))).collect();
    for (r0, a0) in &topics {
        for (r1, a1) in &topics {
            let look = format!("{:?}", publish(&[count(0, *r0, *a0), count(1, *r1, *a1)]));
            answered.entry(look.clone()).or_default().push(*a0);
            open.entry(look).or_default().push(r0 - a0);
        }
    }
    assert_hidden("answered", &answered);
    assert_hidden("open", &open);
}

#[test]
fn one_more_case_of_a_small_topic_changes_nothing_by_topic() {
    let (before, after) = (publish(&world(&[40, 9, 0, 3, 2])), publish(&world(&[40, 9, 1, 3, 2])));
    let topics = |p: &Published<usize>| p.lines.iter().map(|l| l.topic).collect::<Vec<_>>();
    assert_eq!(topics(&before), topics(&after));
    assert_eq!(topics(&before), [Some(0), Some(1), None]);
}

#[test]
fn an_empty_board_looks_like_one_with_four_cases() {
    assert_eq!(publish(&world(&[0, 0])), publish(&world(&[2, 2])));
    assert_eq!(publish::<usize>(&[]).received, Cell::Few);
}

#[test]
fn usual_numbers_are_simply_shown() {
    let counts = [count(0, 46, 30), count(1, 29, 20), count(2, 12, 6)];
    let published = publish(&counts);
    assert_eq!((published.received, published.answered), (Cell::Exact(87), Cell::Exact(56)));
    assert_eq!(published.overdue, Cell::Few);
    let lines: Vec<_> = published.lines.iter().map(|l| (l.topic, l.received, l.answered)).collect();
    assert_eq!(lines, [(Some(0), 46, Some(30)), (Some(1), 29, Some(20)), (Some(2), 12, Some(6))]);
}

proptest! {
    #[test]
    fn no_number_and_no_difference_below_five_is_shown(
        counts in prop::collection::vec((0..60u64, 0..=100u64, 0..12u64), 0..9),
    ) {
        let counts: Vec<Count<usize>> = counts
            .into_iter()
            .enumerate()
            .map(|(topic, (received, percent, overdue))| {
                Count { topic, received, answered: received * percent / 100, overdue }
            })
            .collect();
        let total: u64 = counts.iter().map(|c| c.received).sum();
        let published = publish(&counts);
        for cell in [published.received, published.answered, published.overdue] {
            if let Cell::Exact(n) = cell { prop_assert!(n >= SMALLEST) }
        }
        if let Cell::Exact(answered) = published.answered { prop_assert!(total - answered >= SMALLEST) }
        let listed: u64 = published.lines.iter().map(|l| l.received).sum();
        prop_assert!(published.lines.is_empty() || listed == total);
        for line in &published.lines {
            prop_assert!(line.received >= SMALLEST && total - line.received >= SMALLEST);
            if let Some(answered) = line.answered {
                prop_assert!(answered >= SMALLEST && line.received - answered >= SMALLEST);
            }
            if let Some(overdue) = line.overdue { prop_assert!(overdue >= SMALLEST) }
        }
    }
}
