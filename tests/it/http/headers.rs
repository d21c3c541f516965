//! The headers of every answer, whatever it is (promises: Headers for pages).

use huiyin::{http::router::table, kernel::roles::Role};

use crate::support::{Client, Reply, TestApp};

const PERMISSIONS: &str =
    "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=(), browsing-topics=()";

/// What stands on every answer.
fn check_common(reply: &Reply, what: &str) {
    assert_eq!(reply.header("x-content-type-options"), "nosniff", "{what}");
    assert_eq!(reply.header("referrer-policy"), "same-origin", "{what}");
    assert_eq!(reply.header("permissions-policy"), PERMISSIONS, "{what}");
    assert_eq!(reply.header("cross-origin-opener-policy"), "same-origin", "{what}");
    assert!(reply.header("content-security-policy").starts_with("default-src 'none'"), "{what}");
    assert!(!reply.headers.contains_key("server"), "{what}");
    if reply.header("content-type").starts_with("text/html") {
        check_page(reply, what);
    }
}

/// What stands on every page: its policy to the letter, with the nonce that its own scripts carry.
fn check_page(reply: &Reply, what: &str) {
    assert_eq!(reply.header("cache-control"), "no-store", "{what}");
    let policy = reply.header("content-security-policy");
    let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).unwrap();
    assert!(nonce.len() >= 22, "{what}: a nonce of {} symbols", nonce.len());
    let html = reply.text();
    let islands = html.contains("<leptos-island");
    let wasm = if islands { " 'wasm-unsafe-eval'" } else { "" };
    assert_eq!(
        policy,
        format!(
            "default-src 'none'; script-src 'self' 'nonce-{nonce}'{wasm}; style-src 'self' 'nonce-{nonce}'; \
             img-src 'self' blob: data:; connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; \
             form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        ),
        "{what}"
    );
    for script in html.split("<script").skip(1) {
        assert!(
            script.split('>').next().unwrap().contains(&format!("nonce=\"{nonce}\"")),
            "{what}: a script without nonce"
        );
    }
    assert!(islands || !html.contains("<script"), "{what}: a script without islands");
    for active in [" style=\"", " onclick=", " onload=", "javascript:"] {
        assert!(!html.contains(active), "{what}: {active}");
    }
}

#[tokio::test]
async fn every_route_at_every_kind_of_status_has_its_headers() {
    let t = TestApp::start().await;
    let mut people: Vec<(String, Client<'_>)> = vec![("visitor".into(), t.visitor())];
    for role in [Role::Office, Role::Admin, Role::Auditor, Role::SafeguardingLead] {
        people.push((role.to_string(), t.staff(role).await));
    }
    let mut seen = std::collections::BTreeSet::new();
    for route in table() {
        let path = route.path.replace("{code}", t.point("北门")).replace("{slug}", "xuelian").replace(['{', '}'], "");
        for (who, client) in &people {
            if route.path == "/logout" {
                continue;
            }
            let reply = if route.mutating { client.post(&path, &[]).await } else { client.get(&path).await };
            check_common(&reply, &format!("{who} at {path}: {}", reply.status));
            seen.insert(reply.status.as_u16());
        }
    }
    let visitor = t.visitor();
    for (reply, status) in [
        (visitor.post("/privacy", &[]).await, 405),
        (visitor.get("/no/such/page").await, 404),
        (visitor.submit(t.point("北门"), &[]).await, 201),
        (visitor.with("sec-fetch-site", "cross-site").post("/login", &[]).await, 403),
    ] {
        check_common(&reply, &status.to_string());
        seen.insert(reply.expect(status).status.as_u16());
    }
    for status in [200, 201, 303, 401, 403, 404, 405, 422] {
        assert!(seen.contains(&status), "no answer with {status} among {seen:?}");
    }
}

#[tokio::test]
async fn behind_tls_the_browser_is_told_to_stay_there() {
    let t =
        TestApp::with(crate::support::engines()[0], |c| c.base_url = Some("https://huiyin.example.cn".into())).await;
    let reply = t.visitor().get("/track").await;
    assert_eq!(reply.header("strict-transport-security"), "max-age=31536000; includeSubDomains");
    let plain = TestApp::start().await;
    assert_eq!(plain.visitor().get("/track").await.header("strict-transport-security"), "");
}

#[tokio::test]
async fn numbers_for_monitors_are_for_the_loopback_or_with_the_token() {
    let t = TestApp::with(crate::support::engines()[0], |c| c.metrics_token = Some("geheim-token-1".into())).await;
    t.visitor().get("/healthz").await.expect(200);
    t.visitor().get("/readyz").await.expect(200);
    let text = t.visitor().get("/metrics").await.expect(200).text();
    assert!(text.contains("huiyin_requests_total"), "{text}");
    let elsewhere = t.visitor().from([203, 0, 113, 9]);
    elsewhere.get("/metrics").await.expect(404);
    elsewhere.clone().with("authorization", "Bearer wrong").get("/metrics").await.expect(404);
    elsewhere.with("authorization", "Bearer geheim-token-1").get("/metrics").await.expect(200);
}
