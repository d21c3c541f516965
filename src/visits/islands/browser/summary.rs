//! The summary before signing: what was found, by the server's own rule.

use web_sys::{Element, HtmlFormElement};

use super::answers;
use crate::{
    browser::dom::{attribute, by_id, element, on},
    forms::{logic, model::Definition},
    visits::rules,
};

const ID: &str = "walk-summary";

/// Keeps the summary in step with what is answered.
pub fn start(form: &HtmlFormElement) -> Option<()> {
    let live = answers::open()?;
    let section = answers::answers::element(form, "section", "sign")?;
    let summary: Element = element("div", "card")?;
    summary.set_id(ID);
    let before = section.query_selector("[data-question]").ok()??;
    before.before_with_node_1(&summary).ok()?;
    for event in ["input", "change"] {
        let (form, definition) = (form.clone(), live.definition.clone());
        on(&form.clone(), event, move |_| {
            let _ = show(&form, &definition);
        });
    }
    show(form, &live.definition)
}

fn show(form: &HtmlFormElement, definition: &Definition) -> Option<()> {
    let reach = logic::reach(definition, &answers::answers::read(form));
    let found = rules::found(definition, &reach.answers);
    let summary: Element = by_id(ID)?;
    summary.set_text_content(None);
    let title: Element = element("h3", "")?;
    let words = attribute("field-walk", if found.is_empty() { "clean" } else { "findings" });
    title.set_text_content(Some(&words));
    summary.append_child(&title).ok()?;
    let list: Element = element("ul", "walk-found")?;
    for finding in found {
        let item: Element = element("li", "")?;
        let question = answers::answers::element(form, "question", &finding.item)?;
        // The legend's own words, without "optional".
        let words = question.query_selector("legend").ok()??.text_content()?;
        item.set_text_content(Some(words.trim()));
        let comment: Element = element("small", "")?;
        comment.set_text_content(Some(&finding.comment));
        item.append_child(&comment).ok()?;
        list.append_child(&item).ok()?;
    }
    summary.append_child(&list).ok().map(drop)
}
