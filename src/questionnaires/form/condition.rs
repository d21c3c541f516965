//! Conditions as people choose them: some looks at earlier answers, each from one list, joined by "and" or "or".

use crate::{
    forms::model::{Condition, Definition, OTHER, Op, Question, QuestionKind, Test, sub_name},
    http::Form,
};

/// Most looks that one condition of the builder has.
pub const MOST_LOOKS: usize = 6;
/// The field that keeps a condition that is too complex for the builder.
pub const KEEP: &str = "keep_condition";
/// The field that says how looks are joined: `all` or `any`.
pub const JOIN: &str = "join";

/// The field of a look.
pub fn look_field(at: usize) -> String {
    format!("look.{at}")
}

/// The field of the value that is typed beside a look.
pub fn value_field(at: usize) -> String {
    format!("value.{at}")
}

/// A look that can be chosen: at which answer, how, and with what it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// The name of the answer.
    pub name: String,
    /// How it is looked at.
    pub op: Op,
    /// With what it is compared; `None` when the value is typed beside it.
    pub value: Option<String>,
}

impl Look {
    /// The value of the option.
    pub fn code(&self) -> String {
        match &self.value {
            Some(value) => format!("{} {} {value}", self.name, self.op),
            None => format!("{} {}", self.name, self.op),
        }
    }

    const fn needs_value(op: Op) -> bool {
        !matches!(op, Op::Answered | Op::Unanswered)
    }
}

/// Everything that can be asked about a question.
pub fn looks_at(q: &Question) -> Vec<Look> {
    let look = |name: &str, op, value: Option<String>| Look { name: name.to_string(), op, value };
    let mut found = Vec::new();
    let mut choices = |name: &str, codes: &[&str]| {
        for op in [Op::Is, Op::IsNot] {
            found.extend(codes.iter().map(|code| look(name, op, Some((*code).to_string()))));
        }
    };
    let mut codes: Vec<&str> = q.choices.iter().map(|c| c.code.as_str()).collect();
    if q.other {
        codes.push(OTHER);
    }
    match q.kind {
        QuestionKind::Single | QuestionKind::Multiple => choices(&q.key, &codes),
        QuestionKind::Matrix => q.rows.iter().for_each(|row| choices(&sub_name(&q.key, &row.code), &codes)),
        QuestionKind::Scale | QuestionKind::Rating => {
            let (low, high) = q.range();
            for op in [Op::AtMost, Op::AtLeast] {
                found.extend((low..=high).map(|n| look(&q.key, op, Some(n.to_string()))));
            }
        }
        QuestionKind::Number | QuestionKind::Date | QuestionKind::Time => {
            found.extend([Op::Is, Op::AtLeast, Op::AtMost].map(|op| look(&q.key, op, None)));
        }
        QuestionKind::Consent => found.push(look(&q.key, Op::Is, Some("1".to_string()))),
        QuestionKind::Ranking
        | QuestionKind::ShortText
        | QuestionKind::LongText
        | QuestionKind::Photo
        | QuestionKind::Notice => {}
    }
    if !matches!(q.kind, QuestionKind::Matrix | QuestionKind::Notice) {
        found.extend([Op::Answered, Op::Unanswered].map(|op| look(&q.key, op, Some(String::new()))));
    }
    found
}

/// The questions that stand before a question or a section, and can be looked at.
pub fn earlier<'a>(definition: &'a Definition, key: &str) -> Vec<&'a Question> {
    let mut found = Vec::new();
    for section in &definition.sections {
        if section.key == key {
            return found;
        }
        for question in &section.questions {
            if question.key == key {
                return found;
            }
            found.push(question);
        }
    }
    found
}

/// The questions up to the end of a section.
pub fn up_to_end_of<'a>(definition: &'a Definition, section: &str) -> Vec<&'a Question> {
    let mut found = earlier(definition, section);
    found.extend(definition.sections.iter().filter(|s| s.key == section).flat_map(|s| &s.questions));
    found
}

/// The chosen option and the typed value of a test; `None` when the list has no such look.
fn shown(test: &Test, earlier: &[&Question]) -> Option<(String, String)> {
    let looks = earlier.iter().flat_map(|q| looks_at(q));
    let mut typed = None;
    for look in looks.filter(|l| l.name == test.question && l.op == test.op) {
        match &look.value {
            Some(value) if *value == test.value || !Look::needs_value(look.op) => {
                return Some((look.code(), String::new()));
            }
            None => typed = Some((look.code(), test.value.clone())),
            Some(_) => {}
        }
    }
    typed
}

/// Writes a condition into the fields of a form; false when it is too complex for them.
pub fn fill(values: &mut Form, condition: Option<&Condition>, earlier: &[&Question]) -> bool {
    let (join, parts) = match condition {
        None => ("all", &[][..]),
        Some(Condition::All(parts)) => ("all", parts.as_slice()),
        Some(Condition::Any(parts)) => ("any", parts.as_slice()),
        Some(one) => ("all", std::slice::from_ref(one)),
    };
    let rows: Option<Vec<(String, String)>> = parts
        .iter()
        .map(|part| match part {
            Condition::Test(test) => shown(test, earlier),
            _ => None,
        })
        .collect();
    let Some(rows) = rows.filter(|rows| rows.len() <= MOST_LOOKS) else {
        values.set(JOIN, "all");
        values.set(KEEP, "1");
        return false;
    };
    values.set(JOIN, join);
    for (at, (look, value)) in rows.into_iter().enumerate() {
        values.set(&look_field(at), look);
        values.set(&value_field(at), value);
    }
    true
}

/// One look as it was chosen; `None` when none was.
///
/// # Errors
/// When its value is missing, or there is no such look.
pub fn look(posted: &Form, at: usize, earlier: &[&Question]) -> Result<Option<Condition>, &'static str> {
    let Some(chosen) = posted.optional(&look_field(at)) else { return Ok(None) };
    read(chosen, posted.text(&value_field(at)), earlier).map(Some)
}

/// A chosen look with its typed value.
///
/// # Errors
/// When its value is missing, or there is no such look.
pub fn read(chosen: &str, typed: &str, earlier: &[&Question]) -> Result<Condition, &'static str> {
    let look = earlier.iter().flat_map(|q| looks_at(q)).find(|l| l.code().trim() == chosen);
    let Some(look) = look else { return Err("questionnaires.error.look") };
    match look.value {
        Some(value) => Ok(Condition::test(&look.name, look.op, &value)),
        None if typed.trim().is_empty() => Err("questionnaires.error.look_value"),
        None => Ok(Condition::test(&look.name, look.op, typed.trim())),
    }
}

/// The condition that a form says; `before` is kept when it was too complex and is to stay.
///
/// # Errors
/// The fields that are wrong, with the keys of their sentences.
pub fn parse(
    posted: &Form,
    before: Option<&Condition>,
    earlier: &[&Question],
) -> Result<Option<Condition>, Vec<(String, &'static str)>> {
    if posted.has(KEEP) && before.is_some() {
        return Ok(before.cloned());
    }
    let (mut parts, mut wrong) = (Vec::new(), Vec::new());
    for at in 0..MOST_LOOKS {
        match look(posted, at, earlier) {
            Ok(part) => parts.extend(part),
            Err(key) => {
                let field = if key == "questionnaires.error.look" { look_field(at) } else { value_field(at) };
                wrong.push((field, key));
            }
        }
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    Ok(match parts.len() {
        0 => None,
        1 => parts.pop(),
        _ if posted.text(JOIN) == "any" => Some(Condition::Any(parts)),
        _ => Some(Condition::All(parts)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::model::{Choice, Text};

    fn questions() -> Vec<Question> {
        let mut boards = Question::new("q1", QuestionKind::Single, Text::new("住校吗", ""));
        boards.choices = ["c1", "c2"].map(|c| Choice { code: c.into(), label: Text::new(c, "") }).to_vec();
        boards.other = true;
        let mut matrix = Question::new("q2", QuestionKind::Matrix, Text::new("食堂", ""));
        matrix.choices.clone_from(&boards.choices);
        matrix.rows = vec![Choice { code: "r1".into(), label: Text::new("菜", "") }];
        let kinds = [QuestionKind::Scale, QuestionKind::Number, QuestionKind::Consent, QuestionKind::LongText];
        let others = kinds.into_iter().zip(3..).map(|(kind, n)| Question::new(&format!("q{n}"), kind, Text::default()));
        [boards, matrix].into_iter().chain(others).collect()
    }

    fn round(condition: Option<&Condition>) -> Option<Condition> {
        let questions = questions();
        let earlier: Vec<&Question> = questions.iter().collect();
        let mut values = Form::default();
        fill(&mut values, condition, &earlier);
        parse(&values, condition, &earlier).unwrap()
    }

    #[test]
    fn every_look_that_can_be_chosen_comes_back_as_it_was() {
        for q in questions() {
            for look in looks_at(&q) {
                let test = Condition::test(&look.name, look.op, look.value.as_deref().unwrap_or("12"));
                assert_eq!(round(Some(&test)), Some(test.clone()), "{look:?}");
                let all = Condition::Any(vec![test.clone(), Condition::test("q1", Op::Is, "other")]);
                assert_eq!(round(Some(&all)), Some(all.clone()));
            }
        }
        assert_eq!(round(None), None);
    }

    #[test]
    fn what_is_too_complex_is_kept_until_somebody_lets_go_of_it() {
        let inner = Condition::Not(Box::new(Condition::test("q1", Op::Is, "c1")));
        let complex = Condition::All(vec![inner]);
        assert_eq!(round(Some(&complex)), Some(complex.clone()));
        assert_eq!(parse(&Form::default(), Some(&complex), &[]), Ok(None));
    }

    #[test]
    fn a_look_without_its_value_or_at_a_later_question_is_refused() {
        let questions = questions();
        let earlier: Vec<&Question> = questions.iter().collect();
        let form = Form::from_pairs([("look.0", "q4 at_least"), ("look.1", "q9 is c1")]);
        let wrong = parse(&form, None, &earlier).unwrap_err();
        assert_eq!(
            wrong,
            [("value.0".into(), "questionnaires.error.look_value"), ("look.1".into(), "questionnaires.error.look")]
        );
    }
}
