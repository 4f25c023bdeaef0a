//! Clients of a room in a separate process, which acknowledge each message and record its time.

use std::io::Write;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use prost::Message as _;
use tokio_tungstenite::tungstenite::Message;

use super::wire::{Answer, Attach, ClientAction, Payload, ServerResult};
use super::{MEASURED, WARM_UP, clock, cpu_seconds};

/// Arguments: address, number of clients, format. Prints the number, arrival time and size of each frame, then
/// the number of CPU cores used.
pub(crate) fn run(arguments: &[String]) {
    let [address, count, format] = arguments else {
        panic!("readers ADDRESS COUNT FORMAT")
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let (count, format): (usize, i32) = (count.parse().unwrap(), format.parse().unwrap());
    let lines = runtime.block_on(async {
        let mut readers = tokio::task::JoinSet::new();
        for _ in 0..count {
            readers.spawn(read(address.clone(), format));
        }
        tokio::time::sleep(WARM_UP).await;
        let before = cpu_seconds();
        tokio::time::sleep(MEASURED).await;
        let share = (cpu_seconds() - before) / MEASURED.as_secs_f64();
        let mut lines: Vec<String> = Vec::new();
        for seen in readers.join_all().await {
            lines.extend(
                seen.iter()
                    .map(|(number, time, bytes)| format!("{number} {time} {bytes}")),
            );
        }
        lines.push(format!("cpu_cores {share}"));
        lines
    });
    let mut out = std::io::stdout().lock();
    out.write_all(lines.join("\n").as_bytes()).unwrap();
    out.flush().unwrap();
}

/// Runs one client. Returns number, arrival time and size of the measured frames.
async fn read(address: String, format: i32) -> Vec<(u64, u64, usize)> {
    let begin = clock();
    let (mut socket, _) = tokio_tungstenite::connect_async(format!("ws://{address}/ws?room=main"))
        .await
        .unwrap();
    let attach = Attach {
        format,
        max_rate: 60.0,
        ..Default::default()
    };
    let attach = ClientAction {
        seq: 1,
        payload: Some(Payload::Attach(attach)),
        ..Default::default()
    };
    socket
        .send(Message::binary(attach.encode_to_vec()))
        .await
        .unwrap();
    let first = begin + nanoseconds(WARM_UP);
    let last = first + nanoseconds(MEASURED);
    let mut seen = Vec::new();
    while let Some(Ok(message)) = socket.next().await {
        let Message::Binary(bytes) = message else {
            continue;
        };
        let now = clock();
        if now > last {
            break;
        }
        let received = ServerResult::decode(bytes.clone()).unwrap();
        if let Some(Answer::Frame(frame)) = received.payload
            && now > first
        {
            seen.push((frame.number, now, bytes.len()));
        }
        let ack = ClientAction {
            seq: received.seq + 1,
            ack: Some(received.seq),
            ..Default::default()
        };
        socket
            .send(Message::binary(ack.encode_to_vec()))
            .await
            .unwrap();
    }
    seen
}

fn nanoseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap()
}
