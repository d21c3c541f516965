//! A person as they are typed.

use crate::{
    http::Form,
    i18n::Lang,
    kernel::{ids::DepartmentId, roles::Role},
    organizations::form::{checked, department_id, required_name},
    ui::FormState,
};

/// A person as an administrator wants them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonInput {
    /// The name shown.
    pub display_name: String,
    /// The role.
    pub role: Role,
    /// The department; `None` for roles without one, whatever was sent.
    pub department_id: Option<DepartmentId>,
}

/// A new person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPersonInput {
    /// The sign-in name.
    pub username: String,
    /// The language of their pages.
    pub lang: Lang,
    /// Everything that can be changed later.
    pub person: PersonInput,
}

/// A sign-in name: 3 to 32 of a–z, 0–9, `.`, `_` and `-`; capitals become small.
pub fn username(text: &str) -> Option<String> {
    let name = text.trim().to_ascii_lowercase();
    let fits = (3..=32).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'_' | b'-'));
    fits.then_some(name)
}

/// Reads a person.
///
/// # Errors
/// The form with its errors.
pub fn person(values: Form) -> Result<PersonInput, FormState> {
    let mut state = FormState::of(values);
    let person = read(&mut state);
    checked(state, person)
}

/// Reads a new person.
///
/// # Errors
/// The form with its errors.
pub fn new_person(values: Form) -> Result<NewPersonInput, FormState> {
    let mut state = FormState::of(values);
    let person = read(&mut state);
    let username = username(state.values.text("username"));
    if username.is_none() {
        state.error("username", "organizations.error.username");
    }
    let lang = Lang::parse(state.values.text("lang")).unwrap_or(Lang::ZhCn);
    checked(state, NewPersonInput { username: username.unwrap_or_default(), lang, person })
}

fn read(state: &mut FormState) -> PersonInput {
    let display_name = required_name(state, "display_name");
    let role = Role::parse(state.values.text("role"));
    if role.is_none() {
        state.error("role", "organizations.error.role");
    }
    let role = role.unwrap_or(Role::Handler);
    let mut department = None;
    if role.has_department() {
        if state.values.has("department_id") {
            department = department_id(state, "department_id");
        } else {
            state.error("department_id", "organizations.error.department_missing");
        }
    }
    PersonInput { display_name, role, department_id: department }
}
