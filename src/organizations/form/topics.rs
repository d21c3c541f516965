//! A topic as it is typed.

use crate::{
    http::Form,
    kernel::ids::DepartmentId,
    organizations::form::{NAME_CHARS, checked, department_id, line, number, required_name},
    ui::FormState,
};

/// A topic as an administrator wants it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicInput {
    /// The name in Chinese.
    pub name: String,
    /// The name in English; empty when there is none.
    pub name_en: String,
    /// The department that usually handles it.
    pub default_department_id: Option<DepartmentId>,
    /// Its place in lists; at the end when it is new.
    pub position: Option<u16>,
    /// Whether its cases are about people.
    pub about_people: bool,
    /// Whether forms offer it.
    pub in_use: bool,
}

/// The code word of a topic: 2 to 30 of a–z, 0–9 and `_`, beginning with a letter.
pub fn topic_code(text: &str) -> Option<String> {
    let code = text.trim();
    let fits = (2..=30).contains(&code.len())
        && code.starts_with(|c: char| c.is_ascii_lowercase())
        && code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    fits.then(|| code.to_string())
}

/// Reads a topic.
///
/// # Errors
/// The form with its errors.
pub fn topic(values: Form) -> Result<TopicInput, FormState> {
    let mut state = FormState::of(values);
    let input = read(&mut state);
    checked(state, input)
}

/// Reads a new topic with its code word.
///
/// # Errors
/// The form with its errors.
pub fn new_topic(values: Form) -> Result<(String, TopicInput), FormState> {
    let mut state = FormState::of(values);
    let input = read(&mut state);
    let code = topic_code(state.values.text("code"));
    if code.is_none() {
        state.error("code", "organizations.error.code");
    }
    checked(state, (code.unwrap_or_default(), input))
}

fn read(state: &mut FormState) -> TopicInput {
    TopicInput {
        name: required_name(state, "name"),
        name_en: line(state, "name_en", NAME_CHARS),
        default_department_id: department_id(state, "default_department_id"),
        position: state.values.has("position").then(|| number(state, "position", 1, 999)),
        about_people: state.values.has("about_people"),
        in_use: state.values.has("in_use"),
    }
}
