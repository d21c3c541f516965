//! The form of an opening: strings in, decisions out.

use chrono::{DateTime, NaiveDateTime, TimeZone, Utc};

use crate::{
    boxes::model::{LONGEST_INTERVAL, NewOpening},
    http::Form,
    kernel::{
        ids::AccessPointId,
        text::{char_count, normalize_line, normalize_text},
    },
    ui::{FormState, time::ZONE},
};

/// Most characters of a name.
pub const MAX_NAME: usize = 30;
/// Most characters of an explanation.
pub const MAX_WORDS: usize = 500;
/// More letters than this were not counted in one box, but mistyped.
const MOST_LETTERS: i64 = 500;
/// How browsers write a `datetime-local`.
const MINUTES: &str = "%Y-%m-%dT%H:%M";

/// A moment as a field of the form shows it.
pub fn shown(at: DateTime<Utc>) -> String {
    at.with_timezone(&ZONE).format(MINUTES).to_string()
}

/// Reads a posted opening.
pub fn parse(posted: &Form, boxes: &[AccessPointId], now: DateTime<Utc>) -> Result<NewOpening, FormState> {
    let mut state = FormState::of(posted.clone());
    let access_point = AccessPointId::parse(posted.text("box")).filter(|id| boxes.contains(id));
    if access_point.is_none() {
        state.error("box", "boxes.error.box");
    }
    let opened_at =
        NaiveDateTime::parse_from_str(posted.text("opened_at").trim().get(..16).unwrap_or_default(), MINUTES)
            .ok()
            .and_then(|local| ZONE.from_local_datetime(&local).earliest())
            .map(|at| at.to_utc())
            .filter(|at| *at <= now);
    if opened_at.is_none() {
        state.error("opened_at", "boxes.error.opened_at");
    }
    let opener = name(&mut state, "opener");
    let witness = name(&mut state, "witness");
    if !opener.is_empty() && opener == witness {
        state.error("witness", "boxes.error.same");
    }
    let letters = posted.text("letters").trim().parse::<i64>().ok().filter(|n| (0..=MOST_LETTERS).contains(n));
    if letters.is_none() {
        state.error_with("letters", "boxes.error.letters", &[("max", MOST_LETTERS.to_string())]);
    }
    match (access_point, opened_at, letters) {
        (Some(access_point), Some(opened_at), Some(letters)) if state.is_ok() => {
            Ok(NewOpening { access_point, opened_at, opener, witness, letters, seal: None })
        }
        _ => Err(state),
    }
}

fn name(state: &mut FormState, field: &'static str) -> String {
    let clean = normalize_line(state.values.text(field));
    if clean.is_empty() || char_count(&clean) > MAX_NAME {
        state.error_with(field, "boxes.error.name", &[("max", MAX_NAME.to_string())]);
    }
    clean
}

/// Reads a posted interval in days.
pub fn interval(posted: &Form) -> Option<i64> {
    posted.text("days").trim().parse().ok().filter(|days| (1..=LONGEST_INTERVAL).contains(days))
}

/// Reads a posted explanation.
pub fn explanation(posted: &Form) -> Result<String, FormState> {
    let mut state = FormState::of(posted.clone());
    let clean = normalize_text(posted.text("explanation"));
    if clean.is_empty() || char_count(&clean) > MAX_WORDS {
        state.error_with("explanation", "boxes.error.explanation", &[("max", MAX_WORDS.to_string())]);
    }
    if state.is_ok() { Ok(clean) } else { Err(state) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn parsed(changes: &[(&str, &str)]) -> Result<NewOpening, Vec<String>> {
        let id = AccessPointId(Uuid::from_u128(7));
        let mut values = Form::from_pairs([
            ("box", id.to_string().as_str()),
            ("opened_at", "2026-03-10T09:30"),
            ("opener", "冯涛"),
            ("witness", "王女士"),
            ("letters", "3"),
        ]);
        for (field, value) in changes {
            values.set(field, (*value).to_string());
        }
        let now = "2026-03-10T02:00:00Z".parse().unwrap();
        parse(&values, &[id], now).map_err(|state| state.errors.into_iter().map(|e| e.field).collect())
    }

    #[test]
    fn an_opening_is_read_in_local_time() {
        let opening = parsed(&[]).unwrap();
        assert_eq!(opening.opened_at, "2026-03-10T01:30:00Z".parse::<DateTime<Utc>>().unwrap());
        assert_eq!(shown(opening.opened_at), "2026-03-10T09:30");
        assert_eq!(opening.letters, 3);
        assert_eq!(parsed(&[("letters", "0"), ("opened_at", "2026-03-10T09:30:15")]).unwrap().letters, 0);
    }

    #[test]
    fn two_different_people_open_it() {
        assert_eq!(parsed(&[("witness", " 冯涛 ")]), Err(vec!["witness".to_string()]));
        assert_eq!(parsed(&[("witness", "")]), Err(vec!["witness".to_string()]));
    }

    #[test]
    fn wrong_values_are_said_beside_their_fields() {
        for (field, wrong) in [
            ("letters", "-1"),
            ("letters", "三"),
            ("letters", "501"),
            ("opened_at", "2026-03-10T10:01"),
            ("opened_at", "昨天"),
            ("opened_at", "二〇二六年三月十日九时半"),
            ("box", "0192f0c0000070008000000000000001"),
        ] {
            assert_eq!(parsed(&[(field, wrong)]), Err(vec![field.to_string()]), "{field} {wrong}");
        }
    }
}
