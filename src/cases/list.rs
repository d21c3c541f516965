//! The list of cases: which ones, in which order, from where on. Pure; the statements stand in `store::list`.

mod due;
mod place;
mod view;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::{
    db::dialect::Reach,
    error::{Error, Result},
    http::{Form, form::urlencoded_pairs},
    kernel::text::MAX_QUERY_CHARS,
};

pub use due::{Due, soon_until};
pub use place::Place;
pub use view::{GOING_ON, View, due_on, overdue};

crate::code_enum! {
    /// What a number of a report counts (`reports::model`).
    pub enum Counted {
        /// Answered, whatever came later.
        Answered = "answered",
        /// Still open.
        Open = "open",
        /// Open, and the promise to the submitter has passed.
        Late = "late",
    }
}

impl Counted {
    /// The condition, with `$4` now.
    pub const fn condition(self) -> &'static str {
        match self {
            Self::Answered => "c.answered_at IS NOT NULL",
            Self::Open => view::OPEN,
            Self::Late => view::LATE,
        }
    }
}

/// What of the visible cases is wanted: the query of `/desk`, read.
///
/// Code words that nothing has (`?state=lost`) find nothing, rather than everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// `?view=`.
    pub view: View,
    /// `?q=`: words of the text, the place, the number.
    pub q: String,
    /// `?state=`: a code word.
    pub state: Option<String>,
    /// `?topic=`: a code word of the organisation.
    pub topic: Option<String>,
    /// `?channel=`: a code word.
    pub channel: Option<String>,
    /// `?department=`: the id or the name.
    pub department: Option<String>,
    /// `?tag=`: the id or the word.
    pub tag: Option<String>,
    /// `?overdue=`: only what should have been done already.
    pub overdue: bool,
    /// `?from=`: received on this day or later.
    pub from: Option<NaiveDate>,
    /// `?to=`: received on this day or earlier.
    pub to: Option<NaiveDate>,
    /// `?due_from=` and `?due_to=`: the next step is due on these days.
    pub due: Option<(NaiveDate, NaiveDate)>,
    /// What a number of a report counts: `?answered=`, `?open=`, `?late=`.
    pub counted: Option<Counted>,
}

impl Filters {
    /// Reads the query. Whoever searches or filters without naming a view looks in all cases.
    pub fn parse(query: &Form) -> Self {
        let owned = |name: &str| query.optional(name).map(str::to_string);
        let day = |name: &str| query.optional(name).and_then(|day| day.parse::<NaiveDate>().ok());
        let mut filters = Self {
            view: View::default(),
            q: query.text("q").trim().chars().take(MAX_QUERY_CHARS).collect(),
            state: owned("state"),
            topic: owned("topic"),
            channel: owned("channel"),
            department: owned("department"),
            tag: owned("tag"),
            overdue: query.optional("overdue").is_some_and(|v| !matches!(v, "0" | "false" | "no")),
            from: query.optional("from").and_then(|day| day.parse().ok()),
            to: query.optional("to").and_then(|day| day.parse().ok()),
            due: day("due_from").zip(day("due_to")),
            counted: Counted::ALL.iter().copied().find(|c| query.has(c.code())),
        };
        filters.view = match query.optional("view").and_then(View::parse) {
            Some(view) => view,
            None if filters == Self { view: filters.view, ..Self::default() } => View::default(),
            None => View::All,
        };
        filters
    }

    /// Whether anything but the view narrows the list.
    pub fn is_narrowed(&self) -> bool {
        *self != Self { view: self.view, ..Self::default() }
    }

    /// How many of all cases the list can show.
    pub const fn reach(&self) -> Reach {
        match self.view {
            View::All if self.state.is_none() && !self.overdue => Reach::Most,
            View::All => Reach::Some,
            _ => Reach::Few,
        }
    }

    /// The view without search and filters. A view that was only there for them gives way to the usual one.
    pub fn cleared(&self) -> Self {
        Self { view: if self.view == View::All { View::default() } else { self.view }, ..Self::default() }
    }

    /// The address of this list, from `cursor` on.
    pub fn href(&self, cursor: Option<&Cursor>) -> String {
        let cursor = cursor.map(Cursor::to_string);
        let pairs = self.pairs().into_iter().chain(cursor.map(|c| ("page", c)));
        let query: Vec<String> = pairs.map(|(name, value)| format!("{name}={}", escape(&value))).collect();
        format!("/desk?{}", query.join("&"))
    }

    /// The query of this list, for an address that leads back to it.
    pub fn query(&self) -> String {
        self.href(None).trim_start_matches("/desk?").to_string()
    }

    /// The list that a query of [`Filters::query`] means.
    pub fn of_query(query: &str) -> Self {
        Self::parse(&Form::from_pairs(urlencoded_pairs(query.as_bytes())))
    }

    /// The names and values of the query that means this list.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let optional = [
            ("q", Some(self.q.as_str()).filter(|q| !q.is_empty())),
            ("state", self.state.as_deref()),
            ("topic", self.topic.as_deref()),
            ("channel", self.channel.as_deref()),
            ("department", self.department.as_deref()),
            ("tag", self.tag.as_deref()),
            ("overdue", self.overdue.then_some("1")),
        ];
        let due = self.due.map_or((None, None), |(from, to)| (Some(from), Some(to)));
        let days = [("from", self.from), ("to", self.to), ("due_from", due.0), ("due_to", due.1)];
        let days = days.into_iter().filter_map(|(name, day)| Some((name, day?.to_string())));
        let counted = self.counted.map(|c| (c.code(), "1".to_string()));
        let rest = optional.into_iter().filter_map(|(name, value)| value.map(|v| (name, v.to_string())));
        std::iter::once(("view", self.view.code().to_string())).chain(rest).chain(days).chain(counted).collect()
    }
}

/// Escapes a value for a query.
pub fn escape(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// The place in a list after which the next page begins: what the list is sorted by, and the id. So pages neither repeat
/// nor skip a case when others come or go meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The time that the list is sorted by.
    pub at: DateTime<Utc>,
    /// The id.
    pub id: Uuid,
}

impl Cursor {
    /// Reads `?page=`; `None` for the first page.
    ///
    /// # Errors
    /// `NotFound` when it isn't one of ours.
    pub fn parse(query: &Form) -> Result<Option<Self>> {
        let Some(text) = query.optional("page") else { return Ok(None) };
        Self::read(text).map(Some).ok_or(Error::NotFound)
    }

    fn read(text: &str) -> Option<Self> {
        let (at, id) = text.split_once('-')?;
        let at = DateTime::from_timestamp_millis(i64::from_str_radix(at, 16).ok()?)?;
        Some(Self { at, id: Uuid::try_parse(id).ok()? })
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:x}-{}", self.at.timestamp_millis(), self.id.simple())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(pairs: &[(&str, &str)]) -> Filters {
        Filters::parse(&Form::from_pairs(pairs.iter().copied()))
    }

    #[test]
    fn the_plain_address_shows_what_is_open() {
        assert_eq!(parsed(&[]), Filters::default());
        assert_eq!(parsed(&[("q", " "), ("state", "")]).view, View::Open);
        assert!(!parsed(&[("view", "review")]).is_narrowed());
    }

    #[test]
    fn who_searches_or_filters_looks_in_all_cases_unless_a_view_is_named() {
        assert_eq!(parsed(&[("q", "食堂")]).view, View::All);
        assert_eq!(parsed(&[("state", "closed")]).view, View::All);
        assert_eq!(parsed(&[("q", "食堂"), ("view", "mine")]).view, View::Mine);
        assert_eq!(parsed(&[("view", "nonsense")]).view, View::Open);
    }

    #[test]
    fn overdue_can_be_switched_off() {
        assert!(parsed(&[("overdue", "1")]).overdue);
        assert!(parsed(&[("overdue", "true")]).overdue);
        assert!(!parsed(&[("overdue", "0")]).overdue);
    }

    #[test]
    fn an_address_means_the_list_it_came_from() {
        let filters =
            parsed(&[("q", "汤 & 50%"), ("topic", "canteen"), ("tag", "复查"), ("overdue", "1"), ("view", "review")]);
        let query = filters.href(None).replace("/desk?", "");
        let pairs = crate::http::form::urlencoded_pairs(query.as_bytes());
        assert_eq!(Filters::parse(&Form::from_pairs(pairs)), filters);
    }

    #[test]
    fn a_cursor_is_read_back_and_a_made_up_one_refused() {
        let cursor = Cursor { at: DateTime::from_timestamp_millis(1_764_000_000_123).unwrap(), id: Uuid::from_u128(7) };
        let page = |text: String| Cursor::parse(&Form::from_pairs([("page", text)]));
        assert_eq!(page(cursor.to_string()).unwrap(), Some(cursor));
        assert_eq!(page(String::new()).unwrap(), None);
        for wrong in ["2", "-", "1-2", "ffffffffffffffffffff-0", "7fffffffffffffff-00000000000000000000000000000007"] {
            assert!(page(wrong.to_string()).is_err(), "{wrong}");
        }
    }
}
