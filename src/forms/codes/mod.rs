//! One-time codes 答题码: whoever holds a slip answers a form once. A code knows its form and its class, and whether it was
//! used; no response knows its code, and no code knows a person. Questionnaires and letters ask for them where the office
//! wants one answer from each.
//!
//! A sheet of slips is shown once ([`sheet`]): only hashes are kept.

pub mod sheet;
mod store;

use leptos::prelude::AnyView;

use crate::{
    db::Conn,
    error::Result,
    http::{App, Cx},
    kernel::{
        ids::{FormId, OrganizationId},
        response_code::ResponseCode,
    },
    ui::{
        FormState,
        field::{self, Line},
    },
};

/// The name of the field, which the browser fills in from a scanned slip.
pub const FIELD: &str = "response_code";

/// Codes that somebody wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCodes {
    /// For which class.
    pub cohort: String,
    /// How many.
    pub count: i64,
    /// The key of the form instance: the same press makes the same codes, and shows them again.
    pub idempotency_key: String,
}

/// The codes of one class.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct CohortCodes {
    /// The class.
    pub cohort: String,
    /// How many were made.
    pub total: i64,
    /// How many were used.
    pub used: i64,
}

/// What a code is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// There is no such code.
    NoSuchCode,
    /// The code was used.
    CodeUsed,
}

impl Refused {
    /// The sentence for the person who typed it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NoSuchCode => "forms.code.unknown",
            Self::CodeUsed => "forms.code.used",
        }
    }
}

/// Makes codes, in the caller's transaction, which also has the right and writes the audit log. They are given here and
/// never again; the number says how many are new.
///
/// # Errors
/// The database's.
pub async fn make(app: &App, c: &mut Conn, form: FormId, new: &NewCodes) -> Result<(Vec<ResponseCode>, u64)> {
    let mut codes = Vec::new();
    let mut added = 0;
    for number in 0..new.count {
        let code = app.keys.response_code(form.0, &new.cohort, &new.idempotency_key, number);
        added += store::insert(c, &app.keys.response_code_hash(&code), form, &new.cohort).await?;
        codes.push(code);
    }
    Ok((codes, added))
}

/// The class of a code of this form; `None` when the form has no such code.
///
/// # Errors
/// The database's.
pub async fn class_of(app: &App, c: &mut Conn, form: FormId, code: &ResponseCode) -> Result<Option<String>> {
    Ok(store::find(c, &app.keys.response_code_hash(code), form).await?)
}

/// Uses a code in the transaction that stores its answer; `false` when it was used before.
///
/// # Errors
/// The database's.
pub async fn spend(app: &App, c: &mut Conn, code: &ResponseCode) -> Result<bool> {
    Ok(store::spend(c, &app.keys.response_code_hash(code)).await? > 0)
}

/// The codes of a form by class.
///
/// # Errors
/// The database's.
pub async fn by_class(c: &mut Conn, org: OrganizationId, form: FormId) -> Result<Vec<CohortCodes>> {
    Ok(store::by_class(c, org, form).await?)
}

/// Reads the code that somebody typed; what is wrong is noted beside the field.
pub fn typed(state: &mut FormState) -> Option<ResponseCode> {
    let code = ResponseCode::parse(state.values.text(FIELD));
    if !state.values.has(FIELD) {
        state.error(FIELD, "forms.code.missing");
    } else if code.is_none() {
        state.error(FIELD, "forms.code.mistyped");
    }
    code
}

/// The field of the code.
pub fn code_field(cx: &Cx, state: &FormState) -> AnyView {
    let line = Line { autocomplete: "off", required: true, hint: "forms.code.hint", ..Line::default() };
    field::line(cx, state, FIELD, "forms.code.label", line)
}
