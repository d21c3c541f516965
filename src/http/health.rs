//! `/healthz`, `/readyz`, `/metrics`, and the files of the site.

use axum::http::{HeaderValue, StatusCode, header};

use crate::{
    error::{Error, Result},
    http::{Access, Req, Response, Route, respond},
};

/// Routes for monitors and for files.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/healthz", Access::Public, healthz),
        Route::get("/readyz", Access::Public, readyz),
        Route::get("/metrics", Access::Public, metrics),
        Route::get("/assets/{name}", Access::Public, asset),
        Route::get("/sw.js", Access::Public, worker),
        Route::get("/manifest.webmanifest", Access::Public, site_file),
        Route::get("/icon.svg", Access::Public, site_file),
        Route::get("/icon-192.png", Access::Public, site_file),
        Route::get("/icon-512.png", Access::Public, site_file),
        Route::get("/icon-maskable-512.png", Access::Public, site_file),
        Route::get("/favicon.ico", Access::Public, favicon),
        Route::get("/robots.txt", Access::Public, robots),
    ]
}

async fn healthz(_: Req) -> Result<Response> {
    Ok(respond::bytes(StatusCode::OK, "text/plain; charset=utf-8", "ok\n"))
}

/// Ready means: able to write. An empty transaction takes the writer and gives it back.
async fn readyz(req: Req) -> Result<Response> {
    let tx = req.app.db.write().await.map_err(|_| Error::Unavailable)?;
    tx.commit().await.map_err(|_| Error::Unavailable)?;
    req.app.files.check_writable().map_err(|_| Error::Unavailable)?;
    Ok(respond::bytes(StatusCode::OK, "text/plain; charset=utf-8", "ready\n"))
}

/// Numbers for Prometheus: from the loopback, or with the token.
async fn metrics(req: Req) -> Result<Response> {
    let given = req.headers.get("authorization").and_then(|v| v.to_str().ok()).and_then(|v| v.strip_prefix("Bearer "));
    let by_token = match (&req.app.config.metrics_token, given) {
        (Some(token), Some(given)) => bool::from(subtle::ConstantTimeEq::ct_eq(token.as_bytes(), given.as_bytes())),
        _ => false,
    };
    if !(req.client.is_loopback() || by_token) {
        return Err(Error::NotFound);
    }
    Ok(respond::bytes(StatusCode::OK, "text/plain; version=0.0.4", req.app.metrics.render()))
}

async fn asset(req: Req) -> Result<Response> {
    req.app.assets.respond(req.param("name"), &req.headers).ok_or(Error::NotFound)
}

async fn site_file(req: Req) -> Result<Response> {
    let name = req.cx.path.trim_start_matches('/').to_string();
    req.app.assets.respond(&name, &req.headers).ok_or(Error::NotFound)
}

/// The service worker. Its own policy lets it fetch from here and do nothing else; it is asked for anew each time.
async fn worker(req: Req) -> Result<Response> {
    let mut response = req.app.assets.respond("sw.js", &req.headers).ok_or(Error::NotFound)?;
    let head = response.headers_mut();
    head.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    head.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"),
    );
    Ok(response)
}

async fn favicon(req: Req) -> Result<Response> {
    req.app.assets.respond("icon-192.png", &req.headers).ok_or(Error::NotFound)
}

/// Forms and boards are for people who hold the code, not for search engines.
async fn robots(_: Req) -> Result<Response> {
    Ok(respond::bytes(StatusCode::OK, "text/plain; charset=utf-8", "User-agent: *\nDisallow: /\n"))
}
