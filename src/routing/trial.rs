//! Trying a version on past cases before it goes live: what would go elsewhere, and how often each agrees with where the
//! cases ended. Only the rows are asked; who was recused from a single case back then is not looked at.

use crate::{
    cases::routed::PastCase,
    kernel::ids::{DepartmentId, TopicId},
    routing::model::{Facts, Row, pick},
};

/// A case that would go elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The case.
    pub case: PastCase,
    /// Where it goes as things are.
    pub from: Option<DepartmentId>,
    /// Where it would go.
    pub to: Option<DepartmentId>,
}

/// How many go from one department to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// From; `None` when nothing is proposed.
    pub from: Option<DepartmentId>,
    /// To.
    pub to: Option<DepartmentId>,
    /// How many cases.
    pub cases: usize,
}

/// What the trial found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trial {
    /// Cases that were tried.
    pub cases: usize,
    /// Those that would go elsewhere, newest first.
    pub changed: Vec<Changed>,
    /// How many from where to where, the most first.
    pub moves: Vec<Move>,
    /// Cases that a department had in the end.
    pub ended: usize,
    /// Of those, how many went where the rules of now propose.
    pub agrees_now: usize,
    /// Of those, how many went where the tried version proposes.
    pub agrees_then: usize,
}

/// The two sides that are compared: rows, and what holds without a row.
pub struct Rules<'a> {
    /// The rows in force; none before the first version.
    pub now: &'a [Row],
    /// The rows that are tried.
    pub then: &'a [Row],
    /// The usual department of each topic.
    pub usual: &'a [(TopicId, DepartmentId)],
    /// Departments in use.
    pub in_use: &'a [DepartmentId],
}

impl Rules<'_> {
    fn of(&self, rows: &[Row], facts: &Facts) -> Option<DepartmentId> {
        let usable = |id: DepartmentId| self.in_use.contains(&id);
        let usual = || self.usual.iter().find(|(t, d)| *t == facts.topic && usable(*d)).map(|(_, d)| *d);
        pick(rows, facts, usable).map(|r| r.department).or_else(usual)
    }

    /// Tries them on cases.
    pub fn try_on(&self, cases: Vec<PastCase>) -> Trial {
        let mut trial = Trial { cases: cases.len(), ..Trial::default() };
        for case in cases {
            let facts = Facts { topic: case.topic_id, place: case.place.clone(), person: case.person };
            let (from, to) = (self.of(self.now, &facts), self.of(self.then, &facts));
            if let Some(ended) = case.ended_with {
                trial.ended += 1;
                trial.agrees_now += usize::from(from == Some(ended));
                trial.agrees_then += usize::from(to == Some(ended));
            }
            if from != to {
                match trial.moves.iter_mut().find(|m| m.from == from && m.to == to) {
                    Some(known) => known.cases += 1,
                    None => trial.moves.push(Move { from, to, cases: 1 }),
                }
                trial.changed.push(Changed { case, from, to });
            }
        }
        trial.moves.sort_by(|a, b| b.cases.cmp(&a.cases).then(a.from.cmp(&b.from)).then(a.to.cmp(&b.to)));
        trial
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{cases::model::Person, kernel::ids::RoutingRowId, routing::model::Match};

    const fn dep(n: u128) -> DepartmentId {
        DepartmentId(Uuid::from_u128(n))
    }

    const fn topic(n: u128) -> TopicId {
        TopicId(Uuid::from_u128(n))
    }

    fn case(number: &str, t: u128, person: Person, ended: Option<u128>) -> PastCase {
        PastCase {
            number: number.into(),
            excerpt: String::new(),
            topic_id: topic(t),
            place: "食堂三楼".into(),
            person,
            ended_with: ended.map(dep),
        }
    }

    #[test]
    fn it_says_what_changes_and_who_was_right() {
        let row = |t, person, d| Row {
            id: RoutingRowId(Uuid::from_u128(d)),
            names: Match { topic: Some(topic(t)), place: String::new(), person },
            department: dep(d),
        };
        let now = [row(1, None, 10)];
        let then = [row(1, None, 10), row(1, Some(Person::Parent), 20), row(2, None, 99)];
        let rules =
            Rules { now: &now, then: &then, usual: &[(topic(2), dep(30))], in_use: &[dep(10), dep(20), dep(30)] };
        let trial = rules.try_on(vec![
            case("a", 1, Person::Parent, Some(20)),
            case("b", 1, Person::Parent, Some(10)),
            case("c", 1, Person::Student, Some(10)),
            case("d", 1, Person::Parent, None),
            // A row of a department out of use is none: the topic's own department stays.
            case("e", 2, Person::Parent, Some(30)),
            case("f", 3, Person::Parent, None),
        ]);
        assert_eq!(trial.changed.iter().map(|c| c.case.number.as_str()).collect::<Vec<_>>(), ["a", "b", "d"]);
        assert_eq!(trial.moves, [Move { from: Some(dep(10)), to: Some(dep(20)), cases: 3 }]);
        assert_eq!((trial.cases, trial.ended), (6, 4));
        assert_eq!((trial.agrees_now, trial.agrees_then), (3, 3));
    }
}
