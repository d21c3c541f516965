use proptest::prelude::*;

use super::{Kind, Limits, Refusal, recording};

fn chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let mut out = name.to_vec();
    out.extend(u32::try_from(content.len()).unwrap().to_le_bytes());
    out.extend(content);
    out.extend(std::iter::repeat_n(0, content.len() % 2));
    out
}

fn riff(chunks: &[Vec<u8>]) -> Vec<u8> {
    let content: Vec<u8> = b"WAVE".iter().copied().chain(chunks.concat()).collect();
    [b"RIFF".as_slice(), &u32::try_from(content.len()).unwrap().to_le_bytes(), &content].concat()
}

/// Telephone sound: A-law, one channel, 8 kHz.
fn format() -> Vec<u8> {
    let mut out = Vec::new();
    for value in [6u16, 1] {
        out.extend(value.to_le_bytes());
    }
    for value in [8_000u32, 8_000] {
        out.extend(value.to_le_bytes());
    }
    for value in [1u16, 8] {
        out.extend(value.to_le_bytes());
    }
    chunk(b"fmt ", &out)
}

#[test]
fn the_sound_stays_and_everything_else_goes() {
    let private = [
        chunk(b"LIST", "INFOIART唐丽 IPRDiPhone".as_bytes()),
        chunk(b"bext", "文明办录音笔 2026-03-10 09:30 北纬43.8".as_bytes()),
        chunk(b"iXML", b"<BWFXML><LOCATION>gate</LOCATION></BWFXML>"),
        chunk(b"id3 ", b"ID3secret"),
    ];
    let samples: Vec<u8> = (0..=200).collect();
    let wave = riff(&[
        private[0].clone(),
        format(),
        private[1].clone(),
        chunk(b"data", &samples),
        private[2].clone(),
        private[3].clone(),
    ]);
    let cleaned = recording(&wave, &Limits::default()).unwrap();
    assert_eq!(cleaned.kind, Kind::Wav);
    assert_eq!(cleaned.bytes, riff(&[format(), chunk(b"data", &samples)]));
    assert_eq!(recording(&cleaned.bytes, &Limits::default()).unwrap(), cleaned, "twice changes nothing");
}

#[test]
fn other_sound_is_refused() {
    for bytes in [b"ID3\x04\0\0\0mp3".as_slice(), b"\0\0\0\x20ftypM4A ", b"OggS", b"#!AMR\n", b"", b"RIFF\0\0\0\0AVI "]
    {
        assert_eq!(recording(bytes, &Limits::default()), Err(Refusal::NotWav), "{bytes:?}");
    }
    // MP3 in the clothes of a WAV.
    let mut dressed = format();
    dressed[8] = 0x55;
    assert_eq!(recording(&riff(&[dressed, chunk(b"data", b"abcd")]), &Limits::default()), Err(Refusal::NotWav));
}

#[test]
fn what_is_cut_off_keeps_its_whole_samples_and_nothing_is_refused() {
    let mut wave = riff(&[format(), chunk(b"data", &[7; 100])]);
    wave.truncate(wave.len() - 40);
    assert_eq!(recording(&wave, &Limits::default()).unwrap().bytes, riff(&[format(), chunk(b"data", &[7; 60])]));
    assert_eq!(recording(&riff(&[format(), chunk(b"data", &[])]), &Limits::default()), Err(Refusal::Damaged));
    assert_eq!(recording(&riff(&[chunk(b"data", &[1, 2])]), &Limits::default()), Err(Refusal::Damaged));
    let small = Limits { max_recording_bytes: 10, ..Limits::default() };
    assert_eq!(recording(&wave, &small), Err(Refusal::TooLarge));
}

proptest! {
    #[test]
    fn whatever_comes_is_cleaned_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300), dressed: bool) {
        let bytes = if dressed { [b"RIFF\0\0\0\0WAVE".as_slice(), &bytes].concat() } else { bytes };
        if let Ok(cleaned) = recording(&bytes, &Limits::default()) {
            prop_assert_eq!(recording(&cleaned.bytes, &Limits::default()).unwrap(), cleaned);
        }
    }
}
