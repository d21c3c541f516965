//! The one table of routes, and what surrounds every handler.

use std::{
    any::Any,
    collections::HashMap,
    net::{IpAddr, Ipv4Addr},
    panic::AssertUnwindSafe,
    sync::Arc,
};

use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, FromRequestParts, RawPathParams, Request},
    http::{Extensions, HeaderMap, Method, StatusCode, Version, header},
    routing::{MethodFilter, on},
};
use futures::FutureExt;
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer};

use crate::{
    accounts,
    error::{Error, Result},
    http::{
        Access, App, Cx, Form, Req, Response, Route, client_addr::client_addr, cross_site, form, headers,
        request::wants_json, respond, route::ORDINARY_BODY, serve::Peer,
    },
    i18n::Lang,
    kernel::{crockford, random, roles::Role},
    representatives,
    ui::page::Compressible,
};

/// Every route of the program. A slice adds its own here; nothing else is reachable.
pub fn table() -> Vec<Route> {
    [
        crate::http::health::routes(),
        crate::accounts::routes(),
        crate::organizations::routes(),
        crate::notify::routes(),
        crate::access_points::routes(),
        crate::boxes::routes(),
        crate::questionnaires::routes(),
        crate::letters::routes(),
        crate::representatives::routes(),
        crate::hotline::routes(),
        crate::intake::routes(),
        crate::cases::routes(),
        crate::reports::routes(),
        crate::routing::routes(),
        crate::supervision::routes(),
        crate::rectifications::routes(),
        crate::templates::routes(),
        crate::callbacks::routes(),
        crate::personal_data::routes(),
        crate::attachments::routes(),
        crate::audit::routes(),
        crate::visits::routes(),
        crate::patrols::routes(),
        crate::board::routes(),
    ]
    .concat()
}

/// The table as JSON: method, path, roles or "public", mutating or not (`huiyin routes --json`).
pub fn table_json() -> serde_json::Value {
    table()
        .iter()
        .map(|route| {
            let roles = match route.access {
                Access::Public => serde_json::json!("public"),
                Access::SignedIn => serde_json::json!(Role::ALL),
                Access::Roles(roles) => serde_json::json!(roles),
            };
            serde_json::json!({ "method": route.method.as_str(), "path": route.path, "roles": roles, "mutating": route.mutating })
        })
        .collect()
}

/// Whether there is a page at an address of ours.
pub fn has_page(address: &str) -> bool {
    page_at(address).is_some()
}

/// Whether there is a page at an address of ours that people of this role may open.
pub fn has_page_for(address: &str, role: Role) -> bool {
    page_at(address).is_some_and(|access| access.admits(Some(role)))
}

fn page_at(address: &str) -> Option<Access> {
    let path: Vec<&str> = address.split('?').next().unwrap_or_default().split('/').collect();
    let fits = |route: &Route| {
        let parts: Vec<&str> = route.path.split('/').collect();
        parts.len() == path.len() && parts.iter().zip(&path).all(|(part, given)| part.starts_with('{') || part == given)
    };
    // Where two fit, the one without placeholders is meant.
    let pages = table().into_iter().filter(|route| route.method == Method::GET && fits(route));
    pages.min_by_key(|route| route.path.matches('{').count()).map(|route| route.access)
}

/// The axum router of the table.
pub fn router(app: &Arc<App>) -> Router {
    // What renders pages spawns through it; a second start (tests) finds it there already.
    drop(any_spawner::Executor::init_tokio());
    let mut router = Router::new();
    for route in table() {
        let filter = if route.method == Method::GET { MethodFilter::GET } else { MethodFilter::POST };
        let app = app.clone();
        let path = route.path;
        let route = Arc::new(route);
        let handler = move |request: Request| {
            let (app, route) = (app.clone(), route.clone());
            async move { handle(app, route, request).await }
        };
        router = router.route(path, on(filter, handler));
    }
    let (missing, wrong_method) = (app.clone(), app.clone());
    router
        .fallback(move |request: Request| no_route(missing.clone(), request, StatusCode::NOT_FOUND))
        .method_not_allowed_fallback(move |request: Request| {
            no_route(wrong_method.clone(), request, StatusCode::METHOD_NOT_ALLOWED)
        })
        .layer(CatchPanicLayer::custom(after_panic))
        .layer(CompressionLayer::new().compress_when(may_compress))
}

/// Whether an answer may be compressed: pages that say so. Assets bring their own compressed twins.
fn may_compress(_: StatusCode, _: Version, _: &HeaderMap, extensions: &Extensions) -> bool {
    extensions.get::<Compressible>().is_some()
}

/// The last net, for a panic around a handler; one inside it becomes an ordinary error page.
fn after_panic(_: Box<dyn Any + Send>) -> Response {
    let mut response = respond::bytes(StatusCode::INTERNAL_SERVER_ERROR, "text/plain; charset=utf-8", "error\n");
    headers::common(response.headers_mut(), false);
    response
}

async fn no_route(app: Arc<App>, request: Request, status: StatusCode) -> Response {
    let (parts, _) = request.into_parts();
    let cx = context(&app, &parts.headers, &parts.uri);
    let json_wanted = wants_json(&parts.headers);
    let mut response = respond::error(&app, &cx, Error::NotFound, json_wanted, false).await;
    *response.status_mut() = status;
    headers::common(response.headers_mut(), app.config.is_https());
    response
}

/// The context of a request before anybody is known to be signed in.
fn context(app: &App, head: &HeaderMap, uri: &axum::http::Uri) -> Cx {
    let query = Form::from_pairs(form::urlencoded_pairs(uri.query().unwrap_or_default().as_bytes()));
    let accept = head.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let rest: Vec<&str> = uri
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|part| !part.is_empty() && !part.starts_with("lang=") && !part.starts_with("large="))
        .collect();
    Cx {
        lang: Lang::parse(query.text("lang")).unwrap_or_else(|| Lang::from_accept_language(accept)),
        large: query.has("large"),
        nonce: crockford::encode(&random::bytes::<15>(&*app.random)).into(),
        path: uri.path().into(),
        query: rest.join("&").into(),
        actor: None,
        csrf: "".into(),
        assets: app.assets.clone(),
        request_id: crockford::encode(&random::bytes::<5>(&*app.random)).into(),
        now: app.now(),
    }
}

async fn handle(app: Arc<App>, route: Arc<Route>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let mut cx = context(&app, &parts.headers, &parts.uri);
    let json_wanted = wants_json(&parts.headers);
    let params = RawPathParams::from_request_parts(&mut parts, &()).await;
    let params = params
        .map(|p| p.iter().map(|(k, v)| (k.to_string(), v.to_string())).collect::<HashMap<_, _>>())
        .unwrap_or_default();
    let peer = parts.extensions.get::<ConnectInfo<Peer>>().map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |c| c.0.0.ip());
    let client = client_addr(peer, &parts.headers, &app.config.trusted_proxy);

    let result = async {
        if let Err(error) = admit(&app, &route, &parts.headers, &mut cx).await {
            return signed_out(&app, &route, &parts.headers, body, &cx, error).await;
        }
        let form = read_body(&app, &route, &parts.headers, body, &cx).await?;
        let query = Form::from_pairs(form::urlencoded_pairs(parts.uri.query().unwrap_or_default().as_bytes()));
        let req = Req {
            app: app.clone(),
            cx: cx.clone(),
            method: parts.method.clone(),
            uri: parts.uri.clone(),
            headers: parts.headers.clone(),
            params,
            query,
            form,
            client,
        };
        let answer = (route.handler)(req);
        if route.mutating {
            // A phone that hangs up drops this future; the write must go on to its end.
            tokio::spawn(answer).await.map_err(Error::internal)?
        } else {
            AssertUnwindSafe(answer).catch_unwind().await.map_err(|_| Error::internal("panicked"))?
        }
    }
    .await;

    let mut response = match result {
        Ok(response) => response,
        Err(error) => respond::error(&app, &cx, error, json_wanted, route.method == Method::GET).await,
    };
    headers::common(response.headers_mut(), app.config.is_https());
    metrics::counter!("huiyin_requests_total", "route" => route.path, "status" => response.status().as_str().to_string()).increment(1);
    response
}

/// Somebody's session ended while they wrote, or the second step is required of them since: what they wrote comes back
/// with the way to go on.
async fn signed_out(app: &App, route: &Route, head: &HeaderMap, body: Body, cx: &Cx, error: Error) -> Result<Response> {
    let (status, sentence) = match error {
        Error::SignIn => (StatusCode::UNAUTHORIZED, "error.sign_in"),
        Error::SecondStep => (StatusCode::FORBIDDEN, "error.second_step"),
        other => return Err(other),
    };
    if !route.mutating || wants_json(head) {
        return Err(error);
    }
    let typed = form::read(head, body, ORDINARY_BODY).await.unwrap_or_default();
    Ok(crate::ui::page::error_page_with(app, cx, status, &cx.t(sentence), &typed).await)
}

/// Cross-site defence and rights: everything that is decided before the body is read.
async fn admit(app: &App, route: &Route, head: &HeaderMap, cx: &mut Cx) -> Result<()> {
    if route.mutating {
        let origin = cross_site::judge(head, &own_origins(app, head));
        if origin == cross_site::Origin::Foreign || (route.known_origin && origin == cross_site::Origin::Unknown) {
            return Err(Error::CrossSite);
        }
    }
    if route.access == Access::Public {
        return Ok(());
    }
    let Some(signed_in) = accounts::sessions::current(app, head, cx.now).await? else { return Err(Error::SignIn) };
    cx.lang = signed_in.actor.lang;
    if !route.access.admits(Some(signed_in.actor.role)) {
        return Err(Error::NotFound);
    }
    if signed_in.second_due && !accounts::second::open_while_due(route.path) {
        cx.csrf = signed_in.csrf.into();
        cx.actor = Some(Arc::new(signed_in.actor));
        return Err(Error::SecondStep);
    }
    if signed_in.actor.role == Role::Representative {
        // Their rights end with their term, not with their session.
        representatives::actions::admit(app, &signed_in.actor, route, cx.now).await?;
    }
    cx.lang = signed_in.actor.lang;
    cx.csrf = signed_in.csrf.into();
    cx.actor = Some(Arc::new(signed_in.actor));
    Ok(())
}

/// The origins under which this program is reached.
fn own_origins(app: &App, head: &HeaderMap) -> Vec<String> {
    let mut own = vec![app.config.base_url()];
    if let Some(host) = head.get(header::HOST).and_then(|v| v.to_str().ok()) {
        own.push(format!("{}://{host}", if app.config.is_https() { "https" } else { "http" }));
    }
    own
}

async fn read_body(app: &App, route: &Route, head: &HeaderMap, body: Body, cx: &Cx) -> Result<Form> {
    if !route.mutating {
        return Ok(Form::default());
    }
    let large = route.body_limit > 1024 * 1024;
    let _slot = if large { Some(app.limits.bodies.acquire().await.map_err(Error::internal)?) } else { None };
    let form = form::read(head, body, route.body_limit).await?;
    let unknown = cross_site::judge(head, &own_origins(app, head)) == cross_site::Origin::Unknown;
    if unknown && cx.actor.is_some() && form.text("csrf") != &*cx.csrf {
        return Err(Error::CrossSite);
    }
    Ok(form)
}
