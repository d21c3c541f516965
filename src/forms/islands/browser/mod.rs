//! The browser's side of a form of questions.

pub mod answers;
pub mod draft;
pub mod errors;
mod idle;
mod left;
mod slip;
pub mod steps;

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use web_sys::HtmlFormElement;

use crate::{
    browser::{
        dom::{attribute, by_id, document, later, on},
        quiet_panics,
    },
    forms::{
        check,
        logic::{self, Reach},
        model::{Definition, Question},
        wire,
    },
};

/// A form on the page.
pub struct Live {
    /// The form.
    pub form: HtmlFormElement,
    /// What it asks.
    pub definition: Definition,
    /// Sentences: code of the reason, tab, words, one a line.
    pub sentences: String,
    /// What is reached now.
    pub reach: RefCell<Reach>,
}

/// Starts everything on the page.
pub fn start() {
    quiet_panics();
    if let Some(draft) =
        document().and_then(|d| d.get_element_by_id("form-sent")).and_then(|e| e.get_attribute("data-draft"))
    {
        draft::clear(&draft);
    }
    if let Some(live) = open() {
        let live = Rc::new(live);
        draft::start(&live);
        slip::start();
        wire(&live);
        left::start(&live);
        idle::start(&live);
    }
}

/// The form of the page with its definition.
pub fn open() -> Option<Live> {
    let form: HtmlFormElement = by_id("answers")?;
    let definition = wire::read(&attribute("form-logic", "definition"))?;
    let sentences = attribute("form-logic", "sentences");
    let reach = logic::reach(&definition, &answers::read(&form));
    Some(Live { form, definition, sentences, reach: RefCell::new(reach) })
}

/// Keeps what is shown in step with what is answered, and checks before sending.
pub fn wire(live: &Rc<Live>) {
    drop(live.form.set_attribute("data-logic-ready", "1"));
    // The server's limits are the limits; the browser's own bubbles know nothing of conditions.
    live.form.set_no_validate(true);
    // What was kept on the device is answered now, too.
    live.reach.replace(logic::reach(&live.definition, &answers::read(&live.form)));
    show(live);
    steps::start(live);
    errors::lead_on(live);
    for event in ["input", "change"] {
        let live = live.clone();
        on(&live.form.clone(), event, move |event| {
            errors::forget(event.target());
            refresh(&live);
        });
    }
    let checked = live.clone();
    let again = asks_again();
    on(&live.form, "submit", move |event| {
        if again.take() {
            // The server gives back what was answered: nothing is sent for good, and nobody leaves.
            left::done();
            return;
        }
        refresh(&checked);
        if slip::is_missing(&checked) {
            event.prevent_default();
        } else if let Some(first) = wrong(&checked, |_| true) {
            event.prevent_default();
            steps::go_to(&checked, &first);
            errors::focus(&first);
        } else {
            left::done();
        }
    });
    // Browsers put back what was chosen after scripts ran.
    let late = live.clone();
    later(60, move || refresh(&late));
}

/// Whether the last press was on a switch of language or size.
fn asks_again() -> Rc<Cell<bool>> {
    let pressed = Rc::new(Cell::new(false));
    let Some(buttons) = document().and_then(|d| d.query_selector_all("[data-again]").ok()) else { return pressed };
    for button in (0..buttons.length()).filter_map(|i| buttons.item(i)) {
        let pressed = pressed.clone();
        on(&button, "click", move |_| pressed.set(true));
    }
    pressed
}

/// Walks through the form anew.
fn refresh(live: &Rc<Live>) {
    let reach = logic::reach(&live.definition, &answers::read(&live.form));
    let changed = {
        let before = live.reach.borrow();
        before.sections != reach.sections || before.questions != reach.questions
    };
    live.reach.replace(reach);
    if changed {
        show(live);
        steps::refresh(live);
    }
}

/// Hides what is not reached.
fn show(live: &Live) {
    let reach = live.reach.borrow();
    for (question, asked) in live.definition.questions().zip(&reach.questions) {
        answers::set_hidden(&live.form, "question", &question.key, !asked);
    }
    if !steps::are_on(live) {
        for (section, shown) in live.definition.sections.iter().zip(&reach.sections) {
            answers::set_hidden(&live.form, "section", &section.key, !shown);
        }
    }
}

/// Checks the questions that are reached and meant; shows what is wrong, and gives the key of the first.
fn wrong(live: &Live, meant: impl Fn(&Question) -> bool) -> Option<String> {
    let reach = live.reach.borrow();
    let mut first = None;
    for (question, asked) in live.definition.questions().zip(&reach.questions) {
        if !asked || !meant(question) {
            continue;
        }
        match check::check(question, &reach.answers) {
            Ok(_) => errors::clear(&live.form, &question.key),
            Err(problem) => {
                let code = problem.reason.code();
                let sentence = live.sentences.lines().find_map(|l| l.strip_prefix(code)?.strip_prefix('\t'));
                let limit = problem.limit.to_string();
                errors::say(&live.form, &question.key, &sentence.unwrap_or_default().replace("%{limit}", &limit));
                first.get_or_insert_with(|| question.key.clone());
            }
        }
    }
    first
}
