//! Nothing that somebody typed is ever lost: codes that are revoked, sessions that end, colleagues who are faster, databases
//! that can't write.

use huiyin::{db::Db, kernel::roles::Role};

use crate::{
    cases::story::OnCase,
    support::{Multipart, TestApp, engines, key},
};

const LONG: &str = "孩子说三楼的汤连着三天是凉的，问了阿姨，阿姨说保温台坏了没人修";

#[tokio::test]
async fn what_was_written_at_a_revoked_code_comes_back_at_a_live_one() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let old = t.point("食堂三楼").to_string();
        t.execute(&format!("UPDATE access_points SET revoked_at = '2026-03-10T00:00:00+00:00' WHERE code = '{old}'"))
            .await;
        let photo = std::fs::read("end2end/fixtures/canteen.jpg").unwrap();
        let key = key();
        let typed = [("idempotency_key", key.as_str()), ("role", "parent"), ("identity", "anonymous"), ("body", LONG)];
        let form = Multipart::new().texts(&typed).file("files", "汤.jpg", "image/jpeg", &photo);
        let page = t.visitor().post_multipart(&format!("/q/{old}"), form).await.expect(410);
        assert!(page.text().contains(LONG) && page.text().contains("停用"), "{engine:?}");
        let action = page.text().split("action=\"").nth(1).unwrap().split('"').next().unwrap().to_string();
        assert_ne!(action, format!("/q/{old}"));
        let token = page.input("staged").expect("the photo was taken in");
        let again: Vec<(&str, &str)> = typed.iter().copied().chain([("staged", token.as_str())]).collect();
        t.visitor().json().post(&action, &again).await.expect(201);
        assert_eq!((t.count("cases").await, t.count("attachments").await), (1, 1));
    }
}

#[tokio::test]
async fn who_changes_the_language_or_the_size_keeps_what_they_wrote_without_scripts_too() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let code = t.point("食堂三楼").to_string();
        let blank = t.visitor().get(&format!("/q/{code}")).await.expect(200);
        let page = blank.text();
        // The buttons belong to the form, and Enter in a field presses the one that sends.
        let of_form: Vec<&str> = page.split("<button").skip(1).filter(|b| b.contains("form=\"intake\"")).collect();
        assert!(of_form.len() == 3 && !of_form[0].contains("formaction"), "{of_form:?}");
        let english = of_form.iter().find(|b| b.contains("English")).unwrap();
        let to = english.split("formaction=\"").nth(1).unwrap().split('"').next().unwrap().replace("&amp;", "&");
        assert!(english.contains("formnovalidate") && english.contains("name=\"show_again\""), "{english}");

        let key = blank.input("idempotency_key").unwrap();
        let typed = [
            ("idempotency_key", key.as_str()),
            ("role", "staff"),
            ("identity", "named"),
            ("body", LONG),
            ("contact_name", "王女士"),
            ("danger", "1"),
            ("show_again", "1"),
        ];
        let photo = std::fs::read("end2end/fixtures/canteen.jpg").unwrap();
        let form = Multipart::new().texts(&typed).file("files", "汤.jpg", "image/jpeg", &photo);
        let again = t.visitor().post_multipart(&to, form).await.expect(200);
        let page = again.text();
        assert!(page.contains("lang=\"en\"") && page.contains(LONG) && page.contains("王女士"), "{page}");
        assert!(!page.contains("id=\"errors\""), "nothing is wrong with what was typed so far");
        let checked = |name: &str, value: &str| {
            page.split('<').any(|tag| {
                tag.starts_with("input")
                    && tag.contains(&format!("name=\"{name}\""))
                    && tag.contains(&format!("value=\"{value}\""))
                    && tag.contains("checked")
            })
        };
        assert!(checked("role", "staff") && checked("identity", "named") && checked("danger", "1"), "{page}");
        assert_eq!(again.input("idempotency_key").unwrap(), key, "it is the same press later");
        assert_eq!((t.count("cases").await, t.count("submissions").await), (0, 0), "{engine:?}: nothing was sent");
        let token = again.input("staged").expect("the photo was taken in");
        let send =
            [&typed[..3], &[("body", LONG), ("contact_name", "王女士"), ("contact", "1"), ("staged", token.as_str())]]
                .concat();
        t.visitor().json().post(&format!("/q/{code}"), &send).await.expect(201);
        assert_eq!((t.count("cases").await, t.count("attachments").await), (1, 1));
    }
}

#[tokio::test]
async fn who_changes_the_language_of_the_tracking_page_keeps_the_case_and_the_message() {
    let t = TestApp::start().await;
    let code = t.visitor().submit(t.point("北门"), &[]).await.expect(201).word("tracking_code");
    let shown = t.visitor().post("/track", &[("tracking_code", &code)]).await.expect(200).text();
    let english = shown.split("<button").find(|b| b.contains("English")).unwrap();
    assert!(english.contains("form=\"track-again\"") && english.contains("formaction=\"/track?lang=en\""), "{english}");
    let again = [
        ("tracking_code", code.as_str()),
        ("action", "message"),
        ("idempotency_key", "message-again-1"),
        ("message", LONG),
        ("show_again", "1"),
    ];
    let page = t.visitor().post("/track?lang=en", &again).await.expect(200).text();
    assert!(page.contains("lang=\"en\"") && page.contains(LONG) && page.contains("case-number"), "{page}");
    assert_eq!(t.count("messages").await, 0, "nothing was sent");
}

#[tokio::test]
async fn a_photo_for_the_office_stays_through_a_change_of_language_and_an_error_beside_it() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let code = t.visitor().submit(t.point("北门"), &[]).await.expect(201).word("tracking_code");
        let photo = std::fs::read("end2end/fixtures/canteen.jpg").unwrap();
        let key = key();
        let typed = [("tracking_code", code.as_str()), ("action", "message"), ("idempotency_key", key.as_str())];
        let form = Multipart::new().texts(&typed).text("message", LONG).text("show_again", "1");
        let form = form.file("files", "汤.jpg", "image/jpeg", &photo);
        let again = t.visitor().post_multipart("/track?lang=en", form).await.expect(200);
        assert_eq!(again.input("idempotency_key").unwrap(), key, "it is the same press later");
        let token = again.input("staged").expect("the photo was taken in");
        let empty = [&typed[..], &[("message", ""), ("staged", token.as_str())]].concat();
        let refused = t.visitor().post("/track?lang=en", &empty).await.expect(422);
        assert_eq!(refused.input("staged").unwrap(), token, "an error beside it");
        let send = [&typed[..], &[("message", LONG), ("staged", token.as_str())]].concat();
        let sent = t.visitor().post("/track?lang=en", &send).await.expect(200);
        assert!(sent.input("staged").is_none(), "what was sent is not offered again");
        assert_ne!(sent.input("idempotency_key").unwrap(), key, "the next message is another one");
        assert_eq!((t.count("messages").await, t.count("attachments").await), (1, 1), "{engine:?}");
    }
}

#[tokio::test]
async fn the_receipt_comes_in_the_other_language_and_size_and_says_the_same() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let point = t.point("食堂三楼").to_string();
        let blank = t.visitor().get(&format!("/q/{point}")).await.expect(200);
        let key = blank.input("idempotency_key").unwrap();
        let fields = [
            ("idempotency_key", key.as_str()),
            ("role", "parent"),
            ("identity", "anonymous"),
            ("body", LONG),
            ("danger", "1"),
        ];
        let receipt = t.visitor().post(&format!("/q/{point}"), &fields).await.expect(201);
        let (page, code) = (receipt.text(), receipt.input("tracking_code").expect("the code in the form"));
        let of = |page: &str, id: &str| {
            let part = page.split(&format!("id=\"{id}\"")).nth(1).expect("the part").split_once('>').unwrap().1;
            let text = part.split("</p>").next().unwrap();
            text.replace("<span>", "").replace("</span>", "").split_whitespace().collect::<String>()
        };
        assert_eq!(of(&page, "code").replace('-', ""), code.replace('-', ""));
        t.clock.advance(chrono::TimeDelta::days(3));
        for to in ["/track?lang=en", "/track?lang=en&size=large", "/track"] {
            let asked = [("tracking_code", code.as_str()), ("action", "receipt"), ("show_again", "1")];
            let again = t.visitor().post(to, &asked).await.expect(200);
            let text = again.text();
            assert_eq!(text.contains("<html lang=\"en\""), to.contains("en"), "{to}");
            assert_eq!(of(&text, "code"), of(&page, "code"), "{to}");
            assert_eq!(of(&text, "case-number").split('<').next(), of(&page, "case-number").split('<').next());
            if !to.contains("en") {
                assert_eq!(of(&text, "due"), of(&page, "due"), "the day that was promised");
            }
            assert!(text.contains("tel:12355"), "danger stays in view");
            assert_eq!(again.header("cache-control"), "no-store");
            assert!(!text.contains(LONG));
        }
        assert_eq!(t.count("submissions").await, 1, "{engine:?}");
        t.visitor()
            .post("/track", &[("tracking_code", "0000-0000-0000-0000"), ("action", "receipt")])
            .await
            .expect(404);
    }
}

#[tokio::test]
async fn a_message_is_one_press_and_another_text_is_another_one() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let code = t.visitor().submit(t.point("北门"), &[]).await.expect(201).word("tracking_code");
        let key = key();
        let send = async |text: &str| {
            let message = [
                ("tracking_code", code.as_str()),
                ("action", "message"),
                ("idempotency_key", key.as_str()),
                ("message", text),
            ];
            t.visitor().post("/track", &message).await
        };
        send("补充一句").await.expect(200);
        send("补充一句").await.expect(200);
        let refused = send("补充另一句").await.expect(422);
        assert!(refused.text().contains("补充另一句"));
        assert_ne!(refused.input("idempotency_key").as_deref(), Some(key.as_str()), "pressing again sends it");
        assert_eq!(t.count("messages").await, 1, "{engine:?}");
    }
}

#[tokio::test]
async fn a_message_that_can_not_be_stored_comes_back_with_the_number_to_call() {
    let t = TestApp::start().await;
    let code = t.visitor().submit(t.point("北门"), &[]).await.expect(201).word("tracking_code");
    let Db::Sqlite { writer, .. } = &t.app.db else { panic!("this test locks SQLite") };
    let blocker = writer.begin_with("BEGIN IMMEDIATE").await.unwrap();
    let key = key();
    let message =
        [("tracking_code", code.as_str()), ("action", "message"), ("idempotency_key", key.as_str()), ("message", LONG)];
    let page = t.visitor().post("/track", &message).await.expect(503);
    assert!(page.text().contains(LONG) && page.text().contains("0991-5550123"));
    assert!(page.header("retry-after").parse::<u32>().is_ok());
    drop(blocker);
    t.visitor().post("/track", &message).await.expect(200);
}

#[tokio::test]
async fn staff_get_back_what_they_wrote() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let number = t.visitor().submit(t.point("食堂三楼"), &[]).await.expect(201).word("case_number");
        let office = OnCase::new(t.staff(Role::Office).await, &number);
        let canteen = office.department("食堂").await;
        office.act("assign", &[("department", &canteen), ("due_on", ""), ("instruction", "")]).await.expect(303);
        let handler = OnCase::new(t.signed_in(t.login(Role::Handler, Some("食堂"))).await, &number);
        let seen = handler.page().await.input("version").unwrap();
        // It went to another department while the handler wrote.
        let other = office.department("总务处").await;
        office.act("assign", &[("department", &other), ("due_on", ""), ("instruction", "")]).await.expect(303);
        let gone = handler.act_at("hand-in", &seen, &[("reply", LONG), ("outcome", "")]).await.expect(404);
        assert!(gone.text().contains(LONG), "{engine:?}");
        let never = OnCase::new(handler.client.clone(), "HY-7777-77");
        assert!(never.act_at("hand-in", &seen, &[("reply", LONG)]).await.expect(404).text().contains(LONG));
        // Somebody was faster: who and what.
        let late = office.act_at("decline", &seen, &[("decline_reason", LONG)]).await.expect(409).text();
        assert!(late.contains(LONG) && late.contains("最近一步") && late.contains("李秀英"), "{late}");
        // The session ended.
        let out = t.visitor().post(&format!("{}/note", handler.path), &[("note", LONG)]).await.expect(401);
        assert!(out.text().contains(LONG) && out.text().contains("/login"));
        assert_eq!(t.count("notes").await, 0);
    }
}

#[tokio::test]
async fn what_comes_back_is_text_and_nothing_else() {
    let t = TestApp::start().await;
    let evil = "</textarea><script>alert(1)</script>";
    let page = t.visitor().post("/desk/cases/HY-7777-77/note", &[("note", evil), ("csrf", "secret-of-mine")]).await;
    assert!(!page.text().contains("<script>alert"));
    assert!(!page.text().contains("secret-of-mine"));
}

#[tokio::test]
async fn an_empty_file_is_refused_and_an_empty_field_is_not() {
    let t = TestApp::start().await;
    let form = |name: &str| {
        let key = key();
        let texts = [("idempotency_key", key.as_str()), ("role", "parent"), ("identity", "anonymous"), ("body", LONG)];
        Multipart::new().texts(&texts).file("files", name, "image/jpeg", b"")
    };
    let path = format!("/q/{}", t.point("北门"));
    t.visitor().json().post_multipart(&path, form("汤.jpg")).await.expect(422);
    t.visitor().json().post_multipart(&path, form("")).await.expect(201);
}
