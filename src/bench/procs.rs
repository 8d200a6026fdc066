//! What processes cost, read from the kernel (Linux).
use std::collections::HashMap;
use std::fs;
use std::process::Command;
use std::sync::OnceLock;

/// The clock tick of `/proc`, a constant of Linux on every common architecture.
const TICKS: f64 = 100.0;

/// Roots of process trees.
#[derive(Debug, Clone, Default)]
pub(crate) struct Processes {
    pub(crate) server: Vec<u32>,
    pub(crate) database: Vec<u32>,
}

/// CPU seconds so far.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cpu {
    pub(crate) server: f64,
    pub(crate) database: f64,
}

impl Processes {
    pub(crate) fn cpu(&self) -> Cpu {
        let database = tree(&self.database);
        let server = tree(&self.server)
            .into_iter()
            .filter(|pid| !database.contains(pid))
            .collect::<Vec<_>>();
        Cpu {
            server: seconds(&server),
            database: seconds(&database),
        }
    }
}

/// Proportional memory of one process in MiB.
pub(crate) fn memory_mib(pid: u32) -> f64 {
    let text = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap_or_default();
    let kib = text.lines().find_map(|line| {
        line.strip_prefix("Pss:")?
            .split_whitespace()
            .next()?
            .parse::<f64>()
            .ok()
    });
    kib.unwrap_or_default() / 1024.0
}

/// The machine's load over the last minute, printed beside every round.
pub(crate) fn load_average() -> String {
    fs::read_to_string("/proc/loadavg")
        .unwrap_or_default()
        .split(' ')
        .next()
        .unwrap_or_default()
        .to_owned()
}

/// Whether two cores can be kept apart. Asked once: a process that was pinned sees one core only.
pub(crate) fn can_pin() -> bool {
    static CAN: OnceLock<bool> = OnceLock::new();
    *CAN.get_or_init(|| {
        let installed = Command::new("taskset").arg("-V").output();
        std::thread::available_parallelism().is_ok_and(|n| n.get() > 1)
            && installed.is_ok_and(|output| output.status.success())
    })
}

/// Keeps this process, the load, on core 1; the server gets core 0.
pub(crate) fn pin_load() {
    if can_pin() {
        let own = std::process::id().to_string();
        // Unpinned results are still ratios of one run.
        let _ = Command::new("taskset").args(["-acp", "1", &own]).output();
    }
}

pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

fn stat(pid: u32) -> Option<Vec<String>> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    Some(
        text.rsplit_once(')')?
            .1
            .split_whitespace()
            .map(ToOwned::to_owned)
            .collect(),
    )
}

fn tree(roots: &[u32]) -> Vec<u32> {
    let mut children: HashMap<u32, Vec<u32>> = HashMap::new();
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        if let Ok(pid) = entry.file_name().to_string_lossy().parse::<u32>()
            && let Some(parent) = stat(pid).and_then(|fields| fields.get(1)?.parse().ok())
        {
            children.entry(parent).or_default().push(pid);
        }
    }
    let (mut all, mut next) = (Vec::new(), roots.to_vec());
    while let Some(pid) = next.pop() {
        all.push(pid);
        next.extend(children.get(&pid).into_iter().flatten());
    }
    all
}

fn seconds(pids: &[u32]) -> f64 {
    let ticks = |pid: &u32| -> f64 {
        // User and system time, own and of children that ended.
        stat(*pid).map_or(0.0, |fields| {
            fields
                .iter()
                .skip(11)
                .take(4)
                .filter_map(|f| f.parse::<f64>().ok())
                .sum()
        })
    };
    pids.iter().map(ticks).sum::<f64>() / TICKS
}
