//! What the tracking code opens (promise 9), floods (promise 20), and a database that can't write (promise 4).

use huiyin::{db::Db, kernel::roles::Role};

use crate::support::{TestApp, engines};

#[tokio::test]
async fn a_code_shows_status_and_messages_and_never_the_text() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let receipt = t.visitor().submit(t.point("食堂三楼"), &[("body", "哨兵原文不外露")]).await.expect(201);
        let code = receipt.word("tracking_code");
        let sloppy = code.to_lowercase().replace('-', " ");
        for typed in [code.clone(), sloppy, code.replace('0', "O").replace('1', "l")] {
            let json = t.visitor().json().post("/track", &[("tracking_code", &typed)]).await.expect(200);
            assert_eq!(json.word("case_number"), receipt.word("case_number"));
            assert_eq!(json.word("state"), "received");
            assert_eq!(json.word("due_at"), receipt.word("due_at"));
            assert!(!json.text().contains("哨兵原文"));
        }
        let page = t.visitor().post("/track", &[("tracking_code", &code)]).await.expect(200);
        assert!(!page.text().contains("哨兵原文"));
        assert_eq!(page.header("cache-control"), "no-store");
        let title = page.text().split("<title>").nth(1).unwrap().split('<').next().unwrap().to_string();
        assert!(!title.contains(&code[..4]), "{title}");
        // By address it opens nothing.
        let get = t.visitor().get(&format!("/track?tracking_code={code}")).await.expect(200).text();
        assert!(!get.contains(&receipt.word("case_number")));
    }
}

#[tokio::test]
async fn wrong_codes_all_look_the_same() {
    let t = TestApp::start().await;
    let code = t.visitor().submit(t.point("北门"), &[]).await.expect(201).word("tracking_code");
    let other_end = if code.ends_with('0') { '1' } else { '0' };
    let bad_check = format!("{}{other_end}", &code[..code.len() - 1]);
    let mut shapes = Vec::new();
    for wrong in [bad_check.as_str(), "0000-0000-0000-0000", "ZZZZ-ZZZZ-ZZZZ-ZZZZ", "", "not a code", "' OR 1=1 --"] {
        let json = t.visitor().json().post("/track", &[("tracking_code", wrong)]).await.expect(404).text();
        let page = t.visitor().post("/track", &[("tracking_code", wrong)]).await.expect(404).text();
        let nonce = page.split("nonce=\"").nth(1).and_then(|p| p.split('"').next()).unwrap_or("none").to_string();
        shapes.push((json, page.replace(&nonce, "")));
    }
    assert!(shapes.windows(2).all(|w| w[0] == w[1]));
}

#[tokio::test]
async fn urging_is_for_every_third_working_day() {
    let t = TestApp::start().await;
    let code = t.visitor().submit(t.point("北门"), &[]).await.expect(201).word("tracking_code");
    let urge = async || {
        t.visitor().json().post("/track", &[("tracking_code", &code), ("action", "urge")]).await.status.as_u16()
    };
    assert_eq!(urge().await, 200);
    assert_eq!(urge().await, 422);
    t.clock.advance(chrono::TimeDelta::days(2));
    assert_eq!(urge().await, 422);
    t.clock.advance(chrono::TimeDelta::days(2));
    assert_eq!(urge().await, 200);
}

#[tokio::test]
async fn what_is_withdrawn_is_over_for_both_sides() {
    let t = TestApp::start().await;
    let receipt = t.visitor().submit(t.point("北门"), &[]).await.expect(201);
    let code = receipt.word("tracking_code");
    let done = t.visitor().json().post("/track", &[("tracking_code", &code), ("action", "withdraw")]).await.expect(200);
    assert_eq!(done.word("state"), "withdrawn");
    t.visitor().json().post("/track", &[("tracking_code", &code), ("action", "urge")]).await.expect(422);
    let office = t.staff(Role::Office).await;
    assert!(!office.get("/desk?view=open").await.text().contains(&receipt.word("case_number")));
}

#[tokio::test]
async fn a_flood_is_stored_and_looked_at_later_and_others_go_on() {
    let t = TestApp::start().await;
    let code = t.point("校门口").to_string();
    let flooder = t.visitor().from([203, 0, 113, 7]);
    // Until the limit is met, however slow the machine is; it lets two a second through.
    let held = async || t.column("SELECT lane FROM cases WHERE lane = 'held'").await.len();
    let mut sent = 0;
    while held().await < 20 && sent < 2_000 {
        let body = format!("刷屏 {sent}");
        flooder.submit(&code, &[("body", &body)]).await.expect(201);
        sent += 1;
    }
    assert!(held().await >= 20, "{sent} were sent");
    assert_eq!(t.count("cases").await, sent, "nothing of a flood is lost");
    // The class behind the same address is stored and acknowledged too; a proof of work brings it to the ordinary queue.
    let key = crate::support::key();
    let nonce = (0u64..).find(|n| huiyin::kernel::proof::is_valid(&key, *n)).unwrap().to_string();
    let honest = flooder
        .submit(&code, &[("idempotency_key", &key), ("proof", &nonce), ("body", "真的有事")])
        .await
        .expect(201)
        .word("case_number");
    let mut unproven = Vec::new();
    for _ in 0..20 {
        unproven.push(flooder.submit(&code, &[("body", "没有证明")]).await.expect(201).word("case_number"));
    }
    let elsewhere =
        t.visitor().from([203, 0, 113, 8]).submit(&code, &[("body", "别处")]).await.expect(201).word("case_number");
    let Db::Sqlite { readers, .. } = &t.app.db else { panic!("this test reads SQLite") };
    let lane = async |number: &str| -> String {
        sqlx::query_scalar("SELECT lane FROM cases WHERE number = $1")
            .bind(number.to_string())
            .fetch_one(readers)
            .await
            .unwrap()
    };
    assert_eq!(lane(&honest).await, "ordinary");
    let mut held = 0;
    for number in &unproven {
        held += usize::from(lane(number).await == "held");
    }
    assert!(held > 0, "none of twenty without a proof was held");
    assert_eq!(lane(&elsewhere).await, "ordinary");
}

#[tokio::test]
async fn a_database_that_can_not_write_is_said_in_plain_words_and_recovers_by_itself() {
    let t = TestApp::start().await;
    let code = t.point("北门").to_string();
    let Db::Sqlite { writer, .. } = &t.app.db else { panic!("this test locks SQLite") };
    let blocker = writer.begin_with("BEGIN IMMEDIATE").await.unwrap();
    let key = crate::support::key();
    let reply = t.visitor().submit(&code, &[("idempotency_key", &key)]).await.expect(503);
    assert!(reply.header("retry-after").parse::<u32>().is_ok());
    let fields =
        [("idempotency_key", key.as_str()), ("role", "parent"), ("identity", "anonymous"), ("body", "三楼的汤是凉的")];
    let page = t.visitor().post(&format!("/q/{code}"), &fields).await.expect(503);
    assert!(page.text().contains("0991-5550123"), "the hotline stands on the page: {}", page.text());
    assert!(page.text().contains("三楼的汤是凉的"), "what was typed is given back: {}", page.text());
    drop(blocker);
    t.visitor().submit(&code, &[("idempotency_key", &key)]).await.expect(201);
    assert_eq!(t.count("cases").await, 1);
}
