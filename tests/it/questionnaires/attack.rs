//! Somebody with an account watches: a look after every answer, every row of the breakdown, the file beside the
//! page. Nothing that is shown, and no difference of two things that are, is about fewer than five.

use std::collections::{BTreeMap, BTreeSet};

use huiyin::kernel::roles::Role;

use super::{
    Asked, asked,
    results::{self, meal, meals},
};
use crate::support::{Client, TestApp};

const KEYS: [&str; 4] = ["q1", "q2", "q3", "q4"];

/// The results, or nothing before the first stage.
async fn results(office: &Client<'_>, q: &Asked) -> String {
    office.get(&format!("{}/results", q.desk)).await.expect(200).text()
}

/// The numbers of a question; none where the page holds its figure back.
fn told(page: &str, key: &str) -> Vec<(String, u64)> {
    let shown = page.contains(&format!("id=\"q-{key}\""));
    if shown { results::told(page, key) } else { Vec::new() }
}

fn enough(n: u64) -> bool {
    n == 0 || n >= 5
}

#[tokio::test]
async fn no_two_looks_differ_by_fewer_than_five() {
    let t = TestApp::start().await;
    let q = asked(&t, meals(), "free").await;
    let office = t.staff(Role::Office).await;
    let mut before: BTreeMap<(&str, String), u64> = BTreeMap::new();
    let mut seen = 0;
    for n in 0..85 {
        // Uneven, so that some groups are small.
        meal(&t, &q, n * n % 11).await;
        let page = results(&office, &q).await;
        let mut now = BTreeMap::new();
        for key in KEYS {
            for (label, count) in told(&page, key) {
                assert!(count >= 5, "{key} {label}: {count} after {n}");
                now.insert((key, label), count);
            }
        }
        if now != before {
            seen += 1;
            // Other groups are of another stage: other people, of whom nothing can be taken away.
            let same_groups = before.keys().eq(now.keys());
            for (place, count) in now.iter().filter(|_| same_groups) {
                let old = before.get(place).copied().unwrap_or(0);
                assert!(enough(count.abs_diff(old)), "{place:?}: {old}, then {count} after {n}");
            }
        }
        before = now;
    }
    assert!((2..=4).contains(&seen), "counted in stages, {seen} times");
    // The file holds no group that is smaller, either.
    let csv = office.get(&format!("{}/results?format=csv", q.desk)).await.expect(200).text();
    let cells = |line: &str| -> Vec<String> { line.split("\",\"").map(|c| c.trim_matches('"').to_string()).collect() };
    let texts = cells(csv.lines().next().unwrap()).iter().position(|title| title.contains("想说的话"));
    let mut columns: BTreeMap<(usize, String), u64> = BTreeMap::new();
    for (at, cell) in csv.lines().skip(1).flat_map(|line| cells(line).into_iter().enumerate()) {
        if Some(at) != texts && !cell.is_empty() {
            *columns.entry((at, cell)).or_default() += 1;
        }
    }
    assert!(columns.values().all(|n| *n >= 5), "{columns:?}");
    assert!(columns.len() > 3, "{csv}");
}

#[tokio::test]
async fn rows_and_what_they_leave_over_tell_no_small_number() {
    let t = TestApp::start().await;
    let office = t.staff(Role::Office).await;
    let q = asked(&t, meals(), "free").await;
    for n in 0..40 {
        meal(&t, &q, n * n % 13).await;
    }
    let page = results(&office, &q).await;
    let mut whole: BTreeMap<(&str, String), u64> = BTreeMap::new();
    for key in KEYS {
        whole.extend(told(&page, key).into_iter().map(|(label, n)| ((key, label), n)));
    }
    office.post(&format!("{}/results/by", q.desk), &[("by", "answer.q1")]).await.expect(303);
    for key in KEYS {
        let mut rows: Vec<Vec<(String, u64)>> = Vec::new();
        for lane in ["v:yes", "v:some", "v:no", "v:"] {
            let page = office.get(&format!("{}/results?lane={lane}", q.desk)).await.expect(200).text();
            let row = told(&page, key);
            assert!(row.iter().all(|(_, n)| *n >= 5), "{key} of {lane}: {row:?}");
            // Lanes that stand together show the same row.
            if !row.is_empty() && !rows.contains(&row) {
                rows.push(row);
            }
        }
        let mut left = whole.clone();
        for (label, n) in rows.iter().flatten() {
            if let Some(of_all) = left.get_mut(&(key, label.clone())) {
                *of_all = of_all.saturating_sub(*n);
            }
        }
        for ((of, label), n) in left.iter().filter(|((of, _), _)| *of == key) {
            assert!(enough(*n), "{of} {label}: all without the rows leaves {n}");
        }
    }
}

/// Numbers that somebody read: of these lanes (of all when empty) those who gave one of these answers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Read {
    lanes: BTreeSet<String>,
    cells: BTreeSet<String>,
    n: u64,
}

fn plain(html: &str) -> String {
    let mut inside = false;
    let kept = html.chars().filter(|c| {
        inside = *c == '<' || (inside && *c != '>');
        !inside && *c != '>'
    });
    kept.collect::<String>().trim().to_string()
}

fn words(text: &str) -> BTreeSet<String> {
    text.split('、').map(|w| w.trim().to_string()).filter(|w| !w.is_empty()).collect()
}

/// A row of a table: its name where it has one, and its numbers.
type Row = (String, Vec<(BTreeSet<String>, u64)>);

/// What stands above two rounds beside each other.
const COMPARED: &str = "两次对比";

fn figure<'a>(page: &'a str, key: &str) -> &'a str {
    let figure = page.split(&format!("id=\"q-{key}\"")).nth(1).unwrap_or_default();
    figure.split("</figure>").next().unwrap_or_default()
}

/// The tables of a question on a page: the first is its own, those after it are cross tables and rounds beside each other,
/// whose rows have names.
fn tables(figure: &str) -> Vec<Vec<Row>> {
    let of_table = |table: &str| {
        let rows = table.split("<th scope=\"row\">").skip(1).map(|row| {
            let (name, rest) = row.split_once("</th>").unwrap();
            let name = plain(name);
            let Some(number) = rest.split("class=\"num\"").nth(1) else {
                let told = plain(&format!("<td{}", rest.split("<td").nth(1).unwrap()));
                let parts = told.split(" · ").map(|p| p.rsplit_once(' ').unwrap());
                return (name, parts.map(|(label, n)| (words(label), n.parse().unwrap())).collect());
            };
            let n =
                plain(&format!("<td{number}")).split(|c: char| !c.is_ascii_digit()).next().unwrap().parse().unwrap();
            (String::new(), vec![(words(&name), n)])
        });
        rows.collect()
    };
    figure.split("<table").skip(1).map(|t| of_table(t.split("</table>").next().unwrap())).collect()
}

/// Everything that a page tells of a question of the round that it is about.
fn reads(page: &str, key: &str, lane: bool) -> Vec<Read> {
    let figure = figure(page, key);
    let beside = figure.contains(COMPARED);
    let row =
        figure.split("class=\"hint\">").nth(1).map(|h| plain(h.split("</p>").next().unwrap())).unwrap_or_default();
    let own = if lane { words(row.split(" · ").next().unwrap()) } else { BTreeSet::new() };
    let tables = tables(figure);
    let last = tables.len().saturating_sub(1);
    let mut all = Vec::new();
    for (at, table) in tables.into_iter().enumerate() {
        for (row, (name, cells)) in table.into_iter().enumerate() {
            let lanes = match at {
                0 => own.clone(),
                // Two rounds: the other one is another group of people.
                _ if beside && at == last && row == 0 => BTreeSet::new(),
                _ if beside && at == last => continue,
                _ => words(&name),
            };
            for (cells, n) in cells {
                // Choices of several have their row behind their words.
                let label = cells.iter().cloned().collect::<Vec<_>>().join("、");
                let read = match label.rsplit_once(" · ").filter(|_| lane) {
                    Some((part, row)) => Read { lanes: words(row), cells: words(part), n },
                    None => Read { lanes: lanes.clone(), cells, n },
                };
                all.push(read);
            }
        }
    }
    all
}

/// Answers that have nothing to do with each other, so that there is something to cross.
async fn mixed(t: &TestApp, q: &Asked, n: u64, stars: [&str; 5]) {
    let bits = n.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29).wrapping_mul(0xD6E8_FEB8_6659_FD93) >> 24;
    let goes = ["yes", "some", "some", "no", "yes", "yes", "no"][(bits % 7) as usize];
    let key = crate::support::key();
    let mut fields =
        vec![("idempotency_key", key.as_str()), ("answer.q1", goes), ("answer.q2", stars[(bits / 7 % 5) as usize])];
    let dishes = ["rice", "noodles", "soup"].into_iter().enumerate();
    let taken = (bits / 35) | 1 << (n % 2);
    fields.extend(dishes.filter(|(i, _)| taken >> i & 1 == 1).map(|(_, dish)| ("answer.q3", dish)));
    if goes == "no" {
        fields.push(("answer.q4", ["far", "dear"][(bits / 280 % 2) as usize]));
    }
    super::send(t, &q.code, &fields).await.expect(201);
}

#[tokio::test]
async fn no_two_looks_at_rows_and_rounds_leave_fewer_than_five() {
    let t = TestApp::start().await;
    let office = t.staff(Role::Office).await;
    let first = asked(&t, meals(), "free").await;
    let second = {
        let desk = super::drafted(&t, meals()).await;
        super::publish(&office, &desk).await.expect(303);
        office.post(&format!("{desk}/settings"), &[("one_answer", "free")]).await.expect(303);
        office.post(&format!("{desk}/points"), &[("place", "第二轮")]).await.expect(303);
        let code = t.column("SELECT code FROM access_points WHERE place = '第二轮'").await.remove(0);
        Asked { desk, code }
    };
    let id = |q: &Asked| q.desk.rsplit('/').next().unwrap().to_string();
    let (mut tried, mut rows_read, mut rounds_read) = (0, 0, 0);
    // Nobody of the second round gives a single star: its groups are others, and those of both rounds are joined.
    for (q, people, stars) in [(&first, 320, ["1", "2", "4", "5", "5"]), (&second, 160, ["2", "3", "4", "5", "5"])] {
        for n in 0..people {
            mixed(&t, q, n + people, stars).await;
        }
        office.post(&format!("{}/results/by", q.desk), &[("by", "answer.q1")]).await.expect(303);
    }
    for (q, other) in [(&first, &second), (&second, &first)] {
        let with = format!("?with={}", id(other));
        let looks = ["", "?lane=v:yes", "?lane=v:some", "?lane=v:no", with.as_str(), "/print"];
        for key in KEYS {
            let mut all: Vec<Read> = Vec::new();
            for look in looks {
                let page = office.get(&format!("{}/results{look}", q.desk)).await.expect(200).text();
                rounds_read += usize::from(figure(&page, key).contains(COMPARED));
                all.extend(reads(&page, key, look.starts_with("?lane")));
            }
            rows_read += all.iter().filter(|r| !r.lanes.is_empty()).count();
            for read in &all {
                assert!(enough(read.n), "{key}: {read:?}");
            }
            // What rows are told of may be of fewer stages than the whole: then one is no part of the other.
            let whole: u64 = {
                let mut groups: Vec<&Read> = all.iter().filter(|r| r.lanes.is_empty()).collect();
                groups.sort();
                groups.dedup();
                let finest = groups
                    .iter()
                    .filter(|g| !groups.iter().any(|o| o.cells.len() < g.cells.len() && o.cells.is_subset(&g.cells)));
                finest.map(|r| r.n).sum()
            };
            let rows: u64 = {
                let mut cells: Vec<&Read> = all.iter().filter(|r| !r.lanes.is_empty()).collect();
                cells.sort();
                cells.dedup();
                cells.iter().map(|r| r.n).sum()
            };
            for (a, b) in all.iter().flat_map(|a| all.iter().map(move |b| (a, b))) {
                let same_people = a.lanes.is_empty() == b.lanes.is_empty() || whole == rows;
                let inside = (b.lanes.is_empty() || (!a.lanes.is_empty() && a.lanes.is_subset(&b.lanes)))
                    && a.cells.is_subset(&b.cells);
                if inside && same_people && (&a.lanes, &a.cells) != (&b.lanes, &b.cells) {
                    tried += 1;
                    assert!(enough(b.n.abs_diff(a.n)), "{key}: {b:?} without {a:?}");
                }
                // The same group is told the same, wherever one looks.
                if (&a.lanes, &a.cells) == (&b.lanes, &b.cells) {
                    assert_eq!(a.n, b.n, "{key}: {:?} {:?}", a.lanes, a.cells);
                }
            }
        }
    }
    assert!(tried > 0 && rows_read > 10 && rounds_read > 1, "{tried} pairs, {rows_read} rows, {rounds_read} rounds");
}
