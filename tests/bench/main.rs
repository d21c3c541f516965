//! `make bench`: how fast, against something plain in the same run. It prints ratios; machines differ, ratios hardly do.
//! A part alone: `cargo bench -- submit`, `form`, `list`, `crowd`, `results` (with `--responses=5000` for a
//! smaller one), `conditions` (after `scripts/bench-wasm` in WASM too), `process`.
#![expect(clippy::unwrap_used, reason = "a measurement that can't go on should stop")]

mod branching;
mod client;
mod desk;
mod process;
mod public;
mod results;
mod world;

/// A line of the report.
fn line(what: &str, ours: String, plain: String, ratio: Option<f64>) {
    let ratio = ratio.map(|r| format!("{r:>8.2}")).unwrap_or_default();
    println!("{what:<46} {ours:>18} {plain:>18} {ratio}");
}

fn main() {
    let asked: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    let wanted = |part: &str| asked.is_empty() || asked.iter().any(|a| a == part);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    println!("{:<46} {:>18} {:>18} {:>8}", "", "huiyin", "plain", "ratio");
    if wanted("submit") {
        runtime.block_on(public::submissions());
    }
    if wanted("form") {
        runtime.block_on(public::forms());
    }
    if wanted("list") {
        runtime.block_on(desk::lists());
    }
    if wanted("crowd") {
        runtime.block_on(desk::crowd());
    }
    if wanted("results") {
        let responses = std::env::args().find_map(|a| a.strip_prefix("--responses=")?.parse().ok());
        runtime.block_on(results::results(responses.unwrap_or(results::RESPONSES)));
    }
    if wanted("conditions") {
        results::conditions();
    }
    if wanted("process") {
        process::measure();
    }
}
