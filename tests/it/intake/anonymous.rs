//! Anonymous means anonymous (promise 8): sentinels in everything that a device tells, then a raw search through everything
//! that was written.

use huiyin::{config::Config, kernel::roles::Role};

use crate::support::{Multipart, TestApp};

const ADDRESS: &str = "198.51.100.77";
const SENTINELS: [&str; 7] = [
    "198.51.100.77",
    "SentinelAgent",
    "sentinel-lang",
    "sentinel-cookie",
    "sentinel-name",
    "13912345678",
    "sentinel-referer",
];

/// A JPEG whose EXIF holds a sentinel: the fixture is a real photo with a place and a device.
fn photo() -> Vec<u8> {
    std::fs::read("end2end/fixtures/canteen.jpg").unwrap()
}

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|w| w == needle)
}

#[tokio::test]
async fn nothing_of_the_senders_device_is_written_anywhere() {
    let t = TestApp::with(crate::support::engines()[0], |c: &mut Config| {
        c.trusted_proxy = vec!["127.0.0.1".parse().unwrap()]
    })
    .await;
    t.clock.advance(chrono::TimeDelta::seconds(1357));
    let code = t.point("食堂三楼").to_string();
    let sender = t
        .visitor()
        .with("x-forwarded-for", ADDRESS)
        .with("user-agent", "SentinelAgent/1.0")
        .with("accept-language", "sentinel-lang,zh")
        .with("cookie", "tracker=sentinel-cookie")
        .with("referer", "http://127.0.0.1:3000/sentinel-referer");
    sender.get(&format!("/q/{code}")).await.expect(200);
    let form = Multipart::new()
        .texts(&[
            ("idempotency_key", "anonymous-0001"),
            ("role", "student"),
            ("identity", "anonymous"),
            ("body", "有人在操场抽烟"),
            ("contact_name", "sentinel-name"),
            ("contact", "13912345678"),
        ])
        .file("files", "sentinel-name.jpg", "image/jpeg", &photo());
    let receipt = sender.clone().json().post_multipart(&format!("/q/{code}"), form).await.expect(201);
    let tracking_code = receipt.word("tracking_code");
    sender.post("/track", &[("tracking_code", &tracking_code)]).await.expect(200);
    sender
        .post(
            "/track",
            &[
                ("tracking_code", &tracking_code),
                ("action", "message"),
                ("message", "又来了"),
                ("idempotency_key", "message-0001"),
            ],
        )
        .await
        .expect(200);
    sender.post("/track", &[("tracking_code", &tracking_code), ("action", "urge")]).await.expect(200);

    let office = t.staff(Role::Office).await;
    let number = receipt.word("case_number");
    let page = office.get(&format!("/desk/cases/{number}")).await.expect(200).text();
    let export = office.get("/desk?view=all&format=csv").await.expect(200).text();
    let backup = t.folder.path().join("backup.tar");
    huiyin::backup::backup(&t.app.config, &backup).await.unwrap();
    let metrics = t.visitor().get("/metrics").await.text();

    let plain_code = tracking_code.replace('-', "");
    let exact = t.app.now().format("%Y-%m-%dT%H:%M:%S").to_string();
    let exact_spaced = t.app.now().format("%Y-%m-%d %H:%M:%S").to_string();
    let mut searched = 0;
    let mut texts: Vec<(String, Vec<u8>)> = vec![
        ("the case page".into(), page.into_bytes()),
        ("the export".into(), export.into_bytes()),
        ("the metrics".into(), metrics.into_bytes()),
        ("the dump".into(), t.dump().await.into_bytes()),
    ];
    for path in t.files() {
        texts.push((path.display().to_string(), std::fs::read(&path).unwrap()));
    }
    for (what, bytes) in &texts {
        searched += bytes.len();
        for sentinel in SENTINELS {
            assert!(!contains(bytes, sentinel.as_bytes()), "{what} holds {sentinel}");
        }
        for code in [&tracking_code, &plain_code] {
            assert!(!contains(bytes, code.as_bytes()), "{what} holds the tracking code");
        }
        assert!(!contains(bytes, b"Exif\0\0") || !what.contains("files"), "{what} holds EXIF");
    }
    assert!(searched > 200_000, "only {searched} bytes were searched");
    assert!(texts.iter().any(|(what, _)| what.ends_with("backup.tar")));

    // The rows of the submission know the hour, no more.
    for table in ["submissions", "cases", "case_files", "attachments", "messages", "events"] {
        let dump = t.dump().await;
        let Some(section) = dump.split("# ").find(|s| s.starts_with(&format!("{table}\n"))) else { continue };
        assert!(
            !section.contains(&exact) && !section.contains(&exact_spaced),
            "{table} holds the exact time: {section}"
        );
    }
}

#[tokio::test]
async fn who_is_not_anonymous_is_sealed_or_shown_but_never_in_plain_text_on_disk() {
    let t = TestApp::start().await;
    let code = t.point("食堂三楼");
    let contact = [("contact_name", "哨兵先生"), ("contact", "13912345678")];
    let sealed = t.visitor().submit(code, &[&[("identity", "sealed")], &contact[..]].concat()).await.expect(201);
    let office = t.staff(Role::Office).await;
    let page = office.get(&format!("/desk/cases/{}", sealed.word("case_number"))).await.expect(200).text();
    assert!(!page.contains("哨兵先生") && !page.contains("13912345678"), "{page}");
    let named = t
        .visitor()
        .submit(code, &[&[("identity", "named"), ("body", "另一件")], &contact[..]].concat())
        .await
        .expect(201);
    let page = office.get(&format!("/desk/cases/{}", named.word("case_number"))).await.expect(200).text();
    assert!(page.contains("哨兵先生") && page.contains("13912345678"), "{page}");
    for path in t.files() {
        let bytes = std::fs::read(&path).unwrap();
        assert!(!contains(&bytes, "13912345678".as_bytes()), "{} holds a number in plain text", path.display());
    }
}
