//! The second step of signing in (promise 15): set up, asked for, required, reset.

use chrono::TimeDelta;
use huiyin::{
    cli::demo::Login,
    kernel::{roles::Role, totp},
};

use crate::support::{Client, Reply, TestApp, engines};

fn unbase32(letters: &str) -> Vec<u8> {
    let value = |c: char| "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".find(c).unwrap() as u64;
    let symbols: Vec<u64> = letters.chars().filter(|c| !c.is_whitespace()).map(value).collect();
    let bits: Vec<u64> = symbols.iter().flat_map(|s| (0..5).rev().map(move |i| s >> i & 1)).collect();
    bits.chunks_exact(8).map(|byte| byte.iter().fold(0u64, |all, bit| all << 1 | bit) as u8).collect()
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    text.split(start).nth(1).unwrap_or_else(|| panic!("no {start} in {text}")).split(end).next().unwrap()
}

/// Sets it up for a signed-in person; the secret and the recovery codes.
async fn set_up(t: &TestApp, client: &Client<'_>, password: &str) -> (Vec<u8>, Vec<String>) {
    client.post("/account/second-factor/begin", &[("password", "wrong")]).await.expect(422);
    client.post("/account/second-factor/begin", &[("password", password)]).await.expect(303);
    let page = client.get("/account/second-factor").await.expect(200).text();
    let secret = unbase32(between(&page, "class=\"second-letters\">", "<"));
    assert_eq!(secret.len(), 20);
    client.post("/account/second-factor/confirm", &[("code", "000 000")]).await.expect(422);
    let code = totp::code(&secret, totp::step_at(t.app.now()));
    let shown = client.post("/account/second-factor/confirm", &[("code", &code)]).await.expect(200).text();
    let list = between(&shown, "class=\"recovery-codes\">", "</ol>");
    let codes: Vec<String> = list.split("<li>").skip(1).map(|i| i.split('<').next().unwrap().to_string()).collect();
    assert_eq!(codes.len(), 10, "{list}");
    client.post("/account/second-factor/confirm", &[("code", &code)]).await.expect(409);
    (secret, codes)
}

fn cookie(reply: &Reply, name: &str) -> String {
    let mut all = reply.headers.get_all("set-cookie").iter().map(|v| v.to_str().unwrap());
    let found = all.rfind(|c| c.starts_with(&format!("{name}=")));
    found.unwrap_or_else(|| panic!("no cookie {name}")).split(';').next().unwrap().to_string()
}

/// The right password; the client that owes a code.
async fn owing<'a>(t: &'a TestApp, login: &Login, next: &str) -> Client<'a> {
    let fields = [("username", login.username.as_str()), ("password", login.password.as_str()), ("next", next)];
    let reply = t.visitor().post("/login", &fields).await.expect(303);
    assert!(reply.header("location").starts_with("/login/code"), "{}", reply.header("location"));
    let all: Vec<&str> = reply.headers.get_all("set-cookie").iter().map(|v| v.to_str().unwrap()).collect();
    assert!(all.iter().all(|c| !c.starts_with("__Host-huiyin=")), "no session before the code: {all:?}");
    assert!(all.iter().all(|c| c.contains("HttpOnly") && c.contains("Secure") && c.contains("SameSite=Lax")));
    let mut client = t.visitor();
    client.cookie = Some(cookie(&reply, "__Host-huiyin-step"));
    client
}

#[tokio::test]
async fn the_password_alone_is_not_enough_and_no_code_is_good_twice() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let login = t.login(Role::Office, None).clone();
        let (secret, codes) = set_up(&t, &t.signed_in(&login).await, &login.password).await;
        let dump = t.dump().await.to_lowercase();
        let hex: String = secret.iter().map(|b| format!("{b:02x}")).collect();
        assert!(!dump.contains(&hex) && !dump.contains(&totp::base32(&secret).to_lowercase()), "the secret is sealed");
        assert!(codes.iter().all(|c| !dump.contains(&c.replace('-', "").to_lowercase())), "codes are hashes");

        // The code that confirmed it is used up; the next one is not, and where one wanted to go is kept.
        let step = totp::step_at(t.app.now());
        let code = |off: i64| totp::code(&secret, step + off);
        let client = owing(&t, &login, "/desk/notices").await;
        assert_eq!(client.get("/desk").await.expect(303).header("location"), "/login?next=/desk");
        assert!(
            client.get("/login/code?next=/desk/notices").await.expect(200).text().contains("value=\"/desk/notices\"")
        );
        let wrong = client.post("/login/code", &[("code", &code(0)), ("next", "/desk/notices")]).await.expect(401);
        assert!(wrong.text().contains("value=\"/desk/notices\"") && wrong.text().contains(&code(0)));
        let right = client.post("/login/code", &[("code", &code(1)), ("next", "/desk/notices")]).await.expect(303);
        assert_eq!(right.header("location"), "/desk/notices");
        let mut inside = t.visitor();
        inside.cookie = Some(cookie(&right, "__Host-huiyin"));
        inside.get("/desk").await.expect(200);
        // The step is over with it, and the code too.
        assert!(client.get("/login/code").await.expect(303).header("location").starts_with("/login"));
        owing(&t, &login, "").await.post("/login/code", &[("code", &code(1))]).await.expect(401);
        // A clock two steps off is too far.
        t.clock.advance(TimeDelta::seconds(90));
        owing(&t, &login, "").await.post("/login/code", &[("code", &code(5))]).await.expect(401);
        let twice = [owing(&t, &login, "").await, owing(&t, &login, "").await];
        let both = futures::future::join_all(
            twice.iter().map(async |c| c.post("/login/code", &[("code", &code(3))]).await.status.as_u16()),
        )
        .await;
        assert_eq!(both.iter().filter(|s| **s == 303).count(), 1, "two at once: {both:?}");

        // A recovery code, typed sloppily, is good once; waiting too long is the same as no password.
        let sloppy = codes[3].to_lowercase().replace('-', " ");
        owing(&t, &login, "").await.post("/login/code", &[("code", &sloppy)]).await.expect(303);
        owing(&t, &login, "").await.post("/login/code", &[("code", &codes[3])]).await.expect(401);
        let late = owing(&t, &login, "").await;
        t.clock.advance(TimeDelta::minutes(11));
        let over = late.post("/login/code", &[("code", &codes[4])]).await.expect(303);
        assert_eq!(over.header("location"), "/login?over=1");
        owing(&t, &login, "").await.post("/login/code", &[("code", &codes[4])]).await.expect(303);
        let dump = t.dump().await;
        assert!(dump.contains("account.second_set_up") && dump.contains("account.second_failed"));
    }
}

#[tokio::test]
async fn guesses_at_the_code_are_slowed_down_wherever_they_come_from() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let login = t.login(Role::Office, None).clone();
        let (_, codes) = set_up(&t, &t.signed_in(&login).await, &login.password).await;
        let thief = owing(&t, &login, "").await;
        let guesses = (0..24u8).map(|i| {
            let thief = thief.clone().from([203, 0, i, 66]);
            async move { thief.post("/login/code", &[("code", &format!("1234{i:02}"))]).await.status.as_u16() }
        });
        let statuses = futures::future::join_all(guesses).await;
        let tried = statuses.iter().filter(|s| **s == 401).count();
        assert!(tried <= 6, "{tried} of 24 guesses were tried: {statuses:?}");
        thief.post("/login/code", &[("code", &codes[0])]).await.expect(429);
    }
}

#[tokio::test]
async fn a_role_of_which_it_is_required_gets_no_further_than_to_the_set_up() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let login = t.login(Role::Office, None).clone();
        let (office, leader) = (t.signed_in(&login).await, t.staff(Role::Leader).await);
        let admin = t.staff(Role::Admin).await;
        admin.post("/admin/sign-in", &[("roles", "office"), ("roles", "nonsense")]).await.expect(303);
        assert_eq!(office.get("/desk").await.expect(303).header("location"), "/account/second-factor");
        let typed = office.post("/desk/boxes", &[("explanation", "铁锁坏了，已报修，下周再开")]).await.expect(403);
        assert!(typed.text().contains("铁锁坏了，已报修，下周再开"), "what was typed comes back");
        leader.get("/desk").await.expect(200);
        admin.get("/admin").await.expect(200);
        // The grace: the password alone signs in, and leads there.
        let fresh = t.signed_in(&login).await;
        fresh.get("/desk").await.expect(303);
        set_up(&t, &fresh, &login.password).await;
        fresh.get("/desk").await.expect(200);
        office.get("/desk").await.expect(200);
        let kept = fresh.post("/account/second-factor/off", &[("off_password", &login.password)]).await;
        assert_eq!(kept.status.as_u16(), 422, "it is required");
        admin.post("/admin/sign-in", &[]).await.expect(303);
        fresh.post("/account/second-factor/off", &[("off_password", &login.password)]).await.expect(303);
        t.signed_in(&login).await.get("/desk").await.expect(200);
        let dump = t.dump().await;
        assert!(dump.contains("organization.second_step_required") && dump.contains("account.second_turned_off"));
    }
}

/// The id of a person in the administrator's list.
async fn id_of(admin: &Client<'_>, username: &str) -> String {
    let list = admin.get(&format!("/admin/staff?q={username}")).await.text();
    let mut ids = list.split("/admin/staff/").filter_map(|s| s.get(..32));
    ids.find(|s| s.chars().all(|c| c.is_ascii_hexdigit())).unwrap().to_string()
}

#[tokio::test]
async fn an_administrator_resets_it_for_others_and_a_link_does_not_stand_in_for_the_phone() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let (login, own) = (t.login(Role::Office, None).clone(), t.login(Role::Admin, None).clone());
        let (office, admin) = (t.signed_in(&login).await, t.signed_in(&own).await);
        set_up(&t, &office, &login.password).await;
        set_up(&t, &admin, &own.password).await;
        let id = id_of(&admin, &login.username).await;

        // A new password by a link still asks for the code.
        let made = admin.post(&format!("/admin/staff/{id}/invitation"), &[]).await.text();
        let links = made.split("/invitation/").filter_map(|s| s.get(..52));
        let token = links.into_iter().find(|s| s.chars().all(|c| c.is_ascii_alphanumeric())).unwrap();
        let new = "my own passphrase";
        let taken = t.visitor().post(&format!("/invitation/{token}"), &[("new", new)]).await.expect(303);
        assert_eq!(taken.header("location"), "/login/code");
        let login = Login { password: new.into(), ..login };
        let waiting = owing(&t, &login, "").await;

        // Not for oneself, not by another school.
        let mine = id_of(&admin, &own.username).await;
        let before = t.dump().await;
        admin.post(&format!("/admin/staff/{mine}/second-factor"), &[]).await.expect(422);
        assert_eq!(t.dump().await, before);
        let foreign = t.another_school(&[Role::Admin]).await.remove(0);
        t.signed_in(&foreign).await.post(&format!("/admin/staff/{id}/second-factor"), &[]).await.expect(404);

        assert!(admin.get(&format!("/admin/staff/{id}")).await.text().contains("/second-factor\""));
        admin.post(&format!("/admin/staff/{id}/second-factor"), &[]).await.expect(303);
        assert!(!admin.get(&format!("/admin/staff/{id}")).await.text().contains("/second-factor\""));
        waiting.get("/login/code").await.expect(303);
        t.signed_in(&login).await.get("/desk").await.expect(200);
        assert!(t.dump().await.contains("account.second_reset"));
    }
}
