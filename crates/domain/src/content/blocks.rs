//! The few marks a text may have, read into typed blocks. No HTML comes in and none goes out: a page builds itself from
//! blocks, so that nothing an editor types can break a page, load anything, or hide the numbers for a crisis.
//!
//! ```text
//! # A heading            ## A smaller heading
//! - one of a list        1. one of a numbered list
//! > somebody's words     !phone A sentence with a picture (Easy Read)
//! [words](/ask)          **strong**
//! {crisis}               {ask}
//! ```

/// A run of words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Span {
    /// As they are.
    Plain(String),
    /// Strong.
    Strong(String),
    /// A link: its words, and where it leads.
    Link(String, String),
}

/// A part of a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Block {
    /// A heading; the smaller one belongs to the larger before it.
    Heading {
        /// Whether it is the smaller one.
        small: bool,
        /// Its words.
        words: String,
    },
    /// A paragraph.
    Paragraph(Vec<Span>),
    /// A list, with numbers or without.
    List {
        /// Whether its lines are steps.
        numbered: bool,
        /// Its lines.
        items: Vec<Vec<Span>>,
    },
    /// Somebody's words.
    Quote(Vec<Span>),
    /// A sentence with a picture beside it.
    Pictured(Picture, Vec<Span>),
    /// Where help is at once.
    Crisis,
    /// The button to ask for help.
    Ask,
}

/// The pictures of Easy Read, by name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Picture {
    /// A telephone.
    Phone,
    /// One person.
    Person,
    /// Several people.
    People,
    /// A house.
    Home,
    /// A calendar.
    Day,
    /// A clock.
    Time,
    /// A letter.
    Letter,
    /// A speech bubble.
    Talk,
    /// A heart.
    Heart,
    /// A tick.
    Yes,
    /// A cross.
    No,
    /// A warning.
    Danger,
    /// A padlock.
    Private,
    /// A pencil.
    Write,
}

impl Picture {
    /// Every picture.
    pub const ALL: [Self; 14] = [
        Self::Phone,
        Self::Person,
        Self::People,
        Self::Home,
        Self::Day,
        Self::Time,
        Self::Letter,
        Self::Talk,
        Self::Heart,
        Self::Yes,
        Self::No,
        Self::Danger,
        Self::Private,
        Self::Write,
    ];

    /// Its name, as it is typed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Person => "person",
            Self::People => "people",
            Self::Home => "home",
            Self::Day => "day",
            Self::Time => "time",
            Self::Letter => "letter",
            Self::Talk => "talk",
            Self::Heart => "heart",
            Self::Yes => "yes",
            Self::No => "no",
            Self::Danger => "danger",
            Self::Private => "private",
            Self::Write => "write",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|picture| picture.name() == name)
    }
}

/// A line that cannot be read, counted from 1.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mistake {
    /// A link that leads nowhere we send people: our own pages, `https://`, `tel:` and `sms:` only.
    Link(usize),
    /// No picture has this name.
    Picture(usize),
    /// A mark in braces that does not exist.
    Mark(usize),
    /// Signs of another notation: `<`, an image.
    Html(usize),
}

impl Mistake {
    /// The line.
    pub fn line(self) -> usize {
        match self {
            Self::Link(line) | Self::Picture(line) | Self::Mark(line) | Self::Html(line) => line,
        }
    }

    /// The last part of its message.
    pub fn key(self) -> &'static str {
        match self {
            Self::Link(_) => "link",
            Self::Picture(_) => "picture",
            Self::Mark(_) => "mark",
            Self::Html(_) => "html",
        }
    }
}

/// Reads a text.
///
/// # Errors
/// The first line that cannot be read.
pub fn blocks(text: &str) -> Result<Vec<Block>, Mistake> {
    let mut found = Vec::new();
    // Lines that follow each other without an empty one between are one paragraph.
    let mut open = false;
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() {
            open = false;
            continue;
        }
        let block = block(line, at + 1)?;
        let joined = open && join(&mut found, &block);
        open = true;
        if !joined {
            found.push(block);
        }
    }
    Ok(found)
}

/// Adds to the block before, where both are of one list, paragraph or quote.
fn join(found: &mut [Block], next: &Block) -> bool {
    match (found.last_mut(), next) {
        (Some(Block::Paragraph(words)), Block::Paragraph(more))
        | (Some(Block::Quote(words)), Block::Quote(more)) => {
            words.push(Span::Plain(" ".to_owned()));
            words.extend(more.iter().cloned());
            true
        }
        (Some(Block::List { numbered, items }), Block::List { numbered: same, items: more })
            if numbered == same =>
        {
            items.extend(more.iter().cloned());
            true
        }
        _ => false,
    }
}

fn block(line: &str, at: usize) -> Result<Block, Mistake> {
    if line.contains('<') || line.contains("![") {
        return Err(Mistake::Html(at));
    }
    if let Some(mark) = line.strip_prefix('{') {
        return match mark {
            "crisis}" => Ok(Block::Crisis),
            "ask}" => Ok(Block::Ask),
            _ => Err(Mistake::Mark(at)),
        };
    }
    if let Some(rest) = line.strip_prefix('!') {
        let (name, words) = rest.split_once(' ').ok_or(Mistake::Picture(at))?;
        let picture = Picture::from_name(name).ok_or(Mistake::Picture(at))?;
        return Ok(Block::Pictured(picture, spans(words.trim(), at)?));
    }
    if let Some(words) = line.strip_prefix("## ") {
        return Ok(Block::Heading { small: true, words: words.trim().to_owned() });
    }
    if let Some(words) = line.strip_prefix("# ") {
        return Ok(Block::Heading { small: false, words: words.trim().to_owned() });
    }
    if let Some(words) = line.strip_prefix("- ") {
        return Ok(Block::List { numbered: false, items: vec![spans(words, at)?] });
    }
    if let Some(words) = line.strip_prefix("> ") {
        return Ok(Block::Quote(spans(words, at)?));
    }
    match step(line) {
        Some(words) => Ok(Block::List { numbered: true, items: vec![spans(words, at)?] }),
        None => Ok(Block::Paragraph(spans(line, at)?)),
    }
}

/// The words after `1. `.
fn step(line: &str) -> Option<&str> {
    let (number, words) = line.split_once(". ")?;
    (!number.is_empty() && number.len() <= 2 && number.bytes().all(|byte| byte.is_ascii_digit()))
        .then_some(words)
}

fn spans(line: &str, at: usize) -> Result<Vec<Span>, Mistake> {
    let mut found = Vec::new();
    let mut rest = line;
    while !rest.is_empty() {
        let strong = rest.find("**").map(|from| (from, true));
        let bracket = rest.find('[').map(|from| (from, false));
        let next = [strong, bracket].into_iter().flatten().min();
        let Some((from, is_strong)) = next else {
            found.push(Span::Plain(rest.to_owned()));
            break;
        };
        let (before, marked) = rest.split_at(from);
        let taken = if is_strong { strong_span(marked) } else { link_span(marked, at)? };
        let Some((span, after)) = taken else {
            // A lone sign is a sign.
            found.push(Span::Plain(rest.to_owned()));
            break;
        };
        if !before.is_empty() {
            found.push(Span::Plain(before.to_owned()));
        }
        found.push(span);
        rest = after;
    }
    Ok(found)
}

fn strong_span(marked: &str) -> Option<(Span, &str)> {
    let (words, after) = marked.strip_prefix("**")?.split_once("**")?;
    (!words.is_empty()).then(|| (Span::Strong(words.to_owned()), after))
}

fn link_span(marked: &str, at: usize) -> Result<Option<(Span, &str)>, Mistake> {
    let found = marked.strip_prefix('[').and_then(|inner| inner.split_once("]("));
    let Some((words, rest)) = found else { return Ok(None) };
    let (to, after) = rest.split_once(')').ok_or(Mistake::Link(at))?;
    if words.trim().is_empty() || !leads_somewhere(to) {
        return Err(Mistake::Link(at));
    }
    Ok(Some((Span::Link(words.to_owned(), to.to_owned()), after)))
}

/// Our own pages, pages of others over TLS, telephone numbers.
fn leads_somewhere(to: &str) -> bool {
    let plain = to.chars().all(|c| c.is_ascii_graphic() && c != '\\');
    let own = to.starts_with('/') && !to.starts_with("//");
    let dial = to.strip_prefix("tel:").or_else(|| to.strip_prefix("sms:"));
    let number = dial.is_some_and(|digits| {
        !digits.is_empty() && digits.trim_start_matches('+').bytes().all(|byte| byte.is_ascii_digit())
    });
    let elsewhere = to.strip_prefix("https://").is_some_and(|host| host.contains('.'));
    plain && (own || number || elsewhere)
}
