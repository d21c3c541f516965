//! One-time codes: made once for a class, printed, used once.

use crate::{
    accounts::model::Actor,
    audit::{self, Entry},
    error::Result,
    forms::codes::{self, NewCodes},
    http::App,
    kernel::{ids::QuestionnaireId, response_code::ResponseCode},
    questionnaires::actions::by_id,
};

/// A member of staff makes codes. They are given here and never again: only their hashes are kept.
///
/// # Errors
/// `NotFound` when the organisation has no such questionnaire.
pub async fn make(app: &App, actor: &Actor, id: QuestionnaireId, new: &NewCodes) -> Result<Vec<ResponseCode>> {
    let mut tx = app.db.write().await?;
    let questionnaire = by_id(&mut tx, actor.organization_id, id).await?;
    let (codes, added) = codes::make(app, &mut tx, questionnaire.form_id, new).await?;
    if added > 0 {
        let entry = Entry::new("questionnaire.codes", "questionnaire").actor(actor).entity(id.0).detail(added);
        audit::record(app, &mut tx, actor.organization_id, entry).await?;
    }
    tx.commit().await?;
    Ok(codes)
}
