//! What has to run for as long as the process lives.
use std::time::Duration;
use tokio::sync::watch;

/// The pause before a task that ended unexpectedly is restarted.
const PAUSE: Duration = Duration::from_secs(1);

/// Runs what `begin` makes until `stopping`; what ends or panics before is logged and begun again.
pub fn forever<Work, Task>(name: &'static str, stopping: watch::Receiver<bool>, begin: Work)
where
    Work: FnMut() -> Task + Send + 'static,
    Task: Future<Output = ()> + Send + 'static,
{
    tokio::spawn(again_and_again(name, stopping, PAUSE, begin));
}

async fn again_and_again<Work, Task>(
    name: &'static str,
    stopping: watch::Receiver<bool>,
    pause: Duration,
    mut begin: Work,
) where
    Work: FnMut() -> Task + Send + 'static,
    Task: Future<Output = ()> + Send + 'static,
{
    loop {
        let ended = tokio::spawn(begin()).await;
        if *stopping.borrow() {
            return;
        }
        match ended {
            Ok(()) => tracing::warn!(task = name, "A background task ended and is begun again"),
            Err(panic) => {
                tracing::error!(task = name, %panic, "A background task failed and is begun again");
            }
        }
        tokio::time::sleep(pause).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    #[tokio::test]
    async fn a_task_that_panics_or_ends_is_begun_again_until_the_process_stops() {
        let (stop, stopping) = watch::channel(false);
        let stop = Arc::new(stop);
        let begun = Arc::new(AtomicU32::new(0));
        let count = begun.clone();
        let work = move || {
            let (count, stop) = (count.clone(), stop.clone());
            async move {
                match count.fetch_add(1, Ordering::SeqCst) {
                    0 => panic!("the first one fails"),
                    3 => _ = stop.send_replace(true),
                    _ => {}
                }
            }
        };
        again_and_again("test", stopping, Duration::from_millis(1), work).await;
        assert_eq!(begun.load(Ordering::SeqCst), 4);
    }
}
