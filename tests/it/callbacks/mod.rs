//! Callbacks: who comes on the list, who may ask, and what comes of it.

use chrono::TimeDelta;
use huiyin::kernel::roles::Role;

use crate::{
    cases::story::OnCase,
    representatives::representative,
    support::{Client, Reply, TestApp, engines},
};

const NAME: &str = "哨兵姓名";
const PHONE: &str = "13912345678";

/// A case that the canteen answered and the office let out; its number and its tracking code.
pub async fn answered(t: &TestApp, identity: &str) -> (String, String) {
    let fields = [("body", "汤是凉的"), ("identity", identity), ("contact_name", NAME), ("contact", PHONE)];
    let receipt = t.visitor().submit(t.point("食堂三楼"), &fields).await.expect(201);
    let number = receipt.word("case_number");
    let office = OnCase::new(t.staff(Role::Office).await, &number);
    let canteen = office.department("食堂").await;
    office.act("assign", &[("department", &canteen), ("due_on", ""), ("instruction", "")]).await.expect(303);
    let handler = OnCase::new(t.signed_in(t.login(Role::Handler, Some("食堂"))).await, &number);
    handler.act("hand-in", &[("reply", "保温台修好了。")]).await.expect(303);
    office.act("let-out", &[("reply", "保温台修好了。")]).await.expect(303);
    (number, receipt.word("tracking_code"))
}

fn here(number: &str) -> String {
    format!("/desk/callbacks/{number}")
}

/// Saves what came of a call, as the page offers it now.
pub async fn call(client: &Client<'_>, number: &str, fields: &[(&str, &str)]) -> Reply {
    let page = client.get(&here(number)).await.expect(200);
    let (version, tries) = (page.input("version").unwrap(), page.input("tries").unwrap());
    let fields = [&[("version", version.as_str()), ("tries", tries.as_str())], fields].concat();
    client.post(&here(number), &fields).await
}

const SAID: [(&str, &str); 4] = [("outcome", "reached"), ("contacted", "yes"), ("solved", "yes"), ("satisfied", "yes")];

#[tokio::test]
async fn a_case_comes_on_the_list_by_itself_on_the_day_its_limit_ends() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let (number, _) = answered(&t, "named").await;
        let (judged, code) = answered(&t, "named").await;
        let yes = [
            ("tracking_code", code.as_str()),
            ("action", "rate"),
            ("contacted", "yes"),
            ("solved", "yes"),
            ("satisfied", "no"),
        ];
        t.visitor().json().post("/track", &yes).await.expect(200);
        // A session does not outlast a night.
        let listed = async || t.staff(Role::Office).await.get("/desk/callbacks").await.expect(200).text();
        assert!(!listed().await.contains(&number), "there is still time to judge it on the tracking page");
        // Received on Tuesday the 10th, five working days: the limit ends on Tuesday the 17th.
        t.clock.advance(TimeDelta::days(6));
        assert!(!listed().await.contains(&number), "the day before");
        t.clock.advance(TimeDelta::days(1));
        let page = listed().await;
        assert!(page.contains(&number) && !page.contains(&judged), "{page}");
        assert!(!page.contains("stat late"), "due today, not overdue");
        t.clock.advance(TimeDelta::days(1));
        assert!(listed().await.contains("stat late"), "overdue the day after");
        t.staff(Role::Office).await.get(&here(&judged)).await.expect(303);
    }
}

#[tokio::test]
async fn the_office_asks_and_not_solved_comes_back_to_it() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let (number, code) = answered(&t, "named").await;
        t.clock.advance(TimeDelta::days(7));
        let office = t.staff(Role::Office).await;
        let page = office.get(&here(&number)).await.expect(200).text();
        assert!(page.contains(PHONE) && page.contains("保温台修好了"), "{page}");
        let refused = call(&office, &number, &[("outcome", "reached"), ("solved", "no"), ("note", "还是凉的")]).await;
        assert!(refused.expect(422).text().contains("还是凉的"), "nothing typed is lost");
        let no =
            [("outcome", "reached"), ("contacted", "no"), ("solved", "no"), ("satisfied", "no"), ("note", "还是凉的")];
        let old = office.get(&here(&number)).await.input("version").unwrap();
        call(&office, &number, &no).await.expect(303);
        let track = t.visitor().json().post("/track", &[("tracking_code", &code)]).await.expect(200);
        assert_eq!(track.word("state"), "reopened");
        assert_eq!(t.column("SELECT source FROM callbacks").await, ["phone"]);
        assert!(!office.get("/desk/callbacks").await.text().contains(&number));
        let late = [
            ("version", old.as_str()),
            ("tries", "0"),
            ("outcome", "reached"),
            ("contacted", "yes"),
            ("solved", "yes"),
            ("satisfied", "yes"),
            ("note", "第二个人记下来的话在这里"),
        ];
        let late = office.post(&here(&number), &late).await.expect(409);
        assert!(late.text().contains("第二个人记下来的话在这里"), "what the second one typed is there to copy");
        assert_eq!(t.count("callbacks").await, 1);
        // Answered anew: asked about anew.
        let desk = OnCase::new(t.staff(Role::Office).await, &number);
        desk.act("let-out", &[("reply", "保温台整个换了。")]).await.expect(303);
        t.clock.advance(TimeDelta::days(9));
        let colleague = t.signed_in(t.demo.staff.iter().filter(|l| l.role == Role::Office).nth(1).unwrap()).await;
        assert!(colleague.get("/desk/callbacks").await.text().contains(&number));
        let office = t.staff(Role::Office).await;
        assert!(
            !office.get(&here(&number)).await.expect(200).text().contains(PHONE),
            "nobody calls about their own answer"
        );
        let own = [("version", "9"), ("tries", "0")].iter().chain(&SAID).copied().collect::<Vec<_>>();
        office.post(&here(&number), &own).await.expect(404);
        call(&colleague, &number, &SAID).await.expect(303);
        let track = t.visitor().json().post("/track", &[("tracking_code", &code)]).await.expect(200);
        assert_eq!(track.word("state"), "closed");
    }
}

#[tokio::test]
async fn tries_are_kept_and_after_three_it_ends_in_silence() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let (number, _) = answered(&t, "named").await;
        t.clock.advance(TimeDelta::days(7));
        let office = t.staff(Role::Office).await;
        let later = call(&office, &number, &[("outcome", "later"), ("next_at", "2026-03-01T10:00")]).await;
        later.expect(422);
        call(&office, &number, &[("outcome", "later"), ("next_at", "2026-03-17T19:00"), ("note", "晚上再打")])
            .await
            .expect(303);
        assert!(office.get(&here(&number)).await.text().contains("晚上再打"));
        // Two people at once: one try is written down.
        let first = office.get(&here(&number)).await;
        let (version, tries) = (first.input("version").unwrap(), first.input("tries").unwrap());
        let none = [("version", version.as_str()), ("tries", tries.as_str()), ("outcome", "no_answer"), ("note", "")];
        office.post(&here(&number), &none).await.expect(303);
        office.post(&here(&number), &none).await.expect(409);
        for _ in 0..2 {
            t.clock.advance(TimeDelta::days(1));
            let office = t.staff(Role::Office).await;
            call(&office, &number, &[("outcome", "no_answer")]).await.expect(303);
        }
        let office = t.staff(Role::Office).await;
        assert_eq!(t.count("callback_tries").await, 4);
        let (open, ended) = ("/desk/callbacks", "/desk/callbacks?view=ended");
        assert!(!office.get(open).await.expect(200).text().contains(&number), "nobody calls again");
        assert!(office.get(ended).await.expect(200).text().contains(&number), "ended, and counted");
        assert_eq!(t.count("callbacks").await, 0, "silence is no judgement");
    }
}

#[tokio::test]
async fn numbers_follow_the_rules_of_identity() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let (sealed, _) = answered(&t, "sealed").await;
        let (anonymous, _) = answered(&t, "anonymous").await;
        let (named, _) = answered(&t, "named").await;
        t.clock.advance(TimeDelta::days(7));
        let (office, leader) = (t.staff(Role::Office).await, t.staff(Role::Leader).await);
        let lead = t.staff(Role::SafeguardingLead).await;
        for (client, number) in [(&office, &sealed), (&office, &anonymous), (&leader, &sealed), (&leader, &named)] {
            let page = client.get(&here(number)).await.expect(200).text();
            assert!(!page.contains(PHONE) && !page.contains(NAME), "{page}");
            let posted = [("version", "1"), ("tries", "0")].iter().chain(&SAID).copied().collect::<Vec<_>>();
            client.post(&here(number), &posted).await.expect(404);
        }
        // The safeguarding lead asks about the sealed one, and knows of no other.
        let list = lead.get("/desk/callbacks").await.expect(200).text();
        assert!(list.contains(&sealed) && !list.contains(&named) && !list.contains(&anonymous), "{list}");
        lead.get(&here(&named)).await.expect(404);
        let page = lead.get(&here(&sealed)).await.expect(200).text();
        assert!(!page.contains(PHONE) && !page.contains("保温台") && page.contains("/identity"), "{page}");
        call(&lead, &sealed, &SAID).await.expect(303);
        assert_eq!(t.column("SELECT source FROM callbacks").await, ["phone"]);
        for role in [Role::Handler, Role::DepartmentHead, Role::HotlineOperator] {
            t.staff(role).await.get("/desk/callbacks").await.expect(404);
        }
        // Who is recused knows of none.
        let elsewhere = t.another_school(&[Role::Office]).await;
        let elsewhere = t.signed_in(&elsewhere[0]).await;
        assert!(!elsewhere.get("/desk/callbacks").await.expect(200).text().contains(&named));
        elsewhere.get(&here(&named)).await.expect(404);
    }
}

/// Hands a callback to Aygul; `agreement` empty: without name and number.
async fn hand_over(t: &TestApp, number: &str, agreement: &str) -> Reply {
    let office = t.staff(Role::Office).await;
    let page = office.get(&here(number)).await.expect(200);
    let html = page.text();
    let end = html.find(">阿依古丽</option>").unwrap_or_else(|| panic!("no representative in {html}"));
    let id = html[..end].rsplit("value=\"").next().unwrap().split('"').next().unwrap().to_string();
    let version = page.input("version").unwrap();
    let mut form = vec![("version", version.as_str()), ("representative", id.as_str()), ("agreement", agreement)];
    if !agreement.is_empty() {
        form.push(("with_contact", "1"));
    }
    office.post(&format!("{}/hand-over", here(number)), &form).await
}

#[tokio::test]
async fn a_representative_gets_name_and_number_only_with_the_submitters_agreement() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let (looked_at, _) = answered(&t, "named").await;
        let (asked, code) = answered(&t, "named").await;
        let (anonymous, _) = answered(&t, "anonymous").await;
        t.clock.advance(TimeDelta::days(7));
        hand_over(&t, &looked_at, "").await.expect(303);
        hand_over(&t, &asked, "3 月 10 日电话里说可以").await.expect(303);
        hand_over(&t, &anonymous, "电话里说可以").await.expect(422);
        let aygul = representative(&t, "aygul").await;
        let html = aygul.get("/rep").await.expect(200).text();
        assert!(!html.contains(PHONE));
        let waiting: Vec<String> =
            html.split("href=\"/rep/callbacks/").skip(1).map(|r| format!("/rep/callbacks/{}", &r[..32])).collect();
        assert_eq!(waiting.len(), 2);
        for path in &waiting {
            let page = aygul.get(path).await.expect(200).text();
            assert_eq!(page.contains(PHONE), page.contains(&asked), "{page}");
            assert_eq!(page.contains(NAME), page.contains(&asked));
            assert!(!page.contains("汤是凉的"), "never what was written");
            if page.contains(&asked) {
                aygul.post(path, &[("solved", "yes"), ("note", "挺好")]).await.expect(422);
                aygul.post(path, &[("contacted", "yes"), ("solved", "yes"), ("satisfied", "yes")]).await.expect(303);
            } else {
                aygul.post(path, &[("found", "not_fixed"), ("note", "还是凉的")]).await.expect(303);
            }
            aygul.get(path).await.expect(404);
        }
        assert_eq!(t.column("SELECT source FROM callbacks").await, ["representative"]);
        let track = t.visitor().json().post("/track", &[("tracking_code", &code)]).await.expect(200);
        assert_eq!(track.word("state"), "closed");
        let seen = OnCase::new(t.staff(Role::Office).await, &looked_at).page().await.text();
        assert!(seen.contains("还是凉的") && seen.contains("重办"), "back at the office: {seen}");
    }
}
