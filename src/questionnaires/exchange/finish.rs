//! What every import goes through at its end: limits, texts that are too long, conditions that look ahead.

use crate::{
    forms::{
        model::{Choice, Condition, Definition, Question, QuestionKind, Section, Text},
        problems::MOST_LABEL,
    },
    kernel::text::{char_count, excerpt, normalize_text},
    questionnaires::exchange::{Format, Imported, Loss, keys::Keys},
};

/// More questions than this are not a questionnaire; up to it, the builder says what is too much.
const MOST_QUESTIONS: usize = 400;
/// More sections than this neither.
const MOST_SECTIONS: usize = 400;
/// More choices or rows of a question neither; lists of all universities of a country have a thousand.
const MOST_ITEMS: usize = 1_500;
/// Most characters of a title, an introduction or a word of thanks.
const MOST_INTRO: usize = 5_000;

/// Whether a questionnaire is of a size that people make.
///
/// # Errors
/// The key of a sentence.
pub fn bounded(definition: &Definition) -> Result<(), &'static str> {
    let fits = definition.sections.len() <= MOST_SECTIONS
        && definition.questions().count() <= MOST_QUESTIONS
        && definition.questions().all(|q| q.choices.len() <= MOST_ITEMS && q.rows.len() <= MOST_ITEMS);
    if fits { Ok(()) } else { Err("exchange.error.too_many") }
}

/// Every text of a questionnaire.
pub fn texts(definition: &mut Definition) -> Vec<&mut Text> {
    let mut all = vec![&mut definition.title, &mut definition.intro, &mut definition.thanks];
    for section in &mut definition.sections {
        all.extend([&mut section.title, &mut section.text]);
        for q in &mut section.questions {
            all.extend([&mut q.label, &mut q.hint, &mut q.low, &mut q.high]);
            all.extend(q.choices.iter_mut().chain(&mut q.rows).map(|c| &mut c.label));
        }
    }
    all
}

/// How a question is called in a list of losses.
pub fn called(label: &Text, key: &str) -> String {
    let words = if label.zh.is_empty() { &label.en } else { &label.zh };
    if words.is_empty() { key.to_string() } else { excerpt(words, 40) }
}

/// Brings what was read into bounds.
///
/// # Errors
/// The key of a sentence, when it is no questionnaire.
pub fn finish(format: Format, mut definition: Definition, mut losses: Vec<Loss>) -> Result<Imported, &'static str> {
    bounded(&definition)?;
    for text in texts(&mut definition) {
        text.zh = normalize_text(&text.zh);
        text.en = normalize_text(&text.en);
    }
    for text in [&mut definition.title, &mut definition.intro, &mut definition.thanks] {
        shorten(text, MOST_INTRO, "", &mut losses);
    }
    let mut keys = Keys::default();
    for key in definition.sections.iter().map(|s| &s.key).chain(definition.questions().map(|q| &q.key)) {
        keys.take(key, "q");
    }
    let english =
        definition.questions().all(|q| q.label.zh.is_empty()) && definition.questions().any(|q| !q.label.en.is_empty());
    for section in &mut definition.sections {
        let at = called(&section.title, &section.key);
        shorten(&mut section.title, MOST_LABEL, &at, &mut losses);
        shorten(&mut section.text, MOST_INTRO, &at, &mut losses);
        split_notices(section, &mut keys);
        for question in &mut section.questions {
            settle(question, english, &mut losses);
        }
    }
    drop_empty(&mut definition, &mut losses);
    look_back(&mut definition, &mut losses);
    if definition.questions().next().is_none() {
        return Err("exchange.error.no_questions");
    }
    Ok(Imported { format, definition, losses })
}

fn shorten(text: &mut Text, most: usize, at: &str, losses: &mut Vec<Loss>) {
    for words in [&mut text.zh, &mut text.en] {
        if char_count(words) > most {
            losses.push(Loss::new(at, "exchange.loss.shortened", words.as_str()));
            *words = words.chars().take(most - 1).chain(['…']).collect();
        }
    }
}

/// A long notice becomes several: it loses nothing so.
fn split_notices(section: &mut Section, keys: &mut Keys) {
    let mut out = Vec::with_capacity(section.questions.len());
    for question in section.questions.drain(..) {
        let long = question.kind == QuestionKind::Notice
            && char_count(&question.label.zh).max(char_count(&question.label.en)) > MOST_LABEL;
        if !long {
            out.push(question);
            continue;
        }
        let (zh, en) = (pieces(&question.label.zh), pieces(&question.label.en));
        for i in 0..zh.len().max(en.len()) {
            let piece = |list: &[String]| list.get(i).cloned().unwrap_or_default();
            let key = if i == 0 { question.key.clone() } else { keys.take(&question.key, "n") };
            out.push(Question { key, label: Text { zh: piece(&zh), en: piece(&en) }, ..question.clone() });
        }
    }
    section.questions = out;
}

/// Pieces of at most [`MOST_LABEL`] characters, cut at ends of lines where there are some.
fn pieces(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut piece = String::new();
    for line in text.split_inclusive('\n') {
        if char_count(&piece) + char_count(line) > MOST_LABEL && !piece.trim().is_empty() {
            out.push(std::mem::take(&mut piece).trim().to_string());
        }
        let mut letters = line.chars().peekable();
        while letters.peek().is_some() {
            let room = MOST_LABEL - char_count(&piece);
            piece.extend(letters.by_ref().take(room));
            if letters.peek().is_some() {
                out.push(std::mem::take(&mut piece).trim().to_string());
            }
        }
    }
    out.push(piece.trim().to_string());
    out.retain(|p| !p.is_empty());
    out
}

/// In a questionnaire that asks nothing in Chinese, the code of what has no words stands for English ones.
fn settle(question: &mut Question, english: bool, losses: &mut Vec<Loss>) {
    let named = |text: &mut Text, code: &str| {
        let place = if english { &mut text.en } else { &mut text.zh };
        code.clone_into(place);
    };
    let at = called(&question.label, &question.key);
    for text in [&mut question.label, &mut question.hint, &mut question.low, &mut question.high] {
        shorten(text, MOST_LABEL, &at, losses);
    }
    for choice in question.choices.iter_mut().chain(&mut question.rows) {
        shorten(&mut choice.label, MOST_LABEL, &at, losses);
        if choice.label.is_empty() {
            named(&mut choice.label, &choice.code);
        }
    }
    if question.label.is_empty() && question.kind != QuestionKind::Notice {
        named(&mut question.label, &question.key);
    }
    // Limits above the number of choices limit nothing.
    let count = (question.choices.len() + usize::from(question.other)) as i64;
    if matches!(question.kind, QuestionKind::Multiple | QuestionKind::Ranking) {
        let most = if question.kind == QuestionKind::Ranking { count - 1 } else { count };
        question.max = question.max.filter(|max| (1..=most).contains(max));
        question.min = question.min.filter(|min| *min >= 1 && *min <= count);
    }
    if let (Some(min), Some(max)) = (question.min, question.max)
        && min > max
    {
        losses.push(Loss::new(at, "exchange.loss.setting", format!("{min} – {max}")));
        (question.min, question.max) = (None, None);
    }
}

/// Sections and notices in which nothing stands.
fn drop_empty(definition: &mut Definition, losses: &mut Vec<Loss>) {
    for section in &mut definition.sections {
        section.questions.retain(|q| q.kind != QuestionKind::Notice || !q.label.is_empty());
    }
    definition.sections.retain(|s| {
        let keep = !s.questions.is_empty();
        let has_words = !s.title.is_empty() || !s.text.is_empty();
        if !keep && has_words {
            losses.push(Loss::new(called(&s.title, &s.key), "exchange.loss.empty_section", ""));
        }
        keep
    });
}

/// Conditions can only look at what was asked before.
fn look_back(definition: &mut Definition, losses: &mut Vec<Loss>) {
    let mut earlier: Vec<String> = Vec::new();
    let knows = |condition: &Option<Condition>, earlier: &[String]| {
        condition.as_ref().is_none_or(|c| c.tests().iter().all(|t| earlier.contains(&t.question)))
    };
    let mut ahead = |at: String| losses.push(Loss::new(at, "exchange.loss.condition_ahead", ""));
    for section in &mut definition.sections {
        if !knows(&section.show_if, &earlier) {
            section.show_if = None;
            ahead(called(&section.title, &section.key));
        }
        for question in &mut section.questions {
            if !knows(&question.show_if, &earlier) {
                question.show_if = None;
                ahead(called(&question.label, &question.key));
            }
            earlier.push(question.key.clone());
            earlier.extend(question.stored_names());
        }
    }
}

/// Choices from codes and labels.
pub fn choice(code: &str, zh: &str, en: &str) -> Choice {
    Choice { code: code.to_string(), label: Text::new(zh, en) }
}
