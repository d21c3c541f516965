//! From one case to the next, in the list from which it was opened.

use huiyin::kernel::roles::Role;

use super::story::OnCase;
use crate::support::{Client, TestApp, engines};

/// The addresses of the cases of all pages of a list.
async fn listed(client: &Client<'_>, list: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut next = Some(list.to_string());
    while let Some(address) = next.take() {
        let html = client.get(&address).await.expect(200).text();
        all.extend(links(&html, "class=\"item\""));
        next = links(&html, "rel=\"next\"").pop();
    }
    all
}

/// The addresses of the links with this attribute.
fn links(html: &str, attribute: &str) -> Vec<String> {
    let tags = html.split("<a ").skip(1).map(|rest| rest.split('>').next().unwrap());
    let tags = tags.filter(|tag| tag.contains(attribute));
    tags.map(|tag| tag.split("href=\"").nth(1).unwrap().split('"').next().unwrap().replace("&amp;", "&")).collect()
}

/// The address behind a key.
fn linked(html: &str, key: &str) -> Option<String> {
    links(html, &format!("data-key=\"{key}\"")).pop()
}

#[tokio::test]
async fn every_list_is_walked_from_end_to_end_and_back() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        for i in 0..33 {
            if i % 5 == 0 {
                t.clock.advance(chrono::TimeDelta::hours(1));
            }
            let place = if i % 3 == 0 { "操场" } else { "校门口" };
            let from = t.visitor().from([10, 9, 0, i]);
            from.submit(t.point(place), &[("body", "走一走看一看")]).await.expect(201);
        }
        let office = t.staff(Role::Office).await;
        for (list, many) in [("/desk?view=open", 33), ("/desk?view=all", 33), ("/desk?view=all&q=操场", 11)] {
            let all = listed(&office, list).await;
            assert_eq!(all.len(), many, "{list} on {engine:?}");
            let mut walked = vec![all[0].clone()];
            let mut page = office.get(&all[0]).await.expect(200).text();
            while let Some(next) = linked(&page, "j") {
                page = office.get(&next).await.expect(200).text();
                walked.push(next);
                assert!(walked.len() <= many, "{list}: a case came twice");
            }
            assert_eq!(walked, all, "{list} on {engine:?}");
            assert!(page.contains("后面没有了"));
            let mut back = vec![walked.last().unwrap().clone()];
            while let Some(before) = linked(&page, "k") {
                page = office.get(&before).await.expect(200).text();
                back.push(before);
                assert!(back.len() <= many);
            }
            back.reverse();
            assert_eq!(back, all, "{list} on {engine:?}");
        }
        // Opened from nowhere, or from a made-up place, it stands in the usual list.
        let number = listed(&office, "/desk").await[0].split(['/', '?']).nth(3).unwrap().to_string();
        for query in ["", "?at=2", "?view=open"] {
            let page = office.get(&format!("/desk/cases/{number}{query}")).await.expect(200).text();
            assert!(page.contains("case-steps"), "{query}");
        }
    }
}

#[tokio::test]
async fn who_acts_stays_in_the_list_and_goes_on_to_the_next() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let mut numbers = Vec::new();
        for _ in 0..3 {
            t.clock.advance(chrono::TimeDelta::hours(2));
            numbers.push(t.visitor().submit(t.point("校门口"), &[]).await.expect(201).word("case_number"));
        }
        let office = t.staff(Role::Office).await;
        let all = listed(&office, "/desk?view=new").await;
        let page = office.get(&all[0]).await.expect(200);
        let list = page.input("list").unwrap().replace("&amp;", "&");
        assert_eq!(all[0], format!("/desk/cases/{}?{list}", numbers[0]));
        let canteen = OnCase::new(office.clone(), &numbers[0]).department("食堂").await;
        let version = page.input("version").unwrap();
        let form = [("form", "assign"), ("version", version.as_str()), ("list", list.as_str()), ("department", "")];
        // Refused, it is still in its list; done, too, although it has left it.
        let again = office.post(&format!("/desk/cases/{}/assign", numbers[0]), &form).await.expect(422).text();
        assert!(again.contains("case-steps") && again.contains(&numbers[1]));
        let form = [&form[..3], &[("department", canteen.as_str()), ("otherwise", "食堂的车")]].concat();
        let done = office.post(&format!("/desk/cases/{}/assign", numbers[0]), &form).await.expect(303);
        assert!(done.header("location").starts_with(&format!("{}&done=", all[0])), "{}", done.header("location"));
        let page = office.get(&all[0]).await.expect(200).text();
        assert_eq!(linked(&page, "j"), Some(all[1].clone()), "{engine:?}");
        assert!(page.contains("前面没有了"), "it is not its own neighbour");
        // The way back leads to where the case stood in the list.
        assert_eq!(linked(&page, "u"), Some(format!("/desk?view=new#case-{}", numbers[0])));
    }
}

#[tokio::test]
async fn a_case_opened_by_its_number_stands_in_the_usual_list_when_it_is_there() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let mut numbers = Vec::new();
        for _ in 0..3 {
            numbers.push(t.visitor().submit(t.point("校门口"), &[]).await.expect(201).word("case_number"));
            t.clock.advance(chrono::TimeDelta::days(1));
        }
        let office = t.staff(Role::Office).await;
        let list = office.get("/desk?format=csv&view=open").await.expect(200).text();
        let order: Vec<&str> =
            list.lines().skip(1).map(|l| l.trim_start_matches('\u{FEFF}').split('"').nth(1).unwrap()).collect();
        let at = order.iter().position(|n| *n == numbers[1]).unwrap();
        let page = office.get(&format!("/desk/cases/{}", numbers[1])).await.expect(200).text();
        for beside in [order[at - 1], order[at + 1]] {
            assert!(page.contains(&format!("/desk/cases/{beside}?view=open&amp;at=")), "{beside} {engine:?} {page}");
        }
        // What is not in the list has no neighbours there.
        let case = super::story::OnCase::new(office.clone(), &numbers[1]);
        case.act("decline", &[("decline_reason", "请找交警")]).await.expect(303);
        let page = office.get(&format!("/desk/cases/{}", numbers[1])).await.expect(200).text();
        assert!(!page.contains("view=open&amp;at="), "{engine:?}");
    }
}
