//! The table of routes, walked by role (promise 13): nobody gets in where the table does not say so, a refusal looks like
//! absence and changes nothing, and organisations are sealed from each other (promise 14).

use axum::http::Method;
use huiyin::{
    http::{Access, Route, router::table},
    kernel::roles::Role,
};

use crate::support::{Client, Reply, TestApp, engines};

/// An existing thing of the demo organisation for every variable of a path.
struct Things {
    number: String,
    point: String,
    department: String,
    topic: String,
    staff: String,
    code: String,
    file: String,
    opening: String,
    task: String,
}

impl Things {
    async fn of(t: &TestApp) -> Self {
        let code = t.point("食堂三楼").to_string();
        let photo = std::fs::read("end2end/fixtures/canteen.jpg").unwrap();
        let form = crate::support::Multipart::new()
            .texts(&[("idempotency_key", "routes-0001"), ("role", "parent"), ("identity", "named"), ("body", "汤凉了")])
            .file("files", "汤.jpg", "image/jpeg", &photo);
        let number =
            t.visitor().json().post_multipart(&format!("/q/{code}"), form).await.expect(201).word("case_number");
        let office = t.staff(Role::Office).await;
        let admin = t.staff(Role::Admin).await;
        let id = |reply: Reply, before: &str| -> String {
            let html = reply.text();
            let ids = html.match_indices(before).map(|(at, _)| {
                html[at + before.len()..].chars().take_while(char::is_ascii_hexdigit).collect::<String>()
            });
            ids.filter(|id| id.len() == 32).last().unwrap_or_else(|| panic!("no {before} in {html}"))
        };
        let file = id(office.get(&format!("/desk/cases/{number}")).await, &format!("/desk/cases/{number}/files/"));
        Self {
            point: id(office.get("/desk/access-points").await, "/desk/access-points/"),
            department: id(admin.get("/admin/departments").await, "/admin/departments/"),
            topic: id(admin.get("/admin/topics").await, "/admin/topics/"),
            staff: id(admin.get("/admin/staff").await, "/admin/staff/"),
            opening: opening(&office).await,
            task: task(&office).await,
            number,
            code,
            file,
        }
    }

    /// Well-formed names of things that do not exist.
    fn nothing() -> Self {
        let id = || "0192f0c0000070008000000000000001".to_string();
        Self {
            number: String::new(),
            point: id(),
            department: id(),
            topic: id(),
            staff: id(),
            code: "NOPE99".into(),
            file: id(),
            opening: id(),
            task: id(),
        }
    }

    /// The path with its variables filled in; a variable that this test does not know fails it.
    fn path(&self, path: &str) -> String {
        let section = path.trim_start_matches('/');
        let id = if section.starts_with("desk/access-points") {
            &self.point
        } else if section.starts_with("desk/box-openings") {
            &self.opening
        } else if section.starts_with("desk/boxes") {
            &self.point
        } else if section.starts_with("desk/hotline") {
            &self.task
        } else if section.starts_with("admin/departments") {
            &self.department
        } else if section.starts_with("admin/topics") {
            &self.topic
        } else if section.starts_with("admin/staff") {
            &self.staff
        } else {
            &self.file
        };
        let filled = path
            .replace("{number}", &self.number)
            .replace("{id}", id)
            .replace("{code}", &self.code)
            .replace("{slug}", "xuelian")
            .replace("{token}", "0".repeat(52).as_str())
            .replace("{name}", "no-such-file.css");
        assert!(!filled.contains('{'), "{path} has a variable that this test does not fill");
        filled
    }
}

/// Somebody is to be called back; the task's id.
async fn task(office: &Client<'_>) -> String {
    let missed = [
        ("called_at", "2026-03-10T09:30"),
        ("number", "0991-1234567"),
        ("call_back", "1"),
        ("call_back_at", "2026-03-10T16:00"),
    ];
    office.post("/desk/hotline/missed", &missed).await.expect(303);
    let page = office.get("/desk/hotline").await.expect(200).text();
    page.split("/desk/hotline/tasks/").nth(1).unwrap().chars().take_while(char::is_ascii_hexdigit).collect()
}

/// A box is opened; the opening's id.
async fn opening(office: &Client<'_>) -> String {
    let page = office.get("/desk/boxes").await.expect(200).text();
    let point = page.split("<option value=\"").nth(1).unwrap().split('"').next().unwrap();
    let form = [
        ("box", point),
        ("opened_at", "2026-03-10T09:30"),
        ("opener", "冯涛"),
        ("witness", "王女士"),
        ("letters", "3"),
    ];
    let answer = office.post("/desk/boxes", &form).await.expect(303);
    answer.header("location").rsplit('/').next().unwrap().to_string()
}

async fn ask(client: &Client<'_>, route: &Route, path: &str) -> Reply {
    match route.method {
        Method::GET => client.get(path).await,
        _ => client.post(path, &[("version", "1"), ("note", "x"), ("form_version", "")]).await,
    }
}

/// The page without what differs from request to request.
fn shape(reply: &Reply, path: &str) -> String {
    let mut html = reply.text().replace(path, "PATH");
    for mark in ["编号：", "nonce-", "nonce=\""] {
        while let Some(at) = html.find(mark) {
            let end = html[at + mark.len()..].find(['<', '"', '\'']).map_or(html.len(), |e| at + mark.len() + e);
            html.replace_range(at..end, "");
        }
    }
    html
}

#[tokio::test]
async fn nobody_gets_in_where_the_table_does_not_say_so() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let things = Things::of(&t).await;
        let mut people = Vec::new();
        for role in Role::ALL {
            people.push((*role, t.staff(*role).await));
        }
        let before = t.dump().await;
        let mut refused = 0;
        for route in table() {
            let path = things.path(route.path);
            if route.access != Access::Public {
                let reply = ask(&t.visitor(), &route, &path).await;
                let expected = if route.method == Method::GET { 303 } else { 401 };
                assert_eq!(reply.status.as_u16(), expected, "{} {path} without a session", route.method);
            }
            for (role, client) in &people {
                if route.access.admits(Some(*role)) {
                    continue;
                }
                let reply = ask(client, &route, &path).await;
                assert_eq!(reply.status.as_u16(), 404, "{role} at {} {path}", route.method);
                let absent = ask(client, &route, "/no/such/page").await;
                assert_eq!(
                    shape(&reply, &path),
                    shape(&absent, "/no/such/page"),
                    "{role} at {path}: looks like absence"
                );
                refused += 1;
            }
        }
        assert!(refused > 200, "only {refused} refusals were tried");
        assert_eq!(t.dump().await, before, "a refused request changed the database");
    }
}

#[tokio::test]
async fn who_is_admitted_gets_an_answer_that_is_no_error_of_ours() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let things = Things::of(&t).await;
        for role in Role::ALL {
            for route in table().iter().filter(|r| r.access != Access::Public && r.access.admits(Some(*role))) {
                // A session may end on the way (sign out everywhere), so each route gets its own.
                let client = t.staff(*role).await;
                let path = things.path(route.path);
                let reply = ask(&client, route, &path).await;
                assert!(
                    reply.status.as_u16() < 500,
                    "{role} at {} {path}: {} {}",
                    route.method,
                    reply.status,
                    reply.text()
                );
                assert_ne!(reply.status.as_u16(), 401, "{role} at {} {path}", route.method);
            }
        }
    }
}

#[tokio::test]
async fn an_organisation_knows_nothing_of_another() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let things = Things::of(&t).await;
        let mut people = Vec::new();
        for login in t.another_school(Role::ALL).await {
            people.push((login.role, t.signed_in(&login).await));
        }
        let before = t.dump().await;
        let nothing = Things { number: "HY-7777-77".into(), ..Things::nothing() };
        for route in table().iter().filter(|r| r.path.contains("{number}") || r.path.contains("{id}")) {
            let path = things.path(route.path);
            let absent = nothing.path(route.path);
            for (role, client) in people.iter().filter(|(role, _)| route.access.admits(Some(*role))) {
                let reply = ask(client, route, &path).await;
                assert!(
                    reply.status.is_client_error(),
                    "{role} of another school at {} {path}: {}",
                    route.method,
                    reply.status
                );
                let unknown = ask(client, route, &absent).await;
                assert_eq!(shape(&reply, &path), shape(&unknown, &absent), "{role} at {path}: looks like absence");
            }
        }
        assert_eq!(t.dump().await, before, "somebody of another school changed something");
        for (role, client) in &people {
            for path in
                ["/desk?view=all", "/desk?view=all&format=csv", "/desk?view=all&q=汤", "/admin/staff", "/admin/audit"]
            {
                let text = client.get(path).await.text();
                assert!(
                    !text.contains(&things.number) && !text.contains("李秀英"),
                    "{role} reads {path} of another school"
                );
            }
        }
    }
}

#[tokio::test]
async fn every_route_stands_once_and_only_posts_change_things() {
    let table = table();
    for route in &table {
        assert_eq!(route.mutating, route.method == Method::POST, "{}", route.path);
        let same = table.iter().filter(|r| r.path == route.path && r.method == route.method).count();
        assert_eq!(same, 1, "{} {}", route.method, route.path);
    }
    let json = huiyin::http::router::table_json();
    let rows = json.as_array().unwrap();
    assert_eq!(rows.len(), table.len());
    assert!(rows.iter().all(|r| r["method"].is_string() && r["path"].is_string() && r["mutating"].is_boolean()));
    assert!(rows.iter().any(|r| r["path"] == "/q/{code}" && r["roles"] == "public"));
}
