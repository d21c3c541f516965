//! Checklists, visits, findings, and the rule that makes a finding of an answer.

use chrono::{DateTime, Utc};

use crate::{
    forms::model::{Answers, Definition, Question, QuestionKind},
    i18n::Lang,
    kernel::{
        ids::{
            AccessPointId, CaseId, ChecklistId, FindingId, FormId, PatrolClassId, ResponseFileId, ResponseId, StaffId,
            VisitId,
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
    /// The area of the checklist.
    pub area: Area,
    /// The title of the checklist.
    pub title: String,
    /// The same in English.
    pub title_en: String,
    /// How many findings it has.
    pub findings: i64,
}

impl Visit {
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

/// The answer that says "no" to a yes-or-no item.
pub const NO: &str = "no";
/// The answer that says "yes".
pub const YES: &str = "yes";
/// The answer that says "does not apply here".
pub const NOT_APPLICABLE: &str = "na";
/// A score up to this is a finding.
pub const LOW_SCORE: i64 = 2;

/// The key of the comment under an item.
pub fn comment_key(item: &str) -> String {
    [item, "_why"].concat()
}

/// The key of the photo under an item.
pub fn photo_key(item: &str) -> String {
    [item, "_photo"].concat()
}

/// The items of a checklist: questions that are judged.
pub fn items(definition: &Definition) -> impl Iterator<Item = &Question> {
    definition.questions().filter(|q| is_item(q))
}

/// Whether a question is an item: a scale, or a choice that can be "no".
pub fn is_item(question: &Question) -> bool {
    match question.kind {
        QuestionKind::Scale | QuestionKind::Rating => true,
        QuestionKind::Single => question.choices.iter().any(|c| c.code == NO),
        _ => false,
    }
}

/// What an item was worth: how much of how much. Nothing when it does not apply or was not answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The key of the item.
    pub item: String,
    /// What it got.
    pub mark: i64,
    /// The most that it could get.
    pub most: i64,
}

/// A finding before it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The key of the item.
    pub item: String,
    /// What was seen; may be empty.
    pub comment: String,
}

/// The marks of a visit, in the order of the checklist.
pub fn marks(definition: &Definition, answers: &Answers) -> Vec<Mark> {
    let mark = |q: &Question| {
        let value = answers.first(&q.key)?;
        let (mark, most) = match (q.kind, value) {
            (QuestionKind::Single, YES) => (1, 1),
            (QuestionKind::Single, NO) => (0, 1),
            (QuestionKind::Single, _) => return None,
            (_, number) => (number.parse().ok()?, q.range().1),
        };
        Some(Mark { item: q.key.clone(), mark, most })
    };
    items(definition).filter_map(mark).collect()
}

/// What was found: every "no" and every low score, in the order of the checklist.
pub fn found(definition: &Definition, answers: &Answers) -> Vec<Found> {
    let is_bad = |q: &Question| match (q.kind, answers.first(&q.key)) {
        (QuestionKind::Single, Some(value)) => value == NO,
        (_, Some(number)) => number.parse::<i64>().is_ok_and(|n| n <= LOW_SCORE),
        (_, None) => false,
    };
    items(definition)
        .filter(|q| is_bad(q))
        .map(|q| Found {
            item: q.key.clone(),
            comment: answers.first(&comment_key(&q.key)).unwrap_or_default().to_string(),
        })
        .collect()
}

#[cfg(test)]
#[path = "model_tests.rs"]
mod tests;
