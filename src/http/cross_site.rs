//! Defence against posts from other sites (promise 16): Sec-Fetch-Site first, then Origin, then the token.
//!
//! `tower_http`'s layer refuses `Origin: null`, which old webviews send from our own pages; so this is our own: a null
//! origin passes when the form carries the session's token, or when there is no session that could be abused. It does not
//! pass where a session is started ([`crate::http::Route::from_known_origins`]): our pages have `Referrer-Policy:
//! same-origin`, with which a browser names the origin of a post to ourselves; null comes from sandboxed frames, from
//! pages of files and data, and after redirects through other sites.

use axum::http::{HeaderMap, header};

/// What the headers say about where a post comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// From one of our pages, or not from a browser at all.
    Own,
    /// From another site.
    Foreign,
    /// The browser does not tell: the token decides.
    Unknown,
}

/// Judges the headers of a post. `own` are the origins under which we are reached (base URL and Host).
pub fn judge(headers: &HeaderMap, own: &[String]) -> Origin {
    let text = |name| headers.get(name).and_then(|v: &axum::http::HeaderValue| v.to_str().ok());
    match text(header::HeaderName::from_static("sec-fetch-site")) {
        Some("same-origin" | "none") => return Origin::Own,
        Some(_) => return Origin::Foreign,
        None => {}
    }
    match text(header::ORIGIN) {
        None => Origin::Own,
        Some("null") => Origin::Unknown,
        Some(origin) if own.iter().any(|o| o == origin) => Origin::Own,
        Some(_) => Origin::Foreign,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(k, v)| (header::HeaderName::from_static(k), v.parse().unwrap())).collect()
    }

    #[test]
    fn fetch_metadata_comes_before_origin() {
        let own = ["https://a.example".to_string()];
        assert_eq!(judge(&headers(&[("sec-fetch-site", "same-origin"), ("origin", "null")]), &own), Origin::Own);
        assert_eq!(
            judge(&headers(&[("sec-fetch-site", "cross-site"), ("origin", "https://a.example")]), &own),
            Origin::Foreign
        );
        assert_eq!(judge(&headers(&[("sec-fetch-site", "same-site")]), &own), Origin::Foreign);
        assert_eq!(judge(&headers(&[("origin", "https://b.example")]), &own), Origin::Foreign);
        assert_eq!(judge(&headers(&[("origin", "https://a.example")]), &own), Origin::Own);
        assert_eq!(judge(&headers(&[("origin", "null")]), &own), Origin::Unknown);
        assert_eq!(judge(&headers(&[]), &own), Origin::Own);
    }
}
