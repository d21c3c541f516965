//! Pages of a list that is made at once: page so-and-so of so many. Lists that grow without end go by their last line
//! instead (`cases::list`).

use leptos::prelude::*;

use crate::http::{Cx, Form};

/// A list cut into pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pages {
    /// The page that is shown, from 1 on.
    pub page: usize,
    /// How many there are, at least 1.
    pub pages: usize,
    /// How many lines on a page.
    pub size: usize,
}

impl Pages {
    /// The page that `?page=` asks for, or the nearest one.
    pub fn of(query: &Form, lines: usize, size: usize) -> Self {
        let pages = lines.div_ceil(size).max(1);
        Self { page: query.text("page").parse::<usize>().unwrap_or(1).clamp(1, pages), pages, size }
    }

    /// The lines of this page.
    pub fn cut<T>(self, lines: &[T]) -> &[T] {
        let from = ((self.page - 1) * self.size).min(lines.len());
        &lines[from..(from + self.size).min(lines.len())]
    }

    /// The links to the pages before and after; nothing when there is one page. `href` gives the address of a page.
    pub fn links(self, cx: &Cx, href: impl Fn(usize) -> String) -> Option<AnyView> {
        let link = |to: usize, word: &str| {
            let there = (1..=self.pages).contains(&to);
            let href = there.then(|| href(to));
            let word = cx.t(word);
            view! { <a class="button quiet" href=href aria-disabled=(!there).then_some("true")>{word}</a> }
        };
        (self.pages > 1).then(|| {
            view! {
                <nav class="pager" aria-label=cx.t("ui.pages")>
                    {link(self.page - 1, "ui.page_before")}
                    <span class="pager-state">{format!("{} / {}", self.page, self.pages)}</span>
                    {link(self.page + 1, "ui.page_next")}
                </nav>
            }
            .into_any()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_on_one_page_and_no_page_is_out_of_reach() {
        for lines in [0, 1, 49, 50, 51, 100, 101] {
            let all: Vec<usize> = (0..lines).collect();
            let pages = Pages::of(&Form::default(), lines, 50).pages;
            let mut seen = Vec::new();
            for page in 1..=pages {
                let mut query = Form::default();
                query.set("page", page.to_string());
                let shown = Pages::of(&query, lines, 50);
                assert!(!shown.cut(&all).is_empty() || lines == 0);
                seen.extend_from_slice(shown.cut(&all));
            }
            assert_eq!(seen, all);
        }
        for odd in ["0", "-1", "x", "99999999999999999999999", "7"] {
            let mut query = Form::default();
            query.set("page", odd);
            let page = Pages::of(&query, 60, 50).page;
            assert!((1..=2).contains(&page), "{odd}");
        }
    }
}
