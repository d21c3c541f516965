//! Where a case stood in the list from which it was opened: the list and the place in it, carried in the address. So one
//! goes on to the next case without a script and from any page of the list, and a case that has moved meanwhile (it was
//! assigned, it is closed) is left to where it stood.

use crate::{
    cases::list::{Cursor, Filters},
    http::{Form, form::urlencoded_pairs},
};

/// The list, and the place of a case in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The list.
    pub filters: Filters,
    /// The place.
    pub at: Cursor,
}

impl Place {
    /// Reads the query of a case's page; `None` when it was not opened from a list.
    pub fn parse(query: &Form) -> Option<Self> {
        let at = Cursor::read(query.optional("at")?)?;
        Some(Self { filters: Filters::parse(query), at })
    }

    /// Reads what [`Place::query`] wrote.
    pub fn of_query(query: &str) -> Option<Self> {
        Self::parse(&Form::from_pairs(urlencoded_pairs(query.as_bytes())))
    }

    /// The query that means this place.
    pub fn query(&self) -> String {
        format!("{}&at={}", self.filters.query(), self.at)
    }

    /// The address of a case that stands here.
    pub fn href(&self, number: &str) -> String {
        format!("/desk/cases/{number}?{}", self.query())
    }

    /// The address of a case, opened from this place or from nowhere.
    pub fn href_of(place: Option<&Self>, number: &str) -> String {
        place.map_or_else(|| format!("/desk/cases/{number}"), |place| place.href(number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;
    use uuid::Uuid;

    #[test]
    fn an_address_means_the_place_it_came_from() {
        let pairs = [("q", "汤 & 50%"), ("view", "review"), ("tag", "要复查")];
        let filters = Filters::parse(&Form::from_pairs(pairs));
        let at = Cursor { at: DateTime::from_timestamp_millis(1_764_000_000_123).unwrap(), id: Uuid::from_u128(7) };
        let place = Place { filters, at };
        assert_eq!(Place::of_query(&place.query()), Some(place.clone()));
        assert!(place.href("HY-7K2M-41").starts_with("/desk/cases/HY-7K2M-41?view=review&q="));
        for wrong in ["", "view=open", "view=open&at=2", "at="] {
            assert_eq!(Place::of_query(wrong), None, "{wrong}");
        }
    }
}
