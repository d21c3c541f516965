//! The segments of a JPEG file (ITU-T T.81, annex B), for the JPEG streams inside a PDF: they keep their pixels as
//! they are, so that a scan loses nothing, and lose everything that does not draw.

use super::Refusal;

/// Progressive files have about ten scans. Each may cost a pass over the whole picture and take a few bytes, so a small
/// file of thousands of scans keeps a decoder busy for hours.
const MAX_SCANS: usize = 100;

const SOI: u8 = 0xd8;
const EOI: u8 = 0xd9;
const SOS: u8 = 0xda;
const APP0: u8 = 0xe0;
const APP14: u8 = 0xee;

/// Refuse a file with too many scans before a decoder sees it.
pub(super) fn check_scans(bytes: &[u8]) -> Result<(), Refusal> {
    // In the coded data a byte 0xff is followed by 0, so each hit is a scan or a thumbnail's.
    let scans = bytes.windows(2).filter(|pair| *pair == [0xff, SOS]).count();
    if scans > MAX_SCANS { Err(Refusal::TooComplex) } else { Ok(()) }
}

/// Width and height as the frame says, without decoding anything.
pub(super) fn frame_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut position = 2;
    while let Ok(Some((marker, after))) = next_marker(bytes, position) {
        if marker == SOS {
            break;
        }
        let segment = bytes.get(after..)?;
        if is_frame(marker) {
            let side = |at: usize| Some(u32::from(u16::from_be_bytes([*segment.get(at)?, *segment.get(at + 1)?])));
            return Some((side(5)?, side(3)?));
        }
        position = after + usize::from(u16::from_be_bytes([*segment.first()?, *segment.get(1)?])).max(2);
    }
    None
}

/// The same picture without its notes: only the tables, frames and scans are copied, a fresh JFIF mark if there was
/// one, and the twelve bytes of Adobe's mark that tell how the colours are coded. EXIF, XMP, ICC, IPTC, comments,
/// thumbnails and whatever follows the end of the picture stay behind.
pub(super) fn strip(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    check_scans(bytes)?;
    if !bytes.starts_with(&[0xff, SOI]) {
        return Err(Refusal::Damaged);
    }
    let mut out = Vec::with_capacity(bytes.len());
    out.extend_from_slice(&[0xff, SOI]);
    let mut position = 2;
    let mut has_frame = false;
    let mut has_scan = false;
    while let Some((marker, after)) = next_marker(bytes, position)? {
        if marker == EOI {
            break;
        }
        let length = match bytes.get(after..after + 2) {
            Some(&[high, low]) => usize::from(u16::from_be_bytes([high, low])),
            _ if has_scan => break,
            _ => return Err(Refusal::Damaged),
        };
        let end = after + length;
        let payload = match bytes.get(after + 2..end) {
            Some(payload) if length >= 2 => payload,
            _ if has_scan => break,
            _ => return Err(Refusal::Damaged),
        };
        position = end;
        match marker {
            APP0 if payload.starts_with(b"JFIF\0") => out.extend_from_slice(&fresh_jfif()),
            APP14 if payload.starts_with(b"Adobe") && payload.len() >= 12 => {
                out.extend_from_slice(&[0xff, APP14, 0, 14]);
                out.extend_from_slice(&payload[..12]);
            }
            SOS => {
                position = end_of_scan(bytes, end);
                out.extend_from_slice(&[0xff, SOS]);
                out.extend_from_slice(&bytes[after..position]);
                has_scan = true;
            }
            // Huffman, frames, arithmetic conditioning; quantisation, lines, restart interval, hierarchical frames.
            0xc0..=0xcf | 0xdb..=0xdf => {
                has_frame |= is_frame(marker);
                out.extend_from_slice(&[0xff, marker]);
                out.extend_from_slice(&bytes[after..end]);
            }
            _ => {}
        }
    }
    if !(has_frame && has_scan) {
        return Err(Refusal::Damaged);
    }
    out.extend_from_slice(&[0xff, EOI]);
    Ok(out)
}

const fn is_frame(marker: u8) -> bool {
    matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc)
}

/// JFIF 1.1, no density, no thumbnail.
const fn fresh_jfif() -> [u8; 18] {
    [0xff, APP0, 0, 16, b'J', b'F', b'I', b'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]
}

/// The next marker at or after `position` and where its segment starts. Fill bytes are skipped, and stray bytes
/// between segments too, as decoders do.
fn next_marker(bytes: &[u8], mut position: usize) -> Result<Option<(u8, usize)>, Refusal> {
    while position < bytes.len() {
        if bytes[position] != 0xff {
            position += 1;
            continue;
        }
        match bytes.get(position + 1) {
            None => break,
            Some(0xff) => position += 1,
            // Stuffing and markers without a segment.
            Some(0 | 1 | 0xd0..=0xd7) => position += 2,
            // A second picture before the first has ended.
            Some(&SOI) => return Err(Refusal::Damaged),
            Some(&marker) => return Ok(Some((marker, position + 2))),
        }
    }
    Ok(None)
}

/// Where the coded data that starts at `position` ends: at the next marker that is not a restart.
fn end_of_scan(bytes: &[u8], mut position: usize) -> usize {
    while position + 1 < bytes.len() {
        if bytes[position] == 0xff && !matches!(bytes[position + 1], 0 | 0xff | 0xd0..=0xd7) {
            return position;
        }
        position += 1;
    }
    bytes.len()
}
