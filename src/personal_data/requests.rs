//! Wishes to erase: asked for, decided by a second person, done at once.

use chrono::{DateTime, Utc};

use crate::{
    accounts::model::Actor,
    cases::{
        erase,
        model::{Case, Decision, EventKind},
    },
    db::Conn,
    error::{Error, Result},
    http::App,
    intake::{self, model::SubmissionView},
    kernel::{
        clock::hour_of,
        ids::{CaseId, ErasureRequestId, SubmissionId},
    },
    personal_data::{
        model::{Basis, Proof, Source},
        store::{
            self,
            requests::{NewRequest, Request},
        },
        wipe,
    },
};

/// A wish as the office takes it down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// Whose data; `None` for the whole case.
    pub submission: Option<SubmissionId>,
    /// On which ground.
    pub basis: Basis,
    /// How it was seen who asks.
    pub proof: Proof,
    /// What they say.
    pub words: String,
}

/// The submitter asks with the code. Their code is the proof; the time is the hour (promise 8).
///
/// # Errors
/// `Bad` while another wish about the case waits.
pub async fn ask_by_code(app: &App, case: CaseId, mine: SubmissionId, basis: Basis, words: &str) -> Result<()> {
    let mut tx = app.db.write().await?;
    let case = erase::lock(&mut tx, case).await?;
    let wish = Wish { submission: Some(mine), basis, proof: Proof::Code, words: words.to_string() };
    if !add(app, &mut tx, &case, &wish, None, hour_of(app.now())).await? {
        return Err(Error::Bad("personal_data.error.waits"));
    }
    Ok(tx.commit().await?)
}

/// The office takes a wish down.
///
/// # Errors
/// `NotFound` when the person does not keep the case; `Conflict` while another wish about it waits; `Bad` for a submission
/// of another case.
pub async fn ask(app: &App, actor: &Actor, number: &str, wish: &Wish) -> Result<()> {
    let mut tx = app.db.write().await?;
    let case = erase::kept_by(&mut tx, actor, number).await?;
    if let Some(id) = wish.submission
        && !store::wipe::submissions(&mut tx, case.id).await?.iter().any(|s| s.id == id)
    {
        return Err(Error::Bad("error.bad_form"));
    }
    if !add(app, &mut tx, &case, wish, Some(actor), app.now()).await? {
        return Err(Error::Conflict);
    }
    Ok(tx.commit().await?)
}

/// Adds it; false when another one waits.
async fn add(app: &App, c: &mut Conn, case: &Case, wish: &Wish, by: Option<&Actor>, at: DateTime<Utc>) -> Result<bool> {
    let new = NewRequest {
        id: ErasureRequestId::new(at, &*app.random),
        organization_id: case.organization_id,
        case_id: case.id,
        submission_id: wish.submission,
        source: if by.is_some() { Source::Office } else { Source::Code },
        basis: wish.basis,
        proof: wish.proof,
        words: &wish.words,
        asked_by: by.map(|a| a.staff_id),
        at,
    };
    if store::requests::insert(c, &new).await? == 0 {
        return Ok(false);
    }
    erase::note(app, c, case, EventKind::ErasureAsked, by, at).await?;
    let people = erase::deciders(c, case, new.asked_by).await?;
    erase::tell(app, c, case, &people, EventKind::ErasureAsked, at).await?;
    Ok(true)
}

/// What the page of a case's data shows to its keeper.
pub struct OfCase {
    /// The case.
    pub case: Case,
    /// The last wish to erase it.
    pub last: Option<Request>,
    /// Why it has to stay for now: the key of a sentence.
    pub stays: Option<&'static str>,
    /// How many parts go with it.
    pub parts: i64,
    /// Who speaks in it.
    pub submissions: Vec<SubmissionView>,
}

/// What the page of a case's data shows.
///
/// # Errors
/// `NotFound` when the person does not keep the case.
pub async fn of_case(app: &App, actor: &Actor, number: &str) -> Result<OfCase> {
    let mut c = app.db.read().await?;
    let case = erase::shown_to(&mut c, actor, number).await?;
    let org = case.organization_id;
    Ok(OfCase {
        last: store::requests::last_of(&mut c, case.id).await?,
        stays: erase::why_it_stays(&mut c, &case).await?,
        parts: erase::count_parts(&mut c, case.id).await?,
        submissions: intake::actions::submissions_of_case(app, &mut c, org, case.id, actor.lang).await?,
        case,
    })
}

/// The last wish about a case, whose data it is about included.
///
/// # Errors
/// The database's.
pub async fn last_of(c: &mut Conn, case: CaseId) -> Result<Option<Request>> {
    Ok(store::requests::last_of(c, case).await?)
}

/// A wish and the case it is about, with why it could not be granted now.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// The wish.
    pub request: Request,
    /// Why the case has to stay for now: the key of a sentence.
    pub stays: Option<&'static str>,
    /// How many parts go with the case, when it goes as a whole.
    pub parts: i64,
}

/// The wishes that wait for this person.
///
/// # Errors
/// The database's.
pub async fn waiting_for(c: &mut Conn, actor: &Actor) -> Result<Vec<Waiting>> {
    let mut mine = Vec::new();
    for request in store::requests::waiting(c, actor.organization_id).await? {
        let case = erase::of_id(c, request.case_id).await?;
        if erase::deciders(c, &case, request.asked_by).await?.contains(&actor.staff_id) {
            let stays = erase::why_it_stays(c, &case).await?;
            let parts = if wipe::takes_all(c, &case, request.submission_id).await? {
                erase::count_parts(c, case.id).await?
            } else {
                0
            };
            mine.push(Waiting { request, stays, parts });
        }
    }
    Ok(mine)
}

/// A second person grants a wish, which is done at once, or refuses it. The answer of a refusal is shown to the submitter.
///
/// # Errors
/// `NotFound` when no such wish waits for this person; `Conflict` when somebody was faster; `Bad` when the case has to stay.
pub async fn decide(app: &App, actor: &Actor, id: ErasureRequestId, grant: bool, answer: &str) -> Result<()> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let request = store::requests::by_id(&mut tx, actor.organization_id, id).await?.ok_or(Error::NotFound)?;
    let case = erase::lock(&mut tx, request.case_id).await?;
    if !erase::deciders(&mut tx, &case, request.asked_by).await?.contains(&actor.staff_id) {
        return Err(Error::NotFound);
    }
    let decision = if grant { Decision::Granted } else { Decision::Refused };
    if store::requests::decide(&mut tx, id, decision, actor.staff_id, now, answer).await? == 0 {
        return Err(Error::Conflict);
    }
    if !grant {
        erase::note(app, &mut tx, &case, EventKind::ErasureRefused, Some(actor), now).await?;
        return Ok(tx.commit().await?);
    }
    if let Some(why) = erase::why_it_stays(&mut tx, &case).await? {
        return Err(Error::Bad(why));
    }
    let left = match request.submission_id {
        None => wipe::case(app, &mut tx, case, Some(actor), now).await?,
        Some(mine) => wipe::submission(app, &mut tx, case, mine, Some(actor), now).await?,
    };
    tx.commit().await?;
    if let Err(error) = wipe::after(app, left).await {
        // The rows are gone; the job does the rest.
        tracing::warn!(name: "erasure.unfinished", ?error, "files, list or free pages are cleaned by the next job");
    }
    Ok(())
}
