//! What can be counted of a case: each measure is a question with yes or no, so that every number opens exactly the cases
//! that it counts, in lists and exports alike. Pure.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use crate::{
    cases::model::{Source, State},
    reports::model::{Fact, Judgement, Rate},
};

crate::code_enum! {
    /// A question about a case.
    pub enum Measure {
        /// Came in the period.
        Received = "received",
        /// Answered.
        Answered = "answered",
        /// Still open.
        Open = "open",
        /// Open, and the promise has passed.
        Late = "late",
        /// An answer was owed by now, or was given.
        Due = "due",
        /// Answered within the limit.
        OnTime = "on_time",
        /// Given to another body.
        Transferred = "transferred",
        /// The submitter judged it.
        Judged = "judged",
        /// Judged: contacted.
        Contacted = "contacted",
        /// Judged: solved.
        Solved = "solved",
        /// Judged: satisfied.
        Satisfied = "satisfied",
        /// Answered, and nobody said anything.
        Silent = "silent",
        /// Closed, and nobody spoke with the submitter: neither a call, nor a message, nor "they contacted me".
        NoContact = "no_contact",
        /// The department returned it 退单.
        Returned = "returned",
        /// The return was upheld.
        Upheld = "upheld",
        /// Its topic was changed.
        TopicChanged = "topic_changed",
        /// Something was merged into it.
        Merged = "merged",
        /// Reopened after an answer.
        Reopened = "reopened",
        /// The answer is very short.
        ShortAnswer = "short_answer",
        /// The answer was given word for word before.
        SameAnswer = "same_answer",
        /// Silent past its limit: it should have been asked about.
        Askable = "askable",
        /// Of these, somebody tried to call.
        Asked = "asked",
        /// An order of supervision was issued over it.
        Supervised = "supervised",
    }
}

impl Measure {
    /// Whether the answer is yes.
    pub fn holds(self, fact: &Fact, now: DateTime<Utc>) -> bool {
        let ended = matches!(fact.state, State::Declined | State::Transferred | State::Withdrawn);
        // A merged case is handled as part of its lead, which counts; what its submitter says of the answer is its own.
        let merged = fact.state == State::Merged;
        let answered = fact.answered_at.is_some();
        let late = fact.promised_at < now;
        let said = |what: fn(Judgement) -> bool| fact.judged.is_some_and(what);
        // Closed or answered, and silent: a callback was due once the limit had passed.
        let askable = answered && !merged && fact.judged.is_none_or(|j| j.source != Source::Own) && late;
        match self {
            Self::Received => true,
            Self::Answered => answered && !merged,
            Self::Open => fact.state.is_open(),
            Self::Late => fact.state.is_open() && late,
            Self::Due => !ended && !merged && (answered || late),
            Self::OnTime => !ended && !merged && fact.answered_at.is_some_and(|at| at <= fact.promised_at),
            Self::Transferred => fact.state == State::Transferred,
            Self::Judged => fact.judged.is_some(),
            Self::Contacted => said(|j| j.contacted),
            Self::Solved => said(|j| j.solved),
            Self::Satisfied => said(|j| j.satisfied),
            Self::Silent => answered && fact.judged.is_none(),
            Self::NoContact => {
                fact.state == State::Closed
                    && fact.tries == 0
                    && fact.trace.messages == 0
                    && !said(|j| j.contacted || j.source != Source::Own)
            }
            Self::Returned => !fact.trace.returned.is_empty(),
            Self::Upheld => !fact.trace.upheld.is_empty(),
            Self::TopicChanged => fact.trace.topic_changes > 0,
            Self::Merged => fact.trace.merges > 0,
            Self::Reopened => !fact.trace.reopened.is_empty(),
            Self::ShortAnswer => fact.trace.short_answer,
            Self::SameAnswer => fact.trace.same_answer,
            Self::Askable => askable,
            Self::Asked => askable && (fact.tries > 0 || fact.judged.is_some()),
            Self::Supervised => fact.trace.supervised,
        }
    }

    /// Of which departments it is counted: of those that did it, which need not have the case any more.
    pub fn departments(self, fact: &Fact) -> Vec<&str> {
        let mut names: Vec<&str> = match self {
            Self::Returned => fact.trace.returned.iter().map(String::as_str).collect(),
            Self::Upheld => fact.trace.upheld.iter().map(String::as_str).collect(),
            Self::Reopened => fact.trace.reopened.iter().map(String::as_str).collect(),
            _ => vec![fact.department.as_str()],
        };
        names.sort_unstable();
        names.dedup();
        names
    }
}

/// Which cases are meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// Of this department; empty for the office.
    pub department: Option<String>,
    /// About this topic.
    pub topic: Option<String>,
    /// By this channel.
    pub channel: Option<String>,
    /// From this place.
    pub place: Option<String>,
    /// Judged by this way only.
    pub source: Option<Source>,
}

impl Choice {
    /// Whether a case is counted by a measure under this choice.
    pub fn counts(&self, measure: Measure, fact: &Fact, now: DateTime<Utc>) -> bool {
        let is = |wanted: &Option<String>, has: &str| wanted.as_ref().is_none_or(|w| w == has);
        self.department.as_ref().is_none_or(|d| measure.departments(fact).contains(&d.as_str()))
            && is(&self.topic, &fact.topic)
            && is(&self.channel, &fact.channel)
            && is(&self.place, &fact.place)
            && self.source.is_none_or(|s| fact.judged.is_none_or(|j| j.source == s))
            && measure.holds(fact, now)
    }

    /// How many cases a measure counts.
    pub fn count(&self, measure: Measure, facts: &[Fact], now: DateTime<Utc>) -> u64 {
        facts.iter().filter(|f| self.counts(measure, f, now)).count() as u64
    }

    /// One measure as a share of another.
    pub fn rate(&self, of: Measure, all: Measure, facts: &[Fact], now: DateTime<Utc>) -> Rate {
        Rate { of: self.count(of, facts, now), all: self.count(all, facts, now) }
    }
}

crate::code_enum! {
    /// By what cases are grouped.
    pub enum By {
        /// By department.
        Department = "department",
        /// By topic.
        Topic = "topic",
        /// By channel.
        Channel = "channel",
    }
}

impl By {
    /// The groups that occur, in the order of their keys.
    pub fn groups(self, facts: &[Fact]) -> Vec<String> {
        let mut groups: BTreeSet<&str> = BTreeSet::new();
        for fact in facts {
            match self {
                Self::Department => {
                    groups.insert(&fact.department);
                    let others = fact.trace.returned.iter().chain(&fact.trace.reopened).chain(&fact.trace.upheld);
                    groups.extend(others.map(String::as_str));
                }
                Self::Topic => {
                    groups.insert(&fact.topic);
                }
                Self::Channel => {
                    groups.insert(&fact.channel);
                }
            }
        }
        groups.into_iter().map(str::to_string).collect()
    }

    /// The choice of one group.
    pub fn choice(self, group: &str, source: Option<Source>) -> Choice {
        let of = Some(group.to_string());
        match self {
            Self::Department => Choice { department: of, source, ..Choice::default() },
            Self::Topic => Choice { topic: of, source, ..Choice::default() },
            Self::Channel => Choice { channel: of, source, ..Choice::default() },
        }
    }
}

#[cfg(test)]
mod tests;
