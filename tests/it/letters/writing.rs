//! Writing, looking, publishing, correcting.

use huiyin::kernel::roles::Role;

use super::{drafted, office, published, typed, with};
use crate::support::{TestApp, engines};

#[tokio::test]
async fn a_look_changes_nothing_and_runs_nothing() {
    let t = TestApp::start().await;
    let office = office(&t).await;
    let before = t.dump().await;
    let page = office.post("/desk/letters/new", &with(typed(), "do", "look")).await.expect(200).text();
    assert!(page.contains("<h2><span>想商量的事</span></h2>") && page.contains("<b>不留</b>"), "{page}");
    assert!(!page.contains("<script>alert") && page.contains("&lt;script&gt;alert(1)"), "{page}");
    let page = office.post("/desk/letters/new", &with(typed(), "title", "")).await.expect(422).text();
    assert!(page.contains("三年级二班 40") && page.contains("这一项请写一下。"));
    assert_eq!(t.dump().await, before);
}

#[tokio::test]
async fn a_published_letter_is_frozen_and_a_correction_says_so() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let office = office(&t).await;
        let letter = published(&office).await;
        let read = t.visitor().get(&letter.address).await.expect(200).text();
        assert!(read.contains("关于作业的一封信") && read.contains("<b>不留</b>") && !read.contains("更正"));
        assert!(read.contains("不留书面作业") && read.contains("2026年3月10日"));
        let english = t.visitor().get(&format!("{}?lang=en", letter.address)).await.text();
        assert!(english.contains("No homework on Wednesdays"));

        let edit = format!("{}/edit", letter.page);
        let version = office.get(&edit).await.expect(200).input("version").unwrap();
        let form = with(with(typed(), "body", "周四不留作业"), "version", &version);
        office.post(&edit, &form).await.expect(422);
        let form = with(with(form, "note", "把周三写成了周四"), "statements", "偷偷换掉");
        office.post(&edit, &form).await.expect(303);
        let read = t.visitor().get(&letter.address).await.text();
        assert!(read.contains("更正：把周三写成了周四") && read.contains("周四不留作业"), "{read}");
        assert!(read.contains("周三不留书面作业") && !read.contains("偷偷换掉"), "what people answered stays");
        let earlier = t.visitor().get(&format!("{}?version=1", letter.address)).await.expect(200).text();
        assert!(earlier.contains("<b>不留</b>") && !earlier.contains("周四不留作业"));
        assert!(earlier.contains("这是更正以前的内容") && !read.contains("这是更正以前的内容"));
        assert_eq!(t.count("letter_versions").await, 2, "{engine:?}");
        // A published letter is neither published again nor thrown away.
        office
            .post(&format!("{}/publish", letter.page), &[("version", "3"), ("until", "2026-03-21")])
            .await
            .expect(409);
        office.post(&format!("{}/remove", letter.page), &[]).await.expect(409);
    }
}

#[tokio::test]
async fn two_who_write_at_once_lose_nothing() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let (one, other) = (office(&t).await, t.staff(Role::Admin).await);
        let page = drafted(&one).await;
        let edit = format!("{page}/edit");
        let mine = with(with(typed(), "version", "1"), "body", "甲写的");
        one.post(&edit, &mine).await.expect(303);
        let theirs = with(with(typed(), "version", "1"), "body", "乙写的");
        let refused = other.post(&edit, &theirs).await.expect(409);
        let html = refused.text();
        assert!(html.contains("乙写的</textarea>") && html.contains("甲写的"), "both are there: {html}");
        let again = refused.input("version").unwrap();
        other.post(&edit, &with(theirs, "version", &again)).await.expect(303);
        assert!(one.get(&page).await.text().contains("乙写的"), "{engine:?}");
        // What was seen before is not published.
        one.post(&format!("{page}/publish"), &[("version", "1"), ("until", "2026-03-20")]).await.expect(409);
        one.post(&format!("{page}/publish"), &[("version", "3"), ("until", "2026-03-01")]).await.expect(422);
        one.post(&format!("{page}/remove"), &[]).await.expect(303);
        one.get(&page).await.expect(404);
        assert_eq!(t.count("letters").await, 0);
    }
}

#[tokio::test]
async fn leaders_read_and_do_not_write() {
    let t = TestApp::start().await;
    let letter = published(&office(&t).await).await;
    let leader = t.staff(Role::Leader).await;
    let page = leader.get(&letter.page).await.expect(200).text();
    assert!(page.contains("三年级二班") && !page.contains("letters/new") && !page.contains("/comments\""));
    leader.get("/desk/letters").await.expect(200);
    leader.get(&format!("{}/print", letter.page)).await.expect(200);
    leader.get(&format!("{}/edit", letter.page)).await.expect(404);
    leader.post(&format!("{}/until", letter.page), &[("do", "close")]).await.expect(404);
    t.staff(Role::Handler).await.get(&letter.page).await.expect(404);
}

#[tokio::test]
async fn the_letter_to_the_head_is_opened_once_and_its_letters_are_cases_that_leaders_see() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let office = office(&t).await;
        for _ in 0..2 {
            office.post("/desk/letters/to-the-head", &[]).await.expect(303);
        }
        let codes = t.column("SELECT code FROM access_points WHERE channel = 'letter'").await;
        assert_eq!(codes.len(), 1, "{engine:?}");
        assert!(t.visitor().get("/xuelian").await.text().contains("校长信箱"));
        let form = t.visitor().get(&format!("/q/{}", codes[0])).await.expect(200).text();
        assert!(form.contains("写给校长") && form.contains("answer.wish"));
        let receipt = t.visitor().submit(&codes[0], &[("body", "操场的灯晚上太暗")]).await.expect(201);
        let number = receipt.word("case_number");
        let leader = t.staff(Role::Leader).await;
        assert!(leader.get("/desk?view=all&channel=letter").await.text().contains(&number));
        // Danger is the safeguarding lead's alone, whomever it was written to.
        let danger = t.visitor().submit(&codes[0], &[("body", "有人打我"), ("danger", "1")]).await.expect(201);
        assert!(!leader.get("/desk?view=all&channel=letter").await.text().contains(&danger.word("case_number")));
    }
}
