//! Everything that the page of a case shows to one person: what they have no right to is not even read.

use chrono::{DateTime, Utc};

use crate::{
    accounts::model::Actor,
    attachments::{self, model::Attachment},
    audit,
    cases::{
        model::{Case, Decision, Lane, Side},
        object, routed,
        store::{
            self, callbacks::Callback, events::Event, extensions::Extension, messages::Message, notes::Note,
            objections::Objection, recusals::Recusal, replies::Reply,
        },
    },
    db::Conn,
    error::Result,
    http::{App, Cx},
    intake::{self, model::SubmissionView},
    kernel::ids::{DepartmentId, StaffId},
    organizations::{
        self,
        model::{Department, Organization, Staff, Topic},
    },
    routing::propose::Proposal,
    supervision::{self, model::Order},
};

/// Entries of the audit log that the page shows.
const SEEN_BY: i64 = 30;

/// What the page shows.
pub struct CaseData {
    pub case: Case,
    pub organization: Organization,
    pub topic: String,
    /// Every topic, for what the matrix names.
    pub topics: Vec<Topic>,
    /// Where the case should go, and why.
    pub proposal: Proposal,
    pub submissions: Vec<SubmissionView>,
    pub files: Vec<Attachment>,
    pub events: Vec<Event>,
    pub messages: Vec<Message>,
    pub notes: Vec<Note>,
    pub replies: Vec<Reply>,
    pub callbacks: Vec<Callback>,
    pub instruction: String,
    /// The objection that waits for a ruling.
    pub objection: Option<Objection>,
    /// Until when the department may object; `None` when it may not.
    pub may_object_until: Option<DateTime<Utc>>,
    /// The supervision orders over it.
    pub orders: Vec<Order>,
    /// The wish for more time that waits for a decision.
    pub extension: Option<Extension>,
    pub departments: Vec<Department>,
    pub staff: Vec<Staff>,
    /// For those who decide about them.
    pub recusals: Vec<Recusal>,
    /// For the office and leaders.
    pub seen_by: Vec<audit::Listed>,
}

impl CaseData {
    /// Reads it. The case was read with the reader's right.
    pub async fn read(app: &App, c: &mut Conn, cx: &Cx, actor: &Actor, case: Case) -> Result<Self> {
        let org = case.organization_id;
        let side = Side::of(actor, &case);
        let decides = matches!(side, Some(Side::Office | Side::Leader));
        let topics = organizations::actions::topics(c, org).await?;
        let mut submissions = intake::actions::submissions_of_case(app, c, org, case.id, cx.lang).await?;
        if !matches!(side, Some(Side::Office | Side::Department)) {
            // Only those who handle it may call.
            submissions.iter_mut().for_each(|s| s.contact = None);
        }
        let topic = topics.iter().find(|t| t.id == case.topic_id);
        let organization = organizations::actions::organization(c, org).await?;
        let (calendar, limits) = (&organization.calendar, &organization.limits);
        let waits = |decision: Decision| decision == Decision::Pending;
        Ok(Self {
            objection: store::objections::of_case(c, case.id).await?.into_iter().find(|o| waits(o.ruling)),
            may_object_until: object::may_object_until(c, &case, calendar, limits).await?,
            extension: store::extensions::of_case(c, case.id).await?.into_iter().find(|e| waits(e.decision)),
            orders: supervision::actions::of_case(c, actor, case.id).await?,
            topic: topic.map(|t| t.label(cx.lang).to_string()).unwrap_or_default(),
            topics: organizations::actions::all_topics(c, org).await?,
            proposal: routed::proposal(app, c, &case).await?,
            organization,
            submissions,
            files: attachments::actions::of_case(c, case.id).await?,
            events: store::events::of_case(c, case.id).await?,
            messages: store::messages::of_case(c, case.id).await?,
            notes: store::notes::of_case(c, case.id).await?,
            replies: store::replies::of_case(c, case.id).await?,
            callbacks: store::callbacks::of_case(c, case.id).await?,
            instruction: store::assignments::running_instruction(c, case.id).await?.unwrap_or_default(),
            departments: organizations::actions::departments(c, org).await?,
            staff: organizations::actions::staff(c, org).await?,
            recusals: if decides { store::recusals::of_case(c, case.id).await? } else { Vec::new() },
            seen_by: if decides { audit::about(c, org, case.id.0, SEEN_BY).await? } else { Vec::new() },
            case,
        })
    }

    /// The name of a department.
    pub fn department_name(&self, id: Option<DepartmentId>) -> Option<String> {
        self.departments.iter().find(|d| Some(d.id) == id).map(|d| d.name.clone())
    }

    /// The name of a person.
    pub fn staff_name(&self, id: Option<StaffId>) -> Option<String> {
        self.staff.iter().find(|s| Some(s.id) == id).map(|s| s.display_name.clone())
    }

    /// The reply that is being worked on.
    pub fn unsent(&self) -> Option<&Reply> {
        use crate::cases::model::ReplyState::{Dropped, Sent};
        self.replies.iter().rev().find(|r| !matches!(r.state, Sent | Dropped))
    }

    /// Whether the case is in the safeguarding lane.
    pub fn is_danger(&self) -> bool {
        self.case.lane == Lane::Safeguarding
    }
}
