//! The tracking page's data: one DTO of outward things.

use chrono::{DateTime, Utc};

use crate::{
    attachments,
    cases::{
        model::{Case, EventKind, Judged, Lane, Outcome, ReplyState, State},
        store::{self, events::Event, merges::Merge, messages::Message, replies::Reply},
        submitter::responsible,
    },
    db::Conn,
    error::{Error, Result},
    intake,
    kernel::ids::{AttachmentId, CaseId, EventId, OrganizationId, SubmissionId},
    organizations,
};

/// What the person with the tracking code sees.
#[derive(Clone, Debug)]
pub struct Track {
    /// The organisation, for the head of the page.
    pub organization_id: OrganizationId,
    /// The number 编号.
    pub number: String,
    /// Where it stands.
    pub state: State,
    /// Its queue: emergency numbers are shown in the safeguarding lane.
    pub lane: Lane,
    /// Who is responsible, or was: the department, else the office while it is open.
    pub department: Option<String>,
    /// When an answer was promised.
    pub promised_at: DateTime<Utc>,
    /// Until when it stands still at most, waiting for the submitter.
    pub paused_until: Option<DateTime<Utc>>,
    /// When it came.
    pub received_at: DateTime<Utc>,
    /// What happened, oldest first.
    pub timeline: Vec<TimelineItem>,
    /// What was written, oldest first.
    pub messages: Vec<TrackedMessage>,
    /// Answers that went out, oldest first.
    pub reply: Vec<Answer>,
    /// The parts that were taken from it, each with its own life.
    pub parts: Vec<Part>,
    /// Whether it is handled together with what others sent.
    pub together: bool,
    /// Whether they may write.
    pub can_message: bool,
    /// Whether they may urge now.
    pub can_urge: bool,
    /// Whether they may take it back.
    pub can_withdraw: bool,
    /// Whether they may judge the last answer.
    pub can_rate: bool,
    /// Whether they judged it.
    pub rated: bool,
}

/// A part of a case 分案.
#[derive(Clone, Debug)]
pub struct Part {
    /// What it is about, in words of the office.
    pub matter: String,
    /// Where it stands.
    pub track: Track,
}

/// A step.
#[derive(Clone, Debug)]
pub struct TimelineItem {
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub kind: EventKind,
    /// The department it went to, or the reason that the submitter may read; may be empty.
    pub text: String,
}

/// A message.
#[derive(Clone, Debug)]
pub struct TrackedMessage {
    /// When.
    pub at: DateTime<Utc>,
    /// Whether the office wrote it.
    pub from_office: bool,
    /// The text.
    pub text: String,
    /// Its files.
    pub files: Vec<AttachmentId>,
}

/// An answer that went out.
#[derive(Clone, Debug)]
pub struct Answer {
    /// When.
    pub at: DateTime<Utc>,
    /// The text.
    pub text: String,
    /// What became of a suggestion.
    pub outcome: Option<Outcome>,
    /// The redacted copies that went out with it.
    pub files: Vec<AttachmentId>,
}

/// What the submitter sees now. Several people can speak of one case: who joined it later sees nothing of what was
/// before, and nobody sees what another one wrote.
///
/// # Errors
/// `NotFound` when there is no such case.
pub async fn view(c: &mut Conn, case_id: CaseId, mine: SubmissionId, now: DateTime<Utc>) -> Result<Track> {
    let mut whole = one(c, case_id, mine, now).await?;
    for split in store::splits::of_origin(c, case_id).await? {
        whole.parts.push(Part { track: one(c, split.part_id, mine, now).await?, matter: split.matter });
    }
    Ok(whole)
}

/// One case, without its parts.
async fn one(c: &mut Conn, case_id: CaseId, mine: SubmissionId, now: DateTime<Utc>) -> Result<Track> {
    let joined = store::events::place_of(c, case_id, EventId(mine.0)).await?;
    let alone = intake::actions::voices(c, case_id).await?.count <= 1;
    let own = store::cases::by_id(c, case_id).await?.ok_or(Error::NotFound)?;
    let lead = match own.lead_id {
        Some(lead) => store::cases::by_id(c, lead).await?,
        None => None,
    };
    let case = own.asked_at(lead.as_ref());
    let organization = organizations::actions::organization(c, case.organization_id).await?;
    let departments = organizations::actions::departments(c, case.organization_id).await?;
    let department = departments.into_iter().find(|d| Some(d.id) == case.department_id).map(|d| d.name);
    let asked = Asked::read(c, &own, lead.as_ref()).await?;
    let judged = asked.judged();
    let merges = store::merges::of_case(c, case_id).await?;
    Ok(Track {
        organization_id: case.organization_id,
        department: (department.is_some() || case.state.is_open())
            .then(|| responsible(&case, &organization, department)),
        messages: messages(c, case_id, mine, joined.map(|j| j.0), &merges).await?,
        reply: answers(c, case_id, joined.map(|j| j.1), &merges).await?,
        timeline: timeline(c, asked.events, joined, &merges).await?,
        can_message: case.can_message(),
        can_urge: case.can_urge(&organization.calendar, now),
        can_withdraw: alone && own.can_withdraw(),
        parts: Vec::new(),
        together: lead.is_some(),
        can_rate: judged.can_rate,
        rated: judged.rated,
        state: case.state.outward(),
        lane: case.lane,
        promised_at: case.promised_at,
        paused_until: case.paused_until,
        received_at: joined.map_or(own.received_at, |j| j.1),
        number: own.number,
    })
}

/// What a submitter may judge: the last answer of their case, or of the lead that it is merged into.
pub(super) struct Asked {
    /// What happened to their own case.
    events: Vec<Event>,
    /// The present merge.
    pub(super) merge: Option<Merge>,
    /// The number of the last answer's event that concerns them.
    pub(super) answered: Option<i64>,
    rated: Option<i64>,
    state: State,
}

impl Asked {
    /// Reads it.
    pub(super) async fn read(c: &mut Conn, own: &Case, lead: Option<&Case>) -> Result<Self> {
        let events = store::events::of_case(c, own.id).await?;
        let last = |events: &[Event], kind| events.iter().rev().find(|e| e.kind == kind).map(|e| e.seq);
        let Some(lead) = lead else {
            let (answered, rated) = (last(&events, EventKind::Answered), last(&events, EventKind::Rated));
            return Ok(Self { answered, rated, merge: None, state: own.state, events });
        };
        let merge = store::merges::of_case(c, own.id).await?.into_iter().rev().find(|m| m.to_seq.is_none());
        let of_lead = store::events::of_case(c, lead.id).await?;
        let since = merge.as_ref().map_or(i64::MAX, |m| m.from_seq);
        let answered = last(&of_lead, EventKind::Answered).filter(|seq| *seq > since);
        // A judgement has the number of the answer that it judges: the next answer is again to be judged.
        let rated = merge.as_ref().and_then(|m| m.judged_seq).map(|seq| seq + 1);
        Ok(Self { answered, rated, merge, state: lead.state, events })
    }

    /// Whether it was judged, and whether it can be.
    pub(super) fn judged(&self) -> Judged {
        Judged::of(self.state, self.answered, self.rated)
    }
}

async fn timeline(
    c: &mut Conn,
    events: Vec<Event>,
    joined: Option<(i64, DateTime<Utc>)>,
    merges: &[Merge],
) -> Result<Vec<TimelineItem>> {
    let own = joined.map(|(_, at)| TimelineItem { at, kind: EventKind::Received, text: String::new() });
    let since = joined.map_or(0, |(seq, _)| seq);
    let later = events.into_iter().filter(|e| e.visible && e.seq > since).map(timeline_item);
    let mut items: Vec<TimelineItem> = own.into_iter().chain(later).collect();
    for merge in merges {
        let of_lead = store::events::of_case(c, merge.lead_id).await?;
        let shared = of_lead.into_iter().filter(|e| e.kind.concerns_all() && merge.covers(e.seq));
        items.extend(shared.map(timeline_item));
    }
    if !merges.is_empty() {
        items.sort_by_key(|item| item.at);
    }
    Ok(items)
}

fn timeline_item(event: Event) -> TimelineItem {
    let text = match event.kind {
        EventKind::Assigned => event.department_name.unwrap_or_default(),
        kind if kind.has_outward_reason() => event.reason,
        _ => String::new(),
    };
    TimelineItem { at: event.at, kind: event.kind, text }
}

async fn messages(
    c: &mut Conn,
    case_id: CaseId,
    mine: SubmissionId,
    joined: Option<i64>,
    merges: &[Merge],
) -> Result<Vec<TrackedMessage>> {
    let mut files = attachments::actions::of_case(c, case_id).await?;
    let mut messages = store::messages::of_case(c, case_id).await?;
    let concerns_me = |m: &Message| match m.author_id {
        Some(_) => joined.is_none_or(|seq| m.seq > seq),
        None => m.submission_id.map_or(joined.is_none(), |id| id == mine),
    };
    messages.retain(concerns_me);
    for merge in merges {
        // What the office wrote to everybody; never what another submitter wrote.
        let of_lead = store::messages::of_case(c, merge.lead_id).await?;
        files.extend(
            attachments::actions::of_case(c, merge.lead_id).await?.into_iter().filter(|f| f.case_id == merge.lead_id),
        );
        messages.extend(of_lead.into_iter().filter(|m| m.author_id.is_some() && merge.covers(m.seq)));
    }
    if !merges.is_empty() {
        messages.sort_by_key(|m| m.created_at);
    }
    let of = |id| files.iter().filter(|f| f.message_id == Some(id)).map(|f| f.id).collect();
    Ok(messages
        .into_iter()
        .map(|m| TrackedMessage { at: m.created_at, from_office: m.author_id.is_some(), files: of(m.id), text: m.body })
        .collect())
}

async fn answers(c: &mut Conn, case_id: CaseId, since: Option<DateTime<Utc>>, merges: &[Merge]) -> Result<Vec<Answer>> {
    let mut replies = store::replies::of_case(c, case_id).await?;
    let mut files = store::replies::files_of_case(c, case_id).await?;
    replies.retain(|r: &Reply| since.is_none_or(|since| r.sent_at >= Some(since)));
    for merge in merges {
        let of_lead = store::replies::of_case(c, merge.lead_id).await?;
        replies.extend(of_lead.into_iter().filter(|r| r.sent_at.is_some_and(|at| merge.covers_time(at))));
        files.extend(store::replies::files_of_case(c, merge.lead_id).await?);
    }
    replies.sort_by_key(|r| r.sent_at);
    let sent = replies.into_iter().filter(|r| r.state == ReplyState::Sent);
    let of = |id| files.iter().filter(|(reply, _)| *reply == id).map(|(_, file)| *file).collect();
    let answer = |r: Reply| r.sent_at.map(|at| Answer { at, files: of(r.id), text: r.body, outcome: r.outcome });
    Ok(sent.filter_map(answer).collect())
}
