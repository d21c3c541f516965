//! Which sections and questions are reached with given answers. Answers of what is not reached do not count, neither for
//! later conditions nor for the result: the server drops them, whatever the browser sent.

use crate::forms::{
    decimal,
    model::{Answers, Condition, Definition, END, Op, Test},
};

/// What is reached, in the order of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    /// One a section.
    pub sections: Vec<bool>,
    /// One a question, over all sections.
    pub questions: Vec<bool>,
    /// The answers that count.
    pub answers: Answers,
}

/// Walks through the form once, from its first section on.
pub fn reach(definition: &Definition, given: &Answers) -> Reach {
    let mut reach = Reach { sections: Vec::new(), questions: Vec::new(), answers: Answers::default() };
    // Where a jump goes on; sections before it are passed over.
    let mut target: Option<&str> = None;
    for section in &definition.sections {
        if target == Some(section.key.as_str()) {
            target = None;
        }
        let shown = target.is_none() && holds_or_none(section.show_if.as_ref(), &reach.answers);
        reach.sections.push(shown);
        for question in &section.questions {
            let asked = shown && holds_or_none(question.show_if.as_ref(), &reach.answers);
            reach.questions.push(asked);
            if asked {
                let prefix = [&question.key, "."].concat();
                let of_it = given.0.iter().filter(|a| a.key == question.key || a.key.starts_with(&prefix));
                reach.answers.0.extend(of_it.cloned());
            }
        }
        if shown {
            let jump = section.jumps.iter().find(|j| holds_or_none(j.when.as_ref(), &reach.answers));
            // A jump back, or to nowhere, would leave out the rest without a word: it is none.
            target = jump.map(|j| j.to.as_str()).filter(|to| *to == END || leads_on(definition, &section.key, to));
        }
    }
    reach
}

fn leads_on(definition: &Definition, from: &str, to: &str) -> bool {
    definition.sections.iter().skip_while(|s| s.key != from).skip(1).any(|s| s.key == to)
}

fn holds_or_none(condition: Option<&Condition>, answers: &Answers) -> bool {
    condition.is_none_or(|c| holds(c, answers))
}

/// Whether a condition holds.
pub fn holds(condition: &Condition, answers: &Answers) -> bool {
    match condition {
        Condition::All(parts) => parts.iter().all(|part| holds(part, answers)),
        Condition::Any(parts) => parts.iter().any(|part| holds(part, answers)),
        Condition::Not(part) => !holds(part, answers),
        Condition::Test(test) => passes(test, answers),
    }
}

fn passes(test: &Test, answers: &Answers) -> bool {
    let values = answers.get(&test.question);
    match test.op {
        Op::Is => values.iter().any(|v| same(v, &test.value)),
        Op::IsNot => !values.iter().any(|v| same(v, &test.value)),
        Op::Answered => !values.is_empty(),
        Op::Unanswered => values.is_empty(),
        Op::AtLeast => values.iter().any(|v| order(v, &test.value).is_ge()),
        Op::AtMost => values.iter().any(|v| order(v, &test.value).is_le()),
    }
}

fn same(a: &str, b: &str) -> bool {
    order(a, b).is_eq()
}

/// Numbers by their value; days and times, as browsers write them, by their letters.
fn order(a: &str, b: &str) -> std::cmp::Ordering {
    match (decimal::parse(a), decimal::parse(b)) {
        (Some(a), Some(b)) => a.cmp(&b),
        _ => a.trim().cmp(b.trim()),
    }
}

#[cfg(test)]
#[path = "logic_tests.rs"]
mod tests;
