//! Checklists, visits, findings.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    i18n::Lang,
    kernel::{
        ids::{
            AccessPointId, CaseId, ChecklistId, FindingId, FormId, FormVersionId, PatrolClassId, ResponseFileId,
            ResponseId, StaffId, VisitId,
        },
        roles::{Channel, Role},
    },
};

crate::code_enum! {
    /// Who walks by a checklist.
    pub enum VisitKind {
        /// 家长代表/群众代表: findings become cases at once.
        Representative = "representative",
        /// 学生会检查员: findings stay with the office, which decides.
        Patrol = "patrol",
    }
}

impl VisitKind {
    /// The channel of its cases and of the QR codes that begin it.
    pub const fn channel(self) -> Channel {
        match self {
            Self::Representative => Channel::Representative,
            Self::Patrol => Channel::Patrol,
        }
    }

    /// The role that walks.
    pub const fn role(self) -> Role {
        match self {
            Self::Representative => Role::Representative,
            Self::Patrol => Role::StudentInspector,
        }
    }

    /// What a role walks by; `None` for those that do not.
    pub fn of_role(role: Role) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.role() == role)
    }

    /// The page where a walk begins.
    pub const fn address(self) -> &'static str {
        match self {
            Self::Representative => "/rep/visits",
            Self::Patrol => "/patrol/visits",
        }
    }
}

crate::code_enum! {
    /// What part of the school a checklist is about.
    pub enum Area {
        /// 食堂.
        Canteen = "canteen",
        /// 校门.
        Gate = "gate",
        /// 宿舍.
        Dormitory = "dormitory",
        /// 图书室.
        Library = "library",
        /// 教室.
        Classroom = "classroom",
        /// 楼道.
        Corridor = "corridor",
        /// 操场.
        Playground = "playground",
        /// 卫生间.
        Toilet = "toilet",
    }
}

impl Area {
    /// The topic of its cases.
    pub const fn topic(self) -> &'static str {
        match self {
            Self::Canteen => "canteen",
            Self::Gate | Self::Corridor | Self::Playground => "safety",
            Self::Dormitory | Self::Library | Self::Classroom | Self::Toilet => "facilities",
        }
    }
}

crate::code_enum! {
    /// What became of a finding.
    pub enum FindingState {
        /// Written down; nobody decided yet.
        Noted = "noted",
        /// It belongs to a case.
        Case = "case",
        /// The office looked at it and leaves it.
        SetAside = "set_aside",
    }
}

/// A checklist 检查表.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Checklist {
    /// The id.
    pub id: ChecklistId,
    /// The form with its items.
    pub form_id: FormId,
    /// Who walks by it.
    pub kind: VisitKind,
    /// What part of the school it is about.
    pub area: Area,
    /// The title in Chinese.
    pub title: String,
    /// The title in English; may be empty.
    pub title_en: String,
    /// Its place in lists.
    pub position: i64,
    /// Set when it is switched off.
    pub disabled_at: Option<DateTime<Utc>>,
}

impl Checklist {
    /// The title in a language.
    pub fn label(&self, lang: Lang) -> &str {
        if lang == Lang::En && !self.title_en.is_empty() { &self.title_en } else { &self.title }
    }
}

/// A visit that arrives later than this after it was signed says when it arrived.
const LATER: TimeDelta = TimeDelta::minutes(10);

/// A visit 巡查.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Visit {
    /// The id.
    pub id: VisitId,
    /// The answers.
    pub response_id: ResponseId,
    /// By which checklist.
    pub checklist_id: ChecklistId,
    /// Who walked.
    pub kind: VisitKind,
    /// The person.
    pub author_id: StaffId,
    /// The QR code by which it began.
    pub access_point_id: Option<AccessPointId>,
    /// The class that was looked at.
    pub class_id: Option<PatrolClassId>,
    /// Where, in words.
    pub place: String,
    /// When it began, by the phone's clock.
    pub started_at: DateTime<Utc>,
    /// When it was signed, by the phone's clock.
    pub ended_at: DateTime<Utc>,
    /// When it arrived.
    pub received_at: DateTime<Utc>,
    /// The name under it.
    pub signature: String,
    /// The same drawn by hand ([`crate::visits::drawing`]); empty when it was only typed.
    pub drawing: String,
    /// The area of the checklist.
    pub area: Area,
    /// The title of the checklist.
    pub title: String,
    /// The same in English.
    pub title_en: String,
    /// The version of the form that was answered.
    pub form_version_id: FormVersionId,
    /// How many findings it has.
    pub findings: i64,
}

impl Visit {
    /// Whether it was sent later than it was signed: by a phone without a net.
    pub fn was_sent_later(&self) -> bool {
        self.received_at - self.ended_at > LATER
    }

    /// The title of its checklist in a language.
    pub fn label(&self, lang: Lang) -> &str {
        if lang == Lang::En && !self.title_en.is_empty() { &self.title_en } else { &self.title }
    }
}

/// A finding 发现问题.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Finding {
    /// The id.
    pub id: FindingId,
    /// The visit.
    pub visit_id: VisitId,
    /// The key of the item.
    pub item: String,
    /// What was seen.
    pub comment: String,
    /// The photo.
    pub file_id: Option<ResponseFileId>,
    /// The case that it belongs to.
    pub case_id: Option<CaseId>,
    /// What became of it.
    pub state: FindingState,
}

/// A class that patrols look at 班级.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PatrolClass {
    /// The id.
    pub id: PatrolClassId,
    /// Its name, such as 三(2)班.
    pub name: String,
    /// The class teacher, who reads its day sheet.
    pub teacher_id: Option<StaffId>,
    /// Its place in lists.
    pub position: i64,
    /// Set when it is no longer looked at.
    pub disabled_at: Option<DateTime<Utc>>,
}
