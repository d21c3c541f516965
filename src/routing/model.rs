//! Rows, versions, and which row wins.

use chrono::{DateTime, Utc};

use crate::{
    cases::model::Person,
    kernel::ids::{DepartmentId, RoutingRowId, RoutingVersionId, TopicId},
};

/// What a row names; `None` and an empty place mean "any".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Match {
    /// The topic.
    pub topic: Option<TopicId>,
    /// The place of the access point, as it is written there.
    pub place: String,
    /// Who speaks.
    pub person: Option<Person>,
}

/// What is known of a case when it is routed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Its topic.
    pub topic: TopicId,
    /// Its place.
    pub place: String,
    /// Who speaks.
    pub person: Person,
}

/// A row of the matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The id.
    pub id: RoutingRowId,
    /// What it names.
    pub names: Match,
    /// Where such cases go.
    pub department: DepartmentId,
}

impl Match {
    /// Whether a case fits.
    pub fn fits(&self, facts: &Facts) -> bool {
        self.topic.is_none_or(|t| t == facts.topic)
            && (self.place.is_empty() || self.place == facts.place)
            && self.person.is_none_or(|p| p == facts.person)
    }

    /// How closely it names a case: how many of the three, then topic before place before audience. Two different matches
    /// that fit the same case never weigh the same.
    pub fn weight(&self) -> (u8, bool, bool, bool) {
        let parts = (self.topic.is_some(), !self.place.is_empty(), self.person.is_some());
        (u8::from(parts.0) + u8::from(parts.1) + u8::from(parts.2), parts.0, parts.1, parts.2)
    }

    /// What it names as one text: a version has each once.
    pub fn key(&self) -> String {
        let topic = self.topic.map(|t| t.to_string()).unwrap_or_default();
        format!("{topic}|{}|{}", self.person.map_or("", Person::code), self.place)
    }
}

/// The row that wins among those whose department may get the case.
pub fn pick<'a>(rows: &'a [Row], facts: &Facts, may_get: impl Fn(DepartmentId) -> bool) -> Option<&'a Row> {
    rows.iter().filter(|r| r.names.fits(facts) && may_get(r.department)).max_by_key(|r| r.names.weight())
}

/// A version of the matrix.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Version {
    /// The id.
    pub id: RoutingVersionId,
    /// Counts versions of the organisation, from 1.
    pub number: i64,
    /// Counts changes: who publishes it must have seen the present rows.
    pub edits: i64,
    /// When it starts; `None` for a draft.
    pub starts_at: Option<DateTime<Utc>>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When it was published; `None` for a draft.
    pub published_at: Option<DateTime<Utc>>,
}

/// Where a version stands at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Edited.
    Draft,
    /// Published, and starts later.
    Coming,
    /// In force.
    Live,
    /// A later one is in force.
    Past,
}

impl Standing {
    /// The word of it in messages.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Coming => "coming",
            Self::Live => "live",
            Self::Past => "past",
        }
    }
}

/// The version in force at a moment: of those that have started the one that started last, of two the later one.
pub fn in_force(versions: &[Version], at: DateTime<Utc>) -> Option<&Version> {
    let started = versions.iter().filter(|v| v.published_at.is_some() && v.starts_at.is_some_and(|s| s <= at));
    started.max_by_key(|v| (v.starts_at, v.number))
}

/// Where a version stands among all of the organisation.
pub fn standing(versions: &[Version], version: &Version, at: DateTime<Utc>) -> Standing {
    match version.starts_at {
        _ if version.published_at.is_none() => Standing::Draft,
        Some(starts) if starts > at => Standing::Coming,
        _ if in_force(versions, at).is_some_and(|v| v.id == version.id) => Standing::Live,
        _ => Standing::Past,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    const fn topic(n: u8) -> TopicId {
        TopicId(Uuid::from_u128(n as u128 + 1))
    }

    fn person(n: u8) -> Person {
        Person::ALL[usize::from(n) % Person::ALL.len()]
    }

    fn row(topic_n: Option<u8>, place: Option<u8>, person_n: Option<u8>, department: u8) -> Row {
        let names = Match {
            topic: topic_n.map(topic),
            place: place.map(|p| format!("地点{p}")).unwrap_or_default(),
            person: person_n.map(person),
        };
        Row {
            id: RoutingRowId(Uuid::from_u128(u128::from(department))),
            names,
            department: DepartmentId(Uuid::from_u128(u128::from(department))),
        }
    }

    fn rows() -> impl Strategy<Value = Vec<Row>> {
        let part = || proptest::option::of(0u8..3);
        proptest::collection::vec((part(), part(), part(), 0u8..5), 0..40).prop_map(|drawn| {
            let mut rows: Vec<Row> = Vec::new();
            for (t, p, a, d) in drawn {
                let new = row(t, p, a, d);
                if rows.iter().all(|r| r.names.key() != new.names.key()) {
                    rows.push(new);
                }
            }
            rows
        })
    }

    proptest! {
        #[test]
        fn one_row_wins_whatever_the_order(
            (rows, shuffled) in rows().prop_flat_map(|r| (Just(r.clone()), Just(r).prop_shuffle())),
            t in 0u8..3, p in 0u8..3, a in 0u8..3, barred in 0u8..5,
        ) {
            let facts = Facts { topic: topic(t), place: format!("地点{p}"), person: person(a) };
            let may_get = |d: DepartmentId| d.0.as_u128() != u128::from(barred);
            let fitting: Vec<&Row> = rows.iter().filter(|r| r.names.fits(&facts) && may_get(r.department)).collect();
            let winner = pick(&rows, &facts, may_get);
            // Total: there is a winner exactly when a row fits.
            prop_assert_eq!(winner.is_some(), !fitting.is_empty());
            // Independent of the order of the rows, and the same again.
            prop_assert_eq!(winner.map(|r| r.names.key()), pick(&shuffled, &facts, may_get).map(|r| r.names.key()));
            if let Some(winner) = winner {
                // Nothing that fits names more, and nothing else names as much in the same way.
                for other in fitting.into_iter().filter(|r| r.names.key() != winner.names.key()) {
                    prop_assert!(other.names.weight() < winner.names.weight());
                }
            }
        }
    }

    #[test]
    fn two_named_parts_beat_one_and_the_topic_beats_the_place() {
        let facts = Facts { topic: topic(0), place: "地点0".into(), person: person(0) };
        let all = [
            row(None, None, None, 1),
            row(None, None, Some(0), 2),
            row(None, Some(0), None, 3),
            row(Some(0), None, None, 4),
            row(None, Some(0), Some(0), 5),
            row(Some(0), None, Some(0), 6),
            row(Some(0), Some(0), None, 7),
            row(Some(0), Some(0), Some(0), 8),
        ];
        // From the most general to the closest: each wins over all before it.
        for n in 1..=all.len() {
            assert_eq!(pick(&all[..n], &facts, |_| true), Some(&all[n - 1]));
        }
        assert_eq!(pick(&[row(Some(1), None, None, 1)], &facts, |_| true), None);
    }

    #[test]
    fn the_version_in_force_is_the_one_that_started_last() {
        let at = |hour: u32| format!("2026-09-01T{hour:02}:00:00Z").parse::<DateTime<Utc>>().unwrap();
        let version = |number: i64, starts: Option<u32>| Version {
            id: RoutingVersionId(Uuid::from_u128(u128::from(number.unsigned_abs()))),
            number,
            edits: 0,
            starts_at: starts.map(at),
            publisher: None,
            published_at: starts.map(|_| at(0)),
        };
        let all =
            [version(1, Some(2)), version(2, Some(6)), version(3, Some(6)), version(4, None), version(5, Some(9))];
        assert_eq!(in_force(&all, at(1)), None);
        assert_eq!(in_force(&all, at(2)).unwrap().number, 1);
        assert_eq!(in_force(&all, at(7)).unwrap().number, 3);
        let stands: Vec<_> = all.iter().map(|v| standing(&all, v, at(7))).collect();
        assert_eq!(stands, [Standing::Past, Standing::Past, Standing::Live, Standing::Draft, Standing::Coming]);
    }
}
