//! Fields and what was typed into them: a refused form gives everything back, with an error beside each field.

use leptos::prelude::*;

use crate::http::{Cx, Form};

pub use crate::ui::form_state::{FieldError, FormState, again};

/// The block at the top of a refused form: what is wrong, with links to the fields. It takes the focus.
pub fn error_summary(cx: &Cx, state: &FormState) -> Option<AnyView> {
    error_summary_naming(cx, state, |_| None)
}

/// As [`error_summary`], for a form in a dialog, above its fields: the page may have a summary of its own behind it.
pub fn error_summary_inside(cx: &Cx, state: &FormState) -> Option<AnyView> {
    summary(cx, state, None, |_| None)
}

/// As [`error_summary`], with names of fields where a sentence alone would not say which of many is meant.
pub fn error_summary_naming(cx: &Cx, state: &FormState, name: impl Fn(&str) -> Option<String>) -> Option<AnyView> {
    summary(cx, state, Some("errors"), name)
}

fn summary(
    cx: &Cx,
    state: &FormState,
    id: Option<&'static str>,
    name: impl Fn(&str) -> Option<String>,
) -> Option<AnyView> {
    (!state.is_ok()).then(|| {
        let items = state
            .errors
            .iter()
            .map(|e| {
                let sentence = match name(&e.field) {
                    Some(name) => format!("{name} — {}", e.sentence(cx)),
                    None => e.sentence(cx),
                };
                // What concerns the form as a whole has no field to go to.
                let target = (!e.field.is_empty()).then(|| format!("#{}", field_id(&e.field)));
                view! {
                    <li>{match target {
                        Some(href) => view! { <a href=href>{sentence}</a> }.into_any(),
                        None => sentence.into_any(),
                    }}</li>
                }
            })
            .collect_view();
        view! {
            <div class="error-summary" id=id role="alert" tabindex="-1" autofocus>
                <h2>{cx.t("ui.errors_title")}</h2>
                <ul>{items}</ul>
            </div>
        }
        .into_any()
    })
}

/// What somebody typed and could not be sent, to be copied: nothing typed is ever lost.
pub fn unsent(cx: &Cx, typed: &Form) -> Option<AnyView> {
    const OURS: [&str; 13] = [
        "csrf",
        "form",
        "version",
        "idempotency_key",
        "form_version",
        "password",
        "current",
        "new",
        "list",
        "tag",
        "had",
        "template",
        "macro",
    ];
    let texts: Vec<AnyView> = typed
        .pairs()
        .filter(|(name, value)| {
            !OURS.contains(name) && value.chars().count() > 8 && uuid::Uuid::try_parse(value).is_err()
        })
        .map(|(_, value)| {
            let content = format!("\n{}", escape(value));
            view! { <textarea rows="5" readonly aria-label=cx.t("ui.unsent")>{content}</textarea> }.into_any()
        })
        .collect();
    (!texts.is_empty()).then(|| {
        view! { <section class="field unsent"><p class="label">{cx.t("ui.unsent")}</p>{texts}</section> }.into_any()
    })
}

/// The id of a field's control.
pub fn field_id(name: &str) -> String {
    format!("f-{}", name.replace('.', "-"))
}

/// What kind of line is typed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Line {
    /// HTML's input type; `text` when empty. Or what a line of text holds, for the keyboard of a phone: `decimal`, a number
    /// with a point; `code`, alone in its form, read off a paper; `codes`, among other fields; `username`.
    pub kind: &'static str,
    /// HTML's autocomplete.
    pub autocomplete: &'static str,
    /// Most characters; 0 for no limit in the browser.
    pub max: usize,
    /// Whether it must be filled.
    pub required: bool,
    /// The key of a hint.
    pub hint: &'static str,
}

/// What the keyboard of a phone shows for a line.
struct Keys {
    kind: &'static str,
    mode: Option<&'static str>,
    capitals: Option<&'static str>,
    enter: Option<&'static str>,
}

impl Keys {
    fn of(line: Line) -> Self {
        let plain = Self { kind: "text", mode: None, capitals: None, enter: None };
        match line.kind {
            "" => plain,
            "decimal" => Self { mode: Some("decimal"), ..plain },
            "code" => Self { capitals: Some("characters"), enter: Some("go"), ..plain },
            "codes" => Self { capitals: Some("characters"), ..plain },
            "username" => Self { capitals: Some("none"), ..plain },
            "password" if line.autocomplete == "current-password" => {
                Self { kind: "password", enter: Some("go"), ..plain }
            }
            kind => Self { kind, ..plain },
        }
    }
}

/// One line of text.
pub fn line(cx: &Cx, state: &FormState, name: &str, label: &str, line: Line) -> AnyView {
    let id = field_id(name);
    let error = state.message(cx, name);
    let value = if line.kind == "password" { String::new() } else { state.values.text(name).to_string() };
    let described = described_by(&id, error.is_some(), !line.hint.is_empty());
    let keys = Keys::of(line);
    let input = view! {
        <input
            id=id.clone()
            name=name.to_string()
            type=keys.kind
            value=value
            inputmode=keys.mode
            autocapitalize=keys.capitals
            spellcheck=keys.capitals.map(|_| "false")
            enterkeyhint=keys.enter
            autocomplete=(!line.autocomplete.is_empty()).then_some(line.autocomplete)
            maxlength=(line.max > 0).then(|| line.max.to_string())
            required=line.required
            aria-invalid=error.is_some().then_some("true")
            aria-describedby=described
        />
    };
    wrap(cx, &id, &cx.t(label), !line.required, line.hint, error, input.into_any())
}

/// Several lines of text.
pub fn text_area(cx: &Cx, state: &FormState, name: &str, label: &str, settings: Line) -> AnyView {
    let id = field_id(name);
    let error = state.message(cx, name);
    let described = described_by(&id, error.is_some(), !settings.hint.is_empty());
    let area = text_area_control(&id, name, state.values.text(name), settings, error.is_some(), described);
    wrap(cx, &id, &cx.t(label), !settings.required, settings.hint, error, area)
}

/// The bare `<textarea>`. leptos writes its content unescaped, so it is escaped here (promise 23).
pub fn text_area_control(
    id: &str,
    name: &str,
    value: &str,
    settings: Line,
    invalid: bool,
    described: Option<String>,
) -> AnyView {
    let content = format!("\n{}", escape(value));
    view! {
        <textarea
            id=id.to_string()
            name=name.to_string()
            rows="5"
            maxlength=(settings.max > 0).then(|| settings.max.to_string())
            required=settings.required
            aria-invalid=invalid.then_some("true")
            aria-describedby=described
        >{content}</textarea>
    }
    .into_any()
}

/// A choice from a list: pairs of value and shown text.
pub fn select(
    cx: &Cx,
    state: &FormState,
    name: &str,
    label: &str,
    options: &[(String, String)],
    required: bool,
) -> AnyView {
    let id = field_id(name);
    let error = state.message(cx, name);
    let described = described_by(&id, error.is_some(), false);
    let control = select_control(&id, name, options, state.values.text(name), required, described);
    wrap(cx, &id, &cx.t(label), !required, "", error, control)
}

/// A choice that narrows a list: it may stay empty, and nobody needs to be told so.
pub fn filter(cx: &Cx, name: &str, label: &str, options: &[(String, String)], chosen: &str) -> AnyView {
    let id = field_id(name);
    let control = select_control(&id, name, options, chosen, false, None);
    wrap(cx, &id, &cx.t(label), false, "", None, control)
}

fn select_control(
    id: &str,
    name: &str,
    options: &[(String, String)],
    chosen: &str,
    required: bool,
    described: Option<String>,
) -> AnyView {
    let items = options
        .iter()
        .map(|(value, text)| {
            let (value, text) = (value.clone(), text.clone());
            let selected = value == chosen;
            view! { <option value=value selected=selected>{text}</option> }
        })
        .collect_view();
    view! {
        <select id=id.to_string() name=name.to_string() required=required aria-describedby=described>{items}</select>
    }
    .into_any()
}

/// A group of choices, one of which is taken: chips.
pub fn chips(
    cx: &Cx,
    state: &FormState,
    name: &str,
    label: &str,
    options: &[(String, String)],
    required: bool,
) -> AnyView {
    let id = field_id(name);
    let error = state.message(cx, name);
    let chosen = state.values.text(name).to_string();
    let items = options
        .iter()
        .enumerate()
        .map(|(i, (value, text))| {
            let (value, text, name) = (value.clone(), text.clone(), name.to_string());
            let checked = value == chosen;
            let item_id = (i == 0).then(|| id.clone());
            view! {
                <label class="chip">
                    <input type="radio" id=item_id name=name value=value checked=checked required=required/>
                    <span>{text}</span>
                </label>
            }
        })
        .collect_view();
    let class = if error.is_some() { "field has-error" } else { "field" };
    view! {
        <fieldset class=class>
            <legend class="label">{label_words(&cx.t(label))}{(!required).then(|| optional(cx))}</legend>
            {error.map(|e| view! { <p class="error">{e}</p> })}
            <div class="chips">{items}</div>
        </fieldset>
    }
    .into_any()
}

/// On or off. The form sends the name with `1` when it is on, and nothing otherwise.
pub fn switch(cx: &Cx, state: &FormState, name: &str, label: &str) -> AnyView {
    let (id, checked) = (field_id(name), state.values.has(name));
    let error = state.message(cx, name);
    let described = described_by(&id, error.is_some(), false);
    let error_id = format!("{id}-error");
    let class = if error.is_some() { "field has-error" } else { "field" };
    view! {
        <div class=class>
            {error.map(|e| view! { <p class="error" id=error_id>{e}</p> })}
            <label class="switch">
                <input type="checkbox" id=id name=name.to_string() value="1" checked=checked aria-describedby=described/>
                <span>{cx.t(label)}</span>
            </label>
        </div>
    }
    .into_any()
}

/// The way out of a question (`details.dialog`): `href` is the page without it. The keyboard's script only closes it.
pub fn cancel(cx: &Cx, href: impl Into<String>) -> AnyView {
    view! { <a class="button quiet" data-cancel="1" href=href.into()>{cx.t("ui.cancel")}</a> }.into_any()
}

/// The hidden fields of every form of signed-in people.
pub fn token(cx: &Cx) -> AnyView {
    let csrf = cx.csrf.to_string();
    view! { <input type="hidden" name="csrf" value=csrf/> }.into_any()
}

/// A hidden field.
pub fn hidden(name: &'static str, value: impl Into<String>) -> AnyView {
    let value: String = value.into();
    view! { <input type="hidden" name=name value=value/> }.into_any()
}

/// A label; the keys that stand behind it in brackets are for those who have a keyboard.
pub fn label_words(label: &str) -> AnyView {
    match label.find("〔Alt").or_else(|| label.find(" [Alt")) {
        Some(at) => {
            let (words, keys) = label.split_at(at);
            view! { {words.to_string()}<span class="keys">{keys.to_string()}</span> }.into_any()
        }
        None => label.to_string().into_any(),
    }
}

/// The word "optional" after a label.
pub fn optional(cx: &Cx) -> AnyView {
    view! { <span class="optional">{cx.t("ui.optional")}</span> }.into_any()
}

fn described_by(id: &str, has_error: bool, has_hint: bool) -> Option<String> {
    match (has_error, has_hint) {
        (true, true) => Some(format!("{id}-error {id}-hint")),
        (true, false) => Some(format!("{id}-error")),
        (false, true) => Some(format!("{id}-hint")),
        (false, false) => None,
    }
}

fn wrap(
    cx: &Cx,
    id: &str,
    label: &str,
    is_optional: bool,
    hint: &'static str,
    error: Option<String>,
    control: AnyView,
) -> AnyView {
    let class = if error.is_some() { "field has-error" } else { "field" };
    let (id, label) = (id.to_string(), label.to_string());
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let hint = (!hint.is_empty()).then(|| cx.t(hint));
    view! {
        <div class=class>
            <label class="label" for=id>{label_words(&label)}{is_optional.then(|| optional(cx))}</label>
            {hint.map(|h| view! { <p class="hint" id=hint_id>{h}</p> })}
            {error.map(|e| view! { <p class="error" id=error_id>{e}</p> })}
            {control}
        </div>
    }
    .into_any()
}

/// Text for a place where leptos does not escape.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
