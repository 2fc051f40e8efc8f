//! The parameters of one published example, and which of them our component took.

use crate::ui::{Markup, Size};
use serde_json::Value;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

pub struct Params {
    value: Value,
    path: String,
    call: Option<String>,
    used: Rc<RefCell<BTreeSet<String>>>,
    left_out: Rc<RefCell<Vec<String>>>,
}

impl Params {
    pub fn new(fixture: &Value) -> Self {
        let call = fixture["callBlock"].as_str().map(str::to_owned);
        Self {
            value: fixture["context"].clone(),
            path: String::new(),
            call,
            used: Rc::default(),
            left_out: Rc::default(),
        }
    }

    /// A nested parameter.
    pub fn at(&self, key: &str) -> Self {
        let value = self.value.get(key).cloned().unwrap_or(Value::Null);
        Self {
            value,
            path: format!("{}.{key}", self.path),
            call: None,
            used: Rc::clone(&self.used),
            left_out: Rc::clone(&self.left_out),
        }
    }

    pub fn items(&self, key: &str) -> Vec<Self> {
        let list = self.at(key);
        let values = list.value.as_array().cloned().unwrap_or_default();
        let item = |(at, value)| Self {
            value,
            path: format!("{}[{at}]", list.path),
            call: None,
            used: Rc::clone(&self.used),
            left_out: Rc::clone(&self.left_out),
        };
        values.into_iter().enumerate().map(item).collect()
    }

    /// The cells of a row.
    pub fn cells(&self) -> Vec<Self> {
        let values = self.value.as_array().cloned().unwrap_or_default();
        let item = |(at, value)| Self {
            value,
            path: format!("{}[{at}]", self.path),
            call: None,
            used: Rc::clone(&self.used),
            left_out: Rc::clone(&self.left_out),
        };
        values.into_iter().enumerate().map(item).collect()
    }

    pub fn has(&self, key: &str) -> bool {
        self.value.get(key).is_some()
    }

    fn take(&self) -> &Value {
        self.used.borrow_mut().insert(self.path.clone());
        &self.value
    }

    pub fn string(&self, key: &str) -> Option<String> {
        match self.at(key).take() {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// The value itself, in a list of strings.
    pub fn own_string(&self) -> Option<String> {
        self.take().as_str().map(str::to_owned)
    }

    /// Text in attributes that our types keep as `&'static str`.
    pub fn word(&self, key: &str) -> Option<&'static str> {
        self.string(key).map(|text| &*text.leak())
    }

    pub fn number(&self, key: &str) -> Option<u8> {
        self.string(key)?.parse().ok()
    }

    pub fn flag(&self, key: &str) -> bool {
        self.at(key).take().as_bool().unwrap_or_default()
    }

    pub fn choice(&self, key: &str) -> Option<bool> {
        self.at(key).take().as_bool()
    }

    /// A parameter with exactly this value; any other stays unused.
    pub fn is(&self, key: &str, wanted: &Value) -> bool {
        let found = self.at(key);
        let same = found.value == *wanted;
        if same {
            found.take();
        }
        same
    }

    /// Words: a string, or an object with `text` or `html`.
    pub fn words(&self, key: &str) -> Option<Markup> {
        let found = self.at(key);
        if let Value::String(text) = &found.value {
            found.take();
            return Some(Markup::from(text.as_str()));
        }
        found.content()
    }

    /// This object's own `text` or `html`.
    pub fn content(&self) -> Option<Markup> {
        if self.has("html") {
            return Some(Markup::trusted(&self.string("html")?));
        }
        Some(Markup::from(self.string("text")?))
    }

    /// What a template puts between the opening and the closing call.
    pub fn called(&self) -> Option<Markup> {
        self.call.as_deref().map(Markup::trusted)
    }

    /// The component's body: called, HTML, or text in a paragraph.
    pub fn body(&self, paragraph_class: &str) -> Option<Markup> {
        self.called().or_else(|| Some(Markup::trusted(&self.string("html")?))).or_else(|| {
            let text = Markup::from(self.string("text")?);
            let class = if paragraph_class.is_empty() {
                String::new()
            } else {
                format!(" class=\"{paragraph_class}\"")
            };
            Some(Markup::trusted(&format!("<p{class}>{text}</p>")))
        })
    }

    pub fn size(&self, key: &str) -> Option<Size> {
        let sizes = [("s", Size::S), ("m", Size::M), ("l", Size::L), ("xl", Size::Xl)];
        let known = |(name, size)| self.is(key, &Value::from(name)).then_some(size);
        sizes.into_iter().find_map(known)
    }

    /// Says why an example is left out although each of its parameters is known.
    pub fn leave_out(&self, reason: &'static str) {
        self.left_out.borrow_mut().push(reason.to_owned());
    }

    /// Parameters that nobody took, without positions in lists.
    pub fn unused(&self) -> Vec<String> {
        let mut all = self.left_out.borrow().clone();
        leaves(&self.value, "", &mut all);
        let used = self.used.borrow();
        all.retain(|path| !used.contains(path));
        let plain = |path: &String| path.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
        all.iter().map(plain).collect()
    }
}

fn leaves(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            map.iter().for_each(|(key, value)| leaves(value, &format!("{path}.{key}"), found));
        }
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(at, value)| leaves(value, &format!("{path}[{at}]"), found));
        }
        _ => found.push(path.to_owned()),
    }
}
