//! Somebody with an account watches: a look after every answer, every row of the breakdown, the file beside the page, two
//! rounds beside each other. Nothing that is shown, and no difference of two things that are, is about fewer than five.

use std::collections::BTreeMap;

use huiyin::kernel::roles::Role;

use super::{
    asked,
    results::{meal, meals, results, told},
};
use crate::support::TestApp;

const KEYS: [&str; 4] = ["q1", "q2", "q3", "q4"];

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
            for (place, count) in &now {
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
async fn rows_and_what_they_leave_over_and_two_rounds_tell_no_small_number() {
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
    // Another round, of fewer people, beside it.
    let second = {
        let desk = super::drafted(&t, meals()).await;
        super::publish(&office, &desk).await.expect(303);
        office.post(&format!("{desk}/points"), &[("place", "第二轮")]).await.expect(303);
        let code = t.column("SELECT code FROM access_points WHERE place = '第二轮'").await.remove(0);
        super::Asked { desk, code }
    };
    for n in 0..20 {
        meal(&t, &second, n * n % 7).await;
    }
    let id = second.desk.rsplit('/').next().unwrap();
    let page = office.get(&format!("{}/results?with={id}", q.desk)).await.expect(200).text();
    for key in KEYS {
        assert!(told(&page, key).iter().all(|(_, n)| enough(*n)), "{key}: {:?}", told(&page, key));
    }
}
