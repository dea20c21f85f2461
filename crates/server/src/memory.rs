//! How much memory a process has: work on a file that was made to do harm must not take the machine with it.

use std::time::Duration;

/// How often it is looked at: a process gains next to nothing in it.
const LOOK: Duration = Duration::from_millis(200);

/// Waits until a process has more memory than so many bytes; for ever where the system does not tell.
pub(crate) async fn exceeded(process: Option<u32>, most: u64) {
    let Some(process) = process else { return std::future::pending().await };
    loop {
        tokio::time::sleep(LOOK).await;
        if resident(process).is_some_and(|bytes| bytes > most) {
            return;
        }
    }
}

/// The memory that a process has, bytes, as Linux tells it.
fn resident(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let kib = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: u64 = kib.trim().split(' ').next()?.parse().ok()?;
    Some(kib << 10)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn it_is_told_when_there_is_more() {
        let own = std::process::id();
        assert!(resident(own).is_some_and(|bytes| bytes > 1 << 20));
        assert_eq!(resident(u32::MAX), None, "there is no such process");
        exceeded(Some(own), 1 << 20).await;
        let longer = Duration::from_mins(1);
        assert!(tokio::time::timeout(longer, exceeded(Some(own), u64::MAX)).await.is_err());
        assert!(tokio::time::timeout(longer, exceeded(None, 0)).await.is_err());
    }
}
