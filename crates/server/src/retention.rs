//! What is over is erased: in each casebook, the entries whose time has come, with all that is told of them. That they were erased is an entry.

use crate::fault::Fault;
use crate::{Desk, now_us};
use case::Action;
use case::action::Erasure;
use std::sync::Arc;
use std::time::Duration;

/// How often it is looked for what is over.
const EVERY: Duration = Duration::from_hours(1);

/// By whom it is erased.
const ACTOR: &str = "ringtrace";

/// Erases what is over, now and every hour.
pub(crate) async fn run(desk: Arc<Desk>) {
    loop {
        match desk.casebooks.names() {
            Ok(names) => {
                for casebook in names {
                    if let Err(fault) = erase_due(&desk, &casebook).await {
                        tracing::error!(?fault, "what is over was not erased");
                    }
                }
            }
            Err(error) => {
                tracing::error!(error = &error as &dyn std::error::Error, "no casebook is seen");
            }
        }
        tokio::time::sleep(EVERY).await;
    }
}

/// Erases what is over in a casebook; how many entries. Errors: the store fails.
pub(crate) async fn erase_due(desk: &Desk, casebook: &str) -> Result<usize, Fault> {
    let due = desk.case(casebook, |case| case.due(now_us())).await?;
    if due.is_empty() {
        return Ok(0);
    }
    let entries: Vec<u64> = due.into_iter().collect();
    let count = entries.len();
    let erasure = Erasure { entries, reason: "its time is over".to_owned() };
    desk.act_for(casebook, ACTOR, Action::Erase(erasure)).await?;
    Ok(count)
}
