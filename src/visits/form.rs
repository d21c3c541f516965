//! A posted visit → what is stored, or what is wrong with it.
//!
//! Around the items of the checklist stand two parts of ours, which are questions like all others: where it is, and the
//! signature. So the browser and the server check them by the same code, and one screen follows the other.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    cases::model::named_in,
    forms::{
        form,
        model::{Answers, Choice, Definition, Question, QuestionKind, Section, Text},
    },
    http::Form,
    i18n::Lang,
    kernel::ids::PatrolClassId,
    ui::FormState,
    visits::{
        drawing,
        model::{Area, Checklist, PatrolClass, VisitKind},
        rules,
    },
};

/// The key of "where".
pub const PLACE: &str = "place";
/// The key of "which class".
pub const CLASS: &str = "class";
/// The key of the signature.
pub const SIGNATURE: &str = "signature";
/// Most characters of a place or a signature.
const SHORT: i64 = 40;
/// A visit that is older than this when it arrives is dated to its arrival: the phone's clock must be wrong.
const OLDEST: TimeDelta = TimeDelta::days(31);

/// A text of ours in both languages.
fn text(key: &str) -> Text {
    Text::new(&Lang::ZhCn.t(key), &Lang::En.t(key))
}

/// The checklist with its place in front and its signature behind.
pub fn around(list: &Checklist, definition: &Definition, classes: &[PatrolClass]) -> Definition {
    let required = |q: Question| Question { required: true, max: Some(SHORT), ..q };
    let mut place = required(Question::new(PLACE, QuestionKind::ShortText, text("visits.place")));
    if list.kind == VisitKind::Patrol && list.area == Area::Classroom && !classes.is_empty() {
        let choices =
            classes.iter().map(|k| Choice { code: k.id.to_string(), label: Text::new(&k.name, "") }).collect();
        place = Question {
            choices,
            max: None,
            ..required(Question::new(CLASS, QuestionKind::Single, text("visits.class")))
        };
    }
    let signature = Question {
        hint: text("visits.signature_hint"),
        ..required(Question::new(SIGNATURE, QuestionKind::ShortText, text("visits.signature")))
    };
    let part = |key: &str, title: &str, question| Section {
        key: key.to_string(),
        title: text(title),
        questions: vec![question],
        ..Section::default()
    };
    let mut whole = definition.clone();
    whole.sections.insert(0, part("where", "visits.part.where", place));
    whole.sections.push(part("sign", "visits.part.sign", signature));
    whole
}

/// A visit as it was posted, checked.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The key of the visit.
    pub idempotency_key: String,
    /// Where.
    pub place: String,
    /// Which class.
    pub class_id: Option<PatrolClassId>,
    /// The name under it.
    pub signature: String,
    /// The same drawn by hand, as lines of points; empty when it was only typed.
    pub drawing: String,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it was signed.
    pub ended_at: DateTime<Utc>,
    /// The answers to the checklist's own questions.
    pub answers: Answers,
}

/// What a posted visit is read against.
#[derive(Clone, Copy, Debug)]
pub struct Against<'a> {
    /// The checklist.
    pub list: &'a Checklist,
    /// What its form holds.
    pub definition: &'a Definition,
    /// Classes that can be looked at.
    pub classes: &'a [PatrolClass],
    /// Names that comments of patrols may not hold.
    pub staff: &'a [String],
    /// The time now.
    pub now: DateTime<Utc>,
}

/// Reads a posted visit; `given` are its answers with tokens for photos.
pub fn parse(posted: &Form, against: Against<'_>, given: &Answers, state: &mut FormState) -> Option<Parsed> {
    let Against { list, definition, classes, staff, now } = against;
    let key = posted.text("idempotency_key").trim().to_string();
    if !(8..=128).contains(&key.len()) || !key.chars().all(|c| c.is_ascii_graphic()) {
        state.error("", "visits.error.key");
    }
    let mut answers = form::checked(&around(list, definition, classes), given, state);
    if list.kind == VisitKind::Patrol {
        for item in rules::items(definition) {
            let key = rules::comment_key(&item.key);
            let comment = answers.first(&key).unwrap_or_default();
            if staff.iter().any(|name| named_in(comment, name)) {
                state.error(form::field(&key), "visits.error.named");
            }
        }
    }
    let class = answers.first(CLASS).and_then(PatrolClassId::parse).and_then(|id| classes.iter().find(|k| k.id == id));
    let place = class.map_or_else(|| answers.first(PLACE).unwrap_or_default().to_string(), |k| k.name.clone());
    let signature = answers.first(SIGNATURE).unwrap_or_default().to_string();
    answers.0.retain(|a| ![PLACE, CLASS, SIGNATURE].contains(&a.key.as_str()));
    let (started_at, ended_at) = times(posted.text("started_at"), posted.text("ended_at"), now);
    let drawing = drawing::read(posted.text("drawing"));
    let class_id = class.map(|k| k.id);
    let parsed = Parsed { idempotency_key: key, place, class_id, signature, drawing, started_at, ended_at, answers };
    state.is_ok().then_some(parsed)
}

/// Beginning and end by the phone's clock, as far as they can be (promise 17): the end not in the future and not long ago,
/// the beginning not after it and at most a day before.
fn times(started: &str, ended: &str, now: DateTime<Utc>) -> (DateTime<Utc>, DateTime<Utc>) {
    let read = |text: &str| DateTime::parse_from_rfc3339(text.trim()).ok().map(|at| at.to_utc());
    let end = read(ended).filter(|at| *at <= now && now - *at < OLDEST).unwrap_or(now);
    let start = read(started).filter(|at| *at <= end && end - *at < TimeDelta::days(1)).unwrap_or(end);
    (start, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_phones_clock_counts_as_far_as_it_can() {
        let now: DateTime<Utc> = "2026-03-10T02:00:00Z".parse().unwrap();
        let at = |text: &str| -> DateTime<Utc> { text.parse().unwrap() };
        let (start, end) = ("2026-03-09T01:00:00Z", "2026-03-09T01:40:00Z");
        assert_eq!(times(start, end, now), (at(start), at(end)));
        // From the future, from long ago, or not written at all: now.
        assert_eq!(times("2026-03-10T01:50:00Z", "2027-01-01T00:00:00Z", now), (at("2026-03-10T01:50:00Z"), now));
        assert_eq!(times("2025-01-01T00:00:00Z", "2025-01-01T00:00:00Z", now), (now, now));
        assert_eq!(times("", "昨天", now), (now, now));
        // It did not end before it began.
        assert_eq!(times(end, start, now), (at(start), at(start)));
    }
}
