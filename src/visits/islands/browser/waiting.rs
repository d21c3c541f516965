//! What waits to be sent: shown with its state, and sent whenever there is a net; and the checklists, fetched beforehand.

use std::cell::Cell;

use js_sys::JSON;
use web_sys::{Cache, Element, HtmlAnchorElement, Response};

use super::QUEUE;
use crate::browser::{
    dom::{attribute, by_id, done, element, later, on, on_click, set_hidden, set_text, wait},
    queue::{Entry, open},
};

/// The cache of checklists, which the service worker reads.
const PAGES: &str = "huiyin-field";
/// The cache of styles and code, which the service worker keeps.
const SHELL: &str = "huiyin-shell";
/// Between two tries by itself, in milliseconds.
const PAUSE: i32 = 20_000;

thread_local! {
    static TRYING: Cell<bool> = const { Cell::new(false) };
    static SENT: Cell<u32> = const { Cell::new(0) };
}

/// Where an entry stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// The server was not reached, or can't store now.
    Waiting,
    /// The session ended.
    SignIn,
    /// Somebody else made it.
    Other,
    /// The term is over; it stays here.
    Over,
    /// Something has to be changed.
    Refused,
    /// It is there.
    Sent,
}

impl State {
    const fn word(self) -> &'static str {
        match self {
            Self::Waiting | Self::Sent => "state-waiting",
            Self::SignIn => "state-signin",
            Self::Other => "state-other",
            Self::Over => "state-over",
            Self::Refused => "state-refused",
        }
    }
}

/// Starts it.
pub fn start() {
    on_click("field-retry", try_now);
    if let Some(window) = web_sys::window() {
        on(&window, "online", |_| try_now());
    }
    try_now();
    wasm_bindgen_futures::spawn_local(async {
        let _ = keep_pages().await;
    });
}

/// Tries to send everything, and shows what is left.
fn try_now() {
    if TRYING.replace(true) {
        return;
    }
    wasm_bindgen_futures::spawn_local(async {
        let entries = QUEUE.all().await;
        show(&entries.iter().map(|e| (e, State::Waiting)).collect::<Vec<_>>());
        let mut left = Vec::new();
        for entry in &entries {
            match deliver(entry).await.0 {
                State::Sent => {
                    QUEUE.forget(&entry.key).await;
                    SENT.set(SENT.get() + 1);
                }
                state => left.push((entry, state)),
            }
        }
        show(&left);
        TRYING.set(false);
        if !left.is_empty() {
            later(PAUSE, try_now);
        }
    });
}

/// Sends an entry; the errors or the address that came back come with it.
pub async fn deliver(entry: &Entry) -> (State, String) {
    let Some(response) = entry.post("application/json").await else { return (State::Waiting, String::new()) };
    let state = match response.status() {
        201 => State::Sent,
        401 => State::SignIn,
        // Somebody else is signed in, perhaps with a role that has no such page.
        403 | 404 | 409 => State::Other,
        410 => State::Over,
        400 | 413 | 422 => State::Refused,
        _ => State::Waiting,
    };
    (state, text(&response).await.unwrap_or_default())
}

async fn text(response: &Response) -> Option<String> {
    wait::<js_sys::JsString>(response.text().ok()?).await.map(String::from)
}

/// A string of a JSON answer.
pub fn word_of(answer: &str, key: &str) -> Option<String> {
    js_sys::Reflect::get(&JSON::parse(answer).ok()?, &key.into()).ok()?.as_string()
}

fn show(entries: &[(&Entry, State)]) -> Option<()> {
    set_hidden("field-queue", entries.is_empty());
    let count = |word: &str, n: usize| attribute("field-queue", word).replace("%{count}", &n.to_string());
    set_text("field-count", &count("count", entries.len()));
    let sent = SENT.get() as usize;
    set_hidden("field-sent", sent == 0);
    set_text("field-sent", &count("sent", sent));
    set_hidden("field-signin", entries.iter().all(|(_, state)| *state != State::SignIn && *state != State::Other));
    let list: Element = by_id("field-entries")?;
    list.set_text_content(None);
    for (entry, state) in entries {
        let item: Element = element("li", "")?;
        let words: Element = element("span", "")?;
        words.set_text_content(Some(&entry.about));
        let small: Element = element("small", "")?;
        small.set_text_content(Some(&attribute("field-queue", state.word())));
        words.append_child(&small).ok()?;
        item.append_child(&words).ok()?;
        if *state == State::Refused {
            let link: HtmlAnchorElement = element("a", "button small")?;
            link.set_href(&[&entry.action, "#edit=", &entry.key].concat());
            link.set_text_content(Some(&attribute("field-queue", "edit")));
            item.append_child(&link).ok()?;
        }
        list.append_child(&item).ok()?;
    }
    Some(())
}

/// Fetches the list of checklists and each of them, so that all open without a net, with what they need.
async fn keep_pages() -> Option<()> {
    let (pages, shell) = (open(PAGES).await?, open(SHELL).await?);
    let list = attribute("field-queue", "shell");
    let html = keep_page(&pages, &shell, &list).await?;
    let start = [&list, "/new/"].concat();
    for link in html.split("href=\"").skip(1).filter(|link| link.starts_with(&start)) {
        let address = link.split(['"', '?']).next()?;
        keep_page(&pages, &shell, address).await?;
    }
    by_id::<Element>("field-queue")?.set_attribute("data-kept", "1").ok()
}

/// Keeps a page with its styles and code; gives its text, or nothing when it is not what was asked for.
async fn keep_page(pages: &Cache, shell: &Cache, address: &str) -> Option<String> {
    let page: Response = wait(web_sys::window()?.fetch_with_str(address)).await?;
    if page.status() != 200 || page.redirected() {
        return None;
    }
    let copy = page.clone().ok()?;
    done(Ok(pages.put_with_str(address, &copy))).await;
    let html = text(&page).await?;
    for asset in assets(&html) {
        let known = wait::<Response>(shell.match_with_str(&asset)).await.is_some();
        if !known {
            done(Ok(shell.add_with_str(&asset))).await;
        }
    }
    Some(html)
}

/// The addresses of styles and code in a page.
fn assets(html: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for rest in html.split("/assets/").skip(1) {
        let name: String =
            rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_')).collect();
        let address = ["/assets/", &name].concat();
        if !found.contains(&address) {
            found.push(address);
        }
    }
    found
}
