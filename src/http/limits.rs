//! Limits kept in memory only, by address (promises 8, 20, 21): they slow down or ask for a proof of work, they never
//! lose a submission.

use std::{net::IpAddr, num::NonZeroU32, sync::Arc};

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use tokio::sync::Semaphore;

/// Rate limiters and slots.
pub struct Limits {
    submissions: DefaultKeyedRateLimiter<IpAddr>,
    uploads: DefaultKeyedRateLimiter<IpAddr>,
    lookups: DefaultKeyedRateLimiter<IpAddr>,
    logins: DefaultKeyedRateLimiter<IpAddr>,
    /// Slots for password hashing (each takes 19 MiB and a core).
    pub hashing: Arc<Semaphore>,
    /// Slots for decoding photos and PDFs.
    pub decoding: Arc<Semaphore>,
    /// Slots for large bodies in memory.
    pub bodies: Arc<Semaphore>,
}

const fn per_minute(n: u32) -> Quota {
    match NonZeroU32::new(n) {
        Some(n) => Quota::per_minute(n),
        None => Quota::per_minute(NonZeroU32::MIN),
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            // A class of 60 behind one NAT that sends at the same time is below this.
            submissions: RateLimiter::keyed(per_minute(120)),
            // Sixty phones with six photos each; a photo that is put off comes with its form.
            uploads: RateLimiter::keyed(per_minute(360)),
            lookups: RateLimiter::keyed(per_minute(60)),
            logins: RateLimiter::keyed(per_minute(30)),
            hashing: Arc::new(Semaphore::new(2)),
            decoding: Arc::new(Semaphore::new(2)),
            bodies: Arc::new(Semaphore::new(16)),
        }
    }
}

impl Limits {
    /// Whether this address may submit without a proof of work.
    pub fn submission(&self, addr: IpAddr) -> bool {
        self.submissions.check_key(&network(addr)).is_ok()
    }

    /// Whether this address may send another file before its form.
    pub fn upload(&self, addr: IpAddr) -> bool {
        self.uploads.check_key(&network(addr)).is_ok()
    }

    /// Whether this address may try another tracking code.
    pub fn lookup(&self, addr: IpAddr) -> bool {
        self.lookups.check_key(&network(addr)).is_ok()
    }

    /// Whether this address may try another password.
    pub fn login(&self, addr: IpAddr) -> bool {
        self.logins.check_key(&network(addr)).is_ok()
    }

    /// Forgets addresses that have been quiet.
    pub fn forget_quiet(&self) {
        for limiter in [&self.submissions, &self.uploads, &self.lookups, &self.logins] {
            limiter.retain_recent();
        }
    }
}

/// One limit for a whole IPv6 household (/64): a phone changes its address within it at will.
fn network(addr: IpAddr) -> IpAddr {
    match addr {
        IpAddr::V4(_) => addr,
        IpAddr::V6(v6) => {
            let s = v6.segments();
            IpAddr::from([s[0], s[1], s[2], s[3], 0, 0, 0, 0])
        }
    }
}
