//! Passkeys, as browsers have them (`WebAuthn`, level 3). What one computes goes to the vault and nowhere else: of every other
//! result only the signed answer is handed on.

use crate::trouble::Trouble;
use js_sys::{Function, JSON, Object, Promise, Reflect, Uint8Array};
use leptos::prelude::window;
use protocol::vault::Password;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// What a passkey is asked where the answer goes to nobody, but for what it computes.
const LOCAL: &str =
    r#"{"challenge":"Y2FuZG91ci92MS9sb2NhbA","userVerification":"required","allowCredentials":[]}"#;

/// What came of asking.
pub(crate) struct Answered {
    /// What the server checks, as JSON.
    pub(crate) json: String,
    /// The credential's id.
    pub(crate) id: Vec<u8>,
    /// What the passkey computed for this portal, where it can.
    pub(crate) computed: Option<Password>,
}

/// Whether this browser has passkeys.
pub(crate) fn are_there() -> bool {
    kind().is_some_and(|kind| function(&kind, "parseRequestOptionsFromJSON").is_some())
}

/// Has a device make a passkey; says also whether it will compute.
pub(crate) async fn create(challenge: &str) -> Result<(Answered, bool), Trouble> {
    let options = parse(challenge, "parseCreationOptionsFromJSON")?;
    set(&options, "extensions", &object(&[("prf", &Object::new())]));
    let made = ask("create", &options).await?;
    let computes = get(&results(&made), "enabled").is_truthy();
    Ok((answered(&made)?, computes))
}

/// Asks for an answer to the server's `challenge`. Where `instance` is given, what is computed for it comes too.
pub(crate) async fn answer(challenge: &str, instance: Option<&str>) -> Result<Answered, Trouble> {
    let options = parse(challenge, "parseRequestOptionsFromJSON")?;
    let extensions = instance.map_or_else(Object::new, |instance| object(&[("prf", &salts(instance))]));
    set(&options, "extensions", &extensions);
    answered(&ask("get", &options).await?)
}

/// Asks for what is computed alone: by the credential with this id, or by any.
pub(crate) async fn compute(instance: &str, id: Option<&[u8]>) -> Result<Password, Trouble> {
    let options = parse(LOCAL, "parseRequestOptionsFromJSON")?;
    set(&options, "extensions", &object(&[("prf", &salts(instance))]));
    if let Some(id) = id {
        let allowed = object(&[("type", &"public-key".into()), ("id", &Uint8Array::from(id))]);
        set(&options, "allowCredentials", &js_sys::Array::of1(&allowed));
    }
    let answered = answered(&ask("get", &options).await?)?;
    answered.computed.ok_or(Trouble::NoPasskey)
}

/// Two, so that what one touch of a key gives is worth nothing without the other.
fn salts(instance: &str) -> Object {
    let salt = |n: u8| {
        Uint8Array::from(
            [b"candour/v1/passkey\0", instance.as_bytes(), &[n]]
                .concat()
                .as_slice(),
        )
    };
    object(&[("eval", &object(&[("first", &salt(1)), ("second", &salt(2))]))])
}

async fn ask(how: &str, options: &JsValue) -> Result<JsValue, Trouble> {
    let container = get(&window().navigator(), "credentials");
    let ask = function(&container, how).ok_or(Trouble::NoPasskey)?;
    let promise = ask.call1(&container, &object(&[("publicKey", options)]));
    let promise: Promise = promise
        .ok()
        .and_then(|promise| promise.dyn_into().ok())
        .ok_or(Trouble::NoPasskey)?;
    // Whether the person said no, or the device did: browsers do not tell, so that sites do not learn it.
    JsFuture::from(promise).await.map_err(|_| Trouble::NoPasskey)
}

fn answered(credential: &JsValue) -> Result<Answered, Trouble> {
    let json = call(credential, "toJSON").ok_or(Trouble::NoPasskey)?;
    set(&json, "clientExtensionResults", &Object::new());
    let json = JSON::stringify(&json).ok().and_then(|text| text.as_string());
    let computed = get(&results(credential), "results");
    let both = [bytes(&get(&computed, "first")), bytes(&get(&computed, "second"))];
    let both = both.into_iter().collect::<Option<Vec<_>>>();
    Ok(Answered {
        json: json.ok_or(Trouble::NoPasskey)?,
        id: bytes(&get(credential, "rawId")).ok_or(Trouble::NoPasskey)?,
        computed: both.map(|both| Password(both.concat())),
    })
}

/// What the extension that computes told.
fn results(credential: &JsValue) -> JsValue {
    let all = call(credential, "getClientExtensionResults").unwrap_or(JsValue::UNDEFINED);
    get(&all, "prf")
}

fn parse(challenge: &str, by: &str) -> Result<JsValue, Trouble> {
    let parsed = || {
        let kind = kind()?;
        let json = JSON::parse(challenge).ok()?;
        function(&kind, by)?.call1(&kind, &json).ok()
    };
    parsed().ok_or(Trouble::NoPasskey)
}

fn kind() -> Option<JsValue> {
    let kind = get(&window(), "PublicKeyCredential");
    kind.is_function().then_some(kind)
}

fn bytes(value: &JsValue) -> Option<Vec<u8>> {
    value.is_object().then(|| Uint8Array::new(value).to_vec())
}

fn get(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

fn set(of: &JsValue, name: &str, value: &JsValue) {
    // Setting a property of a plain object cannot fail.
    drop(Reflect::set(of, &name.into(), value));
}

fn function(of: &JsValue, name: &str) -> Option<Function> {
    get(of, name).dyn_into().ok()
}

fn call(of: &JsValue, name: &str) -> Option<JsValue> {
    function(of, name)?.call0(of).ok()
}

fn object(fields: &[(&str, &JsValue)]) -> Object {
    let made = Object::new();
    for (name, value) in fields {
        set(&made, name, value);
    }
    made
}
