//! A recording of a call: WAV is rebuilt from its format and its samples. Everything else in it (LIST/INFO, bext, iXML,
//! cue points, ID3: names, devices, times, places) is left behind. Other kinds of sound are refused: nothing here could
//! say what they hold.
//!
//! Layout: RIFF, WAVE, then chunks of a name, a length (little endian) and bytes, padded to even lengths
//! (Microsoft, Multimedia Programming Interface and Data Specifications 1.0, 1991).

use super::{Cleaned, Kind, Refusal};

/// Samples as numbers, as floats, as A-law and µ-law (telephones), and the extended form of these.
const CODECS: [u16; 5] = [1, 3, 6, 7, 0xFFFE];

/// The end of the extended format's id: the first two bytes of a codec, then this (RFC 2361).
const GUID_TAIL: [u8; 14] = [0, 0, 0, 0, 16, 0, 128, 0, 0, 170, 0, 56, 155, 113];

/// What a header says of the samples.
struct Format {
    codec: u16,
    channels: u16,
    rate: u32,
    bits: u16,
}

/// Rebuilds a recording.
pub fn clean(bytes: &[u8]) -> Result<Cleaned, Refusal> {
    if !bytes.starts_with(b"RIFF") || bytes.get(8..12) != Some(b"WAVE") {
        return Err(Refusal::NotWav);
    }
    let (mut format, mut samples) = (None, None);
    let mut rest = bytes.get(12..).unwrap_or_default();
    while let Some((head, after)) = rest.split_at_checked(8) {
        let length = number(head, 4).ok_or(Refusal::Damaged)? as usize;
        match &head[..4] {
            b"fmt " => format = Some(read(after.get(..length).ok_or(Refusal::Damaged)?)?),
            // Recorders that were switched off leave the length too large, or zero: what is there counts.
            b"data" if samples.is_none() => samples = Some(&after[..length.min(after.len())]),
            _ => {}
        }
        rest = after.get(length + length % 2..).unwrap_or_default();
    }
    let (Some(format), Some(samples)) = (format, samples) else { return Err(Refusal::Damaged) };
    let block = usize::from(format.channels) * usize::from(format.bits / 8);
    let whole = samples.len() - samples.len() % block.max(1);
    if whole == 0 {
        return Err(Refusal::Damaged);
    }
    Ok(Cleaned { kind: Kind::Wav, bytes: write(&format, &samples[..whole])?, dimensions: None })
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn small(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn read(chunk: &[u8]) -> Result<Format, Refusal> {
    let field = |at| small(chunk, at).ok_or(Refusal::Damaged);
    let mut codec = field(0)?;
    if !CODECS.contains(&codec) {
        return Err(Refusal::NotWav);
    }
    if codec == 0xFFFE {
        // The extended form names the codec in the first two bytes of an id; the rest of the id is always the same.
        codec = field(24)?;
        if chunk.get(26..40) != Some(&GUID_TAIL) || !CODECS.contains(&codec) || codec == 0xFFFE {
            return Err(Refusal::NotWav);
        }
    }
    let format =
        Format { codec, channels: field(2)?, rate: number(chunk, 4).ok_or(Refusal::Damaged)?, bits: field(14)? };
    let bits_fit = match format.codec {
        1 => matches!(format.bits, 8 | 16 | 24 | 32),
        3 => matches!(format.bits, 32 | 64),
        _ => format.bits == 8,
    };
    let fits = (1..=2).contains(&format.channels) && (4_000..=192_000).contains(&format.rate) && bits_fit;
    if fits { Ok(format) } else { Err(Refusal::Damaged) }
}

fn write(format: &Format, samples: &[u8]) -> Result<Vec<u8>, Refusal> {
    let block = format.channels * (format.bits / 8);
    let padding = samples.len() % 2;
    let length = u32::try_from(samples.len()).map_err(|_| Refusal::TooLarge)?;
    let whole = u32::try_from(36 + samples.len() + padding).map_err(|_| Refusal::TooLarge)?;
    let mut out = Vec::with_capacity(44 + samples.len() + padding);
    out.extend(b"RIFF");
    out.extend(whole.to_le_bytes());
    out.extend(b"WAVEfmt ");
    out.extend(16u32.to_le_bytes());
    for value in [format.codec, format.channels] {
        out.extend(value.to_le_bytes());
    }
    out.extend(format.rate.to_le_bytes());
    out.extend((format.rate * u32::from(block)).to_le_bytes());
    for value in [block, format.bits] {
        out.extend(value.to_le_bytes());
    }
    out.extend(b"data");
    out.extend(length.to_le_bytes());
    out.extend(samples);
    out.extend(std::iter::repeat_n(0, padding));
    Ok(out)
}
