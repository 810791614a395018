//! How far a plan or a commit has come, and how a commit is stopped.

use super::stage::mine;
use crate::{Caller, ServiceError, Services};
use domain::{
    ids::{AccountId, ImportId},
    import::{plan::Progress, refusal::ImportRefusal},
    permission::Permission,
};
use std::time::Duration;
use store::{
    Store, StoreError,
    import::{progress, record},
};
use tokio::time::timeout;

/// How long work waits to tell how far it is, when every connection is taken.
const PATIENCE: Duration = Duration::from_secs(1);

impl Services {
    /// How far the plan or the commit of the caller's import has come; nothing while neither runs.
    pub async fn import_progress(
        &self,
        caller: &Caller,
        import: ImportId,
    ) -> Result<Option<Progress>, ServiceError> {
        caller.require(Permission::ImportCustomers)?;
        let mut tx = self.store.read(caller.account).await?;
        let import = mine(record::find(&mut tx, import).await?, caller)?;
        Ok(progress::find(&mut tx, import.summary.id).await?)
    }

    /// Asks the commit of the caller's import to stop: it then ends with [`ImportRefusal::Stopped`], and nothing of it is
    /// written. A commit that is through already stays.
    pub async fn stop_commit(&self, caller: &Caller, import: ImportId) -> Result<(), ServiceError> {
        caller.require(Permission::ImportCustomers)?;
        let mut tx = self.store.stage(caller.account).await?;
        let import = mine(record::find(&mut tx, import).await?, caller)?;
        progress::ask_to_stop(&mut tx, import.summary.id).await?;
        Ok(tx.commit().await?)
    }

    pub(super) fn meter(&self, caller: &Caller, import: ImportId) -> Meter {
        Meter {
            store: self.store.clone(),
            account: caller.account,
            import,
        }
    }
}

/// Tells how far one import is. Telling is never worth failing for: if it cannot be told, the work goes on.
#[derive(Debug)]
pub(super) struct Meter {
    store: Store,
    account: AccountId,
    import: ImportId,
}

impl Meter {
    /// [`ImportRefusal::Stopped`] when somebody asked to stop.
    pub(super) async fn reach(&self, done: u32, total: u32) -> Result<(), ServiceError> {
        let told = async {
            let mut tx = self.store.stage(self.account).await?;
            let progress = Progress { done, total };
            let stop = progress::reach(&mut tx, self.import, progress).await?;
            tx.commit().await?;
            Ok::<_, StoreError>(stop)
        };
        match timeout(PATIENCE, told).await {
            Ok(Ok(true)) => Err(ImportRefusal::Stopped.into()),
            _ => Ok(()),
        }
    }

    pub(super) async fn clear(&self) {
        let cleared = async {
            let mut tx = self.store.stage(self.account).await?;
            progress::clear(&mut tx, self.import).await?;
            tx.commit().await
        };
        // What stays is cleared by the next commit; until then nobody asks for it.
        let _: Result<Result<(), StoreError>, _> = timeout(PATIENCE, cleared).await;
    }
}
