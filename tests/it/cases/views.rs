//! Lists that people come back to: their own, and those that the office shares; with numbers that end at 99.

use huiyin::kernel::roles::Role;

use crate::support::{Client, TestApp, engines};

async fn save(client: &Client<'_>, name: &str, list: &str, shared: bool) -> u16 {
    let mut form = vec![("name", name), ("list", list)];
    form.extend(shared.then_some(("shared", "1")));
    client.post("/desk/views", &form).await.status.as_u16()
}

/// The number beside a view above the list.
async fn number(client: &Client<'_>, name: &str) -> Option<String> {
    let html = client.get("/desk").await.expect(200).text();
    let chip = html.split("class=\"filter\"").find(|chip| chip.contains(name))?;
    Some(chip.split("nav-count\">").nth(1)?.split('<').next()?.to_string())
}

#[tokio::test]
async fn a_view_is_ones_own_unless_the_office_shares_it_and_each_counts_what_they_see() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        for place in ["校门口", "校门口", "操场"] {
            t.visitor().submit(t.point(place), &[("topic", "safety")]).await.expect(201);
        }
        let logins: Vec<_> = t.demo.staff.iter().filter(|l| l.role == Role::Office).collect();
        let (a, b) = (t.signed_in(logins[0]).await, t.signed_in(logins[1]).await);
        let handler = t.staff(Role::Handler).await;
        assert_eq!(save(&a, "门口", "view=open&q=校门口", false).await, 303);
        assert_eq!(save(&a, "安全", "view=all&topic=safety", true).await, 303);
        assert_eq!(save(&handler, "手头", "view=mine&overdue=1", true).await, 303, "handlers share nothing");
        assert_eq!(number(&a, "门口").await.as_deref(), Some("2"), "{engine:?}");
        assert_eq!(number(&b, "门口").await, None, "it is somebody else's");
        assert_eq!(number(&b, "安全").await.as_deref(), Some("3"));
        assert_eq!(number(&b, "手头").await, None);
        assert_eq!(number(&handler, "手头").await.as_deref(), Some("0"));
        let page = handler.get("/desk").await.text();
        assert!(page.contains("安全"), "shared with everybody; what is in it is what they may see");
        assert!(!handler.get("/desk?view=all&topic=safety").await.text().contains("class=\"item\""));

        // Names: needed, once, and no people in what is shared.
        let person = t.login(Role::DepartmentHead, Some("德育处")).name.clone();
        for (name, list, shared) in
            [("", "view=open&q=x", false), ("门口", "view=open&q=y", false), (person.as_str(), "view=open&q=x", true)]
        {
            assert_eq!(save(&a, name, list, shared).await, 422, "{name}");
        }
        assert_eq!(save(&a, "某人", &format!("view=all&q={person}"), true).await, 422);
        assert_eq!(save(&a, &person, "view=open&q=x", false).await, 303, "one's own words are one's own");

        // Taken away by whose it is.
        let ids = |html: String| -> Vec<String> {
            let links = html.split("action=\"/desk/views/").skip(1);
            links.map(|rest| rest.split('/').next().unwrap().to_string()).collect()
        };
        let own = ids(a.get("/desk/views").await.text());
        assert_eq!(own.len(), 3);
        assert_eq!(ids(handler.get("/desk/views").await.text()).len(), 1);
        for id in &own {
            handler.post(&format!("/desk/views/{id}/remove"), &[]).await.expect(404);
            a.post(&format!("/desk/views/{id}/remove"), &[]).await.expect(303);
        }
        assert_eq!(t.count("saved_views").await, 1);
    }
}

#[tokio::test]
async fn counting_ends_at_99() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        for i in 0..101 {
            let from = t.visitor().from([10, 8, 0, i]);
            from.submit(t.point("校门口"), &[("topic", "safety")]).await.expect(201);
        }
        let office = t.staff(Role::Office).await;
        save(&office, "门口", "view=open&topic=safety", false).await;
        assert_eq!(number(&office, "门口").await.as_deref(), Some("99+"), "{engine:?}");
        for n in 0..9 {
            assert_eq!(save(&office, &format!("视图{n}"), "view=open&q=x", false).await, 303);
        }
        assert_eq!(save(&office, "第十一个", "view=open&q=x", false).await, 422);
    }
}

#[tokio::test]
async fn two_people_at_once_share_no_more_than_the_limit() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let logins: Vec<_> = t.demo.staff.iter().filter(|l| l.role == Role::Office).collect();
        let (a, b) = (t.signed_in(logins[0]).await, t.signed_in(logins[1]).await);
        let names: Vec<String> = (0..16).map(|n| format!("共享{n}")).collect();
        let saves = names
            .iter()
            .enumerate()
            .map(|(n, name)| save(if n % 2 == 0 { &a } else { &b }, name, "view=open&q=x", true));
        let statuses = futures::future::join_all(saves).await;
        assert_eq!(statuses.iter().filter(|s| **s == 303).count(), 10, "{engine:?} {statuses:?}");
        assert_eq!(t.count("saved_views").await, 10, "{engine:?}");
    }
}
