//! Looks for news and for messages that are due, beside the runner of jobs: a silent mail server holds up neither.

use std::{sync::Arc, time::Duration};

use tokio::sync::watch;

use crate::{
    http::App,
    notify::{gather, model::LOOK_SECONDS, send},
};

/// Gathers and sends until `stopped` says so; messages at hand are finished first.
pub async fn run(app: Arc<App>, stopped: watch::Receiver<bool>) {
    let look = Duration::from_secs(LOOK_SECONDS.unsigned_abs());
    let gathering = async {
        let mut stopped = stopped.clone();
        loop {
            if let Err(error) = gather::gather(&app).await {
                tracing::warn!(name: "notices.unavailable", ?error, "news can't be gathered now; trying again soon");
            }
            tokio::select! { () = tokio::time::sleep(look) => {}, _ = stopped.wait_for(|stop| *stop) => break }
        }
    };
    let sending = async {
        let mut stopped = stopped.clone();
        loop {
            if let Err(error) = send::send_due(&app).await {
                tracing::warn!(name: "deliveries.unavailable", ?error, "messages can't be sent now; trying again soon");
            }
            tokio::select! { () = tokio::time::sleep(look) => {}, _ = stopped.wait_for(|stop| *stop) => break }
        }
    };
    tokio::join!(gathering, sending);
}
