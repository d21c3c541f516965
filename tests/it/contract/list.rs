//! The list and its search: the same answer from both databases.

use huiyin::kernel::roles::Role;

use crate::support::{TestApp, engines};

const TEXTS: [&str; 9] = [
    "三楼的汤是凉的，保温台坏了",
    "保温杯丢在操场",
    "𠮷野家的牛肉饭",
    "The canteen soup is cold, please check the heater",
    "汤太咸 SOUP too salty",
    "校车司机开得太快",
    "班车晚点，校门口堵车",
    "打印机卡纸：型号 HP-1020 坏了",
    "老师表扬了小明👏👏",
];

/// Query and the numbers of the texts that it finds.
const QUERIES: [(&str, &[usize]); 16] = [
    ("保温", &[0, 1]),
    ("保温台", &[0]),
    ("汤", &[0, 4]),
    ("凉的", &[0]),
    ("𠮷", &[2]),
    ("𠮷野", &[2]),
    ("soup", &[3, 4]),
    ("Soup COLD", &[3]),
    ("校车", &[5]),
    ("车", &[5, 6]),
    ("汤 坏了", &[0]),
    ("HP-1020", &[7]),
    ("没有这个词", &[]),
    ("% _ ' \" * ( ) OR NOT", &[]),
    ("\u{0}保温台", &[0]),
    ("小明", &[8]),
];

#[tokio::test]
async fn both_databases_find_the_same() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let mut numbers = Vec::new();
        for text in TEXTS {
            numbers
                .push(t.visitor().submit(t.point("校门口"), &[("body", text)]).await.expect(201).word("case_number"));
        }
        let office = t.staff(Role::Office).await;
        for (query, expected) in QUERIES {
            let escaped: String = query.bytes().map(|b| format!("%{b:02X}")).collect();
            let csv = office.get(&format!("/desk?view=all&format=csv&q={escaped}")).await.expect(200).text();
            let found: Vec<usize> = (0..TEXTS.len()).filter(|i| csv.contains(&numbers[*i])).collect();
            assert_eq!(found, expected, "{query:?} on {engine:?}");
        }
        // What the submitter writes later is found too, together with what they wrote first.
        let later = t.visitor().submit(t.point("校门口"), &[("body", "楼梯扶手松了")]).await.expect(201);
        let message = [
            ("tracking_code", later.word("tracking_code")),
            ("action", "message".into()),
            ("message", "二楼，靠窗那一侧".into()),
            ("idempotency_key", crate::support::key()),
        ];
        let message: Vec<(&str, &str)> = message.iter().map(|(k, v)| (*k, v.as_str())).collect();
        t.visitor().json().post("/track", &message).await.expect(200);
        for words in ["扶手", "靠窗", "扶手+靠窗"] {
            let csv = office.get(&format!("/desk?view=all&format=csv&q={words}")).await.expect(200).text();
            assert!(csv.contains(&later.word("case_number")), "{words} on {engine:?}");
        }
        // Every list gives the same hits: they are looked up in different ways.
        for list in ["view=open", "view=new", "view=all&state=received", "view=all&overdue=0"] {
            let csv = office.get(&format!("/desk?{list}&format=csv&q=保温")).await.expect(200).text();
            let found: Vec<usize> = (0..TEXTS.len()).filter(|i| csv.contains(&numbers[*i])).collect();
            assert_eq!(found, [0, 1], "{list} on {engine:?}");
        }
        // The number itself, also typed sloppily, and the place.
        let sloppy = numbers[3].to_lowercase();
        let found = office.get(&format!("/desk?q={sloppy}")).await;
        let (text, leads_to) = (found.text(), found.header("location").to_string());
        assert!(text.contains(&numbers[3]) || leads_to.contains(&numbers[3]), "{sloppy}: {} {text}", found.status);
        assert!(office.get("/desk?q=校门口").await.text().contains(&numbers[0]));
    }
}

#[tokio::test]
async fn paging_gives_every_case_once_and_in_order() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let mut sent = std::collections::BTreeSet::new();
        for i in 0..620 {
            if i % 3 == 0 {
                t.clock.advance(chrono::TimeDelta::hours(1));
            }
            let from = t.visitor().from([10, 9, 0, u8::try_from(i % 200).unwrap()]);
            sent.insert(from.submit(t.point("校门口"), &[("body", "同一句话")]).await.expect(201).word("case_number"));
        }
        let office = t.staff(Role::Office).await;
        let csv = office.get("/desk?view=all&format=csv").await.expect(200).text();
        let rows: Vec<&str> = csv.lines().skip(1).collect();
        let numbers: std::collections::BTreeSet<String> =
            rows.iter().map(|row| row.split('"').nth(1).unwrap().to_string()).collect();
        assert_eq!((rows.len(), &numbers), (620, &sent), "the export, in stretches of 500");

        for view in ["all", "open"] {
            let mut seen = Vec::new();
            let mut next = Some(format!("/desk?view={view}"));
            while let Some(address) = next.take() {
                let html = office.get(&address).await.expect(200).text();
                let here: Vec<String> = html
                    .split("class=\"item\"")
                    .skip(1)
                    .map(|item| item.split("case-number\">").nth(1).unwrap().split('<').next().unwrap().to_string())
                    .collect();
                assert!(!here.is_empty(), "an empty page: {address}");
                seen.extend(here);
                let link = html
                    .split("href=\"")
                    .filter_map(|s| s.split('"').next())
                    .find(|s| s.contains("page=") && !s.contains("pick="));
                next = link.map(|l| l.replace("&amp;", "&"));
                assert!(seen.len() <= 620, "a case came twice");
            }
            let once: std::collections::BTreeSet<String> = seen.iter().cloned().collect();
            assert_eq!((seen.len(), once), (620, sent.clone()), "{view} on {engine:?}");
        }
    }
}

#[tokio::test]
async fn the_workbook_has_every_case_of_the_list_and_no_formula() {
    use calamine::{Data, Reader, Xlsx};
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let texts = ["=HYPERLINK(\"http://example.com\")", "+86 汤凉了", "@SUM(A1)", "𠮷野家 👏"];
        for text in texts {
            t.visitor().submit(t.point("校门口"), &[("body", text)]).await.expect(201);
        }
        let office = t.staff(Role::Office).await;
        let reply = office.get("/desk?view=all&format=xlsx").await.expect(200);
        assert!(reply.header("content-type").contains("spreadsheetml"));
        let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(reply.body.clone())).unwrap();
        let sheet = book.worksheet_range_at(0).unwrap().unwrap();
        assert_eq!(sheet.height(), texts.len() + 1);
        let last = sheet.width() - 1;
        let shown: Vec<String> = sheet.rows().skip(1).map(|row| row[last].to_string()).collect();
        for text in texts {
            assert!(shown.iter().any(|cell| cell == text), "{text} in {shown:?}");
        }
        assert!(sheet.used_cells().all(|(.., cell)| matches!(cell, Data::String(_))));
        let name = book.sheet_names()[0].clone();
        assert_eq!(book.worksheet_formula(&name).unwrap().used_cells().count(), 0);
        office.get("/desk?format=docx").await.expect(404);
    }
}
