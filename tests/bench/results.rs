//! Results of 100,000 responses, against reading the same rows; a form of 100 questions with 300 conditions, against reading
//! its answers, on the server and in WASM.

use std::{path::Path, process::Command, time::Instant};

use chrono::Utc;
use huiyin::{
    accounts::model::Actor,
    db::Db,
    forms::model::{Answers, Choice, Definition, Question, QuestionKind, Text},
    i18n::Lang,
    kernel::{
        clock::{Clock, SystemClock},
        ids::{SessionId, new_uuid},
        random::SystemRandom,
        roles::Role,
    },
    organizations,
    questionnaires::actions::{self, Published},
};

use crate::{branching, client::Client, line, world::World};

/// Responses, unless `--responses=` says otherwise.
pub const RESPONSES: usize = 100_000;

fn single(key: String, choices: usize) -> Question {
    let choice = |n| Choice { code: format!("c{n}"), label: Text::new(&format!("选项{n}"), "") };
    Question {
        choices: (1..=choices).map(choice).collect(),
        ..Question::new(&key, QuestionKind::Single, Text::new(&key, ""))
    }
}

/// A dozen questions, as schools ask.
fn usual() -> Definition {
    let mut questions: Vec<Question> = (0..9).map(|n| single(format!("q{n}"), 5)).collect();
    questions.push(Question::new("stars", QuestionKind::Rating, Text::new("打分", "")));
    questions.push(Question::new("words", QuestionKind::LongText, Text::new("想说的话", "")));
    Definition::of(Text::new("满意度", ""), questions)
}

/// The n-th answer to it.
fn answers(n: usize) -> Answers {
    let mut pairs: Vec<(String, String)> =
        (0..9).map(|q| (format!("q{q}"), format!("c{}", (n * (q + 3) + n / 7) % 5 + 1))).collect();
    pairs.push(("stars".into(), (n % 5 + 1).to_string()));
    if n.is_multiple_of(4) {
        pairs.push(("words".into(), format!("第{n}位家长：食堂的汤能不能再热一点，谢谢老师")));
    }
    pairs.into_iter().collect()
}

async fn office(world: &World) -> Actor {
    let mut c = world.app.db.read().await.unwrap();
    let org = organizations::actions::organization_by_slug(&mut c, "xuelian").await.unwrap();
    let staff = organizations::actions::staff(&mut c, org.id).await.unwrap();
    let person = staff.into_iter().find(|s| s.role == Role::Office).unwrap();
    Actor {
        session_id: SessionId::new(SystemClock.now(), &SystemRandom),
        staff_id: person.id,
        organization_id: org.id,
        organization_name: org.name,
        organization_slug: org.slug,
        emblem: org.emblem,
        department_id: None,
        role: person.role,
        display_name: person.display_name,
        username: person.username,
        lang: Lang::ZhCn,
        teaches_class: false,
    }
}

/// A published questionnaire with its responses, counted in one stage; the address of its results.
async fn asked(world: &World, responses: usize) -> String {
    let actor = office(world).await;
    let made = actions::create(&world.app, &actor, usual()).await.unwrap();
    let Published::Version(version) = actions::publish(&world.app, &actor, made.id, 1).await.unwrap() else {
        panic!("the questionnaire has problems")
    };
    let Db::Sqlite { writer, .. } = &world.app.db else { panic!("SQLite only") };
    let mut tx = writer.begin().await.unwrap();
    let now: chrono::DateTime<Utc> = SystemClock.now();
    for n in 0..responses {
        let hash = (n as u64).to_be_bytes().to_vec();
        sqlx::query(
            "INSERT INTO responses (id, organization_id, form_id, form_version_id, channel, cohort, answers, idempotency_hash,
                    content_hash, received_at, stage)
             VALUES ($1, $2, $3, $4, 'questionnaire', $5, $6, $7, $7, $8, 1)",
        )
        .bind(new_uuid(now, &SystemRandom))
        .bind(actor.organization_id)
        .bind(made.form_id)
        .bind(version.id)
        .bind(format!("三（{}）班", n % 12 + 1))
        .bind(serde_json::to_string(&answers(n)).unwrap())
        .bind(hash)
        .bind(now)
        .execute(&mut *tx)
        .await
        .unwrap();
    }
    sqlx::query("INSERT INTO questionnaire_stages (form_id, number, version_number, answers, counted_at) VALUES ($1, 1, 1, $2, $3)")
        .bind(made.form_id)
        .bind(responses as i64)
        .bind(now)
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    format!("/desk/questionnaires/{}/results", made.id)
}

/// The page, at first and again, against reading the rows and their answers.
pub async fn results(responses: usize) {
    let world = World::start().await;
    let address = asked(&world, responses).await;
    let cookie = world.office().await;
    let Db::Sqlite { readers, .. } = &world.app.db else { panic!("SQLite only") };
    let read = async || {
        let start = Instant::now();
        let rows: Vec<String> =
            sqlx::query_scalar("SELECT answers FROM responses WHERE stage = 1").fetch_all(readers).await.unwrap();
        let values: usize = rows.iter().map(|row| serde_json::from_str::<Answers>(row).unwrap().0.len()).sum();
        assert!(values > responses);
        start.elapsed().as_secs_f64() * 1000.0
    };
    read().await;
    let plain = read().await;
    let mut client = Client::to(world.port).await;
    let mut page = async || {
        let start = Instant::now();
        let answer = client.get(&address, &cookie).await;
        assert!(answer.status == 200 && String::from_utf8_lossy(&answer.body).contains(&responses.to_string()));
        start.elapsed().as_secs_f64() * 1000.0
    };
    let first = page().await;
    let again = page().await;
    let what = format!("{responses} responses, ms");
    println!("\n{what:<46} {:>18} {:>18} {:>8}", "the page", "reading the rows", "ratio");
    line("results, the first look at a stage", format!("{first:.0}"), format!("{plain:.0}"), Some(first / plain));
    line("results, every other look", format!("{again:.1}"), format!("{plain:.0}"), Some(again / plain));
}

/// Checking a whole form against reading its answers as they are stored, on the server and as the browser does it.
pub fn conditions() {
    const ROUNDS: u32 = 500;
    let (form, given) = (branching::form(), branching::given());
    let stored = serde_json::to_string(&given).unwrap();
    let start = Instant::now();
    assert_eq!(branching::check(&form, &given, ROUNDS), branching::QUESTIONS * ROUNDS as usize);
    let ours = start.elapsed().as_secs_f64() * 1e6 / f64::from(ROUNDS);
    let start = Instant::now();
    assert_eq!(branching::read(&stored, ROUNDS), branching::QUESTIONS * ROUNDS as usize);
    let plain = start.elapsed().as_secs_f64() * 1e6 / f64::from(ROUNDS);
    println!(
        "\n{:<46} {:>18} {:>18} {:>8}",
        "100 questions, 300 conditions, µs", "all checked", "answers read", "ratio"
    );
    line("logic and checks, on the server", format!("{ours:.0}"), format!("{plain:.0}"), Some(ours / plain));
    match in_wasm() {
        Ok((check, read)) => {
            line("the same in WASM, by node", format!("{check:.0}"), format!("{read:.0}"), Some(check / read));
            line("WASM against the server", format!("{check:.0}"), format!("{ours:.0}"), Some(check / ours));
        }
        Err(why) => println!("{:<46} {why}", "the same in WASM, by node"),
    }
}

/// What node measures: µs of a check and of a reading.
fn in_wasm() -> Result<(f64, f64), String> {
    const GLUE: &str = "target/front/bench/conditions.js";
    if !Path::new(GLUE).exists() {
        return Err("not built; run scripts/bench-wasm".to_string());
    }
    let done = Command::new("node").args(["tests/bench/wasm/run.mjs", GLUE]).output().map_err(|e| e.to_string())?;
    if !done.status.success() {
        return Err(String::from_utf8_lossy(&done.stderr).into_owned());
    }
    let told: serde_json::Value = serde_json::from_slice(&done.stdout).map_err(|e| e.to_string())?;
    let of = |key: &str| told[key].as_f64().ok_or_else(|| format!("no {key} in {told}"));
    Ok((of("check")?, of("read")?))
}
