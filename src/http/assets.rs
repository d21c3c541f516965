//! Style sheets, icons and browser code: read once into memory, served with their compressed twins.

use std::{collections::HashMap, path::Path};

use axum::{
    body::Body,
    http::{HeaderMap, StatusCode, header},
};
use bytes::Bytes;

use crate::http::Response;

/// The files of the site folder and the map from logical to hashed names (`assets.json`).
#[derive(Debug, Default)]
pub struct Assets {
    names: HashMap<String, String>,
    files: HashMap<String, File>,
}

#[derive(Debug)]
struct File {
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
}

impl Assets {
    /// Reads the site folder. A missing folder gives pages without styles, which `huiyin doctor` and the log report.
    pub fn load(folder: &Path) -> Self {
        let names = std::fs::read(folder.join("assets.json"))
            .ok()
            .and_then(|bytes| serde_json::from_slice::<HashMap<String, String>>(&bytes).ok())
            .unwrap_or_default();
        if names.is_empty() {
            tracing::warn!(name: "assets.missing", folder = %folder.display(), "no built site: run make build");
        }
        let read = |name: &str| std::fs::read(folder.join(name)).ok().map(Bytes::from);
        let files = std::fs::read_dir(folder)
            .into_iter()
            .flatten()
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter(|name| !name.ends_with(".br") && !name.ends_with(".gz") && name != "assets.json")
            .filter_map(|name| {
                let file = File {
                    plain: read(&name)?,
                    brotli: read(&format!("{name}.br")),
                    gzip: read(&format!("{name}.gz")),
                };
                Some((name, file))
            })
            .collect();
        Self { names, files }
    }

    /// The address of a file by its logical name (`public.css`).
    pub fn url(&self, logical: &str) -> String {
        match self.names.get(logical) {
            Some(name) => format!("/assets/{name}"),
            None => format!("/assets/{logical}"),
        }
    }

    /// Whether a folder holds a built site.
    pub fn is_built(folder: &Path) -> bool {
        folder.join("assets.json").exists()
    }

    /// Whether a bundle of browser code was built.
    pub fn has_bundle(&self, name: &str) -> bool {
        self.names.contains_key(&format!("{name}.js"))
    }

    /// The answer for a file, compressed as the browser accepts; `None` when there is none. Hashed names never change.
    pub fn respond(&self, name: &str, headers: &HeaderMap) -> Option<Response> {
        let file = self.files.get(name)?;
        let accepts = headers.get(header::ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let (body, encoding) = match (&file.brotli, &file.gzip) {
            (Some(br), _) if accepts.contains("br") => (br, Some("br")),
            (_, Some(gz)) if accepts.contains("gzip") => (gz, Some("gzip")),
            _ => (&file.plain, None),
        };
        let hashed = self.names.values().any(|n| n == name);
        let mut response = Response::new(Body::from(body.clone()));
        *response.status_mut() = StatusCode::OK;
        let head = response.headers_mut();
        head.insert(header::CONTENT_TYPE, axum::http::HeaderValue::from_static(mime(name)));
        head.insert(header::VARY, axum::http::HeaderValue::from_static("Accept-Encoding"));
        let caching = if hashed { "public, max-age=31536000, immutable" } else { "public, max-age=600" };
        head.insert(header::CACHE_CONTROL, axum::http::HeaderValue::from_static(caching));
        if let Some(encoding) = encoding {
            head.insert(header::CONTENT_ENCODING, axum::http::HeaderValue::from_static(encoding));
        }
        Some(response)
    }
}

fn mime(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("webmanifest") => "application/manifest+json",
        Some("json") => "application/json",
        _ => "application/octet-stream",
    }
}
