//! What can go wrong below the use cases.

use sqlx::migrate::MigrateError;

/// A row that is not there is `Ok(None)`, never an error. The texts name tables and constraints, never values.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the database refused: {0}")]
    Constraint(Constraint),
    /// Others hold what is needed. Nothing was written, and the same may be tried again.
    #[error("the database is busy")]
    Busy,
    #[error("the database failed")]
    Database(#[source] sqlx::Error),
    #[error("the schema could not be brought up to date")]
    Migrate(#[from] MigrateError),
    #[error("{table}.{column} holds what this version cannot read")]
    Corrupt {
        table: &'static str,
        column: &'static str,
    },
    /// The cursor is not one that a page gave for this very question.
    #[error("a page cursor that no page of this question gave")]
    Cursor,
}

macro_rules! constraints {
    ($($(#[$doc:meta])* $name:ident = $constraint:literal),+ $(,)?) => {
        /// The constraints that a use case can run into, each with the name it has in the database.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Constraint { $($(#[$doc])* $name),+ }

        impl Constraint {
            fn named(name: &str) -> Option<Self> {
                match name { $($constraint => Some(Self::$name),)+ _ => None }
            }
        }

        impl std::fmt::Display for Constraint {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(match self { $(Self::$name => $constraint),+ })
            }
        }
    };
}

constraints! {
    PersonEmail = "person_email_key",
    Member = "membership_pkey",
    AttributeId = "attribute_pkey",
    AttributeName = "attribute_name_key",
    CustomerId = "customer_pkey",
    CustomerCellPhone = "customer_cell_phone_key",
    CustomerReference = "customer_reference_key",
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        if is_busy(&error) {
            return Self::Busy;
        }
        error
            .as_database_error()
            .and_then(|database| database.constraint())
            .and_then(Constraint::named)
            .map_or_else(|| Self::Database(error), Self::Constraint)
    }
}

/// No connection was free, a lock did not come in time, or Postgres gave one of two up that waited for each other.
fn is_busy(error: &sqlx::Error) -> bool {
    const LOCK_NOT_AVAILABLE: &str = "55P03";
    const DEADLOCK_DETECTED: &str = "40P01";
    const SERIALIZATION_FAILURE: &str = "40001";
    let code = error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code);
    matches!(error, sqlx::Error::PoolTimedOut)
        || matches!(
            code.as_deref(),
            Some(LOCK_NOT_AVAILABLE | DEADLOCK_DETECTED | SERIALIZATION_FAILURE)
        )
}
