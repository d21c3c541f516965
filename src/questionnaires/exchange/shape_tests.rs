use super::*;
use crate::forms::{
    logic::reach,
    model::{Answers, Jump, Op, Question, QuestionKind, Section, Text},
};
use proptest::prelude::*;

/// When a jump is taken (a question, and whether its answer is yes), and where it leads.
type Leap = (Option<(usize, bool)>, usize);

/// Sections of one yes-no question each, with jumps.
fn form(jumps: &[Vec<Leap>]) -> Definition {
    let sections = jumps
        .iter()
        .enumerate()
        .map(|(i, jumps)| {
            let jumps = jumps.iter().map(|(when, to)| Jump {
                when: when.map(|(q, yes)| {
                    Condition::test(&format!("q{}", q.min(i)), if yes { Op::Is } else { Op::IsNot }, "yes")
                }),
                to: if *to >= 5 { END.to_string() } else { format!("s{to}") },
            });
            Section {
                key: format!("s{i}"),
                questions: vec![Question::new(&format!("q{i}"), QuestionKind::ShortText, Text::new("问", ""))],
                jumps: jumps.collect(),
                ..Section::default()
            }
        })
        .collect();
    Definition { title: Text::new("问卷", ""), sections, ..Definition::default() }
}

proptest! {
    #[test]
    fn without_jumps_the_same_is_asked(
        jumps in prop::collection::vec(prop::collection::vec((prop::option::of((0..5usize, any::<bool>())), 0..6usize), 0..3), 5),
        answered in prop::collection::vec(prop::option::of(any::<bool>()), 5),
    ) {
        let form = form(&jumps);
        let (plain, losses) = without_jumps(&form);
        prop_assume!(losses.iter().all(|l| l.key == "exchange.loss.jumps"));
        let given: Answers = answered
            .iter()
            .enumerate()
            .filter_map(|(i, a)| a.map(|yes| (format!("q{i}"), if yes { "yes" } else { "no" })))
            .collect();
        prop_assert_eq!(reach(&form, &given).sections, reach(&plain, &given).sections);
        prop_assert!(plain.sections.iter().all(|s| s.jumps.is_empty()));
    }
}
