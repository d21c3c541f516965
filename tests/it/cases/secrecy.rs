//! What somebody may not know (promise 12, 未成年人保护法 §11): for the accused everything is as in a world without the case.

use huiyin::kernel::roles::Role;

use super::story::OnCase;
use crate::support::{Client, TestApp, engines};

/// Everything that a person can see in lists, searches, counts and exports; without what differs at each request.
async fn world(client: &Client<'_>, number: &str) -> Vec<String> {
    let mut seen = Vec::new();
    for path in [
        "/desk".to_string(),
        "/desk?view=all".into(),
        "/desk?view=mine".into(),
        "/desk?view=new".into(),
        "/desk?view=overdue".into(),
        "/desk?view=all&q=体罚".into(),
        format!("/desk?view=all&q={number}"),
        "/desk?view=all&topic=conduct".into(),
        "/desk?view=all&format=csv".into(),
        format!("/desk/cases/{number}"),
        format!("/desk/cases/{number}/files/0192f0c0000070008000000000000001"),
        "/account".into(),
    ] {
        let reply = client.get(&path).await;
        let mut text = format!("{path} {} {}", reply.status, reply.text());
        for mark in ["nonce=\"", "编号：", "name=\"csrf\" value=\""] {
            while let Some(at) = text.find(mark) {
                let end = text[at + mark.len()..].find(['"', '<']).map_or(text.len(), |e| at + mark.len() + e + 1);
                text.replace_range(at..end, "");
            }
        }
        seen.push(text);
    }
    seen
}

#[tokio::test]
async fn the_accused_lives_in_a_world_without_the_case() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        // An ordinary case that the department has in both worlds.
        let other =
            t.visitor().submit(t.point("食堂三楼"), &[("body", "汤凉了")]).await.expect(201).word("case_number");
        let office = OnCase::new(t.staff(Role::Office).await, &other);
        let moral = office.department("德育处").await;
        office.act("assign", &[("department", &moral)]).await.expect(303);
        let accused = t.signed_in(t.login(Role::DepartmentHead, Some("德育处"))).await;
        let leader = t.staff(Role::Leader).await;
        let number = "HY-7777-77";
        let before = world(&accused, number).await;
        let leader_before = world(&leader, number).await;

        // The case names the head of the department; the office sends it there before it notices.
        let case = t
            .visitor()
            .submit(t.point("教学楼二层"), &[("topic", "conduct"), ("body", "郑秀兰老师体罚学生")])
            .await
            .expect(201)
            .word("case_number");
        let office = OnCase::new(t.staff(Role::Office).await, &case);
        let page = office.page().await.text();
        assert!(page.contains("郑秀兰"), "the named person is offered for recusal");
        let safety = office.department("安全办").await;
        office.act("assign", &[("department", &safety)]).await.expect(303);
        let head = page.split("value=\"").filter_map(|s| s.split('"').next()).find(|v| v.starts_with("staff:"));
        let department = format!("department:{}", uuid::Uuid::parse_str(&moral).unwrap());
        office.act("recuse", &[("who", head.unwrap_or(&department)), ("recuse_reason", "被反映人")]).await.expect(303);
        office.act("recuse", &[("who", &department), ("recuse_reason", "被反映人所在处室")]).await.expect(303);

        assert_eq!(world(&accused, number).await, before, "as in a world without the case");
        let asked = world(&accused, &case).await;
        assert!(asked.iter().all(|page| !page.contains("体罚学生")), "{asked:?}");
        assert_ne!(world(&leader, number).await, leader_before, "a leader who is not recused sees it");
        // Whatever the accused tries changes nothing.
        let before = t.dump().await;
        for verb in ["note", "start", "draft", "hand-in"] {
            accused
                .post(&format!("/desk/cases/{case}/{verb}"), &[("version", "1"), ("note", "x"), ("reply", "x")])
                .await
                .expect(404);
        }
        assert_eq!(t.dump().await, before);
        // And it can't be given to the recused department any more.
        let refused = office.act("assign", &[("department", &moral)]).await;
        assert!(refused.status.is_client_error(), "{}", refused.text());
    }
}

#[tokio::test]
async fn danger_is_for_the_safeguarding_lead_alone() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let mut worlds = Vec::new();
        for role in Role::ALL.iter().filter(|r| **r != Role::SafeguardingLead) {
            let client = t.staff(*role).await;
            worlds.push((*role, world(&client, "HY-7777-77").await));
        }
        let board = t.visitor().get("/xuelian/board").await.text();
        let receipt = t
            .visitor()
            .submit(
                t.point("教学楼二层"),
                &[("role", "student"), ("danger", "1"), ("body", "他们每天放学打我，我不想活了")],
            )
            .await
            .expect(201);
        let number = receipt.word("case_number");
        for (role, before) in worlds {
            let client = t.staff(role).await;
            assert_eq!(world(&client, "HY-7777-77").await, before, "{role} sees a difference");
            let page = client.get(&format!("/desk/cases/{number}")).await;
            assert!(page.status.as_u16() == 404, "{role} opens it: {}", page.status);
        }
        let strip = |html: String| html.split("nonce=").next().unwrap().to_string();
        assert_eq!(strip(t.visitor().get("/xuelian/board").await.text()), strip(board));
        let lead = OnCase::new(t.staff(Role::SafeguardingLead).await, &number);
        assert!(lead.page().await.expect(200).text().contains("他们每天放学打我"));
        // Emergency numbers are shown to the sender, before and after.
        let form = t.visitor().get(&format!("/q/{}", t.point("教学楼二层"))).await.text();
        for number in ["110", "120", "12355"] {
            assert!(form.contains(&format!("tel:{number}")), "{number} on the form");
        }
        let fields = [
            ("idempotency_key", "danger-0001"),
            ("role", "student"),
            ("identity", "anonymous"),
            ("danger", "1"),
            ("body", "救我"),
        ];
        let page = t.visitor().post(&format!("/q/{}", t.point("教学楼二层")), &fields).await.expect(201).text();
        assert!(page.contains("tel:110") && page.contains("tel:12355"), "{page}");
        // It can't be closed without a decision on the mandatory report.
        let refused = lead.act("decline", &[("decline_reason", "不属实")]).await;
        assert_eq!(refused.status.as_u16(), 422, "{}", refused.text());
    }
}
