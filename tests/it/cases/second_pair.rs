//! An answer about people goes out when two people of the office have read the same words.

use huiyin::kernel::roles::Role;

use super::{
    merge::{sent, track},
    story::OnCase,
};
use crate::support::{TestApp, engines};

const ANSWER: [(&str, &str); 2] = [("reply", "已与当事教师谈话，情况属实，已责令改正。"), ("outcome", "")];

async fn both<'a>(t: &'a TestApp, number: &str) -> (OnCase<'a>, OnCase<'a>) {
    let people: Vec<_> = t.demo.staff.iter().filter(|s| s.role == Role::Office).collect();
    (OnCase::new(t.signed_in(people[0]).await, number), OnCase::new(t.signed_in(people[1]).await, number))
}

async fn state(t: &TestApp, code: &str) -> String {
    track(t, code).await["state"].as_str().unwrap().to_string()
}

#[tokio::test]
async fn a_second_person_lets_the_same_words_out_and_nobody_does_it_alone() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let case = sent(&t, "教学楼二层", &[("topic", "conduct"), ("body", "体育老师上课骂人")]).await;
        let (first, second) = both(&t, &case.number).await;
        let moral = first.department("德育处").await;
        first.act("assign", &[("department", &moral), ("due_on", ""), ("instruction", "")]).await.expect(303);
        let head = OnCase::new(t.signed_in(t.login(Role::DepartmentHead, Some("德育处"))).await, &case.number);
        head.act("hand-in", &ANSWER).await.expect(303);
        assert!(first.page().await.text().contains("请第二个人看"), "{engine:?}");
        for _ in 0..2 {
            // However often the first presses, it waits.
            first.act("let-out", &ANSWER).await.expect(303);
            assert_eq!(state(&t, &case.code).await, "review", "{engine:?}");
        }
        assert!(!track(&t, &case.code).await.to_string().contains("责令"));
        assert!(second.client.get("/desk/notices").await.text().contains("答复请第二个人看"));
        assert!(second.page().await.text().contains("请您再看一遍"), "{engine:?}");
        // Other words are asked for anew: now it is the first who may let them out.
        second.act("let-out", &[("reply", "已谈话。")]).await.expect(303);
        assert_eq!(state(&t, &case.code).await, "review");
        second.act("let-out", &[("reply", "已谈话。")]).await.expect(303);
        assert_eq!(state(&t, &case.code).await, "review");
        first.act("let-out", &[("reply", "已谈话。")]).await.expect(303);
        assert_eq!(state(&t, &case.code).await, "answered", "{engine:?}");
        assert!(track(&t, &case.code).await.to_string().contains("已谈话。"));
        let asked = t.column("SELECT kind FROM case_events WHERE kind = 'second_asked'").await;
        assert_eq!(asked.len(), 4, "{engine:?}");
    }
}

#[tokio::test]
async fn who_wrote_it_without_a_department_does_not_let_it_out() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let teacher = t.login(Role::DepartmentHead, Some("教务处")).name.clone();
        let case = sent(&t, "北门", &[("topic", "other"), ("body", &format!("{teacher}老师拖堂"))]).await;
        let (first, second) = both(&t, &case.number).await;
        first.act("let-out", &ANSWER).await.expect(303);
        first.act("let-out", &ANSWER).await.expect(303);
        assert_eq!(state(&t, &case.code).await, "received", "{engine:?}");
        second.act("let-out", &ANSWER).await.expect(303);
        assert_eq!(state(&t, &case.code).await, "answered", "{engine:?}");
        // What is about nobody goes out at once, as does an answer to a case whose recusal was lifted.
        let plain = sent(&t, "食堂三楼", &[("topic", "canteen")]).await;
        OnCase::new(first.client.clone(), &plain.number).act("let-out", &ANSWER).await.expect(303);
        assert_eq!(state(&t, &plain.code).await, "answered");
        let lifted = sent(&t, "北门", &[("topic", "other"), ("body", &format!("{teacher}老师拖堂"))]).await;
        let office = OnCase::new(first.client.clone(), &lifted.number);
        let recusal = office.page().await.input("recusal").unwrap();
        office.act("recusal", &[("recusal", &recusal), ("decision", "lift")]).await.expect(303);
        office.act("let-out", &ANSWER).await.expect(303);
        assert_eq!(state(&t, &lifted.code).await, "answered", "{engine:?}");
    }
}

#[tokio::test]
async fn without_a_second_person_the_page_says_what_to_do() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let people: Vec<_> = t.demo.staff.iter().filter(|s| s.role == Role::Office).collect();
        // The second one is named: no other pair of eyes is left.
        let body = format!("{}说体育老师骂人没关系", people[1].name);
        let case = sent(&t, "教学楼二层", &[("topic", "conduct"), ("body", &body)]).await;
        let only = OnCase::new(t.signed_in(people[0]).await, &case.number);
        assert!(only.page().await.text().contains("请管理员给办公室再加一个人"), "{engine:?}");
        let refused = only.act("let-out", &ANSWER).await.expect(422).text();
        assert!(refused.contains("没有发出") && refused.contains("已责令改正"), "what was typed stays: {engine:?}");
        assert_eq!(state(&t, &case.code).await, "received");
        only.act("message", &[("message", "正在核实，会给您答复")]).await.expect(303);
        // Danger has rules of its own: one lead is enough.
        let danger = sent(&t, "教学楼二层", &[("topic", "conduct"), ("danger", "1"), ("body", "体育老师打人")]).await;
        OnCase::new(t.staff(Role::SafeguardingLead).await, &danger.number).act("let-out", &ANSWER).await.expect(303);
        assert_eq!(state(&t, &danger.code).await, "answered");
    }
}

#[tokio::test]
async fn the_administrator_says_which_topics_are_about_people() {
    let t = TestApp::start().await;
    let admin = t.staff(Role::Admin).await;
    let id = t.column("SELECT LOWER(HEX(id)) FROM topics WHERE code = 'canteen'").await.remove(0);
    let fields = [("name", "食堂"), ("name_en", "Canteen"), ("position", "1"), ("in_use", "1"), ("about_people", "1")];
    admin.post(&format!("/admin/topics/{id}"), &fields).await.expect(303);
    assert!(admin.get(&format!("/admin/topics/{id}")).await.text().contains("涉及人"));
    let case = sent(&t, "食堂三楼", &[("topic", "canteen")]).await;
    let (first, _) = both(&t, &case.number).await;
    first.act("let-out", &ANSWER).await.expect(303);
    assert_eq!(state(&t, &case.code).await, "received");
}
