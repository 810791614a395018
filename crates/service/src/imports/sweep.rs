//! Imports that were begun and forgotten, and the failed rows of those that ended long ago.

use super::stage::drop_staging;
use crate::{ServiceError, Services};
use chrono::TimeDelta;
use store::import::sweep;

/// How long an import may stay open.
const KEPT: TimeDelta = TimeDelta::days(7);
/// How long the file of failed rows can be had: its cells are of people who are no customers, and whom nobody can erase.
const FAILED_KEPT: TimeDelta = TimeDelta::days(90);

impl Services {
    /// Cancels every import begun more than seven days ago and not ended, in all accounts; how many. Imports that
    /// somebody works on at this moment are left for the next time, and any number of servers may sweep at once.
    pub async fn sweep_imports(&self) -> Result<u32, ServiceError> {
        let now = self.clock.now();
        let mut system = self.store.system().await?;
        let accounts = sweep::accounts_with_stale(&mut system, now - KEPT).await?;
        drop(system);
        let mut swept = 0;
        for account in accounts {
            let mut tx = self.store.stage(account).await?;
            for import in sweep::lock_stale(&mut tx, now - KEPT).await? {
                drop_staging(&mut tx, import, now).await?;
                swept += 1;
            }
            tx.commit().await?;
        }
        Ok(swept)
    }

    /// Drops the failed rows of every import that ended more than ninety days ago, in all accounts; how many.
    pub async fn sweep_failed_rows(&self) -> Result<u64, ServiceError> {
        let before = self.clock.now() - FAILED_KEPT;
        let mut system = self.store.system().await?;
        let accounts = sweep::accounts_with_old_failed(&mut system, before).await?;
        drop(system);
        let mut swept = 0;
        for account in accounts {
            let mut tx = self.store.stage(account).await?;
            swept += sweep::drop_old_failed(&mut tx, before).await?;
            tx.commit().await?;
        }
        Ok(swept)
    }
}
