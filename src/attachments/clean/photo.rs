//! Photos and screenshots: decode within limits, turn upright, shrink, encode anew.
//!
//! Only pixels cross from the old file to the new one. EXIF, XMP, IPTC, ICC profiles, comments, thumbnails, text chunks,
//! further frames and whatever follows the picture are not copied, because nothing copies them: the encoder starts from
//! an array of samples. The colour under fully transparent pixels, which nobody sees, is cleared too.

use std::collections::HashSet;
use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType as PngFilter, PngEncoder};
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{
    DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageError, ImageFormat, ImageReader, RgbImage,
    RgbaImage,
};

use super::{Cleaned, Kind, Limits, Refusal, jpeg};

/// Good to look at and small; artefacts of a photographed page of text stay unobtrusive.
const JPEG_QUALITY: u8 = 85;
/// A lossless picture with at most this many colours is drawn, not photographed: PNG keeps its text sharp.
const FEW_COLOURS: usize = 1024;

/// Rebuild a photo.
pub(super) fn clean(bytes: &[u8], format: ImageFormat, limits: &Limits) -> Result<Cleaned, Refusal> {
    if format == ImageFormat::Jpeg {
        jpeg::check_scans(bytes)?;
        // The decoder has a limit of its own and calls what is beyond it damaged.
        if let Some(size) = jpeg::frame_size(bytes) {
            check_size(size, limits)?;
        }
    }
    let (picture, orientation) = decode(bytes, format, limits)?;
    let lossless = matches!(format, ImageFormat::Png | ImageFormat::Gif);
    let picture = Picture::of(picture);
    let as_png = picture.is_transparent() || (lossless && picture.has_few_colours());
    let picture = picture.shrunk(limits.stored_side).upright(orientation);
    let dimensions = Some(picture.dimensions());
    let (kind, bytes) = if as_png { (Kind::Png, picture.png()?) } else { (Kind::Jpeg, picture.jpeg()?) };
    Ok(Cleaned { kind, bytes, dimensions })
}

/// Read the pixels and the way up, after the header's promises were checked.
fn decode(bytes: &[u8], format: ImageFormat, limits: &Limits) -> Result<(DynamicImage, Orientation), Refusal> {
    let mut allowed = image::Limits::default();
    allowed.max_image_width = Some(limits.max_side);
    allowed.max_image_height = Some(limits.max_side);
    allowed.max_alloc = Some(limits.max_decoder_bytes);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(allowed);
    let mut decoder = reader.into_decoder().map_err(refusal)?;
    check_size(decoder.dimensions(), limits)?;
    if decoder.total_bytes() > limits.max_decoder_bytes {
        return Err(Refusal::TooManyPixels);
    }
    // Unreadable EXIF is no reason to refuse a photo: it is thrown away anyhow.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    Ok((DynamicImage::from_decoder(decoder).map_err(refusal)?, orientation))
}

fn check_size((width, height): (u32, u32), limits: &Limits) -> Result<(), Refusal> {
    if width == 0 || height == 0 {
        Err(Refusal::Damaged)
    } else if u64::from(width) * u64::from(height) > limits.max_pixels || width.max(height) > limits.max_side {
        Err(Refusal::TooManyPixels)
    } else {
        Ok(())
    }
}

fn refusal(error: ImageError) -> Refusal {
    match error {
        ImageError::Limits(_) => Refusal::TooManyPixels,
        _ => Refusal::Damaged,
    }
}

/// Eight-bit samples, with an alpha channel only where it says something.
enum Picture {
    Opaque(DynamicImage),
    Transparent(DynamicImage),
}

impl Picture {
    fn of(picture: DynamicImage) -> Self {
        if !picture.color().has_alpha() {
            return Self::Opaque(picture.into_rgb8().into());
        }
        let mut samples: RgbaImage = picture.into_rgba8();
        let mut transparent = false;
        for pixel in samples.chunks_exact_mut(4) {
            if pixel[3] != u8::MAX {
                transparent = true;
                if pixel[3] == 0 {
                    pixel.fill(0);
                }
            }
        }
        let samples = DynamicImage::from(samples);
        if transparent { Self::Transparent(samples) } else { Self::Opaque(samples.into_rgb8().into()) }
    }

    fn image(&self) -> &DynamicImage {
        match self {
            Self::Opaque(image) | Self::Transparent(image) => image,
        }
    }

    fn map(self, change: impl FnOnce(DynamicImage) -> DynamicImage) -> Self {
        match self {
            Self::Opaque(image) => Self::Opaque(change(image)),
            Self::Transparent(image) => Self::Transparent(change(image)),
        }
    }

    fn is_transparent(&self) -> bool {
        matches!(self, Self::Transparent(_))
    }

    fn has_few_colours(&self) -> bool {
        let mut seen = HashSet::with_capacity(FEW_COLOURS + 1);
        let mut last = None;
        for pixel in self.image().as_bytes().chunks_exact(3) {
            // Neighbours are mostly alike in a drawing; hashing each would be slow.
            if last != Some(pixel) {
                last = Some(pixel);
                seen.insert(pixel);
                if seen.len() > FEW_COLOURS {
                    return false;
                }
            }
        }
        true
    }

    /// No side longer than `side`; never enlarged.
    fn shrunk(self, side: u32) -> Self {
        let (width, height) = self.dimensions();
        if width.max(height) <= side {
            return self;
        }
        self.map(|image| image.resize(side, side, FilterType::Triangle))
    }

    fn upright(self, orientation: Orientation) -> Self {
        self.map(|mut image| {
            image.apply_orientation(orientation);
            image
        })
    }

    fn dimensions(&self) -> (u32, u32) {
        (self.image().width(), self.image().height())
    }

    fn jpeg(&self) -> Result<Vec<u8>, Refusal> {
        let mut bytes = Vec::new();
        let (width, height) = self.dimensions();
        let samples: RgbImage = self.image().to_rgb8();
        JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY)
            .write_image(samples.as_raw(), width, height, ExtendedColorType::Rgb8)
            .map_err(|_| Refusal::Damaged)?;
        Ok(bytes)
    }

    fn png(&self) -> Result<Vec<u8>, Refusal> {
        let mut bytes = Vec::new();
        let (width, height) = self.dimensions();
        let colour = if self.is_transparent() { ExtendedColorType::Rgba8 } else { ExtendedColorType::Rgb8 };
        PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, PngFilter::Adaptive)
            .write_image(self.image().as_bytes(), width, height, colour)
            .map_err(|_| Refusal::Damaged)?;
        Ok(bytes)
    }
}
