use super::*;
use uuid::Uuid;

fn now() -> DateTime<Utc> {
    "2026-03-10T02:00:00Z".parse().unwrap()
}

fn read(changes: &[(&str, &str)]) -> (Content, Vec<String>) {
    let mut values = Form::from_pairs([
        ("title", "关于 作业的一封信"),
        ("body", "## 作业\n• 少一点\n• 准一点"),
        ("signature", "雪莲小学"),
        ("day", "2026-03-10"),
        ("classes", "三年级一班 42\n\n 三年级二班  40\n四年级"),
        ("statements", "周三不留书面作业 | No homework on Wednesdays\n作业在校完成"),
    ]);
    for (field, value) in changes {
        values.set(field, (*value).to_string());
    }
    let mut state = FormState::of(values);
    let content = content(&mut state, now());
    (content, state.errors.into_iter().map(|e| e.field).collect())
}

#[test]
fn a_letter_is_read_and_fills_its_form_again() {
    let (letter, errors) = read(&[]);
    assert_eq!(errors, Vec::<String>::new());
    assert_eq!(letter.body.zh, "# 作业\n\n- 少一点\n- 准一点");
    let pupils: Vec<(&str, Option<i64>)> = letter.classes.iter().map(|c| (c.name.as_str(), c.pupils)).collect();
    assert_eq!(pupils, [("三年级一班", Some(42)), ("三年级二班", Some(40)), ("四年级", None)]);
    assert_eq!(letter.statements[0], Text::new("周三不留书面作业", "No homework on Wednesdays"));
    let mut again = filled(&letter);
    assert_eq!(content(&mut again, now()), letter);
    assert!(again.is_ok());
}

#[test]
fn what_is_wrong_is_said_beside_its_field() {
    let long = "长".repeat(MAX_BODY + 1);
    let many = "好\n".repeat(MOST_STATEMENTS + 1);
    for (field, wrong) in [
        ("title", " "),
        ("body", ""),
        ("body", long.as_str()),
        ("signature", ""),
        ("day", ""),
        ("day", "2026-02-30"),
        ("classes", "一班\n一班"),
        ("classes", "一班 0"),
        ("statements", many.as_str()),
        ("statements", "|"),
    ] {
        assert_eq!(read(&[(field, wrong)]).1, [field], "{field} {wrong:.20}");
    }
}

#[test]
fn replies_end_with_their_last_day_in_china() {
    let ends = |day: &str| end(&Form::from_pairs([("until", day)]), now()).ok();
    assert_eq!(ends("2026-03-10"), "2026-03-10T16:00:00Z".parse().ok());
    assert_eq!(last_day(ends("2026-03-12").unwrap()).to_string(), "2026-03-12");
    assert_eq!(ends("2026-03-09"), None);
    assert_eq!(ends("2027-03-10"), None);
    assert_eq!(ends("明天"), None);
}

#[test]
fn every_decision_needs_a_reason() {
    let id = Uuid::from_u128(7);
    let before = Suggestion {
        id: crate::kernel::ids::SuggestionId(id),
        letter_id: crate::kernel::ids::LetterId(id),
        title: "汤要热".into(),
        decision: None,
        reason: String::new(),
        department_id: None,
        day: None,
        version: 3,
    };
    for decided in Decision::ALL {
        let mut posted = Form::from_pairs([("title", "汤要热"), ("decision", decided.code()), ("version", "3")]);
        let refused = decision(&posted, &before, &[]).unwrap_err();
        assert_eq!(refused.errors[0].field, "reason");
        posted.set("reason", "已换保温桶");
        assert!(decision(&posted, &before, &[]).unwrap().is_answered());
        posted.set("department", "0192f0c0000070008000000000000001");
        assert_eq!(decision(&posted, &before, &[]).unwrap_err().errors[0].field, "department");
    }
    let undecided = Form::from_pairs([("title", "汤要热"), ("version", "3")]);
    assert!(!decision(&undecided, &before, &[]).unwrap().is_answered());
}
