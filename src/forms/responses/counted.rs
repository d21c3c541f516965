//! A response as it is counted: its answers are borrowed from the text in which they are stored, for there may be a hundred
//! thousand of them.

use std::borrow::Cow;

use serde::Deserialize;

use crate::{error::Result, kernel::ids::ResponseId};

/// What is counted of a response.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Counted {
    /// Its id.
    pub id: ResponseId,
    /// The class.
    pub cohort: String,
    /// The answers as they are stored.
    pub answers: String,
}

impl Counted {
    /// The answers.
    ///
    /// # Errors
    /// When they were not stored by this program.
    pub fn given(&self) -> Result<Vec<Given<'_>>> {
        given(&self.answers)
    }
}

/// An answer: [`Answer`](crate::forms::model::Answer), borrowed.
#[derive(Debug, PartialEq, Eq, Deserialize)]
pub struct Given<'a> {
    /// The name of what is answered.
    #[serde(borrow)]
    pub key: Cow<'a, str>,
    /// The values.
    #[serde(borrow)]
    pub values: Vec<Value<'a>>,
}

/// A value.
#[derive(Debug, PartialEq, Eq, Deserialize)]
pub struct Value<'a>(#[serde(borrow)] Cow<'a, str>);

impl AsRef<str> for Value<'_> {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// Stored [`Answers`](crate::forms::model::Answers).
///
/// # Errors
/// When they were not stored by this program.
pub fn given(stored: &str) -> Result<Vec<Given<'_>>> {
    serde_json::from_str(stored).map_err(crate::error::Error::internal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::model::{Answer, Answers};
    use proptest::prelude::*;

    #[test]
    fn what_has_no_escapes_is_not_copied() {
        let stored = r#"[{"key":"q1","values":["c1","a\"b"]}]"#;
        let read = given(stored).unwrap();
        assert!(matches!((&read[0].key, &read[0].values[0].0), (Cow::Borrowed("q1"), Cow::Borrowed("c1"))));
        assert_eq!(read[0].values[1].as_ref(), "a\"b");
        assert!(given("{}").is_err());
    }

    proptest! {
        #[test]
        fn the_same_is_read_as_when_it_is_copied(
            answers in prop::collection::vec(("[a-z.]{1,6}", prop::collection::vec("\\PC{0,9}|[\"\\\\\n]{1,3}", 0..4)), 0..6),
        ) {
            let answers = Answers(answers.into_iter().map(|(key, values)| Answer { key, values }).collect());
            let stored = serde_json::to_string(&answers).unwrap();
            let read = given(&stored).unwrap().into_iter().map(|g| Answer {
                key: g.key.into_owned(),
                values: g.values.iter().map(|v| v.as_ref().to_string()).collect(),
            });
            prop_assert_eq!(Answers(read.collect()), answers);
        }
    }
}
