use chrono::NaiveDate;

use super::*;
use crate::{
    http::Form,
    i18n::Lang,
    kernel::{
        calendar::{DayKind, WorkCalendar},
        roles::Role,
    },
};

const DEPARTMENT: &str = "0193a1b0c0de7000800000000000abcd";

/// Good settings, with some fields typed differently.
fn typed(changes: &[(&str, &str)]) -> Form {
    let mut form = Form::from_pairs([
        ("name", "雪莲小学"),
        ("emblem", "雪"),
        ("office_name", "文明办"),
        ("hotline", "0991-555 0123"),
        ("triage", "1"),
        ("acceptance", "3"),
        ("objection", "1"),
        ("handling", "5"),
        ("urgent", "1"),
    ]);
    for (name, value) in changes {
        form.set(name, *value);
    }
    form
}

/// A good calendar, with some fields typed differently.
fn days(changes: &[(&str, &str)]) -> Form {
    let hours = [("opens", "08:30"), ("lunch_from", "12:00"), ("lunch_to", "14:00"), ("closes", "17:30")];
    let mut form = Form::from_pairs(hours);
    for (name, value) in changes {
        form.set(name, *value);
    }
    form
}

fn read_days(changes: &[(&str, &str)]) -> WorkCalendar {
    calendar(days(changes), &WorkCalendar::default()).unwrap()
}

fn refused_days(changes: &[(&str, &str)]) -> Vec<(String, &'static str)> {
    let state = calendar(days(changes), &WorkCalendar::default()).unwrap_err();
    state.errors.into_iter().map(|e| (e.field, e.key)).collect()
}

fn refused(changes: &[(&str, &str)]) -> Vec<(String, &'static str)> {
    let state = settings(typed(changes)).unwrap_err();
    state.errors.into_iter().map(|e| (e.field, e.key)).collect()
}

fn day_of(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn a_slug_is_short_plain_and_no_word_of_ours() {
    assert_eq!(slug(" longshui-2 ").as_deref(), Some("longshui-2"));
    for bad in ["a", "Longshui", "雪莲", "a b", "a_b", "desk", "q", "track", &"a".repeat(41)] {
        assert_eq!(slug(bad), None, "{bad}");
    }
}

#[test]
fn every_first_word_of_an_address_of_ours_is_reserved() {
    for route in crate::http::router::table() {
        let first = route.path.trim_start_matches('/').split('/').next().unwrap_or_default();
        assert!(first.starts_with('{') || slug(first).is_none(), "{first} must stand in RESERVED");
    }
}

#[test]
fn a_name_is_one_line_of_at_most_60_characters() {
    assert_eq!(name(" 总务处\n").as_deref(), Some("总务处"));
    assert_eq!(name(" \u{200B}"), None);
    assert!(name(&"字".repeat(60)).is_some() && name(&"字".repeat(61)).is_none());
}

#[test]
fn a_user_name_becomes_small_and_has_plain_characters() {
    assert_eq!(username(" Wang.Jun ").as_deref(), Some("wang.jun"));
    for bad in ["ab", "王军", "a b c", "a@b.c", &"a".repeat(33)] {
        assert_eq!(username(bad), None, "{bad}");
    }
}

#[test]
fn handlers_and_heads_need_a_department_and_others_get_none() {
    let person_of = |role: &str, department: &str| {
        person(Form::from_pairs([("display_name", "王军"), ("role", role), ("department_id", department)]))
    };
    assert_eq!(person_of("handler", "").unwrap_err().errors[0].key, "organizations.error.department_missing");
    assert_eq!(person_of("department_head", "x").unwrap_err().errors[0].key, "organizations.error.department");
    assert!(person_of("handler", DEPARTMENT).unwrap().department_id.is_some());
    assert_eq!(person_of("leader", DEPARTMENT).unwrap().department_id, None);
    assert_eq!(person_of("king", "").unwrap_err().errors[0].key, "organizations.error.role");
}

#[test]
fn a_refused_person_comes_back_with_everything_typed() {
    let form = Form::from_pairs([("display_name", "王军"), ("role", "office"), ("username", "王")]);
    let state = new_person(form).unwrap_err();
    assert_eq!(state.values.text("display_name"), "王军");
    assert_eq!(state.errors.len(), 1);
    let form = Form::from_pairs([("display_name", "Wang"), ("role", "office"), ("username", "wang"), ("lang", "en")]);
    let new = new_person(form).unwrap();
    assert_eq!((new.lang, new.person.role), (Lang::En, Role::Office));
}

#[test]
fn a_topic_has_a_code_word() {
    assert_eq!(topic_code("dormitory_2").as_deref(), Some("dormitory_2"));
    for bad in ["", "a", "2nd", "宿舍", "Dorm", "a-b", &"a".repeat(31)] {
        assert_eq!(topic_code(bad), None, "{bad}");
    }
}

#[test]
fn settings_are_read() {
    let input = settings(typed(&[("emblem", "雪莲"), ("triage", "2")])).unwrap();
    assert_eq!((input.emblem.as_str(), input.limits.triage), ("雪莲", 2));
    assert_eq!(read_days(&[]), WorkCalendar::default());
    assert!(settings(typed(&[("hotline", "")])).is_ok());
}

#[test]
fn limits_stay_below_their_ceilings_and_in_order() {
    assert_eq!(refused(&[("handling", "41")])[0].0, "handling");
    assert_eq!(refused(&[("acceptance", "11")])[0].0, "acceptance");
    assert_eq!(refused(&[("urgent", "0")])[0].0, "urgent");
    assert_eq!(refused(&[("triage", "5")])[0].1, "organizations.error.acceptance_before_triage");
    assert_eq!(refused(&[("handling", "1"), ("urgent", "2")])[0].1, "organizations.error.urgent_after_handling");
}

#[test]
fn a_ceiling_in_working_days_never_passes_the_law_in_ordinary_weeks() {
    let calendar = WorkCalendar::default();
    let from = day_of("2026-03-02").and_hms_opt(2, 0, 0).unwrap().and_utc();
    assert!(calendar.add_working_days(from, MAX_ACCEPTANCE) <= calendar.add_calendar_days(from, 15));
    assert!(calendar.add_working_days(from, MAX_HANDLING) <= calendar.add_calendar_days(from, 60));
}

#[test]
fn hours_may_have_no_lunch_but_must_be_in_order() {
    assert_eq!(read_days(&[("lunch_from", ""), ("lunch_to", "")]).hours.lunch(), None);
    assert_eq!(refused_days(&[("lunch_from", "")]), [("lunch_from".to_string(), "organizations.error.time")]);
    assert_eq!(refused_days(&[("closes", "08:00")])[0].1, "organizations.error.hours");
    assert_eq!(refused_days(&[("opens", "25:00")])[0], ("opens".to_string(), "organizations.error.time"));
}

#[test]
fn a_phone_number_can_be_dialled() {
    assert_eq!(refused(&[("hotline", "请打总机")])[0].0, "hotline");
    assert_eq!(refused(&[("hotline", "12")])[0].0, "hotline");
}

#[test]
fn vacations_are_read_as_people_write_dates() {
    let lines = "2027-01-18 至 2027-02-21\r\n\r\n2027/7/10～2027/8/31\n2027年5月3日";
    let ranges: Vec<_> = read_days(&[(VACATIONS, lines)]).vacations.iter().map(|r| (r.first(), r.last())).collect();
    assert_eq!(
        ranges,
        [
            (day_of("2027-01-18"), day_of("2027-02-21")),
            (day_of("2027-07-10"), day_of("2027-08-31")),
            (day_of("2027-05-03"), day_of("2027-05-03"))
        ]
    );
    for bad in ["寒假", "2027-02-21 至 2027-01-18", "2027-02-30", "2027-01-18 2027-02-21 寒假"] {
        assert_eq!(refused_days(&[(VACATIONS, bad)])[0].1, "organizations.error.vacation", "{bad}");
    }
    let state = calendar(days(&[(VACATIONS, "2027-01-01\n\nx")]), &WorkCalendar::default()).unwrap_err();
    assert_eq!(state.errors[0].variables, [("line", "3".to_string())]);
}

#[test]
fn single_days_are_read_and_shown_again() {
    let calendar = read_days(&[(HOLIDAYS, "2027-05-17  古尔邦节"), (WORKING_DAYS, "2027-05-22\n2027-05-24")]);
    assert_eq!(calendar.day_kind(day_of("2027-05-17")), DayKind::Holiday("古尔邦节".into()));
    assert_eq!(calendar.day_kind(day_of("2027-05-22")), DayKind::AdjustedWorking);
    assert_eq!(calendar.day_kind(day_of("2027-05-24")), DayKind::Working);
    assert_eq!(show_holidays(&calendar), "2027-05-17 古尔邦节");
    assert_eq!(show_working_days(&calendar), "2027-05-22\n2027-05-24");
    assert_eq!(refused_days(&[(HOLIDAYS, "2027-05-17")])[0].1, "organizations.error.holiday");
    assert_eq!(
        refused_days(&[(HOLIDAYS, "2027-05-22 节"), (WORKING_DAYS, "2027-05-22")])[0].1,
        "organizations.error.both"
    );
}

#[test]
fn what_the_form_does_not_show_stays() {
    let mut before = WorkCalendar { zone: chrono_tz::Asia::Urumqi, ..WorkCalendar::default() };
    before.overrides.push((day_of("2027-06-01"), DayKind::Vacation));
    assert_eq!(calendar(days(&[]), &before).unwrap(), before);
}

#[test]
fn a_day_of_the_week_may_have_hours_of_its_own() {
    let friday = [("opens_5", "08:00"), ("closes_5", "12:00")];
    let calendar = read_days(&friday);
    assert_eq!(calendar.hours_on(day_of("2027-05-21")).closes().to_string(), "12:00:00");
    assert_eq!(calendar.hours_on(day_of("2027-05-20")), calendar.hours);
    assert_eq!(refused_days(&[("opens_5", "08:00")]), [("closes_5".to_string(), "organizations.error.time")]);
    assert_eq!(refused_days(&[("opens_5", "12:00"), ("closes_5", "08:00")])[0].0, "opens_5");
}

#[test]
fn single_days_come_and_go() {
    let typed = |kind: &str, name: &str| {
        Form::from_pairs([("day", "2027-05-17"), ("until", "2027-05-18"), ("kind", kind), ("name", name)])
    };
    let off = with_days(&WorkCalendar::default(), &day(typed("off", "古尔邦节")).unwrap());
    assert!(!off.is_working_day(day_of("2027-05-18")) && off.is_working_day(day_of("2027-05-19")));
    let plain = with_days(&off, &day(typed("plain", "")).unwrap());
    assert_eq!(plain, WorkCalendar::default());
    let errors = day(Form::from_pairs([("day", "x"), ("kind", "off")])).unwrap_err().errors;
    assert_eq!(errors.iter().map(|e| e.field.as_str()).collect::<Vec<_>>(), ["day", "name"]);
    let long = Form::from_pairs([("day", "2027-05-17"), ("until", "2027-07-17"), ("kind", "working")]);
    assert_eq!(day(long).unwrap_err().errors[0].field, "until");
}

#[test]
fn a_notice_names_its_year_its_source_and_its_day() {
    let form =
        [("year", "2031"), ("source", "国办发明电"), ("published", "2030-11-04"), ("days", "2031-10-01,放假,国庆节")];
    let (read, notice) = year(Form::from_pairs(form)).unwrap();
    assert_eq!((read, notice.days.len(), notice.published), (2031, 1, day_of("2030-11-04")));
    let state = year(Form::from_pairs([("year", "2031"), ("days", "2031-10-01,放假,国庆节\nx")])).unwrap_err();
    let fields: Vec<_> = state.errors.iter().map(|e| e.field.as_str()).collect();
    assert_eq!(fields, ["source", "published", "days"]);
    assert_eq!(state.errors[2].variables, [("line", "2".to_string())]);
}
