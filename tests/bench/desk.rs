//! The desk at 1,000 and at 100,000 cases: both should take about the same, also while many are at work.

use std::time::{Duration, Instant};

use huiyin::kernel::random::{SystemRandom, secret};

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

/// The pages of a world: [`PAGES`], and a case with the ways to the one before and the one after it.
async fn pages(world: &World, cookie: &str) -> Vec<(&'static str, String)> {
    let mut pages: Vec<_> = PAGES.iter().map(|(what, path)| (*what, path.to_string())).collect();
    for (what, list) in [("a case of what is going on", "/desk"), ("a case of all", "/desk?view=all")] {
        let html = String::from_utf8(Client::to(world.port).await.get(list, cookie).await.body).unwrap();
        // One from the middle of the page.
        let path = html.split("href=\"/desk/cases/").nth(8).unwrap().split('"').next().unwrap();
        pages.push((what, format!("/desk/cases/{}", path.replace("&amp;", "&"))));
    }
    pages
}

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
    (times[times.len() / 2], p99(&times))
}

/// The 99th percentile of times in order.
fn p99(times: &[f64]) -> f64 {
    times[times.len() * 99 / 100]
}

/// Lists and searches, many cases against few.
pub async fn lists() {
    let (few, many) = (World::start().await, World::start().await);
    few.seed(1_000).await;
    many.seed(100_000).await;
    let (few_cookie, many_cookie) = (few.office().await, many.office().await);
    for saved in [false, true] {
        if saved {
            few.save_views().await;
            many.save_views().await;
        }
        let title = if saved { "five saved views: p50 / p99 in ms" } else { "p50 / p99 in ms" };
        println!("\n{title:<46} {:>18} {:>18} {:>8}", "100,000 cases", "1,000 cases", "p99");
        let both = pages(&few, &few_cookie).await.into_iter().zip(pages(&many, &many_cookie).await);
        for ((what, of_few), (_, of_many)) in both {
            let small = times(&few, &few_cookie, &of_few).await;
            let large = times(&many, &many_cookie, &of_many).await;
            let shown = |(median, p99): (f64, f64)| format!("{median:.2} / {p99:.2}");
            line(what, shown(large), shown(small), Some(large.1 / small.1));
        }
    }
}

/// People of the office who look at lists and search, each with a second of thought between.
const STAFF: usize = 20;
/// People who send, each once a second.
const SENDERS: usize = 64;
/// Long enough that a percentile is one: each page is asked for more than a hundred times.
const WHILE: Duration = Duration::from_secs(75);

/// Lists and searches of twenty people while sixty-four send, many cases against few.
pub async fn crowd() {
    println!(
        "\n{:<46} {:>18} {:>18} {:>8}",
        "20 at the desk, 64 sending: p50 / p99 in ms", "100,000 cases", "1,000 cases", "p99"
    );
    let (few, many) = (World::start().await, World::start().await);
    few.seed(1_000).await;
    many.seed(100_000).await;
    let pages = pages(&few, &few.office().await).await;
    let (small, large) = (at_work(&few).await, at_work(&many).await);
    let shown = |times: &[f64]| format!("{:.2} / {:.2}", times[times.len() / 2], p99(times));
    for (i, (what, _)) in pages.iter().enumerate() {
        line(what, shown(&large[i]), shown(&small[i]), Some(p99(&large[i]) / p99(&small[i])));
    }
    let all = |pages: &[Vec<f64>]| {
        let mut all = pages.concat();
        all.sort_by(f64::total_cmp);
        all
    };
    let (small, large) = (all(&small), all(&large));
    line("all of these together", shown(&large), shown(&small), Some(p99(&large) / p99(&small)));
}

/// The times of each page in milliseconds, in order, while everybody is at work.
async fn at_work(world: &World) -> Vec<Vec<f64>> {
    let (port, cookie, form) = (world.port, world.office().await, world.form());
    let pages = pages(world, &cookie).await;
    let until = Instant::now() + WHILE;
    let senders: Vec<_> = (0..SENDERS)
        .map(|i| {
            let form = form.clone();
            tokio::spawn(async move {
                tokio::time::sleep(Duration::from_millis(i as u64 * 15)).await;
                let mut client = Client::to(port).await;
                while Instant::now() < until {
                    let body =
                        format!("idempotency_key={}&role=parent&identity=anonymous&body=soup", secret(&SystemRandom));
                    assert_eq!(client.post(&form, &body).await.status, 201);
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
            })
        })
        .collect();
    let staff: Vec<_> = (0..STAFF)
        .map(|i| {
            let (cookie, pages) = (cookie.clone(), pages.clone());
            tokio::spawn(async move {
                tokio::time::sleep(Duration::from_millis(i as u64 * 47)).await;
                let mut client = Client::to(port).await;
                let mut times = Vec::new();
                for page in (i..).map(|n| n % pages.len()) {
                    if Instant::now() >= until {
                        break;
                    }
                    let start = Instant::now();
                    assert_eq!(client.get(&pages[page].1, &cookie).await.status, 200);
                    times.push((page, start.elapsed().as_secs_f64() * 1000.0));
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
                times
            })
        })
        .collect();
    let mut all = vec![Vec::new(); pages.len()];
    for person in staff {
        for (page, time) in person.await.unwrap() {
            all[page].push(time);
        }
    }
    for sender in senders {
        sender.await.unwrap();
    }
    for times in &mut all {
        times.sort_by(f64::total_cmp);
    }
    all
}
