//! Cuts a feed into its records as the bytes come in, so that no feed is ever held whole and one broken record breaks no other.
//!
//! It takes pages as the standard publishes them (`{"total_items": …, "contents": [ … ]}`), one after another, a list of
//! records, or a record a line. It knows where a record begins and ends, and nothing of what is in it.

/// The longest record that is kept; a longer one is told and passed over.
pub const MOST: usize = 1024 * 1024;

/// The name of the list of records in a page.
const CONTENTS: &[u8] = b"contents";

/// What was cut off.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece {
    /// One record, as it was written; not yet known to be JSON.
    Record(Vec<u8>),
    /// A record longer than [`MOST`].
    TooLarge,
    /// A page ended: what it says beside its records.
    Page(Vec<u8>),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Mode {
    /// Outside every object.
    Between,
    /// In an object that is a page or a record: nobody knows before its end.
    Object,
    /// In the list of a page, between two records.
    Contents,
    /// In a record of that list.
    Item,
    /// In something in that list that is neither object nor list.
    Scalar,
}

/// The knife. Feed it bytes in pieces of any size.
#[expect(clippy::struct_excessive_bools, reason = "each is one independent fact of where the reading is")]
#[derive(Debug)]
pub struct Pieces {
    mode: Mode,
    depth: u32,
    in_string: bool,
    escaped: bool,
    /// At the first level of an object: whether the next string is a name.
    wants_name: bool,
    /// The first letters of the last name.
    name: Vec<u8>,
    reads_name: bool,
    has_contents: bool,
    /// The object around the records, or the object that is the record.
    outer: Kept,
    item: Kept,
    junk: bool,
}

/// Bytes that are kept up to a limit.
#[derive(Debug, Default)]
struct Kept {
    bytes: Vec<u8>,
    is_over: bool,
}

impl Kept {
    fn push(&mut self, byte: u8) {
        if self.bytes.len() >= MOST {
            self.is_over = true;
        } else {
            self.bytes.push(byte);
        }
    }

    fn take(&mut self) -> Option<Vec<u8>> {
        let over = std::mem::take(&mut self.is_over);
        let bytes = std::mem::take(&mut self.bytes);
        (!over).then_some(bytes)
    }
}

impl Default for Pieces {
    fn default() -> Self {
        Self {
            mode: Mode::Between,
            depth: 0,
            in_string: false,
            escaped: false,
            wants_name: false,
            name: Vec::new(),
            reads_name: false,
            has_contents: false,
            outer: Kept::default(),
            item: Kept::default(),
            junk: false,
        }
    }
}

impl Pieces {
    /// Everything that is whole after these bytes, in order.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<Piece> {
        bytes.iter().filter_map(|byte| self.byte(*byte)).collect()
    }

    /// Whether everything that began has ended. What ends in the middle was cut short on its way.
    pub fn is_whole(&self) -> bool {
        self.mode == Mode::Between
    }

    fn byte(&mut self, byte: u8) -> Option<Piece> {
        match self.mode {
            Mode::Between => self.between(byte),
            Mode::Object => self.object(byte),
            Mode::Contents => self.contents(byte),
            Mode::Item => self.item(byte),
            Mode::Scalar => self.scalar(byte),
        }
    }

    fn between(&mut self, byte: u8) -> Option<Piece> {
        match byte {
            b'{' => {
                self.mode = Mode::Object;
                (self.depth, self.wants_name, self.has_contents, self.junk) = (1, true, false, false);
                self.outer.push(byte);
                None
            }
            // The last three are the mark at the beginning of a text file.
            b'[' | b']' | b',' | 0xef | 0xbb | 0xbf => None,
            _ if byte.is_ascii_whitespace() => None,
            // Words where a record should be: told once, up to where the next one begins.
            _ => (!std::mem::replace(&mut self.junk, true)).then(|| Piece::Record(Vec::new())),
        }
    }

    /// Follows strings and brackets; true when the bracket that was opened first is closed.
    fn closes(&mut self, byte: u8) -> bool {
        if self.in_string {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                // No string goes over a line: whatever is wrong here ends here.
                b'"' | b'\n' => self.in_string = false,
                _ => {}
            }
            return false;
        }
        match byte {
            b'"' => self.in_string = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        self.depth == 0
    }

    fn object(&mut self, byte: u8) -> Option<Piece> {
        let (was_string, level) = (self.in_string, self.depth);
        if level == 1 && !was_string && byte == b'[' && self.name == CONTENTS && !self.wants_name {
            self.outer.push(b'[');
            self.outer.push(b']');
            self.mode = Mode::Contents;
            self.has_contents = true;
            return None;
        }
        self.outer.push(byte);
        let ended = self.closes(byte);
        if level == 1 {
            self.follow_name(byte, was_string);
        }
        if !ended {
            return None;
        }
        self.mode = Mode::Between;
        self.name.clear();
        match (self.outer.take(), self.has_contents) {
            (Some(bytes), true) => Some(Piece::Page(bytes)),
            (Some(bytes), false) => Some(Piece::Record(bytes)),
            (None, _) => Some(Piece::TooLarge),
        }
    }

    fn follow_name(&mut self, byte: u8, was_string: bool) {
        match (was_string, self.in_string) {
            (false, true) if self.wants_name => {
                self.name.clear();
                self.reads_name = true;
            }
            (true, true) if self.reads_name && self.name.len() <= CONTENTS.len() => self.name.push(byte),
            (true, false) if self.reads_name => self.reads_name = false,
            (false, false) if byte == b':' => self.wants_name = false,
            (false, false) if byte == b',' => self.wants_name = true,
            (true | false, true | false) => {}
        }
    }

    fn contents(&mut self, byte: u8) -> Option<Piece> {
        match byte {
            b'{' | b'[' => {
                self.mode = Mode::Item;
                self.depth = 1;
                self.item.push(byte);
            }
            b']' => {
                self.mode = Mode::Object;
                self.depth = 1;
                self.name.clear();
            }
            b',' => {}
            _ if byte.is_ascii_whitespace() => {}
            _ => {
                self.mode = Mode::Scalar;
                self.in_string = byte == b'"';
                self.item.push(byte);
            }
        }
        None
    }

    fn item(&mut self, byte: u8) -> Option<Piece> {
        self.item.push(byte);
        if !self.closes(byte) {
            return None;
        }
        self.mode = Mode::Contents;
        Some(self.item.take().map_or(Piece::TooLarge, Piece::Record))
    }

    fn scalar(&mut self, byte: u8) -> Option<Piece> {
        if !self.in_string && matches!(byte, b',' | b']') {
            self.mode = Mode::Contents;
            let piece = self.item.take().map_or(Piece::TooLarge, Piece::Record);
            let ends_list = byte == b']';
            if ends_list {
                self.contents(byte);
            }
            return Some(piece);
        }
        self.item.push(byte);
        self.depth = 1;
        self.closes(byte);
        None
    }
}
