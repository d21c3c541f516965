//! Cleaning: submitted bytes → a rebuilt photo or PDF, or a refusal.
//!
//! | in | out |
//! |---|---|
//! | JPEG, WebP | JPEG (PNG if it has transparent parts) |
//! | PNG, GIF (first frame) | PNG if it has transparent parts or few colours (a screenshot), else JPEG |
//! | PDF | PDF, rebuilt from what its pages draw |
//! | WAV (recordings of calls, by [`recording`] alone) | WAV, header rebuilt, samples as they are |
//!
//! Everything else is refused. The decoders are the `image` and `lopdf` crates; both read hostile input here, so every
//! size is checked against [`Limits`] before it is spent, and a panic inside them becomes [`Refusal::Damaged`].

mod jpeg;
mod pdf;
mod photo;
mod wav;

#[cfg(test)]
mod jpeg_tests;
#[cfg(test)]
mod pdf_hostile_tests;
#[cfg(test)]
mod pdf_private_tests;
#[cfg(test)]
mod pdf_tests;
#[cfg(test)]
mod photo_hostile_tests;
#[cfg(test)]
mod photo_tests;
#[cfg(test)]
mod robust_tests;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod wav_tests;

use std::panic::{AssertUnwindSafe, catch_unwind};

/// What a cleaned file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A photo.
    Jpeg,
    /// A screenshot or a picture with transparent parts.
    Png,
    /// A document.
    Pdf,
    /// A recording of a call.
    Wav,
}

impl Kind {
    /// The media type to serve it with.
    #[must_use]
    pub const fn mime(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Pdf => "application/pdf",
            Self::Wav => "audio/wav",
        }
    }

    /// The end of its file name, without the dot.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Pdf => "pdf",
            Self::Wav => "wav",
        }
    }
}

/// A file that was rebuilt and may be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cleaned {
    /// What it is now; a WebP comes out as a JPEG.
    pub kind: Kind,
    /// The new file.
    pub bytes: Vec<u8>,
    /// Width and height in pixels as shown, for pictures.
    pub dimensions: Option<(u32, u32)>,
}

/// Why a file was not accepted. Every reason has a sentence for the submitter that says what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Refusal {
    /// More bytes than accepted.
    #[error("too many bytes")]
    TooLarge,
    /// More pixels, or a longer side, than accepted.
    #[error("too many pixels")]
    TooManyPixels,
    /// A document of too many pages.
    #[error("too many pages")]
    TooManyPages,
    /// A file that would need too much memory or work to read: too many objects, scans or unpacked bytes.
    #[error("too complex")]
    TooComplex,
    /// Not a picture or a PDF.
    #[error("unknown kind of file")]
    UnknownKind,
    /// An iPhone's HEIC photo: choose "Most Compatible" or send a screenshot.
    #[error("HEIC photo")]
    Heic,
    /// It ends early or contradicts itself.
    #[error("damaged")]
    Damaged,
    /// A PDF with a password or with restrictions.
    #[error("encrypted")]
    Encrypted,
    /// A PDF whose pages exist only when a program in it runs (a dynamic XFA form): print it to PDF first.
    #[error("active content")]
    ActiveContent,
    /// A PDF with pictures of a kind that cannot be cleaned (JPEG 2000, or a photo inside the page's drawing).
    #[error("unsupported picture in the document")]
    DocumentPicture,
    /// Not a recording that can be cleaned: only plain WAV can.
    #[error("not a WAV recording")]
    NotWav,
}

impl Refusal {
    /// Every reason, so that a test can find its message in every language.
    pub const ALL: [Self; 11] = [
        Self::TooLarge,
        Self::TooManyPixels,
        Self::TooManyPages,
        Self::TooComplex,
        Self::UnknownKind,
        Self::Heic,
        Self::Damaged,
        Self::Encrypted,
        Self::ActiveContent,
        Self::DocumentPicture,
        Self::NotWav,
    ];

    /// The key of the sentence shown to the submitter; it never changes.
    #[must_use]
    pub const fn message_key(self) -> &'static str {
        match self {
            Self::TooLarge => "attachments.refusal.too_large",
            Self::TooManyPixels => "attachments.refusal.too_many_pixels",
            Self::TooManyPages => "attachments.refusal.too_many_pages",
            Self::TooComplex => "attachments.refusal.too_complex",
            Self::UnknownKind => "attachments.refusal.unknown_kind",
            Self::Heic => "attachments.refusal.heic",
            Self::Damaged => "attachments.refusal.damaged",
            Self::Encrypted => "attachments.refusal.encrypted",
            Self::ActiveContent => "attachments.refusal.active_content",
            Self::DocumentPicture => "attachments.refusal.document_picture",
            Self::NotWav => "attachments.refusal.not_wav",
        }
    }
}

/// What one file may cost. The defaults fit phones of today and a small server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file as submitted.
    pub max_bytes: usize,
    /// Bytes of a recording as submitted: an hour of a telephone's sound, some minutes of a studio's.
    pub max_recording_bytes: usize,
    /// Pixels of a photo as submitted (65 million: a 64-megapixel phone), and of a picture in a PDF.
    pub max_pixels: u64,
    /// The longer side of a photo as submitted, in pixels.
    pub max_side: u32,
    /// Bytes the decoder of a photo may hold.
    pub max_decoder_bytes: u64,
    /// The longer side of a photo as stored, in pixels.
    pub stored_side: u32,
    /// Pages of a PDF.
    pub max_pages: usize,
    /// Indirect objects of a PDF, as submitted.
    pub max_objects: usize,
    /// Values (numbers, names, arrays …) in the rebuilt PDF.
    pub max_values: usize,
    /// Bytes unpacked from a PDF's streams, all together.
    pub max_unpacked_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: 20 * 1024 * 1024,
            max_recording_bytes: 20 * 1024 * 1024,
            max_pixels: 65_000_000,
            max_side: 20_000,
            max_decoder_bytes: 512 * 1024 * 1024,
            stored_side: 2560,
            max_pages: 200,
            max_objects: 100_000,
            max_values: 1_000_000,
            max_unpacked_bytes: 64 * 1024 * 1024,
        }
    }
}

/// Rebuild `bytes` so that only what a person sees in it is left, or say why not.
///
/// # Errors
///
/// A [`Refusal`]; the file must then not be stored in any form.
pub fn clean(bytes: &[u8], limits: &Limits) -> Result<Cleaned, Refusal> {
    if bytes.len() > limits.max_bytes {
        return Err(Refusal::TooLarge);
    }
    let source = Source::of(bytes)?;
    // The decoders are meant never to panic; if one does, the file is what is wrong, not the server.
    catch_unwind(AssertUnwindSafe(|| match source {
        Source::Photo(format) => photo::clean(bytes, format, limits),
        Source::Pdf => pdf::clean(bytes, limits),
    }))
    .unwrap_or(Err(Refusal::Damaged))
}

/// Rebuild a recording so that its sound alone is left, or say why not. Public forms take none.
///
/// # Errors
///
/// A [`Refusal`]; the recording must then not be stored in any form.
pub fn recording(bytes: &[u8], limits: &Limits) -> Result<Cleaned, Refusal> {
    if bytes.len() > limits.max_recording_bytes {
        return Err(Refusal::TooLarge);
    }
    wav::clean(bytes)
}

/// The kind of a submitted file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    Photo(image::ImageFormat),
    Pdf,
}

impl Source {
    /// Tell the kind from the first bytes.
    fn of(bytes: &[u8]) -> Result<Self, Refusal> {
        const HEIC_BRANDS: [&[u8]; 8] = [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"];
        // A PDF may have some bytes before its header (ISO 32000-1, implementation note 13).
        const PDF_HEADER_WINDOW: usize = 1024;
        if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
            return Ok(Self::Photo(image::ImageFormat::Jpeg));
        }
        if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            return Ok(Self::Photo(image::ImageFormat::Png));
        }
        if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") {
            return Ok(Self::Photo(image::ImageFormat::Gif));
        }
        if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
            return Ok(Self::Photo(image::ImageFormat::WebP));
        }
        if bytes.get(4..8) == Some(b"ftyp") && bytes.get(8..12).is_some_and(|brand| HEIC_BRANDS.contains(&brand)) {
            return Err(Refusal::Heic);
        }
        if bytes[..bytes.len().min(PDF_HEADER_WINDOW)].windows(5).any(|window| window == b"%PDF-") {
            return Ok(Self::Pdf);
        }
        Err(Refusal::UnknownKind)
    }
}
