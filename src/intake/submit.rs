//! Taking a submission in.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::{
    access_points::{self, model::AccessPoint},
    accounts::model::Actor,
    attachments,
    audit::{self, Entry},
    boxes,
    cases::{
        join::{self, Further},
        model::{Identity, Lane},
        on_the_spot,
        open::{self, NewCase, Opened},
    },
    db::{self, Conn},
    error::{Error, Result},
    hotline::{
        self,
        actions::Stored,
        model::{NewCall, Then},
    },
    http::App,
    intake::{
        model::{NOTICE_VERSION, NewSubmission, Receipt},
        store,
    },
    kernel::{
        clock::hour_of,
        ids::{CaseId, OpeningId, SubmissionId},
    },
    organizations::model::Organization,
};

/// What became of a press.
#[derive(Clone, Debug)]
pub enum Submitted {
    /// Stored, now or at an earlier press with the same key and content.
    Receipt(Box<Receipt>),
    /// The key was used for something else.
    KeyUsed,
}

/// Staff wrote down what somebody said, or typed in a letter.
#[derive(Clone, Copy, Debug)]
pub struct TakenDown<'a> {
    /// Who wrote.
    pub by: &'a Actor,
    /// The opening of the box in which the letter lay.
    pub opening: Option<OpeningId>,
    /// The call or visit in which it was said.
    pub call: Option<&'a NewCall>,
}

impl<'a> TakenDown<'a> {
    /// What is to become of it; `None` for what people sent themselves, and for letters.
    fn then(self) -> Option<&'a Then> {
        self.call.map(|call| &call.then)
    }
}

/// Stores a submission with its case, all or nothing, and gives the receipt. When this returns a receipt, everything is
/// on disk (promises 1–3). `taken_down` is `None` when people sent it themselves.
///
/// # Errors
/// `Unavailable` when it can't be stored now; nothing was stored then.
pub async fn submit(
    app: &Arc<App>,
    org: &Organization,
    point: &AccessPoint,
    taken_down: Option<TakenDown<'_>>,
    new: NewSubmission,
) -> Result<Submitted> {
    let scope = point.id.to_string();
    let idempotency = app.keys.idempotency_hash(&scope, &new.idempotency_key);
    let content = content_hash(app, &new, taken_down.and_then(TakenDown::then));
    let earlier = store::by_idempotency(&mut app.db.read().await?, &idempotency).await?;
    if let Some(earlier) = earlier {
        return Ok(again(app, org, &scope, &new, &content, earlier));
    }
    match insert(app, org, point, taken_down, &new, &idempotency, &content).await {
        Err(Error::Conflict) => {
            // Another copy of the same press was faster; it has committed, or its constraint would not have answered.
            let earlier = store::by_idempotency(&mut app.db.read().await?, &idempotency).await?;
            earlier.map(|e| again(app, org, &scope, &new, &content, e)).ok_or(Error::Unavailable)
        }
        other => other.map(|receipt| Submitted::Receipt(Box::new(receipt))),
    }
}

/// Stores a submission that another slice makes with something of its own, in the caller's transaction, which has made sure
/// that it happens once: a finding of a visit, what patrols saw again and again.
///
/// # Errors
/// The database's.
pub async fn submit_within(
    app: &App,
    c: &mut Conn,
    org: &Organization,
    point: &AccessPoint,
    taken_down: TakenDown<'_>,
    new: &NewSubmission,
) -> Result<CaseId> {
    let idempotency = app.keys.idempotency_hash(&point.id.to_string(), &new.idempotency_key);
    let content = content_hash(app, new, taken_down.then());
    let (id, _) = write(app, c, org, point, Some(taken_down), new, &idempotency, &content).await?;
    Ok(id)
}

async fn insert(
    app: &Arc<App>,
    org: &Organization,
    point: &AccessPoint,
    taken_down: Option<TakenDown<'_>>,
    new: &NewSubmission,
    idempotency: &[u8],
    content: &[u8],
) -> Result<Receipt> {
    let mut tx = app.db.write().await?;
    if store::by_idempotency(&mut tx, idempotency).await?.is_some() {
        return Err(Error::Conflict);
    }
    let (_, receipt) = write(app, &mut tx, org, point, taken_down, new, idempotency, content).await?;
    tx.commit().await.map_err(conflict_on_key)?;
    Ok(receipt)
}

#[expect(clippy::too_many_arguments, reason = "what belongs to one submission, read once")]
async fn write(
    app: &App,
    c: &mut Conn,
    org: &Organization,
    point: &AccessPoint,
    taken_down: Option<TakenDown<'_>>,
    new: &NewSubmission,
    idempotency: &[u8],
    content: &[u8],
) -> Result<(CaseId, Receipt)> {
    let now = app.now();
    let received_at = if new.identity == Identity::Anonymous { hour_of(now) } else { now };
    let code = app.keys.tracking_code(org.id, &point.id.to_string(), &new.idempotency_key);
    let answers = serde_json::to_string(&new.answers).map_err(Error::internal)?;
    let id = SubmissionId::new(received_at, &*app.random);

    let opened = case_of(app, c, org, point, taken_down, (new, id, received_at)).await?;
    let row = store::NewRow {
        id,
        organization_id: org.id,
        access_point_id: point.id,
        form_version_id: new.form_version_id,
        case_id: opened.id,
        idempotency_hash: idempotency,
        content_hash: content,
        channel: point.channel,
        person: new.person,
        identity: new.identity,
        topic_id: new.topic.id,
        body: &new.body,
        answers: &answers,
        notice_version: NOTICE_VERSION,
        tracking_hash: &app.keys.tracking_hash(&code),
        received_at,
    };
    store::insert(c, &row).await.map_err(conflict_on_key)?;
    if let Some(contact) = &new.contact {
        let plain = serde_json::to_vec(contact).map_err(Error::internal)?;
        let sealed = app.keys.seal(&plain, id.0.as_bytes(), &*app.random).map_err(Error::internal)?;
        store::insert_identity(c, id, &sealed).await?;
    }
    attachments::actions::attach(app, c, opened.id, Some(id), None, &new.files, received_at).await?;
    access_points::actions::count_submission(c, point.id).await?;
    let entry = Entry::new("submission.received", "case").entity(opened.id.0).detail(new.identity).at(received_at);
    let entry = taken_down.into_iter().fold(entry, |entry, taken| entry.actor(taken.by));
    audit::record(app, c, org.id, entry).await?;
    if let Some(taken) = taken_down {
        follow_up(app, c, taken, opened.id, (new, id, received_at)).await?;
    }
    let receipt = Receipt {
        case_number: opened.number,
        tracking_code: code,
        due_at: opened.due_at,
        acceptance_by: org.calendar.add_working_days(received_at, org.limits.acceptance),
        received_at,
        lane: new.lane,
    };
    Ok((opened.id, receipt))
}

/// A submission on its way in, with its id and its time.
type Incoming<'a> = (&'a NewSubmission, SubmissionId, DateTime<Utc>);

/// The case of a submission: a new one, or an open one that it joins.
async fn case_of(
    app: &App,
    c: &mut Conn,
    org: &Organization,
    point: &AccessPoint,
    taken_down: Option<TakenDown<'_>>,
    (new, id, received_at): Incoming<'_>,
) -> Result<Opened> {
    let text = searchable(new);
    let sender_name = match (&new.contact, new.identity) {
        (Some(contact), Identity::Named) => contact.name.as_str(),
        _ => "",
    };
    if let Some(taken) = taken_down
        && let Some(Then::Attach(number)) = taken.then()
    {
        let further = Further { number, submission: id, text: &text, sender_name, at: received_at };
        return join::join(app, c, taken.by, further).await;
    }
    let call = taken_down.and_then(|taken| taken.call);
    let place = call.map(|call| call.place.as_str()).filter(|place| !place.is_empty()).unwrap_or(&point.place);
    let case = NewCase {
        organization: org,
        channel: point.channel,
        access_point_id: point.id,
        place,
        topic: &new.topic,
        person: new.person,
        identity: new.identity,
        lane: new.lane,
        soon: call.is_some_and(|call| call.soon),
        text: &text,
        sender_name,
        received_at,
    };
    open::open(app, c, case).await
}

/// What staff have to do beside storing it: the letter of the opening, the row of the log, the answer on the spot.
async fn follow_up(
    app: &App,
    c: &mut Conn,
    taken: TakenDown<'_>,
    case: CaseId,
    (new, id, received_at): Incoming<'_>,
) -> Result<()> {
    if let Some(opening) = taken.opening {
        boxes::actions::add_letter(c, opening, case).await?;
    }
    match taken.then() {
        Some(Then::Answered(words)) => on_the_spot::answer(app, c, taken.by, case, words, received_at).await?,
        Some(Then::Attach(_)) => join::index(c, case).await?,
        Some(Then::Case) | None => {}
    }
    if let Some(call) = taken.call {
        let number = new.contact.as_ref().map_or("", |contact| contact.contact.as_str());
        let stored = Stored { submission: id, identity: new.identity, lane: new.lane, number };
        hotline::actions::log(app, c, taken.by, call, stored).await?;
    }
    Ok(())
}

/// The receipt of an earlier press, or "the key was used for something else".
fn again(
    app: &App,
    org: &Organization,
    scope: &str,
    new: &NewSubmission,
    content: &[u8],
    earlier: store::Earlier,
) -> Submitted {
    if earlier.content_hash != content {
        return Submitted::KeyUsed;
    }
    Submitted::Receipt(Box::new(Receipt {
        case_number: earlier.number,
        tracking_code: app.keys.tracking_code(org.id, scope, &new.idempotency_key),
        due_at: earlier.promised_at,
        acceptance_by: org.calendar.add_working_days(earlier.received_at, org.limits.acceptance),
        received_at: earlier.received_at,
        // The hold queue is ours to know.
        lane: if earlier.lane == Lane::Held { Lane::Ordinary } else { earlier.lane },
    }))
}

fn conflict_on_key(error: sqlx::Error) -> Error {
    match db::constraint(&error) {
        Some(name) if name.contains("idempotency") || name.contains("tracking") => Error::Conflict,
        _ => error.into(),
    }
}

/// The text that is searched, and in which names of staff are looked for.
fn searchable(new: &NewSubmission) -> String {
    let answers = new.answers.0.iter().flat_map(|a| a.values.iter().map(String::as_str));
    std::iter::once(new.body.as_str()).chain(answers).collect::<Vec<_>>().join("\n")
}

/// A keyed hash over everything that makes a submission what it is. The queue is left out: it may differ between two
/// copies of one press.
fn content_hash(app: &App, new: &NewSubmission, then: Option<&Then>) -> Vec<u8> {
    let answers = serde_json::to_vec(&new.answers).unwrap_or_default();
    let contact = serde_json::to_vec(&new.contact).unwrap_or_default();
    let danger: &[u8] = if new.lane == Lane::Safeguarding { b"danger" } else { b"" };
    let mut parts: Vec<&[u8]> = vec![
        b"submission",
        new.person.code().as_bytes(),
        new.identity.code().as_bytes(),
        new.topic.id.0.as_bytes(),
        new.body.as_bytes(),
        &answers,
        &contact,
        danger,
    ];
    parts.extend(new.files.iter().map(|f| f.sha256.as_slice()));
    match then {
        Some(Then::Answered(words)) => parts.extend([b"answered".as_slice(), words.as_bytes()]),
        Some(Then::Attach(number)) => parts.extend([b"attach".as_slice(), number.as_bytes()]),
        Some(Then::Case) | None => {}
    }
    app.keys.content_hash(&parts)
}
