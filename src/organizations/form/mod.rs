//! What an administrator types → types of ours, with an error beside each field.

mod calendar;
mod departments;
mod settings;
mod staff;
mod topics;

pub use calendar::{HOLIDAYS, VACATIONS, WORKING_DAYS, show_holidays, show_vacations, show_working_days};
pub use departments::{DepartmentInput, department};
pub use settings::{MAX_ACCEPTANCE, MAX_HANDLING, MAX_TRIAGE, MAX_URGENT, SettingsInput, settings};
pub use staff::{NewPersonInput, PersonInput, new_person, person, username};
pub use topics::{TopicInput, new_topic, topic, topic_code};

use crate::{
    kernel::{
        ids::DepartmentId,
        text::{char_count, normalize_line},
    },
    ui::FormState,
};

/// Most characters of a name.
pub const NAME_CHARS: usize = 60;

/// First words of addresses, of today's and of promised pages: no organisation may have one as its slug.
pub const RESERVED: &[&str] = &[
    "about",
    "account",
    "admin",
    "api",
    "assets",
    "attachments",
    "board",
    "desk",
    "files",
    "healthz",
    "help",
    "invitation",
    "login",
    "logout",
    "mail",
    "metrics",
    "patrol",
    "privacy",
    "q",
    "readyz",
    "rep",
    "static",
    "status",
    "track",
    "upload",
];

/// The slug of an organisation: 2 to 40 of a–z, 0–9 and `-`, and no first word of an address of ours.
pub fn slug(text: &str) -> Option<String> {
    let slug = text.trim();
    let fits = (2..=40).contains(&slug.len())
        && slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    (fits && !RESERVED.contains(&slug)).then(|| slug.to_string())
}

/// A name: one line, not blank, not too long.
pub fn name(text: &str) -> Option<String> {
    let name = normalize_line(text);
    (1..=NAME_CHARS).contains(&char_count(&name)).then_some(name)
}

/// A name that must be there.
fn required_name(state: &mut FormState, field: &'static str) -> String {
    let text = line(state, field, NAME_CHARS);
    if text.is_empty() {
        state.error(field, "organizations.error.missing");
    }
    text
}

/// One line that may be empty.
fn line(state: &mut FormState, field: &'static str, max: usize) -> String {
    let text = normalize_line(state.values.text(field));
    if char_count(&text) > max {
        state.error_with(field, "organizations.error.too_long", &[("max", max.to_string())]);
    }
    text
}

/// A whole number between two bounds.
fn number(state: &mut FormState, field: &'static str, min: u16, max: u16) -> u16 {
    let value = state.values.text(field).trim().parse::<u16>().ok().filter(|n| (min..=max).contains(n));
    value.unwrap_or_else(|| {
        state.error_with(field, "organizations.error.number", &[("min", min.to_string()), ("max", max.to_string())]);
        min
    })
}

/// A department from a list; none when nothing was chosen.
fn department_id(state: &mut FormState, field: &'static str) -> Option<DepartmentId> {
    let text = state.values.optional(field)?.to_string();
    let id = DepartmentId::parse(&text);
    if id.is_none() {
        state.error(field, "organizations.error.department");
    }
    id
}

/// The value when nothing is wrong, else the form with its errors.
fn checked<T>(state: FormState, value: T) -> Result<T, FormState> {
    if state.is_ok() { Ok(value) } else { Err(state) }
}
#[cfg(test)]
mod tests;
