//! Reports: their numbers are those of the list, and of what was done.

use huiyin::kernel::roles::Role;

use crate::{
    cases::story::OnCase,
    supervision::with_canteen,
    support::{Client, TestApp, engines},
};

/// How many cases the list behind a link has.
async fn listed(client: &Client<'_>, href: &str) -> usize {
    let csv = client.get(&format!("{}&format=csv", href.replace("&amp;", "&"))).await.expect(200).text();
    csv.trim_end().lines().count() - 1
}

/// The links of the first row of numbers, with the number of each.
fn stats(page: &str) -> Vec<(String, usize)> {
    page.split("<a ")
        .filter(|link| link.split('>').next().unwrap().contains("class=\"stat"))
        .map(|link| {
            let href = link.split("href=\"").nth(1).unwrap().split('"').next().unwrap().to_string();
            let number = link.split("<b>").nth(1).unwrap().split('<').next().unwrap().parse().unwrap();
            (href, number)
        })
        .collect()
}

#[tokio::test]
async fn every_number_opens_the_cases_that_it_counts() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let number = with_canteen(&t, "汤是凉的").await;
        with_canteen(&t, "米饭太硬").await;
        let gone = t.visitor().submit(t.point("北门"), &[("body", "发错了")]).await.expect(201);
        let code = gone.word("tracking_code");
        t.visitor().post("/track", &[("tracking_code", &code), ("action", "withdraw")]).await.expect(200);
        let danger = [("body", "有人要打我"), ("danger", "1")];
        t.visitor().submit(t.point("北门"), &danger).await.expect(201);
        let canteen = OnCase::new(t.signed_in(t.login(Role::Handler, Some("食堂"))).await, &number);
        canteen.act("hand-in", &[("reply", "换了保温台"), ("outcome", "")]).await.expect(303);
        let office = OnCase::new(t.staff(Role::Office).await, &number);
        office.act("let-out", &[("reply", "换了保温台"), ("outcome", "")]).await.expect(303);

        let leader = t.staff(Role::Leader).await;
        let here = "/desk/reports?from=2026-03-01&to=2026-03-31";
        let page = leader.get(here).await.expect(200).text();
        let stats = stats(&page);
        assert_eq!(stats.iter().map(|(_, n)| *n).collect::<Vec<_>>(), [3, 1, 1, 0], "{engine:?}");
        for (href, number) in &stats {
            assert_eq!(listed(&leader, href).await, *number, "{href}");
        }
        assert!(page.contains("100.0%（1/1）"), "one was due or answered, and in time");
        assert!(!page.contains("有人要打我"));
        let csv = leader.get(&format!("{here}&format=csv")).await.expect(200).text();
        let all = csv.lines().nth(1).unwrap();
        assert_eq!(all, "\"全部\",\"3\",\"1\",\"1\",\"0\",\"1\",\"1\",\"0\",\"0\",\"0\",\"1\",\"0\",\"0\"");

        // What comes before or after is not in it.
        let empty = leader.get("/desk/reports?from=2026-01-01&to=2026-02-28").await.expect(200).text();
        assert_eq!(self::stats(&empty).iter().map(|(_, n)| *n).sum::<usize>(), 0);
        leader.get("/desk/reports?format=docx").await.expect(404);
    }
}

#[tokio::test]
async fn late_is_late_for_the_submitter_too() {
    let t = TestApp::start().await;
    with_canteen(&t, "汤是凉的").await;
    t.clock.advance(chrono::TimeDelta::days(20));
    let leader = t.staff(Role::Leader).await;
    let page = leader.get("/desk/reports?from=2026-03-01&to=2026-03-31").await.expect(200).text();
    let stats = stats(&page);
    assert_eq!(stats[3].1, 1);
    assert_eq!(listed(&leader, &stats[3].0).await, 1);
    assert!(page.contains("0.0%（0/1）"));
}

#[tokio::test]
async fn the_workbook_has_numbers_as_numbers() {
    use calamine::{Data, Reader, Xlsx};
    let t = TestApp::start().await;
    with_canteen(&t, "汤是凉的").await;
    let leader = t.staff(Role::Leader).await;
    let reply = leader.get("/desk/reports?from=2026-03-01&to=2026-03-31&format=xlsx").await.expect(200);
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(reply.body.clone())).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    assert_eq!(sheet.get_value((1, 1)), Some(&Data::Float(1.0)));
    assert!(sheet.rows().any(|row| row[0] == Data::String("食堂".into()) && row[1] == Data::Float(1.0)));
}
