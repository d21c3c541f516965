//! Codes of LimeSurvey for our keys: a question's begins with a letter and has at most 20 letters and digits, an answer's at
//! most 5, a subquestion's at most 20. Keys that are such already stay as they are.

use std::collections::{HashMap, HashSet};

use crate::forms::model::{Choice, Definition, QuestionKind};

/// Most signs of the code of a question or a subquestion.
const MOST_QUESTION: usize = 20;
/// Most signs of the code of an answer.
const MOST_ANSWER: usize = 5;
/// What means something else there.
const RESERVED: [&str; 4] = ["other", "comment", "time", "timed"];

/// The codes of a definition.
#[derive(Debug, Default)]
pub struct Codes {
    questions: HashMap<String, String>,
    /// By key of the question, whether it is a subquestion, and our code.
    parts: HashMap<(String, bool, String), String>,
}

impl Codes {
    /// Finds a code for everything.
    pub fn of(definition: &Definition) -> Self {
        let mut codes = Self::default();
        let mut taken = HashSet::new();
        for q in definition.questions() {
            let code = free(&q.key, "q", MOST_QUESTION, true, &mut taken);
            codes.questions.insert(q.key.clone(), code);
            let mut add = |list: &[Choice], sub: bool| {
                let (most, prefix) = if sub { (MOST_QUESTION, "r") } else { (MOST_ANSWER, "a") };
                let mut taken = HashSet::new();
                for choice in list {
                    let code = free(&choice.code, prefix, most, false, &mut taken);
                    codes.parts.insert((q.key.clone(), sub, choice.code.clone()), code);
                }
            };
            add(&q.rows, true);
            add(&q.choices, q.kind == QuestionKind::Multiple);
        }
        codes
    }

    /// The code of a question.
    pub fn question(&self, key: &str) -> &str {
        self.questions.get(key).map_or("", String::as_str)
    }

    /// The code of an answer or a subquestion.
    pub fn part(&self, key: &str, sub: bool, code: &str) -> &str {
        self.parts.get(&(key.to_string(), sub, code.to_string())).map_or("", String::as_str)
    }
}

fn free(key: &str, prefix: &str, most: usize, letter: bool, taken: &mut HashSet<String>) -> String {
    let mut clean: String = key.chars().filter(char::is_ascii_alphanumeric).collect();
    if letter && !clean.starts_with(|c: char| c.is_ascii_alphabetic()) {
        clean.insert_str(0, prefix);
    }
    if (1..=most).contains(&clean.len()) && !RESERVED.contains(&clean.as_str()) && taken.insert(clean.clone()) {
        return clean;
    }
    if most > MOST_ANSWER {
        clean.truncate(most - 4);
    } else {
        clean = prefix.to_string();
    }
    let mut number = 1usize;
    loop {
        let code = format!("{clean}{number}");
        if taken.insert(code.clone()) {
            return code;
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_fit_and_are_single() {
        let mut taken = HashSet::new();
        let mut code = |key: &str| free(key, "q", MOST_QUESTION, true, &mut taken);
        assert_eq!(code("food"), "food");
        assert_eq!(code("fo_od"), "food1");
        assert_eq!(code("1"), "q1");
        assert_eq!(code("a_very_long_key_for_a_question"), "averylongkeyfora1");
        let mut taken = HashSet::new();
        let mut code = |key: &str| free(key, "a", MOST_ANSWER, false, &mut taken);
        assert_eq!(code("1"), "1");
        assert_eq!(code("very_good"), "a1");
        assert_eq!(code("other"), "a2");
    }
}
