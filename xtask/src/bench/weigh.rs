//! What a page weighs on the wire, with everything it makes a browser fetch the first time.

use std::collections::BTreeSet;
use std::net::SocketAddr;

use super::stats::as_f64;
use super::wire::Wire;
use crate::sh::Outcome;

/// Kilobytes of a page alone, and with its styles, scripts and pictures.
pub fn weigh(addr: SocketAddr, cookies: &str, path: &str) -> Outcome<(f64, f64)> {
    let mut wire = Wire::with(addr, cookies);
    "Accept-Encoding: gzip, br\r\n".clone_into(&mut wire.extra);
    let compressed = wire.get(path)?.expect(200, path)?.bytes;
    wire.extra.clear();
    // Read once more as text, to know what belongs to it.
    let page = wire.get(path)?.expect(200, path)?.text();
    "Accept-Encoding: gzip, br\r\n".clone_into(&mut wire.extra);
    let mut all = compressed;
    for asset in assets(&page) {
        all += wire.get(&asset)?.expect(200, &asset)?.bytes;
    }
    Ok((as_f64(compressed) / 1024.0, as_f64(all) / 1024.0))
}

fn assets(page: &str) -> BTreeSet<String> {
    let of = |attribute: &str| -> Vec<String> {
        let found = page.split(attribute).skip(1).filter_map(|rest| rest.split('"').next());
        found.filter(|path| path.starts_with("/assets/")).map(str::to_owned).collect()
    };
    of("href=\"").into_iter().chain(of("src=\"")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_is_fetched_is_counted_once() {
        let page = "<link href=\"/assets/a.css\"><script src=\"/assets/b.js\"></script><a href=\"/ask\"><link href=\"/assets/a.css\">";
        assert_eq!(assets(page).into_iter().collect::<Vec<_>>(), ["/assets/a.css", "/assets/b.js"]);
    }
}
