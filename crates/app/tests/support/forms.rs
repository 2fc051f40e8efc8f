//! Forms as a browser without JavaScript sees them, and seeded answers to them.
#![allow(dead_code, reason = "each test file uses its part")]

/// A small generator: the same seed, the same answers.
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        // Spread, so that neighbouring seeds do not begin alike.
        let spread = seed.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        Self(spread ^ (spread >> 29) | 1)
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap_or_default() % limit.max(1)
    }

    /// True once in so many times.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub fn of<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        all.get(self.below(all.len()))
    }
}

/// One form of a page's main part.
#[derive(Clone, Debug)]
pub struct Form {
    pub action: String,
    pub fields: Vec<Field>,
}

/// One control of a form; of radios and checkboxes, one for each answer.
#[derive(Clone, Debug)]
pub struct Field {
    pub name: String,
    pub kind: String,
    pub value: String,
    pub checked: bool,
    /// What a select offers.
    pub options: Vec<String>,
}

impl Field {
    /// Whether words are typed into it.
    pub fn is_typed(&self) -> bool {
        ["text", "tel", "email", "password", "textarea", "search"].contains(&self.kind.as_str())
    }
}

impl Form {
    /// What a browser sends when nothing is touched.
    pub fn untouched(&self) -> Filled {
        let sent = |field: &&Field| match field.kind.as_str() {
            "radio" | "checkbox" => field.checked,
            kind => kind != "submit",
        };
        let fields = self.fields.iter().filter(sent);
        let fields = fields.map(|field| (field.name.clone(), field.value.clone())).collect();
        Filled { action: self.action.clone(), fields, words: Vec::new() }
    }
}

/// The forms that send by POST in the main part of a page: not those of the frame, which sign out or lock.
pub fn forms(page: &str) -> Vec<Form> {
    let main = page.split_once("<main").map_or(page, |(_, main)| main);
    let main = main.split("</main>").next().unwrap_or_default();
    main.split("<form").skip(1).filter_map(form).collect()
}

/// Where the links of the main part lead, without what follows a question mark.
pub fn links(page: &str) -> Vec<String> {
    let main = page.split_once("<main").map_or(page, |(_, main)| main);
    let links = main.split(" href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    links.map(|link| plain(link.split('?').next().unwrap_or_default())).collect()
}

fn form(rest: &str) -> Option<Form> {
    let (tag, inside) = rest.split_once('>')?;
    let inside = inside.split("</form>").next()?;
    let by_post = attribute(tag, "method").is_some_and(|method| method.eq_ignore_ascii_case("post"));
    by_post.then(|| Form { action: attribute(tag, "action").unwrap_or_default(), fields: fields(inside) })
}

fn fields(inside: &str) -> Vec<Field> {
    let mut found: Vec<Field> = Vec::new();
    for part in inside.split('<').skip(1) {
        let (tag, after) = part.split_once('>').unwrap_or((part, ""));
        let word = tag.split_whitespace().next().unwrap_or_default();
        let kind = match word {
            "input" => attribute(tag, "type").unwrap_or_else(|| "text".to_owned()),
            "textarea" | "select" => word.to_owned(),
            "button" => "submit".to_owned(),
            "option" => {
                if let Some(select) = found.last_mut() {
                    let value = attribute(tag, "value").unwrap_or_default();
                    if tag.ends_with(" selected") {
                        select.value.clone_from(&value);
                    }
                    select.options.push(value);
                }
                continue;
            }
            _ => continue,
        };
        let Some(name) = attribute(tag, "name") else { continue };
        let value = if word == "textarea" {
            plain(after.strip_prefix('\n').unwrap_or(after))
        } else {
            attribute(tag, "value").unwrap_or_default()
        };
        found.push(Field { name, kind, value, checked: tag.contains(" checked"), options: Vec::new() });
    }
    found
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split('"').next().map(plain)
}

fn plain(text: &str) -> String {
    let text = text.replace("&#60;", "<").replace("&#62;", ">").replace("&#34;", "\"").replace("&#39;", "'");
    text.replace("&#38;", "&").replace("&amp;", "&")
}

/// A form filled in: what is sent, and the words a person would hate to type again.
#[derive(Clone, Debug, Default)]
pub struct Filled {
    pub action: String,
    pub fields: Vec<(String, String)>,
    pub words: Vec<String>,
}

impl Filled {
    pub fn pairs(&self) -> Vec<(&str, &str)> {
        self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }

    /// Types or chooses something in place of what is there.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(found, _)| found != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Ticks one more box.
    #[must_use]
    pub fn ticked(mut self, name: &str, value: &str) -> Self {
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Takes a tick away.
    #[must_use]
    pub fn unticked(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(found, said)| (found.as_str(), said.as_str()) != (name, value));
        self
    }

    /// Whether the form says this.
    pub fn says(&self, name: &str, value: &str) -> bool {
        self.fields.iter().any(|(found, said)| found == name && said == value)
    }
}

/// Answers every question of a form: hidden fields as they are, one of what is offered, words with `mark` in them where
/// words are asked for. `typed` answers fields that want something special.
pub fn fill(
    form: &Form,
    chance: &mut Chance,
    mark: &str,
    typed: impl Fn(&str, &mut Chance) -> Option<String>,
) -> Filled {
    let mut filled = Filled { action: form.action.clone(), ..Filled::default() };
    for field in &form.fields {
        let known = filled.fields.iter().any(|(name, _)| *name == field.name);
        let value = match field.kind.as_str() {
            "hidden" => field.value.clone(),
            _ if known => continue,
            "submit" | "button" | "search" => continue,
            "radio" | "checkbox" => {
                let offered = |other: &&Field| other.name == field.name && other.kind == field.kind;
                let answers: Vec<&Field> = form.fields.iter().filter(offered).collect();
                let Some(answer) = chance.of(&answers) else { continue };
                answer.value.clone()
            }
            "select" => {
                let offered: Vec<&String> = field.options.iter().filter(|value| !value.is_empty()).collect();
                chance.of(&offered).map(|value| (*value).clone()).unwrap_or_default()
            }
            _ => match typed(&field.name, chance) {
                Some(value) => value,
                None if !field.value.is_empty() => field.value.clone(),
                None => {
                    let words =
                        format!("{mark} {} {}", field.name.replace(['[', ']'], " "), chance.below(1000));
                    filled.words.push(words.clone());
                    words
                }
            },
        };
        filled.fields.push((field.name.clone(), value));
    }
    filled
}
