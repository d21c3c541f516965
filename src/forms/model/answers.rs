//! Answers as they are stored and looked at.

use serde::{Deserialize, Serialize};

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
