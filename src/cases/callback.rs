//! Callbacks 回访 by others than the submitter: which answers nobody has judged, who may ask, and what comes of it.
//!
//! | Identity | Who may call |
//! |---|---|
//! | named 实名 | the office (or who stands in for it), but never who wrote the answer |
//! | sealed 保密 | the safeguarding lead alone: nobody else may open the number |
//! | anonymous 匿名 | nobody: there is no number, and none is asked for |
//!
//! Danger is not in it: the safeguarding lead follows it up as part of the case, and it is never counted.

use chrono::{DateTime, Utc};

use crate::{
    accounts::model::Actor,
    cases::{
        judge::{Asking, judge},
        model::{Case, Identity, Rating, ReplyState, Side, Source},
        rechecks, split, store,
        visibility::Scope,
        work::Seen,
    },
    db::Conn,
    error::{Error, Result},
    http::App,
    intake::{self, model::Contact},
    kernel::{
        case_number,
        ids::{CaseId, StaffId},
        roles::Role,
    },
};

pub use store::callbacks::Silent;

/// Who may ask the submitter of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caller {
    /// This person.
    You,
    /// Another person of the office: this one wrote the answer.
    Colleague,
    /// The office; this person looks on.
    Office,
    /// The safeguarding lead alone.
    Custodian,
    /// Nobody: there is no way to reach them.
    Nobody,
}

/// Who may ask, by the rules above. `office`: the person acts for the office in this case.
pub fn caller(role: Role, me: StaffId, office: bool, identity: Identity, author: Option<StaffId>) -> Caller {
    match identity {
        Identity::Anonymous => Caller::Nobody,
        Identity::Sealed if role != Role::SafeguardingLead => Caller::Custodian,
        _ if author == Some(me) => Caller::Colleague,
        Identity::Sealed => Caller::You,
        Identity::Named if office => Caller::You,
        Identity::Named => Caller::Office,
    }
}

/// A case of the list, with what its caller needs.
pub struct ToCall {
    /// The case.
    pub case: Case,
    /// Who may ask.
    pub caller: Caller,
    /// The last answer; empty for a safeguarding lead, to whom the case does not come with the number.
    pub reply: String,
    /// Whom to ask: the named ones, when this person may call them.
    pub contacts: Vec<Contact>,
}

/// Answers that nobody has judged, among the cases that a person may know of.
///
/// # Errors
/// The database's.
pub async fn silent_cases(
    c: &mut Conn,
    actor: &Actor,
    since: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<Silent>> {
    Ok(store::callbacks::silent(c, &Scope::of(actor), since, until).await?)
}

/// Who may ask about a row of the list.
pub fn caller_of(actor: &Actor, row: &Silent) -> Caller {
    // Whether a leader or a lead stands in is known of a single case only; the list says "the office".
    caller(actor.role, actor.staff_id, actor.role == Role::Office, row.identity, row.author_id)
}

/// One of them, locked. The caller writes down that it was read.
///
/// # Errors
/// `NotFound` when there is none that this person may know of; `Conflict` when it was judged, or is open again.
pub async fn to_call(app: &App, tx: &mut Conn, actor: &Actor, number: &str) -> Result<ToCall> {
    let number = case_number::parse(number).ok_or(Error::NotFound)?;
    let scope = Scope::of(actor);
    let mut case = store::callbacks::callable_locked(tx, &scope, &number).await?.ok_or(Error::NotFound)?;
    let visible = store::visible::by_id(tx, &scope, case.id).await?;
    case.stood_in_for = visible.as_ref().is_some_and(|seen| seen.stood_in_for);
    if case.answered_at.is_none() || case.state.rate(true).is_err() || is_judged(tx, case.id).await? {
        return Err(Error::Conflict);
    }
    let last = store::replies::of_case(tx, case.id).await?.into_iter().rev().find(|r| r.state == ReplyState::Sent);
    let office = Side::of(actor, &case) == Some(Side::Office);
    let author = last.as_ref().map(|r| r.author_id);
    let caller = caller(actor.role, actor.staff_id, office, case.identity, author);
    let mut contacts = Vec::new();
    if caller == Caller::You {
        let sent = split::sent_as(tx, case.id).await?;
        let all = intake::actions::submissions_of_case(app, tx, case.organization_id, sent, actor.lang).await?;
        // What a visit found has nobody to call.
        let reachable = |k: &Contact| !(k.name.is_empty() && k.contact.is_empty());
        contacts = all.into_iter().filter_map(|s| s.contact).filter(reachable).collect();
    }
    let reply = last.filter(|_| visible.is_some()).map(|r| r.body).unwrap_or_default();
    Ok(ToCall { case, caller, reply, contacts })
}

/// Whether the last answer of a case was judged.
///
/// # Errors
/// The database's.
pub async fn is_judged(c: &mut Conn, case: CaseId) -> Result<bool> {
    Ok(store::callbacks::is_judged(c, case).await?)
}

/// What the submitter said on the telephone, in the caller's transaction.
///
/// # Errors
/// As [`to_call`]; `NotFound` when this person may not ask; `Conflict` when the case has changed.
pub async fn said_on_the_phone(
    app: &App,
    tx: &mut Conn,
    actor: &Actor,
    seen: Seen<'_>,
    rating: &Rating,
) -> Result<CaseId> {
    let mut found = to_call(app, tx, actor, seen.number).await?;
    if found.caller != Caller::You {
        return Err(Error::NotFound);
    }
    if seen.version.is_some_and(|version| version != found.case.version) {
        return Err(Error::Conflict);
    }
    let asking = Asking { source: Source::Phone, by: Some(actor), merged: None, at: app.now() };
    judge(app, tx, &mut found.case, rating, asking).await?;
    Ok(found.case.id)
}

/// What the submitter said to a representative whom they had agreed to speak to, in the caller's transaction.
///
/// # Errors
/// `NotFound` when the case may no longer be shown to one; `Conflict` when it was judged, or is open again.
pub async fn said_to_representative(
    app: &App,
    tx: &mut Conn,
    actor: &Actor,
    id: CaseId,
    rating: &Rating,
) -> Result<()> {
    let mut case = store::cases::lock(tx, id).await?.ok_or(Error::NotFound)?;
    if case.organization_id != actor.organization_id || case.identity != Identity::Named {
        return Err(Error::NotFound);
    }
    rechecks::shown(app, tx, actor.organization_id, id).await?.ok_or(Error::NotFound)?;
    if case.answered_at.is_none() || is_judged(tx, id).await? {
        return Err(Error::Conflict);
    }
    let asking = Asking { source: Source::Representative, by: Some(actor), merged: None, at: app.now() };
    judge(app, tx, &mut case, rating, asking).await
}

/// The named people of a case who agreed that a representative asks them. Whoever calls has checked the agreement.
///
/// # Errors
/// The database's.
pub async fn contacts_for_representative(app: &App, c: &mut Conn, actor: &Actor, id: CaseId) -> Result<Vec<Contact>> {
    let sent = split::sent_as(c, id).await?;
    let all = intake::actions::submissions_of_case(app, c, actor.organization_id, sent, actor.lang).await?;
    Ok(all.into_iter().filter_map(|s| s.contact).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_calls_about_their_own_answer_and_sealed_numbers_are_the_custodians() {
        let id = |n| StaffId(uuid::Uuid::from_u128(n));
        let of = |role, office, identity, author: u128| caller(role, id(1), office, identity, Some(id(author)));
        assert_eq!(of(Role::Office, true, Identity::Named, 2), Caller::You);
        assert_eq!(of(Role::Office, true, Identity::Named, 1), Caller::Colleague);
        assert_eq!(of(Role::Office, true, Identity::Sealed, 2), Caller::Custodian);
        assert_eq!(of(Role::Office, true, Identity::Anonymous, 2), Caller::Nobody);
        assert_eq!(of(Role::Leader, false, Identity::Named, 2), Caller::Office);
        assert_eq!(of(Role::Leader, true, Identity::Named, 2), Caller::You, "a leader who stands in");
        assert_eq!(of(Role::SafeguardingLead, false, Identity::Sealed, 2), Caller::You);
        assert_eq!(of(Role::SafeguardingLead, true, Identity::Sealed, 1), Caller::Colleague);
        assert_eq!(of(Role::SafeguardingLead, false, Identity::Named, 2), Caller::Office);
    }
}
