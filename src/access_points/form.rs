//! The form of an access point: strings in, decisions out.

use chrono::{DateTime, Days, NaiveDate, Utc};

use crate::{
    access_points::model::{AccessPoint, Audience, NewAccessPoint},
    http::Form,
    kernel::{
        ids::{FormId, TopicId},
        roles::Channel,
        text,
    },
    ui::{FormState, time},
};

/// Most characters of a title: two lines on a poster.
pub const MAX_TITLE: usize = 24;
/// Most characters of a place or a keeper.
pub const MAX_PLACE: usize = 30;

/// Reads a posted form. Form and topic must be among the organisation's own (promises 14, 17).
pub fn parse(posted: &Form, forms: &[FormId], topics: &[TopicId]) -> Result<NewAccessPoint, FormState> {
    let mut state = FormState::of(posted.clone());
    let channel = Channel::parse(posted.text("channel"));
    let audience = Audience::parse(posted.text("audience"));
    let form = FormId::parse(posted.text("form")).filter(|id| forms.contains(id));
    let title = line(&mut state, "title", MAX_TITLE, true);
    let place = line(&mut state, "place", MAX_PLACE, true);
    let keeper = line(&mut state, "keeper", MAX_PLACE, false);
    for (name, missing) in [("channel", channel.is_none()), ("audience", audience.is_none()), ("form", form.is_none())]
    {
        if missing {
            state.error(name, "access_points.error.choose");
        }
    }
    let topic = posted.optional("topic").map(|typed| TopicId::parse(typed).filter(|id| topics.contains(id)));
    if topic == Some(None) {
        state.error("topic", "access_points.error.choose");
    }
    let (from, to) = (day(&mut state, "valid_from"), day(&mut state, "valid_to"));
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        state.error("valid_to", "access_points.error.days");
    }
    match (channel, audience, form) {
        (Some(channel), Some(audience), Some(form_id)) if state.is_ok() => Ok(NewAccessPoint {
            channel,
            title,
            place,
            keeper,
            audience,
            form_id,
            topic_id: topic.flatten(),
            valid_from: from.map(time::start_of),
            valid_to: to.map(end_of),
        }),
        _ => Err(state),
    }
}

/// The form of an access point as it is.
pub fn filled(point: &AccessPoint) -> FormState {
    let shown = |day: Option<NaiveDate>| day.map(|d| d.to_string()).unwrap_or_default();
    FormState::of(Form::from_pairs([
        ("channel", point.channel.code().to_string()),
        ("title", point.title.clone()),
        ("place", point.place.clone()),
        ("keeper", point.keeper.clone()),
        ("audience", point.audience.code().to_string()),
        ("form", point.form_id.to_string()),
        ("topic", point.topic_id.map(|id| id.to_string()).unwrap_or_default()),
        ("valid_from", shown(point.valid_from.map(time::date))),
        ("valid_to", shown(point.valid_to.map(last_day))),
    ]))
}

/// The end of a day: the beginning of the next one.
fn end_of(day: NaiveDate) -> DateTime<Utc> {
    time::start_of(day.checked_add_days(Days::new(1)).unwrap_or(day))
}

/// The last day before an end.
pub fn last_day(end: DateTime<Utc>) -> NaiveDate {
    let day = time::date(end);
    day.checked_sub_days(Days::new(1)).unwrap_or(day)
}

fn line(state: &mut FormState, name: &'static str, max: usize, required: bool) -> String {
    let clean = text::normalize_line(state.values.text(name));
    if required && clean.is_empty() {
        state.error(name, "access_points.error.missing");
    } else if text::char_count(&clean) > max {
        state.error_with(name, "access_points.error.long", &[("max", max.to_string())]);
    }
    clean
}

/// A day between 2000 and 2100; `None` when the field is empty or wrong (which is noted).
fn day(state: &mut FormState, name: &'static str) -> Option<NaiveDate> {
    let typed = state.values.optional(name)?.to_string();
    let day = typed.parse::<NaiveDate>().ok().filter(|d| (2000..2100).contains(&chrono::Datelike::year(d)));
    if day.is_none() {
        state.error(name, "access_points.error.day");
    }
    day
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::random::SeededRandom;
    use chrono::TimeZone;

    fn posted(form: FormId) -> Form {
        Form::from_pairs([
            ("channel", "box"),
            ("audience", "everyone"),
            ("form", &form.to_string()),
            ("title", " 有话\n对学校说 "),
            ("place", "食堂三楼"),
            ("valid_from", "2025-09-01"),
            ("valid_to", "2025-09-01"),
        ])
    }

    fn form_id(seed: u64) -> FormId {
        FormId::new(DateTime::UNIX_EPOCH, &SeededRandom::new(seed))
    }

    #[test]
    fn a_last_day_is_a_whole_day_in_china() {
        let form = form_id(1);
        let new = parse(&posted(form), &[form], &[]).unwrap();
        assert_eq!(new.title, "有话 对学校说");
        assert_eq!(new.valid_from, Utc.with_ymd_and_hms(2025, 8, 31, 16, 0, 0).single());
        assert_eq!(new.valid_to, Utc.with_ymd_and_hms(2025, 9, 1, 16, 0, 0).single());
        assert_eq!(last_day(new.valid_to.unwrap()).to_string(), "2025-09-01");
    }

    #[test]
    fn everything_wrong_is_told_at_once_and_given_back() {
        let mut typed = posted(form_id(1));
        typed.set("channel", "telepathy");
        typed.set("title", "好".repeat(MAX_TITLE + 1));
        typed.set("place", " \u{200B}");
        typed.set("topic", "not-an-id");
        typed.set("valid_to", "2025-08-31");
        let refused = parse(&typed, &[form_id(2)], &[]).unwrap_err();
        let fields: Vec<&str> = refused.errors.iter().map(|e| e.field.as_str()).collect();
        assert_eq!(fields, ["title", "place", "channel", "form", "topic", "valid_to"]);
        assert_eq!(refused.values.text("valid_to"), "2025-08-31");
    }

    #[test]
    fn a_day_that_does_not_exist_is_refused() {
        let form = form_id(1);
        for wrong in ["2025-02-30", "1.9.2025", "99999-01-01"] {
            let mut typed = posted(form);
            typed.set("valid_from", wrong);
            assert!(parse(&typed, &[form], &[]).is_err(), "{wrong}");
        }
    }
}
