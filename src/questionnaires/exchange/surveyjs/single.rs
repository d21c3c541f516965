//! Elements with one answer: texts, numbers, days, ratings, yes or no, files; and words only.

use serde_json::Value;

use crate::{
    forms::model::{Choice, MOST_CHARS, MOST_PHOTOS, Question, QuestionKind, Text},
    questionnaires::exchange::{
        keys::Keys,
        surveyjs::{element::Element, pages::Reader},
        target::Target,
    },
};

/// A line: of text, or of another kind by its `inputType`.
pub fn text(r: &mut Reader, e: &mut Element<'_>, label: Text) -> Vec<Question> {
    let input = e.str("inputType").unwrap_or("text").to_string();
    let kind = match input.as_str() {
        "number" | "range" => QuestionKind::Number,
        "date" | "datetime" | "datetime-local" => QuestionKind::Date,
        "time" => QuestionKind::Time,
        _ => QuestionKind::ShortText,
    };
    let mut q = r.question(e, kind, label);
    let at = e.at.clone();
    match input.as_str() {
        "datetime" | "datetime-local" => r.lose(&at, "exchange.loss.time", &input),
        "text" | "number" | "range" | "date" | "time" => {}
        other => r.lose(&at, "exchange.loss.no_check", other),
    }
    hint_from_placeholder(r, e, &mut q);
    if kind == QuestionKind::ShortText {
        q.max = length(r, e);
        e.used.extend(["min", "max", "step"]);
    } else if kind == QuestionKind::Number {
        number_limits(r, e, &mut q);
    }
    validators(r, e, &mut q);
    if q.kind == QuestionKind::Number && (q.min.is_some() || q.max.is_some()) && q.min > q.max && q.max.is_some() {
        (q.min, q.max) = (None, None);
    }
    let whole = kind == QuestionKind::Number && q.decimals == 0;
    r.known(&e.name, Target::free(q.key.clone(), whole));
    let comment = r.comment_area(e, &q);
    std::iter::once(q).chain(comment).collect()
}

/// Several lines.
pub fn comment(r: &mut Reader, e: &mut Element<'_>, label: Text) -> Vec<Question> {
    let mut q = r.question(e, QuestionKind::LongText, label);
    hint_from_placeholder(r, e, &mut q);
    q.max = length(r, e);
    validators(r, e, &mut q);
    r.known(&e.name, Target::free(q.key.clone(), false));
    vec![q]
}

/// Words inside an empty field become a hint when there is none.
fn hint_from_placeholder(r: &mut Reader, e: &mut Element<'_>, q: &mut Question) {
    e.used.extend(["placeholder", "placeHolder"]);
    let name = if e.json.get("placeholder").is_some() { "placeholder" } else { "placeHolder" };
    let words = r.text(e.json, name, &e.at.clone());
    if q.hint.is_empty() {
        q.hint = words;
    } else if !words.is_empty() {
        r.setting(&e.at.clone(), name, &Value::String(if words.zh.is_empty() { words.en } else { words.zh }));
    }
}

/// Most characters, as far as we take so many.
fn length(r: &mut Reader, e: &mut Element<'_>) -> Option<i64> {
    let most = e.number("maxLength").filter(|n| *n > 0)?;
    if most > MOST_CHARS {
        r.lose(&e.at.clone(), "exchange.loss.most_chars", &most.to_string());
    }
    Some(most.min(MOST_CHARS))
}

fn number_limits(r: &mut Reader, e: &mut Element<'_>, q: &mut Question) {
    // Without a step nothing says that parts of a number are refused.
    q.decimals = e.get("step").and_then(digits).unwrap_or(6);
    for (name, is_min) in [("min", true), ("max", false)] {
        let Some(value) = e.get(name).cloned() else { continue };
        match as_whole(&value) {
            Some(limit) if is_min => q.min = Some(limit),
            Some(limit) => q.max = Some(limit),
            None => r.setting(&e.at.clone(), name, &value),
        }
    }
}

/// Digits after the point of a step such as 0.01.
fn digits(step: &Value) -> Option<u8> {
    let step = step.as_f64().or_else(|| step.as_str()?.trim().parse().ok())?;
    (0..=6u8).find(|d| {
        let scaled = step * 10f64.powi(i32::from(*d));
        (scaled - scaled.round()).abs() < 1e-9 && scaled >= 1.0
    })
}

fn as_whole(value: &Value) -> Option<i64> {
    match value {
        Value::Number(n) => n.as_i64(),
        Value::String(s) => s.trim().parse().ok(),
        _ => None,
    }
}

/// Checks that are written beside the question.
fn validators(r: &mut Reader, e: &mut Element<'_>, q: &mut Question) {
    e.used.push("validators");
    for check in e.json.get("validators").and_then(Value::as_array).into_iter().flatten() {
        let kind = check.get("type").and_then(Value::as_str).unwrap_or_default();
        let limit = |name: &str| check.get(name).and_then(as_whole);
        let carried = match (kind, q.kind) {
            ("numeric", QuestionKind::Number) => {
                (q.min, q.max) = (limit("minValue").or(q.min), limit("maxValue").or(q.max));
                let whole = |name: &str| check.get(name).is_none_or(|v| as_whole(v).is_some());
                whole("minValue") && whole("maxValue")
            }
            ("numeric", QuestionKind::ShortText) => {
                (q.kind, q.decimals) = (QuestionKind::Number, 6);
                (q.min, q.max) = (limit("minValue"), limit("maxValue"));
                true
            }
            ("text", QuestionKind::ShortText | QuestionKind::LongText) => {
                q.max = limit("maxLength").map(|n| n.clamp(1, MOST_CHARS)).or(q.max);
                limit("minLength").unwrap_or(0) <= 1
            }
            _ => false,
        };
        if !carried {
            r.lose(&e.at.clone(), "exchange.loss.no_check", kind);
        }
    }
}

/// Limits of choices that are written as a check.
pub fn answer_count(e: &mut Element<'_>, q: &mut Question) {
    let Some(list) = e.json.get("validators").and_then(Value::as_array) else { return };
    if list.iter().all(|v| v.get("type").and_then(Value::as_str) == Some("answercount")) {
        e.used.push("validators");
    }
    for check in list.iter().filter(|v| v.get("type").and_then(Value::as_str) == Some("answercount")) {
        let limit = |name: &str| check.get(name).and_then(as_whole).filter(|n| *n > 0);
        if q.kind == QuestionKind::Multiple {
            q.min = q.min.or(limit("minCount"));
        }
        q.max = q.max.or(limit("maxCount"));
    }
}

/// A rating: stars, or numbers with words at both ends.
pub fn rating(r: &mut Reader, e: &mut Element<'_>, label: Text) -> Vec<Question> {
    if e.json.get("rateValues").and_then(Value::as_array).is_some_and(|v| !v.is_empty()) {
        return rate_values(r, e, label);
    }
    let slider = e.json.get("type").and_then(Value::as_str) == Some("slider");
    let stars = e.str("rateType") == Some("stars");
    let mut q = r.question(e, QuestionKind::Scale, label);
    let at = e.at.clone();
    let (low, high) = if slider {
        (e.number("min").unwrap_or(0), e.number("max").unwrap_or(100))
    } else {
        let low = e.number("rateMin").unwrap_or(1);
        let count = e.number("rateCount").map(|n| low.saturating_add(n).saturating_sub(1));
        (low, e.number("rateMax").or(count).unwrap_or(5))
    };
    if e.number("rateStep").is_some_and(|step| step != 1) {
        let step = e.json.get("rateStep").cloned().unwrap_or_default();
        r.setting(&at, "rateStep", &step);
    }
    e.used.extend(["minRateDescription", "maxRateDescription"]);
    q.low = r.text(e.json, "minRateDescription", &at);
    q.high = r.text(e.json, "maxRateDescription", &at);
    let wide = low >= high || high.saturating_sub(low) > 10 || low < -10 || high > 100;
    if stars && low == 1 && (2..=10).contains(&high) && q.low.is_empty() && q.high.is_empty() {
        q.kind = QuestionKind::Rating;
        q.max = Some(high).filter(|_| ["rateMax", "rateCount"].iter().any(|n| e.json.get(*n).is_some()));
    } else {
        // What is not said is 1 to 5 there and here.
        q.min = Some(low).filter(|_| slider || e.json.get("rateMin").is_some());
        q.max = Some(high).filter(|_| slider || ["rateMax", "rateCount"].iter().any(|n| e.json.get(*n).is_some()));
    }
    if wide {
        r.lose(&at, "exchange.loss.wide", &format!("{low} – {high}"));
        q.kind = QuestionKind::Number;
    }
    r.known(&e.name, Target::free(q.key.clone(), true));
    let comment = r.comment_area(e, &q);
    std::iter::once(q).chain(comment).collect()
}

/// Own values: a scale when they are numbers in a row without words, choices otherwise.
fn rate_values(r: &mut Reader, e: &mut Element<'_>, label: Text) -> Vec<Question> {
    let mut q = r.question(e, QuestionKind::Single, label);
    let at = e.at.clone();
    e.used.extend([
        "rateValues",
        "rateMin",
        "rateMax",
        "rateStep",
        "rateCount",
        "rateType",
        "minRateDescription",
        "maxRateDescription",
    ]);
    q.low = r.text(e.json, "minRateDescription", &at);
    q.high = r.text(e.json, "maxRateDescription", &at);
    let list = e.json.get("rateValues");
    let numbers: Option<Vec<i64>> = list.and_then(Value::as_array).into_iter().flatten().map(as_whole).collect();
    if let Some(numbers) = numbers
        && numbers.len() > 1
        && numbers.windows(2).all(|pair| pair[0].checked_add(1) == Some(pair[1]))
        && numbers.len() <= 11
    {
        q.kind = QuestionKind::Scale;
        (q.min, q.max) = (numbers.first().copied(), numbers.last().copied());
        r.known(&e.name, Target::free(q.key.clone(), true));
        return vec![q];
    }
    let (choices, codes) = r.choices(list, &at, &mut Keys::default(), "c");
    q.choices = choices;
    for words in [std::mem::take(&mut q.low), std::mem::take(&mut q.high)].into_iter().filter(|w| !w.is_empty()) {
        r.lose(&at, "exchange.loss.setting", if words.zh.is_empty() { &words.en } else { &words.zh });
    }
    r.known(&e.name, Target::Answer { name: q.key.clone(), codes, several: false, whole: false });
    vec![q]
}

/// Yes or no; a box to tick when it is shown as one.
pub fn boolean(r: &mut Reader, e: &mut Element<'_>, label: Text) -> Vec<Question> {
    let is_box = e.json.get("renderAs").and_then(Value::as_str) == Some("checkbox");
    let value = |name: &str, usual: &str| match e.json.get(name) {
        Some(Value::String(s)) => s.clone(),
        Some(Value::Number(n)) => n.to_string(),
        _ => usual.to_string(),
    };
    let (yes, no) = (value("valueTrue", "true"), value("valueFalse", "false"));
    let kind = if is_box { QuestionKind::Consent } else { QuestionKind::Single };
    let own_label = r.words.read(e.json.get("label"));
    e.used.push("label");
    let mut q = r.question(e, kind, if label.is_empty() { own_label } else { label });
    if is_box {
        let codes = vec![("true".to_string(), "1".to_string()), (yes, "1".to_string())];
        r.known(&e.name, Target::Answer { name: q.key.clone(), codes, several: false, whole: false });
        return vec![q];
    }
    let at = e.at.clone();
    let mut words = |name: &str, zh: &str, en: &str| {
        let text = r.text(e.json, name, &at);
        if text.is_empty() { Text::new(zh, en) } else { text }
    };
    q.choices = vec![
        Choice { code: "yes".to_string(), label: words("labelTrue", "是", "Yes") },
        Choice { code: "no".to_string(), label: words("labelFalse", "否", "No") },
    ];
    let pair = |theirs: &str, ours: &str| (theirs.to_string(), ours.to_string());
    let codes = vec![pair("true", "yes"), pair("false", "no"), pair(&yes, "yes"), pair(&no, "no")];
    r.known(&e.name, Target::Answer { name: q.key.clone(), codes, several: false, whole: false });
    vec![q]
}

/// Files: photos, when photos are accepted.
pub fn file(r: &mut Reader, e: &mut Element<'_>, label: Text) -> Vec<Question> {
    let accepted = e.str("acceptedTypes").unwrap_or_default().to_lowercase();
    let is_photo = |part: &str| ["image", "jpg", "jpeg", "png", "webp", "gif", "heic"].iter().any(|t| part.contains(t));
    let parts: Vec<&str> = accepted.split(',').map(str::trim).filter(|p| !p.is_empty()).collect();
    let at = e.at.clone();
    if !parts.is_empty() && !parts.iter().any(|p| is_photo(p)) {
        r.lose(&at, "exchange.loss.kind", &format!("file: {accepted}"));
        return Vec::new();
    }
    if parts.is_empty() || !parts.iter().all(|p| is_photo(p)) {
        r.lose(&at, "exchange.loss.photos", &accepted);
    }
    let mut q = r.question(e, QuestionKind::Photo, label);
    let several = e.is("allowMultiple");
    let most = e.number("maxFiles").or(if several { None } else { Some(1) });
    q.max = most.map(|n| n.clamp(1, MOST_PHOTOS));
    if most.is_some_and(|n| n > MOST_PHOTOS) {
        r.lose(&at, "exchange.loss.most_photos", &most.unwrap_or_default().to_string());
    }
    r.known(&e.name, Target::free(q.key.clone(), false));
    vec![q]
}

/// Words only.
pub fn html(r: &mut Reader, e: &mut Element<'_>) -> Vec<Question> {
    e.used.push("html");
    let words = r.html(e.json, "html", &e.at.clone());
    let key = r.keys.take(&e.name, "n");
    vec![Question::new(&key, QuestionKind::Notice, words)]
}
