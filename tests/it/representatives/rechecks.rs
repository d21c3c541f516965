//! Second looks by lot: what may be drawn, what is seen of it, and what becomes of the case.

use huiyin::{jobs, kernel::roles::Role};

use super::appointment::{appointment_of, representative};
use crate::{
    cases::story::OnCase,
    support::{Client, Multipart, TestApp, engines},
};

/// What submitters wrote and who they are: none of it may reach a representative.
const TEXT: &str = "哨兵原文四七一九";
const NAME: &str = "哨兵姓名";
const PHONE: &str = "13912345678";
const NOTE: &str = "哨兵备注";

/// A case that was answered; gives its number.
pub async fn answered(t: &TestApp, place: &str, fields: &[(&str, &str)]) -> String {
    let body = [("body", TEXT)];
    let fields: Vec<_> = if fields.iter().any(|(k, _)| *k == "body") {
        fields.to_vec()
    } else {
        fields.iter().chain(&body).copied().collect()
    };
    let number = t.visitor().submit(t.point(place), &fields).await.expect(201).word("case_number");
    let office = OnCase::new(t.staff(Role::Office).await, &number);
    office.act("note", &[("note", NOTE)]).await.expect(303);
    office.act("let-out", &[("reply", &format!("{NAME}您好，汤已换保温桶。"))]).await.expect(303);
    number
}

/// The office draws for a representative; gives the path of the draw.
pub async fn drawn(office: &Client<'_>, name: &str, wanted: &str) -> String {
    let appointment = appointment_of(office, name).await;
    let form = [("appointment", appointment.as_str()), ("wanted", wanted)];
    office.post("/desk/representatives/rechecks", &form).await.expect(303).header("location").to_string()
}

/// The paths of the looks that wait for a representative.
pub async fn waiting(person: &Client<'_>) -> Vec<String> {
    let html = person.get("/rep").await.expect(200).text();
    html.split("href=\"/rep/rechecks/").skip(1).map(|r| format!("/rep/rechecks/{}", &r[..32])).collect()
}

#[tokio::test]
async fn not_fixed_brings_the_case_back_and_fixed_is_written_down() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let office = t.staff(Role::Office).await;
        for _ in 0..3 {
            answered(&t, "食堂三楼", &[]).await;
        }
        answered(&t, "教学楼二层", &[("topic", "teaching")]).await;
        let draw = drawn(&office, "阿依古丽", "10").await;
        let page = office.get(&draw).await.expect(200).text();
        assert!(page.contains("一致：") && page.contains("从 3 件中抽 10 件"), "of the area alone: {page}");

        let aygul = representative(&t, "aygul").await;
        let looks = waiting(&aygul).await;
        assert_eq!(looks.len(), 3);
        aygul.post(&looks[0], &[("result", "not_fixed"), ("comment", "")]).await.expect(422);
        aygul.post(&looks[0], &[("result", "fixed"), ("comment", "好了")]).await.expect(303);
        let photo = std::fs::read("end2end/fixtures/canteen.jpg").unwrap();
        let form = Multipart::new().texts(&[("result", "not_fixed"), ("comment", "灯还是坏的")]).file(
            "photos",
            "x.jpg",
            "image/jpeg",
            &photo,
        );
        aygul.post_multipart(&looks[1], form).await.expect(303);
        aygul.post(&looks[1], &[("result", "fixed"), ("comment", "改主意")]).await.expect(409);
        aygul.post(&looks[2], &[("result", "unclear"), ("comment", "")]).await.expect(303);
        assert!(waiting(&aygul).await.is_empty());

        let state = async |result: &str| {
            let sql = format!(
                "SELECT c.state || ' ' || c.number FROM rechecks k JOIN cases c ON c.id = k.case_id WHERE k.result = '{result}'"
            );
            t.column(&sql).await.remove(0)
        };
        assert!(state("fixed").await.starts_with("answered "));
        assert!(state("unclear").await.starts_with("answered "));
        let reopened = state("not_fixed").await;
        let number = reopened.strip_prefix("reopened ").unwrap_or_else(|| panic!("{reopened}"));
        let case = office.get(&format!("/desk/cases/{number}")).await.expect(200).text();
        for words in ["代表回头看：没有解决", "灯还是坏的", "重办，回到文明办", "回头看的照片", "阿依古丽"]
        {
            assert!(case.contains(words), "{words}: {case}");
        }
        assert_eq!(t.count("attachments").await, 1);
        let table = office.get("/desk/representatives/rechecks").await.expect(200).text();
        assert!(table.contains("没解决") && table.contains("灯还是坏的") && table.contains("看不出来"));
        assert!(
            t.staff(Role::Leader)
                .await
                .get("/desk/representatives/rechecks")
                .await
                .expect(200)
                .text()
                .contains("没解决")
        );
        // The office is told once.
        let told = t.column("SELECT kind FROM outbox WHERE kind = 'reopened'").await;
        assert_eq!(told.len(), 2, "the two people of the office, on {engine:?}");
        // The submitter sees that somebody looked, not who or why.
        assert!(t.column("SELECT kind FROM case_events WHERE kind = 'recheck_not_fixed' AND visible").await.len() == 1);
    }
}

#[tokio::test]
async fn a_representative_sees_nothing_of_the_submitter() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let office = t.staff(Role::Office).await;
        let named = [("identity", "named"), ("contact_name", NAME), ("contact", PHONE)];
        let number = answered(&t, "食堂三楼", &named).await;
        drawn(&office, "阿依古丽", "1").await;
        let aygul = representative(&t, "aygul").await;
        let looks = waiting(&aygul).await;
        assert_eq!(looks.len(), 1);
        let look = aygul.get(&looks[0]).await.expect(200).text();
        assert!(look.contains(&number) && look.contains("汤已换保温桶") && look.contains("食堂三楼"), "{look}");
        let mut pages = vec![look, aygul.get("/rep").await.text(), aygul.get("/rep/place").await.text()];
        pages.push(aygul.post(&looks[0], &[("result", "not_fixed"), ("comment", "")]).await.expect(422).text());
        pages.push(aygul.post(&looks[0], &[("result", "x")]).await.expect(422).text());
        aygul.post(&looks[0], &[("result", "not_fixed"), ("comment", "没换")]).await.expect(303);
        pages.push(aygul.get("/rep").await.text());
        pages.push(aygul.get(&looks[0]).await.expect(200).text());
        for page in pages {
            for secret in [TEXT, NAME, PHONE, NOTE] {
                assert!(!page.contains(secret), "{secret} on {engine:?}: {page}");
            }
        }
        // Nor is it another representative's, nor anybody's by its address.
        representative(&t, "songjiaming").await.get(&looks[0]).await.expect(404);
        aygul.get(&format!("/desk/cases/{number}")).await.expect(404);
    }
}

#[tokio::test]
async fn what_concerns_somebody_is_never_drawn() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let office = t.staff(Role::Office).await;
        let good = answered(&t, "食堂三楼", &[]).await;
        // Danger; staff named; the representative named; sent by the representative; not answered.
        let danger = [("danger", "1"), ("body", "有人打我")];
        t.visitor().submit(t.point("食堂三楼"), &danger).await.expect(201);
        answered(&t, "食堂三楼", &[("body", "韩梅的态度不好")]).await;
        answered(&t, "食堂三楼", &[("body", "阿依古丽说汤凉了")]).await;
        let own = [("identity", "named"), ("contact_name", "阿依古丽"), ("contact", "1")];
        answered(&t, "食堂三楼", &own).await;
        t.visitor().submit(t.point("食堂三楼"), &[]).await.expect(201);
        // A recusal of the representative that was lifted changes nothing.
        t.execute(
            "UPDATE recusals SET state = 'lifted' WHERE staff_id IN (SELECT id FROM staff WHERE username = 'aygul')",
        )
        .await;
        drawn(&office, "阿依古丽", "10").await;
        let numbers = t.column("SELECT c.number FROM draw_population p JOIN cases c ON c.id = p.case_id").await;
        assert_eq!(numbers, [good], "{engine:?}");
        // Its answer was drawn: it is not drawn again.
        let appointment = appointment_of(&office, "阿依古丽").await;
        let again = [("appointment", appointment.as_str()), ("wanted", "3")];
        let page = office.post("/desk/representatives/rechecks", &again).await.expect(422).text();
        assert!(page.contains("没有可抽的件"), "{page}");
    }
}

#[tokio::test]
async fn who_is_recused_later_finds_no_trace_of_the_draw() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let logins: Vec<_> = t.demo.staff.iter().filter(|l| l.role == Role::Office).collect();
        let (first, second) = (t.signed_in(logins[0]).await, t.signed_in(logins[1]).await);
        let number = answered(&t, "食堂三楼", &[]).await;
        let draw = drawn(&first, "阿依古丽", "3").await;
        second.get(&draw).await.expect(200);
        let empty = {
            let fresh = TestApp::on(engine).await;
            let logins: Vec<_> = fresh.demo.staff.iter().filter(|l| l.role == Role::Office).collect();
            fresh.signed_in(logins[1]).await.get("/desk/representatives/rechecks").await.text()
        };
        t.execute(&format!(
            "INSERT INTO recusals (id, case_id, staff_id, state, reason, created_at)
             SELECT c.id, c.id, s.id, 'confirmed', '', c.received_at FROM cases c, staff s
             WHERE c.number = '{number}' AND s.username = '{}'",
            logins[1].username
        ))
        .await;
        second.get(&draw).await.expect(404);
        let page = second.get("/desk/representatives/rechecks").await.expect(200).text();
        assert!(!page.contains(&number));
        let shape = |html: &str| html.split("id=\"main\"").nth(1).unwrap().split("<form").next().unwrap().to_string();
        assert_eq!(shape(&page), shape(&empty), "as in a world without it, on {engine:?}");
        // The representative's look is gone, too.
        assert!(waiting(&representative(&t, "aygul").await).await.is_empty());
    }
}

#[tokio::test]
async fn a_changed_record_is_noticed_when_it_is_drawn_again() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let office = t.staff(Role::Office).await;
        for _ in 0..6 {
            answered(&t, "食堂三楼", &[]).await;
        }
        let draw = drawn(&office, "阿依古丽", "2").await;
        let json = office.get(&format!("{draw}?format=json")).await.expect(200).json();
        assert_eq!(json["equal"], true);
        assert_eq!(json["population"].as_array().unwrap().len(), 6);
        assert_eq!(json["recorded"], json["drawn_again"]);
        // Somebody puts a case in place of another behind the program's back.
        t.execute(
            "UPDATE rechecks SET case_id = (SELECT p.case_id FROM draw_population p
             WHERE p.case_id NOT IN (SELECT case_id FROM rechecks) ORDER BY p.case_id LIMIT 1) WHERE position = 1",
        )
        .await;
        let page = office.get(&draw).await.expect(200).text();
        assert!(page.contains("不一致") && !page.contains("一致：用"), "{engine:?}: {page}");
    }
}

#[tokio::test]
async fn the_program_draws_once_a_month() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        for _ in 0..5 {
            answered(&t, "食堂三楼", &[]).await;
        }
        let run = async || {
            jobs::schedule(&t.app).await.unwrap();
            jobs::run_due(&t.app).await.unwrap();
        };
        run().await;
        assert_eq!((t.count("draws").await, t.count("rechecks").await), (1, 3));
        for _ in 0..3 {
            t.clock.advance(chrono::TimeDelta::days(1));
            run().await;
        }
        assert_eq!(t.count("draws").await, 1, "{engine:?}");
        t.clock.advance(chrono::TimeDelta::days(25));
        run().await;
        assert_eq!((t.count("draws").await, t.count("rechecks").await), (2, 5), "the two that were left");
        let page = t.staff(Role::Office).await.get("/desk/representatives/rechecks").await.text();
        assert!(page.contains("系统每月自动"));
    }
}
