//! Definitions, sections, questions, conditions, answers.

use serde::{Deserialize, Serialize};

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
/// Where a jump leads when the form is over.
pub const END: &str = "end";

/// A text in both languages; the English one may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// Chinese.
    pub zh: String,
    /// English.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub en: String,
}

impl Text {
    /// A text from both languages.
    pub fn new(zh: &str, en: &str) -> Self {
        Self { zh: zh.to_string(), en: en.to_string() }
    }

    /// Whether nothing is said in either language.
    pub fn is_empty(&self) -> bool {
        self.zh.is_empty() && self.en.is_empty()
    }
}

#[cfg(feature = "ssr")]
impl Text {
    /// The text in a language; the other one when there is none.
    pub fn get(&self, lang: crate::i18n::Lang) -> &str {
        match lang {
            crate::i18n::Lang::En if !self.en.is_empty() => &self.en,
            _ if self.zh.is_empty() => &self.en,
            _ => &self.zh,
        }
    }
}

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

crate::code_enum! {
    /// How a condition looks at an answer.
    pub enum Op {
        /// The answer is this, or has it among others.
        Is = "is",
        /// It is not, also when there is no answer.
        IsNot = "is_not",
        /// There is an answer.
        Answered = "answered",
        /// There is none.
        Unanswered = "unanswered",
        /// The number, day or time is this or more.
        AtLeast = "at_least",
        /// It is this or less.
        AtMost = "at_most",
    }
}

/// A look at one answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Test {
    /// The name of the answer: a question's key, or `key.row` of a matrix.
    pub question: String,
    /// How it is looked at.
    pub op: Op,
    /// With what it is compared.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub value: String,
}

/// When a question or a section is shown, or a jump taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// All of them hold.
    All(Vec<Condition>),
    /// At least one holds.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// A look at one answer.
    Test(Test),
}

impl Condition {
    /// A look at one answer.
    pub fn test(question: &str, op: Op, value: &str) -> Self {
        Self::Test(Test { question: question.to_string(), op, value: value.to_string() })
    }

    /// Every look at an answer in it.
    pub fn tests(&self) -> Vec<&Test> {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::tests).collect(),
            Self::Not(part) => part.tests(),
            Self::Test(test) => vec![test],
        }
    }
}

/// A jump after a section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Jump {
    /// When; always when there is no condition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// The key of a later section, or [`END`].
    pub to: String,
}

/// A section: questions that are shown together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Its key.
    pub key: String,
    /// Its title; the first one often has none.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub title: Text,
    /// Words under the title.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub text: Text,
    /// When it is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub show_if: Option<Condition>,
    /// The questions.
    #[serde(default)]
    pub questions: Vec<Question>,
    /// Where it goes on; with the next section when none is taken.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub jumps: Vec<Jump>,
}

/// What a version of a form holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Stored")]
pub struct Definition {
    /// The title above the form.
    pub title: Text,
    /// Words under the title: what it is for, how long it takes.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub intro: Text,
    /// What is said when it was sent.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub thanks: Text,
    /// The sections.
    pub sections: Vec<Section>,
}

/// How definitions lie in the database: the first ones had no sections.
#[derive(Deserialize)]
struct Stored {
    title: Text,
    #[serde(default)]
    intro: Text,
    #[serde(default)]
    thanks: Text,
    #[serde(default)]
    sections: Vec<Section>,
    #[serde(default)]
    questions: Vec<Question>,
}

impl From<Stored> for Definition {
    fn from(stored: Stored) -> Self {
        let Stored { title, intro, thanks, mut sections, questions } = stored;
        if !questions.is_empty() {
            sections.insert(0, Section { key: "s0".to_string(), questions, ..Section::default() });
        }
        Self { title, intro, thanks, sections }
    }
}

impl Definition {
    /// Every question, in order.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.sections.iter().flat_map(|s| s.questions.iter())
    }

    /// The question of a key.
    pub fn question(&self, key: &str) -> Option<&Question> {
        self.questions().find(|q| q.key == key)
    }

    /// The question to which the stored name of an answer belongs.
    pub fn question_of(&self, name: &str) -> Option<&Question> {
        self.question(name).or_else(|| self.question(name.rsplit_once('.')?.0))
    }

    /// A form of one section.
    pub fn of(title: Text, questions: Vec<Question>) -> Self {
        let section = Section { key: "s1".to_string(), questions, ..Section::default() };
        Self { title, sections: vec![section], ..Self::default() }
    }

    /// The form that every organisation starts with: where and when, both optional.
    pub fn standard() -> Self {
        Self::of(
            Text::new("想说的话，写在这里", "Tell us what is on your mind"),
            vec![
                Question::new("where", QuestionKind::ShortText, Text::new("在哪里", "Where")),
                Question::new("when", QuestionKind::Date, Text::new("哪一天", "Which day")),
            ],
        )
    }
}

/// An answer. The label stands in the form version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The name: a question's key, or `key.row`, `key.other`.
    pub key: String,
    /// What was answered; several for multiple choice and photos, in order for a ranking.
    pub values: Vec<String>,
}

/// Answers to the questions of one form, in its order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(pub Vec<Answer>);

impl Answers {
    /// The values of a name; none when it was not answered.
    pub fn get(&self, name: &str) -> &[String] {
        self.0.iter().find(|a| a.key == name).map_or(&[], |a| &a.values)
    }

    /// The first value of a name.
    pub fn first(&self, name: &str) -> Option<&str> {
        self.get(name).first().map(String::as_str)
    }

    /// Adds one value to a name; blank ones are no answer.
    pub fn add(&mut self, name: &str, value: &str) {
        if value.trim().is_empty() {
            return;
        }
        match self.0.iter_mut().find(|a| a.key == name) {
            Some(answer) => answer.values.push(value.to_string()),
            None => self.0.push(Answer { key: name.to_string(), values: vec![value.to_string()] }),
        }
    }

    /// Whether nothing was answered.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<K: AsRef<str>, V: AsRef<str>> FromIterator<(K, V)> for Answers {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Self {
        let mut answers = Self::default();
        for (name, value) in pairs {
            answers.add(name.as_ref(), value.as_ref());
        }
        answers
    }
}

/// A frozen version.
#[cfg(feature = "ssr")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormVersion {
    /// The id; what forms send as `form_version`.
    pub id: crate::kernel::ids::FormVersionId,
    /// The form.
    pub form_id: crate::kernel::ids::FormId,
    /// 1, 2, 3, …
    pub number: i64,
    /// What it holds.
    pub definition: Definition,
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn a_definition_from_before_there_were_sections_reads_as_one_section() {
        let old = r#"{"title":{"zh":"意见"},"questions":[{"key":"where","kind":"short_text","label":{"zh":"在哪里"},"hint":{"zh":"","en":""},"required":false,"choices":[]}]}"#;
        let read: Definition = serde_json::from_str(old).unwrap();
        assert_eq!(read.sections.len(), 1);
        assert_eq!(read.questions().next().unwrap().key, "where");
        let again: Definition = serde_json::from_str(&serde_json::to_string(&read).unwrap()).unwrap();
        assert_eq!(again, read);
    }

    #[test]
    fn conditions_read_as_they_were_written() {
        let condition = Condition::All(vec![
            Condition::test("boards", Op::Is, "yes"),
            Condition::Not(Box::new(Condition::Any(vec![Condition::test("age", Op::AtLeast, "14")]))),
        ]);
        let json = serde_json::to_string(&condition).unwrap();
        assert_eq!(
            json,
            r#"{"all":[{"test":{"question":"boards","op":"is","value":"yes"}},{"not":{"any":[{"test":{"question":"age","op":"at_least","value":"14"}}]}}]}"#
        );
        assert_eq!(serde_json::from_str::<Condition>(&json).unwrap(), condition);
    }
}
