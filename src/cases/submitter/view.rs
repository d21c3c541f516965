//! The tracking page's data: one DTO of outward things.

use chrono::{DateTime, Utc};

use crate::{
    attachments,
    cases::{
        model::{Case, EventKind, Judged, Lane, Outcome, ReplyState, State},
        store::{self, events::Event, messages::Message, replies::Reply},
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
}

/// What the submitter sees now. Several people can speak of one case: who joined it later sees nothing of what was
/// before, and nobody sees what another one wrote.
///
/// # Errors
/// `NotFound` when there is no such case.
pub async fn view(c: &mut Conn, case_id: CaseId, mine: SubmissionId, now: DateTime<Utc>) -> Result<Track> {
    let joined = store::events::place_of(c, case_id, EventId(mine.0)).await?;
    let alone = intake::actions::voices(c, case_id).await?.count <= 1;
    let case = store::cases::by_id(c, case_id).await?.ok_or(Error::NotFound)?;
    let organization = organizations::actions::organization(c, case.organization_id).await?;
    let departments = organizations::actions::departments(c, case.organization_id).await?;
    let department = departments.into_iter().find(|d| Some(d.id) == case.department_id).map(|d| d.name);
    let events = store::events::of_case(c, case_id).await?;
    let judged = judge(&case, &events);
    Ok(Track {
        organization_id: case.organization_id,
        department: (department.is_some() || case.state.is_open())
            .then(|| responsible(&case, &organization, department)),
        messages: messages(c, case_id, mine, joined.map(|j| j.0)).await?,
        reply: answers(c, case_id, joined.map(|j| j.1)).await?,
        timeline: timeline(events, joined),
        can_message: case.can_message(),
        can_urge: case.can_urge(&organization.calendar, now),
        can_withdraw: alone && case.can_withdraw(),
        can_rate: judged.can_rate,
        rated: judged.rated,
        state: case.state.outward(),
        lane: case.lane,
        promised_at: case.promised_at,
        paused_until: case.paused_until,
        received_at: joined.map_or(case.received_at, |j| j.1),
        number: case.number,
    })
}

/// Whether the last answer of a case was judged.
pub(super) async fn judged(c: &mut Conn, case: &Case) -> Result<Judged> {
    Ok(judge(case, &store::events::of_case(c, case.id).await?))
}

fn judge(case: &Case, events: &[Event]) -> Judged {
    let last = |kind| events.iter().rev().find(|e| e.kind == kind).map(|e| e.seq);
    Judged::of(case.state, last(EventKind::Answered), last(EventKind::Rated))
}

fn timeline(events: Vec<Event>, joined: Option<(i64, DateTime<Utc>)>) -> Vec<TimelineItem> {
    let own = joined.map(|(_, at)| TimelineItem { at, kind: EventKind::Received, text: String::new() });
    let since = joined.map_or(0, |(seq, _)| seq);
    let later = events.into_iter().filter(|e| e.visible && e.seq > since).map(timeline_item);
    own.into_iter().chain(later).collect()
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
) -> Result<Vec<TrackedMessage>> {
    let files = attachments::actions::of_case(c, case_id).await?;
    let messages = store::messages::of_case(c, case_id).await?;
    let of = |id| files.iter().filter(|f| f.message_id == Some(id)).map(|f| f.id).collect();
    let concerns_me = |m: &Message| match m.author_id {
        Some(_) => joined.is_none_or(|seq| m.seq > seq),
        None => m.submission_id.map_or(joined.is_none(), |id| id == mine),
    };
    Ok(messages
        .into_iter()
        .filter(concerns_me)
        .map(|m| TrackedMessage { at: m.created_at, from_office: m.author_id.is_some(), files: of(m.id), text: m.body })
        .collect())
}

async fn answers(c: &mut Conn, case_id: CaseId, since: Option<DateTime<Utc>>) -> Result<Vec<Answer>> {
    let replies = store::replies::of_case(c, case_id).await?;
    let after = |r: &Reply| since.is_none_or(|since| r.sent_at >= Some(since));
    let sent = replies.into_iter().filter(|r| r.state == ReplyState::Sent && after(r));
    Ok(sent.filter_map(|r| r.sent_at.map(|at| Answer { at, text: r.body, outcome: r.outcome })).collect())
}
