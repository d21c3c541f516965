//! Letters, their reply slips, suggestions, adoption tables.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    forms::model::{Choice, Condition, Definition, Op, Question, QuestionKind, Text},
    kernel::ids::{AccessPointId, DepartmentId, FormId, LetterId, ResponseId, SuggestionId},
};

/// Most characters of a comment.
pub const MOST_COMMENT: i64 = 2_000;
/// Most characters of a reason for disagreeing.
pub const MOST_REASON: i64 = 500;
/// The key of the comment on the reply slip.
pub const COMMENT: &str = "comment";
/// The smallest number of voices that is told to the public; fewer are "some".
pub const FEWEST_TOLD: i64 = 5;

/// A class that answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Class {
    /// Its name: 三年级一班.
    pub name: String,
    /// How many pupils, when the office wrote it: what rates are counted against.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pupils: Option<i64>,
}

/// What a letter says and asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// The title.
    pub title: Text,
    /// The greeting: 尊敬的家长.
    #[serde(default)]
    pub greeting: Text,
    /// The text, in [`crate::letters::markup`].
    pub body: Text,
    /// Who signs.
    pub signature: Text,
    /// The day under the signature.
    pub day: NaiveDate,
    /// The classes that are asked to confirm that they read it.
    #[serde(default)]
    pub classes: Vec<Class>,
    /// Statements to agree with or not.
    #[serde(default)]
    pub statements: Vec<Text>,
}

crate::code_enum! {
    /// What somebody says to a statement.
    pub enum Stance {
        /// 赞成.
        Agree = "agree",
        /// 不赞成.
        Disagree = "disagree",
        /// 说不好.
        None = "none",
    }
}

/// The key of a statement on the reply slip, counted from 0.
pub fn statement_key(index: usize) -> String {
    format!("opinion_{}", index + 1)
}

/// The key of the reason for disagreeing with it.
pub fn reason_key(index: usize) -> String {
    format!("opinion_{}_reason", index + 1)
}

impl Content {
    /// The reply slip: each statement with a reason where somebody disagrees, then the comment. `words` gives the sentences
    /// of a key in both languages.
    pub fn reply_slip(&self, words: impl Fn(&str) -> Text) -> Definition {
        let mut questions = Vec::new();
        for (i, statement) in self.statements.iter().enumerate() {
            let key = statement_key(i);
            let choices = Stance::ALL
                .iter()
                .map(|s| Choice { code: s.code().to_string(), label: words(&format!("letters.stance.{s}")) });
            let mut question = Question::new(&key, QuestionKind::Single, statement.clone());
            question.choices = choices.collect();
            questions.push(question);
            let mut reason = Question::new(&reason_key(i), QuestionKind::LongText, words("letters.slip.reason"));
            reason.max = Some(MOST_REASON);
            reason.show_if = Some(Condition::test(&key, Op::Is, Stance::Disagree.code()));
            questions.push(reason);
        }
        let mut comment = Question::new(COMMENT, QuestionKind::LongText, words("letters.slip.comment"));
        comment.hint = words("letters.slip.comment_hint");
        comment.max = Some(MOST_COMMENT);
        questions.push(comment);
        Definition::of(self.title.clone(), questions)
    }
}

/// Where a letter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Being written.
    Draft,
    /// Published; replies come in until then.
    Open(DateTime<Utc>),
    /// Published; replies ended then.
    Closed(DateTime<Utc>),
}

/// How replies to a letter come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Way {
    /// Until when.
    pub until: DateTime<Utc>,
    /// Whether each needs a one-time code.
    pub with_codes: bool,
}

/// A letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The id.
    pub id: LetterId,
    /// What it says: what is being written, or the newest published version.
    pub content: Content,
    /// Counts the changes: who saw another one, changes nothing (promise 7).
    pub version: i64,
    /// The reply slip's form, once it is published.
    pub form_id: Option<FormId>,
    /// Its access point, once it is published.
    pub access_point_id: Option<AccessPointId>,
    /// When replies end, once it is published.
    pub replies_until: Option<DateTime<Utc>>,
    /// Whether a reply needs a one-time code, which also says the class.
    pub with_codes: bool,
    /// When it was last changed.
    pub changed_at: DateTime<Utc>,
}

impl Letter {
    /// Where it stands at this time.
    pub fn stage(&self, now: DateTime<Utc>) -> Stage {
        match self.replies_until {
            None => Stage::Draft,
            Some(until) if now < until => Stage::Open(until),
            Some(until) => Stage::Closed(until),
        }
    }
}

/// A published version: the first one, or a correction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// 1, 2, 3, …
    pub number: i64,
    /// What was corrected; empty for the first one.
    pub note: String,
    /// When.
    pub published_at: DateTime<Utc>,
}

crate::code_enum! {
    /// What becomes of a suggestion.
    pub enum Decision {
        /// 采纳.
        Adopted = "adopted",
        /// 部分采纳.
        Partly = "partly",
        /// 未采纳.
        Declined = "declined",
    }
}

/// A suggestion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The id.
    pub id: SuggestionId,
    /// The letter.
    pub letter_id: LetterId,
    /// What is suggested, in the office's words.
    pub title: String,
    /// What was decided; nothing yet when it is `None`.
    pub decision: Option<Decision>,
    /// What will be done, or why not.
    pub reason: String,
    /// Who sees to it.
    pub department_id: Option<DepartmentId>,
    /// Until which day.
    pub day: Option<NaiveDate>,
    /// Counts the changes.
    pub version: i64,
}

impl Suggestion {
    /// Whether it can go into a table: decided, and with a reason.
    pub fn is_answered(&self) -> bool {
        self.decision.is_some() && !self.reason.is_empty()
    }
}

/// A comment, by the response and the question in which it stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, sqlx::FromRow)]
pub struct CommentId {
    /// The response.
    pub response_id: ResponseId,
    /// The key of the question.
    pub question: String,
}

impl CommentId {
    /// Reads what a field of a form sends: `response.question`.
    pub fn parse(text: &str) -> Option<Self> {
        let (response, question) = text.split_once('.')?;
        Some(Self { response_id: ResponseId::parse(response)?, question: question.to_string() })
    }
}

impl std::fmt::Display for CommentId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.response_id, self.question)
    }
}

crate::code_enum! {
    /// What was found about a comment that makes no suggestion.
    pub enum Mark {
        /// There is no suggestion in it.
        Nothing = "nothing",
        /// It became a case.
        Case = "case",
        /// It became a danger case, and only the safeguarding lead reads it from now on.
        Danger = "danger",
    }
}

/// A row of an adoption table: the office's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableRow {
    /// What was suggested.
    pub title: String,
    /// What was decided.
    pub decision: Decision,
    /// What will be done, or why not.
    pub reason: String,
    /// Who sees to it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub department: String,
    /// Until which day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<NaiveDate>,
    /// How many stood behind it; not told when there were fewer than [`FEWEST_TOLD`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voices: Option<i64>,
}

/// A published adoption table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// 1, 2, 3, …
    pub number: i64,
    /// The suggestions, in their order.
    pub rows: Vec<TableRow>,
    /// When.
    pub published_at: DateTime<Utc>,
}

/// Voices as the public may know them.
pub const fn told(voices: i64) -> Option<i64> {
    if voices < FEWEST_TOLD { None } else { Some(voices) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::{check, model::Answers, problems};

    fn content() -> Content {
        Content {
            title: Text::new("关于作业的一封信", ""),
            greeting: Text::default(),
            body: Text::new("……", ""),
            signature: Text::new("雪莲小学", ""),
            day: NaiveDate::default(),
            classes: Vec::new(),
            statements: vec![Text::new("周三不留书面作业", ""), Text::new("作业在校完成", "")],
        }
    }

    #[test]
    fn a_reply_slip_is_a_sound_form_that_asks_a_reason_of_those_who_disagree() {
        let slip = content().reply_slip(|key| Text::new(key, ""));
        assert_eq!(problems::problems(&slip), []);
        let given = |first: &str| -> Answers {
            [("opinion_1", first), ("opinion_1_reason", "太多"), ("opinion_2", "agree")].into_iter().collect()
        };
        assert_eq!(check::check_all(&slip, &given("disagree")).0.first("opinion_1_reason"), Some("太多"));
        assert_eq!(check::check_all(&slip, &given("agree")).0.first("opinion_1_reason"), None);
        assert_eq!(check::check_all(&slip, &Answers::default()), (Answers::default(), Vec::new()));
    }

    #[test]
    fn comments_are_named_by_response_and_question() {
        let id = CommentId { response_id: ResponseId(uuid::Uuid::from_u128(7)), question: "opinion_1_reason".into() };
        assert_eq!(CommentId::parse(&id.to_string()), Some(id));
        assert_eq!(CommentId::parse("x.y"), None);
        assert_eq!(CommentId::parse(""), None);
    }

    #[test]
    fn few_voices_are_not_told() {
        assert_eq!([0, 4, 5, 31].map(told), [None, None, Some(5), Some(31)]);
    }
}
