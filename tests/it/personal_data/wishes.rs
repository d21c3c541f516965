//! Wishes to erase: by whom, decided by whom, and what has to stay.

use huiyin::kernel::roles::Role;

use super::{decide, grant, second_office, wish};
use crate::{
    cases::story::OnCase,
    support::{TestApp, engines},
};

#[tokio::test]
async fn who_takes_a_wish_down_does_not_decide_it() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let number = t.visitor().submit(t.point("食堂三楼"), &[]).await.expect(201).word("case_number");
        let office = t.staff(Role::Office).await;
        let path = format!("/desk/cases/{number}/personal-data");
        assert!(office.get(&path).await.expect(200).text().contains("登记删除申请"));
        let blank = [("whose", "case"), ("basis", "consent"), ("proof", "code"), ("words", "")];
        let refused = office.post(&format!("{path}/erase"), &blank).await.expect(422).text();
        assert!(refused.contains("请选择一项"), "the code is the submitter's own: {refused}");
        office.post(&format!("{path}/erase"), &wish("case")).await.expect(303);
        office.post(&format!("{path}/erase"), &wish("case")).await.expect(409);
        assert!(!office.get("/desk/erasures").await.expect(200).text().contains(&number));
        let second = second_office(&t).await;
        let page = second.get("/desk/erasures").await.expect(200).text();
        assert!(page.contains(&number) && page.contains("当面看过证件") && !page.contains("汤是凉的"), "{page}");
        let id: String = page.split("/desk/erasures/").nth(1).unwrap().chars().take(32).collect();
        let field = format!("answer.{id}");
        let yes = [("decision", "grant"), (field.as_str(), "可以")];
        let lead = t.staff(Role::SafeguardingLead).await;
        let before = t.dump().await;
        office.post(&format!("/desk/erasures/{id}"), &yes).await.expect(404);
        lead.post(&format!("/desk/erasures/{id}"), &yes).await.expect(404);
        assert_eq!(t.dump().await, before);
        second.post(&format!("/desk/erasures/{id}"), &[("decision", "grant"), (field.as_str(), " ")]).await.expect(422);
        second.post(&format!("/desk/erasures/{id}"), &yes).await.expect(303);
        second.post(&format!("/desk/erasures/{id}"), &yes).await.expect(404);
        let page = office.get(&format!("/desk/cases/{number}")).await.expect(200).text();
        assert!(page.contains("内容已删除"));
    }
}

#[tokio::test]
async fn the_submitter_asks_with_the_code_and_reads_why_it_was_refused() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let receipt = t.visitor().submit(t.point("食堂三楼"), &[]).await.expect(201);
        let (number, code) = (receipt.word("case_number"), receipt.word("tracking_code"));
        let track = async |more: &[(&str, &str)]| {
            let fields = [&[("tracking_code", code.as_str())], more].concat();
            t.visitor().post("/track", &fields).await
        };
        assert!(track(&[]).await.expect(200).text().contains("我的资料：下载或删除"));
        let ask = [("action", "erase"), ("erase_basis", "consent"), ("erase_words", "不想留着")];
        assert!(track(&ask).await.expect(422).text().contains("请确认您知道"));
        let sure = [&ask[..], &[("erase_sure", "1")]].concat();
        assert!(track(&sure).await.expect(200).text().contains("删除申请已提交"));
        track(&sure).await.expect(422);
        let office = t.staff(Role::Office).await;
        let waits = office.get("/desk/erasures").await.expect(200).text();
        assert!(waits.contains(&number) && waits.contains("不想留着") && waits.contains("查询码"));
        decide(&office, "refuse", "教育局要求保存到学期末").await.expect(303);
        assert!(track(&[]).await.expect(200).text().contains("教育局要求保存到学期末"));
        assert!(track(&sure).await.expect(200).text().contains("删除申请已提交"), "they may ask again");
        grant(&office).await.expect(303);
        let gone = track(&[]).await.expect(404).text();
        assert!(!gone.contains(&number));
        // The time of an anonymous wish is the hour (promise 8).
        let dump = t.dump().await;
        let section = dump.split("# ").find(|s| s.starts_with("erasure_requests\n")).unwrap();
        assert!(!section.contains(&t.app.now().format("%M:%S").to_string()) || t.app.now().timestamp() % 3600 == 0);
    }
}

#[tokio::test]
async fn what_is_held_merged_or_open_danger_stays() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let submit = async || t.visitor().submit(t.point("食堂三楼"), &[]).await.expect(201).word("case_number");
        let (number, other) = (submit().await, submit().await);
        let office = OnCase::new(t.staff(Role::Office).await, &number);
        office.client.post(&format!("{}/personal-data/erase", office.path), &wish("case")).await.expect(303);
        let second = second_office(&t).await;
        let waits = second.get("/desk/erasures").await.expect(200).text();
        let id: String = waits.split("/desk/erasures/").nth(1).unwrap().chars().take(32).collect();
        let field = format!("answer.{id}");
        let grant = [("decision", "grant"), (field.as_str(), "可以")];
        let path = format!("/desk/erasures/{id}");

        office.act("legal-hold", &[("hold_reason", "诉讼")]).await.expect(303);
        let page = second.get("/desk/erasures").await.expect(200).text();
        assert!(page.contains("在保全中") && !page.contains("value=\"grant\""), "{page}");
        assert!(second.post(&path, &grant).await.expect(422).text().contains("在保全中"));
        office.act("lift-hold", &[("lift_reason", "撤诉")]).await.expect(303);

        office.act("merge", &[("numbers", &other)]).await.expect(303);
        assert!(second.post(&path, &grant).await.expect(422).text().contains("要先拆开"));
        assert!(t.column("SELECT number FROM cases WHERE erased_at IS NOT NULL").await.is_empty());

        let fields = [("role", "student"), ("danger", "1"), ("body", "他们打我")];
        let receipt = t.visitor().submit(t.point("教学楼二层"), &fields).await.expect(201);
        let (danger, code) = (receipt.word("case_number"), receipt.word("tracking_code"));
        let ask =
            [("tracking_code", code.as_str()), ("action", "erase"), ("erase_basis", "consent"), ("erase_sure", "1")];
        t.visitor().post("/track", &ask).await.expect(200);
        for role in [Role::Office, Role::Leader] {
            assert!(!t.staff(role).await.get("/desk/erasures").await.expect(200).text().contains(&danger), "{role}");
        }
        let lead = t.staff(Role::SafeguardingLead).await;
        let page = lead.get("/desk/erasures").await.expect(200).text();
        assert!(page.contains(&danger) && page.contains("还没有办结") && !page.contains("value=\"grant\""), "{page}");
    }
}

#[tokio::test]
async fn who_is_recused_never_hears_of_it() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        // The program recuses whom the text names: 陈磊 of the office.
        let body = [("body", "文明办陈磊压着我的投诉不办")];
        let receipt = t.visitor().submit(t.point("食堂三楼"), &body).await.expect(201);
        let (number, code) = (receipt.word("case_number"), receipt.word("tracking_code"));
        let ask =
            [("tracking_code", code.as_str()), ("action", "erase"), ("erase_basis", "consent"), ("erase_sure", "1")];
        t.visitor().post("/track", &ask).await.expect(200);
        let accused = second_office(&t).await;
        assert!(!accused.get("/desk/erasures").await.expect(200).text().contains(&number));
        accused.get(&format!("/desk/cases/{number}/personal-data")).await.expect(404);
        accused.post(&format!("/desk/cases/{number}/personal-data/erase"), &wish("case")).await.expect(404);
        assert!(t.staff(Role::Office).await.get("/desk/erasures").await.expect(200).text().contains(&number));
    }
}
