//! What the screen adds to the form of a submission: strings in, decisions out.

use chrono::{DateTime, NaiveDateTime, TimeZone, Utc};

use crate::{
    hotline::{
        actions::LONGEST,
        model::{CallKind, NewCall, Then, Tried, Urgency},
    },
    http::Form,
    kernel::{
        ids::DraftId,
        text::{char_count, normalize_line, normalize_text},
    },
    ui::{FormState, time::ZONE},
};

/// Most characters of a place.
pub const MAX_PLACE: usize = 40;
/// Most characters of an answer on the spot.
pub const MAX_ANSWER: usize = 2_000;
/// Most characters of a number.
pub const MAX_NUMBER: usize = 40;
/// Most characters of a note.
pub const MAX_NOTE: usize = 200;
/// How browsers write a `datetime-local`.
const MINUTES: &str = "%Y-%m-%dT%H:%M";

/// A moment as a field shows it.
pub fn shown(at: DateTime<Utc>) -> String {
    at.with_timezone(&ZONE).format(MINUTES).to_string()
}

/// A moment as it was typed; browsers may add seconds.
fn moment(typed: &str) -> Option<DateTime<Utc>> {
    let local = NaiveDateTime::parse_from_str(typed.trim().get(..16)?, MINUTES).ok()?;
    ZONE.from_local_datetime(&local).earliest().map(|at| at.to_utc())
}

/// Reads how much it presses.
pub fn urgency(posted: &Form) -> Urgency {
    if posted.has("danger") { Urgency::Danger } else { Urgency::parse(posted.text("urgency")).unwrap_or_default() }
}

/// When the call began, as the screen remembers it. Nothing that comes from a browser is trusted: what can't be is now.
fn started_at(posted: &Form, now: DateTime<Utc>) -> DateTime<Utc> {
    let millis = posted.text("started_at").trim().parse::<i64>().ok();
    millis.and_then(DateTime::from_timestamp_millis).filter(|at| *at <= now && now - *at <= LONGEST).unwrap_or(now)
}

/// Reads a call; errors go to `state`, in the order of the page.
pub fn parse(posted: &Form, kind: CallKind, now: DateTime<Utc>, state: &mut FormState) -> NewCall {
    let urgency = urgency(posted);
    let place = line(posted, "place", MAX_PLACE, state);
    let answer = normalize_text(posted.text("answer"));
    let then = match (posted.optional("attach"), posted.text("then")) {
        (Some(number), _) => Then::Attach(number.to_string()),
        (None, "answered") => Then::Answered(answer),
        _ => Then::Case,
    };
    match &then {
        Then::Attach(_) if urgency == Urgency::Danger => state.error("attach", "hotline.error.danger_attach"),
        Then::Answered(_) if urgency == Urgency::Danger => state.error("then", "hotline.error.danger_answered"),
        Then::Answered(words) if words.is_empty() => state.error("answer", "hotline.error.answer_empty"),
        Then::Answered(words) if char_count(words) > MAX_ANSWER => {
            state.error_with("answer", "hotline.error.too_long", &[("max", MAX_ANSWER.to_string())]);
        }
        _ => {}
    }
    let call_back_at = posted.has("call_back").then(|| call_back(posted, now, state)).flatten();
    NewCall {
        kind,
        started_at: started_at(posted, now),
        place,
        soon: urgency == Urgency::Soon,
        then,
        call_back_at,
        draft: DraftId::parse(posted.text("draft")),
    }
}

/// A call-back needs a time to come, and a number, which anonymous people do not leave.
fn call_back(posted: &Form, now: DateTime<Utc>, state: &mut FormState) -> Option<DateTime<Utc>> {
    if posted.text("identity") == "anonymous" {
        state.error("call_back", "hotline.error.call_back_anonymous");
    } else if !posted.has("contact") {
        state.error("contact", "hotline.error.call_back_number");
    }
    let at = moment(posted.text("call_back_at")).filter(|at| *at > now);
    if at.is_none() {
        state.error("call_back_at", "hotline.error.to_come");
    }
    at
}

fn line(posted: &Form, field: &'static str, max: usize, state: &mut FormState) -> String {
    let clean = normalize_line(posted.text(field));
    if char_count(&clean) > max {
        state.error_with(field, "hotline.error.too_long", &[("max", max.to_string())]);
    }
    clean
}

/// A call that nobody answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missed {
    /// When.
    pub called_at: DateTime<Utc>,
    /// The number; may be empty.
    pub number: String,
    /// When to call back.
    pub call_back_at: Option<DateTime<Utc>>,
}

/// Reads a missed call.
pub fn missed(posted: &Form, now: DateTime<Utc>) -> Result<Missed, FormState> {
    let mut state = FormState::of(posted.clone());
    let called_at = moment(posted.text("called_at")).filter(|at| *at <= now);
    if called_at.is_none() {
        state.error("called_at", "hotline.error.called_at");
    }
    let number = line(posted, "number", MAX_NUMBER, &mut state);
    let wanted = posted.has("call_back");
    if wanted && number.is_empty() {
        state.error("number", "hotline.error.call_back_number");
    }
    let call_back_at = if wanted { moment(posted.text("call_back_at")).filter(|at| *at > now) } else { None };
    if wanted && call_back_at.is_none() {
        state.error("call_back_at", "hotline.error.to_come");
    }
    match called_at {
        Some(called_at) if state.is_ok() => Ok(Missed { called_at, number, call_back_at }),
        _ => Err(state),
    }
}

/// Reads what came of a call-back, and the note.
pub fn tried(posted: &Form, now: DateTime<Utc>) -> Result<(Tried, String), FormState> {
    let mut state = FormState::of(posted.clone());
    let note = line(posted, "note", MAX_NOTE, &mut state);
    let outcome = match posted.text("outcome") {
        "reached" => Some(Tried::Reached),
        "dropped" => Some(Tried::Dropped),
        "again" => {
            let next = moment(posted.text("next_at")).filter(|at| *at > now);
            if next.is_none() {
                state.error("next_at", "hotline.error.to_come");
            }
            next.map(Tried::Again)
        }
        _ => {
            state.error("outcome", "hotline.error.outcome");
            None
        }
    };
    match outcome {
        Some(outcome) if state.is_ok() => Ok((outcome, note)),
        _ => Err(state),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-03-10T02:00:00Z".parse().unwrap()
    }

    fn parsed(pairs: &[(&str, &str)]) -> (NewCall, Vec<String>) {
        let posted = Form::from_pairs(pairs.iter().copied());
        let mut state = FormState::of(posted.clone());
        let call = parse(&posted, CallKind::Call, now(), &mut state);
        (call, state.errors.into_iter().map(|e| e.field).collect())
    }

    #[test]
    fn the_beginning_is_believed_within_reason() {
        let millis = |at: &str| at.parse::<DateTime<Utc>>().unwrap().timestamp_millis().to_string();
        for (typed, expected) in [
            (millis("2026-03-10T01:55:00Z"), "2026-03-10T01:55:00Z"),
            (millis("2026-03-10T02:00:01Z"), "2026-03-10T02:00:00Z"),
            (millis("2026-03-09T02:00:00Z"), "2026-03-10T02:00:00Z"),
            ("昨天".to_string(), "2026-03-10T02:00:00Z"),
        ] {
            assert_eq!(parsed(&[("started_at", &typed)]).0.started_at, expected.parse::<DateTime<Utc>>().unwrap());
        }
    }

    #[test]
    fn danger_is_neither_settled_by_a_word_nor_put_into_another_case() {
        assert_eq!(parsed(&[("urgency", "danger"), ("then", "answered"), ("answer", "好")]).1, ["then"]);
        assert_eq!(parsed(&[("danger", "1"), ("attach", "HY-2345-67")]).1, ["attach"]);
        assert_eq!(parsed(&[("then", "answered"), ("answer", " ")]).1, ["answer"]);
        let (call, errors) = parsed(&[("urgency", "soon"), ("then", "answered"), ("answer", "周五发校服")]);
        assert_eq!((call.then, call.soon, errors), (Then::Answered("周五发校服".into()), true, vec![]));
    }

    #[test]
    fn a_call_back_needs_a_number_and_a_time_to_come() {
        let wanted =
            [("call_back", "1"), ("identity", "named"), ("contact", "138"), ("call_back_at", "2026-03-10T10:30")];
        assert_eq!(parsed(&wanted).0.call_back_at, Some("2026-03-10T02:30:00Z".parse().unwrap()));
        for (field, value, refused) in [
            ("identity", "anonymous", "call_back"),
            ("contact", "", "contact"),
            ("call_back_at", "2026-03-10T09:59", "call_back_at"),
            ("call_back_at", "明天", "call_back_at"),
        ] {
            let pairs: Vec<_> = wanted.iter().map(|(k, v)| (*k, if *k == field { value } else { *v })).collect();
            assert_eq!(parsed(&pairs).1, [refused], "{field} {value}");
        }
    }

    #[test]
    fn a_try_says_what_came_of_it() {
        let read = |pairs: &[(&str, &str)]| tried(&Form::from_pairs(pairs.iter().copied()), now()).ok().map(|t| t.0);
        assert_eq!(read(&[("outcome", "reached")]), Some(Tried::Reached));
        assert_eq!(read(&[("outcome", "again")]), None);
        assert!(matches!(read(&[("outcome", "again"), ("next_at", "2026-03-10T15:00")]), Some(Tried::Again(_))));
        assert_eq!(read(&[]), None);
    }
}
