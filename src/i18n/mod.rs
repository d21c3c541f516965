//! Languages: zh-CN (the default) and English. Every sentence that a person reads stands in a `.yml` file of this
//! folder, one file a slice, both languages side by side, so that a missing translation is seen at once.
//!
//! Keys are `slice.thing.detail`; variables are written `%{name}`.

use std::borrow::Cow;

crate::code_enum! {
    /// A language of the pages.
    pub enum Lang {
        /// 简体中文.
        ZhCn = "zh-CN",
        /// English.
        En = "en",
    }
}

impl Lang {
    /// The language that a browser asks for: English when it is named before Chinese, else Chinese.
    pub fn from_accept_language(header: &str) -> Self {
        header
            .split(',')
            .map(|part| part.trim().to_ascii_lowercase())
            .find_map(|part| match () {
                () if part.starts_with("zh") => Some(Self::ZhCn),
                () if part.starts_with("en") => Some(Self::En),
                () => None,
            })
            .unwrap_or(Self::ZhCn)
    }

    /// The sentence of a key. A key without a sentence shows itself; a test forbids that.
    pub fn t(self, key: &str) -> Cow<'static, str> {
        match crate::_rust_i18n_try_translate(self.code(), key) {
            Some(text) => Cow::Owned(text.into_owned()),
            None => Cow::Owned(key.to_string()),
        }
    }

    /// The sentence of a key with its variables filled in.
    pub fn tf(self, key: &str, variables: &[(&str, &str)]) -> String {
        let mut text = self.t(key).into_owned();
        for (name, value) in variables {
            text = text.replace(&format!("%{{{name}}}"), value);
        }
        text
    }

    /// The sentence of a code word: `prefix.code`.
    pub fn code_word(self, prefix: &str, code: &str) -> Cow<'static, str> {
        self.t(&format!("{prefix}.{code}"))
    }
}
