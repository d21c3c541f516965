use serde_json::json;

use super::*;

fn refused(value: Value) -> &'static str {
    read(value).unwrap_err()
}

#[test]
fn newer_and_odd_files_are_refused_with_a_sentence() {
    let with =
        |version: Value, definition: Value| json!({ "format": NAME, "version": version, "definition": definition });
    let form = json!({ "title": { "zh": "问卷" }, "sections": [{ "key": "s1", "questions": [] }] });
    assert_eq!(refused(with(2.into(), form.clone())), "exchange.error.newer");
    assert_eq!(refused(with(0.into(), form.clone())), "exchange.error.json");
    assert_eq!(refused(with("1".into(), form.clone())), "exchange.error.json");
    assert_eq!(refused(json!({ "format": NAME, "version": 1 })), "exchange.error.json");
    for key in ["", "S1", "a/b", "a.b", &"x".repeat(41)] {
        let odd = json!({ "title": { "zh": "问卷" }, "sections": [{ "key": key }] });
        assert_eq!(refused(with(1.into(), odd)), "exchange.error.keys", "{key}");
    }
    let twice = json!({ "title": { "zh": "问卷" }, "sections": [{ "key": "a" }, { "key": "a" }] });
    assert_eq!(refused(with(1.into(), twice)), "exchange.error.keys");
    let many: Vec<Value> = (0..500).map(|i| json!({ "key": format!("s{i}") })).collect();
    assert_eq!(refused(with(1.into(), json!({ "title": { "zh": "x" }, "sections": many }))), "exchange.error.too_many");
}

#[test]
fn parts_that_are_not_known_are_said_and_hidden_signs_go() {
    let value = json!({ "format": NAME, "version": 1, "definition": {
        "title": { "zh": "问\u{0}卷\u{202e}" }, "sections": [{ "key": "s1", "colour": "red" }] } });
    let read = read(value).unwrap();
    assert_eq!(read.definition.title.zh, "问卷");
    assert_eq!(read.losses.iter().map(|l| l.key).collect::<Vec<_>>(), ["exchange.loss.unknown_parts"]);
}
