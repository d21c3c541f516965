//! Organisations, departments, topics, people.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    i18n::Lang,
    kernel::{
        calendar::WorkCalendar,
        ids::{DepartmentId, OrganizationId, StaffId, TopicId},
        roles::Role,
    },
    ui::field::FieldError,
};

/// What an administrator's action gives: its result, or the field that was refused and why.
pub type Checked<T> = std::result::Result<T, FieldError>;

/// A refusal of one field.
pub fn refusal(field: &str, key: &'static str) -> FieldError {
    FieldError { field: field.to_string(), key, variables: Vec::new() }
}

/// An organisation 单位: school, company, agency; the tenant.
#[derive(Clone, Debug)]
pub struct Organization {
    /// The id.
    pub id: OrganizationId,
    /// The short name in addresses: `/{slug}`.
    pub slug: String,
    /// The name.
    pub name: String,
    /// One or two characters for the emblem.
    pub emblem: String,
    /// The hotline's number.
    pub hotline: String,
    /// What the office calls itself (文明办).
    pub office_name: String,
    /// A sentence on the start page and above forms.
    pub welcome: String,
    /// Working days and hours.
    pub calendar: WorkCalendar,
    /// Time limits.
    pub limits: TimeLimits,
}

/// Time limits of an organisation, in working days unless the name says otherwise (domain: Time limits).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TimeLimits {
    /// Triage by the office.
    pub triage: u16,
    /// Telling the submitter whether it is accepted; at most 15 days (信访工作条例 §23).
    pub acceptance: u16,
    /// A department's objection "not ours"; at most 5 (§23).
    pub objection: u16,
    /// Handling.
    pub handling: u16,
    /// Handling of urgent cases.
    pub urgent: u16,
}

impl Default for TimeLimits {
    fn default() -> Self {
        Self { triage: 1, acceptance: 3, objection: 1, handling: 5, urgent: 1 }
    }
}

/// A department 处室.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Department {
    /// The id.
    pub id: DepartmentId,
    /// The name.
    pub name: String,
    /// The leader in charge 分管领导.
    pub leader_id: Option<StaffId>,
    /// Its place in lists.
    pub position: i64,
    /// Set when it is no longer in use.
    pub disabled_at: Option<DateTime<Utc>>,
}

/// A topic 类别.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Topic {
    /// The id.
    pub id: TopicId,
    /// The code word in forms and interfaces: `canteen`.
    pub code: String,
    /// The name in Chinese.
    pub name: String,
    /// The name in English.
    pub name_en: String,
    /// The department that usually handles it.
    pub default_department_id: Option<DepartmentId>,
    /// Its place in lists.
    pub position: i64,
    /// Whether its cases are about people: answers go out after a second person of the office has read them.
    pub about_people: bool,
    /// Set when it is no longer in use.
    pub disabled_at: Option<DateTime<Utc>>,
}

/// The code of the topic that every organisation has and that nothing else fits.
pub const OTHER_TOPIC: &str = "other";

impl Topic {
    /// The name in a language.
    pub fn label(&self, lang: Lang) -> &str {
        match lang {
            Lang::En if !self.name_en.is_empty() => &self.name_en,
            _ => &self.name,
        }
    }
}

/// A member of staff.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Staff {
    /// The id.
    pub id: StaffId,
    /// The department, for handlers and heads.
    pub department_id: Option<DepartmentId>,
    /// The sign-in name.
    pub username: String,
    /// The name shown.
    pub display_name: String,
    /// The role.
    pub role: Role,
    /// Set when the account is closed.
    pub disabled_at: Option<DateTime<Utc>>,
    /// Whether a password was set.
    pub has_password: bool,
}
