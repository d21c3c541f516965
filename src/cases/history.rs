//! What every verb writes down beside its change: the event in the life of the case, and the entry in the audit log.

use chrono::{DateTime, Utc};

use crate::{
    accounts::model::Actor,
    audit::{self, Entry},
    cases::{
        clocks,
        model::{Case, EventKind, Lane},
        store::{self, events::NewEvent},
        watch,
    },
    db::Conn,
    error::{Error, Result},
    http::App,
    kernel::ids::{DepartmentId, EventId},
    notify,
};

/// Something that happened.
pub(super) struct Happening<'a> {
    /// Its id, when something else shares it.
    id: Option<EventId>,
    kind: EventKind,
    at: DateTime<Utc>,
    actor: Option<&'a Actor>,
    department: Option<DepartmentId>,
    reason: &'a str,
    due_at: Option<DateTime<Utc>>,
}

impl<'a> Happening<'a> {
    /// Done by the submitter or the program.
    pub(super) const fn of(kind: EventKind, at: DateTime<Utc>) -> Self {
        Self { id: None, kind, at, actor: None, department: None, reason: "", due_at: None }
    }

    /// Done by this person.
    pub(super) const fn by(self, actor: &'a Actor) -> Self {
        Self { actor: Some(actor), ..self }
    }

    /// With this id.
    pub(super) const fn id(self, id: uuid::Uuid) -> Self {
        Self { id: Some(EventId(id)), ..self }
    }

    /// Concerning this department.
    pub(super) const fn department(self, department: Option<DepartmentId>) -> Self {
        Self { department, ..self }
    }

    /// For this reason.
    pub(super) const fn reason(self, reason: &'a str) -> Self {
        Self { reason, ..self }
    }

    /// With this limit.
    pub(super) const fn due(self, due_at: DateTime<Utc>) -> Self {
        Self { due_at: Some(due_at), ..self }
    }
}

/// Writes down what happened to a case, in the caller's transaction, which holds the row of the case, written already;
/// and lets its clocks follow.
pub(super) async fn record(app: &App, c: &mut Conn, case: &Case, what: Happening<'_>) -> Result<()> {
    write_down(app, c, case, &what).await?;
    clocks::follow(app, c, case, what.kind, what.at).await
}

/// Writes down what happened to a case, and no more.
pub(super) async fn write_down(app: &App, c: &mut Conn, case: &Case, what: &Happening<'_>) -> Result<()> {
    let event = NewEvent {
        id: what.id.unwrap_or_else(|| EventId::new(what.at, &*app.random)),
        case_id: case.id,
        at: what.at,
        kind: what.kind,
        actor_id: what.actor.map(|a| a.staff_id),
        department_id: what.department,
        reason: what.reason.to_string(),
        due_at: what.due_at,
        // In danger, whoever holds the code may be the one who must not know what is being done.
        visible: what.kind.is_outward() && !(what.kind == EventKind::IdentityOpened && case.lane == Lane::Safeguarding),
    };
    store::events::append(c, &event).await?;
    watch::tell(app, c, case, what.kind, what.at, what.actor).await?;
    if matches!(what.kind, EventKind::Answered | EventKind::Declined | EventKind::Transferred | EventKind::MessageOut) {
        notify::submitters::tell(app, c, case.organization_id, case.id).await?;
    }
    let mut entry = Entry::new(audit_word(what.kind), "case").entity(case.id.0).detail(case.state).at(what.at);
    if let Some(actor) = what.actor {
        entry = entry.actor(actor);
    }
    audit::record(app, c, case.organization_id, entry).await
}

/// Writes the changed row of a case.
///
/// # Errors
/// `Conflict` when somebody else was faster (promise 7).
pub(super) async fn save(c: &mut Conn, case: &Case) -> Result<()> {
    if store::cases::update(c, case).await? == 0 { Err(Error::Conflict) } else { Ok(()) }
}

const fn audit_word(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Received => "case.received",
        EventKind::Joined => "case.joined",
        EventKind::Merged => "case.merged",
        EventKind::SecondAsked => "case.second_asked",
        EventKind::SplitOff => "case.split_off",
        EventKind::SplitFrom => "case.split_from",
        EventKind::Transferred => "case.transferred",
        EventKind::AssistAsked => "case.assist_asked",
        EventKind::AssistGiven => "case.assist_given",
        EventKind::AssistEnded => "case.assist_ended",
        EventKind::AssistOverdue => "case.assist_overdue",
        EventKind::Unmerged => "case.unmerged",
        EventKind::TookIn => "case.took_in",
        EventKind::LetGo => "case.let_go",
        EventKind::Released => "case.released",
        EventKind::Accepted => "case.accepted",
        EventKind::Declined => "case.declined",
        EventKind::Assigned => "case.assigned",
        EventKind::RoutedOtherwise => "case.routed_otherwise",
        EventKind::Started => "case.started",
        EventKind::Objected => "case.objected",
        EventKind::ObjectionUpheld => "case.objection_upheld",
        EventKind::ObjectionOverruled => "case.objection_overruled",
        EventKind::ExtensionAsked => "case.extension_asked",
        EventKind::Extended => "case.extended",
        EventKind::ExtensionRefused => "case.extension_refused",
        EventKind::DueHalf => "case.due_half",
        EventKind::DueSoon => "case.due_soon",
        EventKind::Overdue => "case.overdue",
        EventKind::Supervised => "case.supervised",
        EventKind::SupervisionReplied => "case.supervision_replied",
        EventKind::SupervisionJudged => "case.supervision_judged",
        EventKind::OnAgenda => "case.on_agenda",
        EventKind::Submitted => "case.submitted",
        EventKind::SentBack => "case.sent_back",
        EventKind::Answered => "case.answered",
        EventKind::Rated => "case.rated",
        EventKind::Closed => "case.closed",
        EventKind::Reopened => "case.reopened",
        EventKind::Withdrawn => "case.withdrawn",
        EventKind::Urged => "case.urged",
        EventKind::Pressed => "case.pressed",
        EventKind::MessageIn => "case.message_in",
        EventKind::MessageOut => "case.message_out",
        EventKind::Recused => "case.recused",
        EventKind::RecusalLifted => "case.recusal_lifted",
        EventKind::ErasureAsked => "case.erasure_asked",
        EventKind::ErasureRefused => "case.erasure_refused",
        EventKind::PartErased => "case.part_erased",
        EventKind::Erased => "case.erased",
        EventKind::DataCopied => "case.data_copied",
        EventKind::HoldSet => "case.hold_set",
        EventKind::HoldLifted => "case.hold_lifted",
        EventKind::ReportMade => "case.report_made",
        EventKind::ReportNotNeeded => "case.report_not_needed",
        EventKind::IdentityAsked => "case.identity_asked",
        EventKind::IdentityAgreed => "case.identity_agreed",
        EventKind::IdentityRefused => "case.identity_refused",
        EventKind::GlassBroken => "case.glass_broken",
        EventKind::GuestAdded => "case.guest_added",
        EventKind::GuestEnded => "case.guest_ended",
        EventKind::IdentityOpened => "case.identity_opened",
        EventKind::RecheckFixed => "case.recheck_fixed",
        EventKind::RecheckNotFixed => "case.recheck_not_fixed",
        EventKind::RecheckUnclear => "case.recheck_unclear",
        EventKind::RectificationSet => "case.rectification_set",
        EventKind::RectificationDone => "case.rectification_done",
        EventKind::RectificationWithdrawn => "case.rectification_withdrawn",
        EventKind::Paused => "case.paused",
        EventKind::Resumed => "case.resumed",
        EventKind::Recounted => "case.recounted",
        EventKind::Tagged => "case.tagged",
    }
}
