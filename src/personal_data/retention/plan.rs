//! The plan: which cases go and which stay, and why. Pure.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Months, Utc};

use crate::{
    cases::model::{Lane, State},
    kernel::{ids::CaseId, roles::Channel},
    personal_data::retention::{USUAL, USUAL_DANGER},
};

/// Months by channel; and for danger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// By channel.
    pub channels: BTreeMap<&'static str, u32>,
    /// In the safeguarding lane, when the channel does not say longer.
    pub danger: u32,
}

impl Default for Rules {
    fn default() -> Self {
        Self { channels: Channel::ALL.iter().map(|c| (c.code(), USUAL)).collect(), danger: USUAL_DANGER }
    }
}

impl Rules {
    /// The months of a case.
    pub fn months(&self, channel: Channel, lane: Lane) -> u32 {
        let months = self.channels.get(channel.code()).copied().unwrap_or(USUAL);
        if lane == Lane::Safeguarding { months.max(self.danger) } else { months }
    }

    /// The fewest months of any case.
    pub fn fewest(&self) -> u32 {
        self.channels.values().copied().min().unwrap_or(USUAL)
    }
}

/// What the plan knows of a case.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Candidate {
    /// The id.
    pub id: CaseId,
    /// The number.
    pub number: String,
    /// How it came.
    pub channel: Channel,
    /// Its queue.
    pub lane: Lane,
    /// Where it stands; a merged one, where its lead stands.
    pub state: State,
    /// The case that it is merged into.
    pub lead_id: Option<CaseId>,
    /// The case that it was taken from, for a part.
    pub origin_id: Option<CaseId>,
    /// When it ended; a merged one, when its lead did.
    pub ended_at: Option<DateTime<Utc>>,
    /// Whether a legal hold stands: 1 or 0.
    pub held: i64,
    /// Whether the mandatory report was decided: 1 or 0.
    pub decided: i64,
}

crate::code_enum! {
    /// Why a case stays.
    pub enum Stays {
        /// It is not ended.
        Open = "open",
        /// Its time is not over.
        NotYet = "not_yet",
        /// A legal hold stands.
        Held = "held",
        /// The mandatory report is not decided.
        Report = "report",
        /// A case that stays is merged into it, and gets its answer from it.
        Lead = "lead",
        /// A part that was taken from it stays, and would go with it.
        Parts = "parts",
    }
}

/// A case of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// The case.
    pub case: Candidate,
    /// Why it stays; `None` when it goes.
    pub stays: Option<Stays>,
}

/// Why a case stays by itself.
fn alone(rules: &Rules, case: &Candidate, now: DateTime<Utc>) -> Option<Stays> {
    let ended = matches!(case.state, State::Closed | State::Declined | State::Transferred | State::Withdrawn);
    let Some(ended_at) = case.ended_at.filter(|_| ended) else { return Some(Stays::Open) };
    let over = ended_at.checked_add_months(Months::new(rules.months(case.channel, case.lane)));
    if over.is_none_or(|over| over > now) {
        Some(Stays::NotYet)
    } else if case.held > 0 {
        Some(Stays::Held)
    } else if case.lane == Lane::Safeguarding && case.decided == 0 {
        Some(Stays::Report)
    } else {
        None
    }
}

/// The plan of all these cases: those that go first, parts before what they were taken from, merged ones before their leads;
/// then those that stay.
pub fn plan(rules: &Rules, cases: Vec<Candidate>, now: DateTime<Utc>) -> Vec<Planned> {
    let mut planned: Vec<Planned> =
        cases.into_iter().map(|case| Planned { stays: alone(rules, &case, now), case }).collect();
    // What stays keeps others, and those yet others (a part is merged into a lead, or a case with parts is): until no more.
    loop {
        let stay = || planned.iter().filter(|p| p.stays.is_some());
        let leads: BTreeSet<CaseId> = stay().filter_map(|p| p.case.lead_id).collect();
        let origins: BTreeSet<CaseId> = stay().filter_map(|p| p.case.origin_id).collect();
        let mut more = false;
        for one in planned.iter_mut().filter(|p| p.stays.is_none()) {
            one.stays = if leads.contains(&one.case.id) {
                Some(Stays::Lead)
            } else if origins.contains(&one.case.id) {
                Some(Stays::Parts)
            } else {
                None
            };
            more |= one.stays.is_some();
        }
        if !more {
            break;
        }
    }
    planned.sort_by_key(|p| (p.stays.is_some(), p.case.origin_id.is_none(), p.case.lead_id.is_none()));
    planned
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn case(n: u128, state: State, ended: Option<DateTime<Utc>>) -> Candidate {
        Candidate {
            id: CaseId(uuid::Uuid::from_u128(n)),
            number: format!("HY-{n}"),
            channel: Channel::Box,
            lane: Lane::Ordinary,
            state,
            lead_id: None,
            origin_id: None,
            ended_at: ended,
            held: 0,
            decided: 0,
        }
    }

    fn at(day: &str) -> DateTime<Utc> {
        format!("{day}T00:00:00Z").parse().unwrap()
    }

    #[test]
    fn a_case_goes_when_its_months_are_over_and_not_a_day_before() {
        let rules = Rules::default();
        let ended = Some(at("2023-03-10"));
        let why = |now: &str| plan(&rules, vec![case(1, State::Closed, ended)], at(now))[0].stays;
        assert_eq!((why("2026-03-09"), why("2026-03-10")), (Some(Stays::NotYet), None));
        assert_eq!(plan(&rules, vec![case(1, State::Answered, ended)], at("2036-01-01"))[0].stays, Some(Stays::Open));
    }

    #[test]
    fn danger_stays_longer_and_until_its_report_is_decided() {
        let mut danger = case(1, State::Closed, Some(at("2015-03-10")));
        danger.lane = Lane::Safeguarding;
        let rules = Rules::default();
        let why = |danger: &Candidate, now: &str| plan(&rules, vec![danger.clone()], at(now))[0].stays;
        assert_eq!(why(&danger, "2024-03-10"), Some(Stays::NotYet));
        assert_eq!(why(&danger, "2026-03-10"), Some(Stays::Report));
        danger.decided = 1;
        assert_eq!(why(&danger, "2026-03-10"), None);
        danger.held = 1;
        assert_eq!(why(&danger, "2026-03-10"), Some(Stays::Held));
    }

    proptest! {
        #[test]
        fn who_goes_is_ended_free_and_nobodys_lead(
            rows in prop::collection::vec((0u8..4, 0i64..4000, any::<bool>(), any::<bool>(), 0usize..12), 1..12)
        ) {
            let now = at("2026-03-10");
            let count = rows.len();
            let cases: Vec<Candidate> = rows.iter().enumerate().map(|(i, (state, days, held, decided, lead))| {
                let states = [State::Closed, State::Declined, State::Received, State::Answered];
                let mut one = case(i as u128, states[usize::from(*state)], Some(now - chrono::TimeDelta::days(*days)));
                one.held = i64::from(*held && i % 3 == 0);
                one.decided = i64::from(*decided);
                one.lane = if i % 4 == 0 { Lane::Safeguarding } else { Lane::Ordinary };
                // Leads are not merged themselves.
                one.lead_id = (i > count / 2 && *lead <= count / 2).then(|| CaseId(uuid::Uuid::from_u128(*lead as u128)));
                one
            }).collect();
            let rules = Rules::default();
            let planned = plan(&rules, cases.clone(), now);
            prop_assert_eq!(planned.len(), count);
            let goes = |id: CaseId| planned.iter().any(|p| p.case.id == id && p.stays.is_none());
            for p in &planned {
                if p.stays.is_none() {
                    prop_assert!(matches!(p.case.state, State::Closed | State::Declined | State::Transferred | State::Withdrawn));
                    prop_assert!(p.case.held == 0);
                    prop_assert!(p.case.ended_at.unwrap() <= now - chrono::TimeDelta::days(1000));
                    prop_assert!(cases.iter().filter(|c| c.lead_id == Some(p.case.id)).all(|c| goes(c.id)));
                }
            }
            // Merged ones before their leads.
            let first_stay = planned.iter().position(|p| p.stays.is_some()).unwrap_or(count);
            let first_lead = planned[..first_stay].iter().position(|p| p.case.lead_id.is_none()).unwrap_or(first_stay);
            prop_assert!(planned[first_lead..first_stay].iter().all(|p| p.case.lead_id.is_none()));
        }
    }
}
