//! LimeSurvey: its tab-separated structure, one row a group, question, subquestion or answer, once for each language.
//!
//! A group is a section. Relevance becomes "show if". What we don't have is left out and listed; so are settings that
//! change what is asked. Texts are marked up there and plain here.

mod borrowed;
mod code;
mod many;
mod names;
mod question;
mod relevance;
mod survey;
mod table;
mod write;

pub use write::write;

use crate::{
    forms::model::{Condition, Definition, Section, Text},
    questionnaires::exchange::{
        Format, Imported, Loss,
        expression::{self, Dialect},
        finish::{called, finish},
        keys::Keys,
        limesurvey::{names::Names, question::Maker, survey::Survey, table::Table},
        target,
    },
};

/// Reads a questionnaire.
///
/// # Errors
/// The key of a sentence that says why it is refused.
pub fn read(text: &str) -> Result<Imported, &'static str> {
    let table = Table::read(text)?;
    let Survey { title, intro, thanks, groups, mut losses } = Survey::read(&table)?;
    let mut keys = Keys::default();
    let mut names = Names::default();
    let mut definition = Definition { title, intro, thanks, sections: Vec::new() };
    let mut pending: Vec<(usize, Option<usize>, String)> = Vec::new();
    for group in groups {
        let at = definition.sections.len();
        pending.push((at, None, group.relevance));
        let mut questions = Vec::new();
        for item in &group.items {
            let made = Maker { keys: &mut keys, names: &mut names, losses: &mut losses, item }.make();
            for question in made {
                pending.push((at, Some(questions.len()), item.relevance.clone()));
                questions.push(question);
            }
        }
        definition.sections.push(Section { title: group.title, text: group.text, questions, ..Section::default() });
    }
    // Groups have no codes; questions come first, whose codes are known to people.
    for (i, section) in definition.sections.iter_mut().enumerate() {
        section.key = keys.take(&format!("s{}", i + 1), "s");
    }
    for (section, question, relevance) in pending {
        show_if(&mut definition, section, question, &relevance, &names, &mut losses);
    }
    if definition.title.is_empty() {
        definition.title = Text::new("导入的问卷", "Imported questionnaire");
    }
    finish(Format::LimeSurvey, definition, losses)
}

fn show_if(
    definition: &mut Definition,
    section: usize,
    question: Option<usize>,
    relevance: &str,
    names: &Names,
    losses: &mut Vec<Loss>,
) {
    let relevance = relevance.trim().trim_start_matches('{').trim_end_matches('}').trim();
    let Some(of) = definition.sections.get_mut(section).filter(|_| !matches!(relevance, "" | "1" | "true")) else {
        return;
    };
    let read: Option<Condition> = expression::parse(relevance, Dialect::Words)
        .and_then(|e| target::condition(&e, &|name: &str| names.target(name)));
    let (place, at) = match question.and_then(|i| of.questions.get_mut(i)) {
        Some(q) => {
            let at = called(&q.label, &q.key);
            (&mut q.show_if, at)
        }
        None => (&mut of.show_if, called(&of.title, &of.key)),
    };
    match read {
        Some(condition) => *place = Some(condition),
        None => losses.push(Loss::new(at, "exchange.loss.condition", relevance)),
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
