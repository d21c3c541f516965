//! A second look 回头看 at answered cases, by representatives: which may be drawn, what they may know of them, and what
//! becomes of the case. They never see what a submitter wrote or who it was.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    accounts::model::Actor,
    attachments::{self, model::StoredFile},
    cases::{
        history::{Happening, record, save},
        model::{Case, EventKind, Lane, ReplyState, State, named_in},
        notices::{Audience, tell},
        split,
        store::{self, rechecks::Candidate},
    },
    db::Conn,
    error::{Error, Result},
    http::App,
    i18n::Lang,
    intake::{self, model::Contact},
    kernel::ids::{CaseId, OrganizationId, TopicId},
    organizations,
};

/// Answers older than this are not looked at again.
const LOOK_BACK: TimeDelta = TimeDelta::days(180);

/// What stands in an answer in place of the submitter's name.
const MASK: &str = "＊＊";

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// It is as the answer says.
    Fixed,
    /// It is not.
    NotFixed,
    /// It can't be told.
    Unclear,
}

impl Look {
    /// What happened to the case.
    pub(super) const fn event(self) -> EventKind {
        match self {
            Self::Fixed => EventKind::RecheckFixed,
            Self::NotFixed => EventKind::RecheckNotFixed,
            Self::Unclear => EventKind::RecheckUnclear,
        }
    }
}

/// A drawn case as a representative sees it: nothing of the submitter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The number.
    pub number: String,
    /// Where.
    pub place: String,
    /// About what.
    pub topic_id: TopicId,
    /// When the answer went out; `None` once it was reopened.
    pub answered_at: Option<DateTime<Utc>>,
    /// The answer, written by the staff.
    pub reply: String,
    /// Whether the answer still stands, so that it can be looked at.
    pub is_answered: bool,
}

/// Cases that may be drawn: answered, in the ordinary queue, nobody of the staff concerned, and none of these people
/// named in it or its sender.
///
/// # Errors
/// The database's.
pub async fn candidates(
    app: &App,
    c: &mut Conn,
    org: OrganizationId,
    covers: impl Fn(&str, TopicId) -> bool,
    people: &[String],
) -> Result<Vec<(CaseId, DateTime<Utc>)>> {
    let all = store::rechecks::candidates(c, org, app.now() - LOOK_BACK).await?;
    let mut free = Vec::new();
    for Candidate { id, answered_at, .. } in all.into_iter().filter(|one| covers(&one.place, one.topic_id)) {
        if !concerns(app, c, org, id, people).await? {
            free.push((id, answered_at));
        }
    }
    Ok(free)
}

/// Whether a case names one of these people or comes from one of them.
///
/// # Errors
/// The database's.
pub async fn concerns(app: &App, c: &mut Conn, org: OrganizationId, id: CaseId, people: &[String]) -> Result<bool> {
    let sent = split::sent_as(c, id).await?;
    let submissions = intake::actions::submissions_of_case(app, c, org, sent, Lang::ZhCn).await?;
    Ok(submissions.iter().any(|s| {
        let words = s.answers.iter().map(|(_, value)| value).chain([&s.body]);
        let sender = s.contact.as_ref().map_or("", |contact| contact.name.trim());
        words.into_iter().any(|text| people.iter().any(|name| named_in(text, name)))
            || people.iter().any(|name| name.trim() == sender)
    }))
}

/// A drawn case; `None` when it may no longer be shown.
///
/// # Errors
/// The database's.
pub async fn shown(app: &App, c: &mut Conn, org: OrganizationId, id: CaseId) -> Result<Option<Shown>> {
    let Some(case) = store::rechecks::shown(c, org, id).await? else { return Ok(None) };
    let sent = |r: &store::replies::Reply| r.state == ReplyState::Sent;
    let reply = store::replies::of_case(c, id).await?.into_iter().rev().find(sent).map(|r| r.body).unwrap_or_default();
    Ok(Some(Shown {
        reply: without_senders(app, c, org, id, &reply).await?,
        is_answered: matches!(case.state, State::Answered | State::Closed),
        number: case.number,
        place: case.place,
        topic_id: case.topic_id,
        answered_at: case.answered_at,
    }))
}

/// A text of the staff about a case without the names and contacts of those who wrote in.
///
/// # Errors
/// The database's.
pub async fn without_senders(app: &App, c: &mut Conn, org: OrganizationId, id: CaseId, text: &str) -> Result<String> {
    let sent = split::sent_as(c, id).await?;
    let submissions = intake::actions::submissions_of_case(app, c, org, sent, Lang::ZhCn).await?;
    let contacts: Vec<Contact> = submissions.into_iter().filter_map(|s| s.contact).collect();
    Ok(masked(text, &contacts))
}

/// An answer may address its reader by name: that is taken out.
fn masked(reply: &str, contacts: &[Contact]) -> String {
    let secrets = contacts.iter().flat_map(|c| [c.name.trim(), c.contact.trim()]);
    secrets.filter(|s| s.chars().count() > 1).fold(reply.to_string(), |text, secret| text.replace(secret, MASK))
}

/// A representative has looked, in the caller's transaction. "Not fixed" brings the case back to the office.
///
/// # Errors
/// `NotFound` when it may no longer be shown; `Conflict` when it is being handled again already.
pub async fn look(
    app: &App,
    c: &mut Conn,
    actor: &Actor,
    id: CaseId,
    found: Look,
    comment: &str,
    files: &[StoredFile],
) -> Result<()> {
    let at = app.now();
    let mut case = store::cases::lock(c, id).await?.ok_or(Error::NotFound)?;
    if store::rechecks::shown(c, actor.organization_id, id).await?.is_none() || case.lane != Lane::Ordinary {
        return Err(Error::NotFound);
    }
    if !matches!(case.state, State::Answered | State::Closed) {
        return Err(Error::Conflict);
    }
    let kind = found.event();
    if found == Look::NotFixed {
        reopen(c, &mut case, at).await?;
    }
    attachments::actions::attach(app, c, id, None, None, files, at).await?;
    record(app, c, &case, Happening::of(kind, at).by(actor).reason(comment)).await?;
    if found == Look::NotFixed {
        record(app, c, &case, Happening::of(EventKind::Reopened, at).due(case.promised_at)).await?;
        tell(app, c, &case, Audience::Office, EventKind::Reopened, at, Some(actor)).await?;
    }
    Ok(())
}

/// Brings the case back to the office, as a submitter's "not solved" does.
pub(super) async fn reopen(c: &mut Conn, case: &mut Case, at: DateTime<Utc>) -> Result<()> {
    let organization = organizations::actions::organization(c, case.organization_id).await?;
    case.state = case.state.reopen().map_err(|_| Error::Conflict)?;
    case.back_to_office(&organization.calendar, &organization.limits, at);
    save(c, case).await?;
    store::replies::drop_unsent(c, case.id, at).await?;
    store::assignments::end(c, case.id, at, EventKind::Reopened.code()).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_does_not_tell_who_asked() {
        let of = |name: &str, contact: &str| Contact { name: name.into(), contact: contact.into() };
        let reply = "王女士您好：汤已换成保温桶，打过 13900001234 未接。";
        assert_eq!(masked(reply, &[of("王女士", "13900001234")]), "＊＊您好：汤已换成保温桶，打过 ＊＊ 未接。");
        assert_eq!(masked(reply, &[of("", ""), of("汤", "")]), reply, "one character is no name");
    }
}
