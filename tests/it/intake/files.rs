//! Photos and PDF files (promises 3, 10, 23).

use huiyin::kernel::roles::Role;

use crate::support::{Multipart, TestApp, engines};

fn photo() -> Vec<u8> {
    std::fs::read("end2end/fixtures/canteen.jpg").unwrap()
}

fn minimum(key: &str) -> Multipart {
    Multipart::new().texts(&[
        ("idempotency_key", key),
        ("role", "parent"),
        ("identity", "anonymous"),
        ("body", "汤是凉的"),
    ])
}

/// The addresses of a case's files on its page.
async fn files_of(t: &TestApp, number: &str) -> Vec<String> {
    let page = t.staff(Role::Office).await.get(&format!("/desk/cases/{number}")).await.expect(200).text();
    let mut found: Vec<String> = page
        .split('"')
        .filter(|s| s.starts_with(&format!("/desk/cases/{number}/files/")))
        .filter_map(|s| s.split(['?', '#']).next())
        .map(str::to_string)
        .collect();
    found.sort();
    found.dedup();
    found
}

#[tokio::test]
async fn a_photo_arrives_clean_and_is_served_so_that_nothing_runs() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        assert!(photo().windows(4).any(|w| w == b"Exif"), "the fixture has EXIF");
        let form = minimum("photo-0001").file("files", "<img src=x>.jpg", "text/html", &photo());
        let path = format!("/q/{}", t.point("食堂三楼"));
        let number = t.visitor().json().post_multipart(&path, form).await.expect(201).word("case_number");
        let files = files_of(&t, &number).await;
        assert_eq!(files.len(), 1);
        let reply = t.staff(Role::Office).await.get(&files[0]).await.expect(200);
        assert_eq!(&reply.body[..3], b"\xff\xd8\xff");
        for trace in [&b"Exif"[..], b"GPS", b"photoshop", b"<x:xmpmeta"] {
            assert!(!reply.body.windows(trace.len()).any(|w| w == trace), "{trace:?} is left");
        }
        assert!(reply.header("content-disposition").starts_with("attachment"), "{:?}", reply.headers);
        assert!(!reply.header("content-disposition").contains("img"));
        assert_eq!(reply.header("content-security-policy"), "default-src 'none'; sandbox");
        assert_eq!(reply.header("x-content-type-options"), "nosniff");
        assert_eq!(reply.header("content-type"), "image/jpeg");
    }
}

#[tokio::test]
async fn what_can_not_be_cleaned_is_refused_and_nothing_is_kept() {
    let t = TestApp::start().await;
    let path = format!("/q/{}", t.point("食堂三楼"));
    let files = t.files().len();
    for (name, bytes) in [
        ("a.jpg", b"not a photo".to_vec()),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".to_vec()),
        ("a.html", b"<html><script>alert(1)</script>".to_vec()),
        ("a.jpg", photo()[..600].to_vec()),
        ("a.pdf", b"%PDF-1.7\nbroken".to_vec()),
        ("a.exe", b"MZ\x90\0".to_vec()),
    ] {
        let form = minimum("refused-0001").file("files", name, "image/jpeg", &bytes);
        let reply = t.visitor().json().post_multipart(&path, form).await.expect(422);
        assert!(reply.json()["errors"]["files"].is_array(), "{name}: {}", reply.text());
        let form = Multipart::new().file("files", name, "image/jpeg", &bytes);
        t.visitor().json().post_multipart(&format!("{path}/files"), form).await.expect(422);
    }
    assert_eq!((t.count("cases").await, t.files().len()), (0, files));
}

#[tokio::test]
async fn an_accepted_photo_need_not_be_sent_again_after_an_error() {
    let t = TestApp::start().await;
    let path = format!("/q/{}", t.point("食堂三楼"));
    let form = Multipart::new()
        .texts(&[("idempotency_key", "again-0001"), ("role", "parent"), ("identity", "anonymous"), ("body", "")])
        .file("files", "a.jpg", "image/jpeg", &photo());
    let refused = t.visitor().post_multipart(&path, form).await.expect(422);
    let token = refused.input("staged").unwrap();
    let fields = [
        ("idempotency_key", "again-0001"),
        ("role", "parent"),
        ("identity", "anonymous"),
        ("body", "汤是凉的"),
        ("staged", &token),
    ];
    let receipt = t.visitor().json().post(&path, &fields).await.expect(201);
    assert_eq!(files_of(&t, &receipt.word("case_number")).await.len(), 1);
    // The same again is the same press.
    assert_eq!(t.visitor().json().post(&path, &fields).await.expect(201).text(), receipt.text());
    // A made-up token is not believed.
    let invented = [
        ("idempotency_key", "again-0002"),
        ("role", "parent"),
        ("identity", "anonymous"),
        ("body", "x"),
        ("staged", "invented"),
    ];
    t.visitor().json().post(&path, &invented).await.expect(422);
}

#[tokio::test]
async fn a_file_sent_before_the_form_counts_and_seven_are_too_many() {
    let t = TestApp::start().await;
    let path = format!("/q/{}", t.point("食堂三楼"));
    let form = Multipart::new().file("files", "a.jpg", "image/jpeg", &photo());
    let token = t.visitor().json().post_multipart(&format!("{path}/files"), form).await.expect(201).word("token");
    let mut form = minimum("many-0001").text("staged", &token);
    for _ in 0..6 {
        form = form.file("files", "a.jpg", "image/jpeg", &photo());
    }
    let reply = t.visitor().json().post_multipart(&path, form).await.expect(422);
    assert!(reply.json()["errors"]["files"].is_array());
    let form = minimum("many-0002").text("staged", &token).file("files", "b.jpg", "image/jpeg", &photo());
    let number = t.visitor().json().post_multipart(&path, form).await.expect(201).word("case_number");
    assert_eq!(files_of(&t, &number).await.len(), 2);
}
