//! What somebody sent when the database was away: it stands on the page that says so, and one press sends it again. Must not put
//! anything on that page that proves who somebody is.

use axum::body::{Body, Bytes, HttpBody as _, to_bytes};
use axum::extract::Request;
use axum::http::{Method, header};

use super::form::{FormRejected, MAX_BODY, WITHIN, parse_form};
use crate::ui::Again;

/// Fields that prove who somebody is: whoever typed one types it again.
const PROOFS: [&str; 5] = ["password", "new-password", "code", "phrase", "words"];

/// A form as it came.
pub(super) struct Sent {
    action: String,
    body: Bytes,
}

/// The request as it was, and what it sends if that is a form.
pub(super) async fn keep(request: Request) -> Result<(Request, Option<Sent>), FormRejected> {
    if request.method() != Method::POST || !is_form(&request) {
        return Ok((request, None));
    }
    let action = request.uri().path_and_query().map(ToString::to_string).unwrap_or_default();
    let (head, body) = request.into_parts();
    let body = tokio::time::timeout(WITHIN, to_bytes(body, MAX_BODY)).await;
    let body = body.ok().and_then(Result::ok).ok_or(FormRejected::CutShort)?;
    let request = Request::from_parts(head, Body::from(body.clone()));
    Ok((request, Some(Sent { action, body })))
}

/// Whether it says that it is a form, and that it is none too large; others go to whoever reads them as they are.
fn is_form(request: &Request) -> bool {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let kind = kind.unwrap_or_default().to_ascii_lowercase();
    let length = request.body().size_hint().upper().and_then(|length| usize::try_from(length).ok());
    kind.starts_with("application/x-www-form-urlencoded") && length.is_some_and(|length| length <= MAX_BODY)
}

impl Sent {
    /// To be sent again; none where that would show a proof, or nothing can be made of it.
    pub(super) fn again(&self) -> Option<Again> {
        let form = parse_form(&self.body).ok()?;
        let fields: Vec<(String, String)> =
            form.fields().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let proves = fields.iter().any(|(name, value)| PROOFS.contains(&name.as_str()) && !value.is_empty());
        (!proves && !fields.is_empty()).then(|| Again { action: self.action.clone(), fields })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn sent(body: &str) -> Option<Again> {
        let request = Request::post("/ask/1/why-now?from=check")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded; charset=utf-8")
            .body(Body::from(body.to_owned()))
            .unwrap();
        let (request, sent) = keep(request).await.unwrap();
        let passed_on = to_bytes(request.into_body(), MAX_BODY).await.unwrap();
        assert_eq!(passed_on, body.as_bytes(), "whoever reads it reads what came");
        sent.and_then(|sent| sent.again())
    }

    #[tokio::test]
    async fn every_word_is_kept_with_its_address_and_a_proof_never() {
        let again =
            sent("version=3&why-now=I+can%27t+sleep.%0D%0A%3Cb%3E&needs=bsl&needs=easy").await.unwrap();
        assert_eq!(again.action, "/ask/1/why-now?from=check");
        let kept: Vec<(&str, &str)> =
            again.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(kept.len(), 4);
        assert!(kept.contains(&("why-now", "I can't sleep.\n<b>")) && kept.contains(&("needs", "easy")));
        for proof in ["email=a%40b.example&password=seven+brown+herons", "code=123456", "phrase=a-b-c-d-e"] {
            assert!(sent(proof).await.is_none(), "{proof}");
        }
    }
}
