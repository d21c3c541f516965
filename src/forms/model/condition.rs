//! Conditions over earlier answers.

use serde::{Deserialize, Serialize};

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
