//! Memory of connections that are cut.

use std::time::Duration;

use tokio::time::sleep;

use super::fixtures::{Client, ground, object};
use crate::test_server::test_server;
use crate::training::fixtures::get_json;

/// [14] [16]
#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes a minute; scripts/test runs it"]
async fn a_thousand_runs_that_are_cut_leave_nothing() {
    let server = test_server();
    let bodies = [
        ground(),
        object("cube", "inertial", 1.0),
        object("molecule:benzene", "inertial", 3.0),
    ];
    let mut memory = Vec::new();
    for round in 0..11 {
        // The first round fills caches and allocators.
        for _ in 0..100 {
            let (mut client, _) = Client::configured(&server, &bodies).await;
            client.start(1.0, 300.0).await;
            client.until("frame").await;
        }
        while get_json(&server.server, "/health").await["live_connections"] != 0 {
            sleep(Duration::from_millis(5)).await;
        }
        let bytes = get_json(&server.server, "/health").await["memory_bytes"]
            .as_u64()
            .unwrap();
        println!(
            "{} runs: {:.1} MiB",
            100 * (round + 1),
            bytes as f64 / f64::from(1 << 20)
        );
        memory.push(bytes);
    }
    let growth = memory[10].saturating_sub(memory[0]);
    assert!(growth < 16 << 20, "{growth} bytes in 1 000 runs");
}
