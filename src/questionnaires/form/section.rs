//! The form of one section: its words, when it is shown, where it goes on.

use crate::{
    forms::model::{Definition, END, Jump, Section},
    http::Form,
    questionnaires::form::{condition, question::text},
    ui::FormState,
};

/// Most jumps of a section that the builder makes.
pub const MOST_JUMPS: usize = 6;
/// The look that stands for a condition too complex for the builder.
pub const KEPT: &str = "keep";

/// The field of the look of a jump.
pub fn jump_look(at: usize) -> String {
    format!("jump_look.{at}")
}

/// The field of the value that is typed beside it.
pub fn jump_value(at: usize) -> String {
    format!("jump_value.{at}")
}

/// The field of where a jump leads.
pub fn jump_to(at: usize) -> String {
    format!("jump_to.{at}")
}

/// The fields of a section as it is. The second value is false when its condition is too complex for the fields.
pub fn filled(draft: &Definition, s: &Section) -> (FormState, bool) {
    let mut values = Form::from_pairs([
        ("title", s.title.zh.clone()),
        ("title_en", s.title.en.clone()),
        ("text", s.text.zh.clone()),
        ("text_en", s.text.en.clone()),
    ]);
    let is_simple = condition::fill(&mut values, s.show_if.as_ref(), &condition::earlier(draft, &s.key));
    let asked = condition::up_to_end_of(draft, &s.key);
    for (at, jump) in s.jumps.iter().enumerate() {
        values.set(&jump_to(at), jump.to.clone());
        let mut look = Form::default();
        let is_one = condition::fill(&mut look, jump.when.as_ref(), &asked) && look.text("look.1").is_empty();
        if is_one {
            values.set(&jump_look(at), look.text("look.0"));
            values.set(&jump_value(at), look.text("value.0"));
        } else {
            values.set(&jump_look(at), KEPT);
        }
    }
    (FormState::of(values), is_simple)
}

/// Reads a posted section.
///
/// # Errors
/// What is wrong, beside its fields.
pub fn parse(posted: &Form, draft: &Definition, before: &Section) -> Result<Section, FormState> {
    let mut state = FormState::of(posted.clone());
    let mut section = before.clone();
    section.title = text(&mut state, "title", false);
    section.text = text(&mut state, "text", true);
    match condition::parse(posted, before.show_if.as_ref(), &condition::earlier(draft, &before.key)) {
        Ok(condition) => section.show_if = condition,
        Err(wrong) => wrong.into_iter().for_each(|(field, key)| state.error(field, key)),
    }
    section.jumps = jumps(&mut state, draft, before);
    if state.is_ok() { Ok(section) } else { Err(state) }
}

fn jumps(state: &mut FormState, draft: &Definition, before: &Section) -> Vec<Jump> {
    let asked = condition::up_to_end_of(draft, &before.key);
    let later: Vec<&str> =
        draft.sections.iter().skip_while(|s| s.key != before.key).skip(1).map(|s| s.key.as_str()).collect();
    let mut jumps = Vec::new();
    for at in 0..before.jumps.len().max(MOST_JUMPS) {
        let Some(to) = state.values.optional(&jump_to(at)).map(str::to_string) else { continue };
        if to != END && !later.contains(&to.as_str()) {
            state.error(jump_to(at), "questionnaires.error.jump");
            continue;
        }
        let chosen = state.values.text(&jump_look(at)).trim().to_string();
        let when = match chosen.as_str() {
            "" => None,
            KEPT => before.jumps.get(at).and_then(|j| j.when.clone()),
            chosen => match condition::read(chosen, state.values.text(&jump_value(at)), &asked) {
                Ok(when) => Some(when),
                Err(key) => {
                    state.error(jump_look(at), key);
                    continue;
                }
            },
        };
        jumps.push(Jump { when, to });
    }
    jumps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        forms::model::{Condition, Op},
        questionnaires::model::edit::{Step, Taken, empty},
    };

    fn draft() -> Definition {
        let mut draft = empty("问卷");
        for step in ["add s1 scale", "section", "add s2 number", "section"] {
            let mut taken = Taken::of([&draft]);
            Step::parse(step).unwrap().apply(&mut draft, &mut taken).unwrap();
        }
        draft
    }

    #[test]
    fn a_section_is_saved_as_it_was_shown() {
        let mut draft = draft();
        let low = Condition::test("q1", Op::AtMost, "2");
        let many = Condition::test("q2", Op::AtLeast, "30");
        draft.sections[1].show_if = Some(low.clone());
        draft.sections[1].jumps = vec![
            Jump { when: Some(many.clone()), to: "s3".into() },
            Jump { when: Some(Condition::Not(Box::new(low.clone()))), to: END.into() },
            Jump { when: Some(Condition::All(vec![low, many])), to: END.into() },
            Jump { when: None, to: END.into() },
        ];
        let (state, is_simple) = filled(&draft, &draft.sections[1]);
        assert!(is_simple);
        assert_eq!(parse(&state.values, &draft, &draft.sections[1]).unwrap(), draft.sections[1]);
    }

    #[test]
    fn a_jump_leads_ahead_only() {
        let draft = draft();
        let form = Form::from_pairs([("jump_to.0", "s1"), ("jump_to.1", "s3"), ("jump_look.1", "q9 is c1")]);
        let state = parse(&form, &draft, &draft.sections[1]).unwrap_err();
        let fields: Vec<&str> = state.errors.iter().map(|e| e.field.as_str()).collect();
        assert_eq!(fields, ["jump_to.0", "jump_look.1"]);
    }
}
