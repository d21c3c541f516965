//! The lane of danger: its queue, mandatory reports, who else may look (未成年人保护法 §11).

use chrono::TimeDelta;
use huiyin::kernel::roles::Role;

use super::story::OnCase;
use crate::support::{Client, TestApp, engines};

async fn danger(t: &TestApp, body: &str) -> String {
    let fields = [("role", "student"), ("danger", "1"), ("body", body)];
    t.visitor().submit(t.point("教学楼二层"), &fields).await.expect(201).word("case_number")
}

/// What somebody can see of a case in queues, lists, searches, exports and reports.
async fn traces(client: &Client<'_>, number: &str, word: &str) -> Vec<String> {
    let mut found = Vec::new();
    for path in [
        "/desk/safeguarding".to_string(),
        format!("/desk/safeguarding/{number}"),
        format!("/desk/safeguarding/{number}/print"),
        format!("/desk/cases/{number}"),
        "/desk?view=all".into(),
        format!("/desk?view=all&q={word}"),
        "/desk?view=all&format=csv".into(),
        "/desk/notices".into(),
        "/desk/reports".into(),
    ] {
        let reply = client.get(&path).await;
        if reply.status.as_u16() == 200 && (reply.text().contains(number) || reply.text().contains("在天台")) {
            found.push(path);
        }
    }
    found
}

/// Reports without what differs at each request.
async fn reports(client: &Client<'_>) -> String {
    let mut text = client.get("/desk/reports").await.expect(200).text();
    for mark in ["nonce=\"", "name=\"csrf\" value=\""] {
        while let Some(at) = text.find(mark) {
            let end = text[at + mark.len()..].find('"').map_or(text.len(), |e| at + mark.len() + e + 1);
            text.replace_range(at..end, "");
        }
    }
    text
}

/// The id of a person as the record of a case offers them.
async fn offered(lead: &Client<'_>, number: &str, name: &str) -> Option<String> {
    let html = lead.get(&format!("/desk/safeguarding/{number}")).await.expect(200).text();
    let option = html.split("<option").find(|o| o.contains(name))?.to_string();
    Some(option.split("value=\"").nth(1)?.split('"').next()?.to_string())
}

#[tokio::test]
async fn a_guest_sees_one_case_until_it_is_ended_and_nobody_else_sees_a_trace() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let (leader, office) = (t.staff(Role::Leader).await, t.staff(Role::Office).await);
        let counted = (reports(&leader).await, reports(&office).await);
        let number = danger(&t, "他们在天台打我").await;
        let other = danger(&t, "有人在天台欺负同学").await;
        let lead = t.staff(Role::SafeguardingLead).await;
        let queue = lead.get("/desk/safeguarding").await.expect(200).text();
        assert!(queue.contains(&number) && queue.contains(&other));
        for role in Role::ALL.iter().filter(|r| **r != Role::SafeguardingLead) {
            assert_eq!(traces(&t.staff(*role).await, &number, "天台").await, Vec::<String>::new(), "{role}");
        }

        let leader_name = t.login(Role::Leader, None).name.clone();
        let id = offered(&lead, &number, &leader_name).await.unwrap();
        let path = format!("/desk/safeguarding/{number}/guests");
        lead.post(&path, &[("guest", &id), ("guest_reason", "")]).await.expect(422);
        lead.post(&path, &[("guest", &id), ("guest_reason", "校领导到场处置")]).await.expect(303);
        lead.post(&path, &[("guest", &id), ("guest_reason", "再请一次")]).await.expect(422);
        assert!(leader.get(&format!("/desk/cases/{number}")).await.expect(200).text().contains("他们在天台打我"));
        let queue = leader.get("/desk/safeguarding").await.expect(200).text();
        assert!(queue.contains(&number) && !queue.contains(&other), "this one alone");
        leader.get(&format!("/desk/cases/{other}")).await.expect(404);
        assert!(leader.get("/desk/notices").await.text().contains(&number), "the guest is told");
        // A guest reads and does nothing, and lets nobody else in.
        let before = t.dump().await;
        leader.post(&path, &[("guest", &id), ("guest_reason", "我也请人")]).await.expect(404);
        leader.post(&format!("/desk/cases/{number}/close"), &[("version", "1")]).await.expect(404);
        leader.post(&format!("/desk/cases/{number}/press"), &[("press_words", "快")]).await.expect(404);
        assert_eq!(t.dump().await, before);
        // What is counted stays as it was, for the guest too: no difference tells of the case.
        assert_eq!((reports(&leader).await, reports(&office).await), counted);
        assert!(traces(&office, &number, "天台").await.is_empty());

        lead.post(&format!("{path}/end"), &[("guest", &id)]).await.expect(303);
        lead.post(&format!("{path}/end"), &[("guest", &id)]).await.expect(409);
        assert_eq!(traces(&leader, &number, "天台").await, Vec::<String>::new());
        let dump = t.dump().await;
        assert!(dump.contains("case.guest_added") && dump.contains("case.guest_ended"));
    }
}

#[tokio::test]
async fn who_is_recused_cannot_be_let_in_and_a_guest_who_is_recused_later_is_out() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let number = danger(&t, "郑秀兰老师在天台打我").await;
        let lead = t.staff(Role::SafeguardingLead).await;
        assert_eq!(offered(&lead, &number, "郑秀兰 · ").await, None, "the program found the name");
        let fengtao = offered(&lead, &number, "冯涛").await.unwrap();
        let path = format!("/desk/safeguarding/{number}/guests");
        lead.post(&path, &[("guest", &fengtao), ("guest_reason", "安全办到场")]).await.expect(303);
        let guest = t.signed_in(t.login(Role::DepartmentHead, Some("安全办"))).await;
        guest.get(&format!("/desk/cases/{number}")).await.expect(200);
        let on_case = OnCase::new(t.staff(Role::SafeguardingLead).await, &number);
        let who = format!("staff:{}", uuid::Uuid::parse_str(&fengtao).unwrap().simple());
        on_case.act("recuse", &[("who", &who), ("recuse_reason", "也被提到")]).await.expect(303);
        assert_eq!(traces(&guest, &number, "天台").await, Vec::<String>::new());
    }
}

#[tokio::test]
async fn a_mandatory_report_is_late_after_a_day_until_it_is_on_record() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let number = danger(&t, "他们在天台打我").await;
        let path = format!("/desk/safeguarding/{number}");
        let lead = t.staff(Role::SafeguardingLead).await;
        assert!(!lead.get("/desk/safeguarding").await.expect(200).text().contains("已超时"));
        t.clock.advance(TimeDelta::hours(25));
        let lead = t.staff(Role::SafeguardingLead).await;
        let late = lead.get("/desk/safeguarding").await.expect(200).text();
        assert!(late.contains("已超时") && late.contains("1 件的强制报告已超过时限"), "{late}");
        // 11:00 of the next day in Shanghai is now; later is refused, with what was typed.
        let form = |at: &'static str| {
            [
                ("recipient", "南关派出所"),
                ("reporter", "杨雪"),
                ("reported_at", at),
                ("receipt", "J-2026-0311"),
                ("words", "已受理"),
            ]
        };
        let early = lead.post(&format!("{path}/report"), &form("2026-03-11T11:01")).await.expect(422);
        assert!(early.text().contains("南关派出所") && early.text().contains("不能晚于现在"));
        lead.post(&format!("{path}/report"), &form("2026-03-11T10:40")).await.expect(303);
        let page = lead.get(&path).await.expect(200).text();
        assert!(page.contains("南关派出所") && page.contains("J-2026-0311") && page.contains("已报告或已决定"));
        assert!(!lead.get("/desk/safeguarding").await.text().contains("已超时"));
        let paper = lead.get(&format!("{path}/print")).await.expect(200).text();
        assert!(paper.contains("南关派出所") && paper.contains("J-2026-0311") && paper.contains("雪莲小学"));
        assert!(t.dump().await.contains("case.report_made"));
        // An ordinary case has no such record.
        let ordinary = t.visitor().submit(t.point("食堂三楼"), &[]).await.expect(201).word("case_number");
        lead.get(&format!("/desk/safeguarding/{ordinary}")).await.expect(404);
        let office = t.staff(Role::Office).await;
        office.get(&format!("/desk/safeguarding/{ordinary}")).await.expect(404);
        office.post(&format!("/desk/safeguarding/{ordinary}/report"), &form("2026-03-11T10:40")).await.expect(404);
    }
}
