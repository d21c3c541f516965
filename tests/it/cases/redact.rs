//! Redaction 遮盖: what goes outward is a copy in which the hidden part is gone; the original never leaves.

use huiyin::kernel::roles::Role;

use super::story::OnCase;
use crate::support::{Multipart, TestApp, engines, key};

#[tokio::test]
async fn a_photo_goes_out_black_where_it_was_ticked_and_never_as_it_came() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let photo = std::fs::read("end2end/fixtures/canteen.jpg").unwrap();
        let form_key = key();
        let form = Multipart::new()
            .texts(&[
                ("idempotency_key", form_key.as_str()),
                ("role", "parent"),
                ("identity", "anonymous"),
                ("body", "看照片"),
            ])
            .file("files", "a.jpg", "image/jpeg", &photo);
        let receipt = t.visitor().json().post_multipart(&format!("/q/{}", t.point("食堂三楼")), form).await.expect(201);
        let (number, code) = (receipt.word("case_number"), receipt.word("tracking_code"));
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
