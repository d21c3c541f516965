//! Nobody opens a sealed identity alone; in danger one person does, and others judge it (未成年人网络保护条例 §36–37).

use chrono::TimeDelta;
use huiyin::kernel::roles::Role;

use super::story::OnCase;
use crate::support::{Client, TestApp, engines};

const NAME: &str = "哨兵先生";
const PHONE: &str = "13912345678";

/// A sealed submission; its number and code.
async fn sealed(t: &TestApp, place: &str, more: &[(&str, &str)]) -> (String, String) {
    let fields = [&[("identity", "sealed"), ("contact_name", NAME), ("contact", PHONE)], more].concat();
    let receipt = t.visitor().submit(t.point(place), &fields).await.expect(201);
    (receipt.word("case_number"), receipt.word("tracking_code"))
}

/// The ids of the wishes that wait for somebody.
async fn waiting(client: &Client<'_>) -> Vec<String> {
    let html = client.get("/desk/identity-requests").await.expect(200).text();
    html.split("action=\"/desk/identity-requests/").skip(1).map(|s| s[..32].to_string()).collect()
}

async fn decide(client: &Client<'_>, id: &str, decision: &str) -> u16 {
    let words = format!("words.{id}");
    let form = [(words.as_str(), "情况属实，确需核实"), ("decision", decision)];
    client.post(&format!("/desk/identity-requests/{id}"), &form).await.status.as_u16()
}

async fn events(t: &TestApp, kind: &str) -> usize {
    t.column(&format!("SELECT kind FROM case_events WHERE kind = '{kind}'")).await.len()
}

#[tokio::test]
async fn a_sealed_name_is_opened_once_and_only_after_a_second_person_agreed() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let (number, code) = sealed(&t, "食堂三楼", &[]).await;
        let path = format!("/desk/cases/{number}/identity");
        t.staff(Role::Office).await.get(&path).await.expect(404);
        let (lead, leader) = (t.staff(Role::SafeguardingLead).await, t.staff(Role::Leader).await);
        assert!(!lead.get(&path).await.expect(200).text().contains(NAME));
        lead.post(&path, &[("reason", "")]).await.expect(422);
        // Alone, nothing opens it.
        lead.post(&format!("{path}/open"), &[]).await.expect(409);
        lead.post(&path, &[("reason", "须与来件人核实时间")]).await.expect(303);
        lead.post(&path, &[("reason", "再来一次")]).await.expect(409);
        lead.post(&format!("{path}/open"), &[]).await.expect(409);
        assert_eq!(events(&t, "identity_opened").await, 0);

        // Not by oneself, not by somebody without the role, not without words.
        assert!(waiting(&lead).await.is_empty());
        let ids = waiting(&leader).await;
        assert_eq!(ids.len(), 1);
        assert_eq!(decide(&lead, &ids[0], "agree").await, 404);
        assert_eq!(decide(&t.staff(Role::Office).await, &ids[0], "agree").await, 404);
        let page = format!("/desk/identity-requests/{}", ids[0]);
        leader.post(&page, &[("decision", "agree")]).await.expect(422);
        assert_eq!(decide(&leader, &ids[0], "agree").await, 303);
        assert_eq!(decide(&leader, &ids[0], "refuse").await, 409, "decided once");
        assert!(!leader.get("/desk/identity-requests").await.text().contains(NAME));
        leader.post(&format!("{path}/open"), &[]).await.expect(404);

        // Two presses at once show it once.
        let both = futures::future::join_all([(); 2].map(|()| async { lead.post(&format!("{path}/open"), &[]).await }));
        let both = both.await;
        let shown: Vec<_> = both.iter().filter(|r| r.status.as_u16() == 200).collect();
        assert_eq!(shown.len(), 1);
        assert!(shown[0].text().contains(NAME) && shown[0].text().contains(PHONE));
        assert_eq!(shown[0].header("cache-control"), "no-store");
        lead.post(&format!("{path}/open"), &[]).await.expect(409);
        let dump = t.dump().await;
        for word in ["case.identity_asked", "case.identity_agreed", "case.identity_opened"] {
            assert!(dump.contains(word), "{word} is written down");
        }
        assert!(!dump.contains(NAME) && !dump.contains(PHONE));
        let told = t.visitor().post("/track", &[("tracking_code", &code)]).await.expect(200).text();
        assert!(told.contains("查看了您的身份"), "the submitter is told: {told}");
        assert!(!told.contains("须与来件人核实时间"), "but not why");
    }
}

#[tokio::test]
async fn a_consent_is_over_after_a_day_a_wish_after_three_and_a_no_is_a_no() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let (number, _) = sealed(&t, "食堂三楼", &[]).await;
        let path = format!("/desk/cases/{number}/identity");
        let ask = async || {
            let lead = t.staff(Role::SafeguardingLead).await;
            lead.post(&path, &[("reason", "须核实")]).await.expect(303);
            waiting(&t.staff(Role::Leader).await).await
        };
        let ids = ask().await;
        t.clock.advance(TimeDelta::days(3));
        let leader = t.staff(Role::Leader).await;
        assert!(waiting(&leader).await.is_empty());
        assert_eq!(decide(&leader, &ids[0], "agree").await, 409, "over");
        let ids = ask().await;
        assert_eq!(decide(&leader, &ids[0], "agree").await, 303);
        t.clock.advance(TimeDelta::hours(24));
        let lead = t.staff(Role::SafeguardingLead).await;
        lead.post(&format!("{path}/open"), &[]).await.expect(409);
        let ids = ask().await;
        assert_eq!(decide(&t.staff(Role::Leader).await, &ids[0], "refuse").await, 303);
        let lead = t.staff(Role::SafeguardingLead).await;
        lead.post(&format!("{path}/open"), &[]).await.expect(409);
        assert!(lead.get(&path).await.text().contains("没有同意"));
        assert_eq!(events(&t, "identity_opened").await, 0);
    }
}

#[tokio::test]
async fn who_is_recused_or_of_another_school_is_not_the_second_person() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let (number, _) = sealed(&t, "食堂三楼", &[("body", "赵国栋在食堂插队")]).await;
        let office = OnCase::new(t.staff(Role::Office).await, &number);
        let html = office.page().await.text();
        let option = html.split("<option").find(|o| o.contains("赵国栋") && o.contains("staff:")).unwrap().to_string();
        let who = option.split("value=\"").nth(1).unwrap().split('"').next().unwrap();
        // The program may have proposed it already; either way he is recused.
        office.act("recuse", &[("who", who), ("recuse_reason", "被反映人")]).await;
        let lead = t.staff(Role::SafeguardingLead).await;
        lead.post(&format!("/desk/cases/{number}/identity"), &[("reason", "须核实")]).await.expect(303);
        let accused = t.demo.staff.iter().find(|l| l.username == "zhaoguodong").unwrap();
        let other = t.demo.staff.iter().find(|l| l.username == "sunhuimin").unwrap();
        let (accused, other) = (t.signed_in(accused).await, t.signed_in(other).await);
        assert!(waiting(&accused).await.is_empty());
        let ids = waiting(&other).await;
        assert_eq!(decide(&accused, &ids[0], "agree").await, 404);
        let foreign = t.another_school(&[Role::Leader]).await.remove(0);
        let foreign = t.signed_in(&foreign).await;
        assert!(waiting(&foreign).await.is_empty());
        assert_eq!(decide(&foreign, &ids[0], "agree").await, 404);
        assert_eq!(decide(&other, &ids[0], "agree").await, 303);
    }
}

#[tokio::test]
async fn in_danger_one_person_looks_alone_and_others_judge_it() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let more = [("role", "student"), ("guardian", "1"), ("danger", "1"), ("body", "他们每天放学打我")];
        let (number, code) = sealed(&t, "教学楼二层", &more).await;
        let office = t.staff(Role::Office).await;
        office.get(&format!("/desk/cases/{number}")).await.expect(404);
        office.post("/desk/break-glass", &[("number", &number), ("reason", "")]).await.expect(422);
        let seen = office.post("/desk/break-glass", &[("number", &number), ("reason", "孩子说不想活了")]).await;
        let seen = seen.expect(200);
        assert!(seen.text().contains("他们每天放学打我") && seen.text().contains(NAME) && seen.text().contains(PHONE));
        assert_eq!(seen.header("cache-control"), "no-store");
        // The case itself stays closed, and an ordinary one is not for this.
        office.get(&format!("/desk/cases/{number}")).await.expect(404);
        let (ordinary, _) = sealed(&t, "食堂三楼", &[]).await;
        for wrong in [ordinary.as_str(), "HY-7777-77", "x"] {
            let no = office.post("/desk/break-glass", &[("number", wrong), ("reason", "好奇")]).await.expect(422);
            assert!(!no.text().contains(NAME) && no.text().contains("没有可以紧急查看的这个编号"));
        }
        let foreign = t.another_school(&[Role::Office, Role::Auditor]).await;
        let theirs = t.signed_in(&foreign[0]).await;
        theirs.post("/desk/break-glass", &[("number", &number), ("reason", "好奇")]).await.expect(422);

        // Those who judge it are told, in the same transaction.
        let told = t.column(
            "SELECT s.role FROM outbox o JOIN staff s ON s.id = o.staff_id WHERE o.kind = 'glass_broken' ORDER BY 1",
        );
        assert_eq!(told.await, ["auditor", "safeguarding_lead"]);
        let (auditor, lead) = (t.staff(Role::Auditor).await, t.staff(Role::SafeguardingLead).await);
        let page = auditor.get("/desk/glass-reviews").await.expect(200).text();
        assert!(page.contains(&number) && page.contains("孩子说不想活了") && !page.contains("他们每天放学打我"));
        let id = page.split("action=\"/desk/glass-reviews/").nth(1).unwrap()[..32].to_string();
        let (verdict, words) = (format!("verdict.{id}"), format!("words.{id}"));
        let judge = async |client: &Client<'_>, verdict_word: &str| {
            let form = [(verdict.as_str(), verdict_word), (words.as_str(), "已报警，处置得当")];
            client.post(&format!("/desk/glass-reviews/{id}"), &form).await.status.as_u16()
        };
        assert_eq!(judge(&t.signed_in(&foreign[1]).await, "justified").await, 404);
        assert_eq!(judge(&auditor, "open").await, 422);
        assert_eq!(judge(&auditor, "justified").await, 303);
        assert_eq!(judge(&lead, "not_justified").await, 409);
        let dump = t.dump().await;
        for word in ["case.glass_broken", "case.glass_reviewed", "case.glass_missed"] {
            assert!(dump.contains(word), "{word} is written down");
        }
        // Whoever holds the code is not told: it may be the one who does it.
        let track = t.visitor().post("/track", &[("tracking_code", &code)]).await.expect(200).text();
        assert!(!track.contains("查看了您的身份") && !track.contains("紧急查看"), "{track}");

        // One's own look is judged by somebody else.
        lead.post("/desk/break-glass", &[("number", &number), ("reason", "出警前核对住址")]).await.expect(200);
        let page = lead.get("/desk/glass-reviews").await.expect(200).text();
        assert!(page.contains("由别人审查"));
    }
}

#[tokio::test]
async fn for_the_accused_there_is_no_emergency() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let more = [("role", "student"), ("guardian", "1"), ("topic", "conduct"), ("body", "郑秀兰老师体罚学生")];
        let (number, _) = sealed(&t, "教学楼二层", &more).await;
        let accused = t.signed_in(t.login(Role::DepartmentHead, Some("德育处"))).await;
        let form = |number: &str| [("number", number.to_string()), ("reason", "看看是谁".to_string())];
        let mut replies = Vec::new();
        for asked in [number.as_str(), "HY-7777-77"] {
            let form = form(asked);
            let form: Vec<(&str, &str)> = form.iter().map(|(k, v)| (*k, v.as_str())).collect();
            let reply = accused.post("/desk/break-glass", &form).await.expect(422).text();
            replies.push(reply.replace(asked, "NUMBER").replace("nonce", "").len());
        }
        assert_eq!(replies[0], replies[1], "as if there were none");
        let other = t.signed_in(t.login(Role::DepartmentHead, Some("安全办"))).await;
        other.post("/desk/break-glass", &[("number", &number), ("reason", "孩子可能有危险")]).await.expect(200);
        assert_eq!(t.count("glass_breaks").await, 1);
    }
}
