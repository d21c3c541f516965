//! The table of routes, walked by role (promise 13): nobody gets in where the table does not say so, a refusal looks like
//! absence and changes nothing, and organisations are sealed from each other (promise 14).

use axum::http::Method;
use huiyin::{
    http::{Access, Route, router::table},
    kernel::roles::Role,
};

use crate::{
    cases::story::OnCase,
    representatives::{answered, representative, waiting},
    support::{Client, Reply, TestApp, engines},
};

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
    order: String,
    questionnaire: String,
    letter: String,
    suggestion: String,
    appointment: String,
    draw: String,
    look: String,
    rectification: String,
    checklist: String,
    class: String,
    visit: Visited,
    patrol: Visited,
    task: String,
    version: String,
    channel: String,
    delivery: String,
    wish: String,
    look_alone: String,
    danger: String,
    todo: String,
    erasure: String,
    tag: String,
    bulk: String,
    text: String,
}

/// A visit with a finding and its photo.
struct Visited {
    id: String,
    photo: String,
    finding: String,
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
        let (letter, suggestion) = letter(t, &office).await;
        let (draw, look) = drawn(t).await;
        let (channel, delivery) = message(t, &admin).await;
        let file = id(office.get(&format!("/desk/cases/{number}")).await, &format!("/desk/cases/{number}/files/"));
        Self {
            point: id(office.get("/desk/access-points").await, "/desk/access-points/"),
            department: id(admin.get("/admin/departments").await, "/admin/departments/"),
            topic: id(admin.get("/admin/topics").await, "/admin/topics/"),
            staff: id(admin.get("/admin/staff").await, "/admin/staff/"),
            opening: opening(&office).await,
            order: order(t).await,
            questionnaire: questionnaire(&office).await,
            letter,
            suggestion,
            appointment: appointment(&office).await,
            draw,
            look,
            rectification: rectification(t).await,
            checklist: id(office.get("/desk/checklists").await, "/desk/checklists/"),
            class: class(&office).await,
            visit: visited(t, Role::Representative).await,
            patrol: visited(t, Role::StudentInspector).await,
            task: task(&office).await,
            version: crate::routing::draft(&office).await,
            channel,
            delivery,
            wish: wish(t).await,
            look_alone: look_alone(t).await,
            danger: danger(t).await,
            todo: todo(t).await,
            erasure: erasure(t).await,
            tag: tag(&office).await,
            bulk: bulk(&office, &number).await,
            text: crate::cases::templates::template(&office, "已转办", "{编号} 已转{处室}").await,
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
            order: id(),
            questionnaire: id(),
            letter: id(),
            suggestion: id(),
            appointment: id(),
            draw: id(),
            look: id(),
            rectification: id(),
            checklist: id(),
            class: id(),
            visit: Visited { id: id(), photo: id(), finding: id() },
            patrol: Visited { id: id(), photo: id(), finding: id() },
            task: id(),
            version: id(),
            channel: id(),
            delivery: id(),
            wish: id(),
            look_alone: id(),
            danger: "HY-7777-77".into(),
            todo: id(),
            erasure: id(),
            tag: id(),
            bulk: id(),
            text: id(),
        }
    }

    /// The path with its variables filled in; a variable that this test does not know fails it.
    fn path(&self, path: &str) -> String {
        let section = path.trim_start_matches('/');
        let id = if section.starts_with("desk/access-points") {
            &self.point
        } else if section.starts_with("desk/box-openings") {
            &self.opening
        } else if section.starts_with("desk/orders") {
            &self.order
        } else if section.starts_with("desk/questionnaires") {
            &self.questionnaire
        } else if section.starts_with("desk/letters") {
            &self.letter
        } else if section.starts_with("desk/letter-suggestions") {
            &self.suggestion
        } else if section.starts_with("desk/representatives/draws") {
            &self.draw
        } else if section.starts_with("desk/representatives") {
            &self.appointment
        } else if section.starts_with("rep/rechecks") {
            &self.look
        } else if section.starts_with("desk/rectifications") {
            &self.rectification
        } else if section.starts_with("desk/checklists") || section.contains("/visits/new") {
            &self.checklist
        } else if section.starts_with("desk/patrols/findings") {
            &self.patrol.finding
        } else if section.starts_with("desk/patrols") {
            &self.class
        } else if section.starts_with("patrol/visits") {
            &self.patrol.id
        } else if section.starts_with("rep/visits") || section.starts_with("desk/visits") {
            &self.visit.id
        } else if section.starts_with("desk/boxes") {
            &self.point
        } else if section.starts_with("desk/routing") {
            &self.version
        } else if section.starts_with("desk/identity-requests") {
            &self.wish
        } else if section.starts_with("desk/glass-reviews") {
            &self.look_alone
        } else if section.starts_with("desk/tasks") {
            &self.todo
        } else if section.starts_with("desk/erasures") {
            &self.erasure
        } else if section.starts_with("desk/tags") {
            &self.tag
        } else if section.starts_with("desk/templates") {
            &self.text
        } else if section.starts_with("desk/bulk") {
            &self.bulk
        } else if section.starts_with("desk/hotline") {
            &self.task
        } else if section.starts_with("admin/departments") {
            &self.department
        } else if section.starts_with("admin/topics") {
            &self.topic
        } else if section.starts_with("admin/notices/channels") {
            &self.channel
        } else if section.starts_with("admin/notices/deliveries") {
            &self.delivery
        } else if section.starts_with("admin/staff") {
            &self.staff
        } else {
            &self.file
        };
        let filled = path
            .replace("{number}", if section.starts_with("desk/safeguarding") { &self.danger } else { &self.number })
            .replace("{id}", id)
            .replace("{file}", if section.starts_with("patrol") { &self.patrol.photo } else { &self.visit.photo })
            .replace("{code}", &self.code)
            .replace("{key}", "s1")
            .replace("{slug}", "xuelian")
            .replace("{template}", "canteen")
            .replace("{token}", "0".repeat(52).as_str())
            .replace("{name}", "no-such-file.css");
        assert!(!filled.contains('{'), "{path} has a variable that this test does not fill");
        filled
    }
}

/// A webhook, and a message that waits for it: the ids of both.
async fn message(t: &TestApp, admin: &Client<'_>) -> (String, String) {
    let channel = [
        ("kind", "webhook"),
        ("name", "接口"),
        ("address", "https://school.example/hook"),
        ("secret", "0123456789abcdef"),
        ("news.fresh", "1"),
    ];
    let made = admin.post("/admin/notices/channels/new", &channel).await.expect(303);
    // News noted by the hour leave when it is over.
    t.clock.advance(chrono::TimeDelta::minutes(61));
    huiyin::notify::gather::gather(&t.app).await.unwrap();
    let id = made.header("location").split('?').next().unwrap().rsplit('/').next().unwrap().to_string();
    let deliveries = match t.engine {
        crate::support::Engine::Sqlite => "SELECT LOWER(HEX(id)) FROM deliveries",
        crate::support::Engine::Postgres => "SELECT REPLACE(CAST(id AS TEXT), '-', '') FROM deliveries",
    };
    (id, t.column(deliveries).await.remove(0))
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

/// The id in the last form of a page that leads below an address.
async fn below(client: &Client<'_>, page: &str, address: &str) -> String {
    let html = client.get(page).await.expect(200).text();
    let last = html.split(&format!("action=\"{address}/")).last().unwrap();
    last.chars().take_while(char::is_ascii_hexdigit).collect()
}

/// The safeguarding lead asks to open a sealed identity; the wish's id.
async fn wish(t: &TestApp) -> String {
    let fields = [("identity", "sealed"), ("contact_name", "王女士"), ("contact", "13912345678")];
    let number = t.visitor().submit(t.point("食堂三楼"), &fields).await.expect(201).word("case_number");
    let lead = t.staff(Role::SafeguardingLead).await;
    lead.post(&format!("/desk/cases/{number}/identity"), &[("reason", "须核实")]).await.expect(303);
    below(&t.staff(Role::Leader).await, "/desk/identity-requests", "/desk/identity-requests").await
}

/// The office takes a wish to erase down; the wish's id.
async fn erasure(t: &TestApp) -> String {
    let number = t.visitor().submit(t.point("食堂三楼"), &[]).await.expect(201).word("case_number");
    let path = format!("/desk/cases/{number}/personal-data/erase");
    t.staff(Role::Office).await.post(&path, &crate::personal_data::wish("case")).await.expect(303);
    below(&t.staff(Role::Leader).await, "/desk/erasures", "/desk/erasures").await
}

/// A word for cases is added; its id.
async fn tag(office: &Client<'_>) -> String {
    office.post("/desk/tags", &[("name", "要复查")]).await.expect(303);
    below(office, "/desk/tags", "/desk/tags").await
}

/// Something is tried with a case in bulk; the run's id.
async fn bulk(office: &Client<'_>, number: &str) -> String {
    let case = format!("{number}:1");
    let form = [("deed", "close"), ("case", case.as_str()), ("idempotency_key", "routes-bulk")];
    let done = office.post("/desk/bulk", &form).await.expect(303);
    done.header("location").split('?').next().unwrap().rsplit('/').next().unwrap().to_string()
}

/// A danger case; its number.
async fn danger(t: &TestApp) -> String {
    let fields = [("role", "student"), ("danger", "1"), ("body", "我不想活了")];
    t.visitor().submit(t.point("教学楼二层"), &fields).await.expect(201).word("case_number")
}

/// Somebody of the office gives themself something to do about a case; the task's id.
async fn todo(t: &TestApp) -> String {
    let number = t.visitor().submit(t.point("北门"), &[]).await.expect(201).word("case_number");
    let office = OnCase::new(t.staff(Role::Office).await, &number);
    let person = office.department(&t.login(Role::Office, None).name).await;
    office.act("task", &[("person", &person), ("task_due_on", "2026-03-12"), ("task", "打电话")]).await.expect(303);
    below(&office.client, "/desk/tasks", "/desk/tasks").await
}

/// Somebody of the office looks alone at the case of a student; the look's id.
async fn look_alone(t: &TestApp) -> String {
    let fields = [("role", "student"), ("body", "他们打我")];
    let number = t.visitor().submit(t.point("教学楼二层"), &fields).await.expect(201).word("case_number");
    let form = [("number", number.as_str()), ("reason", "孩子可能有危险")];
    t.staff(Role::Office).await.post("/desk/break-glass", &form).await.expect(200);
    below(&t.staff(Role::Auditor).await, "/desk/glass-reviews", "/desk/glass-reviews").await
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

/// An order is issued over a case of the canteen; the order's id.
async fn order(t: &TestApp) -> String {
    let number = crate::supervision::with_canteen(t, "汤又凉了").await;
    let order = [
        ("cases", number.as_str()),
        ("level", "press"),
        ("basis", "超期"),
        ("demand", "请办理"),
        ("due_on", "2026-03-13"),
    ];
    let answer = t.staff(Role::Leader).await.post("/desk/orders", &order).await.expect(303);
    answer.header("location").rsplit('/').next().unwrap().to_string()
}

/// A questionnaire is begun; its id.
async fn questionnaire(office: &Client<'_>) -> String {
    let made = office.post("/desk/questionnaires/new", &[("title", "食堂怎么样")]).await.expect(303);
    made.header("location").split('/').nth(3).unwrap().to_string()
}

/// A published letter with a reply that became a suggestion: the ids of both.
async fn letter(t: &TestApp, office: &Client<'_>) -> (String, String) {
    let letter = crate::letters::published(office).await;
    let answered = crate::letters::reply(t, &letter.address, &[("answer.comment", "少抄写")]).await;
    assert_eq!(answered, 201);
    let comment = crate::letters::box_of(&office.get(&letter.page).await.text(), "少抄写");
    let form = [("comment", comment.as_str()), ("do", "group"), ("new_title", "少抄写")];
    office.post(&format!("{}/comments", letter.page), &form).await.expect(303);
    let last = |path: &str| path.rsplit('/').next().unwrap().to_string();
    let html = office.get(&letter.page).await.text();
    let href = html.split("/desk/letter-suggestions/").nth(1).unwrap().split('"').next().unwrap().to_string();
    (last(&letter.page), href)
}

/// The last appointment of the demo.
async fn appointment(office: &Client<'_>) -> String {
    let page = office.get("/desk/representatives").await.expect(200).text();
    let ids = page.split("href=\"/desk/representatives/").filter_map(|rest| rest.split('"').next());
    ids.filter(|id| id.len() == 32).last().unwrap().to_string()
}

/// A draw of one answered case, and the look that waits for the representative.
async fn drawn(t: &TestApp) -> (String, String) {
    let number = answered(t, "食堂三楼", &[("body", "汤凉了")]).await;
    assert!(!number.is_empty());
    let draw = crate::representatives::drawn(&t.staff(Role::Office).await, "阿依古丽", "1").await;
    let look = waiting(&representative(t, "aygul").await).await.remove(0);
    let last = |path: String| path.rsplit('/').next().unwrap().to_string();
    (last(draw), last(look))
}

/// Something is to be put in order because of a case of the canteen; its id.
async fn rectification(t: &TestApp) -> String {
    let number = crate::supervision::with_canteen(t, "桶盖坏了").await;
    let address = crate::rectifications::made(&t.staff(Role::Office).await, &number).await;
    address.rsplit('/').next().unwrap().to_string()
}

/// A class is added; its id.
async fn class(office: &Client<'_>) -> String {
    office.post("/desk/patrols/classes", &[("names", "三(2)班")]).await.expect(303);
    let page = office.get("/desk/patrols/classes").await.expect(200).text();
    page.split("/desk/patrols/classes/").nth(1).unwrap().split('"').next().unwrap().to_string()
}

/// A visit is made by a person of a role.
async fn visited(t: &TestApp, role: Role) -> Visited {
    let walker = t.staff(role).await;
    let address = crate::visits::send(&walker, "卫生间", &[("a5", "no")], true).await;
    let page = walker.get(&address).await.expect(200).text();
    let finding = "SELECT LOWER(REPLACE(CAST(f.id AS TEXT), '-', '')) FROM findings f";
    let finding =
        if t.engine == crate::support::Engine::Sqlite { "SELECT LOWER(HEX(f.id)) FROM findings f" } else { finding };
    Visited {
        id: address.rsplit('/').next().unwrap().to_string(),
        photo: page.split("/files/").nth(1).unwrap().split('"').next().unwrap().to_string(),
        finding: t.column(&format!("{finding} ORDER BY id DESC LIMIT 1")).await.remove(0),
    }
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
async fn a_department_knows_nothing_of_what_another_has() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let things = Things::of(&t).await;
        let office = OnCase::new(t.staff(Role::Office).await, &things.number);
        let canteen = office.department("食堂").await;
        office.act("assign", &[("department", &canteen), ("instruction", "请查汤温")]).await.expect(303);
        let own = t.signed_in(t.login(Role::DepartmentHead, Some("食堂"))).await;
        own.get(&format!("/desk/cases/{}", things.number)).await.expect(200);
        own.get(&format!("/desk/orders/{}", things.order)).await.expect(200);
        own.get(&format!("/desk/cases/{}/files/{}", things.number, things.file)).await.expect(200);

        let mut people = Vec::new();
        for (role, department) in
            [(Role::DepartmentHead, "德育处"), (Role::DepartmentHead, "总务处"), (Role::Handler, "总务处")]
        {
            people.push((role, t.signed_in(t.login(role, Some(department))).await));
        }
        let before = t.dump().await;
        let nothing = Things { number: "HY-7777-77".into(), ..Things::nothing() };
        let mut tried = 0;
        for route in table().iter().filter(|r| r.path.contains("{number}") || r.path.contains("{id}")) {
            let (path, absent) = (things.path(route.path), nothing.path(route.path));
            for (role, client) in
                people.iter().filter(|(role, _)| route.access != Access::Public && route.access.admits(Some(*role)))
            {
                let reply = ask(client, route, &path).await;
                assert_eq!(reply.status.as_u16(), 404, "{role} at {} {path}", route.method);
                let unknown = ask(client, route, &absent).await;
                assert_eq!(shape(&reply, &path), shape(&unknown, &absent), "{role} at {path}: looks like absence");
                tried += 1;
            }
        }
        assert!(tried > 20, "only {tried} were tried");
        assert_eq!(t.dump().await, before, "somebody of another department changed something");
        for (role, client) in &people {
            for path in
                ["/desk?view=all", "/desk?view=all&format=csv", "/desk?view=all&q=汤", "/desk/orders", "/desk/notices"]
            {
                assert!(!client.get(path).await.text().contains(&things.number), "{role} reads {path}");
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
