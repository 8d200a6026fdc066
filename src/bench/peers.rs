//! Other servers to stand beside, as their own harness describes them in `bench/targets.json`.
use super::Scenario;
use super::client::Ask;
use super::procs::Processes;
use anyhow::{Context, Result};
use serde_json::Value;
use std::net::{SocketAddr, ToSocketAddrs};
use std::path::Path;

/// A running server and what it can be asked.
pub(crate) struct Peer {
    pub(crate) name: String,
    pub(crate) scenarios: Vec<Scenario>,
    pub(crate) processes: Processes,
}

/// Those with an address; databases without one are measured by pgbench elsewhere.
pub(crate) fn read(folder: &Path) -> Result<Vec<Peer>> {
    let file = folder.join("bench").join("targets.json");
    let text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    let all: Value = serde_json::from_str(&text)?;
    let database = pids(&all["db_pidfiles"]);
    let targets = all["targets"].as_array().cloned().unwrap_or_default();
    Ok(targets
        .iter()
        .filter_map(|target| peer(target, &database))
        .collect())
}

fn peer(target: &Value, database: &[u32]) -> Option<Peer> {
    let address = target["base"]
        .as_str()?
        .strip_prefix("http://")?
        .to_socket_addrs()
        .ok()?
        .next()?;
    std::net::TcpStream::connect(address).ok()?;
    let scenarios = target["scenarios"]
        .as_object()?
        .iter()
        .map(|(name, spec)| Scenario {
            name: name.clone(),
            variants: variants(address, spec),
        })
        .collect();
    let processes = Processes {
        server: pids(&target["pidfiles"]),
        database: database.to_vec(),
    };
    Some(Peer {
        name: target["name"].as_str()?.to_owned(),
        scenarios,
        processes,
    })
}

fn variants(address: SocketAddr, spec: &Value) -> Vec<Ask> {
    let listed = spec["variants"]
        .as_array()
        .cloned()
        .unwrap_or_else(|| vec![spec.clone()]);
    let method = spec["method"].as_str().unwrap_or("GET").to_owned();
    let asks = listed.iter().flat_map(|variant| {
        let mut headers = headers(&spec["headers"]);
        headers.extend(if spec["variants"].is_array() {
            self::headers(&variant["headers"])
        } else {
            Vec::new()
        });
        let paths = variant["paths"].as_array().cloned().unwrap_or_default();
        let (method, body) = (
            method.clone(),
            variant["body"].as_str().unwrap_or_default().to_owned(),
        );
        paths.into_iter().filter_map(move |path| {
            let path = path.as_str()?.to_owned();
            Some(Ask {
                address,
                method: method.clone(),
                path,
                headers: headers.clone(),
                body: body.clone(),
                status: vec![200, 201, 302, 303],
            })
        })
    });
    asks.collect()
}

fn headers(value: &Value) -> Vec<(String, String)> {
    value
        .as_object()
        .into_iter()
        .flatten()
        .filter_map(|(k, v)| Some((k.clone(), v.as_str()?.to_owned())))
        .collect()
}

fn pids(files: &Value) -> Vec<u32> {
    let names = files.as_array().cloned().unwrap_or_default();
    names
        .iter()
        .filter_map(|file| {
            std::fs::read_to_string(file.as_str()?)
                .ok()?
                .lines()
                .next()?
                .trim()
                .parse()
                .ok()
        })
        .collect()
}
