//! Forms of people who build questionnaires: strings in, decisions out.

pub mod condition;
pub mod lines;
pub mod question;
pub mod section;

use chrono::{DateTime, NaiveDateTime, TimeZone, Utc};

use crate::{
    forms::{codes::NewCodes, model::Definition},
    http::Form,
    kernel::text::{char_count, normalize_line},
    questionnaires::model::{MOST_CODES, MOST_COHORT, MOST_TITLE, OneAnswer, Settings},
    ui::{FormState, time::ZONE},
};

/// How browsers write a `datetime-local`.
const MINUTES: &str = "%Y-%m-%dT%H:%M";
/// Most characters of the place of an access point.
const MOST_PLACE: usize = 30;

/// A moment as a field of the form shows it.
pub fn shown(at: Option<DateTime<Utc>>) -> String {
    at.map(|at| at.with_timezone(&ZONE).format(MINUTES).to_string()).unwrap_or_default()
}

fn moment(state: &mut FormState, field: &'static str) -> Option<DateTime<Utc>> {
    let typed = state.values.optional(field)?.to_string();
    let at = NaiveDateTime::parse_from_str(typed.get(..16).unwrap_or_default(), MINUTES)
        .ok()
        .filter(|local| (2000..2200).contains(&chrono::Datelike::year(local)))
        .and_then(|local| ZONE.from_local_datetime(&local).earliest())
        .map(|at| at.to_utc());
    if at.is_none() {
        state.error(field, "questionnaires.error.moment");
    }
    at
}

/// The fields of settings as they are.
pub fn settings_filled(settings: &Settings) -> FormState {
    FormState::of(Form::from_pairs([
        ("opens_at", shown(settings.opens_at)),
        ("closes_at", shown(settings.closes_at)),
        ("one_answer", settings.one_answer.code().to_string()),
        ("kiosk", if settings.kiosk { "1".to_string() } else { String::new() }),
    ]))
}

/// Reads posted settings.
///
/// # Errors
/// What is wrong, beside its fields.
pub fn settings(posted: &Form) -> Result<Settings, FormState> {
    let mut state = FormState::of(posted.clone());
    let (opens_at, closes_at) = (moment(&mut state, "opens_at"), moment(&mut state, "closes_at"));
    if let (Some(opens), Some(closes)) = (opens_at, closes_at)
        && closes <= opens
    {
        state.error("closes_at", "questionnaires.error.times");
    }
    let one_answer = OneAnswer::parse(posted.text("one_answer"));
    if one_answer.is_none() {
        state.error("one_answer", "questionnaires.error.choose");
    }
    match one_answer {
        Some(one_answer) if state.is_ok() => {
            Ok(Settings { opens_at, closes_at, one_answer, kiosk: posted.has("kiosk") })
        }
        _ => Err(state),
    }
}

/// The fields of title, introduction and thanks as they are.
pub fn words_filled(draft: &Definition) -> FormState {
    FormState::of(Form::from_pairs([
        ("title", draft.title.zh.clone()),
        ("title_en", draft.title.en.clone()),
        ("intro", draft.intro.zh.clone()),
        ("intro_en", draft.intro.en.clone()),
        ("thanks", draft.thanks.zh.clone()),
        ("thanks_en", draft.thanks.en.clone()),
    ]))
}

/// Reads posted title, introduction and thanks into a draft.
///
/// # Errors
/// What is wrong, beside its fields.
pub fn words(posted: &Form, draft: &Definition) -> Result<Definition, FormState> {
    let mut state = FormState::of(posted.clone());
    let mut draft = draft.clone();
    draft.title = question::text(&mut state, "title", false);
    draft.intro = question::text(&mut state, "intro", true);
    draft.thanks = question::text(&mut state, "thanks", true);
    check_title(&mut state, &draft.title.zh);
    if state.is_ok() { Ok(draft) } else { Err(state) }
}

/// The title of a new questionnaire.
///
/// # Errors
/// What is wrong, beside its fields.
pub fn title(posted: &Form) -> Result<String, FormState> {
    let mut state = FormState::of(posted.clone());
    let title = normalize_line(posted.text("title"));
    check_title(&mut state, &title);
    if state.is_ok() { Ok(title) } else { Err(state) }
}

fn check_title(state: &mut FormState, title: &str) {
    if title.is_empty() || char_count(title) > MOST_TITLE {
        state.error_with("title", "questionnaires.error.title", &[("max", MOST_TITLE.to_string())]);
    }
}

/// The place of a new access point.
///
/// # Errors
/// What is wrong, beside its fields.
pub fn place(posted: &Form) -> Result<String, FormState> {
    let mut state = FormState::of(posted.clone());
    let place = normalize_line(posted.text("place"));
    if place.is_empty() || char_count(&place) > MOST_PLACE {
        state.error_with("place", "questionnaires.error.place", &[("max", MOST_PLACE.to_string())]);
    }
    if state.is_ok() { Ok(place) } else { Err(state) }
}

/// Codes that somebody wants.
///
/// # Errors
/// What is wrong, beside its fields.
pub fn codes(posted: &Form) -> Result<NewCodes, FormState> {
    let mut state = FormState::of(posted.clone());
    let cohort = normalize_line(posted.text("cohort"));
    if cohort.is_empty() || char_count(&cohort) > MOST_COHORT {
        state.error_with("cohort", "questionnaires.error.cohort", &[("max", MOST_COHORT.to_string())]);
    }
    let count = posted.text("count").trim().parse::<i64>().ok().filter(|n| (1..=MOST_CODES).contains(n));
    if count.is_none() {
        state.error_with("count", "questionnaires.error.count", &[("max", MOST_CODES.to_string())]);
    }
    let key = posted.text("idempotency_key").trim();
    if !(8..=128).contains(&key.len()) {
        state.error("", "questionnaires.error.key");
    }
    match count {
        Some(count) if state.is_ok() => Ok(NewCodes { cohort, count, idempotency_key: key.to_string() }),
        _ => Err(state),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_local_and_in_order() {
        let form = Form::from_pairs([
            ("opens_at", "2026-03-10T08:00"),
            ("closes_at", "2026-03-12T18:00"),
            ("one_answer", "code"),
            ("kiosk", "1"),
        ]);
        let read = settings(&form).unwrap();
        assert_eq!(read.opens_at, "2026-03-10T00:00:00Z".parse().ok());
        assert_eq!((read.one_answer, read.kiosk), (OneAnswer::Code, true));
        assert_eq!(settings_filled(&read).values.text("closes_at"), "2026-03-12T18:00");
        for (field, wrong) in
            [("closes_at", "2026-03-10T08:00"), ("opens_at", "二〇二六年三月十日八时"), ("one_answer", "twice")]
        {
            let mut form = form.clone();
            form.set(field, wrong);
            let state = settings(&form).unwrap_err();
            assert_eq!(state.errors[0].field, field);
        }
    }

    #[test]
    fn codes_are_for_a_class_and_not_for_a_town() {
        let form = |count: &str, cohort: &str| {
            Form::from_pairs([("count", count), ("cohort", cohort), ("idempotency_key", "12345678")])
        };
        assert_eq!(codes(&form("45", " 三（1）班 ")).unwrap().cohort, "三（1）班");
        for (count, cohort) in [("0", "三班"), ("401", "三班"), ("x", "三班"), ("5", " ")] {
            assert!(codes(&form(count, cohort)).is_err());
        }
    }
}
