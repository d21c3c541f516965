//! Redaction 遮盖: what goes outward is a copy in which the hidden part is gone; the original never leaves.

use huiyin::kernel::roles::Role;

use super::story::OnCase;
use crate::support::{Multipart, TestApp, engines, key};

/// A case with the photo of the canteen: its number and its tracking code.
async fn with_photo(t: &TestApp, topic: &str) -> (String, String) {
    let (photo, form_key) = (std::fs::read("end2end/fixtures/canteen.jpg").unwrap(), key());
    let form = Multipart::new()
        .texts(&[
            ("idempotency_key", form_key.as_str()),
            ("role", "parent"),
            ("identity", "anonymous"),
            ("topic", topic),
            ("body", "看照片"),
        ])
        .file("files", "a.jpg", "image/jpeg", &photo);
    let receipt = t.visitor().json().post_multipart(&format!("/q/{}", t.point("食堂三楼")), form).await.expect(201);
    (receipt.word("case_number"), receipt.word("tracking_code"))
}

#[tokio::test]
async fn a_photo_goes_out_black_where_it_was_ticked_and_never_as_it_came() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let (number, code) = with_photo(&t, "canteen").await;
        let office = OnCase::new(t.staff(Role::Office).await, &number);
        let page = office.page().await.expect(200).text();
        let path = page.split('"').find(|s| s.contains("/redact/")).unwrap().to_string();
        let original = path.rsplit('/').next().unwrap().to_string();
        let stored = office.client.get(&format!("/desk/cases/{number}/files/{original}")).await.expect(200).body;
        assert!(office.client.get(&path).await.expect(200).text().contains("value=\"0-11\""));

        let nothing = [("then", "send"), ("message", "请看")];
        assert!(office.client.post(&path, &nothing).await.expect(422).text().contains("请至少点一格"));
        office.client.post(&path, &[("then", "send"), ("message", "请看"), ("cell", "999-0")]).await.expect(422);
        let look = office.client.post(&path, &[("then", "look"), ("cell", "0-0")]).await.expect(200).text();
        assert!(look.contains("data:image/jpeg;base64,"));
        let before = t.count("attachments").await;
        office.client.post(&path, &[("then", "send"), ("cell", "0-0")]).await.expect(422);
        assert_eq!(t.count("attachments").await, before, "looking stores nothing");
        let send = [("then", "send"), ("message", "这是现场"), ("cell", "0-0"), ("cell", "0-1"), ("cell", "1-0")];
        office.client.post(&path, &send).await.expect(303);
        assert!(t.dump().await.contains("attachment.redacted"));
        assert_eq!(office.client.get(&format!("/desk/cases/{number}/files/{original}")).await.expect(200).body, stored);

        let track = t.visitor().post("/track", &[("tracking_code", &code)]).await.expect(200).text();
        let id = track.split("name=\"file\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_string();
        let take = |id: String| {
            let (visitor, code) = (t.visitor(), code.clone());
            async move { visitor.post("/track", &[("tracking_code", &code), ("action", "file"), ("file", &id)]).await }
        };
        let copy = take(id).await.expect(200);
        assert_eq!(copy.header("cache-control"), "no-store");
        let (old, new) = (image::load_from_memory(&stored).unwrap(), image::load_from_memory(&copy.body).unwrap());
        let (old, new) = (old.into_rgb8(), new.into_rgb8());
        assert_eq!(old.dimensions(), new.dimensions());
        let side = old.width() / 12;
        for (x, y, pixel) in new.enumerate_pixels().filter(|(x, y, _)| *x + 10 < side * 2 && *y + 10 < side) {
            assert!(pixel.0.iter().all(|v| *v < 24), "{x},{y} is {pixel:?}");
        }
        let (x, y) = (old.width() - 30, old.height() - 30);
        let alike = old.get_pixel(x, y).0.iter().zip(new.get_pixel(x, y).0).all(|(a, b)| a.abs_diff(b) < 60);
        assert!(alike, "the rest stays");
        take(original).await.expect(404);
        let handler = t.signed_in(t.login(Role::Handler, Some("食堂"))).await;
        handler.get(&path).await.expect(404);
    }
}

#[tokio::test]
async fn words_go_out_as_blocks_and_the_text_stays_as_it_came() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let body = [("body", "五年级二班的王小明和欧阳子轩抢我的书")];
        let receipt = t.visitor().submit(t.point("教学楼二层"), &body).await.expect(201);
        let (number, code) = (receipt.word("case_number"), receipt.word("tracking_code"));
        let office = OnCase::new(t.staff(Role::Office).await, &number);
        let path = format!("/desk/cases/{number}/redact-text");
        assert!(office.client.get(&path).await.expect(200).text().contains("王小明"));
        let text = "五年级二班的王小明和欧阳子轩抢书一事已处理";
        office.client.post(&path, &[("text", text), ("words", "张三"), ("then", "send")]).await.expect(422);
        let fields = [("text", text), ("words", "王小明\n欧阳子轩")];
        let look = office.client.post(&path, &[&fields[..], &[("then", "look")]].concat()).await.expect(200).text();
        assert!(look.contains("五年级二班的████和████抢书"), "{look}");
        office.client.post(&path, &[&fields[..], &[("then", "send")]].concat()).await.expect(303);
        let track = t.visitor().post("/track", &[("tracking_code", &code)]).await.expect(200).text();
        assert!(track.contains("五年级二班的████和████抢书") && !track.contains("王小明") && !track.contains("欧阳"));
        assert!(office.page().await.expect(200).text().contains("五年级二班的王小明和欧阳子轩抢我的书"));
    }
}

/// The ids of the copies that the composer offers, and which of them stand chosen.
fn offered(page: &str) -> (Vec<String>, Vec<String>) {
    let boxes: Vec<&str> = page.split("name=\"reply_file\" value=\"").skip(1).collect();
    let id = |b: &&str| b.split('"').next().unwrap().to_string();
    let checked = |b: &&&str| b.split('>').next().unwrap().contains("checked");
    (boxes.iter().map(id).collect(), boxes.iter().filter(checked).map(id).collect())
}

#[tokio::test]
async fn a_copy_goes_out_with_the_answer_that_names_it_and_the_original_with_none() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let (number, code) = with_photo(&t, "conduct").await;
        let office = OnCase::new(t.staff(Role::Office).await, &number);
        let page = office.page().await.expect(200).text();
        assert_eq!(offered(&page).0.len(), 0, "there is no copy yet");
        let path = page.split('"').find(|s| s.contains("/redact/")).unwrap().to_string();
        let original = path.rsplit('/').next().unwrap().to_string();
        office.client.post(&path, &[("then", "keep")]).await.expect(422);
        for cell in ["0-0", "2-3"] {
            office.client.post(&path, &[("then", "keep"), ("cell", cell)]).await.expect(303);
        }
        assert_eq!(t.count("messages").await, 0, "kept, not sent");
        let track = async || t.visitor().post("/track", &[("tracking_code", &code)]).await.expect(200).text();
        assert!(!track().await.contains("name=\"file\""), "{engine:?}");
        let canteen = office.department("食堂").await;
        office.act("assign", &[("department", &canteen), ("otherwise", "归他们")]).await.expect(303);

        // The department chooses; what is no copy of this case is refused, and nothing of it is kept.
        let handler = OnCase::new(t.signed_in(t.login(Role::Handler, Some("食堂"))).await, &number);
        let (copies, chosen) = offered(&handler.page().await.expect(200).text());
        assert_eq!((copies.len(), chosen.len()), (2, 0));
        for wrong in [original.as_str(), "0192f0c0000070008000000000000001"] {
            let page = handler.act("hand-in", &[("reply", "已换好"), ("reply_file", wrong)]).await.expect(422).text();
            assert!(page.contains("只有遮盖过的照片能随答复发出") && page.contains("已换好"), "{page}");
        }
        assert_eq!((t.count("replies").await, t.count("reply_files").await), (0, 0), "{engine:?}");
        handler.act("draft", &[("reply", "已换好"), ("reply_file", &copies[0])]).await.expect(303);
        assert_eq!(offered(&handler.page().await.text()).1, [copies[0].as_str()], "what was chosen stays chosen");
        handler.act("hand-in", &[("reply", "已换好"), ("reply_file", &copies[1])]).await.expect(303);
        assert_eq!(offered(&office.page().await.text()).1, [copies[1].as_str()], "{engine:?}");

        // About people: a second person reads the same words with the same photos.
        let second = t.demo.staff.iter().filter(|l| l.role == Role::Office).nth(1).unwrap();
        let second = OnCase::new(t.signed_in(second).await, &number);
        office.act("let-out", &[("reply", "已换好"), ("reply_file", &copies[1])]).await.expect(303);
        second.act("let-out", &[("reply", "已换好"), ("reply_file", &copies[0])]).await.expect(303);
        assert!(!track().await.contains("已换好"), "another photo is asked anew: {engine:?}");
        office.act("let-out", &[("reply", "已换好"), ("reply_file", &copies[0])]).await.expect(303);
        let seen = track().await;
        assert!(seen.contains("已换好"), "{seen}");
        let shown: Vec<&str> =
            seen.split("name=\"file\" value=\"").skip(1).map(|s| s.split('"').next().unwrap()).collect();
        assert_eq!(shown, [copies[0].as_str()], "{engine:?}");
        let take = async |id: &str| {
            t.visitor().post("/track", &[("tracking_code", &code), ("action", "file"), ("file", id)]).await
        };
        let copy = take(&copies[0]).await.expect(200);
        let pixel = image::load_from_memory(&copy.body).unwrap().into_rgb8().get_pixel(5, 5).0;
        assert!(pixel.iter().all(|v| *v < 24), "{pixel:?}");
        take(&copies[1]).await.expect(404);
        take(&original).await.expect(404);
        assert!(office.page().await.text().contains(&format!("/files/{}?inline=1", copies[0])));
        // It is in the copy of the data, and goes with the case.
        crate::personal_data::erase(&t, &number).await;
        assert_eq!(
            (
                t.count("reply_files").await,
                t.column(&format!(
                    "SELECT kind FROM attachments WHERE case_id = (SELECT id FROM cases WHERE number = '{number}')"
                ))
                .await
                .len()
            ),
            (0, 0)
        );
    }
}
