//! One-time codes: a sheet of slips, one answer each, no way from the code to the answer.

use huiyin::kernel::{response_code::ResponseCode, roles::Role};

use super::{answered, asked, send, small};
use crate::support::{TestApp, engines, key};

/// The codes that a sheet shows.
fn codes(html: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for part in html.split("sticker-code\">").skip(1) {
        found.push(part.split('<').next().unwrap().to_string());
    }
    found
}

#[tokio::test]
async fn eight_devices_with_one_code_make_one_answer() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let q = asked(&t, small(), "code").await;
        let office = t.staff(Role::Office).await;
        let press = key();
        let form = [("cohort", "三（1）班"), ("count", "30"), ("idempotency_key", press.as_str())];
        let sheet = office.post(&format!("{}/codes", q.desk), &form).await.expect(201).text();
        let slips = codes(&sheet);
        assert_eq!(slips.len(), 30);
        assert!(slips.iter().all(|c| ResponseCode::parse(c).is_some()));
        // The same press shows the same sheet; another one makes others.
        assert_eq!(codes(&office.post(&format!("{}/codes", q.desk), &form).await.expect(201).text()), slips);
        assert_eq!(t.count("response_codes").await, 30);

        let keys: Vec<String> = (0..8).map(|_| key()).collect();
        let tries = keys.iter().map(|k| {
            let fields = [&answered(k)[..], &[("response_code", slips[0].as_str())]].concat();
            let (t, code) = (&t, q.code.clone());
            async move { send(t, &code, &fields).await }
        });
        let replies = futures::future::join_all(tries).await;
        let kept = replies.iter().filter(|r| r.status == 201).count();
        assert_eq!(kept, 1, "{engine:?}");
        for refused in replies.iter().filter(|r| r.status != 201) {
            assert_eq!(refused.status, 422, "{engine:?}: {}", refused.text());
            assert!(refused.text().contains("已经用过"), "{}", refused.text());
        }
        assert_eq!(t.count("responses").await, 1);
        assert_eq!(t.column("SELECT cohort FROM responses").await, ["三（1）班"]);

        // Who won may press again; a wrong letter is said before anything is looked up; a foreign code is none.
        let winner = &keys[replies.iter().position(|r| r.status == 201).unwrap()];
        let again = [&answered(winner)[..], &[("response_code", slips[0].as_str())]].concat();
        send(&t, &q.code, &again).await.expect(201);
        let other = key();
        let mistyped = slips[1].replacen(&slips[1][..1], if slips[1].starts_with('A') { "B" } else { "A" }, 1);
        let foreign = ResponseCode::from_bytes(&[7; 11]).grouped();
        for (code, words) in [("", "请填"), (mistyped.as_str(), "抄错"), (foreign.as_str(), "没有这个答题码")]
        {
            let fields = [&answered(&other)[..], &[("response_code", code)]].concat();
            let refused = send(&t, &q.code, &fields).await.expect(422).text();
            assert!(refused.contains(words), "{code}: {refused}");
        }
        assert!(office.get(&q.desk).await.expect(200).text().contains("1 / 30"));
    }
}

#[tokio::test]
async fn slips_are_scanned_by_a_camera_and_their_code_stays_behind_the_hash() {
    let t = TestApp::start().await;
    let q = asked(&t, small(), "code").await;
    let office = t.staff(Role::Office).await;
    let press = key();
    let form = [("cohort", "三（1）班"), ("count", "2"), ("idempotency_key", press.as_str())];
    let html = office.post(&format!("{}/codes", q.desk), &form).await.expect(201).text();
    let slips = codes(&html);
    let drawings: Vec<&str> = html.split("<svg ").skip(1).map(|s| s.split("</svg>").next().unwrap()).collect();
    assert_eq!(drawings.len(), 2);
    for (drawing, code) in drawings.iter().zip(&slips) {
        let expected = format!("http://127.0.0.1:3000/q/{}#c={}", q.code, code.replace('-', ""));
        assert_eq!(decoded(drawing), expected);
    }
    // Plain codes lie nowhere.
    for path in t.files() {
        let bytes = std::fs::read(&path).unwrap();
        for code in slips.iter().flat_map(|c| [c.clone(), c.replace('-', "")]) {
            assert!(!bytes.windows(code.len()).any(|w| w == code.as_bytes()), "{} holds a code", path.display());
        }
    }
}

/// Reads a QR code off its path of modules.
fn decoded(svg: &str) -> String {
    let side: usize = svg.split("viewBox=\"0 0 ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
    let path = svg.split("<path d=\"").nth(1).unwrap().split('"').next().unwrap();
    let scale = 4;
    let mut dark = vec![false; side * side];
    for run in path.split('M').skip(1) {
        let (at, rest) = run.split_once('h').unwrap();
        let (x, y) = at.split_once(' ').unwrap();
        let length: usize = rest.split('v').next().unwrap().parse().unwrap();
        let (x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
        dark[y * side + x..y * side + x + length].fill(true);
    }
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(side * scale, side * scale, |x, y| {
        if dark[y / scale * side + x / scale] { 0 } else { 255 }
    });
    image.detect_grids()[0].decode().unwrap().1
}

#[tokio::test]
async fn codes_are_made_for_a_questionnaire_that_can_be_reached() {
    let t = TestApp::start().await;
    let desk = super::drafted(&t, small()).await;
    let office = t.staff(Role::Office).await;
    let press = key();
    let form = [("cohort", "三（1）班"), ("count", "2"), ("idempotency_key", press.as_str())];
    assert!(office.post(&format!("{desk}/codes"), &form).await.expect(422).text().contains("先在上面生成一个二维码"));
    let wrong = [("cohort", ""), ("count", "9999"), ("idempotency_key", press.as_str())];
    let page = office.post(&format!("{desk}/codes"), &wrong).await.expect(422).text();
    assert!(page.contains("请写班级") && page.contains("1 到 400"));
    assert_eq!(t.count("response_codes").await, 0);
}
