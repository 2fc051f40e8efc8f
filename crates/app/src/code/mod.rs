//! One-time codes for people outside: asked for, shown in a demonstration, typed. Whoever asks sees the same page whether or
//! not anything is known under an address.
//!
//! Must not say who is known, and keeps neither digits nor an address where they could be read.

pub(crate) mod limit;
mod page;

use onedoor_domain::access::Action;
use onedoor_domain::actor::Ctx;
use onedoor_domain::change::Changes;
use onedoor_domain::code::{Address, AddressError, AddressKey, AddressProof, Answered, Code, Purpose};
use onedoor_domain::ids::{CodeId, TenantId};
use onedoor_domain::refused::Refused;
use onedoor_domain::value::{CodeDigits, CodeDigitsError, EmailError, PhoneError, Reference};
use onedoor_store::{Done, Tx, Wrote};

use crate::seal;
use crate::web::app::new_id;
use crate::web::form::{FieldError, RawForm};
use crate::web::{App, Problem, Public};

pub(crate) use limit::may_try;
pub(crate) use page::{DigitsPage, address_input};

/// The field of an address.
pub(crate) const ADDRESS: &str = "to";
/// The field of the digits.
pub(crate) const DIGITS: &str = "code";

/// What came of asking for a code.
pub(crate) enum Asked {
    /// There is one, or as far as anybody can tell there is.
    Made(Done<Wrote>, CodeId),
    /// Too many were asked for.
    TooOften,
}

/// Asks for a code, within the limits, which count alike for every address.
pub(crate) async fn ask(
    app: &App,
    public: &Public,
    client: &str,
    address: &Address,
    purpose: Purpose,
) -> Result<Asked, Problem> {
    let key = address_key(app, public.ctx.tenant, address);
    if !limit::may_ask(app, &public.ctx, client, key).await? {
        return Ok(Asked::TooOften);
    }
    let id = CodeId(new_id());
    let mut tx = public.begin().await?;
    let known = match purpose {
        Purpose::KeepDraft(_) => true,
        Purpose::ReturnToDraft => tx.is_kept_under(key).await?,
        // These are asked for by their reference alone.
        Purpose::OpenReferral(_) => false,
    };
    let sealed = seal_address(app, id, address).filter(|_| known);
    let changes = Code::ask(tx.ctx(), id, purpose, key, sealed);
    Ok(Asked::Made(tx.commit(changes).await?, id))
}

/// Asks for a code that opens the request with this reference. It goes only to an address that the person called safe, and
/// nobody can tell whether it did; nobody is known yet, so this is the sign-in's.
pub(crate) async fn ask_for(
    app: &App,
    ctx: &Ctx,
    client: &str,
    (reference, address): (&Reference, &Address),
) -> Result<Asked, Problem> {
    let key = address_key(app, ctx.tenant, address);
    if !limit::may_ask_for(app, ctx, client, (reference, key)).await? {
        return Ok(Asked::TooOften);
    }
    let id = CodeId(new_id());
    let mut tx = app.db.begin(ctx).await?;
    let (referral, safe) = tx.code_addresses(reference).await?;
    let known = safe.iter().any(|safe| safe.normal() == address.normal());
    let sealed = seal_address(app, id, address).filter(|_| known);
    let changes = Code::ask(tx.ctx(), id, Purpose::OpenReferral(referral), key, sealed);
    Ok(Asked::Made(tx.commit(changes).await?, id))
}

/// What came of typing a code.
pub(crate) enum Typed {
    /// It is right: what it leads to is written with these changes, in this transaction.
    Right(Box<Tx>, AddressProof, Changes),
    /// It is wrong, or does not work any more, or never was.
    Wrong,
    /// Too many were typed from one place.
    TooOften,
}

/// Tries what was typed against a code for a purpose that is wanted.
pub(crate) async fn typed(
    app: &App,
    ctx: &Ctx,
    client: &str,
    (id, wanted): (CodeId, impl Fn(Purpose) -> bool),
    digits: &CodeDigits,
) -> Result<Typed, Problem> {
    if !limit::may_try(app, ctx, client).await? {
        return Ok(Typed::TooOften);
    }
    let mut tx = app.db.begin(ctx).await?;
    let code = tx.code(id, Action::CodeUse).await?.filter(|code| wanted(code.purpose));
    let right = self::digits(app, id) == *digits;
    match code.map(|code| code.answer(tx.ctx(), right)) {
        Some(Ok(Answered::Right(proof, changes))) => Ok(Typed::Right(Box::new(tx), proof, changes)),
        Some(Ok(Answered::Wrong(changes))) => {
            tx.commit(changes).await?;
            Ok(Typed::Wrong)
        }
        Some(Err(Refused::LinkSpent)) | None => {
            tx.close().await?;
            Ok(Typed::Wrong)
        }
        Some(Err(refused)) => Err(refused.into()),
    }
}

/// The digits of a code: made anew from its id by the installation's key, so that they need not be kept.
pub(crate) fn digits(app: &App, id: CodeId) -> CodeDigits {
    let made = app.secret.keyed("one-time code", &[id.0.as_bytes()]);
    CodeDigits::from_bytes(made.first_chunk().copied().unwrap_or_default())
}

/// The digits for whoever tries out a demonstration, where nothing is sent; none anywhere else.
pub(crate) fn shown(app: &App, id: CodeId) -> Option<String> {
    app.settings.demo.then(|| digits(app, id).shown())
}

/// The keyed hash by which an address is found again.
pub(crate) fn address_key(app: &App, tenant: TenantId, address: &Address) -> AddressKey {
    app.secret.keyed("address", &[tenant.0.as_bytes(), address.normal().as_bytes()])
}

fn seal_address(app: &App, id: CodeId, address: &Address) -> Option<Vec<u8>> {
    seal::seal(&app.secret, &about(id), address.normal().as_bytes())
}

/// The address a code is sent to, for the worker.
pub(crate) fn open_address(app: &App, id: CodeId, sealed: &[u8]) -> Option<Address> {
    let plain = seal::open(&app.secret, &about(id), sealed)?;
    String::from_utf8(plain).ok()?.parse().ok()
}

fn about(id: CodeId) -> Vec<u8> {
    [b"code ".as_slice(), id.0.as_bytes()].concat()
}

/// The address somebody typed.
pub(crate) fn typed_address(raw: &RawForm) -> Result<Address, FieldError> {
    raw.parsed(ADDRESS, address_words)
}

/// The digits somebody typed.
pub(crate) fn typed_digits(raw: &RawForm) -> Result<CodeDigits, FieldError> {
    raw.parsed(DIGITS, digits_words)
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "a form hands every failure over by reference")]
fn address_words(failure: &AddressError) -> &'static str {
    match failure {
        AddressError::Empty => "code-to-empty",
        AddressError::Email(failure) => match failure {
            EmailError::Empty | EmailError::NotOneAt => "code-to-not-one-at",
            EmailError::TooLong => "code-to-email-too-long",
            EmailError::BadCharacter => "code-to-email-character",
            EmailError::BadName => "code-to-email-name",
            EmailError::BadDomain => "code-to-email-domain",
        },
        AddressError::Phone(failure) => match failure {
            PhoneError::Empty => "code-to-empty",
            PhoneError::BadCharacter | PhoneError::Remark => "code-to-neither",
            PhoneError::TooShort => "code-to-phone-short",
            PhoneError::TooLong => "code-to-phone-long",
            PhoneError::NoPrefix => "code-to-phone-prefix",
            PhoneError::NotUk => "code-to-phone-not-uk",
        },
        AddressError::NotMobile => "code-to-not-mobile",
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "a form hands every failure over by reference")]
fn digits_words(failure: &CodeDigitsError) -> &'static str {
    match failure {
        CodeDigitsError::Empty => "code-empty",
        CodeDigitsError::BadCharacter => "code-not-digits",
        CodeDigitsError::WrongLength => "code-not-six",
    }
}
