//! What is typed about rectifications.

use chrono::NaiveDate;

use crate::{
    forms::decimal,
    http::Form,
    kernel::{
        ids::{DepartmentId, StaffId},
        text::{char_count, normalize_text},
    },
    rectifications::model::{Filter, NewRectification, State},
    ui::FormState,
};

/// Most characters of a text.
pub const LONGEST: usize = 1_000;
/// Most fen: a hundred million yuan was mistyped.
const MOST_FEN: i64 = 10_000_000_000;
/// Millionths in a fen.
const FEN: i64 = decimal::ONE / 100;
/// Most characters of a key.
const LONGEST_KEY: usize = 80;

/// A new one: `measure`, `department`, `person`, `due_on`, `planned`, `finding_photo`, `idempotency_key`.
pub fn new(state: &mut FormState) -> Option<NewRectification> {
    let measure = words(state, "measure", "rectifications.error.measure");
    let department = DepartmentId::parse(state.values.text("department"));
    if department.is_none() {
        state.error("department", "rectifications.error.department");
    }
    let person = StaffId::parse(state.values.text("person"));
    let due_on = NaiveDate::parse_from_str(state.values.text("due_on").trim(), "%Y-%m-%d").ok();
    if due_on.is_none() {
        state.error("due_on", "rectifications.error.due_on");
    }
    let planned_fen = money(state, "planned");
    let idempotency_key = state.values.text("idempotency_key").to_string();
    if idempotency_key.is_empty() || idempotency_key.len() > LONGEST_KEY {
        state.error("", "error.bad_request");
    }
    let takes_photo = state.values.has("finding_photo");
    match (department, due_on) {
        (Some(department), Some(due_on)) if state.is_ok() => {
            Some(NewRectification { idempotency_key, measure, department, person, due_on, planned_fen, takes_photo })
        }
        _ => None,
    }
}

/// A report: `report` and `actual`.
pub fn report(state: &mut FormState) -> Option<(String, Option<i64>)> {
    let said = words(state, "report", "rectifications.error.report");
    let actual = money(state, "actual");
    state.is_ok().then_some((said, actual))
}

/// Why one is withdrawn: `reason`.
pub fn withdrawal(state: &mut FormState) -> Option<String> {
    let reason = words(state, "reason", "rectifications.error.reason");
    state.is_ok().then_some(reason)
}

/// `state`, `department`, `overdue` of the list's address.
pub fn filter(query: &Form) -> Filter {
    Filter {
        state: State::parse(query.text("state")),
        department: DepartmentId::parse(query.text("department")),
        overdue: query.text("overdue") == "1",
    }
}

fn words(state: &mut FormState, field: &'static str, key: &'static str) -> String {
    let clean = normalize_text(state.values.text(field));
    if clean.is_empty() || char_count(&clean) > LONGEST {
        state.error_with(field, key, &[("max", LONGEST.to_string())]);
    }
    clean
}

/// Yuan with at most two places after the point, as fen; nothing when nothing was typed.
fn money(state: &mut FormState, field: &'static str) -> Option<i64> {
    let typed: String =
        state.values.text(field).chars().filter(|c| !matches!(c, ',' | '，' | ' ' | '元' | '¥' | '￥')).collect();
    if typed.is_empty() {
        return None;
    }
    let fen = decimal::parse(&typed).filter(|millionths| millionths % FEN == 0).map(|millionths| millionths / FEN);
    let fen = fen.filter(|fen| (0..=MOST_FEN).contains(fen));
    if fen.is_none() {
        state.error(field, "rectifications.error.money");
    }
    fen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fen(text: &str) -> Result<Option<i64>, ()> {
        let mut state = FormState::of(Form::from_pairs([("planned", text)]));
        let fen = money(&mut state, "planned");
        if state.is_ok() { Ok(fen) } else { Err(()) }
    }

    #[test]
    fn money_is_read_as_people_write_it() {
        for (text, read) in [
            ("", None),
            ("1200", Some(120_000)),
            ("1,200.5", Some(120_050)),
            ("￥０.０５", Some(5)),
            ("38.06 元", Some(3_806)),
        ] {
            assert_eq!(fen(text), Ok(read), "{text}");
        }
        for wrong in ["-1", "1.005", "一千", "1.2.3", "100000000000"] {
            assert_eq!(fen(wrong), Err(()), "{wrong}");
        }
    }

    #[test]
    fn everything_that_is_missing_is_said_at_once() {
        let mut state = FormState::of(Form::from_pairs([("idempotency_key", "k"), ("planned", "x")]));
        assert!(new(&mut state).is_none());
        let fields: Vec<String> = state.errors.into_iter().map(|e| e.field).collect();
        assert_eq!(fields, ["measure", "department", "due_on", "planned"]);
    }
}
