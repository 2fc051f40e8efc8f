//! The names in a zip container, from its directory at the end. Unpacks nothing. Safe for any bytes.

/// More parts than any letter has.
const MOST: usize = 10_000;
/// The directory's end, and the longest comment after it.
const END: usize = 22;
const COMMENT: usize = 65_535;

/// The names of all parts; none where the container is broken.
pub(super) fn names(bytes: &[u8]) -> Option<Vec<&[u8]>> {
    let end = find_end(bytes)?;
    let count = usize::from(two(bytes, end + 10)?);
    let mut at = usize::try_from(four(bytes, end + 16)?).ok()?;
    if count == 0 || count > MOST {
        return None;
    }
    let mut names = Vec::with_capacity(count);
    for _ in 0..count {
        if bytes.get(at..at.checked_add(4)?)? != b"PK\x01\x02" {
            return None;
        }
        let length = |place: usize| two(bytes, at.checked_add(place)?).map(usize::from);
        let (name, extra, comment) = (length(28)?, length(30)?, length(32)?);
        let from = at.checked_add(46)?;
        names.push(bytes.get(from..from.checked_add(name)?)?);
        at = from.checked_add(name)?.checked_add(extra)?.checked_add(comment)?;
    }
    Some(names)
}

/// The last mark of the directory's end whose comment reaches exactly to the end of the file.
fn find_end(bytes: &[u8]) -> Option<usize> {
    let last = bytes.len().checked_sub(END)?;
    let first = last.saturating_sub(COMMENT);
    (first..=last).rev().find(|at| {
        let mark = bytes.get(*at..at + 4) == Some(b"PK\x05\x06");
        mark && two(bytes, at + 20).is_some_and(|comment| at + END + usize::from(comment) == bytes.len())
    })
}

fn two(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn four(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}
