//! The log: to standard error, message and fields, never content, addresses, names or codes (promises 8, 9, 25).

use std::io::IsTerminal;

use tracing::{Level, Metadata};
use tracing_subscriber::{EnvFilter, Layer, filter::filter_fn, fmt, layer::SubscriberExt, util::SubscriberInitExt};

/// Starts the log. Nothing happens when it runs already (tests).
pub fn start(filter: &str) {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|error| {
        eprintln!("HUIYIN_LOG can't be read ({error}); logging at info.");
        EnvFilter::new("info")
    });
    let to_stderr = fmt::layer()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_filter(filter)
        .with_filter(filter_fn(allowed));
    drop(tracing_subscriber::registry().with(to_stderr).try_init());
    std::panic::set_hook(Box::new(|panic| {
        // The message may quote what a person wrote: the place is enough to find the fault.
        let place = panic.location().map(|l| format!("{}:{}", l.file(), l.line())).unwrap_or_default();
        tracing::error!(name: "panic", %place, "a part of the program stopped");
    }));
}

/// Libraries may warn, no more: their finer levels quote requests, whatever the filter says.
fn allowed(event: &Metadata<'_>) -> bool {
    event.target().starts_with("huiyin") || *event.level() <= Level::WARN
}
