//! Definitions, sections, questions, conditions, answers.

mod answers;
mod condition;
mod question;

pub use answers::{Answer, Answers};
pub use condition::{Condition, Op, Test};
pub use question::{Choice, MOST_CHARS, MOST_PHOTOS, OTHER, Question, QuestionKind, sub_name};

use serde::{Deserialize, Serialize};

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
