//! Nothing is lost on a crash: what is typed is on the server, sealed, for who typed it alone, until the call is saved.

use chrono::TimeDelta;
use huiyin::kernel::{ids::DraftId, roles::Role};

use super::call;
use crate::support::{TestApp, engines, key};

const WORDS: &str = "哨兵：北门早上堵得厉害";

#[tokio::test]
async fn a_draft_survives_a_restart_and_comes_back_with_everything() {
    for engine in engines() {
        let mut t = TestApp::on(engine).await;
        let operator = t.staff(Role::HotlineOperator).await;
        let page = operator.get("/desk/hotline/new").await.expect(200);
        let (draft, form_key) = (page.input("draft").unwrap(), page.input("idempotency_key").unwrap());
        let typed = [
            ("draft", draft.as_str()),
            ("idempotency_key", form_key.as_str()),
            ("body", WORDS),
            ("topic", "safety"),
            ("contact_name", "王<女士>"),
            ("contact", "13900139000"),
            ("identity", "sealed"),
            ("place", "北门"),
        ];
        operator.clone().json().post("/desk/hotline/drafts", &typed).await.expect(200);
        let dump = t.dump().await;
        assert!(!dump.contains("哨兵") && !dump.contains("13900139000"), "sealed in the database");
        for file in t.files() {
            let bytes = std::fs::read(&file).unwrap();
            assert!(!bytes.windows(WORDS.len()).any(|w| w == WORDS.as_bytes()), "{}", file.display());
        }
        let cookie = operator.cookie.clone();
        drop(operator);
        t = t.restart().await;
        let mut operator = t.visitor();
        operator.cookie = cookie;
        let page = operator.get("/desk/hotline/new").await.expect(200);
        let html = page.text();
        assert!(html.contains(WORDS) && html.contains("王&lt;女士&gt;") && html.contains("13900139000"), "{html}");
        assert_eq!((page.input("draft").unwrap(), page.input("idempotency_key").unwrap()), (draft.clone(), form_key));
        // Somebody else sees nothing of it, and can't write over it.
        let office = t.staff(Role::Office).await;
        assert!(!office.get("/desk/hotline/new").await.text().contains("哨兵"));
        office.clone().json().post("/desk/hotline/drafts", &[("draft", &draft), ("body", "别人的")]).await.expect(404);
        office.post(&format!("/desk/hotline/drafts/{draft}/drop"), &[]).await.expect(404);
        // It goes with the call.
        call(&operator, &[("draft", &draft)]).await.expect(201);
        assert_eq!(t.count("unsaved_calls").await, 0, "{engine:?}");
        assert!(!operator.get("/desk/hotline/new").await.text().contains("哨兵"));
    }
}

#[tokio::test]
async fn several_are_listed_and_each_can_be_gone_on_with_or_dropped() {
    let t = TestApp::start().await;
    let operator = t.staff(Role::HotlineOperator).await;
    for (words, hours) in [("第一个电话", 0), ("第二个电话", 1)] {
        t.clock.advance(TimeDelta::hours(hours));
        let draft = DraftId::new(t.app.now(), &*t.app.random).to_string();
        let form =
            [("draft", draft.as_str()), ("body", words), ("idempotency_key", &key())].map(|(k, v)| (k, v.to_string()));
        let form: Vec<(&str, &str)> = form.iter().map(|(k, v)| (*k, v.as_str())).collect();
        operator.post("/desk/hotline/drafts", &form).await.expect(303);
    }
    let page = operator.get("/desk/hotline/new").await.text();
    assert!(page.contains("第二个电话</textarea>") && page.contains("<span>第一个电话</span>"), "{page}");
    let fresh = operator.get("/desk/hotline/new?fresh=1").await.text();
    assert!(!fresh.contains("电话</textarea>") && fresh.contains("<span>第二个电话</span>"));
    let first = fresh.split("?draft=").nth(2).unwrap().split('"').next().unwrap().to_string();
    assert!(operator.get(&format!("/desk/hotline/new?draft={first}")).await.text().contains("第一个电话</textarea>"));
    operator.post(&format!("/desk/hotline/drafts/{first}/drop"), &[]).await.expect(303);
    assert_eq!(t.count("unsaved_calls").await, 1);
    // A day later nobody needs it.
    t.clock.advance(TimeDelta::hours(26));
    huiyin::hotline::drafts::forget_old(&t.app).await.unwrap();
    assert_eq!(t.count("unsaved_calls").await, 0);
}

#[tokio::test]
async fn what_holds_no_word_is_not_kept() {
    let t = TestApp::start().await;
    let operator = t.staff(Role::HotlineOperator).await;
    let draft = DraftId::new(t.app.now(), &*t.app.random).to_string();
    operator
        .post("/desk/hotline/drafts", &[("draft", &draft), ("topic", "safety"), ("role", "parent")])
        .await
        .expect(303);
    assert_eq!(t.count("unsaved_calls").await, 0);
    operator.post("/desk/hotline/drafts", &[("draft", "x"), ("body", "y")]).await.expect(400);
}
