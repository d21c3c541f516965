//! Steps that are always taken together: kept by the office, taken by who has the right to each, all or none.

use huiyin::kernel::roles::Role;

use super::{story::OnCase, tags::word, templates::template};
use crate::support::{Client, TestApp, engines, key};

/// Adds a macro; its id.
pub async fn kept(office: &Client<'_>, name: &str, fields: &[(&str, &str)]) -> String {
    office.post("/desk/macros/new", &[&[("name", name)], fields].concat()).await.expect(303);
    let page = office.get("/desk/macros").await.expect(200).text();
    let before = page.split(&format!(">{name}</a>")).next().unwrap();
    before.rsplit("/desk/macros/").next().unwrap().split('"').next().unwrap().to_string()
}

#[tokio::test]
async fn a_macro_takes_all_of_its_steps_or_none() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let receipt = t.visitor().submit(t.point("食堂三楼"), &[("topic", "canteen")]).await.expect(201);
        let (number, code) = (receipt.word("case_number"), receipt.word("tracking_code"));
        let office = OnCase::new(t.staff(Role::Office).await, &number);
        let canteen = office.department("食堂").await;
        let tag = word(&office.client, "要复查").await;
        let text = template(&office.client, "已转办", "{编号} 已转{处室}。").await;
        let steps = [
            ("tag", tag.as_str()),
            ("note", "下周再看"),
            ("department", canteen.as_str()),
            ("instruction", "请换保温台"),
            ("template", text.as_str()),
        ];
        let id = kept(&office.client, "转食堂", &steps).await;
        let page = office.page().await;
        assert!(page.text().contains("标签 要复查 → 写备注 → 交办 食堂 → 写信“已转办”"), "{}", page.text());
        let version = page.input("version").unwrap();
        let form = [("version", version.as_str()), ("macro", id.as_str())];
        let address = format!("{}/macro", office.path);
        let (first, second) = tokio::join!(office.client.post(&address, &form), office.client.post(&address, &form));
        let mut statuses = [first.status.as_u16(), second.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409], "pressed twice, done once");
        let page = office.page().await.text();
        assert!(page.contains("已交办") && page.contains("下周再看") && page.contains("请换保温台"), "{engine:?}");
        assert_eq!((t.count("notes").await, t.count("messages").await, t.count("case_tags").await), (1, 1, 1));
        let seen = t.visitor().json().post("/track", &[("tracking_code", &code)]).await.expect(200).text();
        assert!(seen.contains(&format!("{number} 已转食堂。")) && !seen.contains("下周再看"), "{seen}");

        // A step that can't be taken takes the others with it: this case has gone to a department.
        let answer = kept(&office.client, "直接答复", &[("note", "答了"), ("template", &text), ("close", "1")]).await;
        let before = t.dump().await;
        let page = office.act("macro", &[("macro", &answer)]).await.expect(422).text();
        assert!(page.contains("走到这一步，不能这样办"), "{page}");
        // Reading the page is written down; nothing else has changed.
        let after = t.dump().await;
        assert_eq!(t.count("notes").await, 1, "{engine:?} {}", before == after);

        // A handler may write the note, and not assign.
        let handler = OnCase::new(t.signed_in(t.login(Role::Handler, Some("食堂"))).await, &number);
        let page = handler.act("macro", &[("macro", &id)]).await.expect(422).text();
        assert!(page.contains("这一件不归您这样办"), "{page}");
        assert_eq!((t.count("notes").await, t.count("assignments").await), (1, 1));
        handler.client.get("/desk/macros").await.expect(404);
        let stranger = t.signed_in(t.login(Role::Handler, Some("总务处"))).await;
        stranger.post(&format!("{}/macro", office.path), &form).await.expect(404);
    }
}

#[tokio::test]
async fn a_macro_goes_over_many_each_all_or_none() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let mut boxes = Vec::new();
        for place in ["校门口", "操场"] {
            let number = t.visitor().submit(t.point(place), &[]).await.expect(201).word("case_number");
            boxes.push(format!("{number}:1"));
        }
        let office = t.staff(Role::Office).await;
        let text = template(&office, "谢谢", "{编号}：已处理。").await;
        let id = kept(&office, "答复办结", &[("note", "当面说过"), ("template", &text), ("close", "1")]).await;
        let first = boxes[0].split(':').next().unwrap().to_string();
        OnCase::new(office.clone(), &first).act("decline", &[("decline_reason", "请找交警")]).await.expect(303);
        let declined = OnCase::new(office.clone(), &first).page().await.input("version").unwrap();
        boxes[0] = format!("{first}:{declined}");
        let press = key();
        let mut form = vec![("deed", "macro"), ("idempotency_key", press.as_str()), ("macro", id.as_str())];
        form.extend(boxes.iter().map(|b| ("case", b.as_str())));
        for _ in 0..2 {
            let done = office.post("/desk/bulk", &form).await.expect(303);
            let page = office.get(done.header("location")).await.expect(200).text();
            assert!(page.contains("办了 1 件，没有办 1 件") && page.contains("走到这一步"), "{engine:?} {page}");
        }
        assert_eq!((t.count("notes").await, t.count("replies").await), (1, 1), "all or none, and nothing twice");
    }
}

#[tokio::test]
async fn what_can_not_be_together_is_refused_and_two_editors_do_not_overwrite_each_other() {
    let t = TestApp::start().await;
    let office = t.staff(Role::Office).await;
    let id = kept(&office, "看过", &[("note", "看过")]).await;
    let gone = "0192f0c0000070008000000000000001";
    for wrong in [
        vec![("name", "空的")],
        vec![("name", "看过"), ("note", "又一个")],
        vec![("name", "办结"), ("note", "x"), ("close", "1")],
        vec![("name", "别的"), ("template", gone)],
        vec![("name", "别的"), ("department", gone)],
        vec![("name", ""), ("note", "x")],
    ] {
        let page = office.post("/desk/macros/new", &wrong).await.expect(422).text();
        assert!(page.contains("id=\"errors\""), "{wrong:?}");
    }
    let change = |note| [("version", "1"), ("name", "看过"), ("note", note), ("in_use", "1")];
    office.post(&format!("/desk/macros/{id}"), &change("甲改的长长长长的一句话")).await.expect(303);
    let lost = office.post(&format!("/desk/macros/{id}"), &change("乙改的长长长长的一句话")).await.expect(409).text();
    assert!(lost.contains("甲改的长长长长的一句话") && lost.contains("乙改的长长长长的一句话"));
    // Out of use, it is offered no more and does nothing.
    office.post(&format!("/desk/macros/{id}"), &[("version", "2"), ("name", "看过"), ("note", "x")]).await.expect(303);
    let number = t.visitor().submit(t.point("校门口"), &[]).await.expect(201).word("case_number");
    let case = OnCase::new(office, &number);
    assert!(!case.page().await.text().contains("/macro\""));
    case.act("macro", &[("macro", &id)]).await.expect(422);
}

#[tokio::test]
async fn who_is_mentioned_in_the_note_of_a_macro_is_told_and_who_may_not_see_the_case_keeps_it_from_being_written() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let office = t.staff(Role::Office).await;
        let (head, stranger) =
            (t.login(Role::DepartmentHead, Some("食堂")), t.login(Role::DepartmentHead, Some("教务处")));
        let mut boxes = Vec::new();
        for _ in 0..2 {
            let number = t.visitor().submit(t.point("食堂三楼"), &[]).await.expect(201).word("case_number");
            let case = OnCase::new(office.clone(), &number);
            let canteen = case.department("食堂").await;
            case.act("assign", &[("department", &canteen), ("otherwise", "归他们")]).await.expect(303);
            boxes.push((number.clone(), format!("{number}:{}", case.page().await.input("version").unwrap())));
        }
        let good = kept(&office, "提醒", &[("note", &format!("请 @{} 看看", head.name))]).await;
        let bad = kept(&office, "错提醒", &[("note", &format!("请 @{} 看看", stranger.name))]).await;
        let case = OnCase::new(office.clone(), &boxes[0].0);
        let page = case.act("macro", &[("macro", &bad)]).await.expect(422).text();
        assert!(page.contains("备注里 @ 的同事看不到这一件"), "{page}");
        assert_eq!(t.count("notes").await, 0);
        case.act("macro", &[("macro", &good)]).await.expect(303);
        let told = "SELECT s.display_name FROM outbox o JOIN staff s ON s.id = o.staff_id WHERE o.kind = 'mentioned'";
        assert_eq!(t.column(told).await, std::slice::from_ref(&head.name), "{engine:?}");
        // Over many, each tells of itself.
        t.clock.advance(chrono::TimeDelta::minutes(1));
        let press = key();
        let mut form = vec![("deed", "macro"), ("idempotency_key", press.as_str()), ("macro", good.as_str())];
        form.extend(boxes.iter().map(|(_, b)| ("case", b.as_str())));
        office.post("/desk/bulk", &form).await.expect(303);
        assert_eq!(t.column(told).await, vec![head.name.clone(); 3], "{engine:?}");
        let press = key();
        form[1] = ("idempotency_key", press.as_str());
        form[2] = ("macro", bad.as_str());
        let done = office.post("/desk/bulk", &form).await.expect(303);
        let page = office.get(done.header("location")).await.expect(200).text();
        assert!(page.contains("没有办 2 件") && page.contains("备注里 @ 的同事看不到这一件"), "{page}");
        assert_eq!((t.count("notes").await, t.column(told).await.len()), (3, 3), "{engine:?}");
        assert!(!t.signed_in(stranger).await.get("/desk/notices").await.text().contains(&boxes[0].0));
    }
}
