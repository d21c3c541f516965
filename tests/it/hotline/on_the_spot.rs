//! Answered on the spot: a case like all others, closed at once, in the numbers like all others.

use huiyin::kernel::roles::Role;

use super::{call, code_of, number_of};
use crate::support::{TestApp, engines};

#[tokio::test]
async fn it_is_a_closed_case_with_the_words_as_its_answer() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let (operator, office) = (t.staff(Role::HotlineOperator).await, t.staff(Role::Office).await);
        let fields =
            [("body", "校服什么时候发"), ("then", "answered"), ("answer", "周五放学时在操场发"), ("topic", "other")];
        let receipt = call(&operator, &fields).await.expect(201);
        assert_eq!(t.column("SELECT state FROM cases").await, ["closed"]);
        assert_eq!(t.column("SELECT kind FROM case_events ORDER BY seq").await, ["received", "answered", "closed"]);
        assert_eq!(t.column("SELECT outcome FROM calls").await, ["answered"]);
        // Counted by the board's statement: received, answered, not overdue.
        let counted = "SELECT topics.code FROM cases JOIN topics ON topics.id = cases.topic_id
                       WHERE answered_at IS NOT NULL AND closed_at IS NOT NULL AND lane = 'ordinary'";
        assert_eq!(t.column(counted).await, ["other"]);
        let number = number_of(&receipt);
        let page = office.get(&format!("/desk/cases/{number}")).await.expect(200).text();
        assert!(page.contains("周五放学时在操场发") && page.contains("校服什么时候发"));
        let track = t.visitor().json().post("/track", &[("tracking_code", &code_of(&receipt))]).await.expect(200);
        assert!(track.text().contains("周五放学时在操场发"));
        // The office can take it up again.
        let reopen = [("version", "2"), ("reopen_reason", "答复不对")];
        office.post(&format!("/desk/cases/{number}/reopen"), &reopen).await.expect(303);
        assert_eq!(t.column("SELECT state FROM cases").await, ["reopened"], "{engine:?}");
    }
}

#[tokio::test]
async fn danger_is_never_settled_by_a_word_and_the_operator_has_something_to_say() {
    let t = TestApp::start().await;
    let operator = t.staff(Role::HotlineOperator).await;
    let page =
        call(&operator, &[("urgency", "danger"), ("then", "answered"), ("answer", "别怕")]).await.expect(422).text();
    assert!(page.contains("不能当场答结") && page.contains("别怕"), "everything comes back");
    assert_eq!(t.count("cases").await, 0);
    let receipt = call(&operator, &[("urgency", "danger")]).await.expect(201).text();
    assert!(receipt.contains("先确认自己安全") && receipt.contains("tel:110"));
    assert_eq!(t.column("SELECT lane FROM cases").await, ["safeguarding"]);
    assert_eq!(t.column("SELECT outcome FROM calls").await, ["danger"]);
}

#[tokio::test]
async fn what_presses_is_due_sooner_and_the_place_is_the_one_that_was_named() {
    let t = TestApp::start().await;
    let operator = t.staff(Role::HotlineOperator).await;
    call(&operator, &[("urgency", "soon"), ("place", " 北门 ")]).await.expect(201);
    call(&operator, &[("body", "另一件")]).await.expect(201);
    let due = t.column("SELECT promised_at FROM cases ORDER BY promised_at").await;
    assert!(due[0] < due[1], "{due:?}");
    assert_eq!(t.column("SELECT place FROM cases ORDER BY promised_at").await, ["北门", "文明办值班电话"]);
}
