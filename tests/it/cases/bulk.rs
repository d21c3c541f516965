//! Many cases at once: each by itself, nothing twice, nothing overwritten, and whatever was refused is said.

use huiyin::kernel::roles::Role;

use super::{story::OnCase, tags::word};
use crate::support::{Client, Reply, TestApp, engines, key};

async fn sent(t: &TestApp, place: &str, body: &str) -> String {
    t.visitor().submit(t.point(place), &[("body", body)]).await.expect(201).word("case_number")
}

/// The boxes of the page that asks, as it stands now.
async fn boxes(client: &Client<'_>, deed: &str, numbers: &[String]) -> Vec<String> {
    let query: Vec<String> = numbers.iter().map(|n| format!("case={n}")).collect();
    let page = client.get(&format!("/desk/bulk?deed={deed}&{}", query.join("&"))).await.expect(200).text();
    let values = page.split("name=\"case\" value=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_string());
    values.collect()
}

/// Sends the form of the page that asks.
async fn press(client: &Client<'_>, deed: &str, press: &str, boxes: &[String], fields: &[(&str, &str)]) -> Reply {
    let mut form = vec![("deed", deed), ("idempotency_key", press)];
    form.extend(boxes.iter().map(|value| ("case", value.as_str())));
    form.extend(fields);
    client.post("/desk/bulk", &form).await
}

async fn follow(client: &Client<'_>, reply: Reply) -> String {
    client.get(reply.expect(303).header("location")).await.expect(200).text()
}

#[tokio::test]
async fn many_are_assigned_each_by_itself_and_what_changed_meanwhile_is_refused() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let mut numbers = Vec::new();
        for i in 0..4 {
            numbers.push(sent(&t, "校门口", &format!("第{i}件：门口堵车")).await);
        }
        let office = t.staff(Role::Office).await;
        let list = office.get("/desk").await.expect(200).text();
        assert!(list.contains(&format!("value=\"{}\"", numbers[0])) && list.contains("批量交办"), "a box before each");
        let canteen = OnCase::new(office.clone(), &numbers[0]).department("食堂").await;
        let all = boxes(&office, "assign", &numbers).await;
        assert_eq!(all.len(), 4);
        // Somebody declines one of them while this person is still choosing.
        OnCase::new(office.clone(), &numbers[3]).act("decline", &[("decline_reason", "请找交警")]).await.expect(303);

        let missing = press(&office, "assign", "p0", &all, &[("department", "")]).await.expect(422).text();
        assert!(missing.contains(&numbers[0]) && t.count("bulk_runs").await == 0, "what was chosen comes back");
        let order = [("department", canteen.as_str()), ("instruction", "请一起办"), ("otherwise", "食堂送货的车")];
        let once = key();
        let page = follow(&office, press(&office, "assign", &once, &all, &order).await).await;
        assert!(page.contains("办了 3 件，没有办 1 件"), "{page}");
        assert!(page.contains("您看过之后它有了变化") && page.contains(&numbers[3]));
        assert_eq!(t.count("assignments").await, 3, "{engine:?}");
        let case = OnCase::new(office.clone(), &numbers[1]).page().await.text();
        assert!(case.contains("已交办") && case.contains("请一起办"));

        // The same press again, also twice at once: the same result, and nothing more happened.
        let (events, notices) = (t.count("case_events").await, t.count("outbox").await);
        let again = (press(&office, "assign", &once, &all, &order), press(&office, "assign", &once, &all, &order));
        let again = tokio::join!(again.0, again.1);
        for reply in [again.0, again.1] {
            assert!(follow(&office, reply).await.contains("办了 3 件，没有办 1 件"));
        }
        assert_eq!((t.count("case_events").await, t.count("outbox").await), (events, notices), "{engine:?}");
        assert_eq!(t.count("bulk_runs").await, 1);
    }
}

#[tokio::test]
async fn tags_and_closing_go_to_each_by_its_own_right() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let office = t.staff(Role::Office).await;
        let (answered, open) = (sent(&t, "校门口", "堵车").await, sent(&t, "操场", "篮筐松了").await);
        OnCase::new(office.clone(), &answered).act("let-out", &[("reply", "已疏导")]).await.expect(303);
        let numbers = [answered.clone(), open.clone()];
        let tag = word(&office, "要复查").await;

        // What can't be done is said before, and not offered.
        assert_eq!(boxes(&office, "close", &numbers).await.len(), 1);
        let both = boxes(&office, "tag", &numbers).await;
        press(&office, "tag", &key(), &both, &[]).await.expect(422);
        follow(&office, press(&office, "tag", &key(), &both, &[("tag", &tag)]).await).await;
        assert_eq!(t.count("case_tags").await, 2);
        let page = follow(&office, press(&office, "close", &key(), &both, &[]).await).await;
        assert!(page.contains("办了 1 件，没有办 1 件") && page.contains("走到这一步，不能这样办"), "{page}");
        assert!(OnCase::new(office.clone(), &answered).page().await.text().contains("已办结"));

        // Handlers put words on what their department has, and nothing else.
        let canteen = OnCase::new(office.clone(), &open).department("食堂").await;
        let assigned = OnCase::new(office.clone(), &open);
        assigned.act("assign", &[("department", &canteen), ("otherwise", "食堂的球")]).await.expect(303);
        let handler = t.signed_in(t.login(Role::Handler, Some("食堂"))).await;
        press(&handler, "close", &key(), &both, &[]).await.expect(404);
        let second = word(&office, "食材").await;
        let own = boxes(&handler, "tag", &numbers).await;
        assert_eq!(own.len(), 1, "the other one is not theirs to know");
        let page = follow(&handler, press(&handler, "tag", &key(), &both, &[("tag", &second)]).await).await;
        assert!(!page.contains(&answered), "{page}");
        t.staff(Role::Leader).await.get("/desk/bulk").await.expect(404);
        t.staff(Role::Auditor).await.get("/desk/bulk").await.expect(404);
    }
}

#[tokio::test]
async fn for_the_accused_a_case_looks_like_one_that_is_not_there() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let office = t.staff(Role::Office).await;
        let tag = word(&office, "要复查").await;
        let case = OnCase::new(office, &sent(&t, "教学楼二层", "郑秀兰老师体罚学生").await);
        let moral = case.department("德育处").await;
        let who = format!("department:{}", uuid::Uuid::parse_str(&moral).unwrap());
        case.act("recuse", &[("who", &who), ("recuse_reason", "被反映人所在处室")]).await.expect(303);
        let accused = t.signed_in(t.login(Role::DepartmentHead, Some("德育处"))).await;
        let number = case.path.rsplit('/').next().unwrap().to_string();
        let mut pages = Vec::new();
        for number in [number.as_str(), "HY-7777-77"] {
            assert!(boxes(&accused, "tag", &[number.to_string()]).await.is_empty());
            let before = t.count("case_tags").await;
            let done = press(&accused, "tag", &key(), &[format!("{number}:2")], &[("tag", &tag)]).await;
            let page = follow(&accused, done).await;
            assert!(!page.contains(number), "{page}");
            assert_eq!(t.count("case_tags").await, before);
            pages.push(page.split("<main").nth(1).unwrap().split("</main>").next().unwrap().to_string());
        }
        assert_eq!(pages[0], pages[1], "{engine:?}");
    }
}

#[tokio::test]
async fn a_hundred_and_no_more() {
    let t = TestApp::start().await;
    let office = t.staff(Role::Office).await;
    let many: Vec<String> = (0..101).map(|_| "HY-7777-77:1".to_string()).collect();
    press(&office, "close", &key(), &many, &[]).await.expect(422);
    press(&office, "close", &key(), &[], &[]).await.expect(422);
    press(&office, "close", "", &many[..1], &[]).await.expect(422);
    assert_eq!(t.count("bulk_runs").await, 0);
}
