//! One-time codes for the replies to a letter: slips for its classes.

use crate::{
    accounts::model::Actor,
    error::{Error, Result},
    forms::codes::{self, NewCodes},
    http::App,
    kernel::{ids::LetterId, response_code::ResponseCode},
    letters::{
        actions::{by_id, record},
        model::Stage,
    },
};

/// Makes codes, class by class. They are given here and never again.
///
/// # Errors
/// `NotFound`; `Conflict` when replies do not come in, or come in without codes.
pub async fn make(
    app: &App,
    actor: &Actor,
    id: LetterId,
    wanted: &[NewCodes],
) -> Result<Vec<(String, Vec<ResponseCode>)>> {
    let mut tx = app.db.write().await?;
    let letter = by_id(&mut tx, actor.organization_id, id).await?;
    let (Some(form), Stage::Open(_), true) = (letter.form_id, letter.stage(app.now()), letter.with_codes) else {
        return Err(Error::Conflict);
    };
    let (mut classes, mut all) = (Vec::new(), 0);
    for new in wanted {
        let (codes, added) = codes::make(app, &mut tx, form, new).await?;
        all += added;
        classes.push((new.cohort.clone(), codes));
    }
    if all > 0 {
        record(app, &mut tx, actor, "letter.codes", id, all).await?;
    }
    tx.commit().await?;
    Ok(classes)
}
