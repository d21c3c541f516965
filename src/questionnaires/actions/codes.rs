//! One-time codes: made once for a class, printed, used once.

use crate::{
    accounts::model::Actor,
    audit::{self, Entry},
    error::Result,
    http::App,
    kernel::{ids::QuestionnaireId, response_code::ResponseCode},
    questionnaires::{actions::by_id, store},
};

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

/// A member of staff makes codes. They are given here and never again: only their hashes are kept.
///
/// # Errors
/// `NotFound` when the organisation has no such questionnaire.
pub async fn make(app: &App, actor: &Actor, id: QuestionnaireId, new: &NewCodes) -> Result<Vec<ResponseCode>> {
    let mut tx = app.db.write().await?;
    by_id(&mut tx, actor.organization_id, id).await?;
    let mut codes = Vec::new();
    let mut added = 0;
    for number in 0..new.count {
        let code = app.keys.response_code(id.0, &new.cohort, &new.idempotency_key, number);
        added += store::insert_code(&mut tx, &app.keys.response_code_hash(&code), id, &new.cohort).await?;
        codes.push(code);
    }
    if added > 0 {
        let entry = Entry::new("questionnaire.codes", "questionnaire").actor(actor).entity(id.0).detail(added);
        audit::record(app, &mut tx, actor.organization_id, entry).await?;
    }
    tx.commit().await?;
    Ok(codes)
}
