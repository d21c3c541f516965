//! Jumps as conditions: other programs have no jumps after a section, but show later sections only if nobody jumped over
//! them. That says the same.

use crate::{
    forms::model::{Condition, Definition, END},
    questionnaires::exchange::{Loss, finish::called},
};

/// More tests than this in one condition are not written any more.
const MOST_TESTS: usize = 200;

/// A definition without jumps that asks the same; with what could not be said so.
pub fn without_jumps(definition: &Definition) -> (Definition, Vec<Loss>) {
    let mut losses = Vec::new();
    let mut plain = definition.clone();
    for at in 0..plain.sections.len() {
        let jumps = std::mem::take(&mut plain.sections[at].jumps);
        if jumps.is_empty() {
            continue;
        }
        let name = called(&plain.sections[at].title, &plain.sections[at].key);
        let shown = plain.sections[at].show_if.clone();
        let mut earlier: Vec<Condition> = Vec::new();
        let mut fits = true;
        for jump in jumps {
            let target = plain.sections.iter().skip(at + 1).position(|s| s.key == jump.to).map(|i| at + 1 + i);
            let end = match target {
                Some(target) => target,
                None if jump.to == END => plain.sections.len(),
                // A jump to nowhere is none; but it still comes before those that follow.
                None => at + 1,
            };
            let taken: Vec<Condition> = shown
                .iter()
                .cloned()
                .chain(earlier.iter().map(|e| Condition::Not(Box::new(e.clone()))))
                .chain(jump.when.clone())
                .collect();
            for section in &mut plain.sections[at + 1..end] {
                let not = Condition::Not(Box::new(all(taken.clone())));
                let condition = match section.show_if.take() {
                    Some(own) => Condition::All(vec![own, not]),
                    None => not,
                };
                fits = fits && condition.tests().len() <= MOST_TESTS;
                section.show_if = Some(condition).filter(|c| c.tests().len() <= MOST_TESTS);
            }
            let Some(when) = jump.when else { break };
            earlier.push(when);
        }
        let key = if fits { "exchange.loss.jumps" } else { "exchange.loss.jumps_lost" };
        losses.push(Loss::new(name, key, ""));
    }
    (plain, losses)
}

/// One condition as itself, several as all of them.
fn all(mut parts: Vec<Condition>) -> Condition {
    match (parts.len(), parts.pop()) {
        (1, Some(one)) => one,
        (_, last) => Condition::All(parts.into_iter().chain(last).collect()),
    }
}

#[cfg(test)]
#[path = "shape_tests.rs"]
mod tests;
