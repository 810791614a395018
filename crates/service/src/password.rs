//! Passwords, as Argon2id hashes.

use crate::ServiceError;
use secrecy::{ExposeSecret, SecretString};
use std::sync::{Arc, OnceLock};
use tokio::{sync::Semaphore, task::spawn_blocking};

/// Each hash takes 19 MiB and tens of milliseconds of a core: a crowd at the door must wait instead of taking all of it.
const AT_ONCE: usize = 4;

#[derive(Clone, Debug)]
pub(crate) struct Passwords {
    turns: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self {
            turns: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }
}

impl Passwords {
    pub(crate) async fn hash(&self, password: SecretString) -> Result<String, ServiceError> {
        self.run(move || password_auth::generate_hash(password.expose_secret()))
            .await
    }

    /// Whether the password is the one of the hash. Without a hash it never is, and takes as long to say so: the time of
    /// an answer must not tell which e-mails are known.
    pub(crate) async fn is_right(
        &self,
        password: SecretString,
        hash: Option<String>,
    ) -> Result<bool, ServiceError> {
        static NOBODY: OnceLock<String> = OnceLock::new();
        self.run(move || {
            let known = hash.is_some();
            let hash = hash.unwrap_or_else(|| {
                NOBODY
                    .get_or_init(|| password_auth::generate_hash("nobody"))
                    .clone()
            });
            password_auth::verify_password(password.expose_secret(), &hash).is_ok() && known
        })
        .await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, ServiceError> {
        let _turn = self
            .turns
            .acquire()
            .await
            .map_err(|_| ServiceError::Stopped)?;
        spawn_blocking(work)
            .await
            .map_err(|_| ServiceError::Stopped)
    }
}
