//! Everything that the page of a case shows to one person: what they have no right to is not even read.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    accounts::model::Actor,
    attachments::{self, model::Attachment},
    audit,
    cases::{
        assist::{self, Assist},
        clocks::{self, Clock},
        list::{Cursor, Filters, Place},
        macros::{self, Macro},
        model::{Case, Decision, EventKind, Lane, Side, Verb},
        object, routed,
        second::{self, Eyes},
        similar,
        similar::Similar,
        split,
        store::{
            self, callbacks::Callback, events::Event, extensions::Extension, legal_holds::LegalHold, messages::Message,
            notes::Note, objections::Objection, recusals::Recusal, replies::Reply, tasks::Task,
        },
        tags::{self, Tag},
        transfer::{self, Transfer},
        visibility::{self, Scope},
        watch,
    },
    db::Conn,
    error::Result,
    http::{App, Cx},
    intake::{self, model::SubmissionView},
    kernel::ids::{AttachmentId, CaseId, DepartmentId, ReplyId, StaffId},
    organizations::{
        self,
        model::{Department, Organization, Staff, Topic},
    },
    rectifications::{self, model::Rectification},
    routing::propose::Proposal,
    supervision::{self, model::Order},
    templates::{self, model::Template},
};

/// Entries of the audit log that the page shows.
const SEEN_BY: i64 = 30;

/// What the page shows.
pub struct CaseData {
    pub case: Case,
    /// Where it stood in the list from which it was opened.
    pub place: Option<Place>,
    /// The addresses of the cases before and after it there.
    pub neighbours: [Option<String>; 2],
    pub organization: Organization,
    pub topic: String,
    /// Every topic, for what the matrix names.
    pub topics: Vec<Topic>,
    /// Where the case should go, and why.
    pub proposal: Proposal,
    pub submissions: Vec<SubmissionView>,
    pub files: Vec<Attachment>,
    pub events: Vec<Event>,
    /// The clocks, the newest run of each stage.
    pub clocks: Vec<Clock>,
    pub messages: Vec<Message>,
    pub notes: Vec<Note>,
    pub replies: Vec<Reply>,
    /// The redacted copies that go out, or went out, with each of them.
    pub reply_files: Vec<(ReplyId, AttachmentId)>,
    /// Whether an answer needs a second person, for those who may let it out.
    pub eyes: Option<Eyes>,
    pub callbacks: Vec<Callback>,
    pub instruction: String,
    /// The departments that assist, or did, with what they contributed.
    pub assists: Vec<Assist>,
    /// The words on it, and those that could be put on it.
    pub tags: Vec<Tag>,
    pub all_tags: Vec<Tag>,
    /// Templates of answers, the best fitting first.
    pub templates: Vec<Template>,
    /// Macros, and the templates that they speak of.
    pub macros: Vec<Macro>,
    pub macro_templates: Vec<Template>,
    /// The objection that waits for a ruling.
    pub objection: Option<Objection>,
    /// Until when the department may object; `None` when it may not.
    pub may_object_until: Option<DateTime<Utc>>,
    /// The supervision orders over it.
    pub orders: Vec<Order>,
    /// What is put in order because of it.
    pub rectifications: Vec<Rectification>,
    /// The case that it is merged into, for those who may see that one.
    pub lead: Option<String>,
    /// The cases that are merged into it.
    pub merged: Vec<Merged>,
    /// The case that it was taken from, for a part.
    pub origin: Option<split::Origin>,
    /// The parts that were taken from it.
    pub parts: Vec<split::PartLine>,
    /// Open cases that may be about the same matter, for those who may merge them.
    pub similar: Vec<Similar>,
    /// The wish for more time that waits for a decision.
    pub extension: Option<Extension>,
    /// To whom it went last, when another body deals with it.
    pub transfer: Option<Transfer>,
    /// Until when it should be passed on, if it is another body's.
    pub transfer_until: DateTime<Utc>,
    /// What colleagues are to do about it.
    pub tasks: Vec<Task>,
    /// Whether the reader watches it.
    pub watched: bool,
    pub departments: Vec<Department>,
    pub staff: Vec<Staff>,
    /// For those who decide about them.
    pub recusals: Vec<Recusal>,
    /// Whether the reader may write to the submitter.
    pub may_write: bool,
    /// The legal hold that stands over it, for the office and leaders.
    pub hold: Option<LegalHold>,
    /// For the office and leaders.
    pub seen_by: Vec<audit::Listed>,
}

/// A case that is merged into the one that the page shows: what came from its submitter.
pub struct Merged {
    pub id: CaseId,
    pub number: String,
    pub submissions: Vec<SubmissionView>,
    /// What its submitter wrote, and the office to them alone.
    pub messages: Vec<Message>,
    pub callbacks: Vec<Callback>,
    /// What its submitter did since.
    pub events: Vec<Event>,
}

impl CaseData {
    /// Reads it. The case was read with the reader's right.
    pub async fn read(app: &App, c: &mut Conn, cx: &Cx, actor: &Actor, case: Case) -> Result<Self> {
        let org = case.organization_id;
        let side = Side::of(actor, &case);
        let decides = matches!(side, Some(Side::Office | Side::Leader));
        let topics = organizations::actions::topics(c, org).await?;
        let mut submissions = intake::actions::submissions_of_case(app, c, org, case.id, cx.lang).await?;
        let origin = split::origin_of(c, actor, case.id).await?;
        if let Some(split::Origin { seen: Some(seen), .. }) = &origin {
            submissions = intake::actions::submissions_of_case(app, c, org, seen.id, cx.lang).await?;
        }
        hide_contacts(side, &mut submissions);
        let merged = merged(app, c, cx, side, &case).await?;
        let lead = match case.lead_id {
            Some(id) => visibility::case_of_id(c, actor, id).await.ok().map(|lead| lead.number),
            None => None,
        };
        // A part is like others by its own matter; the case that it came from is none of them.
        let said = origin.as_ref().map(|o| &o.matter).or(submissions.first().map(|s| &s.body));
        let mut similar = match said {
            Some(said) if Verb::Merge.offered(actor, &case) => similar::to_case(c, actor, &case, said, cx.lang).await?,
            _ => Vec::new(),
        };
        let from = origin.as_ref().and_then(|o| o.seen.as_ref()).map(|o| o.number.as_str());
        similar.retain(|s| Some(s.number.as_str()) != from);
        let replies = store::replies::of_case(c, case.id).await?;
        let topic = topics.iter().find(|t| t.id == case.topic_id);
        let organization = organizations::actions::organization(c, org).await?;
        let (calendar, limits) = (&organization.calendar, &organization.limits);
        let may_object_until = object::may_object_until(c, &case, calendar, limits).await?;
        let transfer_until = transfer::limit(c, &case, calendar).await?;
        let waits = |decision: Decision| decision == Decision::Pending;
        Ok(Self {
            place: None,
            neighbours: [None, None],
            objection: store::objections::of_case(c, case.id).await?.into_iter().find(|o| waits(o.ruling)),
            may_object_until,
            extension: store::extensions::of_case(c, case.id).await?.into_iter().find(|e| waits(e.decision)),
            orders: supervision::actions::of_case(c, actor, case.id).await?,
            rectifications: rectifications::actions::of_case(c, actor, case.id).await?,
            lead,
            parts: split::parts_of(c, actor, case.id).await?,
            origin,
            merged,
            similar,
            topic: topic.map(|t| t.label(cx.lang).to_string()).unwrap_or_default(),
            topics: organizations::actions::all_topics(c, org).await?,
            templates: templates::actions::for_case(c, actor, &case).await?,
            macros: macros::in_use(c, org).await?,
            macro_templates: templates::actions::of_everybody(c, org).await?,
            tags: tags::of_case(c, case.id).await?,
            all_tags: tags::in_use(c, org).await?,
            proposal: routed::proposal(app, c, &case).await?,
            organization,
            submissions,
            files: attachments::actions::of_case(c, case.id).await?,
            events: store::events::of_case(c, case.id).await?,
            clocks: clocks::of_case(c, case.id).await?,
            messages: store::messages::of_case(c, case.id).await?,
            notes: store::notes::of_case(c, case.id).await?,
            eyes: match Verb::LetOut.offered(actor, &case) {
                true => second::eyes(c, actor, &case, &replies).await?,
                false => None,
            },
            replies,
            reply_files: store::replies::files_of_case(c, case.id).await?,
            callbacks: store::callbacks::of_case(c, case.id).await?,
            instruction: store::assignments::running_instruction(c, case.id).await?.unwrap_or_default(),
            assists: assist::of_case(c, case.id).await?,
            transfer: transfer::of_case(c, &case).await?,
            transfer_until,
            tasks: store::tasks::of_case(c, case.id).await?,
            watched: watch::watches(c, actor, &case).await?,
            departments: organizations::actions::departments(c, org).await?,
            staff: organizations::actions::staff(c, org).await?,
            recusals: if decides { store::recusals::of_case(c, case.id).await? } else { Vec::new() },
            may_write: Verb::Message.offered(actor, &case),
            hold: if decides { store::legal_holds::standing(c, case.id).await? } else { None },
            seen_by: if decides { audit::about(c, org, case.id.0, SEEN_BY).await? } else { Vec::new() },
            case,
        })
    }

    /// Notes where it stood in the list from which it was opened, and finds its neighbours there. Opened by its number alone,
    /// it stands in the usual list, when it is there.
    pub async fn stand_at(&mut self, c: &mut Conn, cx: &Cx, actor: &Actor, place: Option<Place>) -> Result<()> {
        let scope = Scope::of(actor);
        let place = match place {
            Some(place) => Some(place),
            None => self.usual_place(c, &scope, cx).await?,
        };
        if let Some(place) = &place {
            let found = store::list::neighbours(c, &scope, place, cx.now).await?;
            self.neighbours = found.map(|item| {
                let item = item?;
                let there = Place { filters: place.filters.clone(), at: item.cursor(place.filters.view) };
                Some(there.href(&item.number))
            });
        }
        self.place = place;
        Ok(())
    }

    /// Where it stands in the usual list of the reader; `None` when it is not in it.
    async fn usual_place(&self, c: &mut Conn, scope: &Scope, cx: &Cx) -> Result<Option<Place>> {
        let filters = Filters::default();
        let before = Cursor { at: self.case.due_at, id: Uuid::from_u128(self.case.id.0.as_u128().saturating_sub(1)) };
        // What comes first after the place before it is the case itself, or it is not there.
        let next = store::list::page(c, scope, &filters, Some(before), cx.now, 1).await?.items.pop();
        let found = next.filter(|item| item.id == self.case.id);
        Ok(found.map(|item| Place { at: item.cursor(filters.view), filters }))
    }

    /// The address of this page.
    pub fn here(&self) -> String {
        Place::href_of(self.place.as_ref(), &self.case.number)
    }

    /// The name of a department.
    pub fn department_name(&self, id: Option<DepartmentId>) -> Option<String> {
        self.departments.iter().find(|d| Some(d.id) == id).map(|d| d.name.clone())
    }

    /// The name of a person.
    pub fn staff_name(&self, id: Option<StaffId>) -> Option<String> {
        self.staff.iter().find(|s| Some(s.id) == id).map(|s| s.display_name.clone())
    }

    /// Everything that anybody sent, with the number of the case that it came as.
    pub fn all_submissions(&self) -> impl Iterator<Item = (&str, &SubmissionView)> {
        let own = self.submissions.iter().map(|s| (self.case.number.as_str(), s));
        own.chain(self.merged.iter().flat_map(|m| m.submissions.iter().map(|s| (m.number.as_str(), s))))
    }

    /// The reply that is being worked on.
    pub fn unsent(&self) -> Option<&Reply> {
        use crate::cases::model::ReplyState::{Dropped, Sent};
        self.replies.iter().rev().find(|r| !matches!(r.state, Sent | Dropped))
    }

    /// Redacted copies, which may go out with an answer.
    pub fn copies(&self) -> impl Iterator<Item = &Attachment> {
        self.files.iter().filter(|f| f.case_id == self.case.id && f.is_copy())
    }

    /// Whether the case is in the safeguarding lane.
    pub fn is_danger(&self) -> bool {
        self.case.lane == Lane::Safeguarding
    }
}

/// Only those who handle it may call.
fn hide_contacts(side: Option<Side>, submissions: &mut [SubmissionView]) {
    if !matches!(side, Some(Side::Office | Side::Department)) {
        submissions.iter_mut().for_each(|s| s.contact = None);
    }
}

async fn merged(app: &App, c: &mut Conn, cx: &Cx, side: Option<Side>, lead: &Case) -> Result<Vec<Merged>> {
    let mut all = Vec::new();
    for case in store::merges::members(c, lead.id).await? {
        let mut submissions =
            intake::actions::submissions_of_case(app, c, case.organization_id, case.id, cx.lang).await?;
        hide_contacts(side, &mut submissions);
        let mut events = store::events::of_case(c, case.id).await?;
        let since = events.iter().rev().find(|e| e.kind == EventKind::Merged).map_or(0, |e| e.seq);
        let by_submitter = |kind| matches!(kind, EventKind::MessageIn | EventKind::Urged | EventKind::Rated);
        events.retain(|e| e.seq > since && by_submitter(e.kind));
        all.push(Merged {
            id: case.id,
            submissions,
            messages: store::messages::of_case(c, case.id).await?,
            callbacks: store::callbacks::of_case(c, case.id).await?,
            events,
            number: case.number,
        });
    }
    Ok(all)
}
