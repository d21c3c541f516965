//! The routing matrix: versions, proposals, decisions against them, trials.

use chrono::TimeDelta;
use huiyin::kernel::roles::Role;

use crate::{
    cases::story::OnCase,
    support::{Client, Multipart, TestApp, engines},
};

/// A draft is begun; its id.
pub async fn draft(office: &Client<'_>) -> String {
    let made = office.post("/desk/routing", &[]).await.expect(303);
    made.header("location").rsplit('/').next().unwrap().to_string()
}

/// The value of an option as the page's choices name it.
fn choice(page: &str, name: &str) -> String {
    let end = page.find(&format!(">{name}</option>")).unwrap_or_else(|| panic!("no {name} in {page}"));
    page[..end].rsplit("value=\"").next().unwrap().split('"').next().unwrap().to_string()
}

struct Matrix<'a> {
    office: Client<'a>,
    here: String,
}

impl<'a> Matrix<'a> {
    async fn draft(office: Client<'a>) -> Self {
        let here = format!("/desk/routing/{}", draft(&office).await);
        Self { office, here }
    }

    async fn page(&self) -> String {
        self.office.get(&self.here).await.expect(200).text()
    }

    async fn add(&self, topic: &str, place: &str, person: &str, department: &str) -> u16 {
        let page = self.page().await;
        let topic = if topic.is_empty() { String::new() } else { choice(&page, topic) };
        let department = choice(&page, department);
        let row = [("topic", topic.as_str()), ("place", place), ("person", person), ("department", &department)];
        self.office.post(&format!("{}/add", self.here), &row).await.status.as_u16()
    }

    async fn publish(&self, day: &str) -> u16 {
        let seen = self.office.get(&self.here).await.expect(200).input("version").unwrap();
        let form = [("version", seen.as_str()), ("starts_on", day)];
        self.office.post(&format!("{}/publish", self.here), &form).await.status.as_u16()
    }
}

async fn sent(t: &TestApp, place: &str, fields: &[(&str, &str)]) -> String {
    t.visitor().submit(t.point(place), fields).await.expect(201).word("case_number")
}

#[tokio::test]
async fn the_matrix_proposes_with_its_reason_and_another_choice_needs_one() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        // Before the first version, the topic's department is proposed, and choosing another needs no reason.
        let before = OnCase::new(t.staff(Role::Office).await, &sent(&t, "食堂三楼", &[]).await);
        let page = before.page().await.expect(200).text();
        assert!(page.contains("建议交食堂：这个类别平时归它办"), "{engine:?} {page}");
        let elsewhere = before.department("德育处").await;
        before.act("assign", &[("department", &elsewhere)]).await.expect(303);

        let matrix = Matrix::draft(t.staff(Role::Office).await).await;
        assert_eq!(matrix.add("食堂", "", "parent", "总务处").await, 303);
        assert_eq!(matrix.add("食堂", "", "parent", "食堂").await, 422, "no two rows name the same");
        assert_eq!(matrix.publish("2026-03-09").await, 422, "a day that has passed");
        assert_eq!(matrix.publish("2026-03-10").await, 303);
        let number = sent(&t, "食堂三楼", &[("role", "parent")]).await;
        let office = OnCase::new(t.staff(Role::Office).await, &number);
        let page = office.page().await.expect(200).text();
        assert!(page.contains("按3月10日的分派表：食堂 × 不限地点 × 家长 → 总务处"), "{engine:?} {page}");
        let student = OnCase::new(t.staff(Role::Office).await, &sent(&t, "食堂三楼", &[("role", "student")]).await);
        assert!(student.page().await.text().contains("食堂 × 不限地点 × 不限谁 → 食堂"), "{engine:?}");

        let canteen = office.department("食堂").await;
        let asked = office.act("assign", &[("department", &canteen), ("instruction", "请尽快去看")]).await.expect(422);
        assert!(asked.text().contains("请写一句原因") && asked.text().contains("请尽快去看"));
        assert_eq!(t.count("routing_decisions").await, 1, "nothing of a refused form stays");
        office.act("assign", &[("department", &canteen), ("otherwise", "总务处在盘点")]).await.expect(303);
        let page = office.page().await.text();
        assert!(page.contains("没按建议的部门交办") && page.contains("总务处在盘点"));
        student.act("assign", &[("department", &canteen)]).await.expect(303);

        let list = matrix.office.get("/desk/routing").await.expect(200).text();
        assert!(list.contains("总务处 → 食堂") && list.contains("总务处在盘点") && list.contains(&number), "{list}");
        let sums = "SELECT COUNT(*) || '/' || COUNT(CASE WHEN chosen_id <> proposed_id THEN 1 END) FROM routing_decisions WHERE version_id IS NOT NULL";
        assert_eq!(t.column(sums).await, ["2/1"], "{engine:?}");
        let cells: Vec<&str> = list.split("data-label=\"建议次数\" class=\"num\">").skip(1).map(|c| &c[..1]).collect();
        assert_eq!(cells, ["2"], "{list}");
        // The submitter is told nothing of it.
        assert_eq!(
            t.column("SELECT CAST(visible AS TEXT) FROM case_events WHERE kind = 'routed_otherwise'").await.len(),
            1
        );
        assert_eq!(
            t.column("SELECT kind FROM case_events WHERE kind = 'routed_otherwise' AND NOT CAST(visible AS BOOLEAN)")
                .await
                .len(),
            1
        );
        assert_eq!(t.column("SELECT action FROM audit_log WHERE action = 'routing.published'").await.len(), 1);
    }
}

#[tokio::test]
async fn who_is_recused_or_was_right_in_objecting_is_not_proposed() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let matrix = Matrix::draft(t.staff(Role::Office).await).await;
        assert_eq!(matrix.add("食堂", "食堂三楼", "", "总务处").await, 303);
        assert_eq!(matrix.publish("2026-03-10").await, 303);
        let office = OnCase::new(t.staff(Role::Office).await, &sent(&t, "食堂三楼", &[]).await);
        let logistics = office.department("总务处").await;
        let who = format!("department:{logistics}");
        office.act("recuse", &[("who", &who), ("recuse_reason", "说的就是他们")]).await.expect(303);
        let page = office.page().await.text();
        assert!(
            page.contains("食堂 × 不限地点 × 不限谁 → 食堂") && !page.contains("建议交总务处"),
            "{engine:?} {page}"
        );

        let number = sent(&t, "食堂三楼", &[]).await;
        let office = OnCase::new(t.staff(Role::Office).await, &number);
        office.act("assign", &[("department", &logistics)]).await.expect(303);
        let head = OnCase::new(t.signed_in(t.login(Role::DepartmentHead, Some("总务处"))).await, &number);
        head.act("object", &[("objection_reason", "食堂归食堂管")]).await.expect(303);
        office.act("rule", &[("ruling", "granted"), ("ruling_words", "对")]).await.expect(303);
        let page = office.page().await.text();
        assert!(
            page.contains("食堂 × 不限地点 × 不限谁 → 食堂") && !page.contains("建议交总务处"),
            "{engine:?} {page}"
        );
    }
}

#[tokio::test]
async fn what_is_published_is_frozen_and_starts_on_its_day() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let matrix = Matrix::draft(t.staff(Role::Office).await).await;
        assert_eq!(t.count("routing_rows").await, 6, "a row for each topic that has a department");
        // One draft at a time.
        assert_eq!(matrix.office.post("/desk/routing", &[]).await.expect(303).header("location"), "/desk/routing");
        let seen = matrix.office.get(&matrix.here).await.input("version").unwrap();
        assert_eq!(matrix.add("", "北门", "", "安全办").await, 303);
        let stale = [("version", seen.as_str()), ("starts_on", "2026-03-20")];
        matrix.office.post(&format!("{}/publish", matrix.here), &stale).await.expect(409);
        assert_eq!(matrix.publish("2026-03-20").await, 303);
        // Until its day the topic's own department is proposed.
        let number = sent(&t, "北门", &[("topic", "other")]).await;
        let case = OnCase::new(t.staff(Role::Office).await, &number);
        assert!(!case.page().await.text().contains("的分派表"), "{engine:?}");
        t.clock.advance(TimeDelta::days(10));
        let case = OnCase::new(t.staff(Role::Office).await, &number);
        assert!(case.page().await.text().contains("不限类别 × 北门 × 不限谁 → 安全办"), "{engine:?}");
    }
}

#[tokio::test]
async fn a_trial_says_what_would_change_and_changes_nothing() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let parent = sent(&t, "食堂三楼", &[("role", "parent")]).await;
        sent(&t, "食堂三楼", &[("role", "student")]).await;
        let office = OnCase::new(t.staff(Role::Office).await, &parent);
        let logistics = office.department("总务处").await;
        office.act("assign", &[("department", &logistics)]).await.expect(303);
        let matrix = Matrix::draft(t.staff(Role::Office).await).await;
        assert_eq!(matrix.add("食堂", "食堂三楼", "parent", "总务处").await, 303);
        let before = t.dump().await;
        let trial = matrix.office.get(&format!("{}/trial?cases=50", matrix.here)).await.expect(200).text();
        assert!(trial.contains(&format!("/desk/cases/{parent}")), "{engine:?} {trial}");
        assert!(trial.contains("食堂 → 总务处"), "{trial}");
        let numbers: Vec<&str> = trial.split("class=\"stat\"><b>").skip(1).map(|s| &s[..1]).collect();
        assert_eq!(numbers, ["1", "0", "1"], "changed, agreed now, agrees then: {trial}");
        assert_eq!(t.dump().await, before);
        // A case from which the person is recused is in no count.
        let me = t.column("SELECT display_name FROM staff WHERE role = 'office' ORDER BY username").await;
        assert_eq!(me.len(), 2);
        let other = OnCase::new(t.signed_in(t.login(Role::Office, None)).await, &parent);
        let page = other.page().await.text();
        let form = page.split("/recuse\"").nth(1).expect("the form of recusal");
        let id = choice(form, &t.login(Role::Office, None).name);
        other.act("recuse", &[("who", &id), ("recuse_reason", "亲戚")]).await.expect(303);
        let trial = matrix.office.get(&format!("{}/trial", matrix.here)).await.expect(200).text();
        assert!(!trial.contains(&parent) && trial.contains("没有一件会换部门"), "{trial}");
    }
}

#[tokio::test]
async fn a_version_that_has_not_started_is_taken_back_and_a_draft_thrown_away() {
    for engine in engines() {
        let mut t = TestApp::on(engine).await;
        let here = {
            let matrix = Matrix::draft(t.staff(Role::Office).await).await;
            assert_eq!(matrix.publish("2026-03-20").await, 303);
            assert!(matrix.page().await.contains("待生效"));
            matrix.office.post(&format!("{}/take-back", matrix.here), &[]).await.expect(303);
            assert!(matrix.page().await.contains("草稿"));
            assert_eq!(matrix.publish("2026-03-20").await, 303);
            matrix.here
        };
        t.clock.advance(TimeDelta::days(11));
        t = t.restart().await;
        let office = t.staff(Role::Office).await;
        assert!(office.get(&here).await.expect(200).text().contains("生效中"), "{engine:?}");
        let frozen = t.column("SELECT match_key FROM routing_rows ORDER BY match_key").await;
        // In force: nothing changes it any more, by whatever form.
        let row = t.column(match t.engine {
            crate::support::Engine::Sqlite => "SELECT LOWER(HEX(id)) FROM routing_rows LIMIT 1",
            crate::support::Engine::Postgres => "SELECT id::text FROM routing_rows LIMIT 1",
        });
        let row = row.await.remove(0);
        let department = OnCase::new(office.clone(), &sent(&t, "北门", &[]).await).department("食堂").await;
        office.post(&format!("{here}/remove"), &[("row", &row)]).await.expect(409);
        office.post(&format!("{here}/add"), &[("place", "北门"), ("department", &department)]).await.expect(409);
        office.post(&format!("{here}/discard"), &[]).await.expect(409);
        office.post(&format!("{here}/take-back"), &[]).await.expect(409);
        office.post(&format!("{here}/publish"), &[("version", "1"), ("starts_on", "2026-03-30")]).await.expect(409);
        assert_eq!(t.column("SELECT match_key FROM routing_rows ORDER BY match_key").await, frozen, "{engine:?}");

        let draft = format!("/desk/routing/{}", draft(&office).await);
        assert_eq!(t.count("routing_rows").await, frozen.len() * 2, "the draft begins with the rows in force");
        office.post(&format!("{draft}/discard"), &[]).await.expect(303);
        office.get(&draft).await.expect(404);
        assert_eq!(t.count("routing_rows").await, frozen.len());
    }
}

#[tokio::test]
async fn a_version_goes_out_as_a_file_and_comes_back_as_a_draft_with_a_word_for_every_line_it_can_not_use() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let matrix = Matrix::draft(t.staff(Role::Office).await).await;
        assert_eq!(matrix.add("食堂", "食堂三楼", "parent", "总务处").await, 303);
        assert_eq!(matrix.publish("2026-03-10").await, 303);
        let office = &matrix.office;
        let file = office.get(&format!("{}?format=csv", matrix.here)).await.expect(200);
        assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
        let text = file.text();
        assert!(text.contains("\"食堂\",\"食堂三楼\",\"家长\",\"总务处\""), "{text}");
        let rows =
            "SELECT match_key FROM routing_rows r JOIN routing_versions v ON v.id = r.version_id WHERE v.number = ";
        let frozen = t.column(&format!("{rows}1 ORDER BY match_key")).await;
        let send = async |text: &[u8]| {
            let form = Multipart::new().file("file", "matrix.csv", "text/csv", text);
            office.post_multipart("/desk/routing/import", form).await
        };

        // What went out comes back the same, as a draft; what is in force stays.
        let made = send(text.as_bytes()).await.expect(303);
        assert!(office.get(made.header("location")).await.expect(200).text().contains("草稿"));
        assert_eq!(t.column(&format!("{rows}2 ORDER BY match_key")).await, frozen, "{engine:?}");
        let page = send(text.as_bytes()).await.expect(409).text();
        assert!(page.contains("已经有一份草稿"), "{page}");
        office.post(&format!("{}/discard", made.header("location")), &[]).await.expect(303);

        // Both languages, codes, empty cells and defused formulas are read; the rest is told of, line by line.
        let mixed = "类别,地点,谁来说,交给\r\ncanteen,Any place,anybody,食堂\r\n,,,总务处\r\n\r\n食唐,,,食堂\r\n\
                     食堂,月球,,食堂\r\n食堂,,外星人,食堂\r\n食堂,,家长,'=1+1\r\n食堂,食堂\r\n食堂,,,总务处\r\n";
        let page = send(mixed.as_bytes()).await.expect(200).text();
        for told in [
            "读到 2 行，有 6 行没有用上",
            "第 5 行",
            "没有“食唐”这个类别",
            "没有“月球”这个地点",
            "“谁来说”里没有“外星人”",
            "没有“=1+1”这个部门",
            "第 9 行",
            "不够四列",
            "第 10 行",
            "前面已有同样条件的一行",
        ] {
            assert!(page.contains(told), "{told}: {page}");
        }
        assert_eq!(t.column(&format!("{rows}2")).await.len(), 2);
        assert_eq!(t.column(&format!("{rows}1 ORDER BY match_key")).await, frozen);
        let live = office.get("/desk/routing").await.text();
        assert!(live.contains("第 1 版") && live.contains("生效中"), "{live}");
        let draft =
            live.split("href=\"/desk/routing/").find(|s| s.contains("去改草稿")).unwrap().split('"').next().unwrap();
        office.post(&format!("/desk/routing/{draft}/discard"), &[]).await.expect(303);

        // Nothing of use, no file, or not UTF-8: no draft.
        let before = t.count("routing_versions").await;
        assert!(send("什么,都,不,对".as_bytes()).await.expect(422).text().contains("没有“什么”这个类别"));
        assert!(send(b"\xca\xb3\xcc\xc3,,,\xca\xb3").await.expect(422).text().contains("CSV UTF-8"));
        office.post("/desk/routing/import", &[]).await.expect(422);
        assert_eq!(t.count("routing_versions").await, before, "{engine:?}");
        assert_eq!(t.column("SELECT action FROM audit_log WHERE action = 'routing.imported'").await.len(), 2);
    }
}
