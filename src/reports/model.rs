//! What is counted of cases, and the rates.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use crate::cases::model::State;

/// What a report reads of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The department that has it or answered it; empty for the office.
    pub department: String,
    /// The code of the topic.
    pub topic: String,
    /// The code of the channel.
    pub channel: String,
    /// The place.
    pub place: String,
    /// Where it stands.
    pub state: State,
    /// When it came.
    pub received_at: DateTime<Utc>,
    /// When an answer was promised.
    pub promised_at: DateTime<Utc>,
    /// When it was answered.
    pub answered_at: Option<DateTime<Utc>>,
    /// How many people sent it.
    pub submissions: u64,
    /// How often it was reopened.
    pub reopened: i64,
    /// What the submitter said last: solved, satisfied.
    pub judged: Option<(bool, bool)>,
}

/// A share with what it is a share of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rate {
    /// How many.
    pub of: u64,
    /// Of so many.
    pub all: u64,
}

impl Rate {
    /// In tenths of a percent; `None` of nothing.
    pub const fn per_mille(self) -> Option<u64> {
        (self.of * 1000 + self.all / 2).checked_div(self.all)
    }

    const fn count(&mut self, hit: bool) {
        self.all += 1;
        if hit {
            self.of += 1;
        }
    }
}

/// The numbers of a group of cases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    /// Cases that came in the period.
    pub received: u64,
    /// What people sent: a case can have several submissions.
    pub submissions: u64,
    /// Merged into another case: received, and nothing else; their lead counts.
    pub merged: u64,
    /// Answered.
    pub answered: u64,
    /// Still open.
    pub open: u64,
    /// Open, and the promise has passed.
    pub late: u64,
    /// Not accepted.
    pub declined: u64,
    /// Taken back.
    pub withdrawn: u64,
    /// Reopened at least once.
    pub reopened: u64,
    /// 响应率: answered within the limit, of those that were due.
    pub on_time: Rate,
    /// 解决率.
    pub solved: Rate,
    /// 满意率.
    pub satisfied: Rate,
    /// Answered, and nobody said anything.
    pub silent: u64,
    /// Hours until the answer, of each answered case.
    hours: Vec<i64>,
}

impl Numbers {
    fn count(&mut self, fact: &Fact, now: DateTime<Utc>) {
        self.received += 1;
        self.submissions += fact.submissions;
        if fact.state == State::Merged {
            self.merged += 1;
            return;
        }
        match fact.state {
            State::Declined => self.declined += 1,
            State::Withdrawn => self.withdrawn += 1,
            state if state.is_open() => {
                self.open += 1;
                self.late += u64::from(fact.promised_at < now);
            }
            _ => {}
        }
        self.reopened += u64::from(fact.reopened > 0);
        let ended = matches!(fact.state, State::Declined | State::Withdrawn);
        if let Some(at) = fact.answered_at {
            self.answered += 1;
            self.hours.push((at - fact.received_at).num_hours());
            match fact.judged {
                Some((solved, satisfied)) => {
                    self.solved.count(solved);
                    self.satisfied.count(satisfied);
                }
                None => self.silent += 1,
            }
        }
        if !ended && (fact.answered_at.is_some() || fact.promised_at < now) {
            self.on_time.count(fact.answered_at.is_some_and(|at| at <= fact.promised_at));
        }
    }

    /// The time until the answer that so many percent of the answered cases did not exceed, in hours (nearest rank).
    pub fn hours(&self, percent: usize) -> Option<i64> {
        let mut sorted = self.hours.clone();
        sorted.sort_unstable();
        let rank = (sorted.len() * percent).div_ceil(100).max(1);
        sorted.get(rank - 1).copied()
    }
}

/// A report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Everything.
    pub all: Numbers,
    /// By department; the office's own under an empty name.
    pub departments: BTreeMap<String, Numbers>,
    /// By topic.
    pub topics: BTreeMap<String, Numbers>,
    /// By channel.
    pub channels: BTreeMap<String, Numbers>,
    /// Received by the Monday of their week.
    pub weeks: BTreeMap<NaiveDate, u64>,
    /// How often the same topic came from the same place.
    pub spots: BTreeMap<(String, String), u64>,
}

/// Counts. `week_of` gives the Monday of the local week of a time.
pub fn count(facts: &[Fact], now: DateTime<Utc>, week_of: impl Fn(DateTime<Utc>) -> NaiveDate) -> Report {
    let mut report = Report::default();
    for fact in facts {
        report.all.count(fact, now);
        report.departments.entry(fact.department.clone()).or_default().count(fact, now);
        report.topics.entry(fact.topic.clone()).or_default().count(fact, now);
        report.channels.entry(fact.channel.clone()).or_default().count(fact, now);
        *report.weeks.entry(week_of(fact.received_at)).or_default() += 1;
        if !fact.place.is_empty() {
            *report.spots.entry((fact.place.clone(), fact.topic.clone())).or_default() += 1;
        }
    }
    report
}

impl Report {
    /// Places where the same topic came most often, the most often first: at least three times.
    pub fn hot_spots(&self, most: usize) -> Vec<(&(String, String), u64)> {
        let mut spots: Vec<_> = self.spots.iter().map(|(spot, n)| (spot, *n)).filter(|(_, n)| *n >= 3).collect();
        spots.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        spots.truncate(most);
        spots
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn fact() -> Fact {
        Fact {
            department: "食堂".into(),
            topic: "canteen".into(),
            channel: "box".into(),
            place: "食堂三楼".into(),
            state: State::InProgress,
            received_at: at("2026-03-02T02:00:00Z"),
            promised_at: at("2026-03-09T09:30:00Z"),
            answered_at: None,
            submissions: 1,
            reopened: 0,
            judged: None,
        }
    }

    fn counted(facts: &[Fact]) -> Numbers {
        count(facts, at("2026-03-12T02:00:00Z"), |t| t.date_naive()).all
    }

    #[test]
    fn late_ones_count_against_the_rate_and_those_not_due_do_not_count() {
        let not_due = Fact { promised_at: at("2026-03-20T09:30:00Z"), ..fact() };
        let in_time = Fact { state: State::Closed, answered_at: Some(at("2026-03-05T02:00:00Z")), ..fact() };
        let too_late = Fact { state: State::Answered, answered_at: Some(at("2026-03-10T02:00:00Z")), ..fact() };
        let numbers = counted(&[fact(), not_due, in_time, too_late]);
        assert_eq!(numbers.on_time, Rate { of: 1, all: 3 });
        assert_eq!((numbers.open, numbers.late, numbers.answered), (2, 1, 2));
    }

    #[test]
    fn silence_is_neither_satisfied_nor_in_the_denominator() {
        let answered = Fact { state: State::Answered, answered_at: Some(at("2026-03-05T02:00:00Z")), ..fact() };
        let happy = Fact { judged: Some((true, true)), ..answered.clone() };
        let half = Fact { judged: Some((true, false)), ..answered.clone() };
        let numbers = counted(&[answered, happy, half]);
        assert_eq!((numbers.solved, numbers.satisfied), (Rate { of: 2, all: 2 }, Rate { of: 1, all: 2 }));
        assert_eq!(numbers.silent, 1);
    }

    #[test]
    fn withdrawn_and_declined_ones_are_owed_no_answer() {
        let gone = [State::Withdrawn, State::Declined].map(|state| Fact { state, ..fact() });
        let numbers = counted(&gone);
        assert_eq!(numbers.on_time.all, 0);
        assert_eq!((numbers.withdrawn, numbers.declined, numbers.late), (1, 1, 0));
    }

    #[test]
    fn merged_ones_are_received_and_their_lead_is_counted() {
        let lead = Fact { submissions: 2, ..fact() };
        let merged = Fact { state: State::Merged, answered_at: Some(at("2026-03-05T02:00:00Z")), ..fact() };
        let numbers = counted(&[lead, merged]);
        assert_eq!((numbers.received, numbers.submissions, numbers.merged), (2, 3, 1));
        assert_eq!((numbers.open, numbers.late, numbers.answered, numbers.on_time.all), (1, 1, 0, 1));
    }

    #[test]
    fn the_ninetieth_of_a_hundred_is_the_ninetieth() {
        let facts: Vec<Fact> = (1..=100)
            .map(|n| Fact {
                state: State::Answered,
                answered_at: Some(fact().received_at + chrono::TimeDelta::hours(n)),
                ..fact()
            })
            .collect();
        let numbers = counted(&facts);
        assert_eq!((numbers.hours(50), numbers.hours(90), numbers.hours(100)), (Some(50), Some(90), Some(100)));
        assert_eq!(Numbers::default().hours(50), None);
    }

    proptest! {
        /// The parts add up to the whole.
        #[test]
        fn parts_add_up(picks in prop::collection::vec((0..3usize, 0..3usize, 0..9usize, any::<bool>()), 0..60)) {
            let facts: Vec<Fact> = picks
                .into_iter()
                .map(|(d, t, s, answered)| Fact {
                    department: ["", "食堂", "总务处"][d].into(),
                    topic: ["canteen", "safety", "other"][t].into(),
                    state: State::ALL[s],
                    answered_at: answered.then(|| at("2026-03-05T02:00:00Z")),
                    ..fact()
                })
                .collect();
            let report = count(&facts, at("2026-03-12T02:00:00Z"), |t| t.date_naive());
            for parts in [&report.departments, &report.topics, &report.channels] {
                prop_assert_eq!(parts.values().map(|n| n.received).sum::<u64>(), report.all.received);
                prop_assert_eq!(parts.values().map(|n| n.late).sum::<u64>(), report.all.late);
                prop_assert_eq!(parts.values().map(|n| n.on_time.of).sum::<u64>(), report.all.on_time.of);
                prop_assert_eq!(parts.values().map(|n| n.on_time.all).sum::<u64>(), report.all.on_time.all);
            }
            prop_assert!(report.all.on_time.of <= report.all.on_time.all);
        }
    }
}
