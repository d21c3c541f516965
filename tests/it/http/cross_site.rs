//! Posts from other sites (promise 16).

use huiyin::kernel::roles::Role;

use crate::support::TestApp;

#[tokio::test]
async fn a_post_from_another_site_is_refused_and_changes_nothing() {
    let t = TestApp::start().await;
    let office = t.staff(Role::Office).await;
    let before = t.dump().await;
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
        ("origin", "http://127.0.0.1:3001"),
    ] {
        let stranger = office.clone().with(name, value);
        stranger.post("/account/language", &[("lang", "en")]).await.expect(403);
        stranger.post("/logout", &[]).await.expect(403);
    }
    assert_eq!(t.dump().await, before);
}

#[tokio::test]
async fn a_null_origin_needs_the_sessions_token() {
    let t = TestApp::start().await;
    let office = t.staff(Role::Office).await.with("origin", "null");
    office.post("/account/language", &[("lang", "en")]).await.expect(403);
    office.post("/account/language", &[("lang", "en"), ("csrf", "0".repeat(64).as_str())]).await.expect(403);
    let token = office.get("/account").await.input("csrf").unwrap();
    office.post("/account/language", &[("lang", "en"), ("csrf", &token)]).await.expect(303);
    // The token of one session is worth nothing in another.
    let admin = t.staff(Role::Admin).await.with("origin", "null");
    admin.post("/account/language", &[("lang", "en"), ("csrf", &token)]).await.expect(403);
}

#[tokio::test]
async fn nobody_is_signed_in_by_a_page_of_another_site() {
    let t = TestApp::start().await;
    let login = t.login(Role::Office, None).clone();
    let fields = [("username", login.username.as_str()), ("password", login.password.as_str())];
    let before = t.dump().await;
    for (name, value) in [
        // A sandboxed frame, a page of data, a redirect through another site.
        ("origin", "null"),
        ("origin", "https://evil.example"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        let refused = t.visitor().with(name, value).post("/login", &fields).await.expect(403);
        assert_eq!(refused.header("set-cookie"), "", "{name}: {value}");
        t.visitor().with(name, value).post("/invitation/nothing", &[("new", "long enough")]).await.expect(403);
    }
    assert_eq!(t.dump().await, before);
    // What browsers send from our own page, old ones too, and what a program sends.
    for (name, value) in [("origin", "http://127.0.0.1:3000"), ("sec-fetch-site", "same-origin"), ("x-none", "")] {
        t.visitor().with(name, value).post("/login", &fields).await.expect(303);
    }
    assert_eq!(t.visitor().get("/login").await.header("referrer-policy"), "same-origin");
}

#[tokio::test]
async fn an_honest_form_without_scripts_passes_also_with_a_null_origin() {
    let t = TestApp::start().await;
    let code = t.point("北门");
    for origin in ["null", "http://127.0.0.1:3000"] {
        t.visitor().with("origin", origin).submit(code, &[]).await.expect(201);
    }
    t.visitor().with("sec-fetch-site", "same-origin").submit(code, &[]).await.expect(201);
    t.visitor().with("sec-fetch-site", "cross-site").submit(code, &[]).await.expect(403);
}

#[tokio::test]
async fn get_changes_nothing_but_what_is_written_down_about_reading() {
    let t = TestApp::start().await;
    let office = t.staff(Role::Office).await;
    // The first who asks for the board in a week has it counted.
    t.visitor().get("/xuelian/board").await.expect(200);
    let before = t.dump().await;
    for path in
        ["/", "/xuelian", "/xuelian/board", "/track", "/login", "/privacy", "/healthz", "/readyz", "/robots.txt"]
    {
        t.visitor().get(path).await;
        t.visitor().get(&format!("/q/{}", t.point("北门"))).await.expect(200);
    }
    for path in ["/desk", "/desk?view=all&q=汤", "/desk/access-points", "/account"] {
        office.get(path).await.expect(200);
    }
    assert_eq!(t.dump().await, before);
}
