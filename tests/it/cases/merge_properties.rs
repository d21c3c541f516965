//! Whatever is merged, parted, written, answered and reopened, in any order: every code is readable, shows what is its own
//! and nothing of another one's, and no promise is lost.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use huiyin::kernel::roles::Role;
use proptest::{prelude::*, test_runner::TestRunner};

use super::{
    merge::{Sent, does, merge, sent, track},
    story::OnCase,
};
use crate::support::{Client, TestApp};

const CASES: usize = 5;

#[derive(Clone, Debug)]
enum Step {
    Merge(usize, Vec<usize>),
    Part(usize),
    Write(usize),
    Answer(usize),
    Reopen(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let one = 0..CASES;
    prop_oneof![
        3 => (one.clone(), prop::collection::vec(one.clone(), 1..4)).prop_map(|(lead, others)| Step::Merge(lead, others)),
        3 => one.clone().prop_map(Step::Part),
        2 => one.clone().prop_map(Step::Write),
        2 => one.clone().prop_map(Step::Answer),
        1 => one.prop_map(Step::Reopen),
    ]
}

/// What one submitter must be able to read.
#[derive(Default)]
struct Own {
    lead: Option<usize>,
    words: Vec<String>,
    answers: BTreeSet<String>,
    promised: Option<DateTime<Utc>>,
    /// Whether it, or a lead of it, was reopened: that makes a new promise.
    renewed: bool,
}

struct World<'a> {
    t: &'a TestApp,
    office: Client<'a>,
    sent: Vec<Sent>,
    own: Vec<Own>,
    said: usize,
}

impl World<'_> {
    fn on(&self, n: usize) -> OnCase<'_> {
        OnCase::new(self.office.clone(), &self.sent[n].number)
    }

    async fn take(&mut self, step: &Step) {
        self.t.clock.advance(TimeDelta::minutes(3));
        self.said += 1;
        match step {
            Step::Merge(lead, others) => {
                let numbers: Vec<&str> = others.iter().map(|n| self.sent[*n].number.as_str()).collect();
                let done = merge(&self.on(*lead), &numbers).await.status == 303;
                for other in others.iter().filter(|n| done && *n != lead) {
                    for member in 0..CASES {
                        if member == *other || self.own[member].lead == Some(*other) {
                            self.own[member].lead = Some(*lead);
                        }
                    }
                }
            }
            Step::Part(n) => {
                let done = self.on(*n).act("unmerge", &[("unmerge_reason", "两件事")]).await.status == 303;
                assert_eq!(done, self.own[*n].lead.is_some(), "what is merged can be parted");
                self.own[*n].lead = None;
            }
            Step::Write(n) => {
                let words = format!("补充{}号", self.said);
                let fields = [("action", "message"), ("message", words.as_str())];
                does(self.t, &self.sent[*n].code, &fields).await.expect(200);
                self.own[*n].words.push(words);
            }
            Step::Answer(n) => {
                let words = format!("答复{}号", self.said);
                if self.on(*n).act("let-out", &[("reply", &words)]).await.status == 303 {
                    for (_, own) in self.together(*n) {
                        own.answers.insert(words.clone());
                    }
                }
            }
            Step::Reopen(n) => {
                if self.on(*n).act("reopen", &[("reopen_reason", "再看看")]).await.status == 303 {
                    for (_, own) in self.together(*n) {
                        own.renewed = true;
                    }
                }
            }
        }
    }

    fn together(&mut self, lead: usize) -> impl Iterator<Item = (usize, &mut Own)> {
        self.own.iter_mut().enumerate().filter(move |(n, own)| *n == lead || own.lead == Some(lead))
    }

    async fn check(&self) {
        for (n, own) in self.own.iter().enumerate() {
            let seen = track(self.t, &self.sent[n].code).await;
            assert_ne!(seen["state"], "merged");
            assert_eq!(seen["case_number"], self.sent[n].number.as_str());
            let read: Vec<&str> =
                seen["messages"].as_array().unwrap().iter().map(|m| m["text"].as_str().unwrap()).collect();
            let expected: BTreeSet<&str> = own.words.iter().chain(&own.answers).map(String::as_str).collect();
            assert_eq!(read.iter().copied().collect::<BTreeSet<_>>(), expected, "case {n}");
            assert_eq!(read.len(), expected.len(), "nothing twice");
            let due: DateTime<Utc> = seen["due_at"].as_str().unwrap().parse().unwrap();
            let lead_renewed = own.lead.is_some_and(|lead| self.own[lead].renewed);
            if !own.renewed && !lead_renewed {
                assert!(due <= own.promised.unwrap(), "case {n} waits longer than was promised");
            }
            if let Some(lead) = own.lead {
                let page = self.on(lead).page().await.expect(200).text();
                assert!(own.words.iter().all(|w| page.contains(w)), "the page of the lead has what {n} wrote");
            }
        }
    }
}

#[test]
fn any_order_leaves_every_code_readable_and_every_promise_kept() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut runner =
        TestRunner::new(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() });
    runner
        .run(&prop::collection::vec(step(), 4..16), |steps| {
            runtime.block_on(async {
                let t = TestApp::start().await;
                let mut world =
                    World { office: t.staff(Role::Office).await, t: &t, sent: Vec::new(), own: Vec::new(), said: 0 };
                for n in 0..CASES {
                    // Some came on another day, so that promises differ.
                    t.clock.advance(TimeDelta::hours(if n == 2 { 26 } else { 1 }));
                    let new = sent(&t, "食堂三楼", &[]).await;
                    let promised = track(&t, &new.code).await["due_at"].as_str().unwrap().parse().unwrap();
                    world.sent.push(new);
                    world.own.push(Own { promised: Some(promised), ..Own::default() });
                }
                world.office = t.staff(Role::Office).await;
                for step in &steps {
                    world.take(step).await;
                }
                world.check().await;
                for n in 0..CASES {
                    if world.own[n].lead.is_some() {
                        world.take(&Step::Part(n)).await;
                    }
                }
                world.check().await;
                for (n, own) in world.own.iter().enumerate().filter(|(_, own)| !own.renewed) {
                    let seen = track(&t, &world.sent[n].code).await;
                    let due: DateTime<Utc> = seen["due_at"].as_str().unwrap().parse().unwrap();
                    assert_eq!(Some(due), own.promised, "parted from everybody, case {n} has its own promise again");
                }
            });
            Ok(())
        })
        .unwrap();
}
