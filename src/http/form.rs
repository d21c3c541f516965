//! A posted form, whatever its encoding (multipart, urlencoded, JSON): names with strings, and files.

use std::time::Duration;

use axum::{
    body::Body,
    http::{HeaderMap, header},
};
use bytes::Bytes;
use http_body_util::{BodyExt, Limited};

use crate::error::{Error, Result};

/// The fields and files that came.
#[derive(Clone, Debug, Default)]
pub struct Form {
    fields: Vec<(String, String)>,
    /// Files, in the order in which they came.
    pub files: Vec<Upload>,
}

/// An uploaded file. Its name and declared type are not read: they are the sender's (promises 8, 17).
#[derive(Clone, Debug)]
pub struct Upload {
    /// The name of the form's field.
    pub field: String,
    /// The content.
    pub bytes: Bytes,
}

/// Most fields that a form may have: a long questionnaire with matrices. More is not a form of ours.
const MAX_FIELDS: usize = 1_200;

/// A body that takes longer than this to arrive is given up: a weak signal needs minutes for photos, an attack hours.
const BODY_TIMEOUT: Duration = Duration::from_secs(300);

impl Form {
    /// A form from pairs, for tests and for the start of an empty page.
    pub fn from_pairs<K: Into<String>, V: Into<String>>(pairs: impl IntoIterator<Item = (K, V)>) -> Self {
        Self { fields: pairs.into_iter().map(|(k, v)| (k.into(), v.into())).collect(), files: Vec::new() }
    }

    /// The first value of a name; empty when it did not come.
    pub fn text(&self, name: &str) -> &str {
        self.fields.iter().find(|(k, _)| k == name).map_or("", |(_, v)| v.as_str())
    }

    /// The first value of a name, when it came and is not blank.
    pub fn optional(&self, name: &str) -> Option<&str> {
        Some(self.text(name).trim()).filter(|v| !v.is_empty())
    }

    /// Every value of a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(k, _)| k == name).map(|(_, v)| v.as_str())
    }

    /// Whether the name came with any value but blank.
    pub fn has(&self, name: &str) -> bool {
        self.optional(name).is_some()
    }

    /// Every pair, in order.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|(k, v)| (k.as_str(), v.as_str()))
    }

    /// Sets a value.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.fields.retain(|(k, _)| k != name);
        self.fields.push((name.to_string(), value.into()));
    }
}

/// Reads a body of at most `limit` bytes.
///
/// # Errors
/// `TooLarge`, or `Bad` when it is not a form.
pub async fn read(headers: &HeaderMap, body: Body, limit: usize) -> Result<Form> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default().to_ascii_lowercase();
    let reading = async {
        if kind.starts_with("multipart/form-data") {
            multipart(headers, body, limit).await
        } else {
            let bytes = collect(body, limit).await?;
            if kind.starts_with("application/json") { json(&bytes) } else { urlencoded(&bytes) }
        }
    };
    tokio::time::timeout(BODY_TIMEOUT, reading).await.map_err(|_| Error::Bad("error.bad_form"))?
}

async fn collect(body: Body, limit: usize) -> Result<Bytes> {
    match Limited::new(body, limit).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(e) if e.is::<http_body_util::LengthLimitError>() => Err(Error::TooLarge),
        Err(_) => Err(Error::Bad("error.bad_form")),
    }
}

fn urlencoded(bytes: &[u8]) -> Result<Form> {
    let pairs: Vec<(String, String)> = urlencoded_pairs(bytes);
    if pairs.len() > MAX_FIELDS {
        return Err(Error::Bad("error.bad_form"));
    }
    Ok(Form { fields: pairs, files: Vec::new() })
}

/// `a=b&c=d` with `+` and percent escapes; broken escapes stay as they are.
pub fn urlencoded_pairs(bytes: &[u8]) -> Vec<(String, String)> {
    bytes
        .split(|b| *b == b'&')
        .filter(|part| !part.is_empty())
        .map(|part| {
            let mut halves = part.splitn(2, |b| *b == b'=');
            (decode(halves.next().unwrap_or_default()), decode(halves.next().unwrap_or_default()))
        })
        .collect()
}

fn decode(part: &[u8]) -> String {
    let mut out = Vec::with_capacity(part.len());
    let mut i = 0;
    while i < part.len() {
        let hex = |at: usize| part.get(at).and_then(|b| char::from(*b).to_digit(16)).and_then(|d| u8::try_from(d).ok());
        match (part[i], hex(i + 1), hex(i + 2)) {
            (b'+', ..) => out.push(b' '),
            (b'%', Some(high), Some(low)) => {
                out.push(high * 16 + low);
                i += 2;
            }
            (other, ..) => out.push(other),
        }
        i += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn json(bytes: &[u8]) -> Result<Form> {
    use serde_json::Value;
    let bad = || Error::Bad("error.bad_form");
    let Ok(Value::Object(map)) = serde_json::from_slice::<Value>(bytes) else { return Err(bad()) };
    let mut form = Form::default();
    for (name, value) in map {
        let values = match value {
            Value::Array(items) => items,
            one => vec![one],
        };
        for value in values {
            match value {
                Value::String(text) => form.fields.push((name.clone(), text)),
                Value::Number(n) => form.fields.push((name.clone(), n.to_string())),
                Value::Bool(b) => form.fields.push((name.clone(), b.to_string())),
                Value::Null => {}
                Value::Array(_) | Value::Object(_) => return Err(bad()),
            }
        }
    }
    if form.fields.len() > MAX_FIELDS { Err(bad()) } else { Ok(form) }
}

async fn multipart(headers: &HeaderMap, body: Body, limit: usize) -> Result<Form> {
    let bad = || Error::Bad("error.bad_form");
    let kind = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let boundary = multer::parse_boundary(kind).map_err(|_| bad())?;
    let constraints = multer::Constraints::new().size_limit(multer::SizeLimit::new().whole_stream(limit as u64));
    let mut parts = multer::Multipart::with_constraints(body.into_data_stream(), boundary, constraints);
    let mut form = Form::default();
    let refused = |e: multer::Error| match e {
        multer::Error::StreamSizeExceeded { .. } | multer::Error::FieldSizeExceeded { .. } => Error::TooLarge,
        _ => Error::Bad("error.bad_form"),
    };
    while let Some(part) = parts.next_field().await.map_err(refused)? {
        let Some(field) = part.name().map(str::to_string) else { return Err(bad()) };
        let is_file = part.file_name().is_some();
        // A browser sends a nameless empty file for a field in which none was chosen.
        let chosen = part.file_name().is_some_and(|name| !name.is_empty());
        let bytes = part.bytes().await.map_err(refused)?;
        if form.fields.len() + form.files.len() >= MAX_FIELDS {
            return Err(bad());
        }
        if !is_file {
            form.fields.push((field, String::from_utf8_lossy(&bytes).into_owned()));
        } else if chosen || !bytes.is_empty() {
            form.files.push(Upload { field, bytes });
        }
    }
    Ok(form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_urlencoded_chinese_and_broken_escapes() {
        let pairs = urlencoded_pairs("body=%E6%B1%A4+%E5%87%89&x=100%&y".as_bytes());
        assert_eq!(pairs[0], ("body".to_string(), "汤 凉".to_string()));
        assert_eq!(pairs[1].1, "100%");
        assert_eq!(pairs[2], ("y".to_string(), String::new()));
    }

    #[test]
    fn reads_json_lists_and_refuses_nested_objects() {
        let form = json(r#"{"body":"好","answer.a":["x","y"],"n":3,"z":null}"#.as_bytes()).unwrap();
        assert_eq!(form.all("answer.a").collect::<Vec<_>>(), ["x", "y"]);
        assert_eq!(form.text("n"), "3");
        assert!(json(br#"{"a":{"b":1}}"#).is_err());
        assert!(json(b"[1]").is_err());
    }
}
