//! `huiyin serve`: the server, with its background work, until it is told to stop.

use std::sync::Arc;

use tokio::{net::TcpListener, signal::unix, sync::watch};

use crate::{access_points::opens::FLUSH_EVERY, config::Config, error::StartError, http, http::App, jobs, notify};

/// Serves until SIGTERM or SIGINT, then lets running requests finish.
pub async fn serve(mut config: Config) -> Result<(), StartError> {
    let (stop, stopped) = watch::channel(false);
    stop_on_signals(stop)?;
    let listener = TcpListener::bind(config.addr).await.map_err(|e| {
        StartError::new(format!("It can't listen on {}: {e}. Choose another with --addr.", config.addr))
    })?;
    // With port 0 the system has chosen one.
    config.addr = listener.local_addr().map_err(|e| StartError::new(format!("The address can't be read: {e}.")))?;
    let addr = config.addr;
    let app = App::open(config).await?;
    let tidy = tokio::spawn(tidy(app.clone(), stopped.clone()));
    let jobs = tokio::spawn(jobs::run(app.clone(), until(stopped.clone())));
    let notices = tokio::spawn(notify::run(app.clone(), stopped.clone()));
    println!("Huiyin listens on http://{addr} and is called {} from outside.", app.config.base_url());
    http::serve::serve(app.clone(), listener, until(stopped)).await;
    drop(tokio::join!(tidy, jobs, notices));
    app.db.close().await;
    tracing::info!(name: "stopped", "stopped; nothing is lost");
    Ok(())
}

fn stop_on_signals(stop: watch::Sender<bool>) -> Result<(), StartError> {
    let listen = |kind| unix::signal(kind).map_err(|e| StartError::new(format!("Signals can't be heard: {e}.")));
    let (mut term, mut int) = (listen(unix::SignalKind::terminate())?, listen(unix::SignalKind::interrupt())?);
    tokio::spawn(async move {
        tokio::select! { _ = term.recv() => {}, _ = int.recv() => {} }
        stop.send_replace(true);
        // A second signal finds the default again only by ending us: whoever presses twice is in a hurry.
        tokio::select! { _ = term.recv() => {}, _ = int.recv() => {} }
        std::process::exit(130);
    });
    Ok(())
}

async fn until(mut stopped: watch::Receiver<bool>) {
    drop(stopped.wait_for(|stop| *stop).await);
}

/// Work in memory: forgets quiet addresses, writes down how often forms were opened.
async fn tidy(app: Arc<App>, stopped: watch::Receiver<bool>) {
    let mut running = true;
    while running {
        tokio::select! {
            () = tokio::time::sleep(FLUSH_EVERY) => app.limits.forget_quiet(),
            () = until(stopped.clone()) => running = false,
        }
        if app.opens.flush(&app).await.is_err() {
            tracing::warn!(name: "opens.kept", "how often forms were opened can't be written now; trying again later");
        }
    }
}
