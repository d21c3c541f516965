//! What a handler gets: [`Req`], and the part of it that views need: [`Cx`].

use std::{borrow::Cow, collections::HashMap, net::IpAddr, sync::Arc};

use axum::http::{HeaderMap, Method, Uri, header};
use chrono::{DateTime, Utc};

use crate::{
    accounts::model::Actor,
    error::{Error, Result},
    http::{App, Form, assets::Assets},
    i18n::Lang,
};

/// What every view needs: the reader's language and size, who is signed in, the page's nonce.
#[derive(Clone)]
pub struct Cx {
    /// The reader's language.
    pub lang: Lang,
    /// Large type.
    pub large: bool,
    /// The nonce of the content security policy.
    pub nonce: Arc<str>,
    /// The path of the request.
    pub path: Arc<str>,
    /// The query of the request, without `lang` and `large`.
    pub query: Arc<str>,
    /// Who is signed in.
    pub actor: Option<Arc<Actor>>,
    /// The token for forms of signed-in people (promise 16).
    pub csrf: Arc<str>,
    /// Names of style sheets and browser code.
    pub assets: Arc<Assets>,
    /// A random id of the request, shown on error pages.
    pub request_id: Arc<str>,
    /// The time of the request.
    pub now: DateTime<Utc>,
}

impl Cx {
    /// The sentence of a key.
    pub fn t(&self, key: &str) -> Cow<'static, str> {
        self.lang.t(key)
    }

    /// The sentence of a key with variables.
    pub fn tf(&self, key: &str, variables: &[(&str, &str)]) -> String {
        self.lang.tf(key, variables)
    }

    /// The sentence of a code word.
    pub fn word(&self, prefix: &str, code: &str) -> Cow<'static, str> {
        self.lang.code_word(prefix, code)
    }

    /// A link that keeps the language and the type size. Signed-in people have their language in their account.
    pub fn href(&self, path: &str) -> String {
        self.href_with(path, self.lang, self.large)
    }

    /// A link to `path` in another language or size.
    pub fn href_with(&self, path: &str, lang: Lang, large: bool) -> String {
        let mut extra = Vec::new();
        if self.actor.is_none() && (lang != Lang::ZhCn || self.lang != Lang::ZhCn) {
            extra.push(format!("lang={lang}"));
        }
        if large {
            extra.push("large=1".to_string());
        }
        if extra.is_empty() {
            return path.to_string();
        }
        let separator = if path.contains('?') { '&' } else { '?' };
        format!("{path}{separator}{}", extra.join("&"))
    }
}

/// A request on its way to a handler.
pub struct Req {
    /// The program.
    pub app: Arc<App>,
    /// What views need.
    pub cx: Cx,
    /// The method.
    pub method: Method,
    /// The address that was asked for.
    pub uri: Uri,
    /// The headers.
    pub headers: HeaderMap,
    /// The variables of the path.
    pub params: HashMap<String, String>,
    /// The query.
    pub query: Form,
    /// The body; empty unless the route changes something.
    pub form: Form,
    /// The address of the person's side; for limits only, stored nowhere.
    pub client: IpAddr,
}

impl Req {
    /// A variable of the path.
    pub fn param(&self, name: &str) -> &str {
        self.params.get(name).map_or("", String::as_str)
    }

    /// Who is signed in.
    ///
    /// # Errors
    /// `SignIn` when nobody is.
    pub fn actor(&self) -> Result<Arc<Actor>> {
        self.cx.actor.clone().ok_or(Error::SignIn)
    }

    /// The time of the request.
    pub fn now(&self) -> DateTime<Utc> {
        self.cx.now
    }

    /// Whether the asker wants JSON instead of a page.
    pub fn wants_json(&self) -> bool {
        wants_json(&self.headers)
    }
}

/// Whether `Accept` names JSON before HTML.
pub fn wants_json(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|v| v.to_str().ok()).unwrap_or_default();
    match (accept.find("application/json"), accept.find("text/html")) {
        (Some(json), Some(html)) => json < html,
        (json, _) => json.is_some(),
    }
}
