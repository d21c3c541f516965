//! Scores, days, and what is found again and again.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    kernel::ids::{ChecklistId, FindingId, PatrolClassId},
    visits::model::Visit,
};

/// So often at the same place is again and again.
pub const REPEATS: usize = 3;
/// Within so many days.
pub const REPEAT_DAYS: i64 = 14;

/// A score: so much of so much.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// What it got.
    pub mark: i64,
    /// The most that it could get.
    pub most: i64,
}

impl Score {
    /// Adds a mark.
    pub const fn add(&mut self, mark: i64, most: i64) {
        self.mark += mark;
        self.most += most;
    }

    /// Of a hundred, rounded; `None` when nothing was judged.
    pub fn percent(self) -> Option<i64> {
        (self.most > 0).then(|| (self.mark * 200 + self.most) / (2 * self.most))
    }
}

/// A finding on which nobody decided yet, as it is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The finding.
    pub finding: FindingId,
    /// By which checklist.
    pub checklist: ChecklistId,
    /// Where.
    pub place: String,
    /// The key of the item.
    pub item: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// What was found again and again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repeat {
    /// By which checklist.
    pub checklist: ChecklistId,
    /// Where.
    pub place: String,
    /// The key of the item.
    pub item: String,
    /// The findings, oldest first.
    pub findings: Vec<FindingId>,
    /// When it was found last.
    pub last: DateTime<Utc>,
}

/// What was found at least [`REPEATS`] times in the last [`REPEAT_DAYS`] days, most often first.
pub fn repeats(seen: &[Seen], now: DateTime<Utc>) -> Vec<Repeat> {
    let mut sorted: Vec<&Seen> = seen.iter().filter(|s| is_recent(s.at, now)).collect();
    sorted.sort_by_key(|s| (s.at, s.finding));
    let mut found: Vec<Repeat> = Vec::new();
    for s in sorted {
        let same = |r: &&mut Repeat| r.checklist == s.checklist && r.item == s.item && r.place == s.place;
        match found.iter_mut().find(same) {
            Some(repeat) => {
                repeat.findings.push(s.finding);
                repeat.last = s.at;
            }
            None => found.push(Repeat {
                checklist: s.checklist,
                place: s.place.clone(),
                item: s.item.clone(),
                findings: vec![s.finding],
                last: s.at,
            }),
        }
    }
    found.retain(|r| r.findings.len() >= REPEATS);
    found.sort_by_key(|r| (std::cmp::Reverse(r.findings.len()), std::cmp::Reverse(r.last)));
    found
}

fn is_recent(at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    at <= now && now - at <= TimeDelta::days(REPEAT_DAYS)
}

/// What patrols say of a class or a place on a day.
#[derive(Clone, Debug)]
pub struct PlaceDay {
    /// Its name.
    pub place: String,
    /// The class, when it is one.
    pub class: Option<PatrolClassId>,
    /// How it did.
    pub score: Score,
    /// The visits.
    pub visits: Vec<Visit>,
    /// How many things were found.
    pub findings: usize,
}

/// What patrols say of an item on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemDay {
    /// What was to be in order.
    pub item: String,
    /// How it did everywhere.
    pub score: Score,
    /// Where it was not in order.
    pub places: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn now() -> DateTime<Utc> {
        "2026-03-10T02:00:00Z".parse().unwrap()
    }

    fn seen(number: u128, place: &str, item: &str, days_ago: i64) -> Seen {
        Seen {
            finding: FindingId(Uuid::from_u128(number)),
            checklist: ChecklistId(Uuid::nil()),
            place: place.to_string(),
            item: item.to_string(),
            at: now() - TimeDelta::days(days_ago),
        }
    }

    #[test]
    fn the_third_time_in_two_weeks_is_again_and_again() {
        let twice = vec![seen(1, "三(2)班", "a1", 13), seen(2, "三(2)班", "a1", 2)];
        assert_eq!(repeats(&twice, now()), []);
        let third = |s: Seen| repeats(&[twice.clone(), vec![s]].concat(), now());
        assert_eq!(third(seen(3, "三(2)班", "a1", 0))[0].findings.len(), 3);
        assert_eq!(third(seen(3, "三(2)班", "a1", 14)).len(), 1, "the last day counts");
        assert_eq!(third(seen(3, "三(2)班", "a1", 15)), [], "too long ago");
        assert_eq!(third(seen(3, "三(1)班", "a1", 0)), [], "another class");
        assert_eq!(third(seen(3, "三(2)班", "a2", 0)), [], "another item");
    }

    #[test]
    fn a_score_is_rounded_and_nothing_judged_is_no_score() {
        assert_eq!(Score::default().percent(), None);
        assert_eq!(Score { mark: 2, most: 3 }.percent(), Some(67));
        assert_eq!(Score { mark: 0, most: 7 }.percent(), Some(0));
        assert_eq!(Score { mark: 7, most: 7 }.percent(), Some(100));
    }

    proptest! {
        #[test]
        fn no_finding_is_counted_twice_and_none_too_few(
            raw in prop::collection::vec((0..3usize, 0..3usize, 0..20i64), 0..40)
        ) {
            let all: Vec<Seen> = (1..).zip(&raw)
                .map(|(n, (place, item, ago))| seen(n, &place.to_string(), &item.to_string(), *ago)).collect();
            let found = repeats(&all, now());
            let mut ids: Vec<FindingId> = found.iter().flat_map(|r| r.findings.clone()).collect();
            let count = ids.len();
            ids.sort_unstable();
            ids.dedup();
            prop_assert_eq!(ids.len(), count);
            for place in 0..3usize {
                for item in 0..3usize {
                    let times = raw.iter().filter(|(p, i, ago)| (*p, *i) == (place, item) && *ago <= REPEAT_DAYS).count();
                    let shown = found.iter().find(|r| r.place == place.to_string() && r.item == item.to_string());
                    prop_assert_eq!(shown.map_or(0, |r| r.findings.len()), if times >= REPEATS { times } else { 0 });
                }
            }
        }
    }
}
