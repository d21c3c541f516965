//! Taking an answer in: the response, the use of its code and the count of its access point, all or nothing.

use crate::{
    access_points::{self, model::AccessPoint},
    audit::{self, Entry},
    error::{Error, Result},
    forms::{
        codes::{self, Refused},
        form::Photos,
        model::{Answers, FormVersion},
        responses::{self, NewResponse, Taken},
    },
    http::App,
    kernel::{clock::hour_of, ids::FormVersionId, response_code::ResponseCode, roles::Channel},
    questionnaires::{
        model::{OneAnswer, Questionnaire},
        results, store,
    },
};

/// An answer on its way in, checked.
#[derive(Clone, Copy, Debug)]
pub struct NewAnswer<'a> {
    /// By which access point it came.
    pub point: &'a AccessPoint,
    /// The version that was answered.
    pub version: &'a FormVersion,
    /// The key of the form instance.
    pub idempotency_key: &'a str,
    /// The one-time code, when one was given.
    pub code: Option<&'a ResponseCode>,
    /// What counts of the answers.
    pub answers: &'a Answers,
    /// The photos.
    pub photos: &'a [Photos],
}

/// What became of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Received {
    /// It is kept, now or since an earlier press with the same key.
    Kept,
    /// The key was used for something else.
    KeyUsed,
    /// The one-time code is no good.
    Code(Refused),
}

/// How often a press is tried whose twin is on its way: the twin ends, or the database is busy.
const TRIES: usize = 5;

/// Stores an answer.
///
/// # Errors
/// `Unavailable` when it can't be stored now; nothing was stored then.
pub async fn receive(app: &App, questionnaire: &Questionnaire, new: NewAnswer<'_>) -> Result<Received> {
    for _ in 0..TRIES {
        match try_to_receive(app, questionnaire, new).await {
            Err(Error::Conflict) => {}
            other => return other,
        }
    }
    Err(Error::Unavailable)
}

async fn try_to_receive(app: &App, questionnaire: &Questionnaire, new: NewAnswer<'_>) -> Result<Received> {
    let mut tx = app.db.write().await?;
    let code = match (questionnaire.settings.one_answer, new.code) {
        (OneAnswer::Free, _) => None,
        (OneAnswer::Code, None) => return Ok(Received::Code(Refused::NoSuchCode)),
        (OneAnswer::Code, Some(code)) => Some(code),
    };
    let cohort = match code {
        None => String::new(),
        Some(code) => match codes::class_of(app, &mut tx, questionnaire.form_id, code).await? {
            Some(cohort) => cohort,
            None => return Ok(Received::Code(Refused::NoSuchCode)),
        },
    };
    let scope = new.point.id.to_string();
    let response = NewResponse {
        organization_id: questionnaire.organization_id,
        version: new.version,
        access_point_id: Some(new.point.id),
        channel: Channel::Questionnaire,
        cohort: &cohort,
        author_id: None,
        scope: &scope,
        idempotency_key: new.idempotency_key,
        answers: new.answers,
        photos: new.photos,
        made_at: None,
    };
    let id = match responses::take(app, &mut tx, response).await? {
        Taken::New(id) => id,
        Taken::Again(_) => return Ok(Received::Kept),
        Taken::KeyUsed => return Ok(Received::KeyUsed),
    };
    if let Some(code) = code
        && !codes::spend(app, &mut tx, code).await?
    {
        return Ok(Received::Code(Refused::CodeUsed));
    }
    access_points::actions::count_submission(&mut tx, new.point.id).await?;
    results::actions::count_when_due(app, &mut tx, questionnaire).await?;
    let entry = Entry::new("response.received", "response").entity(id.0).at(hour_of(app.now()));
    audit::record(app, &mut tx, questionnaire.organization_id, entry).await?;
    tx.commit().await.map_err(|_| Error::Unavailable)?;
    Ok(Received::Kept)
}

/// Somebody went away after this question.
///
/// # Errors
/// The database's.
pub async fn leave(app: &App, version: FormVersionId, question: &str) -> Result<()> {
    let mut tx = app.db.write().await?;
    store::add_leaving(&mut tx, version, question).await?;
    tx.commit().await?;
    Ok(())
}
