//! A recording is stored as plain sound or not at all.

use huiyin::kernel::roles::Role;

use crate::support::{Multipart, TestApp, engines, key};

fn wave() -> Vec<u8> {
    let mut wave = b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0LIST".to_vec();
    let private = "INFOIART哨兵".as_bytes();
    wave.extend(u32::try_from(private.len()).unwrap().to_le_bytes());
    wave.extend(private);
    wave.extend(std::iter::repeat_n(0, private.len() % 2));
    wave.extend(b"data\x08\0\0\0\x80\x81\x82\x83\x84\x85\x86\x87");
    wave
}

fn form(identity: &str, key: &str) -> Multipart {
    Multipart::new().texts(&[
        ("idempotency_key", key),
        ("role", "parent"),
        ("identity", identity),
        ("topic", "safety"),
        ("body", "北门堵"),
        ("contact_name", "王女士"),
    ])
}

#[tokio::test]
async fn the_sound_is_kept_without_what_the_recorder_wrote() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let operator = t.staff(Role::HotlineOperator).await;
        let named = form("named", &key()).file("recording", "唐丽.wav", "audio/wav", &wave());
        operator.post_multipart("/desk/hotline/new", named).await.expect(201);
        assert_eq!(t.column("SELECT kind FROM attachments").await, ["wav"]);
        for file in t.files() {
            let bytes = std::fs::read(&file).unwrap();
            assert!(!bytes.windows(6).any(|w| w == "哨兵".as_bytes()), "{}", file.display());
        }
        let number = &t.column("SELECT number FROM cases").await[0];
        let office = t.staff(Role::Office).await;
        let page = office.get(&format!("/desk/cases/{number}")).await.expect(200).text();
        let href = page.split(&format!("/desk/cases/{number}/files/")).nth(1).unwrap().split('"').next().unwrap();
        let sound = office.get(&format!("/desk/cases/{number}/files/{href}")).await.expect(200);
        assert_eq!(sound.header("content-type"), "audio/wav", "{engine:?}");
        assert!(sound.body.ends_with(b"\x80\x81\x82\x83\x84\x85\x86\x87"));
    }
}

#[tokio::test]
async fn other_sound_and_the_voice_of_somebody_anonymous_are_refused_and_nothing_is_stored() {
    let t = TestApp::start().await;
    let operator = t.staff(Role::HotlineOperator).await;
    let mp3 = form("named", &key()).file("recording", "a.mp3", "audio/mpeg", b"ID3\x04\0\0\0\0\0\0\xff\xfb");
    let page = operator.post_multipart("/desk/hotline/new", mp3).await.expect(422).text();
    assert!(page.contains("不是 WAV 格式") && page.contains("北门堵"));
    let anonymous = form("anonymous", &key()).file("recording", "a.wav", "audio/wav", &wave());
    let page = operator.post_multipart("/desk/hotline/new", anonymous).await.expect(422).text();
    assert!(page.contains("声音认得出人"));
    assert_eq!((t.count("cases").await, t.count("attachments").await), (0, 0));
    // Public forms take no sound at all.
    let public = form("named", &key()).file("files", "a.wav", "audio/wav", &wave());
    t.visitor().json().post_multipart(&format!("/q/{}", t.point("北门")), public).await.expect(422);
}
