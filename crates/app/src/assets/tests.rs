//! What the assets promise: every name used exists, nothing remote, small, cached for good, colours people can read.

use super::*;
use http_body_util::BodyExt;

async fn ask(name: &str, headers: &[(&'static str, &str)]) -> (StatusCode, HeaderMap, usize) {
    let mut sent = HeaderMap::new();
    for (key, value) in headers {
        sent.insert(*key, value.parse().unwrap());
    }
    let answer = serve(Path(name.trim_start_matches("/assets/").to_owned()), sent).await;
    let (parts, body) = answer.into_parts();
    (parts.status, parts.headers, body.collect().await.unwrap().to_bytes().len())
}

#[tokio::test]
async fn an_asset_is_served_packed_and_for_good_and_an_unknown_one_is_not_found() {
    let name = href("public.css");
    let (status, headers, packed) = ask(name, &[("accept-encoding", "gzip, br;q=0.9")]).await;
    assert_eq!((status, headers["content-encoding"].to_str().unwrap()), (StatusCode::OK, "br"));
    assert_eq!(headers["cache-control"], FOREVER);
    let (_, headers, plain) = ask(name, &[("accept-encoding", "gzip, br;q=0")]).await;
    assert!(!headers.contains_key("content-encoding") && plain > packed);
    let known = headers["etag"].to_str().unwrap().to_owned();
    assert_eq!(ask(name, &[("if-none-match", &known)]).await.0, StatusCode::NOT_MODIFIED);
    assert_eq!(ask("/assets/../secret", &[]).await.0, StatusCode::NOT_FOUND);
    assert_eq!(ask("public.css", &[]).await.0, StatusCode::NOT_FOUND);
}

#[test]
fn nothing_embedded_talks_to_another_host_or_uses_a_font_or_colour_that_is_not_ours() {
    for asset in EMBEDDED {
        let text = std::str::from_utf8(asset.plain).unwrap().replace("http://www.w3.org/", "");
        for forbidden in [
            "https://",
            "http://",
            "Frutiger",
            "GDS Transport",
            "005eb8",
            "sourceMappingURL",
            "@font-face",
            "/assets/images/",
        ] {
            assert!(!text.contains(forbidden), "{} contains {forbidden}", asset.name);
        }
        assert!(!asset.name.contains("logo") && !asset.name.contains("crest"), "{}", asset.name);
    }
}

#[test]
fn the_first_visit_stays_small() {
    let packed = |names: &[&str]| {
        names
            .iter()
            .map(|name| EMBEDDED.iter().find(|asset| asset.name == *name).unwrap().packed.len())
            .sum::<usize>()
    };
    let scripts = ["app.js", "nhsuk.js", "leave.js", "lock.js", "poll.js"];
    let (public, staff) =
        (packed(&["public.css"]) + packed(&scripts), packed(&["staff.css"]) + packed(&scripts));
    println!("first load, packed: public {public}, staff {staff}");
    assert!(public < 45_000 && staff < 60_000);
}

#[test]
fn scripts_find_their_modules() {
    let entry = EMBEDDED.iter().find(|asset| asset.name == "app.js").unwrap();
    let text = std::str::from_utf8(entry.plain).unwrap();
    for module in ["nhsuk.js", "leave.js", "lock.js", "poll.js"] {
        assert!(text.contains(&format!("\"{}\"", href(module))), "{module}");
    }
}

/// WCAG contrast of two `#rrggbb` colours.
fn contrast(one: &str, other: &str) -> f64 {
    let light = |colour: &str| {
        let part = |at: usize| {
            let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    };
    let (one, other) = (light(one), light(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn words_can_be_read_on_every_background_of_the_theme() {
    let theme = include_str!("../../assets/theme.css");
    let colour = |name: &str| {
        let rest = theme.split(&format!("--od-{name}: ")).nth(1).unwrap_or_else(|| panic!("no --od-{name}"));
        rest[..7].to_owned()
    };
    for (words, background) in [
        ("text", "page"),
        ("text", "white"),
        ("text", "demo"),
        ("quiet", "page"),
        ("quiet", "white"),
        ("white", "brand"),
        ("white", "brand-dark"),
        ("brand", "white"),
        ("brand", "page"),
        ("brand-dark", "page"),
        ("white", "leave"),
        ("white", "duty"),
        ("text", "focus"),
    ] {
        let found = contrast(&colour(words), &colour(background));
        assert!(found >= 4.5, "{words} on {background}: {found:.2}");
    }
    for line in include_str!("../../assets/palette.txt")
        .lines()
        .filter(|line| line.contains("brand") && line.as_bytes()[0] == b'0')
    {
        let ours = format!("#{}", line.split_whitespace().nth(1).unwrap());
        assert!(contrast(&ours, "#ffffff") >= 4.5, "{line}");
    }
}
