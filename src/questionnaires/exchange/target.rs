//! Expressions of other programs → conditions of ours. What a name stands for is a [`Target`]; what can't be said with our
//! tests gives `None`, and is listed.

use crate::{
    forms::{
        decimal,
        model::{Condition, Op},
    },
    questionnaires::exchange::expression::{Cmp, Expr, Operand},
};

/// What a name of an expression stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// An answer.
    Answer {
        /// Its name with us.
        name: String,
        /// Their codes and ours, when it takes one of some.
        codes: Vec<(String, String)>,
        /// Whether it can have several.
        several: bool,
        /// Whether it is a whole number.
        whole: bool,
    },
    /// A box to tick among the choices of a question.
    Tick {
        /// The key of the question.
        key: String,
        /// The code of the choice.
        code: String,
        /// How many boxes the question has.
        of: usize,
    },
}

impl Target {
    /// An answer that takes anything.
    pub fn free(name: impl Into<String>, whole: bool) -> Self {
        Self::Answer { name: name.into(), codes: Vec::new(), several: false, whole }
    }
}

/// The condition that an expression says; `None` when it can't be said.
pub fn condition(expr: &Expr, names: &dyn Fn(&str) -> Option<Target>) -> Option<Condition> {
    let all = |parts: &[Expr]| parts.iter().map(|p| condition(p, names)).collect::<Option<Vec<_>>>();
    match expr {
        Expr::All(parts) => all(parts).map(Condition::All),
        Expr::Any(parts) => all(parts).map(Condition::Any),
        Expr::Not(part) => Some(match condition(part, names)? {
            // `!is_empty(…)` and "is not empty" are one thing.
            Condition::Test(test) if test.op == Op::Unanswered => Condition::test(&test.question, Op::Answered, ""),
            part => Condition::Not(Box::new(part)),
        }),
        Expr::Empty(operand, empty) => emptiness(operand, *empty, names),
        Expr::Bare(operand) => bare(operand, names),
        Expr::Compare(left, cmp, right) => compare(left, *cmp, right, names),
    }
}

/// What always holds, or never.
fn constant(holds: bool) -> Condition {
    if holds { Condition::All(Vec::new()) } else { Condition::Any(Vec::new()) }
}

fn bare(operand: &Operand, names: &dyn Fn(&str) -> Option<Target>) -> Option<Condition> {
    match operand {
        Operand::Value(value) => Some(constant(!matches!(value.as_str(), "" | "0" | "false"))),
        Operand::Call(function, values) => match (function.as_str(), values.as_slice()) {
            ("is_empty" | "isempty", [of]) => emptiness(of, true, names),
            ("isnotempty", [of]) => emptiness(of, false, names),
            ("count", _) => compare(operand, Cmp::Above, &Operand::Value("0".to_string()), names),
            _ => None,
        },
        Operand::Name(name) => match names(name)? {
            Target::Answer { name, codes, .. } => Some(match codes.iter().find(|(theirs, _)| theirs == "true") {
                Some((_, ours)) => Condition::test(&name, Op::Is, ours),
                None => Condition::test(&name, Op::Answered, ""),
            }),
            Target::Tick { key, code, .. } => Some(Condition::test(&key, Op::Is, &code)),
        },
        Operand::List(_) => None,
    }
}

fn emptiness(operand: &Operand, empty: bool, names: &dyn Fn(&str) -> Option<Target>) -> Option<Condition> {
    let Operand::Name(name) = operand else { return None };
    Some(match names(name)? {
        Target::Answer { name, .. } => Condition::test(&name, if empty { Op::Unanswered } else { Op::Answered }, ""),
        Target::Tick { key, code, .. } => Condition::test(&key, if empty { Op::IsNot } else { Op::Is }, &code),
    })
}

const fn mirrored(cmp: Cmp) -> Cmp {
    match cmp {
        Cmp::Above => Cmp::Below,
        Cmp::Below => Cmp::Above,
        Cmp::AtLeast => Cmp::AtMost,
        Cmp::AtMost => Cmp::AtLeast,
        other => other,
    }
}

fn compare(left: &Operand, cmp: Cmp, right: &Operand, names: &dyn Fn(&str) -> Option<Target>) -> Option<Condition> {
    match (left, right) {
        (Operand::Value(a), Operand::Value(b)) => fixed(a, cmp, b),
        (Operand::Value(_) | Operand::List(_), Operand::Name(_) | Operand::Call(..)) => {
            compare(right, mirrored(cmp), left, names)
        }
        (Operand::Call(function, of), Operand::Value(value)) if function == "count" => count(of, cmp, value, names),
        (Operand::Name(name), Operand::Value(value)) => match names(name)? {
            Target::Tick { key, code, .. } => tick(&key, &code, cmp, value),
            answer => one(&answer, cmp, value),
        },
        (Operand::Name(name), Operand::List(values)) => list(&names(name)?, cmp, values),
        _ => None,
    }
}

fn fixed(a: &str, cmp: Cmp, b: &str) -> Option<Condition> {
    let order = match (decimal::parse(a), decimal::parse(b)) {
        (Some(a), Some(b)) => a.cmp(&b),
        _ => a.cmp(b),
    };
    Some(constant(match cmp {
        Cmp::Is => order.is_eq(),
        Cmp::IsNot => order.is_ne(),
        Cmp::Above => order.is_gt(),
        Cmp::Below => order.is_lt(),
        Cmp::AtLeast => order.is_ge(),
        Cmp::AtMost => order.is_le(),
        _ => return None,
    }))
}

fn tick(key: &str, code: &str, cmp: Cmp, value: &str) -> Option<Condition> {
    let ticked = matches!(value, "Y" | "y" | "1" | "true");
    let blank = matches!(value, "" | "0" | "N" | "false");
    match (cmp, ticked, blank) {
        (Cmp::Is, true, _) | (Cmp::IsNot, _, true) => Some(Condition::test(key, Op::Is, code)),
        (Cmp::IsNot, true, _) | (Cmp::Is, _, true) => Some(Condition::test(key, Op::IsNot, code)),
        _ => None,
    }
}

/// A comparison of an answer with one value.
fn one(target: &Target, cmp: Cmp, value: &str) -> Option<Condition> {
    let Target::Answer { name, codes, several, whole } = target else { return None };
    if value.is_empty() {
        return match cmp {
            Cmp::Is => Some(Condition::test(name, Op::Unanswered, "")),
            Cmp::IsNot => Some(Condition::test(name, Op::Answered, "")),
            _ => None,
        };
    }
    let op = match cmp {
        Cmp::Is if *several => return list(target, cmp, &[value.to_string()]),
        Cmp::IsNot if *several => return list(target, cmp, &[value.to_string()]),
        Cmp::Is | Cmp::AnyOf | Cmp::AllOf => Op::Is,
        Cmp::Contains if *several => Op::Is,
        Cmp::IsNot | Cmp::NoneOf => Op::IsNot,
        Cmp::Lacks if *several => Op::IsNot,
        Cmp::Contains | Cmp::Lacks => return None,
        _ => return order(name, codes, *whole, cmp, value),
    };
    // A value that is no choice was perhaps renamed there; what was meant can't be known.
    let value = if codes.is_empty() { value.to_string() } else { ours(codes, value)? };
    Some(Condition::test(name, op, &value))
}

fn ours(codes: &[(String, String)], theirs: &str) -> Option<String> {
    let exact = codes.iter().find(|(code, _)| code == theirs);
    let near = exact.or_else(|| codes.iter().find(|(code, _)| code.eq_ignore_ascii_case(theirs)));
    near.map(|(_, ours)| ours.clone())
}

fn order(name: &str, codes: &[(String, String)], whole: bool, cmp: Cmp, value: &str) -> Option<Condition> {
    if !codes.is_empty() {
        // Choices with numbers for codes: the ones that are meant, by name.
        let limit = decimal::parse(value)?;
        let meant = codes.iter().filter_map(|(theirs, ours)| Some((decimal::parse(theirs)?.cmp(&limit), ours)));
        let tests = meant.filter(|(order, _)| match cmp {
            Cmp::Above => order.is_gt(),
            Cmp::Below => order.is_lt(),
            Cmp::AtLeast => order.is_ge(),
            _ => order.is_le(),
        });
        let tests: Vec<Condition> = tests.map(|(_, ours)| Condition::test(name, Op::Is, ours)).collect();
        return (!tests.is_empty()).then_some(Condition::Any(tests));
    }
    let step = |by: i64| Some(decimal::show(decimal::parse(value)?.checked_add(by * decimal::ONE)?));
    let is_whole = decimal::parse(value).is_some_and(|v| v % decimal::ONE == 0);
    let beyond = |op: Op| {
        let within = Condition::Not(Box::new(Condition::test(name, op, value)));
        Condition::All(vec![Condition::test(name, Op::Answered, ""), within])
    };
    Some(match cmp {
        Cmp::AtLeast => Condition::test(name, Op::AtLeast, value),
        Cmp::AtMost => Condition::test(name, Op::AtMost, value),
        Cmp::Above if whole && is_whole => Condition::test(name, Op::AtLeast, &step(1)?),
        Cmp::Below if whole && is_whole => Condition::test(name, Op::AtMost, &step(-1)?),
        Cmp::Above => beyond(Op::AtMost),
        _ => beyond(Op::AtLeast),
    })
}

/// A comparison of an answer with several values.
fn list(target: &Target, cmp: Cmp, values: &[String]) -> Option<Condition> {
    let Target::Answer { name, codes, several, .. } = target else { return None };
    let theirs: Option<Vec<String>> =
        values.iter().map(|v| if codes.is_empty() { Some(v.clone()) } else { ours(codes, v) }).collect();
    let wanted = theirs?;
    let tests = |op: Op| wanted.iter().map(|v| Condition::test(name, op, v)).collect::<Vec<_>>();
    match cmp {
        Cmp::AnyOf => Some(Condition::Any(tests(Op::Is))),
        Cmp::AllOf | Cmp::Contains if *several => Some(Condition::All(tests(Op::Is))),
        Cmp::NoneOf => Some(Condition::All(tests(Op::IsNot))),
        // Exactly these.
        Cmp::Is | Cmp::IsNot if *several && !codes.is_empty() => {
            let mut parts = tests(Op::Is);
            let rest = codes.iter().map(|(_, ours)| ours).filter(|c| !wanted.contains(c));
            parts.extend(rest.map(|c| Condition::test(name, Op::IsNot, c)));
            let exactly = Condition::All(parts);
            Some(if cmp == Cmp::Is { exactly } else { Condition::Not(Box::new(exactly)) })
        }
        _ => None,
    }
}

/// How many of some boxes are ticked: some or none, all or not.
fn count(of: &[Operand], cmp: Cmp, value: &str, names: &dyn Fn(&str) -> Option<Target>) -> Option<Condition> {
    let number: usize = value.parse().ok()?;
    let targets: Option<Vec<Target>> =
        of.iter().map(|o| if let Operand::Name(name) = o { names(name) } else { None }).collect();
    let targets = targets?;
    let some = match (cmp, number) {
        (Cmp::Above, 0) | (Cmp::AtLeast, 1) | (Cmp::IsNot, 0) => true,
        (Cmp::Is | Cmp::AtMost, 0) | (Cmp::Below, 1) => false,
        _ => return None,
    };
    if let [Target::Answer { name, .. }] = targets.as_slice() {
        return Some(Condition::test(name, if some { Op::Answered } else { Op::Unanswered }, ""));
    }
    let ticks: Option<Vec<(&str, &str, usize)>> = targets
        .iter()
        .map(|t| if let Target::Tick { key, code, of } = t { Some((key.as_str(), code.as_str(), *of)) } else { None })
        .collect();
    let ticks = ticks?;
    let (key, _, boxes) = *ticks.first()?;
    if ticks.len() == boxes && ticks.iter().all(|(k, _, _)| *k == key) {
        return Some(Condition::test(key, if some { Op::Answered } else { Op::Unanswered }, ""));
    }
    let any = Condition::Any(ticks.iter().map(|(key, code, _)| Condition::test(key, Op::Is, code)).collect());
    Some(if some { any } else { Condition::Not(Box::new(any)) })
}

/// A condition as an expression; `test` writes one look at an answer, or `None` when it can't be written.
pub fn write(condition: &Condition, test: &dyn Fn(&crate::forms::model::Test) -> Option<String>) -> Option<String> {
    let group = |parts: &[Condition], word: &str, none: &str| {
        let parts: Option<Vec<String>> = parts
            .iter()
            .map(|part| {
                let text = write(part, test)?;
                let compound = matches!(part, Condition::All(p) | Condition::Any(p) if !p.is_empty());
                Some(if compound { format!("({text})") } else { text })
            })
            .collect();
        let parts = parts?;
        Some(if parts.is_empty() { none.to_string() } else { parts.join(word) })
    };
    match condition {
        Condition::All(parts) => group(parts, " and ", "1 == 1"),
        Condition::Any(parts) => group(parts, " or ", "1 == 2"),
        Condition::Not(part) => Some(format!("!({})", write(part, test)?)),
        Condition::Test(t) => test(t),
    }
}

#[cfg(test)]
#[path = "target_tests.rs"]
mod tests;
