//! Calls and visits that staff take down: the same case by the same way, with the channel and the person who wrote it.

use huiyin::kernel::roles::Role;

use crate::support::{TestApp, engines, key};

#[tokio::test]
async fn a_call_becomes_a_case_whose_code_works() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let operator = t.staff(Role::HotlineOperator).await;
        let page = operator.get("/desk/hotline/new").await.expect(200);
        let form_key = page.input("idempotency_key").unwrap();
        let call = [
            ("idempotency_key", form_key.as_str()),
            ("role", "parent"),
            ("identity", "named"),
            ("topic", "safety"),
            ("body", "家长说北门早上只开一扇，堵得厉害𠮷"),
            ("contact_name", "王女士"),
            ("contact", "138 0013 8000"),
        ];
        let receipt = operator.post("/desk/hotline/new", &call).await.expect(201).text();
        let code: String = receipt
            .split("id=\"code\"")
            .nth(1)
            .unwrap_or_else(|| panic!("{receipt}"))
            .split("</p>")
            .next()
            .unwrap()
            .into();
        let code: String = code.split("<span>").skip(1).map(|s| s.split('<').next().unwrap()).collect();
        assert_eq!(code.len(), 16, "{receipt}");
        // A second press shows the same.
        assert!(operator.post("/desk/hotline/new", &call).await.expect(201).text().contains(&code[..4]));
        assert_eq!(t.column("SELECT channel FROM cases").await, ["hotline"]);
        let tracked = t.visitor().json().post("/track", &[("tracking_code", &code)]).await.expect(200);
        assert!(receipt.contains(&tracked.word("case_number")));
        let written = "SELECT CASE WHEN actor_id IS NULL THEN 'nobody' ELSE 'somebody' END FROM audit_log WHERE action = 'submission.received'";
        assert_eq!(t.column(written).await, ["somebody"]);
        // Handlers read the number to call back, as with what came by the form.
        let office = t.staff(Role::Office).await;
        assert!(
            office.get(&format!("/desk/cases/{}", tracked.word("case_number"))).await.text().contains("138 0013 8000")
        );
    }
}

#[tokio::test]
async fn an_anonymous_caller_leaves_no_number() {
    let t = TestApp::start().await;
    let operator = t.staff(Role::HotlineOperator).await;
    let key = key();
    let call = [
        ("idempotency_key", key.as_str()),
        ("role", "parent"),
        ("identity", "anonymous"),
        ("body", "不想说名字"),
        ("contact_name", "哨兵女士"),
        ("contact", "13900139000"),
    ];
    operator.post("/desk/hotline/new", &call).await.expect(201);
    assert_eq!(t.count("identities").await, 0);
    assert!(!format!("{:?}", t.dump().await).contains("13900139000"));
}

#[tokio::test]
async fn what_was_typed_comes_back_with_what_is_missing() {
    let t = TestApp::start().await;
    let operator = t.staff(Role::HotlineOperator).await;
    let key = key();
    let call = [("idempotency_key", key.as_str()), ("role", "parent"), ("body", ""), ("contact_name", "<b>王</b>")];
    let page = operator.post("/desk/walk-in/new", &call).await.expect(422).text();
    assert!(page.contains("&lt;b&gt;王") && page.contains("error"), "{page}");
    assert_eq!(t.count("cases").await, 0);
}

#[tokio::test]
async fn danger_goes_to_the_safeguarding_lead_alone() {
    let t = TestApp::start().await;
    let office = t.staff(Role::Office).await;
    let key = key();
    let visit = [
        ("idempotency_key", key.as_str()),
        ("role", "student"),
        ("identity", "anonymous"),
        ("body", "同学被打了"),
        ("danger", "1"),
    ];
    let receipt = office.post("/desk/walk-in/new", &visit).await.expect(201).text();
    assert!(receipt.contains("tel:110") && !receipt.contains("/desk/cases/HY"), "{receipt}");
    assert_eq!(t.column("SELECT channel FROM cases WHERE lane = 'safeguarding'").await, ["walk_in"]);
    assert!(!office.get("/desk?view=all").await.text().contains("同学被打了"));
}

#[tokio::test]
async fn without_an_access_point_the_page_says_what_to_do() {
    let t = TestApp::start().await;
    t.execute("UPDATE access_points SET revoked_at = created_at WHERE channel = 'hotline'").await;
    let office = t.staff(Role::Office).await;
    let page = office.get("/desk/hotline/new").await.expect(200).text();
    assert!(page.contains("/desk/access-points/new") && !page.contains("<textarea"));
    office.post("/desk/hotline/new", &[("body", "x")]).await.expect(404);
}
