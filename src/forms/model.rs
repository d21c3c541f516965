//! Forms and questions.

use serde::{Deserialize, Serialize};

use crate::{
    i18n::Lang,
    kernel::ids::{FormId, FormVersionId},
};

crate::code_enum! {
    /// What kind of answer a question takes.
    pub enum QuestionKind {
        /// One line, at most 200 characters.
        ShortText = "short_text",
        /// Several lines, at most 2,000 characters.
        LongText = "long_text",
        /// One of the choices.
        Single = "single",
        /// Any of the choices.
        Multiple = "multiple",
        /// A day.
        Date = "date",
    }
}

/// A text in both languages; the English one may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// Chinese.
    pub zh: String,
    /// English.
    #[serde(default)]
    pub en: String,
}

impl Text {
    /// A text from both languages.
    pub fn new(zh: &str, en: &str) -> Self {
        Self { zh: zh.to_string(), en: en.to_string() }
    }

    /// The text in a language; Chinese when there is no English.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::En if !self.en.is_empty() => &self.en,
            _ => &self.zh,
        }
    }
}

/// A choice of a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What is stored and sent.
    pub code: String,
    /// What is shown.
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
    pub label: Text,
    /// A hint.
    #[serde(default)]
    pub hint: Text,
    /// Whether it must be answered.
    #[serde(default)]
    pub required: bool,
    /// The choices.
    #[serde(default)]
    pub choices: Vec<Choice>,
}

/// What a version of a form holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definition {
    /// The title above the form.
    pub title: Text,
    /// The questions that it adds to the core.
    pub questions: Vec<Question>,
}

/// A frozen version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormVersion {
    /// The id; what forms send as `form_version`.
    pub id: FormVersionId,
    /// The form.
    pub form_id: FormId,
    /// 1, 2, 3, …
    pub number: i64,
    /// What it holds.
    pub definition: Definition,
}

impl Definition {
    /// The form that every organisation starts with: where and when, both optional.
    pub fn standard() -> Self {
        let question = |key: &str, kind, zh: &str, en: &str| Question {
            key: key.to_string(),
            kind,
            label: Text::new(zh, en),
            hint: Text::default(),
            required: false,
            choices: Vec::new(),
        };
        Self {
            title: Text::new("想说的话，写在这里", "Tell us what is on your mind"),
            questions: vec![
                question("where", QuestionKind::ShortText, "在哪里", "Where"),
                question("when", QuestionKind::Date, "哪一天", "Which day"),
            ],
        }
    }
}
