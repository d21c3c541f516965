//! Several people, one matter: similar open cases are suggested, what is said joins one of them, and everybody keeps a
//! code of their own.

use huiyin::kernel::roles::Role;

use super::{call, code_of, number_of};
use crate::support::{Client, Reply, TestApp, engines, key};

async fn tracked(t: &TestApp, code: &str) -> Reply {
    t.visitor().json().post("/track", &[("tracking_code", code)]).await.expect(200)
}

async fn suggested(client: &Client<'_>, topic: &str, place: &str, words: &str) -> String {
    let fields = [("topic", topic), ("place", place), ("body", words), ("idempotency_key", "12345678")];
    let page = client.post("/desk/hotline/similar", &fields).await.expect(200).text();
    page.split("id=\"similar\"").nth(1).unwrap().split("</fieldset>").next().unwrap().to_string()
}

#[tokio::test]
async fn a_call_joins_an_open_case_and_both_people_are_answered() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let (operator, office) = (t.staff(Role::HotlineOperator).await, t.staff(Role::Office).await);
        let first = call(&operator, &[("identity", "anonymous")]).await.expect(201);
        let number = number_of(&first);
        let words = "又一位家长说北门只开一扇门，哨兵𠮷";
        let second = call(&operator, &[("body", words), ("attach", &number)]).await.expect(201);
        assert_eq!(number_of(&second), number, "one case");
        assert_eq!((t.count("cases").await, t.count("submissions").await), (1, 2));
        assert_eq!(t.column("SELECT outcome FROM calls ORDER BY outcome").await, ["attached", "case"]);
        let (one, two) = (code_of(&first), code_of(&second));
        assert_ne!(one, two);

        // The office reads both, and finds the case by the words of the second.
        let page = office.get(&format!("/desk/cases/{number}")).await.expect(200).text();
        assert!(page.contains("哨兵𠮷") && page.contains("堵得厉害") && page.contains("又有一位反映"));
        assert!(office.get("/desk?q=哨兵").await.text().contains(&number));

        // What one of them writes is not the other's to read.
        for (code, body) in [(&one, "第一位补充的话"), (&two, "第二位补充的话")] {
            let form_key = key();
            let message = [
                ("tracking_code", code.as_str()),
                ("action", "message"),
                ("message", body),
                ("idempotency_key", &form_key),
            ];
            t.visitor().json().post("/track", &message).await.expect(200);
        }
        let (read_by_one, read_by_two) = (tracked(&t, &one).await.text(), tracked(&t, &two).await.text());
        assert!(read_by_one.contains("第一位补充") && !read_by_one.contains("第二位补充"), "{read_by_one}");
        assert!(read_by_two.contains("第二位补充") && !read_by_two.contains("第一位补充"), "{read_by_two}");
        // The second one is named, the first one is not: nothing of either has an exact time.
        let exact = "SELECT created_at FROM messages";
        let exact =
            if engine == crate::support::Engine::Sqlite { exact } else { "SELECT created_at::text FROM messages" };
        assert!(t.column(exact).await.iter().all(|at| at.contains(":00:00")), "{:?}", t.column(exact).await);

        // One answer reaches both, and nobody takes back what others speak of.
        let answer = [("version", "1"), ("reply", "从明天起两扇都开"), ("outcome", ""), ("note", "")];
        office.post(&format!("/desk/cases/{number}/let-out"), &answer).await.expect(303);
        for code in [&one, &two] {
            assert!(tracked(&t, code).await.text().contains("两扇都开"), "{engine:?}");
        }
    }
}

#[tokio::test]
async fn nobody_takes_back_alone_what_several_speak_of() {
    let t = TestApp::start().await;
    let operator = t.staff(Role::HotlineOperator).await;
    let first = call(&operator, &[]).await.expect(201);
    call(&operator, &[("body", "还有一位"), ("attach", &number_of(&first))]).await.expect(201);
    let withdraw = [("tracking_code", code_of(&first)), ("action", "withdraw".to_string())];
    let withdraw: Vec<(&str, &str)> = withdraw.iter().map(|(k, v)| (*k, v.as_str())).collect();
    t.visitor().json().post("/track", &withdraw).await.expect(422);
    assert_eq!(t.column("SELECT state FROM cases").await, ["received"]);
}

#[tokio::test]
async fn operators_learn_that_a_case_is_there_and_nothing_that_anybody_wrote() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let sent = [("topic", "safety"), ("body", "北门早上只开一扇门，哨兵词在这里，堵得厉害")];
        let number = t.visitor().submit(t.point("北门"), &sent).await.expect(201).word("case_number");
        let (operator, office) = (t.staff(Role::HotlineOperator).await, t.staff(Role::Office).await);
        let found = suggested(&operator, "safety", "", "北门只开一扇门，堵得厉害").await;
        assert!(found.contains(&number) && found.contains("北门") && !found.contains("哨兵"), "{found}");
        let found = suggested(&office, "safety", "", "北门只开一扇门，堵得厉害").await;
        assert!(found.contains(&number) && found.contains("哨兵"), "{found}");
        // Words alone show an operator nothing, so that nobody can fish for them; they do show the office.
        assert!(!suggested(&operator, "canteen", "", "哨兵词在这里").await.contains(&number));
        assert!(suggested(&office, "canteen", "", "北门早上只开一扇门，哨兵词在这里").await.contains(&number));
        // No page of theirs has it.
        for page in
            ["/desk/hotline", "/desk/hotline/new", "/desk/walk-in", "/desk/hotline/roster", "/desk/hotline/missed"]
        {
            assert!(!operator.get(page).await.expect(200).text().contains("哨兵"), "{page}");
        }
        operator.get(&format!("/desk/cases/{number}")).await.expect(404);
    }
}

#[tokio::test]
async fn danger_what_has_ended_and_what_names_the_operator_is_neither_suggested_nor_joined() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let operator = t.staff(Role::HotlineOperator).await;
        let name = t.login(Role::HotlineOperator, None).name.clone();
        let about = |body: String, danger: bool| {
            let mut fields = vec![("topic".to_string(), "safety".to_string()), ("body".to_string(), body)];
            if danger {
                fields.push(("danger".to_string(), "1".to_string()));
            }
            fields
        };
        let mut numbers = Vec::new();
        for fields in [about("北门有人打架，很危险".into(), true), about(format!("{name}在北门骂人"), false)]
        {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
            numbers.push(t.visitor().submit(t.point("北门"), &fields).await.expect(201).word("case_number"));
        }
        let ended = call(&operator, &[("then", "answered"), ("answer", "已告知")]).await.expect(201);
        numbers.push(number_of(&ended));
        let found = suggested(&operator, "safety", "北门", "北门有人打架骂人，很危险").await;
        let before = t.count("submissions").await;
        for number in &numbers {
            assert!(!found.contains(number), "{number} in {found}");
            call(&operator, &[("attach", number)]).await.expect(422);
        }
        call(&operator, &[("attach", "HY-7777-77")]).await.expect(422);
        assert_eq!(t.count("submissions").await, before, "{engine:?}");
    }
}

#[tokio::test]
async fn who_is_named_by_the_second_call_is_recused() {
    let t = TestApp::start().await;
    let operator = t.staff(Role::HotlineOperator).await;
    let office = t.login(Role::Office, None);
    let desk = t.signed_in(office).await;
    let first = call(&operator, &[]).await.expect(201);
    let number = number_of(&first);
    desk.get(&format!("/desk/cases/{number}")).await.expect(200);
    let words = format!("{}老师对这件事不理不睬", office.name);
    call(&operator, &[("body", &words), ("attach", &number)]).await.expect(201);
    desk.get(&format!("/desk/cases/{number}")).await.expect(404);
    assert!(!desk.get("/desk/hotline").await.text().contains(&number), "the log hides it too");
}
