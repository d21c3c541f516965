//! The organisation itself as it is typed.

use crate::{
    http::Form,
    kernel::text::{char_count, normalize_text},
    organizations::{
        form::{checked, line, number, required_name},
        model::TimeLimits,
    },
    ui::FormState,
};

/// Most working days until triage. The law counts 15 days through (信访工作条例 §22); ten working days are two weeks.
pub const MAX_TRIAGE: u16 = 10;
/// Most working days until the submitter knows whether it is accepted: 15 days (§23).
pub const MAX_ACCEPTANCE: u16 = 10;
/// Most working days for a department's objection: 5 (§23).
pub const MAX_OBJECTION: u16 = 5;
/// Most working days for handling: 60 days (§34); forty working days are eight weeks.
pub const MAX_HANDLING: u16 = 40;
/// Most working days for urgent cases (our own rule: domain, time limits).
pub const MAX_URGENT: u16 = 3;

/// The organisation as an administrator wants it.
#[derive(Clone, Debug)]
pub struct SettingsInput {
    /// The name.
    pub name: String,
    /// One or two characters.
    pub emblem: String,
    /// The hotline's number; empty when there is none.
    pub hotline: String,
    /// What the office calls itself.
    pub office_name: String,
    /// A sentence on the start page.
    pub welcome: String,
    /// Time limits.
    pub limits: TimeLimits,
}

/// Reads the settings of an organisation.
///
/// # Errors
/// The form with its errors.
pub fn settings(values: Form) -> Result<SettingsInput, FormState> {
    let mut state = FormState::of(values);
    let name = required_name(&mut state, "name");
    let emblem = emblem(&mut state);
    let office_name = required_name(&mut state, "office_name");
    let hotline = hotline(&mut state);
    let welcome = normalize_text(state.values.text("welcome"));
    if char_count(&welcome) > 200 {
        state.error_with("welcome", "organizations.error.too_long", &[("max", "200".to_string())]);
    }
    let limits = limits(&mut state);
    checked(state, SettingsInput { name, emblem, hotline, office_name, welcome, limits })
}

fn emblem(state: &mut FormState) -> String {
    let emblem = line(state, "emblem", 2);
    if emblem.is_empty() {
        state.error("emblem", "organizations.error.missing");
    }
    emblem
}

/// Digits with the usual signs between them, so that a phone can dial it.
fn hotline(state: &mut FormState) -> String {
    let number = line(state, "hotline", 40);
    let dialable = number.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '+' | '(' | ')'));
    let digits = number.chars().filter(char::is_ascii_digit).count();
    if !number.is_empty() && (!dialable || digits < 3) {
        state.error("hotline", "organizations.error.hotline");
    }
    number
}

fn limits(state: &mut FormState) -> TimeLimits {
    let limits = TimeLimits {
        triage: number(state, "triage", 1, MAX_TRIAGE),
        acceptance: number(state, "acceptance", 1, MAX_ACCEPTANCE),
        objection: number(state, "objection", 1, MAX_OBJECTION),
        handling: number(state, "handling", 1, MAX_HANDLING),
        urgent: number(state, "urgent", 1, MAX_URGENT),
    };
    if state.is_ok() && limits.acceptance < limits.triage {
        state.error("acceptance", "organizations.error.acceptance_before_triage");
    }
    if state.is_ok() && limits.handling < limits.urgent {
        state.error("urgent", "organizations.error.urgent_after_handling");
    }
    limits
}
