//! The time of the demo. What different people did in the same weeks is told by a function each; here they take turns, so
//! that everything happens in the order of time, as it did in the audit log of a real school.
//!
//! A scene says [`Stage::at`] and goes on when no other scene has anything to tell before that time.

use std::{
    future::Future,
    pin::Pin,
    sync::{Mutex, PoisonError},
    task::Poll,
};

use chrono::{DateTime, Utc};

use crate::{
    error::Result,
    kernel::clock::{Clock, ManualClock, hour_of},
};

/// A function that tells something, over the weeks.
pub(super) type Scene<'a> = Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>;

/// The clock of the demo, which never goes back.
pub(super) struct Stage {
    clock: ManualClock,
    /// When the scene that was polled last wants to go on.
    asked: Mutex<Option<DateTime<Utc>>>,
}

impl Stage {
    /// A stage whose clock stands where it is.
    pub(super) fn new(clock: &ManualClock) -> Self {
        Self { clock: clock.clone(), asked: Mutex::new(None) }
    }

    /// Waits until it is this time. A time that has passed is now.
    pub(super) async fn at(&self, at: DateTime<Utc>) {
        let mut said = false;
        std::future::poll_fn(|_| {
            if said {
                return Poll::Ready(());
            }
            said = true;
            *self.asked.lock().unwrap_or_else(PoisonError::into_inner) = Some(at.max(self.clock.now()));
            Poll::Pending
        })
        .await;
    }

    /// Plays all scenes to their end; `hour` is done at the beginning of every hour in which something happens.
    ///
    /// # Errors
    /// That of the first scene that fails.
    pub(super) async fn play(&self, scenes: Vec<Scene<'_>>, hour: impl AsyncFn() -> Result<()>) -> Result<()> {
        let start = self.clock.now();
        let mut waiting: Vec<(DateTime<Utc>, Scene<'_>)> = scenes.into_iter().map(|s| (start, s)).collect();
        while let Some(next) = (0..waiting.len()).min_by_key(|i| waiting[*i].0) {
            let (at, scene) = &mut waiting[next];
            let begins = hour_of(self.clock.now()) != hour_of(*at);
            self.clock.set(*at);
            if begins {
                hour().await?;
            }
            let until = std::future::poll_fn(|cx| match scene.as_mut().poll(cx) {
                Poll::Ready(done) => Poll::Ready(done.map(|()| None)),
                // It waits for its turn, or for the database.
                Poll::Pending => match self.asked.lock().unwrap_or_else(PoisonError::into_inner).take() {
                    Some(at) => Poll::Ready(Ok(Some(at))),
                    None => Poll::Pending,
                },
            })
            .await?;
            match until {
                Some(until) => *at = until,
                None => drop(waiting.remove(next)),
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[tokio::test]
    async fn scenes_take_turns_in_the_order_of_time() {
        let clock = ManualClock::at("2026-03-02T02:00:00Z".parse().unwrap());
        let (start, stage, told) = (clock.now(), Stage::new(&clock), Mutex::new(Vec::new()));
        let scene = |name: &'static str, hours: &'static [i64]| {
            let (stage, told, clock) = (&stage, &told, &clock);
            let scene: Scene<'_> = Box::pin(async move {
                for hour in hours {
                    stage.at(start + TimeDelta::hours(*hour)).await;
                    tokio::task::yield_now().await;
                    told.lock().unwrap().push((name, (clock.now() - start).num_hours()));
                }
                Ok(())
            });
            scene
        };
        stage.play(vec![scene("a", &[1, 5, 3]), scene("b", &[2, 4, 9])], async || Ok(())).await.unwrap();
        // What should have been at three comes when its scene gets there.
        assert_eq!(*told.lock().unwrap(), [("a", 1), ("b", 2), ("b", 4), ("a", 5), ("a", 5), ("b", 9)]);
    }
}
