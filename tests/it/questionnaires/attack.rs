//! Somebody with an account watches: a look after every answer, every row of the breakdown, the file beside the
//! page. Nothing that is shown, and no difference of two things that are, is about fewer than five.

use std::collections::BTreeMap;

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
