//! Choosing a language or Easy Read: a choice for this visit, kept in a cookie that says nothing else.

use std::collections::BTreeMap;

use axum::extract::{Query, State};

use crate::web::answer::go;
use crate::web::reword::cookie;
use crate::web::{Answer, App, Problem, Public};
use crate::words::Lang;

/// GET `/language?lang=…&to=…`: back to the page in other words. An unknown language changes nothing.
///
/// # Errors
/// None; the type is that of every handler.
pub async fn choose(
    State(app): State<App>,
    _: Public,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Result<Answer, Problem> {
    let text = |name: &str| asked.get(name).map(String::as_str).unwrap_or_default();
    let back = go(text("to"));
    Ok(match Lang::from_tag(text("lang")) {
        Some(lang) => back.cookie(&cookie(&app, lang)),
        None => back,
    })
}
