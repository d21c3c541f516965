//! Import and export 导入导出: a questionnaire comes from a file, or goes into one, in one of three formats.
//!
//! - [`own`]: our JSON; what is exported comes back exactly.
//! - [`surveyjs`]: the JSON of SurveyJS.
//! - [`limesurvey`]: the tab-separated structure of LimeSurvey (`.txt`, versions 3 to 6).
//!
//! What a format says and we can't, or the other way round, is a [`Loss`]: it is listed for the person before anything is
//! saved. Nothing is dropped without one. Files come from outside: they are refused with a sentence, never with a panic.

mod expression;
mod finish;
mod keys;
pub mod limesurvey;
pub mod own;
pub mod pages;
mod plain;
mod shape;
pub mod surveyjs;
mod target;

use crate::forms::model::Definition;

crate::code_enum! {
    /// A format.
    pub enum Format {
        /// Our own JSON.
        Own = "huiyin",
        /// SurveyJS.
        SurveyJs = "surveyjs",
        /// LimeSurvey.
        LimeSurvey = "limesurvey",
    }
}

impl Format {
    /// How names of its files end.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Own => "huiyin.json",
            Self::SurveyJs => "surveyjs.json",
            Self::LimeSurvey => "limesurvey.txt",
        }
    }

    /// The type of its files.
    pub const fn mime(self) -> &'static str {
        match self {
            Self::Own | Self::SurveyJs => "application/json",
            Self::LimeSurvey => "text/tab-separated-values; charset=utf-8",
        }
    }
}

/// Something that could not be carried over as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// Where: the words of the question or section, or its name; empty for the questionnaire as a whole.
    pub at: String,
    /// The key of the sentence that says what and why; its variable is `detail`.
    pub key: &'static str,
    /// What stood there.
    pub detail: String,
}

impl Loss {
    /// A loss.
    pub fn new(at: impl Into<String>, key: &'static str, detail: impl Into<String>) -> Self {
        let detail = crate::kernel::text::excerpt(&detail.into(), 160);
        Self { at: at.into(), key, detail }
    }
}

/// What was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// From which format.
    pub format: Format,
    /// The questionnaire.
    pub definition: Definition,
    /// What could not be carried over.
    pub losses: Vec<Loss>,
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// The file.
    pub text: String,
    /// What could not be carried over.
    pub losses: Vec<Loss>,
}

/// Most bytes of a file: LimeSurvey writes 150 columns a row, so that a long questionnaire in two languages has two million.
pub const MOST_BYTES: usize = 4 * 1024 * 1024;

/// Reads a file of any of the formats.
///
/// # Errors
/// The key of a sentence that says why it is refused.
pub fn read(bytes: &[u8]) -> Result<Imported, &'static str> {
    if bytes.len() > MOST_BYTES {
        return Err("exchange.error.too_large");
    }
    let text = decode(bytes).ok_or("exchange.error.encoding")?;
    let start = text.trim_start();
    if start.is_empty() {
        return Err("exchange.error.empty");
    }
    if start.starts_with('<') {
        return Err("exchange.error.markup");
    }
    if !start.starts_with('{') {
        return limesurvey::read(&text);
    }
    let value: serde_json::Value = serde_json::from_str(start).map_err(|_| "exchange.error.json")?;
    if own::is_own(&value) { own::read(value) } else { surveyjs::read(&value) }
}

/// Writes a questionnaire.
pub fn write(format: Format, definition: &Definition) -> Exported {
    match format {
        Format::Own => Exported { text: own::write(definition), losses: Vec::new() },
        Format::SurveyJs => surveyjs::write(definition),
        Format::LimeSurvey => limesurvey::write(definition),
    }
}

/// UTF-8, or UTF-16 with its mark, as spreadsheets write "Unicode text".
fn decode(bytes: &[u8]) -> Option<String> {
    let wide = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = rest.as_chunks::<2>().0.iter().map(|pair| unit(*pair)).collect();
        String::from_utf16(&units).ok()
    };
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8(rest.to_vec()).ok(),
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        _ => String::from_utf8(bytes.to_vec()).ok(),
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
