//! Posted forms of staff: strings in, letters and decisions out.

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};

use crate::{
    forms::{codes::NewCodes, model::Text},
    http::Form,
    kernel::{
        ids::DepartmentId,
        text::{char_count, normalize_line, normalize_text},
    },
    letters::{
        markup,
        model::{Class, Content, Decision, Suggestion},
    },
    ui::{FormState, time},
};

/// Most characters of a title, a greeting or a signature.
pub const MAX_LINE: usize = 60;
/// Most characters of a letter.
pub const MAX_BODY: usize = 6_000;
/// Most characters of a statement.
pub const MAX_STATEMENT: usize = 200;
/// Most statements: a reply slip is no questionnaire.
pub const MOST_STATEMENTS: usize = 8;
/// Most classes.
pub const MOST_CLASSES: usize = 120;
/// Most characters of a reason.
pub const MAX_REASON: usize = 1_000;
/// Replies may come in for so many days at most.
pub const MOST_DAYS: u64 = 90;
/// Most slips that one press prints.
pub const MOST_SLIPS: i64 = 1_000;
/// What stands for all classes where one is chosen; no class is called so.
pub const ALL_CLASSES: &str = "*";
/// Most pupils of a class that nobody mistyped.
const MOST_PUPILS: i64 = 2_000;

/// Reads a posted letter. What can't be read is noted in `state`; what can is given back all the same, to look at.
pub fn content(state: &mut FormState, now: DateTime<Utc>) -> Content {
    let title = pair(state, "title", MAX_LINE, true, normalize_line);
    let greeting = pair(state, "greeting", MAX_LINE, false, normalize_line);
    let body = pair(state, "body", MAX_BODY, true, |text| markup::print(&markup::parse(text)));
    let signature = pair(state, "signature", MAX_LINE, true, normalize_line);
    let day = day(state, "day");
    if day.is_none() && !state.values.has("day") {
        state.error("day", "letters.error.day");
    }
    let classes = classes(state);
    let statements = statements(state);
    Content { title, greeting, body, signature, day: day.unwrap_or_else(|| time::date(now)), classes, statements }
}

/// The form of a letter as it is.
pub fn filled(content: &Content) -> FormState {
    let statements: Vec<String> = content
        .statements
        .iter()
        .map(|s| if s.en.is_empty() { s.zh.clone() } else { format!("{} | {}", s.zh, s.en) })
        .collect();
    FormState::of(Form::from_pairs([
        ("title", content.title.zh.clone()),
        ("title_en", content.title.en.clone()),
        ("greeting", content.greeting.zh.clone()),
        ("greeting_en", content.greeting.en.clone()),
        ("body", content.body.zh.clone()),
        ("body_en", content.body.en.clone()),
        ("signature", content.signature.zh.clone()),
        ("signature_en", content.signature.en.clone()),
        ("day", content.day.to_string()),
        ("classes", classes_as_typed(&content.classes)),
        ("statements", statements.join("\n")),
    ]))
}

/// Classes as they are typed: one a line.
pub fn classes_as_typed(classes: &[Class]) -> String {
    let line = |c: &Class| c.pupils.map_or_else(|| c.name.clone(), |n| format!("{} {n}", c.name));
    classes.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn pair(state: &mut FormState, name: &'static str, max: usize, required: bool, clean: fn(&str) -> String) -> Text {
    let english = format!("{name}_en");
    let text = Text { zh: clean(state.values.text(name)), en: clean(state.values.text(&english)) };
    if required && text.zh.is_empty() {
        state.error(name, "letters.error.missing");
    }
    for (field, value) in [(name.to_string(), &text.zh), (english, &text.en)] {
        if char_count(value) > max {
            state.error_with(field, "letters.error.long", &[("max", max.to_string())]);
        }
    }
    text
}

/// A day between 2000 and 2100; `None` when the field is empty or wrong (which is noted).
fn day(state: &mut FormState, name: &'static str) -> Option<NaiveDate> {
    let typed = state.values.optional(name)?.to_string();
    let day = typed.parse::<NaiveDate>().ok().filter(|d| (2000..2100).contains(&d.year()));
    if day.is_none() {
        state.error(name, "letters.error.day");
    }
    day
}

fn classes(state: &mut FormState) -> Vec<Class> {
    let mut classes: Vec<Class> = Vec::new();
    let typed = normalize_text(state.values.text("classes"));
    for line in typed.lines().map(normalize_line).filter(|l| !l.is_empty()) {
        let class = class(&line);
        if classes.iter().any(|c| c.name == class.name) {
            state.error_with("classes", "letters.error.class_twice", &[("name", class.name.clone())]);
        } else if char_count(&class.name) > 30 || class.pupils.is_some_and(|n| !(1..=MOST_PUPILS).contains(&n)) {
            state.error_with("classes", "letters.error.class", &[("name", class.name.clone())]);
        }
        classes.push(class);
    }
    if classes.len() > MOST_CLASSES {
        state.error_with("classes", "letters.error.classes", &[("max", MOST_CLASSES.to_string())]);
    }
    classes
}

/// `三年级一班 42`: the last number of a line is how many pupils, when a space stands before it.
fn class(line: &str) -> Class {
    let split = line.rsplit_once(' ').and_then(|(name, number)| Some((name, number.parse::<i64>().ok()?)));
    match split {
        Some((name, pupils)) => Class { name: name.to_string(), pupils: Some(pupils) },
        None => Class { name: line.to_string(), pupils: None },
    }
}

fn statements(state: &mut FormState) -> Vec<Text> {
    let typed = normalize_text(state.values.text("statements"));
    let statements: Vec<Text> = typed
        .lines()
        .map(normalize_line)
        .filter(|l| !l.is_empty())
        .map(|line| match line.split_once('|') {
            Some((zh, en)) => Text::new(zh.trim(), en.trim()),
            None => Text::new(&line, ""),
        })
        .collect();
    if statements.len() > MOST_STATEMENTS {
        state.error_with("statements", "letters.error.statements", &[("max", MOST_STATEMENTS.to_string())]);
    }
    if statements.iter().any(|s| s.is_empty() || char_count(&s.zh).max(char_count(&s.en)) > MAX_STATEMENT) {
        state.error_with("statements", "letters.error.statement", &[("max", MAX_STATEMENT.to_string())]);
    }
    statements
}

/// Why a published letter is corrected.
pub fn note(state: &mut FormState) -> String {
    let note = normalize_line(state.values.text("note"));
    if note.is_empty() || char_count(&note) > MAX_STATEMENT {
        state.error_with("note", "letters.error.note", &[("max", MAX_STATEMENT.to_string())]);
    }
    note
}

/// The last day on which replies come in, as its end.
pub fn end(posted: &Form, now: DateTime<Utc>) -> Result<DateTime<Utc>, FormState> {
    let mut state = FormState::of(posted.clone());
    let today = time::date(now);
    let latest = today.checked_add_days(Days::new(MOST_DAYS)).unwrap_or(today);
    let day = posted.text("until").trim().parse::<NaiveDate>().ok().filter(|d| (today..=latest).contains(d));
    match day.and_then(|d| d.checked_add_days(Days::new(1))) {
        Some(next) => Ok(time::start_of(next)),
        None => {
            state.error_with("until", "letters.error.until", &[("days", MOST_DAYS.to_string())]);
            Err(state)
        }
    }
}

/// The last day before an end.
pub fn last_day(end: DateTime<Utc>) -> NaiveDate {
    time::date(end - chrono::TimeDelta::seconds(1))
}

/// Slips for one class or for all: as many as were typed, or as many as the class has pupils.
///
/// # Errors
/// What is wrong, beside its fields.
pub fn codes(posted: &Form, classes: &[Class]) -> Result<Vec<NewCodes>, FormState> {
    let mut state = FormState::of(posted.clone());
    let (chosen, typed) = (posted.text("cohort"), posted.text("count").trim());
    let of: Vec<&Class> = classes.iter().filter(|c| chosen == ALL_CLASSES || c.name == chosen).collect();
    if of.is_empty() {
        state.error("cohort", "letters.reply.class");
    }
    let counts: Option<Vec<i64>> =
        of.iter().map(|c| if typed.is_empty() { c.pupils } else { typed.parse().ok() }).collect();
    let known = counts.filter(|all| all.iter().all(|n| (1..=MOST_SLIPS).contains(n)));
    match &known {
        None => state.error("count", "letters.codes.how_many"),
        Some(all) if all.iter().sum::<i64>() > MOST_SLIPS => {
            state.error_with("count", "letters.codes.too_many", &[("max", MOST_SLIPS.to_string())]);
        }
        Some(_) => {}
    }
    let key = posted.text("idempotency_key").trim();
    if !(8..=128).contains(&key.len()) {
        state.error("", "letters.reply.key");
    }
    match known {
        Some(counts) if state.is_ok() => Ok(of
            .iter()
            .zip(counts)
            .map(|(c, count)| NewCodes { cohort: c.name.clone(), count, idempotency_key: key.to_string() })
            .collect()),
        _ => Err(state),
    }
}

/// The title of a new suggestion, beside the comments that make it.
pub fn suggestion_title(state: &mut FormState, field: &'static str) -> String {
    let title = normalize_line(state.values.text(field));
    if title.is_empty() || char_count(&title) > MAX_STATEMENT {
        state.error_with(field, "letters.error.suggestion_title", &[("max", MAX_STATEMENT.to_string())]);
    }
    title
}

/// Reads a decision about a suggestion. A decision needs its reason: what will be done, or why not.
pub fn decision(posted: &Form, before: &Suggestion, departments: &[DepartmentId]) -> Result<Suggestion, FormState> {
    let mut state = FormState::of(posted.clone());
    let title = suggestion_title(&mut state, "title");
    let decision = Decision::parse(posted.text("decision"));
    let reason = normalize_text(posted.text("reason"));
    if char_count(&reason) > MAX_REASON {
        state.error_with("reason", "letters.error.long", &[("max", MAX_REASON.to_string())]);
    } else if decision.is_some() && reason.is_empty() {
        state.error("reason", "letters.error.reason");
    }
    let department =
        posted.optional("department").map(|d| DepartmentId::parse(d).filter(|id| departments.contains(id)));
    if department == Some(None) {
        state.error("department", "letters.error.department");
    }
    let day = day(&mut state, "day");
    let version = posted.text("version").trim().parse().unwrap_or(0);
    if !state.is_ok() {
        return Err(state);
    }
    Ok(Suggestion { title, decision, reason, department_id: department.flatten(), day, version, ..before.clone() })
}

#[cfg(test)]
#[path = "form_tests.rs"]
mod tests;
