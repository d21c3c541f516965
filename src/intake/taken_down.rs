//! What staff write down for others: what somebody says, or the letter in a box. It becomes the same case by the same way
//! as what people send themselves; the person gets the same tracking code.

use std::sync::Arc;

use crate::{
    attachments::model::StoredFile,
    error::{Error, Result},
    http::{App, Form},
    intake::{
        form,
        model::{NewSubmission, Receipt},
        open::Open,
        submit::{self, Submitted, TakenDown},
    },
    kernel::random,
    organizations,
    ui::FormState,
};

/// What became of a press.
pub enum Taken {
    /// It is stored.
    Down(Box<Receipt>),
    /// Something is wrong with the form; `state` says what.
    Refused,
    /// It can't be stored now; everything that was typed is still there.
    Later,
}

/// Stores what was written down. `state` holds what was posted and may have errors already; what is found on top of them
/// goes there too, so that the page comes back with everything.
///
/// # Errors
/// The database's.
pub async fn take_down(
    app: &Arc<App>,
    open: &Open,
    posted: &Form,
    files: Vec<StoredFile>,
    taken: TakenDown<'_>,
    state: &mut FormState,
) -> Result<Taken> {
    let Some(parsed) = form::parse(posted, &open.version.definition, None, state).filter(|_| state.is_ok()) else {
        return Ok(Taken::Refused);
    };
    let mut c = app.db.read().await?;
    let (topic, preset) = (posted.text("topic"), open.point.topic_id);
    let topic = organizations::actions::topic_or_other(&mut c, open.org.id, topic, preset).await?;
    drop(c);
    let new = NewSubmission {
        idempotency_key: parsed.idempotency_key,
        form_version_id: open.version.id,
        person: parsed.person,
        identity: parsed.identity,
        topic,
        body: parsed.body,
        answers: parsed.answers,
        contact: parsed.contact,
        lane: parsed.lane,
        files,
    };
    match submit::submit(app, &open.org, &open.point, Some(taken), new).await {
        Ok(Submitted::Receipt(receipt)) => Ok(Taken::Down(receipt)),
        Ok(Submitted::KeyUsed) => {
            state.error("", "intake.error.key_used");
            state.values.set("idempotency_key", random::secret(&*app.random));
            Ok(Taken::Refused)
        }
        Err(Error::Bad(reason)) => {
            state.error("", reason);
            Ok(Taken::Refused)
        }
        Err(Error::Unavailable) => {
            state.error("", "intake.taken.unavailable");
            Ok(Taken::Later)
        }
        Err(other) => Err(other),
    }
}
