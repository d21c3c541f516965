//! What is typed about orders.

use chrono::NaiveDate;

use crate::{
    http::Form,
    kernel::text::{char_count, normalize_text},
    supervision::model::{Level, NewOrder},
    ui::FormState,
};

/// Most characters of a text.
pub const LONGEST: usize = 2_000;
/// Most cases of an order.
const MOST_CASES: usize = 30;

/// A new order: `cases` (numbers, in any separation), `level`, `basis`, `demand`, `due_on`.
pub fn order(posted: &Form) -> Result<NewOrder, FormState> {
    let mut state = FormState::of(posted.clone());
    let level = Level::parse(posted.text("level"));
    if level.is_none() {
        state.error("level", "supervision.error.level");
    }
    let separated = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '，' | '、' | '；');
    let mut cases: Vec<String> = Vec::new();
    for number in posted.text("cases").split(separated).filter(|n| !n.is_empty()) {
        if !cases.iter().any(|c| c == number) {
            cases.push(number.to_string());
        }
    }
    if cases.is_empty() || cases.len() > MOST_CASES {
        state.error_with("cases", "supervision.error.cases", &[("max", MOST_CASES.to_string())]);
    }
    let basis = words(&mut state, "basis");
    let demand = words(&mut state, "demand");
    let due_on = NaiveDate::parse_from_str(posted.text("due_on").trim(), "%Y-%m-%d").ok();
    if due_on.is_none() {
        state.error("due_on", "supervision.error.due_on");
    }
    match (level, due_on) {
        (Some(level), Some(due_on)) if state.is_ok() => Ok(NewOrder { cases, level, basis, demand, due_on }),
        _ => Err(state),
    }
}

/// A text that must be there.
pub fn words(state: &mut FormState, field: &'static str) -> String {
    let clean = normalize_text(state.values.text(field));
    if clean.is_empty() || char_count(&clean) > LONGEST {
        state.error_with(field, "supervision.error.words", &[("max", LONGEST.to_string())]);
    }
    clean
}

/// A verdict: `verdict` (`accepted` or `rejected`) with `verdict_words`.
pub fn verdict(posted: &Form) -> Result<(bool, String), FormState> {
    let mut state = FormState::of(posted.clone());
    let accepted = match posted.text("verdict") {
        "accepted" => Some(true),
        "rejected" => Some(false),
        _ => None,
    };
    if accepted.is_none() {
        state.error("verdict", "supervision.error.verdict");
    }
    let said = words(&mut state, "verdict_words");
    match accepted {
        Some(accepted) if state.is_ok() => Ok((accepted, said)),
        _ => Err(state),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_may_be_separated_as_people_do() {
        let posted = Form::from_pairs([
            ("cases", "HY-AAAA-11，HY-BBBB-22\nHY-AAAA-11"),
            ("level", "written"),
            ("basis", "超期两天"),
            ("demand", "三天内答复"),
            ("due_on", "2026-03-20"),
        ]);
        assert_eq!(order(&posted).unwrap().cases, ["HY-AAAA-11", "HY-BBBB-22"]);
    }

    #[test]
    fn everything_that_is_missing_is_said_at_once() {
        let fields: Vec<String> = order(&Form::default()).unwrap_err().errors.into_iter().map(|e| e.field).collect();
        assert_eq!(fields, ["level", "cases", "basis", "demand", "due_on"]);
    }
}
