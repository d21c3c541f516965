//! Somebody who asks: a browser without scripts, or a program.

use std::net::SocketAddr;

use axum::{
    body::Body,
    extract::ConnectInfo,
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use huiyin::http::serve::Peer;
use tower::ServiceExt;

use super::{Multipart, TestApp};

/// An answer, read to its end.
#[derive(Clone, Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }

    /// A string of the JSON answer.
    pub fn word(&self, key: &str) -> String {
        self.json()[key].as_str().unwrap_or_else(|| panic!("no {key} in {}", self.text())).to_string()
    }

    /// The value of the first input of a name.
    pub fn input(&self, name: &str) -> Option<String> {
        let html = self.text();
        let tag = html.split('<').find(|tag| tag.starts_with("input") && tag.contains(&format!("name=\"{name}\"")))?;
        Some(tag.split_once("value=\"")?.1.split('"').next()?.to_string())
    }

    /// Asserts a status, showing the answer when it is another.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        self
    }
}

/// Somebody, with an address and perhaps a session.
#[derive(Clone)]
pub struct Client<'a> {
    test: &'a TestApp,
    peer: SocketAddr,
    pub cookie: Option<String>,
    headers: Vec<(String, String)>,
}

impl<'a> Client<'a> {
    pub fn new(test: &'a TestApp) -> Self {
        Self { test, peer: SocketAddr::from(([127, 0, 0, 1], 40_000)), cookie: None, headers: Vec::new() }
    }

    /// From this address.
    pub fn from(mut self, ip: [u8; 4]) -> Self {
        self.peer = SocketAddr::from((ip, 40_000));
        self
    }

    /// With this header on every request.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_string(), value.to_string()));
        self
    }

    /// As a program that wants JSON.
    pub fn json(self) -> Self {
        self.with("accept", "application/json")
    }

    pub async fn sign_in(mut self, username: &str, password: &str) -> Self {
        let reply = self.post("/login", &[("username", username), ("password", password)]).await.expect(303);
        self.cookie = reply.header("set-cookie").split(';').next().map(str::to_string);
        self
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.ask(Method::GET, path, None, Vec::new()).await
    }

    /// Posts an ordinary form.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let escape = |text: &str| text.bytes().map(|b| format!("%{b:02X}")).collect::<String>();
        let body: Vec<String> = fields.iter().map(|(k, v)| format!("{}={}", escape(k), escape(v))).collect();
        self.ask(Method::POST, path, Some("application/x-www-form-urlencoded"), body.join("&").into_bytes()).await
    }

    pub async fn post_json(&self, path: &str, value: &serde_json::Value) -> Reply {
        self.ask(Method::POST, path, Some("application/json"), value.to_string().into_bytes()).await
    }

    pub async fn post_multipart(&self, path: &str, form: Multipart) -> Reply {
        self.ask(Method::POST, path, Some(&Multipart::content_type()), form.body()).await
    }

    pub async fn ask(&self, method: Method, path: &str, kind: Option<&str>, body: Vec<u8>) -> Reply {
        let path: String = path
            .chars()
            .map(|c| {
                if c.is_ascii() { c.to_string() } else { c.to_string().bytes().map(|b| format!("%{b:02X}")).collect() }
            })
            .collect();
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "127.0.0.1:3000");
        if let Some(kind) = kind {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let request = request.extension(ConnectInfo(Peer(self.peer))).body(Body::from(body)).unwrap();
        let response = self.test.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Reply { status: parts.status, headers: parts.headers, body }
    }

    /// Submits something at an access point and gives the JSON receipt; `fields` come on top of the minimum.
    pub async fn submit(&self, code: &str, fields: &[(&str, &str)]) -> Reply {
        let key = super::key();
        let mut all = vec![("idempotency_key", key.as_str())];
        for (name, value) in [("role", "parent"), ("identity", "anonymous"), ("body", "三楼的汤是凉的")] {
            if !fields.iter().any(|(n, _)| *n == name) {
                all.push((name, value));
            }
        }
        all.extend(fields.iter().filter(|(n, _)| *n != "idempotency_key"));
        if let Some((_, own)) = fields.iter().find(|(n, _)| *n == "idempotency_key") {
            all[0].1 = own;
        }
        self.clone().json().post(&format!("/q/{code}"), &all).await
    }
}
