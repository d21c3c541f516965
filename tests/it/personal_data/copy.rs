//! Copies of what is stored.

use std::io::{Cursor, Read};

use huiyin::kernel::roles::Role;

use super::full_of_words;
use crate::support::{Reply, TestApp, engines};

fn entries(reply: &Reply) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(reply.body.clone())).unwrap();
    (0..zip.len())
        .map(|i| {
            let mut file = zip.by_index(i).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().to_string(), bytes)
        })
        .collect()
}

fn text(entries: &[(String, Vec<u8>)], name: &str) -> String {
    String::from_utf8(entries.iter().find(|e| e.0 == name).unwrap().1.clone()).unwrap()
}

#[tokio::test]
async fn the_code_gives_everything_of_ones_own_and_nothing_of_the_staffs() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let sent = full_of_words(&t).await;
        let copy = [("tracking_code", sent.code.as_str()), ("action", "copy")];
        let reply = t.visitor().post("/track", &copy).await.expect(200);
        assert_eq!(reply.header("content-type"), "application/zip");
        assert_eq!(reply.header("cache-control"), "no-store");
        assert!(reply.header("content-disposition").starts_with("attachment"));
        let all = entries(&reply);
        let (page, data) = (text(&all, "index.html"), text(&all, "data.json"));
        for word in ["sentinelbody", "王女士", "13912345678", "sentinelmessage", "sentinelreply", "sentinelcomment"]
        {
            assert!(page.contains(word) && data.contains(word), "{word}: {data}");
        }
        for word in ["sentinelnote", "sentinelinstruction", "sentinelreason"] {
            assert!(!page.contains(word) && !data.contains(word), "{word}");
        }
        let photo = all.iter().find(|e| e.0.starts_with("files/")).unwrap();
        assert_eq!(&photo.1[..3], b"\xff\xd8\xff");
        assert!(!page.contains("<script") && !page.contains("http"));
        assert!(t.dump().await.contains("case.data_copied"));
        let wrong = [("tracking_code", "0000-0000-0000-0000"), ("action", "copy")];
        t.visitor().post("/track", &wrong).await.expect(404);
    }
}

#[tokio::test]
async fn the_office_hands_out_a_named_one_with_a_reason_and_a_sealed_one_without_the_contact() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let contact = [("contact_name", "王女士"), ("contact", "13912345678")];
        for (identity, with_contact) in [("named", true), ("sealed", false)] {
            let fields = [&[("identity", identity)], &contact[..]].concat();
            let number = t.visitor().submit(t.point("食堂三楼"), &fields).await.expect(201).word("case_number");
            let path = format!("/desk/cases/{number}/personal-data");
            let office = t.staff(Role::Office).await;
            let page = office.get(&path).await.expect(200).text();
            let of = page.split("name=\"copy_of\"").nth(1).unwrap().split("value=\"").nth(1).unwrap();
            let of = of.split('"').next().unwrap().to_string();
            office.post(&format!("{path}/copy"), &[("copy_of", &of), ("copy_reason", "")]).await.expect(422);
            let form = [("copy_of", of.as_str()), ("copy_reason", "本人凭身份证来取")];
            let reply = office.post(&format!("{path}/copy"), &form).await.expect(200);
            let data = text(&entries(&reply), "data.json");
            assert!(data.contains("三楼的汤是凉的"));
            assert_eq!(data.contains("13912345678"), with_contact, "{identity}");
            let handler = t.signed_in(t.login(Role::Handler, Some("食堂"))).await;
            handler.post(&format!("{path}/copy"), &form).await.expect(404);
        }
        let number = t.visitor().submit(t.point("食堂三楼"), &[]).await.expect(201).word("case_number");
        let page = t.staff(Role::Office).await.get(&format!("/desk/cases/{number}/personal-data")).await.text();
        assert!(!page.contains("name=\"copy_of\""), "nobody can know an anonymous person");
    }
}

#[tokio::test]
async fn in_danger_the_code_gives_no_copy() {
    let t = TestApp::start().await;
    let fields = [("role", "student"), ("danger", "1"), ("body", "他们打我")];
    let code = t.visitor().submit(t.point("教学楼二层"), &fields).await.expect(201).word("tracking_code");
    let reply = t.visitor().post("/track", &[("tracking_code", &code), ("action", "copy")]).await.expect(422).text();
    assert!(reply.contains("保密员") && !reply.contains("他们打我"), "{reply}");
}
