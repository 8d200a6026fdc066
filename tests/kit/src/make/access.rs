//! Letters with links, and second factors.
use crate::{Actor, Answer, TestApp};
use gantry::server::mail::outbox::Kept;
use totp_rs::{Builder, Secret, Totp};

/// The path in a letter that begins like this: `/reset/`.
#[track_caller]
pub fn link(letter: &Kept, page: &str) -> String {
    let start = format!("http://127.0.0.1:3000{page}");
    let line = letter.text.lines().find(|line| line.starts_with(&start));
    let line = line.unwrap_or_else(|| panic!("no {page} in {}", letter.text));
    line["http://127.0.0.1:3000".len()..].to_owned()
}

/// Somebody's authenticator app.
pub struct Telephone(pub Totp);

impl Telephone {
    /// Types the key that the page shows.
    pub fn with_key_of(page: &Answer) -> Self {
        let text = page.text();
        let (_, rest) = text.split_once("select-all\">").expect("a key");
        let key = rest.split('<').next().unwrap_or_default().replace(' ', "");
        let secret = Secret::try_from_base32(key).expect("a key in base 32");
        Self(
            Builder::new()
                .with_secret(secret.as_bytes().to_vec())
                .build()
                .expect("an app"),
        )
    }

    /// What it shows now.
    pub fn code(&self, app: &TestApp) -> String {
        self.at(app, 0)
    }

    /// What it shows so many steps from now.
    pub fn at(&self, app: &TestApp, steps: i64) -> String {
        let second = app.now().timestamp() + 30 * steps;
        self.0
            .generate(u64::try_from(second).expect("a time"))
            .to_string()
    }
}

/// Sets a second factor up: the telephone, and the recovery codes on paper.
pub async fn set_up(actor: &Actor) -> (Telephone, Vec<String>) {
    actor.post("/account/second-factor/begin", &[]).await.must(303);
    let telephone = Telephone::with_key_of(&actor.get("/account/second-factor").await.must(200));
    let code = telephone.code(actor.app());
    let page = actor
        .post("/account/second-factor/confirm", &[("code", &code)])
        .await
        .must(200);
    let text = page.text();
    let codes = text
        .split("<li>")
        .skip(1)
        .filter_map(|rest| rest.split('<').next());
    let codes: Vec<String> = codes.map(ToOwned::to_owned).collect();
    (telephone, codes)
}
