//! Words on cases: kept by the office, put on and taken off, found again.

use huiyin::kernel::roles::Role;

use super::story::OnCase;
use crate::support::{Client, TestApp, engines};

/// Adds a word; its id.
pub async fn word(office: &Client<'_>, name: &str) -> String {
    office.post("/desk/tags", &[("name", name)]).await.expect(303);
    let page = office.get("/desk/tags").await.expect(200).text();
    let before = page.split(&format!("value=\"{name}\"")).next().unwrap();
    before.rsplit("action=\"/desk/tags/").next().unwrap().split('"').next().unwrap().to_string()
}

#[tokio::test]
async fn the_office_keeps_words_and_no_names_among_them() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let office = t.staff(Role::Office).await;
        let id = word(&office, "要复查").await;
        let person = t.login(Role::DepartmentHead, Some("德育处")).name.clone();
        let long = "长".repeat(17);
        for wrong in ["要复查", "  ", long.as_str(), person.as_str(), &format!("找{person}")] {
            let page = office.post("/desk/tags", &[("name", wrong)]).await.expect(422).text();
            assert!(wrong.trim().is_empty() || page.contains(wrong), "what was typed comes back");
        }
        assert_eq!(t.count("tags").await, 1, "{engine:?}");
        word(&office, "食材").await;
        office.post(&format!("/desk/tags/{id}"), &[("name", "食材"), ("in_use", "1")]).await.expect(422);
        office.post(&format!("/desk/tags/{id}"), &[("name", "再看一次"), ("in_use", "1")]).await.expect(303);
        assert!(office.get("/desk/tags").await.text().contains("再看一次"));
        t.staff(Role::Handler).await.get("/desk/tags").await.expect(404);
    }
}

#[tokio::test]
async fn words_are_put_on_a_case_found_again_and_two_people_do_not_overwrite_each_other() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let receipt = t.visitor().submit(t.point("食堂三楼"), &[("body", "汤凉了")]).await.expect(201);
        let (number, code) = (receipt.word("case_number"), receipt.word("tracking_code"));
        let other = t.visitor().submit(t.point("校门口"), &[]).await.expect(201).word("case_number");
        let office = OnCase::new(t.staff(Role::Office).await, &number);
        let (again, food) = (word(&office.client, "要复查").await, word(&office.client, "食材").await);
        let version = office.page().await.input("version").unwrap();
        // Both looked at a case without words.
        office.act_at("tag", &version, &[("tag", &again)]).await.expect(303);
        office.act_at("tag", &version, &[("tag", &food)]).await.expect(303);
        let page = office.page().await;
        assert!(page.text().contains("#<!-- -->要复查") || page.text().contains("要复查"), "{}", page.text());
        assert_eq!(page.input("version").unwrap(), version, "nobody's draft is refused because of a word");
        assert_eq!(t.count("case_tags").await, 2, "{engine:?}");
        for tag in ["要复查", "食材"] {
            let list = office.client.get(&format!("/desk?tag={tag}")).await.expect(200).text();
            assert!(list.contains(&number) && !list.contains(&other), "{tag} on {engine:?}");
        }
        let by_id = office.client.get(&format!("/desk?view=all&tag={again}")).await.text();
        assert!(by_id.contains(&number) && !by_id.contains(&other));
        assert!(!office.client.get("/desk?tag=没有").await.text().contains(&number));
        let csv = office.client.get("/desk?view=all&format=csv").await.text();
        assert!(csv.contains("要复查、食材") || csv.contains("食材、要复查"), "{csv}");

        // Taken off again; what changes nothing leaves no trace.
        office.act("tag", &[("had", &again), ("had", &food), ("tag", &food)]).await.expect(303);
        let events = t.count("case_events").await;
        office.act("tag", &[("had", &food), ("tag", &food)]).await.expect(303);
        assert_eq!((t.count("case_tags").await, t.count("case_events").await), (1, events));
        office.act("tag", &[("tag", "0192f0c0000070008000000000000001")]).await.expect(422);

        // The submitter reads nothing of it.
        let seen = t.visitor().json().post("/track", &[("tracking_code", &code)]).await.expect(200).text();
        assert!(!seen.contains("食材") && !seen.contains("tagged"), "{seen}");
        // Who may not see the case may not put words on it; a leader only looks.
        let stranger = OnCase::new(t.staff(Role::Handler).await, &number);
        stranger.act_at("tag", &version, &[("tag", &food)]).await.expect(404);
        OnCase::new(t.staff(Role::Leader).await, &number).act_at("tag", &version, &[("tag", &food)]).await.expect(404);
    }
}
