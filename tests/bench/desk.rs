//! The desk at 1,000 and at 100,000 cases: both should take about the same.

use std::time::Instant;

use crate::{client::Client, line, world::World};

const ROUNDS: usize = 200;

const PAGES: [(&str, &str); 8] = [
    ("list, what is going on", "/desk"),
    ("list, all", "/desk?view=all"),
    ("list, one topic", "/desk?view=all&topic=canteen"),
    ("search, a rare word", "/desk?view=all&q=%E4%BF%9D%E6%B8%A9"),
    ("search, a frequent word", "/desk?view=all&q=%E9%A3%9F%E5%A0%82"),
    ("search, two words", "/desk?view=all&q=%E4%BF%9D%E6%B8%A9+%E5%AD%A6%E6%A0%A1"),
    ("search in what is going on, a frequent word", "/desk?view=open&q=%E9%A3%9F%E5%A0%82"),
    ("public board", "/xuelian/board"),
];

/// Median and 99th percentile in milliseconds.
async fn times(world: &World, cookie: &str, path: &str) -> (f64, f64) {
    let mut client = Client::to(world.port).await;
    let mut times = Vec::new();
    for round in 0..ROUNDS + 10 {
        let start = Instant::now();
        assert_eq!(client.get(path, cookie).await.status, 200, "{path}");
        if round >= 10 {
            times.push(start.elapsed().as_secs_f64() * 1000.0);
        }
    }
    times.sort_by(f64::total_cmp);
    (times[times.len() / 2], times[times.len() * 99 / 100])
}

/// Lists and searches, many cases against few.
pub async fn lists() {
    let (few, many) = (World::start().await, World::start().await);
    few.seed(1_000).await;
    many.seed(100_000).await;
    let (few_cookie, many_cookie) = (few.office().await, many.office().await);
    println!("\n{:<46} {:>18} {:>18} {:>8}", "p50 / p99 in ms", "100,000 cases", "1,000 cases", "p99");
    for (what, path) in PAGES {
        let small = times(&few, &few_cookie, path).await;
        let large = times(&many, &many_cookie, path).await;
        let shown = |(median, p99): (f64, f64)| format!("{median:.2} / {p99:.2}");
        line(what, shown(large), shown(small), Some(large.1 / small.1));
    }
}
