//! Visits by checklist and student patrols.

mod checklists;
mod late;
mod patrols;
mod taken;

use crate::support::{Client, Multipart, key};

/// The address of a form by the title of its checklist, as the list of a walker offers it.
pub async fn form_of(walker: &Client<'_>, base: &str, title: &str) -> String {
    let page = walker.get(base).await.expect(200).text();
    let row = page.split("<li>").find(|row| row.contains(title)).unwrap_or_else(|| panic!("no {title} in {page}"));
    row.split("href=\"").nth(1).unwrap().split('"').next().unwrap().to_string()
}

/// Every item of a form answered well: the names of its fields, with "yes" or 5.
pub async fn all_well(walker: &Client<'_>, form: &str) -> Vec<(String, String)> {
    let page = walker.get(form).await.expect(200).text();
    let mut fields: Vec<(String, String)> = Vec::new();
    for tag in page.split('<').filter(|t| t.starts_with("input") && t.contains("name=\"answer.a")) {
        let name = tag.split("name=\"").nth(1).unwrap().split('"').next().unwrap().to_string();
        let value = tag.split("value=\"").nth(1).and_then(|v| v.split('"').next()).unwrap_or_default();
        if ["yes", "5"].contains(&value) && !fields.iter().any(|(n, _)| *n == name) {
            fields.push((name, value.to_string()));
        }
    }
    assert!(fields.len() >= 8, "{} items in {form}", fields.len());
    fields
}

/// A whole form: all well but `worse`, whose items get a comment, and a photo when it is wanted.
pub async fn filled(
    walker: &Client<'_>,
    form: &str,
    place: (&str, &str),
    worse: &[(&str, &str)],
    photo: bool,
    key: &str,
) -> Multipart {
    let times = ("2026-03-10T01:30:00Z", "2026-03-10T01:55:00Z");
    filled_at(walker, form, place, worse, photo, key, times).await
}

/// The same, begun and signed at these times.
pub async fn filled_at(
    walker: &Client<'_>,
    form: &str,
    place: (&str, &str),
    worse: &[(&str, &str)],
    photo: bool,
    key: &str,
    times: (&str, &str),
) -> Multipart {
    let mut fields = all_well(walker, form).await;
    for (item, value) in worse {
        let name = format!("answer.{item}");
        fields.retain(|(n, _)| *n != name);
        fields.push((name, (*value).to_string()));
        fields.push((format!("answer.{item}_why"), "看到的情况写在这里".to_string()));
    }
    let mut multipart = Multipart::new().texts(&[
        ("idempotency_key", key),
        ("started_at", times.0),
        ("ended_at", times.1),
        (place.0, place.1),
        ("answer.signature", "本人签名"),
    ]);
    for (name, value) in &fields {
        multipart = multipart.text(name, value);
    }
    if photo {
        let bytes = std::fs::read("end2end/fixtures/canteen.jpg").unwrap();
        for (item, _) in worse {
            multipart = multipart.file(&format!("answer.{item}_photo"), "x.jpg", "image/jpeg", &bytes);
        }
    }
    multipart
}

/// A visit of the checklist whose title has these words is sent; its address.
pub async fn send(walker: &Client<'_>, title: &str, worse: &[(&str, &str)], photo: bool) -> String {
    let base = if walker.get("/rep/visits").await.status.as_u16() == 200 { "/rep/visits" } else { "/patrol/visits" };
    let form = form_of(walker, base, title).await;
    let body = filled(walker, &form, ("answer.place", "教学楼二层"), worse, photo, &key()).await;
    let answer = walker.post_multipart(&form, body).await.expect(303);
    answer.header("location").split('?').next().unwrap().to_string()
}
