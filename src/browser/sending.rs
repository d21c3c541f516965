//! A form that is sent beside the page, and a part of the answer that takes its place in the page.

use wasm_bindgen::JsCast;
use web_sys::{
    DomParser, Element, HtmlFormElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, Request,
    RequestInit, Response, SupportedType, UrlSearchParams,
};

use super::dom::{by_id, document, wait};

/// Everything that is typed and chosen, without files.
pub fn typed(form: &HtmlFormElement) -> Option<UrlSearchParams> {
    let typed = UrlSearchParams::new().ok()?;
    let controls = form.elements();
    for i in 0..controls.length() {
        let Some(control) = controls.item(i) else { continue };
        let Some(name) = control.get_attribute("name").filter(|n| !n.is_empty()) else { continue };
        if let Some(value) = value_of(&control) {
            typed.append(&name, &value);
        }
    }
    Some(typed)
}

/// What a control would send.
fn value_of(control: &Element) -> Option<String> {
    if let Some(area) = control.dyn_ref::<HtmlTextAreaElement>() {
        return Some(area.value());
    }
    if let Some(select) = control.dyn_ref::<HtmlSelectElement>() {
        return Some(select.value());
    }
    let input = control.dyn_ref::<HtmlInputElement>()?;
    let sent = match input.type_().as_str() {
        "radio" | "checkbox" => input.checked(),
        "file" => false,
        _ => true,
    };
    sent.then(|| input.value())
}

/// Posts what is typed.
pub async fn post(address: &str, accept: &str, typed: &UrlSearchParams) -> Option<Response> {
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(typed.as_ref());
    let request = Request::new_with_str_and_init(address, &init).ok()?;
    request.headers().set("accept", accept).ok()?;
    let response: Response = wait(web_sys::window()?.fetch_with_request(&request)).await?;
    // A session that is over leads to the sign-in page: that is no answer.
    (response.ok() && !response.redirected()).then_some(response)
}

/// The element of an id in the page that was answered.
pub async fn part(response: &Response, id: &str) -> Option<Element> {
    let html: js_sys::JsString = wait(response.text().ok()?).await?;
    let answered = DomParser::new().ok()?.parse_from_string(&String::from(html), SupportedType::TextHtml).ok()?;
    answered.get_element_by_id(id)
}

/// Puts it where the element of the same id is.
pub fn put(part: &Element) -> Option<()> {
    let here = by_id::<Element>(&part.id())?;
    let part = document()?.adopt_node(part.as_ref()).ok()?;
    here.parent_node()?.replace_child(&part, here.as_ref()).ok()?;
    Some(())
}
