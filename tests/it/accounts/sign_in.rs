//! Signing in and out, throttling, sessions (promise 15).

use huiyin::kernel::roles::Role;

use crate::support::{TestApp, engines};

#[tokio::test]
async fn the_cookie_is_for_this_host_alone_and_its_secret_is_nowhere() {
    let t = TestApp::start().await;
    let login = t.login(Role::Office, None).clone();
    let reply =
        t.visitor().post("/login", &[("username", &login.username), ("password", &login.password)]).await.expect(303);
    assert_eq!(reply.header("location"), "/desk");
    let cookie = reply.header("set-cookie").to_string();
    assert!(cookie.starts_with("__Host-"), "{cookie}");
    for attribute in ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    assert!(!cookie.contains("Domain"));
    let secret = cookie.split(['=', ';']).nth(1).unwrap().to_string();
    let dump = t.dump().await;
    assert!(!dump.contains(&secret) && !dump.contains(&login.password));
    let again = t.visitor().post("/login", &[("username", &login.username), ("password", &login.password)]).await;
    assert_ne!(
        again.header("set-cookie").split(['=', ';']).nth(1),
        Some(secret.as_str()),
        "the id is new at each sign-in"
    );
}

#[tokio::test]
async fn who_came_for_a_page_gets_it_when_it_is_one_for_them() {
    let t = TestApp::start().await;
    let to = async |role, next: &str| {
        let login = t.login(role, None).clone();
        let fields = [("username", login.username.as_str()), ("password", login.password.as_str()), ("next", next)];
        t.visitor().post("/login", &fields).await.expect(303).header("location").to_string()
    };
    assert_eq!(to(Role::Office, "/desk?view=review").await, "/desk?view=review");
    assert_eq!(to(Role::HotlineOperator, "/desk?view=review").await, Role::HotlineOperator.home());
    assert_eq!(to(Role::HotlineOperator, "/desk/hotline").await, "/desk/hotline");
    assert_eq!(to(Role::Office, "/nowhere/at/all").await, "/desk");
}

#[tokio::test]
async fn a_wrong_name_and_a_wrong_password_look_the_same() {
    let t = TestApp::start().await;
    let name = t.login(Role::Office, None).username.clone();
    let wrong = t.visitor().post("/login", &[("username", &name), ("password", "wrong")]).await.expect(401);
    let unknown = t.visitor().post("/login", &[("username", "nobody"), ("password", "wrong")]).await.expect(401);
    let plain = |text: String, name: &str| text.replace(name, "NAME");
    let strip = |text: String| {
        text.split("nonce=\"")
            .enumerate()
            .map(|(i, p)| if i == 0 { p.to_string() } else { p.split_once('"').map_or("", |x| x.1).to_string() })
            .collect::<String>()
    };
    assert_eq!(strip(plain(wrong.text(), &name)), strip(plain(unknown.text(), "nobody")));
}

#[tokio::test]
async fn parallel_guesses_do_not_beat_the_throttle_and_the_owner_is_not_locked_out() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let login = t.login(Role::Office, None).clone();
        let attacker = t.visitor().from([203, 0, 113, 66]);
        let guesses = (0..24).map(|i| {
            let (attacker, name) = (attacker.clone(), login.username.clone());
            async move {
                attacker
                    .post("/login", &[("username", &name), ("password", &format!("guess {i}"))])
                    .await
                    .status
                    .as_u16()
            }
        });
        let statuses = futures::future::join_all(guesses).await;
        let tried = statuses.iter().filter(|s| **s == 401).count();
        assert!(tried <= 6, "{tried} of 24 guesses were tried: {statuses:?}");
        // Even the right one is not tried for the attacker now.
        attacker.post("/login", &[("username", &login.username), ("password", &login.password)]).await.expect(429);
        // The owner comes from elsewhere.
        t.visitor()
            .from([198, 51, 100, 5])
            .sign_in(&login.username, &login.password)
            .await
            .get("/desk")
            .await
            .expect(200);
        // And after a while the place is forgiven.
        t.clock.advance(chrono::TimeDelta::hours(2));
        attacker.post("/login", &[("username", &login.username), ("password", &login.password)]).await;
    }
}

#[tokio::test]
async fn a_session_ends_with_signing_out_a_new_password_and_everywhere() {
    let t = TestApp::start().await;
    let login = t.login(Role::Office, None).clone();
    let (a, b) = (t.signed_in(&login).await, t.signed_in(&login).await);
    a.post("/logout", &[]).await.expect(303);
    a.get("/desk").await.expect(303);
    b.get("/desk").await.expect(200);
    let c = t.signed_in(&login).await;
    c.post("/account/sign-out-everywhere", &[]).await.expect(303);
    b.get("/desk").await.expect(303);
    c.get("/desk").await.expect(303);
    let (d, e) = (t.signed_in(&login).await, t.signed_in(&login).await);
    let fields =
        [("current", login.password.as_str()), ("new", "a new long passphrase"), ("repeat", "a new long passphrase")];
    let changed = d.post("/account/password", &fields).await;
    assert_eq!(changed.status.as_u16(), 303, "{}", changed.text());
    e.get("/desk").await.expect(303);
    d.get("/desk").await.expect(303);
    t.visitor().post("/login", &[("username", &login.username), ("password", &login.password)]).await.expect(401);
    t.visitor().sign_in(&login.username, "a new long passphrase").await.get("/desk").await.expect(200);
}

#[tokio::test]
async fn a_disabled_account_loses_access_at_once() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let login = t.login(Role::Handler, Some("食堂")).clone();
        let (handler, admin) = (t.signed_in(&login).await, t.staff(Role::Admin).await);
        handler.get("/desk").await.expect(200);
        let list = admin.get(&format!("/admin/staff?q={}", login.username)).await.text();
        let id: String = list
            .split("/admin/staff/")
            .filter_map(|s| s.get(..32))
            .find(|s| s.chars().all(|c| c.is_ascii_hexdigit()))
            .unwrap()
            .into();
        admin.post(&format!("/admin/staff/{id}/disable"), &[]).await.expect(303);
        handler.get("/desk").await.expect(303);
        t.visitor().post("/login", &[("username", &login.username), ("password", &login.password)]).await.expect(401);
        admin.post(&format!("/admin/staff/{id}/enable"), &[]).await.expect(303);
        handler.get("/desk").await.expect(303);
    }
}

#[tokio::test]
async fn an_invitation_works_once() {
    let t = TestApp::start().await;
    let login = t.login(Role::Handler, Some("食堂")).clone();
    let admin = t.staff(Role::Admin).await;
    let list = admin.get(&format!("/admin/staff?q={}", login.username)).await.text();
    let id: String = list
        .split("/admin/staff/")
        .filter_map(|s| s.get(..32))
        .find(|s| s.chars().all(|c| c.is_ascii_hexdigit()))
        .unwrap()
        .into();
    let made = admin.post(&format!("/admin/staff/{id}/invitation"), &[]).await;
    let page = made.text();
    let token: String = page
        .split("/invitation/")
        .filter_map(|s| s.get(..52))
        .find(|s| s.chars().all(|c| c.is_ascii_alphanumeric()))
        .unwrap()
        .into();
    assert!(!t.dump().await.contains(&token), "the link is kept as a hash only");
    let path = format!("/invitation/{token}");
    t.visitor().get(&path).await.expect(200);
    let fields = [("new", "my own passphrase"), ("repeat", "my own passphrase"), ("password", "my own passphrase")];
    let taken = t.visitor().post(&path, &fields).await;
    assert_eq!(taken.status.as_u16(), 303, "{}", taken.text());
    t.visitor().sign_in(&login.username, "my own passphrase").await.get("/desk").await.expect(200);
    assert!(t.visitor().post(&path, &fields).await.status.is_client_error());
    assert!(t.visitor().get(&path).await.status.is_client_error());
}

#[tokio::test]
async fn a_prankster_at_the_next_desk_does_not_lock_the_owner_out_of_a_known_device() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let login = t.login(Role::Office, None).clone();
        let right = [("username", login.username.as_str()), ("password", login.password.as_str())];
        let first = t.visitor().post("/login", &right).await.expect(303);
        let cookies: Vec<String> =
            first.headers.get_all("set-cookie").iter().map(|v| v.to_str().unwrap().to_string()).collect();
        let device = cookies.iter().find(|c| c.starts_with("__Host-huiyin-device=")).unwrap();
        assert!(device.contains("HttpOnly") && device.contains("Secure") && device.contains("SameSite=Lax"));
        let device = device.split(';').next().unwrap().to_string();
        for i in 0..40 {
            let guess = format!("guess {i}");
            t.visitor().post("/login", &[("username", &login.username), ("password", &guess)]).await;
        }
        t.visitor().post("/login", &right).await.expect(429);
        t.visitor().with("cookie", &device).post("/login", &right).await.expect(303);
        // It is good for this name alone, made-up ones are good for nothing, and guesses with it are slowed down too.
        let other = t.login(Role::Auditor, None).clone();
        for wrong in [device.clone(), "__Host-huiyin-device=x.y".to_string()] {
            let reply = t
                .visitor()
                .with("cookie", &wrong)
                .post("/login", &[("username", &other.username), ("password", "x")])
                .await;
            assert_eq!(reply.status.as_u16(), 429, "the address has guessed too often");
        }
        let mut slowed = 0;
        for i in 0..12 {
            let guess = format!("again {i}");
            let reply = t
                .visitor()
                .with("cookie", &device)
                .post("/login", &[("username", &login.username), ("password", &guess)])
                .await;
            slowed += usize::from(reply.status.as_u16() == 429);
        }
        assert!(slowed >= 6, "{slowed} on {engine:?}");
    }
}
