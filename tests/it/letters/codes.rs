//! Replies with one-time codes: a slip is one reply, whoever holds it, and says no more than its class.

use huiyin::kernel::response_code::ResponseCode;

use super::{office, published, published_for};
use crate::support::{Client, Multipart, Reply, TestApp, engines, key};

/// The codes that a page of slips shows.
fn codes(html: &str) -> Vec<String> {
    html.split("sticker-code\">").skip(1).map(|part| part.split('<').next().unwrap().to_string()).collect()
}

async fn slips(office: &Client<'_>, page: &str, cohort: &str, count: &str, press: &str) -> Reply {
    let form = [("cohort", cohort), ("count", count), ("idempotency_key", press)];
    office.post(&format!("{page}/codes"), &form).await
}

async fn send(t: &TestApp, address: &str, key: &str, code: &str) -> Reply {
    let form = [("idempotency_key", key), ("response_code", code), ("answer.opinion_1", "agree")];
    t.visitor().json().post(address, &form).await
}

#[tokio::test]
async fn one_slip_is_one_reply_of_its_class_however_many_try_it() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let office = office(&t).await;
        let letter = published_for(&office, "code").await;
        let press = key();
        let sheet = slips(&office, &letter.page, "三年级二班", "", &press).await.expect(201).text();
        let made = codes(&sheet);
        assert_eq!(made.len(), 40, "as many as the class has pupils");
        assert!(made.iter().all(|c| ResponseCode::parse(c).is_some()));
        assert!(sheet.contains("雪莲小学") && sheet.contains("三年级二班"));
        // The same press shows the same sheet.
        assert_eq!(codes(&slips(&office, &letter.page, "三年级二班", "", &press).await.expect(201).text()), made);
        assert_eq!(t.count("response_codes").await, 40);

        let keys: Vec<String> = (0..8).map(|_| key()).collect();
        let replies = futures::future::join_all(keys.iter().map(|k| send(&t, &letter.address, k, &made[0]))).await;
        let kept: Vec<usize> = (0..8).filter(|i| replies[*i].status == 201).collect();
        assert_eq!(kept.len(), 1, "{engine:?}");
        for refused in replies.iter().filter(|r| r.status != 201) {
            assert!(refused.status == 422 && refused.text().contains("已经用过"), "{engine:?}: {}", refused.text());
        }
        // Who replied may press again.
        send(&t, &letter.address, &keys[kept[0]], &made[0]).await.expect(201);
        assert_eq!(t.column("SELECT cohort FROM responses").await, ["三年级二班"]);

        // The class alone is no code, nor is a code of something else; a wrong letter is said at once.
        let named = [("idempotency_key", &*key()), ("class", "三年级一班")];
        let refused = t.visitor().json().post(&letter.address, &named).await.expect(422).json();
        assert!(refused["errors"]["response_code"][0].as_str().unwrap().contains("请填"), "{refused}");
        let foreign = ResponseCode::from_bytes(&[9; 11]).grouped();
        let refused = send(&t, &letter.address, &key(), &foreign).await.expect(422).text();
        assert!(refused.contains("没有这个答题码"), "{refused}");
        let other = published_for(&office, "code").await;
        let refused = send(&t, &other.address, &key(), &made[1]).await.expect(422).text();
        assert!(refused.contains("没有这个答题码"), "{refused}");
        assert_eq!(t.count("responses").await, 1);

        // Counted by class, beside how many slips there are.
        let page = office.get(&letter.page).await.expect(200).text();
        assert!(page.contains("已发码") && page.contains(">40</td>") && page.contains("1/123 户"), "{page}");
    }
}

#[tokio::test]
async fn nothing_ties_a_reply_to_its_code() {
    let t = TestApp::start().await;
    let office = office(&t).await;
    let letter = published_for(&office, "code").await;
    let sheet = slips(&office, &letter.page, "三年级一班", "3", &key()).await.expect(201).text();
    let made = codes(&sheet);
    send(&t, &letter.address, &key(), &made[1]).await.expect(201);
    let columns = t.column("SELECT name FROM pragma_table_info('response_codes')").await;
    assert_eq!(columns, ["code_hash", "form_id", "cohort", "used"]);
    let hashes = t.column("SELECT hex(code_hash) FROM response_codes").await;
    let dump = t.dump().await.to_lowercase();
    let rows = dump.split("# responses\n").nth(1).unwrap().split("\n# ").next().unwrap();
    assert!(hashes.iter().all(|h| !rows.contains(&h.to_lowercase())));
    for path in t.files() {
        let bytes = std::fs::read(&path).unwrap();
        for code in made.iter().flat_map(|c| [c.clone(), c.replace('-', "")]) {
            assert!(!bytes.windows(code.len()).any(|w| w == code.as_bytes()), "{} holds a code", path.display());
        }
    }
}

#[tokio::test]
async fn a_refused_reply_keeps_its_code_and_its_words() {
    let t = TestApp::start().await;
    let office = office(&t).await;
    let letter = published_for(&office, "code").await;
    let html = t.visitor().get(&letter.address).await.expect(200).text();
    assert!(html.contains("f-response_code") && !html.contains("name=\"class\""), "the code says the class");
    let made = codes(&slips(&office, &letter.page, "三年级三班", "1", &key()).await.expect(201).text());
    let long = "长".repeat(2_001);
    let press = key();
    let form = |comment: &str| {
        Multipart::new().texts(&[
            ("idempotency_key", &press),
            ("response_code", &made[0].to_lowercase()),
            ("answer.comment", comment),
        ])
    };
    let html = t.visitor().post_multipart(&letter.address, form(&long)).await.expect(422).text();
    assert!(html.contains(&long) && html.contains(&made[0].to_lowercase()), "{html}");
    // It was not used up by that.
    let html = t.visitor().post_multipart(&letter.address, form("短一点")).await.expect(201).text();
    assert!(html.contains("收到了，谢谢"));
    assert_eq!(t.column("SELECT cohort FROM responses").await, ["三年级三班"]);
}

#[tokio::test]
async fn slips_are_made_for_all_classes_at_once_and_only_where_they_are_asked_for() {
    let t = TestApp::start().await;
    let office = office(&t).await;
    let letter = published_for(&office, "code").await;
    let all = slips(&office, &letter.page, "*", "", &key()).await.expect(201).text();
    assert_eq!(codes(&all).len(), 42 + 40 + 41);
    // Classes never share a sheet: 2 × 24 each.
    assert_eq!(all.matches("class=\"sheet stickers slips\"").count(), 6);
    let counts = "SELECT cohort || ' ' || COUNT(*) FROM response_codes GROUP BY cohort ORDER BY cohort";
    assert_eq!(t.column(counts).await, ["三年级一班 42", "三年级三班 41", "三年级二班 40"]);
    for (cohort, count, words) in
        [("三年级一班", "0", "每班几张"), ("*", "400", "一次最多 1000 张"), ("九年级", "3", "请选一下班级")]
    {
        let refused = slips(&office, &letter.page, cohort, count, &key()).await.expect(422).text();
        assert!(refused.contains(words), "{words}: {refused}");
    }
    let free = published(&office).await;
    assert!(!office.get(&free.page).await.text().contains("id=\"codes\""));
    slips(&office, &free.page, "三年级一班", "3", &key()).await.expect(409);
    assert_eq!(t.count("response_codes").await, 123);
    // The paper slip asks for the code, not for the class.
    let paper = office.get(&format!("{}/print", letter.page)).await.text();
    assert!(paper.contains("slip-class\">答题码"), "{paper}");
}
