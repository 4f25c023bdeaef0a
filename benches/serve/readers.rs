//! Many readers of a room in a process of their own: they read, acknowledge and note the time.

use std::io::Write;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use prost::Message as _;
use tokio_tungstenite::tungstenite::Message;

use super::wire::{Answer, Attach, ClientAction, Payload, ServerResult};
use super::{MEASURED, WARM_UP, clock, processor_seconds};

/// Arguments: address, how many, format. Prints for each frame its number, the time of its arrival and
/// the bytes of the message; last the processor time per second.
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
        let before = processor_seconds();
        tokio::time::sleep(MEASURED).await;
        let share = (processor_seconds() - before) / MEASURED.as_secs_f64();
        let mut lines: Vec<String> = Vec::new();
        for seen in readers.join_all().await {
            lines.extend(
                seen.iter()
                    .map(|(number, time, bytes)| format!("{number} {time} {bytes}")),
            );
        }
        lines.push(format!("processor {share}"));
        lines
    });
    let mut out = std::io::stdout().lock();
    out.write_all(lines.join("\n").as_bytes()).unwrap();
    out.flush().unwrap();
}

/// One reader: what it saw while it was measured.
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
    let hello = ClientAction {
        seq: 1,
        payload: Some(Payload::Attach(attach)),
        ..Default::default()
    };
    socket
        .send(Message::binary(hello.encode_to_vec()))
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
