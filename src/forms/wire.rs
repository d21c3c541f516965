//! A definition on its way to the browser: what logic and checks need of it, without its words, which stand in the page
//! already. A format of its own, because a JSON reader alone would take a sixth of what a phone may load.
//!
//! One line a thing, fields separated by tabs: `S key condition` a section, `J to condition` a jump of it,
//! `Q key kind required other min max decimals condition` a question of it, `C code` a choice and `R code` a row of that.
//! A condition is written before its parts: `&2 =q1,a ?q2` is "q1 is a, and q2 is answered". Empty fields are absent.

use crate::forms::model::{Choice, Condition, Definition, Jump, Op, Question, QuestionKind, Section, Test, Text};

/// The signs of what a condition can be; of tests, in the order of [`Op::ALL`].
const TESTS: [char; 6] = ['=', '#', '?', '-', '>', '<'];

/// Writes a definition.
pub fn write(definition: &Definition) -> String {
    let mut out = String::new();
    for s in &definition.sections {
        line(&mut out, &["S", &s.key, &condition_text(s.show_if.as_ref())]);
        for j in &s.jumps {
            line(&mut out, &["J", &j.to, &condition_text(j.when.as_ref())]);
        }
        for q in &s.questions {
            let number = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
            let flag = |on: bool| if on { "1" } else { "" };
            let fields = [
                "Q",
                &q.key,
                q.kind.code(),
                flag(q.required),
                flag(q.other),
                &number(q.min),
                &number(q.max),
                &q.decimals.to_string(),
                &condition_text(q.show_if.as_ref()),
            ];
            line(&mut out, &fields);
            for c in &q.choices {
                line(&mut out, &["C", &c.code]);
            }
            for r in &q.rows {
                line(&mut out, &["R", &r.code]);
            }
        }
    }
    out
}

fn line(out: &mut String, fields: &[&str]) {
    for (i, field) in fields.iter().enumerate() {
        if i > 0 {
            out.push('\t');
        }
        out.push_str(field);
    }
    out.push('\n');
}

fn condition_text(condition: Option<&Condition>) -> String {
    let mut out = String::new();
    if let Some(condition) = condition {
        write_condition(condition, &mut out);
    }
    out
}

fn write_condition(condition: &Condition, out: &mut String) {
    if !out.is_empty() {
        out.push(' ');
    }
    let mut group = |sign: char, parts: &[Condition]| {
        out.push(sign);
        out.push_str(&parts.len().to_string());
        for part in parts {
            write_condition(part, out);
        }
    };
    match condition {
        Condition::All(parts) => group('&', parts),
        Condition::Any(parts) => group('|', parts),
        Condition::Not(part) => group('!', std::slice::from_ref(part.as_ref())),
        Condition::Test(test) => {
            let at = Op::ALL.iter().position(|op| *op == test.op).unwrap_or(0);
            out.push(TESTS[at]);
            out.push_str(&test.question);
            out.push(',');
            escape(&test.value, out);
        }
    }
}

/// Values are what somebody typed into the builder: they may hold what separates.
fn escape(value: &str, out: &mut String) {
    for c in value.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            ' ' => out.push_str("\\s"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            c => out.push(c),
        }
    }
}

fn unescape(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        out.push(match (c, c == '\\') {
            (_, true) => match chars.next() {
                Some('s') => ' ',
                Some('t') => '\t',
                Some('n') => '\n',
                Some('r') => '\r',
                Some(other) => other,
                None => '\\',
            },
            (c, false) => c,
        });
    }
    out
}

/// Reads what [`write`] wrote; `None` when it is anything else.
pub fn read(text: &str) -> Option<Definition> {
    let mut definition = Definition::default();
    for line in text.lines() {
        let mut fields = line.split('\t');
        let (sign, name) = (fields.next()?, fields.next()?);
        if sign == "S" {
            let show_if = read_condition(fields.next()?)?;
            definition.sections.push(Section { key: name.to_string(), show_if, ..Section::default() });
            continue;
        }
        let section = definition.sections.last_mut()?;
        match sign {
            "J" => section.jumps.push(Jump { when: read_condition(fields.next()?)?, to: name.to_string() }),
            "Q" => section.questions.push(read_question(name, &mut fields)?),
            _ => {
                let question = section.questions.last_mut()?;
                let list = if sign == "R" { &mut question.rows } else { &mut question.choices };
                list.push(Choice { code: name.to_string(), label: Text::default() });
            }
        }
    }
    Some(definition)
}

fn read_question<'a>(key: &str, fields: &mut impl Iterator<Item = &'a str>) -> Option<Question> {
    let mut question = Question::new(key, QuestionKind::parse(fields.next()?)?, Text::default());
    question.required = !fields.next()?.is_empty();
    question.other = !fields.next()?.is_empty();
    question.min = fields.next()?.parse().ok();
    question.max = fields.next()?.parse().ok();
    question.decimals = fields.next()?.parse().ok()?;
    question.show_if = read_condition(fields.next()?)?;
    Some(question)
}

/// A whole field: a condition or none.
#[expect(clippy::option_option, reason = "no condition is not a broken one")]
fn read_condition(text: &str) -> Option<Option<Condition>> {
    if text.is_empty() {
        return Some(None);
    }
    let mut tokens = text.split(' ');
    let condition = next_condition(&mut tokens)?;
    tokens.next().is_none().then_some(Some(condition))
}

fn next_condition<'a>(tokens: &mut impl Iterator<Item = &'a str>) -> Option<Condition> {
    let token = tokens.next()?;
    let sign = token.chars().next()?;
    let rest = &token[sign.len_utf8()..];
    if let Some(at) = TESTS.iter().position(|t| *t == sign) {
        let (question, value) = rest.split_once(',')?;
        return Some(Condition::Test(Test {
            question: question.to_string(),
            op: *Op::ALL.get(at)?,
            value: unescape(value),
        }));
    }
    let mut parts = Vec::new();
    for _ in 0..rest.parse::<usize>().ok()? {
        parts.push(next_condition(tokens)?);
    }
    match sign {
        '&' => Some(Condition::All(parts)),
        '|' => Some(Condition::Any(parts)),
        '!' => parts.pop().map(|part| Condition::Not(Box::new(part))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn condition() -> impl Strategy<Value = Condition> {
        let test = (0..6usize, "q[0-9]", ".{0,6}").prop_map(|(op, q, value)| Condition::test(&q, Op::ALL[op], &value));
        test.prop_recursive(3, 12, 3, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..3).prop_map(Condition::All),
                prop::collection::vec(inner.clone(), 0..3).prop_map(Condition::Any),
                inner.prop_map(|c| Condition::Not(Box::new(c))),
            ]
        })
    }

    proptest! {
        #[test]
        fn a_definition_arrives_as_it_was_sent(
            shown in prop::collection::vec(prop::option::of(condition()), 6),
            kinds in prop::collection::vec(0..QuestionKind::ALL.len(), 6),
            limits in (prop::option::of(-9i64..9), prop::option::of(0i64..99), 0u8..6),
        ) {
            let mut definition = Definition::default();
            for (i, (show_if, kind)) in shown.into_iter().zip(kinds).enumerate() {
                let mut q = Question::new(&format!("q{i}"), QuestionKind::ALL[kind], Text::default());
                (q.min, q.max, q.decimals) = limits;
                (q.required, q.other) = (i % 2 == 0, i % 3 == 0);
                q.choices = vec![Choice { code: "a".into(), label: Text::default() }];
                q.rows = vec![Choice { code: "r".into(), label: Text::default() }];
                q.show_if = show_if.clone();
                let jumps = vec![Jump { when: show_if.clone(), to: "end".into() }];
                definition.sections.push(Section { key: format!("s{i}"), show_if, questions: vec![q], jumps, ..Section::default() });
            }
            prop_assert_eq!(read(&write(&definition)), Some(definition));
        }

        #[test]
        fn anything_else_is_refused_without_a_panic(text in "[SQJCR\t\n=&|!,a-c0-3 \\\\]{0,60}") {
            drop(read(&text));
        }
    }
}
