//! The list as a file, and the number on the public board.

use calamine::{Data, Reader, Xlsx};

use super::*;

#[tokio::test]
async fn the_list_is_taken_as_a_file_by_whom_sees_it_and_no_cell_is_a_formula() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let office = t.staff(Role::Office).await;
        let number = with_canteen(&t, "汤是凉的").await;
        let new = format!("/desk/rectifications/new?case={number}");
        let (canteen, general) = (department(&office, &new, "食堂").await, department(&office, &new, "总务处").await);
        let make = async |department: &str, measure: &str| {
            let form = form(("case", &number), department, &[("measure", measure)]);
            office.post_multipart("/desk/rectifications/new", form).await.expect(303);
        };
        make(&canteen, "=HYPERLINK(\"http://x\")").await;
        make(&general, "换灯管").await;

        let csv = office.get("/desk/rectifications?format=csv").await.expect(200);
        assert!(csv.header("content-disposition").contains("rectifications.csv"));
        let csv = csv.text();
        assert!(csv.contains("\"'=HYPERLINK(\"\"http://x\"\")\"") && csv.contains("换灯管"), "{csv}");
        assert!(csv.contains(&number) && csv.contains("\"1280.50\"") && csv.contains("待整改"), "{csv}");
        let narrowed = format!("/desk/rectifications?department={general}&format=csv");
        let csv = office.get(&narrowed).await.expect(200).text();
        assert_eq!((csv.lines().count(), csv.contains("换灯管")), (2, true), "{csv}");
        let none = office.get("/desk/rectifications?state=fixed&format=csv").await.expect(200).text();
        assert_eq!(none.lines().count(), 1, "{none}");

        // A department takes its own; the number of a case comes only to those who may see the case.
        let handler = t.signed_in(t.login(Role::Handler, Some("总务处"))).await;
        let csv = handler.get("/desk/rectifications?format=csv").await.expect(200).text();
        assert_eq!((csv.lines().count(), csv.contains("换灯管")), (2, true), "{csv}");
        assert!(!csv.contains(&number), "{csv}");

        let book = office.get("/desk/rectifications?format=xlsx").await.expect(200);
        let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(book.body)).unwrap();
        let sheet = book.worksheet_range_at(0).unwrap().unwrap();
        assert_eq!(sheet.height(), 3);
        let costs = sheet.used_cells().filter(|(.., cell)| **cell == Data::Float(1280.5)).count();
        assert_eq!(costs, 2, "money adds up in a spreadsheet");
        assert!(sheet.used_cells().any(|(.., cell)| cell == &Data::String("=HYPERLINK(\"http://x\")".into())));
        let name = book.sheet_names()[0].clone();
        assert_eq!(book.worksheet_formula(&name).unwrap().used_cells().count(), 0);
        office.get("/desk/rectifications?format=docx").await.expect(404);
        let taken = t.column("SELECT detail FROM audit_log WHERE action = 'rectification.exported'").await;
        assert_eq!(taken.len(), 5, "{taken:?}");
        t.staff(Role::Auditor).await.get("/desk/rectifications?format=csv").await.expect(404);
    }
}

#[tokio::test]
async fn the_board_counts_what_was_put_in_order_once_it_is_five() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let office = t.staff(Role::Office).await;
        let number = with_canteen(&t, "汤是凉的").await;
        let mut all = Vec::new();
        for _ in 0..6 {
            let one = made(&office, &number).await;
            report(&office, &one, "换好了").await.expect(303);
            all.push(one);
        }
        let done = async || {
            let html = t.visitor().get("/xuelian/board").await.expect(200).text();
            let (before, _) = html.split_once("<span>整改完成</span>").unwrap_or_else(|| panic!("{html}"));
            before.rsplit("<b>").next().unwrap().replace("</b>", "")
        };
        assert_eq!(done().await, "少于 5", "this week's are counted on Monday, on {engine:?}");
        t.clock.advance(TimeDelta::days(7));
        assert_eq!(done().await, "6", "{engine:?}");
        // What changes during the week is seen on the next Monday; then there are fewer than five.
        let office = t.staff(Role::Office).await;
        for one in &all[..2] {
            let version = office.get(one).await.input("version").unwrap();
            let form = [("version", version.as_str()), ("reason", "下达错了")];
            office.post(&format!("{one}/withdraw"), &form).await.expect(303);
        }
        assert_eq!(done().await, "6", "{engine:?}");
        t.clock.advance(TimeDelta::days(7));
        assert_eq!(done().await, "少于 5", "{engine:?}");
        // A board that was kept before they were counted says nothing of them.
        let kept = r#"{"received":"Few","answered":"Few","overdue":"Few","lines":[]}"#;
        t.execute(&format!("UPDATE boards SET numbers = '{kept}'")).await;
        let html = t.visitor().get("/xuelian/board").await.expect(200).text();
        assert!(!html.contains("<span>整改完成</span>"), "{html}");
        // Cases that left the ordinary queue are counted nowhere.
        t.execute("DELETE FROM boards").await;
        t.execute("UPDATE rectifications SET state = 'reported'").await;
        assert_eq!(done().await, "6", "{engine:?}");
        t.execute("DELETE FROM boards").await;
        t.execute("UPDATE cases SET lane = 'safeguarding'").await;
        assert_eq!(done().await, "少于 5", "{engine:?}");
    }
}
