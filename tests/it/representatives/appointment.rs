//! An appointment ends by itself, and nothing opens before the promise.

use huiyin::kernel::roles::Role;

use crate::support::{Client, TestApp, engines};

/// The demo's representative of this sign-in name, signed in.
pub async fn representative<'a>(t: &'a TestApp, username: &str) -> Client<'a> {
    t.signed_in(t.demo.staff.iter().find(|l| l.username == username).unwrap()).await
}

/// The id of the demo's appointment of a name.
pub async fn appointment_of(office: &Client<'_>, name: &str) -> String {
    let page = office.get("/desk/representatives").await.expect(200).text();
    let before = page.split(&format!(">{name}</a>")).next().unwrap();
    before.rsplit("/desk/representatives/").next().unwrap().split('"').next().unwrap().to_string()
}

/// An appointment of somebody new; other fields on top.
fn form<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let usual = [
        ("person", "new"),
        ("display_name", "热依拉"),
        ("username", "reyila"),
        ("kind", "parent"),
        ("first_day", "2026-03-10"),
        ("last_day", "2026-03-20"),
        ("places", "食堂三楼"),
        ("more_places", "图书馆"),
    ];
    let kept = usual.into_iter().filter(|(k, _)| !changes.iter().any(|(c, _)| c == k));
    kept.chain(changes.iter().copied()).collect()
}

/// The one-time link on a slip.
fn link(slip: &str) -> String {
    let at = slip.find("/invitation/").unwrap();
    slip[at..].chars().take("/invitation/".len() + 52).collect()
}

/// A representative who has set a password by their slip.
async fn invited<'a>(t: &'a TestApp, office: &Client<'_>, changes: &[(&str, &str)]) -> (Client<'a>, String) {
    let slip = office.post("/desk/representatives/new", &form(changes)).await.expect(201).text();
    assert!(slip.contains("热依拉") && slip.contains("reyila") && slip.contains("<svg"));
    let mut person = t.visitor();
    let reply = person.post(&link(&slip), &[("new", "correct horse battery")]).await.expect(303);
    person.cookie = reply.header("set-cookie").split(';').next().map(str::to_string);
    let id = appointment_of(office, "热依拉").await;
    (person, id)
}

#[tokio::test]
async fn the_promise_comes_before_everything_and_the_term_ends_by_itself() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let office = t.staff(Role::Office).await;
        let (person, _) = invited(&t, &office, &[]).await;

        // Before the promise nothing opens.
        assert_eq!(person.get("/rep").await.expect(303).header("location"), "/rep/promise");
        person.get("/rep/place").await.expect(404);
        person.post("/rep/naming", &[("visible", "1")]).await.expect(404);
        assert!(person.get("/rep/promise").await.expect(200).text().contains("不打听是谁反映的"));
        person.post("/rep/promise", &[]).await.expect(422);
        person.get("/rep/place").await.expect(404);
        person.post("/rep/promise", &[("accept", "1")]).await.expect(303);
        let home = person.get("/rep").await.expect(200).text();
        assert!(home.contains("食堂三楼") && home.contains("图书馆"), "{home}");
        person.get("/rep/place").await.expect(200);
        let kept =
            t.column("SELECT CAST(promise_version AS TEXT) FROM appointments WHERE promised_at IS NOT NULL").await;
        assert_eq!(kept.len(), 3, "the two of the demo and this one, with version and time");

        // To the last moment of the last day in China, and not a moment longer; the session goes on.
        t.clock.set("2026-03-20T15:30:00Z".parse().unwrap());
        let person = relogin(&t, person).await;
        t.clock.set("2026-03-20T15:59:59.999Z".parse().unwrap());
        person.get("/rep/place").await.expect(200);
        t.clock.set("2026-03-20T16:00:00Z".parse().unwrap());
        person.get("/rep/place").await.expect(404);
        person.post("/rep/place", &[("code", t.point("食堂三楼")), ("state", "intact")]).await.expect(404);
        person.get("/rep/promise").await.expect(404);
        person.post("/rep/promise", &[("accept", "1")]).await.expect(404);
        let over = person.get("/rep").await.expect(200).text();
        assert!(over.contains("任期已经结束") && !over.contains("/rep/place"), "{over}");
        assert!(person.get("/account").await.status.is_success(), "{engine:?}");
        assert_eq!(t.count("access_point_sightings").await, 0);
    }
}

/// Ten days later the session has idled out; the password is still the same.
async fn relogin<'a>(t: &'a TestApp, _old: Client<'a>) -> Client<'a> {
    Client::new(t).from([10, 9, 9, 9]).sign_in("reyila", "correct horse battery").await
}

#[tokio::test]
async fn an_appointment_that_is_ended_ends_at_once() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let office = t.staff(Role::Office).await;
        let aygul = representative(&t, "aygul").await;
        aygul.get("/rep/place").await.expect(200);
        let here = format!("/desk/representatives/{}", appointment_of(&office, "阿依古丽").await);
        office.post(&format!("{here}/end"), &[("reason", " ")]).await.expect(422);
        aygul.get("/rep/place").await.expect(200);
        office.post(&format!("{here}/end"), &[("reason", "搬家了")]).await.expect(303);
        aygul.get("/rep/place").await.expect(404);
        assert!(!aygul.get("/rep").await.expect(200).text().contains("搬家了"), "the reason is not for them");
        assert!(office.get(&here).await.expect(200).text().contains("搬家了"));
        office.post(&format!("{here}/end"), &[("reason", "再来一次")]).await.expect(409);
        office.post(&format!("{here}/invitation"), &[]).await.expect(404);
    }
}

#[tokio::test]
async fn a_renewal_is_a_new_appointment_and_terms_do_not_overlap() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let office = t.staff(Role::Office).await;
        let page = office.get("/desk/representatives/new").await.expect(200).text();
        let id = |name: &str| {
            let option = page.split("<option value=\"").find(|o| o.contains(&format!(">{name} · "))).unwrap();
            option.split('"').next().unwrap().to_string()
        };
        let old = id("田国强");
        office.post("/desk/representatives/new", &form(&[("person", &old)])).await.expect(303);
        let again = office.post("/desk/representatives/new", &form(&[("person", &old)])).await.expect(422).text();
        assert!(again.contains("重叠"), "{again}");
        let next = [("person", old.as_str()), ("first_day", "2026-03-21"), ("last_day", "2026-04-20")];
        office.post("/desk/representatives/new", &form(&next)).await.expect(303);
        // The old promise does not count for the new term.
        let person = representative(&t, "tianguoqiang").await;
        assert_eq!(person.get("/rep").await.expect(303).header("location"), "/rep/promise");
    }
}

#[tokio::test]
async fn the_office_lets_nobody_in_but_representatives() {
    let t = TestApp::start().await;
    let office = t.staff(Role::Office).await;
    let admin = t.column("SELECT LOWER(HEX(id)) FROM staff WHERE role = 'admin'").await;
    office.post("/desk/representatives/new", &form(&[("person", &admin[0])])).await.expect(422);
    // Somebody who was a representative and is an administrator now keeps their password.
    let here = format!("/desk/representatives/{}", appointment_of(&office, "阿依古丽").await);
    office.post(&format!("{here}/invitation"), &[]).await.expect(200);
    t.execute("UPDATE staff SET role = 'admin' WHERE username = 'aygul'").await;
    let before = t.count("invitations").await;
    office.post(&format!("{here}/invitation"), &[]).await.expect(404);
    assert_eq!(t.count("invitations").await, before);
}

#[tokio::test]
async fn a_refused_form_gives_everything_back() {
    let t = TestApp::start().await;
    let office = t.staff(Role::Office).await;
    let wrong = form(&[("last_day", "2026-03-01"), ("username", "aygul")]);
    let page = office.post("/desk/representatives/new", &wrong).await.expect(422).text();
    assert!(page.contains("热依拉") && page.contains("图书馆") && page.contains("最后一天不能早于第一天"), "{page}");
    let taken = form(&[("username", "aygul")]);
    office.post("/desk/representatives/new", &taken).await.expect(422);
    assert_eq!(t.count("appointments").await, 4, "nothing was written");
    // A made-up name, when none is typed.
    let slip = office.post("/desk/representatives/new", &form(&[("username", "")])).await.expect(201).text();
    assert!(slip.contains("rep-"), "{slip}");
}

#[tokio::test]
async fn letters_are_printed_for_who_may_read_them() {
    let t = TestApp::start().await;
    let office = t.staff(Role::Office).await;
    let here = format!("/desk/representatives/{}", appointment_of(&office, "阿依古丽").await);
    let letter = office.get(&format!("{here}/letter")).await.expect(200).text();
    for words in ["聘书", "阿依古丽", "雪莲小学", "食堂三楼", "家长代表"] {
        assert!(letter.contains(words), "{words} in {letter}");
    }
    let promise = office.get(&format!("{here}/promise")).await.expect(200).text();
    assert!(promise.contains("签名") && promise.contains("不打听是谁反映的"));
    let leader = t.staff(Role::Leader).await;
    leader.get(&here).await.expect(200);
    leader.get(&format!("{here}/letter")).await.expect(200);
    assert!(!leader.get(&here).await.text().contains("提前结束聘任"), "leaders read");
    leader.post(&format!("{here}/end"), &[("reason", "x")]).await.expect(404);
}

#[tokio::test]
async fn the_start_page_names_only_those_who_want_to_be_named() {
    let t = TestApp::start().await;
    let start = async || t.visitor().get("/xuelian").await.expect(200).text();
    let page = start().await;
    assert!(page.contains("现在有 2 位") && page.contains("阿依古丽"), "{page}");
    assert!(!page.contains("宋家明") && !page.contains("马晓燕") && !page.contains("田国强"));
    representative(&t, "aygul").await.post("/rep/naming", &[("visible", "")]).await.expect(303);
    representative(&t, "songjiaming").await.post("/rep/naming", &[("visible", "1")]).await.expect(303);
    let page = start().await;
    assert!(!page.contains("阿依古丽") && page.contains("宋家明"), "{page}");
}
