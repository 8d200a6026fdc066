//! The server's own key, kept outside the database: a stolen copy of the database opens no link, no sealed value and no PIN.
use anyhow::{Context, Result, bail};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use std::fs;
use std::io::Write;
use std::path::Path;
use uuid::Uuid;

/// Before every sealed value, so that a later format can be distinguished from this one.
const SEAL_VERSION: u8 = 1;
const NONCE_BYTES: usize = 24;

/// Derives every other secret. Clones are the same key.
#[derive(Clone)]
pub struct Keys {
    root: [u8; 32],
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(hidden)")
    }
}

impl Keys {
    /// From 64 hexadecimal digits.
    ///
    /// # Errors
    /// When the text has another form.
    pub fn parse(text: &str) -> Result<Self> {
        let mut root = [0; 32];
        hex::decode_to_slice(text.trim(), &mut root)
            .map_err(|_| anyhow::anyhow!("a key has 64 hexadecimal digits"))?;
        Ok(Self { root })
    }

    /// The key in `file`, which is made at the first start and readable by this user only.
    ///
    /// # Errors
    /// When the file cannot be read or made, or holds no key.
    pub fn of_file(file: &Path) -> Result<Self> {
        match fs::read_to_string(file) {
            Ok(text) => Self::parse(&text).with_context(|| format!("{} holds no key", file.display())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Self::make(file),
            Err(error) => Err(error).with_context(|| format!("cannot read {}", file.display())),
        }
    }

    /// Atomic: written to a temporary file, forced to disk, then renamed.
    fn make(file: &Path) -> Result<Self> {
        let fresh = hex::encode(rand::random::<[u8; 32]>());
        let folder = match file.parent() {
            Some(folder) if folder != Path::new("") => folder,
            _ => Path::new("."),
        };
        let mut draft = tempfile::Builder::new()
            .prefix(".secret.key.")
            .tempfile_in(folder)
            .with_context(|| format!("cannot make {}", file.display()))?;
        draft.write_all(fresh.as_bytes())?;
        draft.as_file().sync_all()?;
        match draft.persist_noclobber(file) {
            Ok(_) => {
                fs::File::open(folder)?.sync_all()?;
                Self::parse(&fresh)
            }
            // Another server on this directory was first.
            Err(failed) if failed.error.kind() == std::io::ErrorKind::AlreadyExists => {
                Self::parse(&fs::read_to_string(file)?)
            }
            Err(failed) => Err(failed.error).with_context(|| format!("cannot make {}", file.display())),
        }
    }

    /// What may be stored to recognize the key.
    pub fn fingerprint(&self) -> [u8; 32] {
        Sha256::digest(self.derive("fingerprint", b"")).into()
    }

    /// The secret of a link in a mail, as 64 hexadecimal digits: made when the mail is sent, never stored.
    pub fn link_token(&self, link: Uuid) -> String {
        hex::encode(self.derive("link", link.as_bytes()))
    }

    /// For secrets that are too short to be hashed alone, such as PINs: useless without the key.
    pub fn pepper(&self, purpose: &str, owner: Uuid, secret: &str) -> String {
        let mut text = owner.as_bytes().to_vec();
        text.extend_from_slice(secret.as_bytes());
        hex::encode(self.derive(purpose, &text))
    }

    /// Encrypts; `place` says where the value belongs (`table|column|row`), and it opens nowhere else.
    ///
    /// # Errors
    /// When the value is too long for the cipher.
    pub fn seal(&self, place: &str, plain: &[u8]) -> Result<Vec<u8>> {
        let nonce: [u8; NONCE_BYTES] = rand::random();
        let payload = Payload {
            msg: plain,
            aad: place.as_bytes(),
        };
        let Ok(text) = self.cipher().encrypt(&XNonce::from(nonce), payload) else {
            bail!("the value cannot be sealed");
        };
        Ok([&[SEAL_VERSION][..], &nonce, &text].concat())
    }

    /// Decrypts what [`Keys::seal`] made for the same place; `None` for anything else.
    pub fn open(&self, place: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (version, rest) = sealed.split_first()?;
        if *version != SEAL_VERSION || rest.len() < NONCE_BYTES {
            return None;
        }
        let (nonce, text) = rest.split_at(NONCE_BYTES);
        let nonce: [u8; NONCE_BYTES] = nonce.try_into().ok()?;
        let payload = Payload {
            msg: text,
            aad: place.as_bytes(),
        };
        self.cipher().decrypt(&XNonce::from(nonce), payload).ok()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.derive("seal", b"").into())
    }

    fn derive(&self, purpose: &str, text: &[u8]) -> [u8; 32] {
        // Two hashes of one key: purposes cannot be confused with texts.
        let inner = mac(&self.root, purpose.as_bytes());
        mac(&inner, text)
    }
}

fn mac(key: &[u8; 32], text: &[u8]) -> [u8; 32] {
    // A key of any length is taken: there is no error to speak of.
    let Ok(mut mac) = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key) else {
        return [0; 32];
    };
    mac.update(text);
    mac.finalize().into_bytes().into()
}

/// SHA-256 of any secret or address that must be found again without being readable.
pub fn digest(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(digit: &str) -> Keys {
        Keys::parse(&digit.repeat(64)).expect("a key")
    }

    #[test]
    fn a_sealed_value_opens_with_its_key_at_its_place_only() {
        let sealed = keys("a").seal("users|totp|7", b"secret").expect("sealed");
        assert_eq!(
            keys("a").open("users|totp|7", &sealed).as_deref(),
            Some(&b"secret"[..])
        );
        assert_eq!(keys("a").open("users|totp|8", &sealed), None);
        assert_eq!(keys("b").open("users|totp|7", &sealed), None);
        assert_eq!(keys("a").open("users|totp|7", &sealed[..20]), None);
        assert_eq!(keys("a").open("users|totp|7", b""), None);
    }

    #[test]
    fn a_link_has_one_secret_for_each_key() {
        let link = Uuid::from_u128(7);
        assert_eq!(keys("a").link_token(link), keys("a").link_token(link));
        assert_ne!(keys("a").link_token(link), keys("b").link_token(link));
        assert_ne!(
            keys("a").link_token(link),
            keys("a").link_token(Uuid::from_u128(8))
        );
        assert_eq!(keys("a").link_token(link).len(), 64);
    }

    #[test]
    fn a_key_has_sixty_four_digits() {
        assert!(Keys::parse("abc").is_err());
        assert!(Keys::parse(&"g".repeat(64)).is_err());
    }

    #[test]
    fn a_key_is_whole_whenever_its_file_is_there_and_the_same_for_all() {
        use std::os::unix::fs::PermissionsExt;
        for _ in 0..50 {
            let folder = tempfile::tempdir().expect("a directory");
            let file = folder.path().join("secret.key");
            let made: Vec<_> = std::thread::scope(|scope| {
                let starts: Vec<_> = (0..8).map(|_| scope.spawn(|| Keys::of_file(&file))).collect();
                starts
                    .into_iter()
                    .map(|start| start.join().expect("a thread").expect("a key").root)
                    .collect()
            });
            assert!(made.windows(2).all(|pair| pair[0] == pair[1]));
            let mode = fs::metadata(&file).expect("a file").permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
            let left = fs::read_dir(folder.path()).expect("a directory").count();
            assert_eq!(left, 1, "drafts are gone");
        }
    }
}
