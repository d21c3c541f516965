//! What was typed into a form and what is wrong with it.

use axum::http::StatusCode;

use crate::{
    error::{Error, Result},
    http::{Cx, Form},
};

/// An error of one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name; empty for the form as a whole.
    pub field: String,
    /// The key of the sentence.
    pub key: &'static str,
    /// Variables of the sentence.
    pub variables: Vec<(&'static str, String)>,
}

/// What was typed and what is wrong with it.
#[derive(Clone, Debug, Default)]
pub struct FormState {
    /// The values.
    pub values: Form,
    /// The errors, in the order of the fields.
    pub errors: Vec<FieldError>,
}

impl FormState {
    /// A form with these values and no errors.
    pub fn of(values: Form) -> Self {
        Self { values, errors: Vec::new() }
    }

    /// Adds an error.
    pub fn error(&mut self, field: impl Into<String>, key: &'static str) {
        self.errors.push(FieldError { field: field.into(), key, variables: Vec::new() });
    }

    /// Adds an error with variables.
    pub fn error_with(&mut self, field: impl Into<String>, key: &'static str, variables: &[(&'static str, String)]) {
        self.errors.push(FieldError { field: field.into(), key, variables: variables.to_vec() });
    }

    /// Whether nothing is wrong.
    pub fn is_ok(&self) -> bool {
        self.errors.is_empty()
    }

    /// The first error of a field, as a sentence.
    pub fn message(&self, cx: &Cx, field: &str) -> Option<String> {
        self.errors.iter().find(|e| e.field == field).map(|e| e.sentence(cx))
    }

    /// The errors as `{field: [sentence]}`.
    pub fn to_json(&self, cx: &Cx) -> serde_json::Value {
        let mut map = serde_json::Map::new();
        for error in &self.errors {
            let list = map.entry(error.field.clone()).or_insert_with(|| serde_json::json!([]));
            if let Some(list) = list.as_array_mut() {
                list.push(error.sentence(cx).into());
            }
        }
        serde_json::json!({ "errors": map })
    }
}

impl FieldError {
    /// The sentence.
    pub fn sentence(&self, cx: &Cx) -> String {
        let variables: Vec<(&str, &str)> = self.variables.iter().map(|(k, v)| (*k, v.as_str())).collect();
        cx.tf(self.key, &variables)
    }
}

/// The form to show again after something was to be saved, with its status; `None` when it was saved. When somebody else was
/// faster, the form holds what is there now; what was typed is shown beside it ([`unsent`](crate::ui::field::unsent)).
///
/// # Errors
/// What is neither a refusal nor a conflict.
pub fn again<T>(
    typed: &Form,
    now: Form,
    saved: Result<std::result::Result<T, FieldError>>,
) -> Result<Option<(FormState, StatusCode)>> {
    match saved {
        Ok(Ok(_)) => Ok(None),
        Ok(Err(error)) => {
            Ok(Some((FormState { values: typed.clone(), errors: vec![error] }, StatusCode::UNPROCESSABLE_ENTITY)))
        }
        Err(Error::Conflict) => {
            let mut state = FormState::of(now);
            state.error("", "error.conflict");
            Ok(Some((state, StatusCode::CONFLICT)))
        }
        Err(other) => Err(other),
    }
}
