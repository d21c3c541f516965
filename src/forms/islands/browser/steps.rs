//! One section a screen, with back and next. The button to send shows on the last one.

use std::{cell::Cell, rc::Rc};

use web_sys::HtmlProgressElement;

use super::{Live, answers, errors, wrong};
use crate::browser::dom::{by_id, on_click, set_hidden};

thread_local! {
    static AT: Cell<usize> = const { Cell::new(0) };
}

/// Whether the form is shown section by section: when it has more than one, and the page has a place for the buttons.
pub fn are_on(live: &Live) -> bool {
    live.definition.sections.len() > 1 && by_id::<web_sys::Element>("form-steps").is_some()
}

/// Shows the first section, or the first with an error that the server found.
pub fn start(live: &Rc<Live>) {
    if !are_on(live) {
        return;
    }
    let first_error = live.definition.sections.iter().position(|s| {
        s.questions.iter().any(|q| {
            answers::element(&live.form, "question", &q.key).is_some_and(|e| e.class_list().contains("has-error"))
        })
    });
    AT.set(first_error.unwrap_or(0));
    drop(live.form.set_attribute("data-steps", "1"));
    set_hidden("form-steps", false);
    let (back, next) = (live.clone(), live.clone());
    on_click("step-back", move || step(&back, false));
    on_click("step-next", move || {
        let at = AT.get();
        let keys: Vec<String> = next.definition.sections[at].questions.iter().map(|q| q.key.clone()).collect();
        match wrong(&next, |q| keys.contains(&q.key)) {
            Some(first) => {
                errors::focus(&first);
            }
            None => step(&next, true),
        }
    });
    refresh(live);
}

/// The section before or after the one that is shown, among those that are reached.
fn neighbour(live: &Live, forward: bool) -> Option<usize> {
    let reach = live.reach.borrow();
    let at = AT.get();
    let mut reached = reach.sections.iter().enumerate().filter(|(_, r)| **r).map(|(i, _)| i);
    if forward { reached.find(|i| *i > at) } else { reached.rfind(|i| *i < at) }
}

fn step(live: &Rc<Live>, forward: bool) {
    if let Some(to) = neighbour(live, forward) {
        go(live, to);
    }
}

fn go(live: &Live, to: usize) {
    AT.set(to);
    refresh(live);
    let key = &live.definition.sections[to].key;
    if let Some(section) = answers::element(&live.form, "section", key) {
        section.set_tab_index(-1);
        drop(section.focus());
    }
    live.form.scroll_into_view();
}

/// Goes to the section of a question.
pub fn go_to(live: &Live, question: &str) {
    let section = live.definition.sections.iter().position(|s| s.questions.iter().any(|q| q.key == question));
    if let (true, Some(to)) = (are_on(live), section) {
        go(live, to);
    }
}

/// Goes to the first section, where what is no question stands.
pub fn go_to_start(live: &Live) {
    if are_on(live) {
        go(live, 0);
    }
}

/// Shows the section at hand, and where in the form it is.
pub fn refresh(live: &Live) {
    if !are_on(live) {
        return;
    }
    let at = AT.get();
    for (i, section) in live.definition.sections.iter().enumerate() {
        answers::set_hidden(&live.form, "section", &section.key, i != at);
    }
    let last = neighbour(live, true).is_none();
    let first = neighbour(live, false).is_none();
    set_hidden("step-next", last);
    set_hidden("step-back", first);
    set_hidden("form-lead", !first);
    set_hidden("send", !last);
    set_hidden("send-bar", !last);
    if let Some(bar) = by_id::<HtmlProgressElement>("step-progress") {
        let reach = live.reach.borrow();
        let total = reach.sections.iter().filter(|r| **r).count().max(1);
        let done = reach.sections[..at].iter().filter(|r| **r).count();
        bar.set_max(total as f64);
        bar.set_value(done as f64 + if last { 1.0 } else { 0.0 });
    }
}
