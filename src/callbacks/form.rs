//! What is typed about callbacks.

use chrono::{DateTime, NaiveDateTime, TimeZone, Utc};

use crate::{
    callbacks::{
        actions::Tried,
        handover::{Brought, Handing},
        model::Outcome,
    },
    cases::{model::Rating, rechecks::Look},
    http::Form,
    kernel::{
        ids::StaffId,
        text::{char_count, normalize_text},
    },
    ui::{FormState, time::ZONE},
};

/// Most characters of a text.
pub const LONGEST: usize = 1_000;

/// What came of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Call {
    /// They answered the three questions.
    Said(Rating),
    /// They did not.
    Tried(Tried),
}

/// A call: `outcome` (`reached`, or an [`Outcome`]); with `reached` the three questions, with `later` a time.
pub fn call(posted: &Form, now: DateTime<Utc>) -> Result<Call, FormState> {
    let mut state = FormState::of(posted.clone());
    let note = words(&mut state, "note");
    let call = match (posted.text("outcome"), Outcome::parse(posted.text("outcome"))) {
        ("reached", _) => three(&mut state, &note).map(Call::Said),
        (_, Some(Outcome::Later)) => {
            let next = moment(posted.text("next_at")).filter(|at| *at > now);
            if next.is_none() {
                state.error("next_at", "callbacks.error.to_come");
            }
            Some(Call::Tried(Tried { outcome: Outcome::Later, note, next_at: next }))
        }
        (_, Some(outcome)) => Some(Call::Tried(Tried { outcome, note, next_at: None })),
        (_, None) => {
            state.error("outcome", "callbacks.error.outcome");
            None
        }
    };
    match call {
        Some(call) if state.is_ok() => Ok(call),
        _ => Err(state),
    }
}

/// The three questions.
fn three(state: &mut FormState, comment: &str) -> Option<Rating> {
    let mut answer = |name: &'static str| {
        let given = match state.values.text(name) {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        };
        if given.is_none() {
            state.error(name, "callbacks.error.question");
        }
        given
    };
    let (contacted, solved, satisfied) = (answer("contacted"), answer("solved"), answer("satisfied"));
    Some(Rating { contacted: contacted?, solved: solved?, satisfied: satisfied?, comment: comment.to_string() })
}

/// A handover: `representative`, `with_contact`, `agreement`.
pub fn handing(posted: &Form) -> Result<Handing, FormState> {
    let mut state = FormState::of(posted.clone());
    let to = StaffId::parse(posted.text("representative"));
    if to.is_none() {
        state.error("representative", "callbacks.error.representative");
    }
    let agreement = words(&mut state, "agreement");
    let with_contact = posted.has("with_contact");
    if with_contact && agreement.is_empty() {
        state.error("agreement", "callbacks.error.agreement");
    }
    match to {
        Some(to) if state.is_ok() => Ok(Handing { to, with_contact, agreement }),
        _ => Err(state),
    }
}

/// What a representative brings back: the three questions, or `found` with `note`.
pub fn brought(posted: &Form, with_contact: bool) -> Result<Brought, FormState> {
    let mut state = FormState::of(posted.clone());
    let note = words(&mut state, "note");
    let brought = if with_contact {
        three(&mut state, &note).map(Brought::Said)
    } else {
        let look = match posted.text("found") {
            "fixed" => Some(Look::Fixed),
            "not_fixed" => Some(Look::NotFixed),
            "unclear" => Some(Look::Unclear),
            _ => None,
        };
        if look.is_none() {
            state.error("found", "callbacks.error.question");
        }
        look.map(|look| Brought::Saw(look, note))
    };
    match brought {
        Some(brought) if state.is_ok() => Ok(brought),
        _ => Err(state),
    }
}

fn words(state: &mut FormState, field: &'static str) -> String {
    let clean = normalize_text(state.values.text(field));
    if char_count(&clean) > LONGEST {
        state.error_with(field, "callbacks.error.long", &[("max", LONGEST.to_string())]);
    }
    clean
}

/// `2026-03-10T16:00`, on the clocks of the zone.
fn moment(text: &str) -> Option<DateTime<Utc>> {
    let local = NaiveDateTime::parse_from_str(text.trim(), "%Y-%m-%dT%H:%M").ok()?;
    ZONE.from_local_datetime(&local).earliest().map(|at| at.to_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-03-10T02:00:00Z".parse().unwrap()
    }

    fn errors(pairs: &[(&str, &str)]) -> Vec<String> {
        let posted = Form::from_pairs(pairs.iter().copied());
        call(&posted, now()).unwrap_err().errors.into_iter().map(|e| e.field).collect()
    }

    #[test]
    fn who_was_reached_was_asked_all_three() {
        assert_eq!(errors(&[("outcome", "reached"), ("solved", "yes")]), ["contacted", "satisfied"]);
        let all =
            [("outcome", "reached"), ("contacted", "yes"), ("solved", "no"), ("satisfied", "no"), ("note", " 还漏 ")];
        let Ok(Call::Said(rating)) = call(&Form::from_pairs(all), now()) else { panic!("not said") };
        assert!(rating.contacted && !rating.solved && !rating.satisfied);
        assert_eq!(rating.comment, "还漏");
    }

    #[test]
    fn later_needs_a_time_to_come() {
        assert_eq!(errors(&[("outcome", "later"), ("next_at", "2026-03-10T09:59")]), ["next_at"]);
        assert_eq!(errors(&[("outcome", "")]), ["outcome"]);
        let later = Form::from_pairs([("outcome", "later"), ("next_at", "2026-03-10T19:00")]);
        let Ok(Call::Tried(tried)) = call(&later, now()) else { panic!("not tried") };
        assert_eq!(tried.next_at, Some("2026-03-10T11:00:00Z".parse().unwrap()));
    }

    #[test]
    fn a_number_is_handed_over_with_the_agreement_alone() {
        let id = "0192f0c0-0000-7000-8000-000000000001";
        let form = |agreement: &'static str| {
            handing(&Form::from_pairs([("representative", id), ("with_contact", "1"), ("agreement", agreement)]))
        };
        assert!(form(" ").is_err());
        assert!(form("来信里写了可以请家长代表联系").is_ok_and(|h| h.with_contact));
    }
}
