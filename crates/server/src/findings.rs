//! What was last found in each casebook, read once for each time that it was found.

use crate::Desk;
use crate::fault::Fault;
use report::Report;
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::Mutex;

/// What is known of casebooks, each with the stamp under which it was read.
#[derive(Default)]
pub(crate) struct Findings {
    known: Mutex<BTreeMap<String, (u128, Arc<Report>)>>,
}

impl Desk {
    /// What was last found in a casebook, whole: it is for the page to hide what its reader may not see. `None` where nothing was found yet. Errors: it
    /// cannot be read.
    pub(crate) async fn found(
        self: &Arc<Self>,
        casebook: &str,
    ) -> Result<Option<Arc<Report>>, Fault> {
        let Some(stamp) = self.casebooks.stamp(casebook) else { return Ok(None) };
        let mut known = self.findings.known.lock().await;
        if let Some((of, report)) = known.get(casebook)
            && *of == stamp
        {
            return Ok(Some(Arc::clone(report)));
        }
        let (casebooks, name) = (Arc::clone(&self.casebooks), casebook.to_owned());
        let report = tokio::task::spawn_blocking(move || casebooks.found(&name)).await??;
        let report = Arc::new(report);
        known.insert(casebook.to_owned(), (stamp, Arc::clone(&report)));
        Ok(Some(report))
    }
}
