//! What is wrong with the answer to one question, and the answer as it is stored. The same code in the browser and on the
//! server.

use crate::{
    forms::{
        decimal,
        logic::{self, Reach},
        model::{Answer, Answers, Definition, OTHER, Question, QuestionKind, sub_name},
    },
    kernel::text::{char_count, normalize_line, normalize_text},
};

crate::code_enum! {
    /// Why an answer is refused.
    pub enum Reason {
        /// It must be answered.
        Required = "required",
        /// Every row must be answered.
        RowsMissing = "rows_missing",
        /// The box must be ticked.
        NotAgreed = "not_agreed",
        /// More characters than the limit.
        TooLong = "too_long",
        /// Fewer choices than the limit.
        TooFew = "too_few",
        /// More choices, ranks or photos than the limit.
        TooMany = "too_many",
        /// No number.
        NoNumber = "no_number",
        /// Less than the limit.
        TooSmall = "too_small",
        /// More than the limit.
        TooLarge = "too_large",
        /// More digits after the point than the limit.
        TooFine = "too_fine",
        /// No day.
        NoDate = "no_date",
        /// No time of day.
        NoTime = "no_time",
        /// Not among the choices.
        Unknown = "unknown",
        /// "Other" was chosen and nothing written.
        OtherEmpty = "other_empty",
        /// Two choices have the same rank, or a rank was left out.
        Ranks = "ranks",
    }
}

impl Reason {
    /// The key of its sentence, whose variable is `limit`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Required => "forms.error.required",
            Self::RowsMissing => "forms.error.rows_missing",
            Self::NotAgreed => "forms.error.not_agreed",
            Self::TooLong => "forms.error.too_long",
            Self::TooFew => "forms.error.too_few",
            Self::TooMany => "forms.error.too_many",
            Self::NoNumber => "forms.error.no_number",
            Self::TooSmall => "forms.error.too_small",
            Self::TooLarge => "forms.error.too_large",
            Self::TooFine => "forms.error.too_fine",
            Self::NoDate => "forms.error.no_date",
            Self::NoTime => "forms.error.no_time",
            Self::Unknown => "forms.error.unknown",
            Self::OtherEmpty => "forms.error.other_empty",
            Self::Ranks => "forms.error.ranks",
        }
    }
}

/// What is wrong with an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The key of the question.
    pub question: String,
    /// Why.
    pub reason: Reason,
    /// The limit that the sentence names.
    pub limit: i64,
}

/// A whole form: what counts of the answers, as it is stored, and what is wrong.
pub fn check_all(definition: &Definition, given: &Answers) -> (Answers, Vec<Problem>) {
    let Reach { questions, answers, .. } = logic::reach(definition, given);
    let mut stored = Answers::default();
    let mut problems = Vec::new();
    for (question, _) in definition.questions().zip(questions).filter(|(_, asked)| *asked) {
        match check(question, &answers) {
            Ok(clean) => stored.0.extend(clean),
            Err(problem) => problems.push(problem),
        }
    }
    (stored, problems)
}

/// The answer to one question as it is stored: nothing, when it was not answered.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn check(question: &Question, given: &Answers) -> Result<Vec<Answer>, Problem> {
    let refused = |(reason, limit): (Reason, i64)| Problem { question: question.key.clone(), reason, limit };
    let stored = match question.kind {
        QuestionKind::Notice => return Ok(Vec::new()),
        QuestionKind::Matrix => matrix(question, given),
        QuestionKind::Ranking => ranking(question, given),
        QuestionKind::Single | QuestionKind::Multiple => choices(question, given),
        _ => one(question, given),
    }
    .map_err(refused)?;
    if stored.is_empty() && question.required {
        let reason = if question.kind == QuestionKind::Consent { Reason::NotAgreed } else { Reason::Required };
        return Err(refused((reason, 0)));
    }
    Ok(stored)
}

type Checked = Result<Vec<Answer>, (Reason, i64)>;

fn answer(key: &str, values: Vec<String>) -> Vec<Answer> {
    if values.is_empty() { Vec::new() } else { vec![Answer { key: key.to_string(), values }] }
}

/// Kinds with one value (photos: some), each of which is looked at alone.
fn one(q: &Question, given: &Answers) -> Checked {
    if q.kind == QuestionKind::Photo {
        let photos = given.get(&q.key).to_vec();
        return if photos.len() as i64 > q.most_photos() {
            Err((Reason::TooMany, q.most_photos()))
        } else {
            Ok(answer(&q.key, photos))
        };
    }
    let Some(typed) = given.first(&q.key) else { return Ok(Vec::new()) };
    let clean = match q.kind {
        QuestionKind::ShortText => text(&normalize_line(typed), q.most_chars())?,
        QuestionKind::LongText => text(&normalize_text(typed), q.most_chars())?,
        QuestionKind::Number => number(q, typed)?,
        QuestionKind::Scale | QuestionKind::Rating => on_scale(q, typed)?,
        QuestionKind::Date => is_date(typed).ok_or((Reason::NoDate, 0))?,
        QuestionKind::Time => is_time(typed).ok_or((Reason::NoTime, 0))?,
        _ => "1".to_string(),
    };
    Ok(answer(&q.key, Some(clean).into_iter().filter(|c| !c.is_empty()).collect()))
}

fn text(clean: &str, most: i64) -> Result<String, (Reason, i64)> {
    if char_count(clean) as i64 > most { Err((Reason::TooLong, most)) } else { Ok(clean.to_string()) }
}

fn number(q: &Question, typed: &str) -> Result<String, (Reason, i64)> {
    let value = decimal::parse(typed).ok_or((Reason::NoNumber, 0))?;
    if decimal::decimals(value) > usize::from(q.decimals) {
        return Err((Reason::TooFine, i64::from(q.decimals)));
    }
    match (q.min, q.max) {
        (Some(min), _) if value < min.saturating_mul(decimal::ONE) => Err((Reason::TooSmall, min)),
        (_, Some(max)) if value > max.saturating_mul(decimal::ONE) => Err((Reason::TooLarge, max)),
        _ => Ok(decimal::show(value)),
    }
}

fn on_scale(q: &Question, typed: &str) -> Result<String, (Reason, i64)> {
    let (low, high) = q.range();
    let value = decimal::parse(typed).filter(|v| v % decimal::ONE == 0).map(|v| v / decimal::ONE);
    value.filter(|v| (low..=high).contains(v)).map(|v| v.to_string()).ok_or((Reason::Unknown, 0))
}

/// A day as browsers write it, between 1900 and 2199, when it exists.
fn is_date(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let mut parts = typed.split('-');
    let (year, month, day) = (digits(parts.next()?, 4)?, digits(parts.next()?, 2)?, digits(parts.next()?, 2)?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    let exists = parts.next().is_none() && (1900..2200).contains(&year) && (1..=days).contains(&day);
    exists.then(|| typed.to_string())
}

/// A time of day as browsers write it; seconds are left out.
fn is_time(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let mut parts = typed.split(':');
    let (hour, minute) = (digits(parts.next()?, 2)?, digits(parts.next()?, 2)?);
    (hour < 24 && minute < 60).then(|| typed.get(..5).map(str::to_string)).flatten()
}

fn digits(text: &str, count: usize) -> Option<i64> {
    let all = text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    all.then(|| text.bytes().fold(0, |n, b| n * 10 + i64::from(b - b'0')))
}

fn choices(q: &Question, given: &Answers) -> Checked {
    let chosen = given.get(&q.key);
    let chosen = if q.kind == QuestionKind::Single { &chosen[..chosen.len().min(1)] } else { chosen };
    // In the order of the form, each once.
    let is_known = |code: &str| q.choices.iter().any(|c| c.code == code) || (q.other && code == OTHER);
    if chosen.iter().any(|code| !is_known(code)) {
        return Err((Reason::Unknown, 0));
    }
    let codes = q.choices.iter().map(|c| c.code.as_str()).chain(q.other.then_some(OTHER));
    let kept: Vec<String> = codes.filter(|code| chosen.iter().any(|c| c == code)).map(str::to_string).collect();
    let count = kept.len() as i64;
    if q.kind == QuestionKind::Multiple && count > 0 {
        match (q.min, q.max) {
            (Some(min), _) if count < min => return Err((Reason::TooFew, min)),
            (_, Some(max)) if count > max => return Err((Reason::TooMany, max)),
            _ => {}
        }
    }
    let mut stored = answer(&q.key, kept);
    if q.other && chosen.iter().any(|c| c == OTHER) {
        let name = sub_name(&q.key, OTHER);
        let words = text(&normalize_line(given.first(&name).unwrap_or_default()), 200)?;
        if words.is_empty() {
            return Err((Reason::OtherEmpty, 0));
        }
        stored.extend(answer(&name, vec![words]));
    }
    Ok(stored)
}

fn matrix(q: &Question, given: &Answers) -> Checked {
    let mut stored = Vec::new();
    for row in &q.rows {
        let name = sub_name(&q.key, &row.code);
        match given.first(&name) {
            Some(code) if q.choices.iter().any(|c| c.code == code) => {
                stored.extend(answer(&name, vec![code.to_string()]))
            }
            Some(_) => return Err((Reason::Unknown, 0)),
            None if q.required => return Err((Reason::RowsMissing, 0)),
            None => {}
        }
    }
    Ok(stored)
}

/// Either the codes in order, or a rank from 1 for each code under `key.code`.
fn ranking(q: &Question, given: &Answers) -> Checked {
    let all = q.choices.len() as i64;
    let wanted = q.max.unwrap_or(all).min(all);
    let in_order = given.get(&q.key);
    let order: Vec<String> = if in_order.is_empty() {
        let mut ranked = Vec::new();
        for choice in &q.choices {
            if let Some(rank) = given.first(&sub_name(&q.key, &choice.code)) {
                let rank = decimal::parse(rank).filter(|r| r % decimal::ONE == 0).ok_or((Reason::Ranks, wanted))?;
                ranked.push((rank / decimal::ONE, choice.code.clone()));
            }
        }
        ranked.sort();
        if ranked.iter().zip(1..).any(|((rank, _), at)| *rank != at) {
            return Err((Reason::Ranks, wanted));
        }
        ranked.into_iter().map(|(_, code)| code).collect()
    } else {
        in_order.to_vec()
    };
    let twice = order.iter().enumerate().any(|(i, code)| order[..i].contains(code));
    if twice || order.iter().any(|code| !q.choices.iter().any(|c| c.code == *code)) {
        return Err((Reason::Unknown, 0));
    }
    let count = order.len() as i64;
    if count > wanted {
        return Err((Reason::TooMany, wanted));
    }
    // Who begins to rank says all that is asked for.
    if count > 0 && count < wanted {
        return Err((Reason::Ranks, wanted));
    }
    Ok(answer(&q.key, order))
}

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;
