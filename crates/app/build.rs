//! Prepares what the binary embeds: design-system styles, scripts and icons (with content-hashed names and a
//! brotli copy each) and the list of message files. It must not change anything outside `OUT_DIR` and `node_modules`.

use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

#[path = "build/css.rs"]
mod css;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

const NHS: &str = "node_modules/nhsuk-frontend/dist/nhsuk";
const MOJ: &str = "node_modules/@ministryofjustice/frontend/moj";
/// The casework patterns we use; everything else in that library is left out.
const MOJ_PARTS: &[&str] = &[
    "moj-timeline",
    "moj-badge",
    "moj-alert",
    "moj-side-navigation",
    "moj-sub-navigation",
    "moj-filter",
    "moj-filter-tags",
];
const OWN_SCRIPTS: &[&str] = &["keys", "leave", "lock", "poll"];

fn main() {
    for watched in ["build.rs", "build", "package-lock.json", "assets", "locales", "content"] {
        println!("cargo::rerun-if-changed={watched}");
    }
    if let Err(problem) =
        install_packages().and_then(|()| bundle()).and_then(|()| list_messages()).and_then(|()| list_texts())
    {
        println!("cargo::error={problem}");
    }
}

/// Runs `npm ci` when the packages are missing or were installed from another lock file.
fn install_packages() -> Outcome<()> {
    let wanted = hash(&fs::read("package-lock.json")?);
    let stamp = Path::new("node_modules/.installed-from");
    if fs::read_to_string(stamp).is_ok_and(|found| found == wanted) {
        return Ok(());
    }
    let run = Command::new("npm").args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).output();
    let output = run.map_err(|error| {
        format!("npm is needed to fetch the design system ({error}). Install it: apt-get install npm")
    })?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr).replace('\n', " ");
        return Err(format!("npm ci failed in crates/app: {said}").into());
    }
    Ok(fs::write(stamp, wanted)?)
}

/// One file to embed.
struct Asset {
    name: String,
    file: String,
}

struct Bundle {
    out: PathBuf,
    palette: Vec<(String, String)>,
    assets: Vec<Asset>,
}

fn bundle() -> Outcome<()> {
    let out = PathBuf::from(std::env::var("OUT_DIR")?).join("assets");
    fs::create_dir_all(&out)?;
    let palette = css::palette(&fs::read_to_string("assets/palette.txt")?)?;
    let mut bundle = Bundle { out, palette, assets: Vec::new() };
    bundle.icons(&Path::new(NHS).join("assets/images"), "nhsuk-icon-")?;
    bundle.icons(&Path::new(MOJ).join("assets/images"), "icon-")?;
    bundle.add("door.svg", &fs::read_to_string("assets/door.svg")?)?;
    let nhs = bundle.sheet(&only_file(NHS, "nhsuk-frontend-", ".min.css")?)?;
    let moj = css::only(&bundle.sheet(&Path::new(MOJ).join("moj-frontend.min.css"))?, MOJ_PARTS);
    let theme = fs::read_to_string("assets/theme.css")?;
    let staff = fs::read_to_string("assets/staff.css")?;
    bundle.add("public.css", &format!("{nhs}\n{theme}"))?;
    bundle.add("staff.css", &format!("{nhs}\n{moj}\n{theme}\n{staff}"))?;
    bundle.scripts()?;
    bundle.write_list()
}

impl Bundle {
    /// Only icons: never logos, crests or favicons.
    fn icons(&mut self, folder: &Path, prefix: &str) -> Outcome<()> {
        let mut found: Vec<PathBuf> =
            fs::read_dir(folder)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
        found.sort();
        for path in found {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
            let svg = path.extension().is_some_and(|extension| extension == "svg");
            if svg && name.starts_with(prefix) && !name.contains("mask") {
                let text = css::recolour(&fs::read_to_string(&path)?, &self.palette);
                self.add(&name, &text)?;
            }
        }
        Ok(())
    }

    fn sheet(&self, path: &Path) -> Outcome<String> {
        let text = css::clean(&fs::read_to_string(path)?);
        let text = css::recolour(&text, &self.palette);
        css::link_images(&text, |name| self.address(name))
    }

    fn scripts(&mut self) -> Outcome<()> {
        let library = fs::read_to_string(only_file(NHS, "nhsuk-frontend-", ".min.js")?)?;
        let library = library.split("//# sourceMappingURL").next().unwrap_or_default().to_owned();
        self.add("nhsuk.js", &library)?;
        let mut entry = fs::read_to_string("assets/js/app.js")?;
        for module in OWN_SCRIPTS {
            self.add(&format!("{module}.js"), &fs::read_to_string(format!("assets/js/{module}.js"))?)?;
        }
        for module in OWN_SCRIPTS.iter().chain(&["nhsuk"]) {
            let hashed = self.address(&format!("{module}.js")).ok_or("a script is missing")?;
            entry = entry.replace(&format!("\"./{module}.js\""), &format!("\"{hashed}\""));
        }
        self.add("app.js", &entry)
    }

    fn address(&self, name: &str) -> Option<String> {
        let asset = self.assets.iter().find(|asset| asset.name == name)?;
        Some(format!("/assets/{}", asset.file))
    }

    fn add(&mut self, name: &str, text: &str) -> Outcome<()> {
        css::refuse_remote(name, text)?;
        let (stem, extension) = name.rsplit_once('.').ok_or("an asset needs an extension")?;
        let digest = hash(text.as_bytes());
        let file = format!("{stem}-{}.{extension}", digest.get(..12).unwrap_or_default());
        fs::write(self.out.join(&file), text)?;
        let packed = self.out.join(format!("{file}.br"));
        if !packed.exists() {
            let mut writer = brotli::CompressorWriter::new(Vec::new(), 4096, 9, 22);
            writer.write_all(text.as_bytes())?;
            fs::write(packed, writer.into_inner())?;
        }
        self.assets.push(Asset { name: name.to_owned(), file });
        Ok(())
    }

    fn write_list(&self) -> Outcome<()> {
        let mut code = String::from("static EMBEDDED: &[Asset] = &[\n");
        for Asset { name, file } in &self.assets {
            let path = format!("concat!(env!(\"OUT_DIR\"), \"/assets/{file}\")");
            let packed = format!("concat!(env!(\"OUT_DIR\"), \"/assets/{file}.br\")");
            writeln!(
                code,
                "Asset {{ name: {name:?}, address: \"/assets/{file}\", plain: include_bytes!({path}), packed: include_bytes!({packed}) }},"
            )?;
        }
        code.push_str("];\n");
        Ok(fs::write(self.out.join("../assets.rs"), code)?)
    }
}

/// Every `locales/<language>/*.ftl`, so that a new room or a new language is a file and no code.
fn list_messages() -> Outcome<()> {
    let mut code = String::from("pub(super) static EMBEDDED: &[(&str, &[&str])] = &[\n");
    for language in sorted("locales")? {
        let tag = language.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        writeln!(code, "({tag:?}, &[")?;
        for file in sorted(&language)? {
            let file = file.to_str().ok_or("a message file's name is not UTF-8")?.to_owned();
            writeln!(code, "include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/{file}\")),")?;
        }
        code.push_str("]),\n");
    }
    code.push_str("];\n");
    Ok(fs::write(PathBuf::from(std::env::var("OUT_DIR")?).join("messages.rs"), code)?)
}

/// Every `content/<language>/*.txt`: the makers' texts for the public.
fn list_texts() -> Outcome<()> {
    let mut code = String::from("static EMBEDDED: &[(&str, &str, &str)] = &[\n");
    for language in sorted("content")? {
        let tag = language.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        for file in sorted(&language)? {
            let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
            let file = file.to_str().ok_or("a text's name is not UTF-8")?.to_owned();
            let text = format!("include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/{file}\"))");
            writeln!(code, "({tag:?}, {name:?}, {text}),")?;
        }
    }
    code.push_str("];\n");
    Ok(fs::write(PathBuf::from(std::env::var("OUT_DIR")?).join("texts.rs"), code)?)
}

fn sorted(folder: impl AsRef<Path>) -> Outcome<Vec<PathBuf>> {
    let mut found: Vec<PathBuf> =
        fs::read_dir(folder)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    found.sort();
    Ok(found)
}

/// The library puts its version into file names.
fn only_file(folder: &str, prefix: &str, suffix: &str) -> Outcome<PathBuf> {
    let fits = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        name.starts_with(prefix)
            && name.ends_with(suffix)
            && !name.contains("dynamic-type")
            && name.contains(|c: char| c.is_ascii_digit())
    };
    sorted(folder)?.into_iter().find(fits).ok_or_else(|| format!("no {prefix}*{suffix} in {folder}").into())
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
