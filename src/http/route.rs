//! A route: method, path, who may use it, what it does. All of them stand in one table ([`crate::http::router::table`]).

use std::{future::Future, pin::Pin, sync::Arc};

use axum::http::Method;

use crate::{
    error::Result,
    http::{Req, Response},
    kernel::roles::Role,
};

/// Who may use a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everybody; no session is looked at.
    Public,
    /// Everybody with an account.
    SignedIn,
    /// People of these roles.
    Roles(&'static [Role]),
}

impl Access {
    /// Whether a person of this role passes.
    pub fn admits(self, role: Option<Role>) -> bool {
        match self {
            Self::Public => true,
            Self::SignedIn => role.is_some(),
            Self::Roles(roles) => role.is_some_and(|r| roles.contains(&r)),
        }
    }
}

type Answer = Pin<Box<dyn Future<Output = Result<Response>> + Send>>;

/// A handler of a slice.
pub type Handler = Arc<dyn Fn(Req) -> Answer + Send + Sync>;

/// One row of the table of routes.
#[derive(Clone)]
pub struct Route {
    /// GET or POST.
    pub method: Method,
    /// The path, with variables as `{name}`.
    pub path: &'static str,
    /// Who may use it.
    pub access: Access,
    /// Whether it may change anything. Only POST may.
    pub mutating: bool,
    /// Whether a post must come from a page that the browser says is ours; elsewhere a session's token can say so.
    pub known_origin: bool,
    /// Most bytes of a body.
    pub body_limit: usize,
    /// What it does.
    pub handler: Handler,
}

/// The body limit of ordinary forms: 4,000 characters in several fields, percent-encoded.
pub const ORDINARY_BODY: usize = 256 * 1024;

impl Route {
    /// A page. It changes nothing.
    pub fn get<F>(path: &'static str, access: Access, handler: impl Fn(Req) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<Response>> + Send + 'static,
    {
        Self::new(Method::GET, path, access, false, handler)
    }

    /// A form's target. It may change things.
    pub fn post<F>(path: &'static str, access: Access, handler: impl Fn(Req) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<Response>> + Send + 'static,
    {
        Self::new(Method::POST, path, access, true, handler)
    }

    fn new<F>(
        method: Method,
        path: &'static str,
        access: Access,
        mutating: bool,
        handler: impl Fn(Req) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = Result<Response>> + Send + 'static,
    {
        let handler: Handler = Arc::new(move |req| Box::pin(handler(req)));
        Self { method, path, access, mutating, known_origin: false, body_limit: ORDINARY_BODY, handler }
    }

    /// Refuses posts of which the browser does not say where they come from: what starts a session has none yet whose
    /// token could tell, and who is signed in to a stranger's account writes into it.
    #[must_use]
    pub const fn from_known_origins(mut self) -> Self {
        self.known_origin = true;
        self
    }

    /// Sets the most bytes of a body.
    #[must_use]
    pub const fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }
}
