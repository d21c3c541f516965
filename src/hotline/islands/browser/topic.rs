//! The topic by two letters of pinyin or by Chinese: a line over the list, after the ARIA pattern of a combobox. The list
//! stays in the form and holds the value.

use std::{cell::Cell, rc::Rc};

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlOptionElement, HtmlSelectElement, KeyboardEvent};

use super::{draft, similar};
use crate::{
    browser::dom::{by_id, element, on, set_hidden},
    hotline::matching,
};

struct Combobox {
    select: HtmlSelectElement,
    line: HtmlInputElement,
    list: HtmlElement,
    /// Which of the shown options is meant.
    active: Cell<usize>,
}

pub fn start() -> Option<()> {
    let select: HtmlSelectElement = by_id("f-topic")?;
    let line: HtmlInputElement = element("input", "")?;
    let list: HtmlElement = element("ul", "combobox-list")?;
    for (name, value) in [
        ("id", "f-topic-find"),
        ("type", "text"),
        ("role", "combobox"),
        ("autocomplete", "off"),
        ("aria-autocomplete", "list"),
        ("aria-expanded", "false"),
        ("aria-controls", "topic-list"),
        ("aria-labelledby", "topic-label"),
        ("aria-describedby", "topic-hint"),
    ] {
        line.set_attribute(name, value).ok()?;
    }
    for (name, value) in [("id", "topic-list"), ("role", "listbox"), ("aria-labelledby", "topic-label")] {
        list.set_attribute(name, value).ok()?;
    }
    list.set_hidden(true);
    let parent = select.parent_element()?;
    parent.append_child(&line).ok()?;
    parent.append_child(&list).ok()?;
    select.set_hidden(true);
    set_hidden("topic-hint", false);
    by_id::<Element>("topic-label")?.set_attribute("for", "f-topic-find").ok()?;
    let combobox = Rc::new(Combobox { select, line, list, active: Cell::new(0) });
    combobox.show_chosen();
    wire(&combobox);
    Some(())
}

fn wire(combobox: &Rc<Combobox>) {
    let this = combobox.clone();
    on(&combobox.line, "input", move |_| this.open());
    let this = combobox.clone();
    on(&combobox.line, "focus", move |_| this.line.select());
    let this = combobox.clone();
    // Who points and does not type sees them all.
    on(&combobox.line, "click", move |_| {
        if !this.is_open() {
            this.open_all();
        }
    });
    let this = combobox.clone();
    on(&combobox.line, "blur", move |_| {
        this.close();
        this.show_chosen();
    });
    let this = combobox.clone();
    on(&combobox.line, "keydown", move |event| {
        let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
        if !key.is_composing() && this.pressed(&key.key()) {
            event.prevent_default();
        }
    });
    let this = combobox.clone();
    // Before the line loses the focus.
    on(&combobox.list, "mousedown", move |event| {
        event.prevent_default();
        let option = event.target().and_then(|t| t.dyn_into::<Element>().ok()?.closest("li").ok()?);
        if let Some(at) = option.and_then(|o| o.get_attribute("data-at")?.parse().ok()) {
            this.choose(at);
        }
    });
}

impl Combobox {
    fn option(&self, at: u32) -> Option<HtmlOptionElement> {
        self.select.item(at)?.dyn_into().ok()
    }

    /// The line says what is chosen.
    fn show_chosen(&self) {
        let chosen =
            u32::try_from(self.select.selected_index()).ok().filter(|at| *at > 0).and_then(|at| self.option(at));
        self.line.set_value(&chosen.map(|o| o.text()).unwrap_or_default());
    }

    /// The options that fit what is typed, the best first.
    fn fitting(&self) -> Vec<u32> {
        // The first one is "none".
        let keys: Vec<String> = (1..self.select.length())
            .map(|at| self.option(at).and_then(|o| o.get_attribute("data-keys")).unwrap_or_default())
            .collect();
        let found = matching::best(keys.iter().map(String::as_str), &self.line.value());
        found.into_iter().filter_map(|at| u32::try_from(at + 1).ok()).collect()
    }

    fn is_open(&self) -> bool {
        !self.list.hidden()
    }

    /// Those that fit; Enter takes the best.
    fn open(&self) {
        self.show(&self.fitting());
        self.mean(0);
    }

    /// All of them; Enter takes none before one is meant.
    fn open_all(&self) {
        let all: Vec<u32> = (1..self.select.length()).collect();
        self.show(&all);
        self.mean(usize::MAX);
    }

    fn show(&self, options: &[u32]) {
        self.list.set_text_content(None);
        for (i, at) in options.iter().enumerate() {
            let (Some(option), Some(item)) = (self.option(*at), element::<HtmlElement>("li", "")) else { continue };
            item.set_id(&["topic-option-", &i.to_string()].concat());
            item.set_text_content(Some(&option.text()));
            drop(item.set_attribute("role", "option"));
            drop(item.set_attribute("data-at", &at.to_string()));
            drop(self.list.append_child(&item));
        }
        self.list.set_hidden(options.is_empty());
        drop(self.line.set_attribute("aria-expanded", if options.is_empty() { "false" } else { "true" }));
    }

    fn close(&self) {
        self.list.set_hidden(true);
        drop(self.line.set_attribute("aria-expanded", "false"));
        drop(self.line.remove_attribute("aria-activedescendant"));
    }

    /// Marks the option that Enter and Tab take.
    fn mean(&self, at: usize) {
        self.active.set(at);
        let items = self.list.children();
        for i in 0..items.length() {
            let Some(item) = items.item(i) else { continue };
            let meant = usize::try_from(i).is_ok_and(|i| i == at);
            drop(item.set_attribute("aria-selected", if meant { "true" } else { "false" }));
            if meant {
                drop(self.line.set_attribute("aria-activedescendant", &item.id()));
                item.scroll_into_view_with_bool(false);
            }
        }
    }

    /// Whether the key is used up.
    fn pressed(&self, key: &str) -> bool {
        let count = usize::try_from(self.list.children().length()).unwrap_or(0);
        match key {
            "ArrowDown" | "ArrowUp" if !self.is_open() => self.open(),
            "ArrowDown" if count > 0 => self.mean(self.active.get().wrapping_add(1) % count),
            "ArrowUp" if count > 0 => self.mean(self.active.get().min(count).checked_sub(1).unwrap_or(count - 1)),
            "Enter" if self.is_open() => self.take(),
            "Escape" if self.is_open() => {
                self.close();
                self.show_chosen();
            }
            "Tab" => {
                // Moves on by itself.
                if self.is_open() {
                    self.take();
                }
                return false;
            }
            _ => return false,
        }
        true
    }

    /// Takes the option that is meant.
    fn take(&self) {
        let item = u32::try_from(self.active.get()).ok().and_then(|at| self.list.children().item(at));
        if let Some(at) = item.and_then(|i| i.get_attribute("data-at")?.parse().ok()) {
            self.choose(at);
        }
    }

    fn choose(&self, at: i32) {
        self.select.set_selected_index(at);
        self.show_chosen();
        self.close();
        draft::soon();
        similar::soon();
    }
}
