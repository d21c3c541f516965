//! What is typed on the pages of the matrix.

use chrono::NaiveDate;

use crate::{
    cases::model::Person,
    http::Form,
    kernel::{
        ids::{DepartmentId, TopicId},
        text::{char_count, normalize_line},
    },
    routing::model::Match,
    ui::FormState,
};

/// Most characters of a place.
pub const PLACE: usize = 60;

/// A row: `topic`, `place`, `person` (each may be empty: any), `department`.
pub fn row(posted: &Form) -> Result<(Match, DepartmentId), FormState> {
    let mut state = FormState::of(posted.clone());
    let topic = posted.optional("topic").map(TopicId::parse);
    if topic == Some(None) {
        state.error("topic", "routing.error.topic");
    }
    let place = normalize_line(posted.text("place"));
    if char_count(&place) > PLACE {
        state.error_with("place", "cases.error.too_long", &[("most", PLACE.to_string())]);
    }
    let person = posted.optional("person").map(Person::parse);
    if person == Some(None) {
        state.error("person", "routing.error.person");
    }
    let department = DepartmentId::parse(posted.text("department"));
    if department.is_none() {
        state.error("department", "cases.error.department_missing");
    }
    match department {
        Some(department) if state.is_ok() => {
            Ok((Match { topic: topic.flatten(), place, person: person.flatten() }, department))
        }
        _ => Err(state),
    }
}

/// The day on which a version starts: `starts_on`; and the changes that were seen: `version`.
pub fn publication(posted: &Form) -> Result<(i64, NaiveDate), FormState> {
    let mut state = FormState::of(posted.clone());
    let edits = posted.text("version").parse().unwrap_or(0);
    match NaiveDate::parse_from_str(posted.text("starts_on").trim(), "%Y-%m-%d") {
        Ok(day) => Ok((edits, day)),
        Err(_) => {
            state.error("starts_on", "cases.error.day");
            Err(state)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0192f0c0-0000-7000-8000-000000000001";

    #[test]
    fn a_row_may_name_nothing_but_needs_a_department() {
        let form = Form::from_pairs([("topic", ""), ("place", "  "), ("person", ""), ("department", ID)]);
        assert_eq!(row(&form).unwrap().0, Match::default());
        let form = Form::from_pairs([("topic", "x"), ("place", "食堂"), ("person", "cook"), ("department", "")]);
        let fields: Vec<_> = row(&form).unwrap_err().errors.into_iter().map(|e| e.field).collect();
        assert_eq!(fields, ["topic", "person", "department"]);
    }
}
