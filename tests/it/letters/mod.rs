//! Open letters: written, published, answered, sorted, decided, published again.

mod codes;
mod replies;
mod table;
mod writing;

use huiyin::kernel::roles::Role;

use crate::support::{Client, TestApp, key};

/// A letter as somebody types it.
pub fn typed<'a>() -> Vec<(&'a str, &'a str)> {
    vec![
        ("title", "关于作业的一封信"),
        ("greeting", "各位家长："),
        ("body", "# 想商量的事\n\n- 周三**不留**作业\n- 其他照旧\n\n<script>alert(1)</script>"),
        ("signature", "雪莲小学"),
        ("day", "2026-03-10"),
        ("classes", "三年级一班 42\n三年级二班 40\n三年级三班 41"),
        ("statements", "周三不留书面作业 | No homework on Wednesdays"),
        ("do", "save"),
    ]
}

/// The same with another value of a field.
pub fn with<'a>(mut form: Vec<(&'a str, &'a str)>, name: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    form.retain(|(n, _)| *n != name);
    form.push((name, value));
    form
}

/// A published letter.
pub struct Published {
    /// Its page at the desk.
    pub page: String,
    /// Where it is read.
    pub address: String,
}

/// A new draft; its page at the desk.
pub async fn drafted(office: &Client<'_>) -> String {
    office.post("/desk/letters/new", &typed()).await.expect(303).header("location").to_string()
}

/// A letter is written and published, with replies until the 20th.
pub async fn published(office: &Client<'_>) -> Published {
    published_for(office, "free").await
}

/// The same; `replies` says whether families need a code.
pub async fn published_for(office: &Client<'_>, replies: &str) -> Published {
    let page = drafted(office).await;
    let form = [("version", "1"), ("until", "2026-03-20"), ("replies", replies)];
    office.post(&format!("{page}/publish"), &form).await.expect(303);
    let html = office.get(&page).await.expect(200).text();
    let code: String = html.split("/q/").nth(1).unwrap().chars().take(6).collect();
    Published { page, address: format!("/q/{code}") }
}

/// A family replies, as a program: the status.
pub async fn reply(t: &TestApp, address: &str, fields: &[(&str, &str)]) -> u16 {
    let key = key();
    let mut form = vec![("idempotency_key", key.as_str())];
    if !fields.iter().any(|(n, _)| *n == "class") {
        form.push(("class", "三年级一班"));
    }
    form.extend(fields);
    t.visitor().json().post(address, &form).await.status.as_u16()
}

/// The office and a published letter.
pub async fn office(t: &TestApp) -> Client<'_> {
    t.staff(Role::Office).await
}

/// The value of the box before a comment.
pub fn box_of(html: &str, words: &str) -> String {
    let before = html.split(words).next().unwrap();
    before.rsplit("name=\"comment\" value=\"").next().unwrap().split('"').next().unwrap().to_string()
}
