//! The rule that makes a finding of an answer: the same code in the browser, for the summary before signing, and on the
//! server, which never trusts the browser's result.

use crate::forms::model::{Answers, Definition, Question, QuestionKind};

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

#[cfg(all(test, feature = "ssr"))]
#[path = "rules_tests.rs"]
mod tests;
