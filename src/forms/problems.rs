//! What is wrong with a definition before it can be published: said to the person who builds it.

use std::collections::HashSet;

use crate::{
    forms::model::{Choice, Condition, Definition, END, OTHER, Question, QuestionKind},
    kernel::text::char_count,
};

/// Most questions of a form.
pub const MOST_QUESTIONS: usize = 200;
/// Most choices or rows of a question.
pub const MOST_CHOICES: usize = 60;
/// Most characters of a label.
pub const MOST_LABEL: usize = 500;

/// Something to mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DefinitionProblem {
    /// The key of the question or section; empty for the form as a whole.
    pub at: String,
    /// The key of the sentence.
    pub key: &'static str,
}

/// Everything that is wrong with a definition.
pub fn problems(definition: &Definition) -> Vec<DefinitionProblem> {
    let mut found = Vec::new();
    let mut say = |at: &str, key: &'static str| found.push(DefinitionProblem { at: at.to_string(), key });
    if definition.title.is_empty() {
        say("", "forms.problem.title");
    }
    let count = definition.questions().count();
    if definition.questions().all(|q| q.kind == QuestionKind::Notice) {
        say("", "forms.problem.empty");
    }
    if count > MOST_QUESTIONS {
        say("", "forms.problem.too_many");
    }
    let mut keys: HashSet<&str> = HashSet::new();
    for key in definition.sections.iter().map(|s| &s.key).chain(definition.questions().map(|q| &q.key)) {
        if !is_key(key) || !keys.insert(key) {
            say(key, "forms.problem.key");
        }
    }
    let mut earlier: Vec<&Question> = Vec::new();
    for (i, section) in definition.sections.iter().enumerate() {
        if !refers_back(section.show_if.as_ref(), &earlier) {
            say(&section.key, "forms.problem.condition");
        }
        for question in &section.questions {
            for key in of_question(question) {
                say(&question.key, key);
            }
            if !refers_back(question.show_if.as_ref(), &earlier) {
                say(&question.key, "forms.problem.condition");
            }
            earlier.push(question);
        }
        for jump in &section.jumps {
            let ahead = jump.to == END || definition.sections.iter().skip(i + 1).any(|s| s.key == jump.to);
            if !ahead {
                say(&section.key, "forms.problem.jump");
            }
            if !refers_back(jump.when.as_ref(), &earlier) {
                say(&section.key, "forms.problem.condition");
            }
        }
    }
    found
}

/// Whether it can be a key: keys stand in names of fields and columns of exports.
pub fn is_key(key: &str) -> bool {
    (1..=40).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

fn refers_back(condition: Option<&Condition>, earlier: &[&Question]) -> bool {
    let known = |name: &str| earlier.iter().any(|q| q.key == name || q.stored_names().iter().any(|n| n == name));
    condition.is_none_or(|c| c.tests().iter().all(|t| known(&t.question)))
}

fn of_question(q: &Question) -> Vec<&'static str> {
    let mut found = Vec::new();
    if q.label.is_empty() {
        found.push("forms.problem.label");
    }
    if [&q.label, &q.hint, &q.low, &q.high].iter().any(|t| is_long(&t.zh) || is_long(&t.en)) {
        found.push("forms.problem.long");
    }
    let least = if matches!(q.kind, QuestionKind::Matrix | QuestionKind::Ranking) { 2 } else { 1 };
    if q.kind.has_choices() && q.choices.len() + usize::from(q.other) < least {
        found.push("forms.problem.choices");
    }
    if q.kind == QuestionKind::Matrix && q.rows.is_empty() {
        found.push("forms.problem.rows");
    }
    if !are_choices(&q.choices, q.other) || !are_choices(&q.rows, false) {
        found.push("forms.problem.choice");
    }
    if !limits_fit(q) {
        found.push("forms.problem.limits");
    }
    found
}

fn is_long(text: &str) -> bool {
    char_count(text) > MOST_LABEL
}

fn are_choices(choices: &[Choice], other: bool) -> bool {
    let codes: HashSet<&str> = choices.iter().map(|c| c.code.as_str()).collect();
    let taken = other && codes.contains(OTHER);
    let labelled = |c: &Choice| !c.label.is_empty() && !is_long(&c.label.zh) && !is_long(&c.label.en);
    choices.len() <= MOST_CHOICES
        && codes.len() == choices.len()
        && !taken
        && choices.iter().all(|c| is_key(&c.code) && labelled(c))
}

fn limits_fit(q: &Question) -> bool {
    let in_order = !matches!((q.min, q.max), (Some(min), Some(max)) if min > max);
    let choices = (q.choices.len() + usize::from(q.other)) as i64;
    in_order
        && match q.kind {
            QuestionKind::Scale => {
                let (low, high) = q.range();
                low < high && high - low <= 10 && low >= -10 && high <= 100
            }
            QuestionKind::Rating => (2..=10).contains(&q.range().1),
            QuestionKind::Multiple => q.min.unwrap_or(0) <= choices && q.max.unwrap_or(1) >= 1,
            QuestionKind::Ranking => q.max.is_none_or(|max| (1..=choices).contains(&max)),
            QuestionKind::ShortText | QuestionKind::LongText | QuestionKind::Photo => q.max.is_none_or(|max| max >= 1),
            _ => usize::from(q.decimals) <= crate::forms::decimal::MOST_DECIMALS,
        }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::model::{Jump, Op, Section, Text};

    fn keys(definition: &Definition) -> Vec<(String, &'static str)> {
        problems(definition).into_iter().map(|p| (p.at, p.key)).collect()
    }

    fn single(key: &str) -> Question {
        let mut q = Question::new(key, QuestionKind::Single, Text::new("住校吗", ""));
        q.choices = ["yes", "no"].map(|c| Choice { code: c.to_string(), label: Text::new(c, "") }).to_vec();
        q
    }

    #[test]
    fn the_standard_form_has_no_problem() {
        assert_eq!(keys(&Definition::standard()), []);
    }

    #[test]
    fn conditions_look_back_and_jumps_go_ahead() {
        let mut first = single("q1");
        first.show_if = Some(Condition::test("q2", Op::Is, "yes"));
        let mut one = Section { key: "s1".into(), questions: vec![first, single("q2")], ..Section::default() };
        one.jumps = vec![Jump { when: Some(Condition::test("q2", Op::Is, "yes")), to: "s1".into() }];
        let form = Definition { title: Text::new("问卷", ""), sections: vec![one], ..Definition::default() };
        assert_eq!(
            keys(&form),
            [("q1".to_string(), "forms.problem.condition"), ("s1".to_string(), "forms.problem.jump")]
        );
    }

    #[test]
    fn keys_are_single_and_choices_have_labels() {
        let (mut a, b) = (single("q1"), single("q1"));
        a.choices[1].label = Text::default();
        a.max = Some(1);
        a.min = Some(2);
        let form = Definition::of(Text::new("问卷", ""), vec![a, b]);
        assert_eq!(
            keys(&form),
            [
                ("q1".to_string(), "forms.problem.key"),
                ("q1".to_string(), "forms.problem.choice"),
                ("q1".to_string(), "forms.problem.limits")
            ]
        );
    }

    #[test]
    fn an_empty_form_says_what_is_missing() {
        assert_eq!(
            keys(&Definition::default()),
            [(String::new(), "forms.problem.title"), (String::new(), "forms.problem.empty")]
        );
    }
}
