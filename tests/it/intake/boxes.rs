//! The wooden box: its opening log, and letters that are typed in.

use huiyin::kernel::roles::Role;

use crate::support::{Client, Multipart, TestApp, engines, key};

/// The id of the box at a place, as the form offers it.
async fn box_at(office: &Client<'_>, place: &str) -> String {
    let page = office.get("/desk/boxes").await.expect(200).text();
    let option = page.split("<option value=\"").find(|o| o.contains(&format!(">{place} ·"))).unwrap().to_string();
    option.split('"').next().unwrap().to_string()
}

async fn opened(office: &Client<'_>, place: &str, letters: &str) -> String {
    let id = box_at(office, place).await;
    let form = [
        ("box", id.as_str()),
        ("opened_at", "2026-03-10T09:30"),
        ("opener", "冯涛"),
        ("witness", "家长代表王女士"),
        ("letters", letters),
    ];
    office.post("/desk/boxes", &form).await.expect(303).header("location").to_string()
}

async fn typed(office: &Client<'_>, opening: &str, key: &str, body: &str) -> u16 {
    let letter = [("idempotency_key", key), ("role", "parent"), ("identity", "anonymous"), ("body", body)];
    office.post(&format!("{opening}/letter"), &letter).await.status.as_u16()
}

#[tokio::test]
async fn a_missing_letter_is_shown_until_it_is_typed_in_or_explained() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let office = t.staff(Role::Office).await;
        let opening = opened(&office, "校门口", "3").await;
        assert!(office.get("/desk/boxes").await.text().contains("还差 3 封"));
        let first = key();
        assert_eq!(typed(&office, &opening, &first, "第一封：食堂的汤是凉的").await, 201);
        assert_eq!(typed(&office, &opening, &first, "第一封：食堂的汤是凉的").await, 201, "the same press again");
        assert!(office.get(&opening).await.text().contains("还差 2 封"));
        assert_eq!(typed(&office, &opening, &key(), "第二封：谢谢老师").await, 201);
        assert_eq!(t.column("SELECT DISTINCT channel FROM cases").await, ["box"]);
        assert_eq!(t.count("cases").await, 2);

        office.post(&opening, &[("explanation", " ")]).await.expect(422);
        office.post(&opening, &[("explanation", "一封是空信封")]).await.expect(303);
        assert!(!office.get("/desk/boxes").await.text().contains("还差"));
        assert!(office.get(&opening).await.text().contains("一封是空信封"));

        // The third turns up after all; a fourth can't.
        assert_eq!(typed(&office, &opening, &key(), "第三封").await, 201);
        assert_eq!(typed(&office, &opening, &key(), "第四封").await, 422);
        assert_eq!(t.count("cases").await, 3, "{engine:?}");
    }
}

#[tokio::test]
async fn the_last_letter_is_typed_in_once_however_many_try() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let office = t.staff(Role::Office).await;
        let opening = opened(&office, "校门口", "1").await;
        let keys: Vec<String> = (0..6).map(|_| key()).collect();
        let answers = futures::future::join_all(keys.iter().map(|k| typed(&office, &opening, k, "同一封信"))).await;
        assert_eq!(answers.iter().filter(|status| **status == 201).count(), 1, "{answers:?} on {engine:?}");
        assert_eq!((t.count("cases").await, t.count("box_letters").await), (1, 1), "{engine:?}");
    }
}

#[tokio::test]
async fn an_empty_box_is_written_down_and_its_interval_begins_anew() {
    let t = TestApp::start().await;
    t.clock.advance(chrono::TimeDelta::days(8));
    let office = t.staff(Role::Office).await;
    let flagged = async || office.get("/desk/boxes").await.expect(200).text().matches("超过 7 天没开").count();
    assert_eq!(flagged().await, 4);
    let id = box_at(&office, "北门").await;
    let form = [
        ("box", id.as_str()),
        ("opened_at", "2026-03-18T09:00"),
        ("opener", "冯涛"),
        ("witness", "陈磊"),
        ("letters", "0"),
    ];
    let opening = office.post("/desk/boxes", &form).await.expect(303).header("location").to_string();
    assert_eq!(flagged().await, 3);
    assert!(office.get(&opening).await.text().contains("齐了"));
    assert_eq!(typed(&office, &opening, &key(), "没有这封信").await, 422);
}

#[tokio::test]
async fn what_is_wrong_is_said_and_nothing_is_written() {
    let t = TestApp::start().await;
    let office = t.staff(Role::Office).await;
    let form = [("box", "x"), ("opened_at", ""), ("opener", "冯涛"), ("witness", "冯涛"), ("letters", "-1")];
    let page = office.post("/desk/boxes", &form).await.expect(422).text();
    assert!(page.contains("见证人要是另一个人") && page.contains("value=\"冯涛\""));
    assert_eq!(t.count("box_openings").await, 0);
    // Another channel's access point is no box.
    let hotline = t.column("SELECT LOWER(HEX(id)) FROM access_points WHERE channel = 'hotline'").await;
    let form = [
        ("box", hotline[0].as_str()),
        ("opened_at", "2026-03-10T09:00"),
        ("opener", "甲"),
        ("witness", "乙"),
        ("letters", "1"),
    ];
    office.post("/desk/boxes", &form).await.expect(422);
}

#[tokio::test]
async fn the_photo_of_the_seal_stays_with_its_opening_and_is_swept_by_nobody() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let office = t.staff(Role::Office).await;
        let photo = std::fs::read("end2end/fixtures/canteen.jpg").unwrap();
        let id = box_at(&office, "校门口").await;
        let form = |letters: &str| {
            Multipart::new()
                .texts(&[
                    ("box", id.as_str()),
                    ("opened_at", "2026-03-10T09:30"),
                    ("opener", "冯涛"),
                    ("witness", "陈磊"),
                ])
                .text("letters", letters)
        };
        // What is wrong beside it does not lose the photo.
        let page = office.post_multipart("/desk/boxes", form("x").file("seal", "s.jpg", "image/jpeg", &photo)).await;
        let token = page.expect(422).input("staged_seal").unwrap();
        let opening = office.post_multipart("/desk/boxes", form("1").text("staged_seal", &token)).await.expect(303);
        let opening = opening.header("location").to_string();
        t.clock.advance(chrono::TimeDelta::days(3));
        huiyin::attachments::staged::forget_old(&t.app).await.unwrap();
        huiyin::attachments::actions::sweep(&t.app).await.unwrap();
        let office = t.staff(Role::Office).await;
        assert!(office.get(&opening).await.text().contains(&format!("{opening}/seal")));
        let seal = office.get(&format!("{opening}/seal")).await.expect(200);
        assert_eq!(seal.header("content-type"), "image/jpeg", "{engine:?}");
        assert!(seal.header("content-security-policy").contains("sandbox"));
        let other = t.another_school(&[Role::Office]).await;
        t.signed_in(&other[0]).await.get(&format!("{opening}/seal")).await.expect(404);
        // The letter comes with its scan, and its slip can be printed.
        let letter = Multipart::new()
            .texts(&[("idempotency_key", &key()), ("role", "parent"), ("identity", "anonymous"), ("body", "信上说的")])
            .file("files", "scan.jpg", "image/jpeg", &photo);
        let slip = office.post_multipart(&format!("{opening}/letter"), letter).await.expect(201).text();
        assert!(slip.contains("paper-slip-code") && slip.contains("/track"));
        assert_eq!(t.count("attachments").await, 1, "{engine:?}");
    }
}

#[tokio::test]
async fn a_box_has_an_interval_of_its_own_and_the_office_is_told_on_its_first_page() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let office = t.staff(Role::Office).await;
        let id = box_at(&office, "北门").await;
        let at = format!("/desk/boxes/{id}/interval");
        assert!(office.post(&at, &[("days", "0")]).await.expect(422).text().contains("1 到 60"));
        office.post(&at, &[("days", "2")]).await.expect(303);
        office.post(&at, &[("days", "3")]).await.expect(303);
        assert!(!office.get("/desk").await.text().contains("该开了"));
        t.clock.advance(chrono::TimeDelta::days(4));
        let office = t.staff(Role::Office).await;
        assert!(office.get("/desk").await.text().contains("1 个意见箱该开了"), "{engine:?}");
        assert!(office.get("/desk/boxes").await.text().contains("超过 3 天没开"));
        let leader = t.staff(Role::Leader).await;
        assert!(!leader.get("/desk").await.text().contains("该开了"));
        office.post("/desk/boxes/0192f0c0000070008000000000000001/interval", &[("days", "3")]).await.expect(404);
    }
}
