//! Building by hand, with plain forms only.

use huiyin::kernel::roles::Role;

use super::{answer, drafted, hidden, publish, send, small};
use crate::support::{Client, Reply, TestApp, engines, key};

/// Presses a button of the builder as the page shows it.
async fn press(office: &Client<'_>, desk: &str, button: &str) -> Reply {
    let edit = format!("{desk}/edit");
    let version = hidden(office, &edit, "draft_version").await;
    office.post(&edit, &[("draft_version", &version), ("do", button)]).await
}

/// Fills in the page of a question.
async fn fill(office: &Client<'_>, page: &str, fields: &[(&str, &str)]) -> Reply {
    let version = hidden(office, page, "draft_version").await;
    office.post(page, &[fields, &[("draft_version", version.as_str())]].concat()).await
}

#[tokio::test]
async fn a_questionnaire_is_built_by_hand_published_and_answered() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let office = t.staff(Role::Office).await;
        office.post("/desk/questionnaires/new", &[("title", " ")]).await.expect(422);
        let made = office.post("/desk/questionnaires/new", &[("title", "食堂怎么样")]).await.expect(303);
        let desk = made.header("location").trim_end_matches("/edit").to_string();

        // An empty one can't be published, and says why.
        let refused = publish(&office, &desk).await.expect(422).text();
        assert!(refused.contains("还没有题目"), "{refused}");

        let page = press(&office, &desk, "add s1 single").await.expect(303).header("location").to_string();
        assert_eq!(page, format!("{desk}/questions/q1"));
        let wrong = fill(&office, &page, &[("label", ""), ("choices", "常去\n常去")]).await.expect(422).text();
        assert!(wrong.contains("请写题目") && wrong.contains("有两行一样"), "{wrong}");
        let whole = [("kind", "single"), ("label", "你常去食堂吗"), ("choices", "常去\n很少去"), ("required", "1")];
        assert_eq!(fill(&office, &page, &whole).await.expect(303).header("location"), format!("{desk}/edit#q1"));

        let page = press(&office, &desk, "add s1 long_text").await.expect(303).header("location").to_string();
        let looks = office.get(&page).await.expect(200).text();
        assert!(looks.contains("value=\"q1 is c2\"") && looks.contains("没选“很少去”"), "{looks}");
        let whole = [("kind", "long_text"), ("label", "为什么"), ("look.0", "q1 is c2"), ("join", "all")];
        fill(&office, &page, &whole).await.expect(303);
        assert!(office.get(&format!("{desk}/edit")).await.text().contains("“你常去食堂吗”选了“很少去”"));
        assert!(office.get(&format!("{desk}/preview")).await.expect(200).text().contains("什么都不会留下"));

        publish(&office, &desk).await.expect(303);
        assert_eq!(publish(&office, &desk).await.status, 409, "nothing is left to publish");
        office.post(&format!("{desk}/points"), &[("place", "食堂门口")]).await.expect(303);
        let code = t.column("SELECT code FROM access_points WHERE place = '食堂门口'").await.remove(0);
        for (choice, why, kept) in [("c2", "排队太久", true), ("c1", "不该留下", false)] {
            let key = key();
            let fields = [("idempotency_key", key.as_str()), ("answer.q1", choice), ("answer.q2", why)];
            send(&t, &code, &fields).await.expect(201);
            let dump = t.column("SELECT answers FROM responses").await.join("\n");
            assert_eq!(dump.contains(why), kept, "{engine:?}");
        }
        assert!(office.get("/desk/questionnaires").await.expect(200).text().contains("食堂怎么样"));
        assert!(office.get(&desk).await.expect(200).text().contains("已收到 2 份回答"));
    }
}

#[tokio::test]
async fn a_deleted_question_comes_back_by_undo() {
    let t = TestApp::start().await;
    let office = t.staff(Role::Office).await;
    let desk = drafted(&t, small()).await;
    let edit = format!("{desk}/edit");
    assert!(!office.get(&edit).await.text().contains("撤销上一步"));
    let next = press(&office, &desk, "delete q1").await.expect(303).header("location").to_string();
    let page = office.get(next.split('#').next().unwrap()).await.expect(200).text();
    assert!(page.contains("删掉了") && page.contains("撤销上一步") && !page.contains("id=\"q1\""));
    // A condition that looks at it stands in the way, with the way to it.
    let refused = publish(&office, &desk).await.expect(422).text();
    assert!(refused.contains(&format!("{desk}/questions/q2")) && refused.contains("已删除的题目"), "{refused}");
    press(&office, &desk, "undo").await.expect(303);
    assert!(office.get(&edit).await.text().contains("id=\"q1\""));
    publish(&office, &desk).await.expect(303);
}

#[tokio::test]
async fn two_people_at_one_draft_lose_nothing() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let (one, two) = (t.staff(Role::Office).await, t.staff(Role::Admin).await);
        let desk = drafted(&t, small()).await;
        let page = format!("{desk}/questions/q2");
        let version = hidden(&one, &page, "draft_version").await;
        press(&two, &desk, "add s1 number").await.expect(303);
        let fields = [("draft_version", version.as_str()), ("kind", "short_text"), ("label", "宿舍里缺什么")];
        let conflict = one.post(&page, &fields).await.expect(409);
        assert!(conflict.text().contains("别人刚刚也改了") && conflict.text().contains("宿舍里缺什么"));
        let fresh = conflict.input("draft_version").unwrap();
        assert_ne!(fresh, version);
        one.post(&page, &[&fields[1..], &[("draft_version", fresh.as_str())]].concat()).await.expect(303);
        let html = one.get(&format!("{desk}/edit")).await.text();
        assert!(html.contains("宿舍里缺什么") && html.contains("id=\"q5\""), "{engine:?}");
        // A button of a page that is old changes nothing.
        one.post(&format!("{desk}/edit"), &[("draft_version", version.as_str()), ("do", "delete q1")])
            .await
            .expect(409);
        one.post(&format!("{desk}/publish"), &[("draft_version", version.as_str())]).await.expect(409);
        assert!(one.get(&format!("{desk}/edit")).await.text().contains("id=\"q1\""));
    }
}

#[tokio::test]
async fn a_preview_checks_and_keeps_nothing() {
    let t = TestApp::start().await;
    let office = t.staff(Role::Office).await;
    let desk = drafted(&t, small()).await;
    let before = t.dump().await;
    let preview = format!("{desk}/preview");
    assert!(office.post(&preview, &[("answer.q2", "台灯")]).await.expect(422).text().contains("这一项请填一下"));
    let whole = office.post(&preview, &[("answer.q1", "c1"), ("answer.q2", "台灯")]).await.expect(200).text();
    assert!(whole.contains("可以提交") && whole.contains("value=\"台灯\""));
    assert_eq!(t.dump().await, before);
}

#[tokio::test]
async fn a_question_is_seen_while_it_is_written_and_nothing_is_kept() {
    let t = TestApp::start().await;
    let office = t.staff(Role::Office).await;
    let desk = drafted(&t, small()).await;
    let page = press(&office, &desk, "add s1 single").await.expect(303).header("location").to_string();
    let shown = office.get(&page).await.expect(200).text();
    let look = |html: &str| html.split("id=\"look\"").nth(1).unwrap().split("</section>").next().unwrap().to_string();
    assert!(look(&shown).contains('是') && !shown.contains("Yes"), "no English that nobody wrote: {shown}");
    let before = t.dump().await;
    let version = hidden(&office, &page, "draft_version").await;
    let typed = [
        ("draft_version", version.as_str()),
        ("kind", "single"),
        ("label", "秋游去哪里<b>"),
        ("choices", "动物园\n科技馆\n植物园"),
        ("other", "1"),
    ];
    let seen = office.post(&format!("{page}/look"), &typed).await.expect(200).text();
    for words in ["秋游去哪里&lt;b&gt;", "动物园", "植物园", "其他"] {
        assert!(look(&seen).contains(words), "{words}: {seen}");
    }
    let whole = format!("action=\"{page}\"");
    assert!(seen.contains(&whole), "the next press saves: {seen}");
    let wrong = [typed[0], typed[1], ("label", ""), ("choices", "动物园\n动物园")];
    let refused = office.post(&format!("{page}/look"), &wrong).await.expect(422).text();
    assert!(refused.contains("请写题目") && look(&refused).contains('是'), "{refused}");
    assert_eq!(t.dump().await, before);
    office.post(&format!("{desk}/questions/q99/look"), &typed).await.expect(404);
    t.staff(Role::Leader).await.post(&format!("{page}/look"), &typed).await.expect(404);
}

#[tokio::test]
async fn a_copy_is_a_questionnaire_of_its_own() {
    let t = TestApp::start().await;
    let office = t.staff(Role::Office).await;
    let desk = drafted(&t, small()).await;
    let source = desk.rsplit('/').next().unwrap().to_string();
    let page = office.get("/desk/questionnaires/new").await.expect(200).text();
    assert!(page.contains(&format!("value=\"{source}\"")));
    let form = [("title", "住校生活（秋）"), ("source", source.as_str())];
    let copy = office.post("/desk/questionnaires/new", &form).await.expect(303).header("location").to_string();
    press(&office, copy.trim_end_matches("/edit"), "delete q4").await.expect(303);
    assert!(!office.get(&copy).await.text().contains("拍一张"));
    assert!(office.get(&format!("{desk}/edit")).await.text().contains("拍一张"));
    let foreign = [("title", "偷来的"), ("source", "0192f0c0000070008000000000000001")];
    office.post("/desk/questionnaires/new", &foreign).await.expect(404);
}

#[tokio::test]
async fn words_of_people_stay_words() {
    let t = TestApp::start().await;
    let office = t.staff(Role::Office).await;
    let evil = "</textarea></title><script>alert(1)</script>";
    let mut draft = small();
    draft.title = huiyin::forms::model::Text::new(evil, "");
    draft.sections[0].questions[0].label = huiyin::forms::model::Text::new(evil, "");
    draft.sections[0].questions[0].choices[0].label = huiyin::forms::model::Text::new(evil, "");
    let desk = drafted(&t, draft).await;
    publish(&office, &desk).await.expect(303);
    office.post(&format!("{desk}/points"), &[("place", "宿舍楼")]).await.expect(303);
    let code = t.column("SELECT code FROM access_points WHERE place = '宿舍楼'").await.remove(0);
    answer(&t, &code).await.expect(201);
    for path in ["", "/edit", "/preview", "/words", "/questions/q1", "/questions/q2", "/sections/s2"] {
        let html = office.get(&format!("{desk}{path}")).await.expect(200).text();
        assert!(!html.contains("<script>alert"), "{path}: {html}");
    }
    let public = t.visitor().get(&format!("/q/{code}")).await.expect(200).text();
    assert!(!public.contains("<script>alert"), "{public}");
}
