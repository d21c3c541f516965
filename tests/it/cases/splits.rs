//! 分案: several matters in one submission become several cases under one code.

use chrono::TimeDelta;
use huiyin::kernel::roles::Role;

use super::{
    merge::{Sent, does, merge, sent, track},
    story::OnCase,
};
use crate::support::{Reply, TestApp, engines};

const BODY: &str = "三楼的汤是凉的。另外校门口下午堵车，很危险。";

/// Takes a matter from a case by the form on its page; gives the answer.
async fn split(office: &OnCase<'_>, topic: &str, matter: &str) -> Reply {
    let topic = office.department(topic).await;
    office.act("split", &[("matter_topic", topic.as_str()), ("matter", matter)]).await
}

/// The number of the last part, as the page of its case links to it.
async fn last_part(office: &OnCase<'_>) -> String {
    let page = office.page().await.text();
    let parts = page.split("id=\"parts\"").nth(1).unwrap().split("</section>").next().unwrap();
    parts.rsplit("/desk/cases/").next().unwrap().split('"').next().unwrap().to_string()
}

async fn on<'a>(t: &'a TestApp, role: Role, department: &str, number: &str) -> OnCase<'a> {
    OnCase::new(t.signed_in(t.login(role, Some(department))).await, number)
}

async fn assign(office: &OnCase<'_>, department: &str) {
    let id = office.department(department).await;
    let fields = [("department", id.as_str()), ("due_on", ""), ("instruction", ""), ("otherwise", "归他们")];
    office.act("assign", &fields).await.expect(303);
}

#[tokio::test]
async fn each_part_has_its_own_department_and_answer_under_the_one_code() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let fields = [
            ("topic", "canteen"),
            ("body", BODY),
            ("identity", "named"),
            ("contact_name", "王女士"),
            ("contact", "13912345678"),
        ];
        let whole = sent(&t, "食堂三楼", &fields).await;
        let promised = track(&t, &whole.code).await["due_at"].clone();
        t.clock.advance(TimeDelta::hours(3));
        let office = OnCase::new(t.staff(Role::Office).await, &whole.number);
        office.act("split", &[("matter", "没有类别")]).await.expect(422);
        split(&office, "安全", "校门口下午放学时堵车").await.expect(303);
        let number = last_part(&office).await;
        let part = OnCase::new(office.client.clone(), &number);
        let page = part.page().await.expect(200).text();
        assert!(
            page.contains("校门口下午放学时堵车") && page.contains(BODY) && page.contains(&whole.number),
            "{engine:?}"
        );
        let topic = office.department("教学").await;
        part.act("split", &[("matter_topic", &topic), ("matter", "再分")]).await.expect(422);
        assert!(!page.contains("/split\"") && !page.contains("可能是同一件事"), "{engine:?}");
        assert!(office.client.get("/desk?q=堵车").await.text().contains(&number), "found by the office's words");

        // Each goes its own way; who has the part reads the office's words, not what was sent.
        assign(&office, "食堂").await;
        assign(&part, "安全办").await;
        let theirs = on(&t, Role::DepartmentHead, "安全办", &number).await;
        let page = theirs.page().await.expect(200).text();
        assert!(
            page.contains("放学时堵车") && !page.contains("汤是凉的") && !page.contains("13912345678"),
            "{engine:?}"
        );
        assert!(!page.contains(&whole.number), "nor its number");
        theirs.client.get(&format!("/desk/cases/{}", whole.number)).await.expect(404);
        on(&t, Role::Handler, "食堂", &number).await.page().await.expect(404);
        theirs.act("hand-in", &[("reply", "放学时加派两名保安。")]).await.expect(303);
        part.act("let-out", &[("reply", "放学时加派两名保安。")]).await.expect(303);

        // The one code shows both, and what was sent is untouched.
        let seen = track(&t, &whole.code).await;
        assert_eq!(
            (&seen["state"], &seen["parts"][0]["state"]),
            (&"assigned".into(), &"answered".into()),
            "{engine:?}"
        );
        assert_eq!(seen["due_at"], promised);
        assert_eq!(seen["parts"][0]["due_at"], promised, "nobody waits longer than they were promised");
        assert_eq!(seen["parts"][0]["case_number"], number.as_str());
        assert!(seen["parts"][0]["messages"].to_string().contains("加派两名保安"));
        assert!(!seen["messages"].to_string().contains("加派两名保安"));
        assert_eq!(t.column("SELECT body FROM submissions WHERE body LIKE '%堵车%'").await, [BODY]);
        let html = t.visitor().post("/track", &[("tracking_code", &whole.code)]).await.expect(200).text();
        assert!(html.contains("用同一个查询码看") && html.contains("关于哪一件") && html.contains("加派两名保安"));

        // The submitter judges, asks and takes back each by itself.
        let no = [
            ("action", "rate"),
            ("contacted", "yes"),
            ("solved", "no"),
            ("satisfied", "no"),
            ("part", number.as_str()),
        ];
        does(&t, &whole.code, &no).await.expect(200);
        does(&t, &whole.code, &no).await.expect(422);
        let seen = track(&t, &whole.code).await;
        assert_eq!(
            (&seen["state"], &seen["parts"][0]["state"]),
            (&"assigned".into(), &"reopened".into()),
            "{engine:?}"
        );
        let words = [("action", "message"), ("message", "周三又堵了"), ("part", number.as_str())];
        does(&t, &whole.code, &words).await.expect(200);
        assert!(part.page().await.text().contains("周三又堵了") && !office.page().await.text().contains("周三又堵了"));
        does(&t, &whole.code, &[("action", "withdraw"), ("part", &number)]).await.expect(200);
        let seen = track(&t, &whole.code).await;
        assert_eq!(
            (&seen["state"], &seen["parts"][0]["state"]),
            (&"assigned".into(), &"withdrawn".into()),
            "{engine:?}"
        );
        let other = sent(&t, "北门", &[]).await;
        does(&t, &other.code, &[("action", "urge"), ("part", &number)]).await.expect(400);
    }
}

#[tokio::test]
async fn who_is_recused_stays_out_of_the_parts_and_danger_stays_in_its_lane() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let head = t.login(Role::DepartmentHead, Some("食堂"));
        let whole = sent(&t, "食堂三楼", &[("body", &format!("{}说没有热汤，操场也积水", head.name))]).await;
        let office = OnCase::new(t.staff(Role::Office).await, &whole.number);
        let guard = t.login(Role::DepartmentHead, Some("安全办"));
        split(&office, "设施", &format!("操场积水，{}知道", guard.name)).await.expect(303);
        let number = last_part(&office).await;
        let part = OnCase::new(office.client.clone(), &number);
        assign(&part, "食堂").await;
        on(&t, Role::Handler, "食堂", &number).await.page().await.expect(200);
        on(&t, Role::DepartmentHead, "食堂", &number).await.page().await.expect(404);
        let named = "SELECT s.display_name FROM recusals r JOIN staff s ON s.id = r.staff_id JOIN case_splits p ON p.part_id = r.case_id";
        let mut names = t.column(named).await;
        names.sort();
        let mut both = vec![head.name.clone(), guard.name.clone()];
        both.sort();
        assert_eq!(names, both, "{engine:?}");

        // Danger: the part is the safeguarding lead's, as the case is.
        let danger = sent(&t, "教学楼二层", &[("danger", "1"), ("body", "有人打我，饭也不好吃")]).await;
        let lead = OnCase::new(t.staff(Role::SafeguardingLead).await, &danger.number);
        split(&lead, "食堂", "饭不好吃").await.expect(303);
        let number = last_part(&lead).await;
        OnCase::new(office.client.clone(), &number).page().await.expect(404);
        assert!(!office.client.get("/desk?view=all").await.text().contains(&number), "{engine:?}");
        OnCase::new(lead.client.clone(), &number).page().await.expect(200);
    }
}

#[tokio::test]
async fn a_lead_of_merged_cases_is_parted_first_and_an_anonymous_part_keeps_the_hour() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let (lead, other): (Sent, Sent) = (sent(&t, "食堂三楼", &[]).await, sent(&t, "食堂三楼", &[]).await);
        let office = OnCase::new(t.staff(Role::Office).await, &lead.number);
        merge(&office, &[&other.number]).await.expect(303);
        split(&office, "安全", "校门口堵车").await.expect(422);
        let parted = OnCase::new(office.client.clone(), &other.number);
        parted.act("unmerge", &[("unmerge_reason", "两件事")]).await.expect(303);
        split(&office, "安全", "校门口堵车").await.expect(303);
        let number = last_part(&office).await;
        t.clock.advance(TimeDelta::minutes(17));
        does(&t, &lead.code, &[("action", "message"), ("message", "四点最堵"), ("part", &number)]).await.expect(200);
        let seen = track(&t, &lead.code).await;
        let at = seen["parts"][0]["messages"][0]["at"].as_str().unwrap();
        assert!(at.contains(":00:00"), "{engine:?}: {at}");
    }
}

#[tokio::test]
async fn the_way_to_a_sealed_identity_leads_there_from_a_part_too() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let sealed = [
            ("identity", "sealed"),
            ("contact_name", "赵女士"),
            ("contact", "13912345678"),
            ("danger", "1"),
            ("role", "parent"),
            ("body", "有人打我的孩子，楼梯也坏了"),
        ];
        let whole = sent(&t, "教学楼二层", &sealed).await;
        let lead = OnCase::new(t.staff(Role::SafeguardingLead).await, &whole.number);
        split(&lead, "设施", "楼梯坏了").await.expect(303);
        let number = last_part(&lead).await;
        let part = OnCase::new(lead.client.clone(), &number);
        let way = format!("/desk/cases/{number}/identity");
        assert!(part.page().await.expect(200).text().contains(&way), "{engine:?}");
        lead.client.post(&way, &[("reason", "须核实")]).await.expect(303);
        let leader = t.staff(Role::Leader).await;
        let page = leader.get("/desk/identity-requests").await.expect(200).text();
        let id: String = page
            .split("action=\"/desk/identity-requests/")
            .nth(1)
            .unwrap()
            .chars()
            .take_while(char::is_ascii_hexdigit)
            .collect();
        let agree = [("decision", "agree"), (&*format!("words.{id}"), "同意")];
        leader.post(&format!("/desk/identity-requests/{id}"), &agree).await.expect(303);
        let opened = lead.client.post(&format!("{way}/open"), &[]).await.expect(200).text();
        assert!(opened.contains("赵女士") && opened.contains("13912345678"), "{engine:?} {opened}");
        lead.client.post(&format!("{way}/open"), &[]).await.expect(409);
    }
}

#[tokio::test]
async fn an_erasure_takes_the_parts_along_and_says_so_before() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let whole = sent(&t, "食堂三楼", &[("body", "sentinelbody 汤凉，门口也堵")]).await;
        let office = OnCase::new(t.staff(Role::Office).await, &whole.number);
        split(&office, "安全", "sentinelmatter 门口堵车").await.expect(303);
        let number = last_part(&office).await;
        let part = OnCase::new(office.client.clone(), &number);
        assign(&part, "安全办").await;
        let personal = format!("/desk/cases/{}/personal-data", whole.number);
        assert!(office.client.get(&personal).await.text().contains("分出来的 1 件会一起删除"), "{engine:?}");
        // A hold over the part keeps both.
        part.act("legal-hold", &[("hold_reason", "诉讼")]).await.expect(303);
        let ask = [
            ("tracking_code", whole.code.as_str()),
            ("action", "erase"),
            ("erase_basis", "consent"),
            ("erase_sure", "1"),
        ];
        t.visitor().post("/track", &ask).await.expect(200);
        let second = crate::personal_data::second_office(&t).await;
        let page = second.get("/desk/erasures").await.expect(200).text();
        assert!(page.contains("分出来的 1 件会一起删除") && page.contains("保全中"), "{page}");
        crate::personal_data::grant(&second).await.expect(422);
        let theirs = on(&t, Role::DepartmentHead, "安全办", &number).await;
        assert!(theirs.page().await.expect(200).text().contains("sentinelmatter"), "the open part keeps its words");
        part.act("lift-hold", &[("lift_reason", "撤诉")]).await.expect(303);
        crate::personal_data::grant(&second).await.expect(303);
        for case in [&office, &part] {
            assert!(case.page().await.expect(200).text().contains("内容已删除"), "{engine:?}");
        }
        let words = ["sentinelbody", "sentinelmatter"];
        assert_eq!(crate::personal_data::found(&t, &words).await, Vec::<String>::new(), "{engine:?}");
        assert_eq!(t.column(&format!("SELECT state FROM cases WHERE number = '{number}'")).await, ["withdrawn"]);
    }
}
