//! Every number against a recomputation that shares no code with it.

use chrono::TimeDelta;
use proptest::prelude::*;

use super::*;
use crate::{
    kernel::ids::CaseId,
    reports::model::{Trace, count},
};

fn now() -> DateTime<Utc> {
    "2026-03-12T02:00:00Z".parse().unwrap()
}

prop_compose! {
    fn any_fact()(
        department in 0..3usize,
        topic in 0..3usize,
        state in 0..State::ALL.len(),
        promised in -5i64..5,
        answered in prop::option::of(-8i64..0),
        said in prop::option::of((any::<bool>(), any::<bool>(), any::<bool>(), 0..3usize)),
        tries in 0i64..3,
        messages in 0u64..2,
        returned in prop::option::of(0..3usize),
    ) -> Fact {
        let names = ["", "食堂", "总务处"];
        Fact {
            id: CaseId(uuid::Uuid::from_u128(1)),
            number: String::new(),
            department: names[department].into(),
            topic: ["canteen", "safety", "other"][topic].into(),
            channel: "box".into(),
            place: String::new(),
            state: State::ALL[state],
            received_at: now() - TimeDelta::days(9),
            promised_at: now() + TimeDelta::days(promised) + TimeDelta::hours(1),
            answered_at: answered.map(|d| now() + TimeDelta::days(d)),
            submissions: 1,
            reopened: 0,
            judged: said.map(|(contacted, solved, satisfied, s)| Judgement { contacted, solved, satisfied, source: Source::ALL[s] }),
            tries,
            trace: Trace { messages, returned: returned.map(|d| names[d].to_string()).into_iter().collect(), ..Trace::default() },
        }
    }
}

proptest! {
    /// Rates of each department, counted by hand in one pass.
    #[test]
    fn rates_equal_a_naive_count(facts in prop::collection::vec(any_fact(), 0..80)) {
        for department in ["", "食堂", "总务处"] {
            for source in [None, Some(Source::Own), Some(Source::Phone), Some(Source::Representative)] {
                let (mut judged, mut contacted, mut solved, mut satisfied, mut silent) = (0, 0, 0, 0, 0);
                let (mut due, mut on_time) = (0, 0);
                for fact in &facts {
                    if fact.department != department { continue; }
                    match fact.judged {
                        Some(j) if source.is_none() || source == Some(j.source) => {
                            judged += 1;
                            if j.contacted { contacted += 1; }
                            if j.solved { solved += 1; }
                            if j.satisfied { satisfied += 1; }
                        }
                        Some(_) => continue,
                        None => if fact.answered_at.is_some() { silent += 1; },
                    }
                    let owed = !["declined", "transferred", "withdrawn", "merged"].contains(&fact.state.code());
                    match fact.answered_at {
                        Some(at) if owed => { due += 1; if at <= fact.promised_at { on_time += 1; } }
                        None if owed && fact.promised_at < now() => due += 1,
                        _ => {}
                    }
                }
                let choice = By::Department.choice(department, source);
                let rate = |of, all| choice.rate(of, all, &facts, now());
                prop_assert_eq!(rate(Measure::Contacted, Measure::Judged), Rate { of: contacted, all: judged });
                prop_assert_eq!(rate(Measure::Solved, Measure::Judged), Rate { of: solved, all: judged });
                prop_assert_eq!(rate(Measure::Satisfied, Measure::Judged), Rate { of: satisfied, all: judged });
                prop_assert_eq!(rate(Measure::OnTime, Measure::Due), Rate { of: on_time, all: due });
                prop_assert_eq!(choice.count(Measure::Silent, &facts, now()), silent);
            }
        }
    }

    /// The measures and the dashboard count alike, and the departments add up to the whole.
    #[test]
    fn measures_equal_the_dashboard(facts in prop::collection::vec(any_fact(), 0..80)) {
        let numbers = count(&facts, now(), |t| t.date_naive()).all;
        let all = Choice::default();
        let n = |m| all.count(m, &facts, now());
        prop_assert_eq!((n(Measure::Received), n(Measure::Answered), n(Measure::Open), n(Measure::Late)),
            (numbers.received, numbers.answered, numbers.open, numbers.late));
        prop_assert_eq!((n(Measure::OnTime), n(Measure::Due)), (numbers.on_time.of, numbers.on_time.all));
        prop_assert_eq!((n(Measure::Contacted), n(Measure::Judged)), (numbers.contacted.of, numbers.contacted.all));
        prop_assert_eq!((n(Measure::Solved), n(Measure::Satisfied), n(Measure::Silent)), (numbers.solved.of, numbers.satisfied.of, numbers.silent));
        for measure in [Measure::Received, Measure::Judged, Measure::Solved, Measure::Silent, Measure::NoContact, Measure::Asked] {
            let parts: u64 = By::Department.groups(&facts).iter().map(|d| By::Department.choice(d, None).count(measure, &facts, now())).sum();
            prop_assert_eq!(parts, n(measure));
            prop_assert!(n(Measure::Asked) <= n(Measure::Askable) && n(Measure::Solved) <= n(Measure::Judged));
        }
        // A return counts for who returned it, whoever has the case now.
        for department in ["", "食堂", "总务处"] {
            let by_hand = facts.iter().filter(|f| f.trace.returned.iter().any(|d| d == department)).count() as u64;
            prop_assert_eq!(By::Department.choice(department, None).count(Measure::Returned, &facts, now()), by_hand);
        }
    }
}
