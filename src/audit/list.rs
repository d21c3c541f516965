//! What of the log is wanted: by whom, what kind, when, about which thing, which words.

use chrono::{DateTime, NaiveDate, Utc};

use crate::{cases::list::escape, http::Form, kernel::ids::StaffId, ui::time};

crate::code_enum! {
    /// A kind of entries, as people look for them.
    pub enum Kind {
        /// What was looked at or taken away: cases, photos, answers, exports.
        Reading = "reading",
        /// The life of cases.
        Cases = "cases",
        /// Signing in, passwords, accounts and rights.
        Accounts = "accounts",
        /// The organisation, departments, topics, access points.
        Organization = "organization",
        /// The hotline, the walk-in desk, the wooden box.
        Hotline = "hotline",
        /// Visits, patrols, checklists.
        Visits = "visits",
        /// Questionnaires and open letters.
        Asking = "asking",
        /// Representatives and what they looked at again.
        Representatives = "representatives",
        /// Supervision orders.
        Supervision = "supervision",
    }
}

impl Kind {
    /// The beginnings (or, of [`Kind::Reading`], the ends) of its actions, as patterns of `LIKE`; at most five.
    pub const fn patterns(self) -> &'static [&'static str] {
        match self {
            Self::Reading => &["%read", "%exported", "%identity\\_opened", "%answer\\_opened"],
            Self::Cases => &["case.%", "submission.%", "attachment.%"],
            Self::Accounts => &["account.%", "staff.%"],
            Self::Organization => &["organization.%", "department.%", "topic.%", "access\\_point.%", "form.%"],
            Self::Hotline => &["call%", "box.%", "roster.%"],
            Self::Visits => &["visit.%", "patrol%", "checklist.%"],
            Self::Asking => &["questionnaire.%", "response.%", "letter.%", "suggestion.%"],
            Self::Representatives => &["representative.%", "recheck.%"],
            Self::Supervision => &["supervision.%", "agenda.%"],
        }
    }
}

/// By whom.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// Anybody.
    #[default]
    Anybody,
    /// Submitters and the program: nobody with an account.
    Nobody,
    /// This person.
    Person(StaffId),
}

/// What of the log is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// By whom.
    pub by: By,
    /// What kind.
    pub kind: Option<Kind>,
    /// From this day on.
    pub from: Option<NaiveDate>,
    /// Up to this day.
    pub to: Option<NaiveDate>,
    /// About this thing.
    pub thing: Option<uuid::Uuid>,
    /// Words in names, numbers and details.
    pub q: String,
}

/// Most characters of the words.
const MOST_WORDS: usize = 100;

impl Filter {
    /// Reads a query; what can't be read is not filtered by.
    pub fn parse(query: &Form) -> Self {
        let day = |name: &str| NaiveDate::parse_from_str(query.text(name), "%Y-%m-%d").ok();
        let by = match query.text("by") {
            "nobody" => By::Nobody,
            id => StaffId::parse(id).map_or(By::Anybody, By::Person),
        };
        Self {
            by,
            kind: Kind::parse(query.text("kind")),
            from: day("from"),
            to: day("to"),
            thing: uuid::Uuid::parse_str(query.text("thing")).ok(),
            q: query.text("q").trim().chars().take(MOST_WORDS).collect(),
        }
    }

    /// Whether anything is filtered.
    pub fn is_narrowed(&self) -> bool {
        *self != Self::default()
    }

    /// The names and values of the query that means this.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let by = match self.by {
            By::Anybody => None,
            By::Nobody => Some("nobody".to_string()),
            By::Person(id) => Some(id.to_string()),
        };
        let pairs = [
            ("by", by),
            ("kind", self.kind.map(|k| k.code().to_string())),
            ("from", self.from.map(|d| d.to_string())),
            ("to", self.to.map(|d| d.to_string())),
            ("thing", self.thing.map(|t| t.simple().to_string())),
            ("q", Some(self.q.clone()).filter(|q| !q.is_empty())),
        ];
        pairs.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }

    /// The address of this part of the log, with more names and values behind.
    pub fn href(&self, more: &[(&str, &str)]) -> String {
        let own = self.pairs();
        let pairs = own.iter().map(|(n, v)| (*n, v.as_str())).chain(more.iter().copied());
        let query: Vec<String> = pairs.map(|(name, value)| format!("{name}={}", escape(value))).collect();
        if query.is_empty() { "/admin/audit".to_string() } else { format!("/admin/audit?{}", query.join("&")) }
    }

    /// The time of the first day.
    pub fn from_time(&self) -> Option<DateTime<Utc>> {
        self.from.map(time::start_of)
    }

    /// The time after the last day.
    pub fn to_time(&self) -> Option<DateTime<Utc>> {
        self.to.and_then(|day| day.succ_opt()).map(time::start_of)
    }

    /// The words as a pattern of `LIKE` that means them literally; `None` when there are none.
    pub fn words(&self) -> Option<String> {
        let literal = self.q.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        (!literal.is_empty()).then(|| format!("%{literal}%"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_read_back_from_its_address() {
        let filter = Filter {
            by: By::Person(StaffId(uuid::Uuid::from_u128(7))),
            kind: Some(Kind::Reading),
            from: NaiveDate::from_ymd_opt(2026, 3, 1),
            to: NaiveDate::from_ymd_opt(2026, 3, 31),
            thing: Some(uuid::Uuid::from_u128(9)),
            q: "北门 50%".into(),
        };
        let address = filter.href(&[("before", "17")]);
        let (_, query) = address.split_once('?').unwrap();
        let pairs = crate::http::form::urlencoded_pairs(query.as_bytes());
        assert_eq!(Filter::parse(&Form::from_pairs(pairs)), filter);
        assert_eq!(Filter::parse(&Form::default()), Filter::default());
        assert!(filter.is_narrowed() && !Filter::default().is_narrowed());
    }

    #[test]
    fn words_are_looked_for_as_they_are() {
        let filter = Filter { q: "50%_\\A".into(), ..Filter::default() };
        assert_eq!(filter.words().unwrap(), "%50\\%\\_\\\\a%");
        assert_eq!(Filter::default().words(), None);
    }

    #[test]
    fn the_last_day_is_part_of_the_period() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 10);
        let filter = Filter { from: day, to: day, ..Filter::default() };
        assert_eq!((filter.to_time().unwrap() - filter.from_time().unwrap()).num_hours(), 24);
    }

    #[test]
    fn no_kind_has_more_patterns_than_the_statement_takes() {
        assert!(Kind::ALL.iter().all(|k| (1..=5).contains(&k.patterns().len())));
    }
}
