//! The names that staff see. A submitted name can hold a person's name, a place or a date ("IMG_20260912_三年二班.jpg"),
//! so none is kept: a file is called by its position in the case and by its kind.

use std::fmt::Write as _;

use super::Kind;

/// The name of the attachment at `position` (from 1) as staff see it: `shown_name("附件", 1, Kind::Jpeg)` is
/// "附件 1.jpg". `word` is the word for "attachment" in the reader's language.
#[must_use]
pub fn shown_name(word: &str, position: usize, kind: Kind) -> String {
    format!("{word} {position}.{}", kind.extension())
}

/// The `Content-Disposition` of a download: never shown inline, with an ASCII name for old clients and the shown name
/// for the rest (RFC 6266, RFC 8187).
#[must_use]
pub fn content_disposition(word: &str, position: usize, kind: Kind) -> String {
    let mut header = format!("attachment; filename=\"attachment-{position}.{}\"; filename*=UTF-8''", kind.extension());
    for byte in shown_name(word, position, kind).bytes() {
        if byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'-' {
            header.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(header, "%{byte:02X}");
        }
    }
    header
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shown_name_is_generic() {
        assert_eq!(shown_name("附件", 1, Kind::Jpeg), "附件 1.jpg");
        assert_eq!(shown_name("Attachment", 12, Kind::Pdf), "Attachment 12.pdf");
    }

    #[test]
    fn a_download_is_never_inline_and_its_header_is_plain_ascii() {
        let header = content_disposition("附件\"\r\n", 2, Kind::Png);
        assert_eq!(
            header,
            "attachment; filename=\"attachment-2.png\"; filename*=UTF-8''%E9%99%84%E4%BB%B6%22%0D%0A%202.png"
        );
    }
}
