//! What the replies to a letter come to: who confirmed, how many agreed, which comments there are.
//!
//! Opinions are counted over the whole school only, never by class, and only when replies have ended: two looks at a count
//! that moves would show what the last person said. A number below 5 is not told, nor can it be worked out (promise 11):
//! the total is known, so a number beside it tells its rest, too. [`judge`] says what may stand there; a test tries every
//! small world.

use std::collections::HashMap;

use crate::{
    board::suppress::{Cell, SMALLEST},
    forms::responses::Response,
    letters::model::{COMMENT, CommentId, Content, Stance, reason_key, statement_key},
};

/// A class and how many of it confirmed that they read the letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassCount {
    /// Its name; empty for those who named none.
    pub name: String,
    /// How many pupils.
    pub pupils: Option<i64>,
    /// How many replies.
    pub read: i64,
}

/// What is told of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Opinion {
    /// Who agrees.
    pub agree: Cell,
    /// Who disagrees.
    pub disagree: Cell,
    /// Who has no opinion or gave none.
    pub none: Cell,
}

/// A comment, or a reason for disagreeing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Which one.
    pub id: CommentId,
    /// The statement that it is about, counted from 0.
    pub statement: Option<usize>,
    /// The text.
    pub text: String,
}

/// What the replies come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many replies.
    pub replies: i64,
    /// By class, in the office's order; then those that are no longer on the list.
    pub classes: Vec<ClassCount>,
    /// One a statement.
    pub opinions: Vec<Opinion>,
    /// The comments, in the order in which they came.
    pub comments: Vec<Comment>,
}

impl Tally {
    /// Pupils of the classes whose number is known, and the replies of these.
    pub fn rate(&self) -> Option<(i64, i64)> {
        let known = || self.classes.iter().filter_map(|c| c.pupils.map(|p| (c.read, p)));
        let (read, pupils) = known().fold((0, 0), |(r, p), (read, pupils)| (r + read, p + pupils));
        (pupils > 0).then_some((read, pupils))
    }
}

/// Counts the replies to a letter.
pub fn tally(content: &Content, responses: &[Response]) -> Tally {
    let mut read: HashMap<&str, i64> = HashMap::new();
    for response in responses {
        *read.entry(response.cohort.as_str()).or_default() += 1;
    }
    let mut classes: Vec<ClassCount> = content
        .classes
        .iter()
        .map(|c| ClassCount { name: c.name.clone(), pupils: c.pupils, read: read.remove(c.name.as_str()).unwrap_or(0) })
        .collect();
    if !content.classes.is_empty() {
        let mut rest: Vec<_> = read.into_iter().collect();
        rest.sort_unstable();
        classes.extend(rest.into_iter().map(|(name, n)| ClassCount { name: name.to_string(), pupils: None, read: n }));
    }
    let opinions = (0..content.statements.len()).map(|i| opinion(&statement_key(i), responses)).collect();
    let comments = responses.iter().flat_map(|r| comments(content, r)).collect();
    Tally { replies: i64::try_from(responses.len()).unwrap_or(i64::MAX), classes, opinions, comments }
}

fn opinion(key: &str, responses: &[Response]) -> Opinion {
    let count =
        |stance: Stance| responses.iter().filter(|r| r.answers.first(key) == Some(stance.code())).count() as u64;
    let (agree, disagree) = (count(Stance::Agree), count(Stance::Disagree));
    judge(agree, disagree, (responses.len() as u64).saturating_sub(agree + disagree))
}

fn comments(content: &Content, response: &Response) -> Vec<Comment> {
    let comment = |question: String, statement: Option<usize>| {
        let text = response.answers.first(&question)?.to_string();
        Some(Comment { id: CommentId { response_id: response.id, question }, statement, text })
    };
    let reasons = (0..content.statements.len()).filter_map(|i| comment(reason_key(i), Some(i)));
    reasons.chain(comment(COMMENT.to_string(), None)).collect()
}

/// What may be told of three numbers whose sum is known.
///
/// The first is told as a part of the whole. When it may be told exactly, the other two are told if both are large enough.
/// When it is small, the second is told as far as the third, which is the rest, can't be found to be small.
/// In every other case more numbers would give a small one away.
pub const fn judge(agree: u64, disagree: u64, none: u64) -> Opinion {
    // The most that one small number can be, and two.
    const ONE: u64 = SMALLEST - 1;
    const TWO: u64 = 2 * ONE;
    let whole = agree + disagree + none;
    let first = Cell::part(agree, whole);
    let (second, third) = match first {
        Cell::Exact(_) if disagree >= SMALLEST && none >= SMALLEST => (Cell::Exact(disagree), Cell::Exact(none)),
        Cell::Few if whole > ONE + TWO && disagree <= ONE => (Cell::Few, Cell::Untold),
        Cell::Few if whole > ONE + TWO && whole - disagree <= TWO => (Cell::AtLeast(whole - TWO), Cell::Untold),
        Cell::Few if whole > ONE + TWO => (Cell::Exact(disagree), Cell::Untold),
        _ => (Cell::Untold, Cell::Untold),
    };
    Opinion { agree: first, disagree: second, none: third }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        forms::model::Text,
        kernel::{
            ids::{FormId, FormVersionId, ResponseId},
            roles::Channel,
        },
        letters::model::Class,
    };
    use proptest::prelude::*;
    use std::collections::HashSet;

    /// Every small number could be any other small number that leaves the rest possible: nothing tells them apart.
    #[test]
    fn no_small_number_can_be_worked_out() {
        for whole in 0..=34_u64 {
            let mut worlds: HashMap<Opinion, Vec<[u64; 3]>> = HashMap::new();
            for agree in 0..=whole {
                for disagree in 0..=whole - agree {
                    let world = [agree, disagree, whole - agree - disagree];
                    worlds.entry(judge(world[0], world[1], world[2])).or_default().push(world);
                }
            }
            for (told, worlds) in worlds {
                for cell in 0..3 {
                    let values: HashSet<u64> = worlds.iter().map(|w| w[cell]).collect();
                    let any_small = values.iter().any(|v| *v < SMALLEST);
                    let all_small = (0..SMALLEST.min(whole + 1)).all(|v| values.contains(&v));
                    assert!(!any_small || all_small, "{told:?} of {whole}: cell {cell} is one of {values:?}");
                }
            }
        }
    }

    #[test]
    fn large_numbers_are_told() {
        assert_eq!(judge(20, 7, 5), Opinion { agree: Cell::Exact(20), disagree: Cell::Exact(7), none: Cell::Exact(5) });
        assert_eq!(judge(20, 7, 3), Opinion { agree: Cell::Exact(20), disagree: Cell::Untold, none: Cell::Untold });
        assert_eq!(judge(1, 20, 9), Opinion { agree: Cell::Few, disagree: Cell::Exact(20), none: Cell::Untold });
        assert_eq!(judge(1, 20, 7), Opinion { agree: Cell::Few, disagree: Cell::AtLeast(20), none: Cell::Untold });
        assert_eq!(judge(28, 1, 1), Opinion { agree: Cell::AtLeast(26), disagree: Cell::Untold, none: Cell::Untold });
        assert_eq!(judge(3, 1, 0).agree, Cell::Few);
        assert_eq!(judge(6, 1, 0).agree, Cell::Untold);
    }

    proptest! {
        #[test]
        fn nothing_below_five_is_told(agree in 0..200_u64, disagree in 0..200_u64, none in 0..200_u64) {
            let told = judge(agree, disagree, none);
            for (cell, n) in [(told.agree, agree), (told.disagree, disagree), (told.none, none)] {
                if let Cell::Exact(shown) = cell {
                    prop_assert!(shown == n && n >= SMALLEST && agree + disagree + none - n >= SMALLEST);
                }
            }
        }
    }

    fn response(n: u128, cohort: &str, answers: &[(&str, &str)]) -> Response {
        let id = uuid::Uuid::from_u128(n);
        Response {
            id: ResponseId(id),
            form_id: FormId(id),
            form_version_id: FormVersionId(id),
            channel: Channel::Letter,
            cohort: cohort.to_string(),
            author_id: None,
            answers: answers.iter().copied().collect(),
            received_at: chrono::DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn classes_without_a_reply_are_there_and_unknown_ones_come_last() {
        let class = |name: &str, pupils| Class { name: name.to_string(), pupils };
        let content = Content {
            title: Text::default(),
            greeting: Text::default(),
            body: Text::default(),
            signature: Text::default(),
            day: chrono::NaiveDate::default(),
            classes: vec![class("一班", Some(40)), class("二班", Some(42)), class("三班", None)],
            statements: vec![Text::new("好", "")],
        };
        let replies = [
            response(1, "一班", &[("opinion_1", "disagree"), ("opinion_1_reason", "贵"), ("comment", "多点汤")]),
            response(2, "一班", &[("opinion_1", "agree")]),
            response(3, "旧班", &[]),
        ];
        let tally = tally(&content, &replies);
        let counts: Vec<(&str, i64)> = tally.classes.iter().map(|c| (c.name.as_str(), c.read)).collect();
        assert_eq!(counts, [("一班", 2), ("二班", 0), ("三班", 0), ("旧班", 1)]);
        assert_eq!(tally.rate(), Some((2, 82)));
        let texts: Vec<(&str, Option<usize>)> = tally.comments.iter().map(|c| (c.text.as_str(), c.statement)).collect();
        assert_eq!(texts, [("贵", Some(0)), ("多点汤", None)]);
    }
}
