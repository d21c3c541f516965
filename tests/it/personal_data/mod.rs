//! Copies, wishes to erase, erasing, and how long things are kept.

mod again;
mod coordination;
mod copy;
mod erasure;
mod part;
mod retention;
mod sources;
mod wishes;

use huiyin::kernel::roles::Role;

use crate::{
    cases::story::OnCase,
    support::{Client, Multipart, TestApp, key},
};

/// Words that are searched for in everything that is written.
pub const SENTINELS: [&str; 8] = [
    "sentinelbody",
    "哨兵正文",
    "sentinelmessage",
    "sentinelnote",
    "sentinelreply",
    "sentinelinstruction",
    "sentinelcomment",
    "sentinelreason",
];

/// A case.
pub struct Sent {
    pub number: String,
    pub code: String,
}

/// The second person of the office.
pub async fn second_office(t: &TestApp) -> Client<'_> {
    t.signed_in(t.demo.staff.iter().filter(|l| l.role == Role::Office).nth(1).unwrap()).await
}

/// A case with a photo and with a sentinel in every place where words can stand, answered and judged.
pub async fn full_of_words(t: &TestApp) -> Sent {
    let photo = std::fs::read("end2end/fixtures/canteen.jpg").unwrap();
    let form_key = key();
    let form = Multipart::new()
        .texts(&[
            ("idempotency_key", form_key.as_str()),
            ("role", "parent"),
            ("identity", "named"),
            ("contact_name", "王女士"),
            ("contact", "13912345678"),
            ("body", "sentinelbody 哨兵正文：三楼的汤是凉的"),
        ])
        .file("files", "a.jpg", "image/jpeg", &photo);
    let path = format!("/q/{}", t.point("食堂三楼"));
    let receipt = t.visitor().json().post_multipart(&path, form).await.expect(201);
    let sent = Sent { number: receipt.word("case_number"), code: receipt.word("tracking_code") };
    let office = OnCase::new(t.staff(Role::Office).await, &sent.number);
    let department = office.department("食堂").await;
    let form_key = key();
    let message = [
        ("tracking_code", sent.code.as_str()),
        ("action", "message"),
        ("message", "sentinelmessage 又凉了"),
        ("idempotency_key", form_key.as_str()),
    ];
    t.visitor().json().post("/track", &message).await.expect(200);
    office.act("note", &[("note", "sentinelnote")]).await.expect(303);
    office.act("legal-hold", &[("hold_reason", "sentinelreason")]).await.expect(303);
    office.act("lift-hold", &[("lift_reason", "sentinelreason")]).await.expect(303);
    let order = [("department", department.as_str()), ("instruction", "sentinelinstruction")];
    office.act("assign", &order).await.expect(303);
    let handler = OnCase::new(t.signed_in(t.login(Role::Handler, Some("食堂"))).await, &sent.number);
    handler.act("hand-in", &[("reply", "sentinelreply 已修好")]).await.expect(303);
    office.act("send-back", &[("comment", "sentinelcomment")]).await.expect(303);
    handler.act("hand-in", &[("reply", "sentinelreply 已修好")]).await.expect(303);
    office.act("let-out", &[("reply", "sentinelreply 已修好，谢谢")]).await.expect(303);
    let rating = [
        ("tracking_code", sent.code.as_str()),
        ("action", "rate"),
        ("contacted", "yes"),
        ("solved", "yes"),
        ("satisfied", "yes"),
        ("comment", "sentinelcomment"),
    ];
    t.visitor().json().post("/track", &rating).await.expect(200);
    sent
}

/// The office takes a wish down, and a second person of it grants it.
pub async fn erase(t: &TestApp, number: &str) {
    let ask = t.staff(Role::Office).await;
    ask.post(&format!("/desk/cases/{number}/personal-data/erase"), &wish("case")).await.expect(303);
    grant(&second_office(t).await).await.expect(303);
}

/// What the office takes down.
pub const fn wish(whose: &str) -> [(&'static str, &str); 4] {
    [("whose", whose), ("basis", "consent"), ("proof", "document"), ("words", "sentinelreason 本人到场")]
}

/// Grants the first wish that waits.
pub async fn grant(client: &Client<'_>) -> crate::support::Reply {
    decide(client, "grant", "符合规定").await
}

pub async fn decide(client: &Client<'_>, decision: &str, words: &str) -> crate::support::Reply {
    let page = client.get("/desk/erasures").await.expect(200).text();
    let id: String = page
        .split("action=\"/desk/erasures/")
        .nth(1)
        .unwrap_or_else(|| panic!("nothing waits: {page}"))
        .chars()
        .take_while(char::is_ascii_hexdigit)
        .collect();
    let field = format!("answer.{id}");
    client.post(&format!("/desk/erasures/{id}"), &[("decision", decision), (field.as_str(), words)]).await
}

/// Which of the words stand in the files below a folder, or in the rows.
pub async fn found(t: &TestApp, words: &[&str]) -> Vec<String> {
    let mut texts: Vec<(String, Vec<u8>)> = vec![("rows".into(), t.dump().await.into_bytes())];
    texts.extend(t.files().into_iter().map(|p| (p.display().to_string(), std::fs::read(&p).unwrap())));
    let mut found = Vec::new();
    for (what, bytes) in &texts {
        for word in words {
            if bytes.windows(word.len()).any(|w| w == word.as_bytes()) {
                found.push(format!("{word} in {what}"));
            }
        }
    }
    found
}

/// How many attachments lie in the folder.
pub fn attachments(t: &TestApp) -> usize {
    t.files().iter().filter(|p| p.extension().is_some_and(|e| e == "bin")).count()
}
