use serde_json::json;

use super::*;
use crate::forms::{
    model::{Condition, Op, Question, QuestionKind, Text},
    problems::problems,
};

fn imported(value: serde_json::Value) -> Imported {
    read(&value).unwrap()
}

fn one(element: serde_json::Value) -> (Question, Vec<(&'static str, String)>) {
    let read = imported(json!({ "title": "t", "locale": "zh-cn", "elements": [element] }));
    let losses = read.losses.into_iter().map(|l| (l.key, l.detail)).collect();
    (read.definition.questions().next().unwrap().clone(), losses)
}

fn kinds(read: &Imported) -> Vec<(String, QuestionKind)> {
    read.definition.questions().map(|q| (q.key.clone(), q.kind)).collect()
}

#[test]
fn choices_are_strings_or_have_words_and_other_and_none() {
    let (q, losses) = one(json!({
        "type": "checkbox", "name": "Food", "title": { "default": "吃什么", "en": "What do you eat" },
        "choices": ["米饭", { "value": "noodles", "text": { "default": "面条", "en": "Noodles" } }, 3],
        "hasOther": true, "otherText": "其他（请写）", "hasNone": true, "minSelectedChoices": 1, "maxSelectedChoices": 2,
        "isRequired": true, "colCount": 2,
    }));
    assert_eq!((q.kind, q.key.as_str(), q.required, q.other), (QuestionKind::Multiple, "food", true, true));
    assert_eq!(q.label, Text::new("吃什么", "What do you eat"));
    let codes: Vec<&str> = q.choices.iter().map(|c| c.code.as_str()).collect();
    assert_eq!(codes, ["c2", "noodles", "3", "none"]);
    assert_eq!((q.min, q.max), (Some(1), Some(2)));
    assert_eq!(losses, []);
}

#[test]
fn every_kind_that_we_have_is_carried() {
    let read = imported(json!({ "pages": [{ "name": "p", "elements": [
        { "type": "text", "name": "a" },
        { "type": "text", "name": "b", "inputType": "number", "min": 0, "max": 50, "step": 0.5 },
        { "type": "text", "name": "c", "inputType": "date" },
        { "type": "text", "name": "d", "inputType": "time" },
        { "type": "comment", "name": "e", "maxLength": 300, "rows": 4 },
        { "type": "dropdown", "name": "f", "choices": ["x", "y"] },
        { "type": "tagbox", "name": "g", "choices": ["x", "y"] },
        { "type": "rating", "name": "h", "rateMin": 0, "rateMax": 10, "minRateDescription": "不会", "maxRateDescription": "一定会" },
        { "type": "rating", "name": "i", "rateType": "stars", "rateCount": 4 },
        { "type": "boolean", "name": "j" },
        { "type": "matrix", "name": "k", "columns": ["好", "不好"], "rows": ["饭", "菜"], "isAllRowRequired": true },
        { "type": "ranking", "name": "l", "choices": ["x", "y", "z"] },
        { "type": "file", "name": "m", "acceptedTypes": "image/*", "maxFiles": 2, "allowMultiple": true },
        { "type": "html", "name": "n", "html": "<p>谢谢&nbsp;您</p>" },
        { "type": "imagepicker", "name": "o", "choices": [{ "value": "cat", "imageLink": "x.png" }, "dog"] },
        { "type": "boolean", "name": "p1", "renderAs": "checkbox", "label": "同意" },
    ]}]}));
    use QuestionKind::*;
    let expected = [
        ShortText, Number, Date, Time, LongText, Single, Multiple, Scale, Rating, Single, Matrix, Ranking, Photo,
        Notice, Single, Consent,
    ];
    assert_eq!(kinds(&read).into_iter().map(|(_, k)| k).collect::<Vec<_>>(), expected);
    let lost: Vec<&str> = read.losses.iter().map(|l| l.key).collect();
    assert_eq!(lost, ["exchange.loss.pictures"]);
    let get = |key: &str| read.definition.question(key).unwrap();
    assert_eq!((get("b").min, get("b").max, get("b").decimals), (Some(0), Some(50), 1));
    assert_eq!((get("h").range(), get("h").high.zh.as_str()), ((0, 10), "一定会"));
    assert_eq!(get("i").max, Some(4));
    assert!(get("k").required);
    assert_eq!(get("n").label.zh, "谢谢 您");
    assert_eq!(problems(&read.definition), []);
}

#[test]
fn what_we_do_not_have_is_listed_by_its_name() {
    let read = imported(json!({
        "triggers": [{ "type": "skip", "expression": "{a} = 1", "gotoName": "z" }],
        "calculatedValues": [{ "name": "sum", "expression": "{a} + 1" }],
        "navigateToUrl": "https://example.org",
        "elements": [
            { "type": "text", "name": "a", "inputType": "email", "defaultValue": "x", "requiredIf": "{b} = 1" },
            { "type": "signaturepad", "name": "签名", "title": "请签名" },
            { "type": "paneldynamic", "name": "children" },
            { "type": "matrixdropdown", "name": "md" },
            { "type": "matrixdynamic", "name": "mdy" },
            { "type": "expression", "name": "total", "expression": "{a} * 2" },
            { "type": "dropdown", "name": "city", "choicesByUrl": { "url": "https://example.org" } },
            { "type": "comment", "name": "z", "visibleIf": "{total} > 3" },
        ],
    }));
    let listed: Vec<(&str, &str, &str)> = read
        .losses
        .iter()
        .map(|l| (l.at.as_str(), l.key.trim_start_matches("exchange.loss."), l.detail.as_str()))
        .collect();
    for expected in [
        ("", "trigger", "skip · z · {a} = 1"),
        ("", "calculation", "sum · {a} + 1"),
        ("", "setting", "navigateToUrl: https://example.org"),
        ("a", "no_check", "email"),
        ("a", "setting", "defaultValue: x"),
        ("a", "required_if", "{b} = 1"),
        ("请签名", "kind", "signaturepad"),
        ("children", "kind", "paneldynamic"),
        ("md", "kind", "matrixdropdown"),
        ("mdy", "kind", "matrixdynamic"),
        ("total", "kind", "expression"),
        ("city", "no_choices", "choicesByUrl"),
        ("z", "condition", "{total} > 3"),
    ] {
        assert!(listed.contains(&expected), "{expected:?} in {listed:#?}");
    }
    assert_eq!(kinds(&read).len(), 3);
}

#[test]
fn panels_become_sections_and_conditions_follow() {
    let read = imported(json!({ "pages": [
        { "name": "p1", "elements": [
            { "type": "boolean", "name": "boards", "title": "住校吗" },
            { "type": "panel", "name": "dorm", "title": "宿舍", "visibleIf": "{boards} = true", "elements": [
                { "type": "rating", "name": "clean", "title": "干净吗" },
                { "type": "panel", "name": "inner", "visibleIf": "{clean} < 3", "elements": [
                    { "type": "comment", "name": "why", "title": "为什么" } ] },
            ]},
            { "type": "text", "name": "rest", "title": "其余" },
        ]},
        { "name": "p2", "visibleIf": "{clean} notempty and {boards} <> false", "elements": [
            { "type": "text", "name": "last", "title": "最后", "visibleIf": "{later} = 1" },
            { "type": "text", "name": "later", "title": "后面" } ] },
    ]}));
    let sections: Vec<(&str, &str, usize)> =
        read.definition.sections.iter().map(|s| (s.key.as_str(), s.title.zh.as_str(), s.questions.len())).collect();
    assert_eq!(sections, [("p1", "", 1), ("dorm", "宿舍", 2), ("p1_rest", "", 1), ("p2", "", 2)]);
    let show = |i: usize| read.definition.sections[i].show_if.clone();
    assert_eq!(show(1), Some(Condition::test("boards", Op::Is, "yes")));
    assert_eq!(show(2), None);
    assert_eq!(
        show(3),
        Some(Condition::All(vec![
            Condition::test("clean", Op::Answered, ""),
            Condition::test("boards", Op::IsNot, "no")
        ]))
    );
    assert_eq!(read.definition.question("why").unwrap().show_if, Some(Condition::test("clean", Op::AtMost, "2")));
    let lost: Vec<(&str, &str)> = read.losses.iter().map(|l| (l.at.as_str(), l.key)).collect();
    assert_eq!(lost, [("宿舍", "exchange.loss.panel"), ("最后", "exchange.loss.condition_ahead")]);
}

#[test]
fn rows_parts_and_remarks_are_found_by_their_names() {
    let read = imported(json!({ "elements": [
        { "type": "matrix", "name": "quality", "columns": [1, 2, 3], "rows": [{ "value": "row 1", "text": "饭菜" }] },
        { "type": "radiogroup", "name": "pick", "choices": ["甲", "乙"], "showCommentArea": true, "showOtherItem": true },
        { "type": "text", "name": "why", "visibleIf": "{quality.row 1} < 2 or {pick} = 'other'" },
        { "type": "multipletext", "name": "who", "title": "联系", "items": [{ "name": "mail" }, { "name": "phone", "title": "电话" }] },
    ]}));
    let why = read.definition.question("why").unwrap();
    assert_eq!(
        why.show_if,
        Some(Condition::Any(vec![
            Condition::Any(vec![Condition::test("quality.row_1", Op::Is, "1")]),
            Condition::test("pick", Op::Is, "other")
        ]))
    );
    let keys: Vec<String> = kinds(&read).into_iter().map(|(key, _)| key).collect();
    assert_eq!(keys, ["quality", "pick", "pick_comment", "why", "who_mail", "who_phone"]);
    assert_eq!(read.definition.question("who_phone").unwrap().label.zh, "联系 – 电话");
    let lost: Vec<&str> = read.losses.iter().map(|l| l.key).collect();
    assert_eq!(lost, ["exchange.loss.comment", "exchange.loss.split"]);
}

#[test]
fn languages_find_their_places_and_others_are_listed() {
    let read = imported(
        json!({ "locale": "de", "title": { "default": "Umfrage", "en": "Survey", "zh-cn": "调查", "fr": "Enquête" },
        "completedHtml": "<h3>Danke</h3>", "elements": [{ "type": "text", "name": "a", "title": "Wo?" }] }),
    );
    assert_eq!(read.definition.title, Text::new("调查", "Survey"));
    assert_eq!(read.definition.thanks, Text::new("", "Danke"));
    let lost: Vec<&str> = read.losses.iter().map(|l| l.detail.as_str()).collect();
    assert_eq!(lost, ["de", "fr"]);
    let english = imported(json!({ "title": "School", "elements": [{ "type": "text", "name": "a" }] }));
    assert_eq!(english.definition.title, Text::new("", "School"));
}

#[test]
fn long_words_make_several_notices() {
    let words = "很长的说明。".repeat(200);
    let read = imported(json!({ "elements": [
        { "type": "html", "name": "n", "html": format!("<p>{words}</p>") },
        { "type": "text", "name": "a", "title": "问".repeat(600) } ] }));
    let notices: Vec<&Question> = read.definition.questions().filter(|q| q.kind == QuestionKind::Notice).collect();
    assert_eq!(notices.iter().map(|n| n.label.zh.as_str()).collect::<String>(), words);
    assert_eq!(read.losses.iter().map(|l| l.key).collect::<Vec<_>>(), ["exchange.loss.shortened"]);
    assert_eq!(problems(&read.definition), []);
}

#[test]
fn what_real_files_do() {
    let read = imported(json!({ "locale": "en", "elements": [
        { "type": "radiogroup", "name": "q.1", "choices": ["many|Male", "none|Female"], "hasOther": true },
        { "type": "rating", "name": "often", "rateCount": 2, "rateValues": [{ "value": 0, "text": "Never" }, { "value": 1, "text": "Often" }] },
        { "type": "text", "name": "how", "visible": false, "visibleIf": "{often} > 0", "requiredIf": "{often} > 0" },
        { "type": "text", "name": "secret", "visible": false },
        { "type": "boolean", "name": "sure", "defaultValue": false },
        { "type": "comment", "name": "twice", "visibleIf": "{q.1} = 'many'" },
        { "type": "comment", "name": "twice", "visibleIf": "{q.1} = 'none'" },
        { "type": "comment", "name": "last", "visibleIf": "{twice} notempty" },
    ]}));
    let get = |key: &str| read.definition.question(key).unwrap();
    assert_eq!((get("q_1").choices[0].code.as_str(), get("q_1").choices[0].label.en.as_str()), ("many", "Male"));
    assert_eq!(get("how").show_if, Some(Condition::Any(vec![Condition::test("often", Op::Is, "1")])));
    assert!(get("how").required);
    let lost: Vec<(&str, &str)> = read.losses.iter().map(|l| (l.at.as_str(), l.key)).collect();
    assert_eq!(
        lost,
        [("secret", "exchange.loss.hidden"), ("sure", "exchange.loss.setting"), ("last", "exchange.loss.condition")]
    );
}

#[test]
fn what_can_be_filled_in_again_and_again_is_asked_once_in_a_section_of_its_own() {
    let read = imported(json!({ "title": "t", "locale": "zh-cn", "pages": [{ "name": "p", "elements": [
        { "type": "boolean", "name": "has", "title": "有孩子吗" },
        { "type": "paneldynamic", "name": "kids", "title": "孩子", "visibleIf": "{has} = true", "maxPanelCount": 4,
          "templateElements": [
            { "type": "radiogroup", "name": "school", "choices": ["上学", "没上学"] },
            { "type": "text", "name": "class", "visibleIf": "{panel.school} = '上学'" } ] },
        { "type": "matrixdynamic", "name": "meals", "choices": ["好", "不好"], "columns": [
            { "name": "taste", "cellType": "radiogroup" }, { "name": "day", "cellType": "text" } ] },
        { "type": "matrixdropdown", "name": "rate", "rows": ["饭", "菜"], "choices": [1, 2, 3], "columns": [
            { "name": "taste2", "title": "味道" }, { "name": "note", "cellType": "comment" } ] },
        { "type": "comment", "name": "last" } ] }] }));
    use QuestionKind::*;
    let expected = [
        ("has", Single),
        ("school", Single),
        ("class", ShortText),
        ("taste", Single),
        ("day", ShortText),
        ("taste2", Matrix),
        ("last", LongText),
    ];
    assert_eq!(kinds(&read), expected.map(|(key, kind)| (key.to_string(), kind)));
    let sections: Vec<&str> = read.definition.sections.iter().map(|s| s.key.as_str()).collect();
    assert_eq!(sections, ["p", "kids", "meals", "rate", "p_rest"]);
    // The panel under its condition, and what is in it under that of its neighbour.
    assert!(read.definition.sections[1].show_if.is_some());
    let class = read.definition.question("class").unwrap();
    assert_eq!(class.show_if, Some(Condition::test("school", Op::Is, "c1")));
    let losses: Vec<(&str, &str)> = read.losses.iter().map(|l| (l.key, l.detail.as_str())).collect();
    for wanted in [
        ("exchange.loss.repeated", "paneldynamic"),
        ("exchange.loss.repeated", "matrixdynamic"),
        ("exchange.loss.kind", "matrixdropdown · note · comment"),
        ("exchange.loss.setting", "maxPanelCount: 4"),
    ] {
        assert!(losses.contains(&wanted), "{wanted:?} of {losses:?}");
    }
    assert_eq!(problems(&read.definition), []);
}

#[test]
fn another_order_for_everybody_is_listed_wherever_it_stands() {
    let read = imported(json!({ "questionsOrder": "random", "pages": [{ "name": "p", "questionsOrder": "random",
        "elements": [
            { "type": "radiogroup", "name": "a", "choices": ["x", "y"], "choicesOrder": "asc" },
            { "type": "matrix", "name": "b", "rows": ["x", "y"], "columns": ["1", "2"], "rowOrder": "random" } ] }] }));
    let random = read.losses.iter().filter(|l| l.key == "exchange.loss.random").count();
    assert_eq!(random, 3, "{:?}", read.losses);
    assert!(read.losses.iter().any(|l| l.detail == "choicesOrder: asc"), "{:?}", read.losses);
}
