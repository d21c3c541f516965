//! One press is one case (promise 2).

use crate::support::{TestApp, engines, key};

#[tokio::test]
async fn ten_parallel_copies_give_one_case_and_the_same_receipt() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let (code, key) = (t.point("北门").to_string(), key());
        let visitor = t.visitor();
        let fields = [("idempotency_key", key.as_str()), ("body", "灯坏了")];
        let copies = (0..10).map(|_| visitor.submit(&code, &fields));
        let replies = futures::future::join_all(copies).await;
        let first = replies[0].clone().expect(201).text();
        for reply in replies {
            assert_eq!(reply.expect(201).text(), first);
        }
        assert_eq!((t.count("cases").await, t.count("submissions").await), (1, 1));
    }
}

#[tokio::test]
async fn a_repeat_after_a_restart_gives_the_same_receipt() {
    let t = TestApp::start().await;
    let (code, key) = (t.point("北门").to_string(), key());
    let first = t.visitor().submit(&code, &[("idempotency_key", &key)]).await.expect(201).text();
    t.clock.advance(chrono::TimeDelta::days(3));
    let t = t.restart().await;
    let again = t.visitor().submit(&code, &[("idempotency_key", &key)]).await.expect(201).text();
    assert_eq!(first, again);
    assert_eq!(t.count("cases").await, 1);
    // The page says the same as the JSON.
    let fields =
        [("idempotency_key", key.as_str()), ("role", "parent"), ("identity", "anonymous"), ("body", "三楼的汤是凉的")];
    let page = t.visitor().post(&format!("/q/{code}"), &fields).await.expect(201).text();
    let number =
        serde_json::from_str::<serde_json::Value>(&first).unwrap()["case_number"].as_str().unwrap().to_string();
    assert!(page.contains(&number));
}

#[tokio::test]
async fn the_same_key_with_another_body_is_refused_and_kept_for_sending_anew() {
    let t = TestApp::start().await;
    let (code, key) = (t.point("北门").to_string(), key());
    t.visitor().submit(&code, &[("idempotency_key", &key)]).await.expect(201);
    for change in
        [("body", "别的事"), ("role", "student"), ("identity", "named"), ("topic", "canteen"), ("danger", "1")]
    {
        let reply = t.visitor().submit(&code, &[("idempotency_key", &key), change]).await.expect(422);
        assert!(reply.json()["errors"]["idempotency_key"].is_array(), "{change:?}: {}", reply.text());
    }
    let fields = [("idempotency_key", key.as_str()), ("role", "parent"), ("identity", "anonymous"), ("body", "别的事")];
    let page = t.visitor().post(&format!("/q/{code}"), &fields).await.expect(422);
    let fresh = page.input("idempotency_key").unwrap();
    assert_ne!(fresh, key);
    t.visitor().submit(&code, &[("idempotency_key", &fresh), ("body", "别的事")]).await.expect(201);
    assert_eq!(t.count("cases").await, 2);
}

#[tokio::test]
async fn the_key_may_come_as_a_header() {
    let t = TestApp::start().await;
    let (code, key) = (t.point("北门").to_string(), key());
    let visitor = t.visitor().with("idempotency-key", &key);
    let a = visitor.submit(&code, &[("idempotency_key", "ignored-1")]).await.expect(201);
    let b = visitor.submit(&code, &[("idempotency_key", "ignored-2")]).await.expect(201);
    assert_eq!(a.text(), b.text());
    assert_eq!(t.count("cases").await, 1);
}

#[tokio::test]
async fn the_same_key_at_another_access_point_is_another_case() {
    let t = TestApp::start().await;
    let key = key();
    let a = t.visitor().submit(t.point("北门"), &[("idempotency_key", &key)]).await.expect(201);
    let b = t.visitor().submit(t.point("校门口"), &[("idempotency_key", &key)]).await.expect(201);
    assert_ne!(a.word("tracking_code"), b.word("tracking_code"));
}
