//! From the gate to an answer and back, and two people at once.

use huiyin::kernel::roles::Role;

use crate::support::{Client, Reply, TestApp, engines};

/// The page of a case, the version that its forms carry, and a verb on it.
pub struct OnCase<'a> {
    pub client: Client<'a>,
    pub path: String,
}

impl<'a> OnCase<'a> {
    pub fn new(client: Client<'a>, number: &str) -> Self {
        Self { client, path: format!("/desk/cases/{number}") }
    }

    pub async fn page(&self) -> Reply {
        self.client.get(&self.path).await
    }

    /// Does something as the page offers it now.
    pub async fn act(&self, verb: &str, fields: &[(&str, &str)]) -> Reply {
        let version = self.page().await.expect(200).input("version").unwrap_or_default();
        self.act_at(verb, &version, fields).await
    }

    /// Does something as a page offered it that was opened earlier.
    pub async fn act_at(&self, verb: &str, version: &str, fields: &[(&str, &str)]) -> Reply {
        let fields = [&[("version", version), ("form", verb)], fields].concat();
        self.client.post(&format!("{}/{verb}", self.path), &fields).await
    }

    /// The id of a department as the page's choice names it.
    pub async fn department(&self, name: &str) -> String {
        let page = self.page().await.text();
        let end = page.find(&format!(">{name}</option>")).unwrap_or_else(|| panic!("no {name} in {page}"));
        page[..end].rsplit("value=\"").next().unwrap().split('"').next().unwrap().to_string()
    }
}

#[tokio::test]
async fn a_complaint_goes_from_the_gate_to_an_answer_and_a_judgement() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let receipt = t
            .visitor()
            .submit(t.point("食堂三楼"), &[("topic", "canteen"), ("body", "保温台是凉的")])
            .await
            .expect(201);
        let (number, code) = (receipt.word("case_number"), receipt.word("tracking_code"));
        let office = OnCase::new(t.staff(Role::Office).await, &number);
        let canteen = office.department("食堂").await;
        office
            .act("assign", &[("department", &canteen), ("due_on", ""), ("instruction", "请看一下")])
            .await
            .expect(303);

        let handler = OnCase::new(t.signed_in(t.login(Role::Handler, Some("食堂"))).await, &number);
        let stranger = OnCase::new(t.signed_in(t.login(Role::Handler, Some("总务处"))).await, &number);
        stranger.page().await.expect(404);
        handler.act("start", &[]).await.expect(303);
        handler.act("draft", &[("reply", "草稿")]).await.expect(303);
        handler.act("hand-in", &[("reply", "加热管已换好。")]).await.expect(303);
        let track = async || t.visitor().json().post("/track", &[("tracking_code", &code)]).await.expect(200);
        assert!(!track().await.text().contains("加热管"), "not out before the office lets it out");
        office.act("send-back", &[("comment", "请写清楚今后怎么做")]).await.expect(303);
        handler.act("hand-in", &[("reply", "加热管已换好，今后每天测温。")]).await.expect(303);
        office.act("let-out", &[("reply", "加热管已换好，今后每天测温。")]).await.expect(303);
        let seen = track().await;
        assert_eq!(seen.word("state"), "answered");
        assert!(seen.text().contains("今后每天测温") && !seen.text().contains("请写清楚"), "{}", seen.text());
        assert_eq!(seen.word("department"), "食堂");

        // Not solved: back to the office, not to the handler.
        let no = [
            ("tracking_code", code.as_str()),
            ("action", "rate"),
            ("contacted", "yes"),
            ("solved", "no"),
            ("satisfied", "no"),
        ];
        t.visitor().json().post("/track", &no).await.expect(200);
        assert_eq!(track().await.word("state"), "reopened");
        office.act("let-out", &[("reply", "保温台整个换了。")]).await.expect(303);
        let yes = [
            ("tracking_code", code.as_str()),
            ("action", "rate"),
            ("contacted", "yes"),
            ("solved", "yes"),
            ("satisfied", "yes"),
        ];
        t.visitor().json().post("/track", &yes).await.expect(200);
        assert_eq!(track().await.word("state"), "closed");
        assert_eq!(t.count("callbacks").await, 2, "a judgement is kept beside the earlier one");
        huiyin_verifies(&t).await;
    }
}

/// The audit log's chain holds.
async fn huiyin_verifies(t: &TestApp) {
    let report = huiyin::audit::verify::verify(
        &mut t.app.db.read().await.unwrap(),
        &t.app.keys,
        &std::collections::HashMap::new(),
    )
    .await
    .unwrap();
    assert!(report.entries > 10);
}

#[tokio::test]
async fn of_two_people_one_wins_and_the_other_sees_the_case_as_it_is() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let number = t.visitor().submit(t.point("食堂三楼"), &[]).await.expect(201).word("case_number");
        let logins: Vec<_> = t.demo.staff.iter().filter(|l| l.role == Role::Office).collect();
        let a = OnCase::new(t.signed_in(logins[0]).await, &number);
        let b = OnCase::new(t.signed_in(logins[1]).await, &number);
        let version = a.page().await.input("version").unwrap();
        let (canteen, safety) = (a.department("食堂").await, a.department("安全办").await);
        let of_a = [("department", canteen.as_str()), ("instruction", "甲的话")];
        let of_b = [("department", safety.as_str()), ("instruction", "乙的话")];
        let (first, second) = tokio::join!(a.act_at("assign", &version, &of_a), b.act_at("assign", &version, &of_b));
        let mut statuses = [first.status.as_u16(), second.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409]);
        let (loser, words) = if first.status.as_u16() == 409 { (first, "甲的话") } else { (second, "乙的话") };
        assert!(loser.text().contains("已交办"), "the page shows the state now: {}", loser.text());
        assert!(loser.text().contains(words), "and what was typed: {}", loser.text());
        assert_eq!(t.count("assignments").await, 1);
    }
}

#[tokio::test]
async fn what_people_write_never_becomes_active() {
    let t = TestApp::start().await;
    let body = "</textarea><script>alert(1)</script><img src=x onerror=alert(1)>'\"&amp;{{7*7}}";
    let contact = "=HYPERLINK(\"http://evil.example\")";
    let receipt = t
        .visitor()
        .submit(
            t.point("食堂三楼"),
            &[
                ("body", body),
                ("identity", "named"),
                ("contact_name", contact),
                ("answer.where", "<svg onload=alert(1)>"),
            ],
        )
        .await
        .expect(201);
    let office = OnCase::new(t.staff(Role::Office).await, &receipt.word("case_number"));
    office.act("note", &[("note", body)]).await.expect(303);
    office.act("message", &[("message", body)]).await.expect(303);
    let code = receipt.word("tracking_code");
    let pages = [
        office.page().await.text(),
        office.client.get("/desk?view=all").await.text(),
        office.client.get(&format!("/desk?view=all&q={}", "%22%3E%3Cscript%3Ealert(1)%3C/script%3E")).await.text(),
        t.visitor().post("/track", &[("tracking_code", &code)]).await.text(),
        t.visitor().post("/track", &[("tracking_code", &code), ("action", "message"), ("message", body)]).await.text(),
    ];
    for page in pages {
        for active in ["<script>alert", "<img src=x", "<svg onload"] {
            assert!(!page.contains(active), "{active} in {page}");
        }
    }
}
