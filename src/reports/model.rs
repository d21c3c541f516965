//! What is counted of cases, and the rates.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    cases::model::{Source, State},
    kernel::ids::CaseId,
};

/// What a report reads of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The case.
    pub id: CaseId,
    /// Its number.
    pub number: String,
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
    /// When it was answered; of a merged case, when its lead was.
    pub answered_at: Option<DateTime<Utc>>,
    /// How many people sent it.
    pub submissions: u64,
    /// How often it was reopened.
    pub reopened: i64,
    /// What the submitter said last.
    pub judged: Option<Judgement>,
    /// How often somebody tried to call back.
    pub tries: i64,
    /// What else there is to see of it.
    pub trace: Trace,
}

/// What a submitter said: the three questions, and who asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// The department contacted them.
    pub contacted: bool,
    /// It is solved.
    pub solved: bool,
    /// They are satisfied.
    pub satisfied: bool,
    /// Who asked.
    pub source: Source,
}

/// What the story of a case leaves to be counted. Departments by name, empty for the office.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    /// Departments that returned it 退单.
    pub returned: Vec<String>,
    /// Departments whose return was upheld.
    pub upheld: Vec<String>,
    /// Departments whose answer was out when it was reopened.
    pub reopened: Vec<String>,
    /// How often its topic was changed.
    pub topic_changes: u64,
    /// How often something was merged into it.
    pub merges: u64,
    /// How often the office wrote to the submitter.
    pub messages: u64,
    /// Whether an order of supervision was issued over it.
    pub supervised: bool,
    /// Whether its last answer is shorter than asked for.
    pub short_answer: bool,
    /// Whether its last answer was given word for word in an earlier case.
    pub same_answer: bool,
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
    /// Merged into another case: received, and judged by who sent it; all else is their lead's.
    pub merged: u64,
    /// Answered.
    pub answered: u64,
    /// Still open.
    pub open: u64,
    /// Open, and the promise has passed.
    pub late: u64,
    /// Not accepted.
    pub declined: u64,
    /// Given to another body: no answer of ours.
    pub transferred: u64,
    /// Taken back.
    pub withdrawn: u64,
    /// Reopened at least once.
    pub reopened: u64,
    /// 响应率: answered within the limit, of those that were due.
    pub on_time: Rate,
    /// 联系率: "contacted" / callbacks answered.
    pub contacted: Rate,
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
        // What people say of the answer is said by each of them, whoever's case was handled. "Not solved" counts from the
        // moment it was said, while the case is handled again too.
        if let Some(said) = fact.judged {
            self.contacted.count(said.contacted);
            self.solved.count(said.solved);
            self.satisfied.count(said.satisfied);
        }
        self.silent += u64::from(fact.answered_at.is_some() && fact.judged.is_none());
        if fact.state == State::Merged {
            self.merged += 1;
            return;
        }
        match fact.state {
            State::Declined => self.declined += 1,
            State::Transferred => self.transferred += 1,
            State::Withdrawn => self.withdrawn += 1,
            state if state.is_open() => {
                self.open += 1;
                self.late += u64::from(fact.promised_at < now);
            }
            _ => {}
        }
        self.reopened += u64::from(fact.reopened > 0);
        let ended = matches!(fact.state, State::Declined | State::Transferred | State::Withdrawn);
        if let Some(at) = fact.answered_at {
            self.answered += 1;
            self.hours.push((at - fact.received_at).num_hours());
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
    /// The same by the Monday of the week.
    pub spot_weeks: BTreeMap<(String, String, NaiveDate), u64>,
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
            let (place, topic) = (fact.place.clone(), fact.topic.clone());
            *report.spot_weeks.entry((place.clone(), topic.clone(), week_of(fact.received_at))).or_default() += 1;
            *report.spots.entry((place, topic)).or_default() += 1;
        }
    }
    report
}

impl Report {
    /// Places where the same topic came most often, the most often first: at least three times.
    pub fn hot_spots(&self, most: usize) -> Vec<(&(String, String), u64)> {
        let mut spots = self.busiest(most);
        spots.retain(|(_, n)| *n >= 3);
        spots
    }

    /// Places and topics of which the most came, the most first.
    pub fn busiest(&self, most: usize) -> Vec<(&(String, String), u64)> {
        let mut spots: Vec<_> = self.spots.iter().map(|(spot, n)| (spot, *n)).collect();
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
            id: CaseId(uuid::Uuid::from_u128(1)),
            number: String::new(),
            tries: 0,
            trace: Trace::default(),
        }
    }

    fn said(solved: bool, satisfied: bool) -> Option<Judgement> {
        Some(Judgement { contacted: true, solved, satisfied, source: Source::Own })
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
        let happy = Fact { judged: said(true, true), ..answered.clone() };
        let half = Fact { judged: said(true, false), ..answered.clone() };
        let numbers = counted(&[answered, happy, half]);
        assert_eq!((numbers.solved, numbers.satisfied), (Rate { of: 2, all: 2 }, Rate { of: 1, all: 2 }));
        assert_eq!(numbers.silent, 1);
    }

    #[test]
    fn not_solved_counts_while_the_case_is_handled_again() {
        let numbers = counted(&[Fact { state: State::Reopened, judged: said(false, false), reopened: 1, ..fact() }]);
        assert_eq!((numbers.solved, numbers.silent), (Rate { of: 0, all: 1 }, 0));
    }

    #[test]
    fn withdrawn_declined_and_transferred_ones_are_owed_no_answer() {
        let gone = [State::Withdrawn, State::Declined, State::Transferred].map(|state| Fact { state, ..fact() });
        let numbers = counted(&gone);
        assert_eq!(numbers.on_time.all, 0);
        assert_eq!((numbers.withdrawn, numbers.declined, numbers.transferred), (1, 1, 1));
        assert_eq!((numbers.late, numbers.answered), (0, 0));
    }

    #[test]
    fn merged_ones_are_received_and_their_lead_is_counted() {
        let lead = Fact { submissions: 2, ..fact() };
        let merged = Fact { state: State::Merged, answered_at: Some(at("2026-03-05T02:00:00Z")), ..fact() };
        let numbers = counted(&[lead, merged]);
        assert_eq!((numbers.received, numbers.submissions, numbers.merged), (2, 3, 1));
        assert_eq!((numbers.open, numbers.late, numbers.answered, numbers.on_time.all), (1, 1, 0, 1));
        assert_eq!(
            (numbers.silent, numbers.solved.all),
            (1, 0),
            "the lead was answered, and this one has said nothing"
        );
        let answered = Fact { state: State::Merged, answered_at: Some(at("2026-03-05T02:00:00Z")), ..fact() };
        let numbers = counted(&[Fact { judged: said(true, false), ..answered }]);
        assert_eq!((numbers.solved, numbers.satisfied.of, numbers.silent), (Rate { of: 1, all: 1 }, 0, 0));
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
