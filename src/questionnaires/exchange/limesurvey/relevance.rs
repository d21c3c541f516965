//! One look at an answer, as LimeSurvey writes it.

use crate::{
    forms::{
        decimal,
        model::{Definition, OTHER, Op, Question, QuestionKind, Test},
    },
    questionnaires::exchange::limesurvey::code::Codes,
};

/// The expression of a test; `None` when it can't be written.
pub fn test(definition: &Definition, codes: &Codes, test: &Test) -> Option<String> {
    let q = definition.question_of(&test.question)?;
    let code = codes.question(&q.key);
    let rest = test.question.strip_prefix(&q.key)?;
    if let Some(part) = rest.strip_prefix('.') {
        return match q.kind {
            QuestionKind::Matrix => {
                let row = Some(codes.part(&q.key, true, part)).filter(|c| !c.is_empty())?;
                look(&format!("{code}_{row}"), test.op, &answer(q, codes, &test.value))
            }
            _ if part == OTHER && q.other => look(&format!("{code}_other"), test.op, &quoted(&test.value)),
            _ => None,
        };
    }
    match q.kind {
        QuestionKind::Multiple | QuestionKind::Consent => boxes(q, codes, test),
        QuestionKind::Single => look(code, test.op, &answer(q, codes, &test.value)),
        QuestionKind::Scale | QuestionKind::Rating if is_slider(q) => {
            look(&format!("{code}_SQ001"), test.op, &quoted(&test.value))
        }
        // What stands at each rank has a name of its own there.
        QuestionKind::Ranking | QuestionKind::Matrix | QuestionKind::Notice => None,
        _ => look(code, test.op, &quoted(&test.value)),
    }
}

/// Whether a scale or a rating is written as a slider: all but five points without words.
fn is_slider(q: &Question) -> bool {
    match q.kind {
        QuestionKind::Rating => q.range().1 != 5,
        _ => q.range() != (1, 5) || !q.low.is_empty() || !q.high.is_empty(),
    }
}

fn look(name: &str, op: Op, value: &str) -> Option<String> {
    let sign = match op {
        Op::Answered => return Some(format!("!is_empty({name}.NAOK)")),
        Op::Unanswered => return Some(format!("is_empty({name}.NAOK)")),
        _ if value == "\"\"" => return None,
        Op::Is => "==",
        Op::IsNot => "!=",
        Op::AtLeast => ">=",
        Op::AtMost => "<=",
    };
    Some(format!("{name}.NAOK {sign} {value}"))
}

/// Boxes to tick, each of which has a name.
fn boxes(q: &Question, codes: &Codes, test: &Test) -> Option<String> {
    let code = codes.question(&q.key);
    let consent = q.kind == QuestionKind::Consent;
    let names: Vec<String> = if consent {
        vec![format!("{code}_agree.NAOK")]
    } else {
        let parts = q.choices.iter().map(|c| format!("{code}_{}.NAOK", codes.part(&q.key, true, &c.code)));
        parts.chain(q.other.then(|| format!("{code}_other.NAOK"))).collect()
    };
    let ticked = match test.op {
        Op::Answered => return Some(format!("count({}) > 0", names.join(", "))),
        Op::Unanswered => return Some(format!("count({}) == 0", names.join(", "))),
        Op::Is => true,
        Op::IsNot => false,
        Op::AtLeast | Op::AtMost => return None,
    };
    if q.other && test.value == OTHER {
        return Some(format!("{code}_other.NAOK {} \"\"", if ticked { "!=" } else { "==" }));
    }
    let part = if consent { "agree" } else { codes.part(&q.key, true, &test.value) };
    if part.is_empty() || (consent && test.value != "1") {
        return None;
    }
    Some(format!("{code}_{part}.NAOK {} \"Y\"", if ticked { "==" } else { "!=" }))
}

/// The answer of a choice, by its code there.
fn answer(q: &Question, codes: &Codes, value: &str) -> String {
    if q.other && value == OTHER {
        return "\"-oth-\"".to_string();
    }
    format!("\"{}\"", codes.part(&q.key, false, value))
}

/// Numbers as they are, everything else in quotation marks.
fn quoted(value: &str) -> String {
    if decimal::parse(value).is_some_and(|n| decimal::show(n) == value) {
        return value.to_string();
    }
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}
