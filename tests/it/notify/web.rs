//! Robots and webhooks.

use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use huiyin::kernel::{keys::hex, roles::Role};
use sha2::Sha256;

use super::{
    ALL, WORDS, look, minutes, named_case, office,
    sinks::{Mood, Sink},
    states,
};
use crate::{
    cases::story::OnCase,
    support::{Client, Engine, TestApp, engines},
};

const SECRET: &str = "SEC-ein-langes-geheimnis";

async fn open(engine: Engine) -> TestApp {
    let t = TestApp::with(engine, |c| {
        c.outgoing_loopback = true;
        c.outgoing_time = Duration::from_millis(600);
    })
    .await;
    t.clock.advance(chrono::TimeDelta::seconds(61));
    t
}

/// Adds a channel; its page.
async fn add(admin: &Client<'_>, kind: &str, url: &str, news: &[&str]) -> String {
    let ticks: Vec<String> = news.iter().map(|n| format!("news.{n}")).collect();
    let mut fields = vec![("kind", kind), ("name", "工作群"), ("address", url), ("secret", SECRET)];
    fields.extend(ticks.iter().map(|t| (t.as_str(), "1")));
    let made = admin.post("/admin/notices/channels/new", &fields).await.expect(303);
    made.header("location").split('?').next().unwrap().to_string()
}

fn hmac(message: &[u8]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    mac.update(message);
    mac.finalize().into_bytes().to_vec()
}

fn header(request: &str, name: &str) -> String {
    let line = request.lines().find(|l| l.to_lowercase().starts_with(&format!("{name}:")));
    line.map(|l| l.split_once(':').unwrap().1.trim().to_string()).unwrap_or_default()
}

#[tokio::test]
async fn a_webhook_gets_a_signed_number_and_nothing_of_a_case() {
    for engine in engines() {
        let sink = Sink::web().await;
        let t = open(engine).await;
        add(&t.staff(Role::Admin).await, "webhook", &sink.url(), &ALL).await;
        let numbers = [named_case(&t, "哨兵 SENTINEL 汤是凉的").await, named_case(&t, "第二件").await];
        assert_eq!(look(&t).await, 1, "{engine:?}");
        let request = String::from_utf8(sink.got()[0].clone()).unwrap();
        let (head, body) = request.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("POST /hook?key=geheim-4711 HTTP/1.1\r\n"), "{head}");
        let json: serde_json::Value = serde_json::from_str(body).unwrap();
        assert_eq!((json["cases"].as_u64(), json["kind"].as_str()), (Some(2), Some("digest")));
        assert!(json["link"].as_str().unwrap().ends_with("/desk/notices"));
        let (id, timestamp) = (header(head, "x-huiyin-delivery"), header(head, "x-huiyin-timestamp"));
        assert_eq!(timestamp, t.app.now().timestamp().to_string());
        assert_eq!(json["id"].as_str(), Some(id.as_str()));
        let expected = format!("v1={}", hex(&hmac(format!("{timestamp}.{id}.{body}").as_bytes())));
        assert_eq!(header(head, "x-huiyin-signature"), expected);
        for word in WORDS.iter().map(ToString::to_string).chain(numbers) {
            assert!(!request.contains(&word), "{word} in {request}");
        }
        // One in five minutes here too.
        named_case(&t, "第三件").await;
        t.clock.advance(minutes(4));
        assert_eq!(look(&t).await, 0);
        t.clock.advance(minutes(1));
        assert_eq!(look(&t).await, 1);
        assert!(String::from_utf8_lossy(&sink.got()[1]).contains("\"cases\":1"));
    }
}

#[tokio::test]
async fn robots_get_what_their_makers_ask_for() {
    let (wecom, dingtalk) = (Sink::web().await, Sink::web().await);
    let t = open(engines()[0]).await;
    let admin = t.staff(Role::Admin).await;
    add(&admin, "wecom", &wecom.url(), &ALL).await;
    add(&admin, "dingtalk", &dingtalk.url(), &ALL).await;
    named_case(&t, "汤是凉的").await;
    assert_eq!(look(&t).await, 2);
    for sink in [&wecom, &dingtalk] {
        let request = String::from_utf8(sink.got()[0].clone()).unwrap();
        let json: serde_json::Value = serde_json::from_str(request.split_once("\r\n\r\n").unwrap().1).unwrap();
        assert_eq!(json["msgtype"], "text");
        assert!(json["text"]["content"].as_str().unwrap().starts_with("有 1 件有新的动态，请登录查看"));
    }
    let request = String::from_utf8(dingtalk.got()[0].clone()).unwrap();
    let path = request.split(' ').nth(1).unwrap();
    let url = url::Url::parse(&format!("http://x{path}")).unwrap();
    let of = |name: &str| url.query_pairs().find(|(k, _)| k == name).unwrap().1.into_owned();
    let millis = of("timestamp");
    assert_eq!(millis, t.app.now().timestamp_millis().to_string());
    assert_eq!(of("sign"), STANDARD.encode(hmac(format!("{millis}\n{SECRET}").as_bytes())));
}

#[tokio::test]
async fn what_the_other_side_does_is_met() {
    const OK: &str = "HTTP/1.1 200 OK\r\ncontent-length: 24\r\n\r\n{\"errcode\":93000,\"e\":\"\"}";
    for engine in engines() {
        let sink = Sink::web().await;
        let elsewhere = Sink::web().await;
        let t = open(engine).await;
        let admin = t.staff(Role::Admin).await;
        let page = add(&admin, "wecom", &sink.url(), &ALL).await;
        let moved = format!("HTTP/1.1 302 Found\r\nlocation: {}\r\ncontent-length: 0\r\n\r\n", elsewhere.url());
        let long = format!("HTTP/1.1 200 OK\r\ncontent-length: 60000\r\n\r\n{}", "x".repeat(60_000));
        let moods = [
            (Mood::Says("HTTP/1.1 503 No\r\ncontent-length: 0\r\n\r\n"), "later", "waiting"),
            (Mood::Silent, "slow", "waiting"),
            (Mood::HangsUp, "broken", "waiting"),
            (Mood::Says(long.leak()), "too_long", "waiting"),
            (Mood::Says("HTTP/1.1 429 Slow\r\ncontent-length: 0\r\n\r\n"), "later", "waiting"),
            (Mood::Says(moved.leak()), "moved", "dead"),
            (Mood::Says("HTTP/1.1 404 No\r\ncontent-length: 0\r\n\r\n"), "refused", "dead"),
            (Mood::Says(OK), "refused", "dead"),
            (Mood::Takes, "sent", "sent"),
        ];
        for (mood, outcome, state) in moods {
            sink.becomes(mood.clone());
            t.clock.advance(minutes(10));
            named_case(&t, "汤是凉的").await;
            look(&t).await;
            let newest =
                t.column("SELECT state || ' ' || outcome FROM deliveries ORDER BY made_at DESC, id DESC").await;
            assert!(newest.contains(&format!("{state} {outcome}")), "{mood:?} on {engine:?}: {newest:?}");
            assert_eq!(t.column("SELECT outcome FROM notice_channels").await, [outcome]);
            assert_eq!(
                t.column("SELECT state FROM deliveries WHERE state = 'waiting'").await.len(),
                usize::from(state == "waiting")
            );
            t.execute("DELETE FROM deliveries").await;
        }
        assert_eq!(elsewhere.got().len(), 0, "nobody is sent elsewhere");
        // The administrator sees the last one.
        assert!(admin.get(&page).await.text().contains("已送达"));
        assert!(admin.get("/admin/notices").await.text().contains("已送达"));
    }
}

#[tokio::test]
async fn nothing_goes_into_private_networks() {
    let sink = Sink::web().await;
    let t = TestApp::with(engines()[0], |_| {}).await;
    let admin = t.staff(Role::Admin).await;
    for (kind, address) in [
        ("webhook", sink.url()),
        ("webhook", sink.url().replace("http://", "https://")),
        ("webhook", "https://10.1.2.3/x".into()),
        ("webhook", "https://[fd00::1]/x".into()),
        ("wecom", "https://example.cn/cgi-bin/webhook/send?key=1".into()),
        ("dingtalk", "https://oapi.dingtalk.com.example.cn/".into()),
    ] {
        let fields = [("kind", kind), ("name", "群"), ("address", address.as_str()), ("secret", SECRET)];
        let page = admin.post("/admin/notices/channels/new", &fields).await.expect(422).text();
        assert!(page.contains(&address.replace('&', "&amp;")), "what was typed is kept: {address}");
    }
    // A name that leads to this machine is seen when it is resolved.
    let fields = [("kind", "webhook"), ("name", "群"), ("address", "https://localhost:9/x"), ("secret", SECRET)];
    let page = admin.post("/admin/notices/channels/new", &fields).await.expect(303).header("location").to_string();
    let page = page.split('?').next().unwrap();
    admin.post(&format!("{page}/test"), &[]).await.expect(303);
    assert!(admin.get(page).await.text().contains("地址不在公网上"));
    assert_eq!(sink.got().len(), 0);
}

#[tokio::test]
async fn a_group_hears_only_of_what_everybody_may_know() {
    for engine in engines() {
        let sink = Sink::web().await;
        let t = open(engine).await;
        add(&t.staff(Role::Admin).await, "webhook", &sink.url(), &ALL).await;
        let number = named_case(&t, "汤是凉的").await;
        let on_case = OnCase::new(office(&t).await, &number);
        let page = on_case.page().await.text();
        let who =
            page.split("value=\"staff:").nth(1).map(|s| format!("staff:{}", s.split('"').next().unwrap())).unwrap();
        on_case.act("recuse", &[("who", &who), ("recuse_reason", "说的就是他")]).await.expect(303);
        assert_eq!((look(&t).await, sink.got().len()), (0, 0), "{engine:?}");
        // Not what was not chosen either.
        t.clock.advance(minutes(6));
        named_case(&t, "另一件").await;
        assert_eq!(look(&t).await, 1);
        assert!(String::from_utf8_lossy(&sink.got()[0]).contains("\"cases\":1"));
        assert_eq!(states(&t).await, ["sent"]);
    }
}
