//! A submission becomes a case.

use chrono::{DateTime, Utc};

use crate::{
    cases::{
        clocks::Rule,
        history::{Happening, record},
        model::{Case, EventKind, Identity, Lane, Person, State, answer_limit},
        naming::recuse_named,
        notices::{Audience, tell},
        search, store,
    },
    db::Conn,
    error::{Error, Result},
    http::App,
    kernel::{
        case_number,
        ids::{AccessPointId, CaseId},
        roles::Channel,
        text,
    },
    organizations::model::{Organization, Topic},
};

/// What is known of a case when it comes.
pub struct NewCase<'a> {
    /// The organisation.
    pub organization: &'a Organization,
    /// How it came.
    pub channel: Channel,
    /// Where it came from.
    pub access_point_id: AccessPointId,
    /// The place of the access point.
    pub place: &'a str,
    /// The topic.
    pub topic: &'a Topic,
    /// Who the submitter says to be.
    pub person: Person,
    /// How they want to appear.
    pub identity: Identity,
    /// Its queue.
    pub lane: Lane,
    /// Whether it presses: the limit of urgent cases.
    pub soon: bool,
    /// The text and the answers: for the beginning in lists, the search, and names in it.
    pub text: &'a str,
    /// The name that somebody gave who wants to be named; may be empty.
    pub sender_name: &'a str,
    /// When it came: the hour, for anonymous people (promise 8). Nothing is written with another time.
    pub received_at: DateTime<Utc>,
}

/// What the receipt says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The id.
    pub id: CaseId,
    /// The number 编号.
    pub number: String,
    /// When an answer was promised.
    pub due_at: DateTime<Utc>,
}

/// Characters of the text that lists show.
pub(super) const EXCERPT: usize = 120;

/// Numbers that are tried: an organisation with a hundred thousand cases has a thousandth of all numbers.
const TRIES: usize = 20;

/// Opens a case in the caller's transaction: the row, its first event, the search, recusals, notices.
///
/// # Errors
/// The database's.
pub async fn open(app: &App, c: &mut Conn, new: NewCase<'_>) -> Result<Opened> {
    let at = new.received_at;
    let case = insert(app, c, &new).await?;
    let received = Happening::of(EventKind::Received, at).due(case.promised_at);
    record(app, c, &case, received).await?;
    search::index(c, &case, &[new.text]).await?;
    recuse_named(app, c, &case, new.text, new.sender_name, at).await?;
    // A burst must not ring at the office once for each: the hold queue is looked at by itself.
    if case.lane != Lane::Held {
        tell(app, c, &case, Audience::Office, EventKind::Received, at, None).await?;
    }
    Ok(Opened { id: case.id, number: case.number, due_at: case.promised_at })
}

async fn insert(app: &App, c: &mut Conn, new: &NewCase<'_>) -> Result<Case> {
    let (at, calendar, limits) = (new.received_at, &new.organization.calendar, &new.organization.limits);
    let usual = answer_limit(limits, new.lane);
    let answer = if new.soon { usual.min(limits.urgent) } else { usual };
    let mut case = Case {
        id: CaseId::new(at, &*app.random),
        organization_id: new.organization.id,
        number: String::new(),
        state: State::Received,
        lane: new.lane,
        channel: new.channel,
        identity: new.identity,
        person: new.person,
        topic_id: new.topic.id,
        access_point_id: new.access_point_id,
        place: new.place.to_string(),
        excerpt: text::excerpt(new.text, EXCERPT),
        department_id: None,
        handler_id: None,
        due_at: Rule::triage(limits, at).due(calendar),
        promised_at: Rule::answer(answer, at, 0).due(calendar),
        received_at: at,
        answered_at: None,
        closed_at: None,
        urged_at: None,
        paused_until: None,
        reopened: 0,
        lead_id: None,
        erased_at: None,
        version: 1,
        stood_in_for: false,
        assisted: false,
    };
    number(app, c, &mut case, at).await?;
    Ok(case)
}

/// Stores a new case under a free number; the time inside its id is `at`.
pub(super) async fn number(app: &App, c: &mut Conn, case: &mut Case, at: DateTime<Utc>) -> Result<()> {
    for _ in 0..TRIES {
        case.id = CaseId::new(at, &*app.random);
        case.number = case_number::new(&*app.random);
        if store::cases::insert(c, case).await? == 1 {
            return Ok(());
        }
    }
    Err(Error::internal("no free case number"))
}
