//! What the person with the tracking code sees and does. Nothing internal leaves here: the view has outward events,
//! messages and sent answers only. Whoever calls has checked the code (promise 9).
//!
//! Where their case is merged into another one ([`super::merge`]), they ask its lead: its state decides what they may do, its
//! people are told. What they write and how they judge stays with their own case.

mod view;

use chrono::{DateTime, Utc};

use crate::{
    attachments::{
        self,
        model::{Attachment, StoredFile},
    },
    cases::{
        history::{Happening, record, save},
        judge::{Asking, judge},
        merge,
        model::{Case, EventKind, Identity, Lane, Rating, Source},
        naming::recuse_named,
        notices::{Audience, tell},
        search,
        store::{self, messages::NewMessage},
    },
    db::Conn,
    error::{Error, Result},
    http::App,
    i18n::Lang,
    intake,
    kernel::{
        ids::{AttachmentId, CaseId, MessageId, SubmissionId},
        roles::Role,
    },
    organizations::{self, model::Organization},
};

pub use view::{Answer, Part, TimelineItem, Track, TrackedMessage, view};

/// Messages that a submitter may write to one case; more is no conversation.
const MOST_MESSAGES: i64 = 60;

/// The submitter adds a message. The same press twice adds it once (promise 2). `from` is the submission whose code was
/// given; `None` is the first of the case.
///
/// # Errors
/// `Bad` after they withdrew the case; `TooMany` when they wrote very often; `Conflict` when the key was used for other
/// words.
pub async fn message(
    app: &App,
    case_id: CaseId,
    from: Option<SubmissionId>,
    idempotency_hash: &[u8],
    body: &str,
    files: &[StoredFile],
    at: DateTime<Utc>,
) -> Result<()> {
    let mut tx = app.db.write().await?;
    let Standing { own: case, lead } = standing(&mut tx, case_id).await?;
    if !lead.as_ref().unwrap_or(&case).can_message() {
        return Err(NOT_NOW);
    }
    let at = case.time_of_submitter(at);
    let id = MessageId::new(at, &*app.random);
    let hash = Some(idempotency_hash);
    let new = NewMessage { id, case_id, author_id: None, submission_id: from, body, at, idempotency_hash: hash };
    if store::messages::insert(&mut tx, &new).await? == 0 {
        return same_press(&mut tx, case_id, idempotency_hash, body, files).await;
    }
    if store::messages::count_of_submitter(&mut tx, case_id).await? > MOST_MESSAGES {
        return Err(Error::TooMany(3600));
    }
    record(app, &mut tx, &case, Happening::of(EventKind::MessageIn, at).id(id.0)).await?;
    attachments::actions::attach(app, &mut tx, case_id, None, Some(id), files, at).await?;
    search::index_again(&mut tx, &case).await?;
    recuse_named(app, &mut tx, &case, body, "", at).await?;
    if let Some(lead) = &lead {
        search::index_again(&mut tx, lead).await?;
        merge::carry(app, &mut tx, lead.id, case.id, at).await?;
    }
    notify(app, &mut tx, lead.as_ref().unwrap_or(&case), EventKind::MessageIn, at).await?;
    tx.commit().await?;
    Ok(())
}

/// The same press again is fine; the same key with other words or files is not the same press.
async fn same_press(c: &mut Conn, case: CaseId, hash: &[u8], body: &str, files: &[StoredFile]) -> Result<()> {
    let Some((id, stored)) = store::messages::by_idempotency(c, hash).await? else { return Err(Error::Conflict) };
    let kept = attachments::actions::of_case(c, case).await?;
    let kept: Vec<&[u8]> = kept.iter().filter(|f| f.message_id == Some(id)).map(|f| f.sha256.as_slice()).collect();
    let sent: Vec<&[u8]> = files.iter().map(|f| f.sha256.as_slice()).collect();
    if stored == body && kept == sent { Ok(()) } else { Err(Error::Conflict) }
}

/// A file that the office sent to the submitter, with a message or with an answer: redacted copies alone (`cases::redact`).
///
/// # Errors
/// `NotFound` for any other file.
pub async fn outward_file(
    c: &mut Conn,
    case_id: CaseId,
    mine: SubmissionId,
    id: AttachmentId,
    now: DateTime<Utc>,
) -> Result<Attachment> {
    let shown = view(c, case_id, mine, now).await?;
    let has = |track: &Track| {
        track.messages.iter().any(|m| m.from_office && m.files.contains(&id))
            || track.reply.iter().any(|answer| answer.files.contains(&id))
    };
    let mut of = has(&shown).then_some(case_id);
    for split in store::splits::of_origin(c, case_id).await? {
        let part = shown.parts.iter().find(|part| part.track.number == split.number);
        of = of.or(part.filter(|part| has(&part.track)).map(|_| split.part_id));
    }
    let of = of.ok_or(Error::NotFound)?;
    let lead = store::cases::by_id(c, of).await?.and_then(|case| case.lead_id);
    let file = attachments::actions::one_of_case(c, lead.unwrap_or(of), id).await?;
    // Whatever a row says, the original never goes out.
    if file.is_copy() { Ok(file) } else { Err(Error::NotFound) }
}

/// The submitter urges: while it is open, once in three working days.
///
/// # Errors
/// `Bad` when it is not open or they urged a short time ago.
pub async fn urge(app: &App, case_id: CaseId) -> Result<()> {
    let mut tx = app.db.write().await?;
    let Standing { own: mut case, lead } = standing(&mut tx, case_id).await?;
    let organization = organizations::actions::organization(&mut tx, case.organization_id).await?;
    if !case.asked_at(lead.as_ref()).can_urge(&organization.calendar, app.now()) {
        return Err(NOT_NOW);
    }
    let at = case.time_of_submitter(app.now());
    case.urged_at = Some(at);
    save(&mut tx, &case).await?;
    let urged = lead.as_ref().unwrap_or(&case);
    record(app, &mut tx, &case, Happening::of(EventKind::Urged, at).department(urged.department_id)).await?;
    notify(app, &mut tx, urged, EventKind::Urged, at).await?;
    tx.commit().await?;
    Ok(())
}

/// The submitter takes the case back.
///
/// # Errors
/// `Bad` after an answer or an end.
pub async fn withdraw(app: &App, case_id: CaseId) -> Result<()> {
    let mut tx = app.db.write().await?;
    let mut case = standing(&mut tx, case_id).await?.own;
    let at = case.time_of_submitter(app.now());
    // What several people speak of is not one person's to take back; nor is what is merged, which is not open itself.
    if !case.can_withdraw() || intake::actions::voices(&mut tx, case_id).await?.count > 1 {
        return Err(NOT_NOW);
    }
    case.state = case.state.withdraw().map_err(|_| NOT_NOW)?;
    case.closed_at = Some(at);
    save(&mut tx, &case).await?;
    store::replies::drop_unsent(&mut tx, case_id, at).await?;
    record(app, &mut tx, &case, Happening::of(EventKind::Withdrawn, at)).await?;
    notify(app, &mut tx, &case, EventKind::Withdrawn, at).await?;
    store::assignments::end(&mut tx, case_id, at, EventKind::Withdrawn.code()).await?;
    tx.commit().await?;
    Ok(())
}

/// The submitter judges the answer, once each: "solved" closes the case, "not solved" brings it back to the office.
///
/// # Errors
/// `Bad` while there is no answer, or when it was judged.
pub async fn rate(app: &App, case_id: CaseId, rating: Rating) -> Result<()> {
    let mut tx = app.db.write().await?;
    let Standing { own: case, lead } = standing(&mut tx, case_id).await?;
    let asked = view::Asked::read(&mut tx, &case, lead.as_ref()).await?;
    if !asked.judged().can_rate {
        return Err(NOT_NOW);
    }
    let at = case.time_of_submitter(app.now());
    let mut judged = lead.clone().unwrap_or_else(|| case.clone());
    if let (Some(merge), Some(seq)) = (&asked.merge, asked.answered) {
        store::merges::judged(&mut tx, merge.id, seq).await?;
    }
    let merged = lead.is_some().then_some(&case);
    judge(app, &mut tx, &mut judged, &rating, Asking { source: Source::Own, by: None, merged, at }).await?;
    tx.commit().await?;
    Ok(())
}

/// The part of a case that somebody means by its number.
///
/// # Errors
/// `NotFound` when the case has none of this number.
pub async fn part(c: &mut Conn, case: CaseId, number: &str) -> Result<CaseId> {
    let parts = store::splits::of_origin(c, case).await?;
    parts.into_iter().find(|part| part.number == number.trim()).map(|part| part.part_id).ok_or(Error::NotFound)
}

/// What a submitter is told when the present state does not allow it.
pub(super) const NOT_NOW: Error = Error::Bad("cases.error.not_now");

/// A case and, while it is merged, its lead.
struct Standing {
    own: Case,
    lead: Option<Case>,
}

/// The case and its lead, locked. When several people speak of it, what they do is written down as coarsely as the most
/// anonymous of them needs (promise 8).
async fn standing(c: &mut Conn, id: CaseId) -> Result<Standing> {
    let seen = store::cases::by_id(c, id).await?.ok_or(Error::NotFound)?.lead_id;
    merge::lock(c, seen.into_iter().chain([id])).await?;
    let mut own = store::cases::by_id(c, id).await?.ok_or(Error::NotFound)?;
    if own.lead_id != seen {
        // Merged or parted in between: once more will do.
        return Err(Error::Unavailable);
    }
    let mut lead = match seen {
        Some(lead) => store::cases::by_id(c, lead).await?,
        None => None,
    };
    if intake::actions::voices(c, seen.unwrap_or(id)).await?.anonymous > 0 {
        own.identity = Identity::Anonymous;
        lead = lead.map(|lead| Case { identity: Identity::Anonymous, ..lead });
    }
    Ok(Standing { own, lead })
}

/// Tells the office, the department that has it, and those that assist.
pub(super) async fn notify(app: &App, c: &mut Conn, case: &Case, kind: EventKind, at: DateTime<Utc>) -> Result<()> {
    if case.lane != Lane::Held {
        tell(app, c, case, Audience::Office, kind, at, None).await?;
    }
    if let Some(department) = case.department_id {
        tell(app, c, case, Audience::Department(department), kind, at, None).await?;
    }
    tell(app, c, case, Audience::Assisting, kind, at, None).await
}

/// The name of who is responsible: the department, the office, or in danger the safeguarding lead.
pub(super) fn responsible(case: &Case, organization: &Organization, department: Option<String>) -> String {
    let lead = || Lang::ZhCn.code_word("role", Role::SafeguardingLead.code()).into_owned();
    let nobody_else = || if case.lane == Lane::Safeguarding { lead() } else { organization.office_name.clone() };
    department.unwrap_or_else(nobody_else)
}
