//! Whatever comes, it is answered, and never with an error of ours (promise 21).

use axum::http::Method;
use proptest::{prelude::*, test_runner::TestRunner};

use crate::support::{Multipart, TestApp, key};

#[tokio::test]
async fn bodies_that_are_no_forms_are_refused() {
    let t = TestApp::start().await;
    let path = format!("/q/{}", t.point("北门"));
    let visitor = t.visitor().json();
    for (kind, body) in [
        ("application/json", &b"{"[..]),
        ("application/json", b"[1]"),
        ("application/json", b"\"text\""),
        ("application/json", br#"{"body":{"a":1}}"#),
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\n"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=\"body\"\r\n\r\nhalf"),
        ("multipart/form-data; boundary=x", b""),
    ] {
        let reply = visitor.ask(Method::POST, &path, Some(kind), body.to_vec()).await;
        assert_eq!(reply.status.as_u16(), 400, "{kind} {}: {}", String::from_utf8_lossy(body), reply.text());
    }
    for (kind, body) in
        [("text/plain", &b"hello"[..]), ("", b"\xff\xfe"), ("application/x-www-form-urlencoded", b"%zz=%&&==")]
    {
        let reply = visitor.ask(Method::POST, &path, Some(kind), body.to_vec()).await;
        assert_eq!(reply.status.as_u16(), 422, "{kind}: {}", reply.text());
    }
    assert_eq!(t.count("submissions").await, 0);
}

#[tokio::test]
async fn too_much_is_said_to_be_too_much() {
    let t = TestApp::start().await;
    let path = format!("/q/{}", t.point("北门"));
    let many: Vec<(String, String)> = (0..1_300).map(|i| (format!("f{i}"), "x".into())).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    t.visitor().json().post(&path, &many).await.expect(400);
    let large = "x".repeat(300 * 1024);
    t.visitor().json().post("/login", &[("username", &large)]).await.expect(413);
    let huge = vec![0u8; 17 * 1024 * 1024];
    let form = Multipart::new().file("files", "a.jpg", "image/jpeg", &huge);
    t.visitor().json().post_multipart(&format!("{path}/files"), form).await.expect(413);
    let body = "长".repeat(4001);
    let reply = t.visitor().submit(t.point("北门"), &[("body", &body)]).await.expect(422);
    assert!(reply.json()["errors"]["body"].is_array(), "{}", reply.text());
}

#[tokio::test]
async fn odd_addresses_and_headers_are_answered() {
    let t = TestApp::start().await;
    for path in [
        "/q/%00",
        "/q/%F0%A0%AE%B7",
        "/q/' OR 1=1",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/desk/cases/%ff",
        "/assets/..%2fkeys",
        "/xuelian/board?%%%",
        "/track?lang=xx&large=%",
    ] {
        let path = path.replace(' ', "%20");
        let reply = t.visitor().get(&path).await;
        assert!(reply.status.as_u16() < 500, "{path}: {}", reply.status);
    }
    for (name, value) in [
        ("cookie", "__Host-huiyin="),
        ("cookie", "__Host-huiyin=%00; ;;=;"),
        ("accept-language", "zz;q=abc,,;"),
        ("x-forwarded-for", "not an address, ,,"),
        ("authorization", "Bearer"),
    ] {
        let reply = t.visitor().with(name, value).get("/track").await;
        assert_eq!(reply.status.as_u16(), 200, "{name}: {value}");
        assert_eq!(t.visitor().with(name, value).get("/desk").await.status.as_u16(), 303, "{name}: {value}");
    }
}

/// Any fields with any text, at the two doors that are open to everybody.
#[test]
fn no_text_in_any_field_makes_the_server_fail() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let t = runtime.block_on(TestApp::start());
    let names = prop::sample::select(vec![
        "role",
        "identity",
        "topic",
        "body",
        "contact",
        "contact_name",
        "form_version",
        "proof",
        "answer.when",
        "answer.where",
        "staged",
        "danger",
        "guardian",
        "tracking_code",
        "action",
        "message",
        "contacted",
        "idempotency_key",
    ]);
    let texts = prop_oneof![
        any::<String>(),
        Just("anonymous".to_string()),
        Just("named".into()),
        Just("parent".into()),
        Just("\0".into())
    ];
    let form = prop::collection::vec((names, texts), 0..12);
    let mut runner =
        TestRunner::new(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() });
    let path = format!("/q/{}", t.point("北门"));
    runner
        .run(&form, |fields| {
            let key = key();
            let mut fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
            fields.push(("idempotency_key", &key));
            let [a, b, ..] = huiyin::kernel::keys::sha256(key.as_bytes());
            for door in [path.as_str(), "/track"] {
                // From somewhere else each time: whoever tries many codes is slowed down.
                let reply = runtime.block_on(t.visitor().from([10, 1, a, b]).json().post(door, &fields));
                prop_assert!(reply.status.as_u16() < 500, "{door} {fields:?}: {}", reply.text());
            }
            Ok(())
        })
        .unwrap();
    runtime.block_on(async { drop(t) });
}
