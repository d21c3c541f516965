//! Kinds of questions, and questions.

use serde::{Deserialize, Serialize};

use crate::forms::model::{Answers, Condition, Text};

crate::code_enum! {
    /// What kind of answer a question takes. What `min` and `max` of a question mean depends on it.
    pub enum QuestionKind {
        /// One of the choices.
        Single = "single",
        /// Any of the choices; `min` and `max` of them.
        Multiple = "multiple",
        /// A number from `min` to `max` with words at both ends, as on a ruler: 1 to 5 unless said otherwise.
        Scale = "scale",
        /// One to `max` stars.
        Rating = "rating",
        /// One of the choices (columns) for each row.
        Matrix = "matrix",
        /// The choices in order of preference; `max` of them, or all.
        Ranking = "ranking",
        /// One line of at most `max` characters.
        ShortText = "short_text",
        /// Several lines of at most `max` characters.
        LongText = "long_text",
        /// A number from `min` to `max` with at most `decimals` digits after the point.
        Number = "number",
        /// A day.
        Date = "date",
        /// A time of day.
        Time = "time",
        /// At most `max` photos.
        Photo = "photo",
        /// A box to tick.
        Consent = "consent",
        /// Words only; nothing to answer.
        Notice = "notice",
    }
}

impl QuestionKind {
    /// Whether it has a list of choices.
    pub const fn has_choices(self) -> bool {
        matches!(self, Self::Single | Self::Multiple | Self::Matrix | Self::Ranking)
    }

    /// Whether its answers are numbers that have a mean.
    pub const fn is_numeric(self) -> bool {
        matches!(self, Self::Scale | Self::Rating | Self::Number)
    }

    /// Whether its answer is free text.
    pub const fn is_text(self) -> bool {
        matches!(self, Self::ShortText | Self::LongText)
    }
}

/// Most characters of a text answer, whatever its question says.
pub const MOST_CHARS: i64 = 4_000;
/// Most photos of one question.
pub const MOST_PHOTOS: i64 = 6;
/// What is sent for "other, namely …".
pub const OTHER: &str = "other";

/// A choice of a question, or a row of a matrix.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What is stored and sent.
    pub code: String,
    /// What is shown.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub label: Text,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Its key; the field is `answer.<key>`.
    pub key: String,
    /// What kind of answer.
    pub kind: QuestionKind,
    /// What is asked.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub label: Text,
    /// A hint.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub hint: Text,
    /// Whether it must be answered.
    #[serde(default, skip_serializing_if = "is_false")]
    pub required: bool,
    /// The choices; of a matrix, its columns.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
    /// The rows of a matrix.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<Choice>,
    /// Whether "other, namely …" is a choice too.
    #[serde(default, skip_serializing_if = "is_false")]
    pub other: bool,
    /// The lower limit; what it limits depends on the kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<i64>,
    /// The upper limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<i64>,
    /// Digits after the point of a number.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub decimals: u8,
    /// The word at the low end of a scale.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub low: Text,
    /// The word at the high end.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub high: Text,
    /// When it is asked; always when there is no condition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub show_if: Option<Condition>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
const fn is_false(value: &bool) -> bool {
    !*value
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
const fn is_zero(value: &u8) -> bool {
    *value == 0
}

impl Question {
    /// A question of a kind without anything else.
    pub fn new(key: &str, kind: QuestionKind, label: Text) -> Self {
        Self {
            key: key.to_string(),
            kind,
            label,
            hint: Text::default(),
            required: false,
            choices: Vec::new(),
            rows: Vec::new(),
            other: false,
            min: None,
            max: None,
            decimals: 0,
            low: Text::default(),
            high: Text::default(),
            show_if: None,
        }
    }

    /// The lowest and the highest number of a scale or a rating.
    pub fn range(&self) -> (i64, i64) {
        match self.kind {
            QuestionKind::Rating => (1, self.max.unwrap_or(5)),
            _ => (self.min.unwrap_or(1), self.max.unwrap_or(5)),
        }
    }

    /// Most characters of a text answer.
    pub fn most_chars(&self) -> i64 {
        let usual = if self.kind == QuestionKind::LongText { 2_000 } else { 200 };
        self.max.unwrap_or(usual).clamp(1, MOST_CHARS)
    }

    /// Most photos.
    pub fn most_photos(&self) -> i64 {
        self.max.unwrap_or(3).clamp(1, MOST_PHOTOS)
    }

    /// The names under which its stored answers stand: the key; for a matrix one a row; with "other", what was written.
    pub fn stored_names(&self) -> Vec<String> {
        match self.kind {
            QuestionKind::Notice => Vec::new(),
            QuestionKind::Matrix => self.rows.iter().map(|row| sub_name(&self.key, &row.code)).collect(),
            _ if self.other => vec![self.key.clone(), sub_name(&self.key, OTHER)],
            _ => vec![self.key.clone()],
        }
    }

    /// Whether anything of it was answered.
    pub fn is_answered(&self, answers: &Answers) -> bool {
        self.stored_names().iter().any(|name| !answers.get(name).is_empty())
    }
}

/// The name of a part of an answer: a row of a matrix, the text of "other", a rank.
pub fn sub_name(key: &str, part: &str) -> String {
    [key, ".", part].concat()
}
