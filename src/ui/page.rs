//! A page: the document around a view, its headers, its language. A page without islands loads no script at all.

use std::sync::{Arc, Mutex};

use axum::http::{HeaderValue, StatusCode, header};
use leptos::prelude::*;

use crate::{
    http::{App, Cx, Form, Response, headers},
    i18n::Lang,
    ui::field,
};

/// Which style sheet and frame a page has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// For everybody: one column.
    Public,
    /// The same with questions of every kind: more styles than a phone at the school gate should load.
    Questionnaire,
    /// For staff: navigation, panes.
    Desk,
    /// For paper.
    Print,
}

/// The browser code of a page: each loads only its own (`scripts/front` builds one bundle for each).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bundle {
    /// The public form and its receipt.
    Intake,
    /// Questionnaires and reply slips.
    Forms,
    /// The phone pages of representatives and student inspectors.
    Field,
    /// Staff pages.
    Desk,
}

impl Bundle {
    /// The name of its files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Intake => "intake",
            Self::Forms => "forms",
            Self::Field => "field",
            Self::Desk => "desk",
        }
    }
}

/// A page on its way out.
pub struct Page {
    /// The title; text of ours or of the organisation's administrator, never of a submitter (promise 23).
    pub title: String,
    /// Its style sheet.
    pub kind: Kind,
    /// Further classes of the body.
    pub class: &'static str,
    /// The browser code of its islands; `None` when it has none.
    pub bundle: Option<Bundle>,
    /// The status.
    pub status: StatusCode,
    /// What is in it.
    pub body: AnyView,
}

impl Page {
    /// A public page.
    pub fn public(title: impl Into<String>, body: impl IntoAny) -> Self {
        Self {
            title: title.into(),
            kind: Kind::Public,
            class: "",
            bundle: None,
            status: StatusCode::OK,
            body: body.into_any(),
        }
    }

    /// A page for paper.
    pub fn print(title: impl Into<String>, body: impl IntoAny) -> Self {
        Self { kind: Kind::Print, ..Self::public(title, body) }
    }

    /// With this status.
    #[must_use]
    pub const fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// With islands of a bundle.
    #[must_use]
    pub const fn with_islands(mut self, bundle: Bundle) -> Self {
        self.bundle = Some(bundle);
        self
    }

    /// With the styles of questions.
    #[must_use]
    pub const fn with_questions(mut self) -> Self {
        self.kind = Kind::Questionnaire;
        self
    }
}

/// Marks an answer as one that may be compressed: no secret stands beside text that a stranger chose.
#[derive(Clone, Copy, Debug)]
pub struct Compressible;

/// Renders a page.
pub async fn respond(app: &App, cx: &Cx, page: Page) -> Response {
    let bundle = page.bundle.filter(|b| app.assets.has_bundle(b.name()));
    let (kind, status) = (page.kind, page.status);
    let document = document(cx.clone(), page, bundle);
    let mut response = Response::new(render(document).await.into());
    *response.status_mut() = status;
    if matches!(kind, Kind::Public | Kind::Questionnaire) {
        response.extensions_mut().insert(Compressible);
    }
    let head = response.headers_mut();
    if let Ok(policy) = HeaderValue::from_str(&headers::page_policy(&cx.nonce, bundle.is_some())) {
        head.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    head.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    head.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(lang) = HeaderValue::from_str(cx.lang.code()) {
        head.insert(header::CONTENT_LANGUAGE, lang);
    }
    response
}

/// The view of one request, taken out once by the renderer (whose closure must be copyable).
#[derive(Clone)]
struct Pending(Arc<Mutex<Option<AnyView>>>);

/// Renders a whole document at once (never streamed: streaming needs scripts to put fragments in place).
async fn render(view: AnyView) -> String {
    let pending = Pending(Arc::new(Mutex::new(Some(view))));
    let handler = leptos_axum::render_app_async_with_context(
        move || {
            provide_context(pending.clone());
            if let Some(shared) = Owner::current_shared_context() {
                shared.set_is_hydrating(false);
            }
        },
        || use_context::<Pending>().and_then(|p| p.0.lock().ok().and_then(|mut view| view.take())),
    );
    let response = handler(axum::http::Request::new(axum::body::Body::empty())).await;
    let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap_or_default();
    let html = String::from_utf8_lossy(&bytes);
    // What leptos adds behind the document are scripts for resources, of which there are none here.
    let document = html.find("</html>").map_or(&*html, |at| &html[..at + "</html>".len()]);
    without_markers(document)
}

/// Takes leptos's place markers (`<!>`) out of everything but islands: nothing else is hydrated, and inside `<title>`
/// and `<textarea>` they would be read as text. Text of people can't hold one: its `<` is escaped.
fn without_markers(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find("<leptos-island") {
        let end = rest[start..].find("</leptos-island>").map_or(rest.len(), |at| start + at);
        out.push_str(&rest[..start].replace("<!>", ""));
        out.push_str(&rest[start..end]);
        rest = &rest[end..];
    }
    out.push_str(&rest.replace("<!>", ""));
    out
}

fn document(cx: Cx, page: Page, bundle: Option<Bundle>) -> AnyView {
    let style = cx.assets.url(match page.kind {
        Kind::Public => "public.css",
        Kind::Questionnaire => "questionnaire.css",
        Kind::Desk => "desk.css",
        Kind::Print => "print.css",
    });
    let kind_class = match page.kind {
        Kind::Public | Kind::Questionnaire => "public",
        Kind::Desk => "desk",
        Kind::Print => "print",
    };
    let class = if page.class.is_empty() { kind_class.to_string() } else { format!("{kind_class} {}", page.class) };
    // leptos leaves the text of <title> as it is.
    let title: String = page.title.chars().filter(|c| !matches!(c, '<' | '>' | '&')).collect();
    let skip = cx.t("ui.skip_to_content");
    let is_paper = page.kind == Kind::Print;
    view! {
        <!DOCTYPE html>
        <html lang=cx.lang.code() class=if cx.large { "large" } else { "" }>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover"/>
                <meta name="color-scheme" content=if is_paper { "light" } else { "light dark" }/>
                <meta name="format-detection" content="telephone=no"/>
                <title>{title}</title>
                <link rel="stylesheet" href=style/>
                <link rel="icon" href="/icon.svg" type="image/svg+xml"/>
                <link rel="apple-touch-icon" href="/icon-192.png"/>
                <link rel="manifest" href="/manifest.webmanifest"/>
                {bundle.map(|b| loader(&cx, b))}
            </head>
            <body class=class>
                {(!is_paper).then(|| view! { <a class="skip-link" href="#main">{skip}</a> })}
                {page.body}
            </body>
        </html>
    }
    .into_any()
}

/// Forgets the answers that `forms::islands::server::sent` names (`forms::islands::browser::draft` keeps them).
const FORGET: &str = "try{const s=document.getElementById('form-sent');s&&localStorage.removeItem('huiyin-answers:'+s.dataset.draft)}catch(e){};";

/// Loads the browser code and hydrates the islands. Our own: leptos's has no `catch`, and puts the nonce into an
/// attribute. When anything fails, the page stays what it is: a working form.
fn loader(cx: &Cx, bundle: Bundle) -> AnyView {
    let name = bundle.name();
    let (js, wasm) = (cx.assets.url(&format!("{name}.js")), cx.assets.url(&format!("{name}_bg.wasm")));
    // What a device kept of a form is gone as soon as the thanks are there, not only when the code has arrived.
    let forget = if bundle == Bundle::Forms { FORGET } else { "" };
    let script = format!(
        "{forget}import('{js}').then(async m=>{{await m.default({{module_or_path:'{wasm}'}});m.hydrate();\
         for(const e of document.querySelectorAll('leptos-island')){{const f=m[e.dataset.component];f&&await f(e)}}\
         document.documentElement.dataset.ready='1'}}).catch(()=>{{document.documentElement.dataset.plain='1'}})"
    );
    let nonce = cx.nonce.to_string();
    view! { <script type="module" nonce=nonce>{script}</script> }.into_any()
}

/// The links at the end of the masthead: the other language, large type.
pub fn switches(cx: &Cx) -> AnyView {
    let here = if cx.query.is_empty() { cx.path.to_string() } else { format!("{}?{}", cx.path, cx.query) };
    let (other, name, code) = match cx.lang {
        Lang::ZhCn => (Lang::En, "English", "en"),
        Lang::En => (Lang::ZhCn, "中文", "zh-CN"),
    };
    // A page that answers a POST has no address of its own to come back to: its links go to the form.
    let language = cx.href_with(&here, other, cx.large);
    let size = cx.href_with(&here, cx.lang, !cx.large);
    let size_name = cx.t(if cx.large { "ui.normal_type" } else { "ui.large_type" });
    view! {
        <nav class="masthead-actions" aria-label=cx.t("ui.display_options")>
            <a href=size rel="nofollow">{size_name}</a>
            <a href=language hreflang=code lang=code rel="nofollow">{name}</a>
        </nav>
    }
    .into_any()
}

/// The name of the buttons by which a form asks for itself in another language or size.
pub const AGAIN: &str = "show_again";

/// The switches of a page whose form (`form` is its id, `path` its target) somebody fills in: buttons that send what was
/// typed and get it back in the other language or size. A link would lose it where no script keeps a draft.
fn switches_of_form(cx: &Cx, form: &'static str, path: &str) -> AnyView {
    let (other, name, code) = match cx.lang {
        Lang::ZhCn => (Lang::En, "English", "en"),
        Lang::En => (Lang::ZhCn, "中文", "zh-CN"),
    };
    let size_name = cx.t(if cx.large { "ui.normal_type" } else { "ui.large_type" }).into_owned();
    let switch = |to: String, words: String, lang: Option<&'static str>| {
        view! {
            <button type="submit" form=form formaction=to formnovalidate name=AGAIN value="1" lang=lang data-again="1">{words}</button>
        }
    };
    view! {
        // Enter in a field presses the first button of a form: it sends.
        <button class="visually-hidden" type="submit" form=form tabindex="-1" aria-hidden="true"></button>
        <div class="masthead-actions" role="group" aria-label=cx.t("ui.display_options")>
            {switch(cx.href_with(path, cx.lang, !cx.large), size_name, None)}
            {switch(cx.href_with(path, other, cx.large), name.to_string(), Some(code))}
        </div>
    }
    .into_any()
}

/// The head of a public page: emblem, organisation, place, switches.
pub fn masthead(cx: &Cx, emblem: &str, name: &str, place: &str) -> AnyView {
    head(emblem, name, place, switches(cx))
}

/// The head of a page whose form somebody fills in: its switches keep what was typed.
pub fn masthead_of_form(cx: &Cx, whose: [&str; 3], form: &'static str, path: &str) -> AnyView {
    let [emblem, name, place] = whose;
    head(emblem, name, place, switches_of_form(cx, form, path))
}

fn head(emblem: &str, name: &str, place: &str, switches: AnyView) -> AnyView {
    let (emblem, name, place) = (emblem.to_string(), name.to_string(), place.to_string());
    view! {
        <header class="masthead">
            <span class="emblem" aria-hidden="true">{emblem}</span>
            <div class="masthead-name"><b>{name}</b><small>{place}</small></div>
            {switches}
        </header>
    }
    .into_any()
}

/// The page that tells an error: what happened, what to do, and an id for the office.
pub async fn error_page(app: &App, cx: &Cx, status: StatusCode, sentence: &str) -> Response {
    error_page_with(app, cx, status, sentence, &Form::default()).await
}

/// The page that tells an error, with what was typed into the form that met it.
pub async fn error_page_with(app: &App, cx: &Cx, status: StatusCode, sentence: &str, typed: &Form) -> Response {
    let (sentence, id) = (sentence.to_string(), cx.request_id.to_string());
    let unsent = field::unsent(cx, typed);
    // Staff who were signed out go on by signing in, submitters by their code.
    let (href, label) = if status == StatusCode::UNAUTHORIZED || cx.actor.is_some() {
        (if cx.actor.is_some() { "/desk" } else { "/login" }, "error.to_desk")
    } else {
        ("/track", "error.to_tracking")
    };
    let body = view! {
        <main class="page" id="main">
            {masthead(cx, "回", &cx.t("ui.product"), "")}
            <div class="empty">
                <h1>{cx.t("error.title")}</h1>
                <p>{sentence}</p>
                <p><a class="button" href=cx.href(href)>{cx.t(label)}</a></p>
            </div>
            {unsent}
            <p class="hint">{cx.tf("error.id", &[("id", &id)])}</p>
        </main>
    };
    respond(app, cx, Page::public(cx.t("error.title"), body).status(status)).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_stay_in_islands_only() {
        let html = "<title>回音<!></title><leptos-island data-component=\"a\"><p>x<!></p></leptos-island><p>y<!></p>";
        let clean = "<title>回音</title><leptos-island data-component=\"a\"><p>x<!></p></leptos-island><p>y</p>";
        assert_eq!(without_markers(html), clean);
    }
}
