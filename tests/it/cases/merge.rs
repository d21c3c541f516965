//! Several cases, one matter: merged into a lead, answered once, parted again.

use huiyin::kernel::roles::Role;

use super::story::OnCase;
use crate::support::{Client, Reply, TestApp, engines, key};

/// A case and the code of who sent it.
pub struct Sent {
    pub number: String,
    pub code: String,
}

pub async fn sent(t: &TestApp, place: &str, fields: &[(&str, &str)]) -> Sent {
    let receipt = t.visitor().submit(t.point(place), fields).await.expect(201);
    Sent { number: receipt.word("case_number"), code: receipt.word("tracking_code") }
}

pub async fn track(t: &TestApp, code: &str) -> serde_json::Value {
    t.visitor().json().post("/track", &[("tracking_code", code)]).await.expect(200).json()
}

pub async fn does(t: &TestApp, code: &str, fields: &[(&str, &str)]) -> Reply {
    let form_key = key();
    let fields = [&[("tracking_code", code), ("idempotency_key", &form_key)], fields].concat();
    t.visitor().json().post("/track", &fields).await
}

/// Merges by the form on the page of the lead.
pub async fn merge(lead: &OnCase<'_>, others: &[&str]) -> Reply {
    let fields: Vec<(&str, &str)> = others.iter().map(|n| ("other", *n)).collect();
    lead.act("merge", &fields).await
}

async fn desk(t: &TestApp) -> Client<'_> {
    t.staff(Role::Office).await
}

const RATED_NO: [(&str, &str); 4] = [("action", "rate"), ("contacted", "yes"), ("solved", "no"), ("satisfied", "no")];
const RATED_YES: [(&str, &str); 4] =
    [("action", "rate"), ("contacted", "yes"), ("solved", "yes"), ("satisfied", "yes")];

#[tokio::test]
async fn fifteen_are_merged_at_once_and_each_code_gets_the_answer_and_its_own_life() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let lead = sent(&t, "食堂三楼", &[("topic", "canteen"), ("body", "三楼的汤是凉的，保温台坏了")]).await;
        let mut others = Vec::new();
        for n in 0..15 {
            let body = format!("第{n}位：三楼的汤是凉的，哨兵{n}号");
            let identity = if n == 3 { "named" } else { "anonymous" };
            let fields = [
                ("topic", "canteen"),
                ("body", body.as_str()),
                ("identity", identity),
                ("contact_name", "王小明"),
                ("contact", "13800000000"),
            ];
            others.push(sent(&t, "食堂三楼", if n == 3 { &fields } else { &fields[..3] }).await);
        }
        let office = OnCase::new(desk(&t).await, &lead.number);
        let page = office.page().await.text();
        assert!(page.contains("可能是同一件事") && others.iter().any(|o| page.contains(&o.number)), "{engine:?}");
        let numbers: Vec<&str> = others.iter().map(|o| o.number.as_str()).collect();
        merge(&office, &numbers).await.expect(303);
        t.clock.advance(chrono::TimeDelta::minutes(1));

        // The page of the lead has what each of them said, and the list has one case instead of sixteen.
        let page = office.page().await.text();
        assert!(page.contains("哨兵14号") && page.contains("16 件并办，16 份来件") && page.contains("13800000000"));
        let list = office.client.get("/desk").await.text();
        assert!(list.contains(&lead.number) && !list.contains(&others[4].number));
        assert!(office.client.get("/desk?q=哨兵7号").await.text().contains(&lead.number));
        assert!(office.client.get("/desk?view=all").await.text().contains("已并件"));

        // One writes: the office reads whose it is, nobody else reads it.
        does(&t, &others[2].code, &[("action", "message"), ("message", "今天又是凉的")]).await.expect(200);
        assert!(office.page().await.text().contains("今天又是凉的"));
        for other in [&lead, &others[5]] {
            assert!(!track(&t, &other.code).await.to_string().contains("今天又是凉的"), "{engine:?}");
        }
        does(&t, &others[2].code, &[("action", "urge")]).await.expect(200);
        does(&t, &others[2].code, &[("action", "urge")]).await.expect(422);
        does(&t, &others[6].code, &[("action", "urge")]).await.expect(200);
        for sender in [&lead, &others[2]] {
            does(&t, &sender.code, &[("action", "withdraw")]).await.expect(422);
        }
        let seen = track(&t, &others[8].code).await;
        assert_eq!(seen["case_number"], others[8].number.as_str());
        assert_eq!(seen["state"], "received");
        assert!(!seen.to_string().contains(&lead.number) && !seen.to_string().contains("哨兵9"));

        // One answer reaches all; each judges it once.
        office.act("let-out", &[("reply", "保温台今天换了")]).await.expect(303);
        t.clock.advance(chrono::TimeDelta::minutes(1));
        for sender in others.iter().chain([&lead]) {
            let seen = track(&t, &sender.code).await;
            assert_eq!(seen["state"], "answered");
            assert!(seen.to_string().contains("保温台今天换了"));
        }
        does(&t, &others[0].code, &RATED_YES).await.expect(200);
        does(&t, &others[0].code, &RATED_YES).await.expect(422);
        does(&t, &others[1].code, &RATED_NO).await.expect(200);
        assert_eq!(track(&t, &lead.code).await["state"], "reopened", "not solved is for all of them");
        assert_eq!(track(&t, &others[12].code).await["state"], "reopened");
        assert!(office.page().await.text().contains(&format!("</b> · {}", others[1].number)));

        // Parted, one has its own life again, and keeps the answer that it got.
        let parted = OnCase::new(office.client.clone(), &others[2].number);
        parted.act("unmerge", &[("unmerge_reason", "")]).await.expect(422);
        parted.act("unmerge", &[("unmerge_reason", "说的是二楼")]).await.expect(303);
        t.clock.advance(chrono::TimeDelta::minutes(1));
        office.act("let-out", &[("reply", "再换了一个新的")]).await.expect(303);
        let seen = track(&t, &others[2].code).await;
        assert_eq!(seen["state"], "received");
        assert!(seen.to_string().contains("保温台今天换了") && seen.to_string().contains("今天又是凉的"));
        assert!(!seen.to_string().contains("再换了一个新的") && !seen.to_string().contains("说的是二楼"));
        assert!(!office.page().await.text().contains("今天又是凉的"), "what it said left with it");
        does(&t, &others[2].code, &[("action", "withdraw")]).await.expect(200);
    }
}

#[tokio::test]
async fn nothing_is_merged_when_one_of_them_cannot_be_and_each_reason_is_told() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let lead = sent(&t, "食堂三楼", &[]).await;
        let good = sent(&t, "食堂三楼", &[]).await;
        let answered = sent(&t, "食堂三楼", &[]).await;
        let danger = sent(&t, "食堂三楼", &[("danger", "1"), ("body", "有人打我")]).await;
        let client = desk(&t).await;
        OnCase::new(client.clone(), &answered.number).act("let-out", &[("reply", "好了")]).await.expect(303);
        let office = OnCase::new(client, &lead.number);
        for (wrong, why) in
            [(answered.number.as_str(), "不能再并"), (danger.number.as_str(), "没有找到"), ("HY-7777-77", "没有找到")]
        {
            let refused = merge(&office, &[&good.number, wrong]).await.expect(422).text();
            assert!(refused.contains(why) && refused.contains(wrong), "{wrong}: {engine:?}");
        }
        merge(&office, &[]).await.expect(422);
        office.act_at("merge", "99", &[("other", &good.number)]).await.expect(409);
        assert!(t.column("SELECT state FROM cases WHERE state = 'merged'").await.is_empty());
        // Danger merges with danger alone.
        let another = sent(&t, "食堂三楼", &[("danger", "1"), ("body", "有人打人")]).await;
        let guard = OnCase::new(t.staff(Role::SafeguardingLead).await, &danger.number);
        merge(&guard, &[&good.number]).await.expect(422);
        merge(&guard, &[&another.number]).await.expect(303);
        assert_eq!(track(&t, &another.code).await["state"], "received");
    }
}

#[tokio::test]
async fn who_is_recused_from_one_of_them_does_not_see_it_through_the_lead() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let head = t.login(Role::DepartmentHead, Some("食堂"));
        let lead = sent(&t, "食堂三楼", &[("body", "汤是凉的")]).await;
        let named = sent(&t, "食堂三楼", &[("body", &format!("{}说没有热汤", head.name))]).await;
        let office = OnCase::new(desk(&t).await, &lead.number);
        let canteen = office.department("食堂").await;
        office.act("assign", &[("department", &canteen), ("due_on", ""), ("instruction", "")]).await.expect(303);
        let theirs = OnCase::new(t.signed_in(head).await, &lead.number);
        theirs.page().await.expect(200);
        merge(&office, &[&named.number]).await.expect(303);
        theirs.page().await.expect(404);
        assert!(!theirs.client.get("/desk?view=all").await.text().contains(&lead.number));
        assert!(!theirs.client.get("/desk/notices").await.text().contains("并入了其他件"));
        // The handlers of the department, who are not named, see what was merged, and its files are theirs to read.
        let handler = OnCase::new(t.signed_in(t.login(Role::Handler, Some("食堂"))).await, &lead.number);
        assert!(handler.page().await.expect(200).text().contains("说没有热汤"));
        // Somebody is named by a message to the merged case: out of the lead too.
        let handler_name = t.login(Role::Handler, Some("食堂")).name.clone();
        let words = format!("{handler_name}也不管");
        does(&t, &named.code, &[("action", "message"), ("message", &words)]).await.expect(200);
        handler.page().await.expect(404);
        // Parted, the lead is theirs again.
        let parted = OnCase::new(office.client.clone(), &named.number);
        parted.act("unmerge", &[("unmerge_reason", "两件事")]).await.expect(303);
        theirs.page().await.expect(200);
        handler.page().await.expect(200);
        let theirs_of_named = theirs.client.get(&format!("/desk/cases/{}", named.number)).await;
        assert_eq!(theirs_of_named.status.as_u16(), 404, "{engine:?}");
    }
}

#[tokio::test]
async fn a_department_that_may_not_see_one_of_them_keeps_the_lead_from_taking_it() {
    let t = TestApp::start().await;
    let lead = sent(&t, "食堂三楼", &[]).await;
    let other = sent(&t, "食堂三楼", &[]).await;
    let client = desk(&t).await;
    let office = OnCase::new(client.clone(), &lead.number);
    let canteen = office.department("食堂").await;
    let recused = OnCase::new(client, &other.number);
    let who = format!("department:{canteen}");
    recused.act("recuse", &[("who", &who), ("recuse_reason", "说的就是食堂")]).await.expect(303);
    office.act("assign", &[("department", &canteen), ("due_on", ""), ("instruction", "")]).await.expect(303);
    merge(&office, &[&other.number]).await.expect(422);
    assert_eq!(t.count("case_merges").await, 0);
}

#[tokio::test]
async fn the_earlier_promise_holds_and_leaves_with_whom_it_was_made_to() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let early = sent(&t, "食堂三楼", &[]).await;
        let promised_early = track(&t, &early.code).await["due_at"].clone();
        t.clock.advance(chrono::TimeDelta::days(2));
        let late = sent(&t, "食堂三楼", &[]).await;
        let promised_late = track(&t, &late.code).await["due_at"].clone();
        assert_ne!(promised_early, promised_late);
        let office = OnCase::new(desk(&t).await, &late.number);
        merge(&office, &[&early.number]).await.expect(303);
        for sender in [&early, &late] {
            assert_eq!(track(&t, &sender.code).await["due_at"], promised_early, "{engine:?}");
        }
        let parted = OnCase::new(office.client.clone(), &early.number);
        parted.act("unmerge", &[("unmerge_reason", "两件事")]).await.expect(303);
        assert_eq!(track(&t, &early.code).await["due_at"], promised_early);
        assert_eq!(track(&t, &late.code).await["due_at"], promised_late);
    }
}
