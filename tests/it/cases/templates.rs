//! Texts that are written again and again: whose they are, how they are filled in, and that they overwrite nothing.

use huiyin::kernel::roles::Role;

use super::story::OnCase;
use crate::support::{Client, TestApp, engines, key};

/// Adds a template; its id.
pub async fn template(keeper: &Client<'_>, title: &str, body: &str) -> String {
    keeper.post("/desk/templates/new", &[("title", title), ("body", body), ("in_use", "1")]).await.expect(303);
    let page = keeper.get("/desk/templates").await.expect(200).text();
    let before = page.split(&format!(">{title}</a>")).next().unwrap();
    before.rsplit("/desk/templates/").next().unwrap().split('"').next().unwrap().to_string()
}

#[tokio::test]
async fn the_office_keeps_its_own_and_departments_theirs() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let office = t.staff(Role::Office).await;
        let head = t.signed_in(t.login(Role::DepartmentHead, Some("德育处"))).await;
        let other = t.signed_in(t.login(Role::Handler, Some("食堂"))).await;
        let ours = template(&office, "已转办", "{编号} 已转{处室}，{期限}前答复。").await;
        let theirs = template(&head, "家访", "我们会到家里看看。").await;
        let wrong = office.post("/desk/templates/new", &[("title", "x"), ("body", "{姓名}您好")]).await.expect(422);
        assert!(wrong.text().contains("“姓名”填不了") && wrong.text().contains("{姓名}您好"));

        // The office reads the department's, with which it is filed, and does not change it; others don't read it.
        assert!(office.get("/desk/templates").await.text().contains("我们会到家里看看"));
        assert!(!other.get("/desk/templates").await.text().contains("我们会到家里看看"));
        assert!(other.get("/desk/templates").await.text().contains("已转{处室}"));
        office.get(&format!("/desk/templates/{theirs}")).await.expect(404);
        head.get(&format!("/desk/templates/{ours}")).await.expect(404);
        head.post(&format!("/desk/templates/{ours}"), &[("version", "1"), ("title", "x"), ("body", "y")])
            .await
            .expect(404);

        // Two change it at once: one wins, the other sees the text as it is now, and their own.
        let change = |body| [("version", "1"), ("title", "已转办"), ("body", body), ("in_use", "1")];
        office.post(&format!("/desk/templates/{ours}"), &change("甲改的长长长长的一句话")).await.expect(303);
        let lost =
            office.post(&format!("/desk/templates/{ours}"), &change("乙改的长长长长的一句话")).await.expect(409).text();
        assert!(lost.contains("甲改的长长长长的一句话") && lost.contains("乙改的长长长长的一句话"), "{engine:?}");
    }
}

#[tokio::test]
async fn a_template_is_filled_into_what_is_being_written_and_nothing_goes_out() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let fields = [("topic", "canteen"), ("body", "汤凉了")];
        let number = t.visitor().submit(t.point("食堂三楼"), &fields).await.expect(201).word("case_number");
        let office = OnCase::new(t.staff(Role::Office).await, &number);
        let body = "您的 {编号}（{类别}，{地点}）由{处室}办理，{期限}前答复。{单位}热线 {热线}";
        let id = template(&office.client, "已转办", body).await;
        let version = office.page().await.input("version").unwrap();
        let form = [("version", version.as_str()), ("form", "let-out"), ("reply", "您好。"), ("template", &id)];
        let page = office.client.post(&format!("{}/template", office.path), &form).await.expect(200).text();
        let filled = format!("您好。\n\n您的 {number}（食堂，食堂三楼）由文明办办理，");
        assert!(page.contains(&filled) && page.contains("雪莲小学热线 0991-5550123"), "{engine:?} {page}");
        assert_eq!(t.count("replies").await, 0, "filling in sends nothing");
        let gone = [("form", "let-out"), ("reply", "您好。"), ("template", "0192f0c0000070008000000000000001")];
        let page = office.client.post(&format!("{}/template", office.path), &gone).await.expect(422).text();
        assert!(page.contains("您好。") && page.contains("这个模板已经不用了"));
        // Who may not see the case gets nothing filled in.
        let stranger = t.staff(Role::Handler).await;
        stranger.post(&format!("{}/template", office.path), &form).await.expect(404);
    }
}

#[tokio::test]
async fn templates_are_offered_by_topic_state_and_department() {
    let t = TestApp::start().await;
    let fields = [("topic", "canteen"), ("body", "汤凉了")];
    let number = t.visitor().submit(t.point("食堂三楼"), &fields).await.expect(201).word("case_number");
    let office = OnCase::new(t.staff(Role::Office).await, &number);
    let page = office.client.get("/desk/templates/new").await.text();
    let topic = |name: &str| -> String {
        let before = page.split(&format!(">{name}</option>")).next().unwrap();
        before.rsplit("value=\"").next().unwrap().split('"').next().unwrap().to_string()
    };
    for (title, topic, state) in [
        ("甲泛用", "", ""),
        ("乙食堂", topic("食堂").as_str(), ""),
        ("丙收费", topic("收费").as_str(), ""),
        ("丁待审", "", "review"),
    ] {
        let form = [("title", title), ("body", "好"), ("topic", topic), ("state", state)];
        office.client.post("/desk/templates/new", &form).await.expect(303);
    }
    let page = office.page().await.text();
    let at = |title: &str| page.find(title);
    assert!(at("乙食堂").unwrap() < at("甲泛用").unwrap(), "what fits best comes first");
    assert!(at("丙收费").is_none() && at("丁待审").is_none());
}

#[tokio::test]
async fn many_are_answered_each_with_its_own_facts_and_no_draft_is_overwritten() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let mut sent = Vec::new();
        for place in ["校门口", "操场", "食堂三楼"] {
            let receipt = t.visitor().submit(t.point(place), &[]).await.expect(201);
            sent.push((receipt.word("case_number"), receipt.word("tracking_code")));
        }
        let office = OnCase::new(t.staff(Role::Office).await, &sent[2].0);
        let canteen = office.department("食堂").await;
        office.act("assign", &[("department", &canteen)]).await.expect(303);
        let handler = OnCase::new(t.signed_in(t.login(Role::Handler, Some("食堂"))).await, &sent[2].0);
        handler.act("hand-in", &[("reply", "食堂自己写的答复")]).await.expect(303);

        let id = template(&office.client, "谢谢", "{编号}：{地点}的事已处理。").await;
        let box_of = async |number: &str| {
            let version = OnCase::new(office.client.clone(), number).page().await.input("version").unwrap();
            format!("{number}:{version}")
        };
        let boxes = [box_of(&sent[0].0).await, box_of(&sent[1].0).await, box_of(&sent[2].0).await];
        let press = key();
        let mut form = vec![("deed", "answer"), ("idempotency_key", press.as_str()), ("template", id.as_str())];
        form.extend(boxes.iter().map(|b| ("case", b.as_str())));
        let look =
            office.client.post("/desk/bulk", &[&form[..], &[("look", "fill")]].concat()).await.expect(200).text();
        let first = format!("{}：校门口的事已处理。", sent[0].0);
        assert!(look.contains("{编号}：{地点}的事已处理。") && look.contains(&first), "{look}");
        assert_eq!(t.count("bulk_runs").await, 0, "looking does nothing");

        let done = |reply: &'static str| [&form[..], &[("reply", reply)]].concat();
        office.client.post("/desk/bulk", &done("{谁}您好")).await.expect(422);
        let reply = office.client.post("/desk/bulk", &done("{编号}：{地点}的事已处理。")).await.expect(303);
        let page = office.client.get(reply.header("location")).await.expect(200).text();
        assert!(page.contains("办了 2 件，没有办 1 件") && page.contains("已经有人在写答复"), "{page}");
        for (number, code) in &sent[..2] {
            let seen = t.visitor().json().post("/track", &[("tracking_code", code)]).await.expect(200);
            assert!(seen.text().contains(&format!("{number}：")) && seen.word("state") == "answered", "{engine:?}");
        }
        assert!(office.page().await.text().contains("食堂自己写的答复"));
    }
}
