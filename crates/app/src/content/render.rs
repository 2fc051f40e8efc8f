//! Typed blocks as components: the only way from an editor's marks to a page.

use askama::Template;
use askama::filters::HtmlSafe;
use onedoor_domain::content::{Block, Picture, Span, blocks};

use crate::ui::{Button, CrisisHelp, Markup};
use crate::words::Lang;

/// One block of a text.
#[derive(Template)]
#[template(path = "content/block.html")]
struct Shown<'a> {
    block: &'a Block,
    crisis: &'a CrisisHelp,
    ask: &'a Button,
}

impl HtmlSafe for Shown<'_> {}

/// A run of words.
#[derive(Template)]
#[template(path = "content/span.html")]
struct Run<'a> {
    span: &'a Span,
}

impl HtmlSafe for Run<'_> {}

impl Shown<'_> {
    #[expect(clippy::unused_self, reason = "called by the template")]
    fn words(&self, spans: &[Span]) -> Markup {
        Markup::all(spans.iter().map(|span| Run { span }))
    }

    #[expect(clippy::trivially_copy_pass_by_ref, clippy::unused_self, reason = "called by the template")]
    fn picture(&self, picture: &Picture) -> Sign {
        Sign { path: drawn(*picture) }
    }
}

/// A picture of Easy Read. The sentence beside it says the same, so it says nothing by itself.
#[derive(Template)]
#[template(path = "content/sign.html")]
struct Sign {
    path: &'static str,
}

impl HtmlSafe for Sign {}

/// A text as its page shows it. Marks that cannot be read were refused when they were typed; the words of such a text
/// still show, as they are.
pub fn text(lang: Lang, body: &str, crisis: &CrisisHelp) -> Markup {
    let ask = Button::to("/ask", lang.t("door-start-button"));
    match blocks(body) {
        Ok(found) => Markup::all(found.iter().map(|block| Shown { block, crisis, ask: &ask })),
        Err(_) => Markup::paragraphs([Markup::lines(body)]),
    }
}

/// Lines of one width on a square of 24.
fn drawn(picture: Picture) -> &'static str {
    match picture {
        Picture::Phone => {
            "M8 2h8a2 2 0 0 1 2 2v16a2 2 0 0 1-2 2H8a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2zM6 6h12M6 17h12M12 19.5v.01"
        }
        Picture::Person => "M12 3a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4 21a8 8 0 0 1 16 0",
        Picture::People => {
            "M8 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM17 6a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5zM2 20a6 6 0 0 1 12 0M15 14a5 5 0 0 1 7 5"
        }
        Picture::Home => "M3 11l9-8 9 8M5 10v11h14V10M10 21v-6h4v6",
        Picture::Day => "M4 5h16v16H4zM4 10h16M8 2v5M16 2v5M8 14h3v3H8z",
        Picture::Time => "M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20zM12 7v5l4 3",
        Picture::Letter => "M3 5h18v14H3zM3 6l9 7 9-7",
        Picture::Talk => {
            "M4 4h16a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1h-9l-5 5v-5H4a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1zM8 9h8M8 12h5"
        }
        Picture::Heart => "M12 21C5 15 2 12 2 8a5 5 0 0 1 10-1.5A5 5 0 0 1 22 8c0 4-3 7-10 13z",
        Picture::Yes => "M3 13l6 6L21 5",
        Picture::No => "M5 5l14 14M19 5L5 19",
        Picture::Danger => "M12 3l10 18H2zM12 9v6M12 18v.01",
        Picture::Private => "M5 11h14v10H5zM8 11V7a4 4 0 0 1 8 0v4M12 15v2",
        Picture::Write => "M4 20l1-5L16 4l4 4L9 19zM14 6l4 4",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::{CountyFace, Frame, FrameKind};

    fn html(body: &str) -> String {
        let frame = Frame {
            lang: Lang::default(),
            title: String::new(),
            errors: false,
            county: CountyFace::default(),
            kind: FrameKind::Public { leave_quickly: true },
            flash: None,
            no_index: false,
            here: None,
            keeps_typed: false,
        };
        text(Lang::default(), body, &frame.crisis_cards()).to_string()
    }

    #[test]
    fn what_an_editor_types_is_escaped_whatever_it_is() {
        let page = html("Tom & \"Jo\" [a & b](https://example.org/?a=1&b=2)\n\n> 1 > 0");
        assert!(
            page.contains("Tom &#38; &#34;Jo&#34;")
                && page.contains("href=\"https://example.org/?a=1&#38;b=2\""),
            "{page}"
        );
        assert!(
            html("<script>").contains("&#60;script&#62;"),
            "a text that cannot be read is shown as words"
        );
    }

    #[test]
    fn a_picture_says_nothing_by_itself_and_the_crisis_block_has_the_numbers() {
        let page = html("!phone Ring us.\n\n{crisis}");
        assert!(page.contains("aria-hidden=\"true\"") && page.contains("Ring us."), "{page}");
        assert!(page.contains("tel:999") && page.contains("116 123"), "{page}");
    }
}
