//! The statements of the protocol about private sessions, over a socket.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;

use super::client::*;
use super::test_server::{DEFAULT, TestServer, test_server};
use super::websocket_client::{Client, connect};

/// A client with water that has received its first answer.
async fn with_water(test: &TestServer) -> Client {
    let mut client = connect(&test.url("/ws")).await;
    client.interact(whole(&WATER), 1).await;
    assert_eq!(client.next().await.frame().unwrap().positions.len(), 9);
    client
}

fn all(values: &[f64], others: &[f64], error: f64) {
    assert_eq!(values.len(), others.len());
    for (value, other) in values.iter().zip(others) {
        assert!(
            (value - other).abs() < error,
            "{values:?} is not {others:?}"
        );
    }
}

#[tokio::test]
async fn the_server_sends_nothing_before_the_clients_first_message_1() {
    let test = test_server();
    let mut client = connect(&test.url("/ws")).await;
    assert!(client.is_silent(200).await);
}

#[tokio::test]
async fn text_and_invalid_frames_are_reported_and_keep_the_session_open_2() {
    let test = test_server();
    let mut client = connect(&test.url("/ws")).await;
    client.socket_text("hello").await;
    let text = client.next().await.text().to_owned();
    assert!(text.starts_with("PROTO_VIOLATION: text frames"), "{text}");
    client.send(b"\xff\xff\xff".to_vec()).await;
    client.send(b"\xff\xff\xff".to_vec()).await;
    assert!(client.is_silent(200).await, "at most once per second");
    client.interact(whole(&WATER), 1).await;
    assert!(client.next().await.frame().is_some());
}

#[tokio::test]
async fn every_message_has_version_1_its_number_and_the_clients_highest_3_6_7() {
    let test = test_server();
    let mut client = with_water(&test).await;
    client.request(dynamics(300.0)).await;
    let mut seq = 1;
    while seq < 40 {
        let message = client.next().await;
        // This notice, if acknowledgements are late, repeats the last number.
        seq += u64::from(message.text() != "WAITING_FOR_ACK");
        assert_eq!((message.schema_version, message.seq), (1, seq));
        assert!(
            message
                .client_seq
                .is_some_and(|received| received <= client.builder.seq)
        );
    }
    client.request(stop()).await;
    let stop = client.builder.seq;
    let stopped = client.notice("SIMULATION_STOPPED").await;
    assert!(stopped.client_seq >= Some(stop));
    client.request(dynamics(300.0)).await;
    let later = client.next().await;
    assert!(later.seq > stopped.seq, "across stop and start");
}

#[tokio::test]
async fn a_message_without_payload_updates_the_counters_4_11_12() {
    let test = test_server();
    let mut client = with_water(&test).await;
    let empty = client.builder.action(ClientAction {
        user_interaction_count: Some(41),
        sim_step: Some(7),
        ..Default::default()
    });
    client.send(empty).await;
    client.request(stop()).await;
    let stopped = client.next().await;
    assert_eq!(stopped.text(), "SIMULATION_STOPPED");
    assert_eq!(stopped.user_interaction_count, Some(41));
    assert_eq!(stopped.sim_step, Some(7));
    client.request(dynamics(300.0)).await;
    assert_eq!(client.next().await.sim_step, Some(8), "a start keeps it");
}

#[tokio::test]
async fn a_message_of_16_mib_is_read_and_a_larger_one_refused_5() {
    let test = test_server();
    let mut client = connect(&test.url("/ws")).await;
    client.send(vec![0xff; 16 << 20]).await;
    assert!(client.next().await.text().starts_with("PROTO_VIOLATION"));
    let _ = client.socket_binary(vec![0xff; (16 << 20) + 1]).await;
    let (text, code) = client.end().await;
    assert_eq!(
        (text.as_str(), code),
        (
            "LIMIT: a message has 16777216 bytes at most; send smaller ones",
            1009
        )
    );
}

#[tokio::test]
async fn an_acknowledgement_ahead_of_the_server_counts_until_it_is_reached_8() {
    let test = test_server();
    let mut client = with_water(&test).await;
    client.acknowledges = false;
    client.acknowledge(25).await;
    client.request(dynamics(300.0)).await;
    for seq in 2..=35 {
        assert_eq!(client.next().await.seq, seq);
    }
    assert_eq!(client.next().await.text(), "WAITING_FOR_ACK");
}

#[tokio::test]
async fn an_idle_reply_echoes_the_interaction_that_caused_it_9_16() {
    let test = test_server();
    let mut client = with_water(&test).await;
    for count in [5, 9, 7] {
        client.interact(moved(&[(0, [1.0, 0.0, 0.0])]), count).await;
        let reply = client.next().await;
        assert_eq!(reply.user_interaction_count, Some(count));
        let frame = reply.frame().unwrap();
        let rows = [&frame.positions, &frame.velocities, &frame.forces].map(Vec::len);
        assert_eq!((rows, frame.energy.is_some()), ([9; 3], true));
    }
}

#[tokio::test]
async fn a_simulation_frame_echoes_the_highest_count_received_before_its_step_10() {
    let test = test_server();
    let mut client = with_water(&test).await;
    client.request(dynamics(300.0)).await;
    client.frame().await;
    client.interact(moved(&[(0, [1.0, 0.0, 0.0])]), 77).await;
    let mut counts = vec![1];
    while counts.last() != Some(&77) {
        let message = client.until(|message| message.frame().is_some()).await;
        counts.push(message.user_interaction_count.unwrap());
    }
    assert!(counts.iter().all(|count| [1, 77].contains(count)) && counts.is_sorted());
}

#[tokio::test]
async fn full_update_must_be_present_13() {
    let test = test_server();
    let mut client = with_water(&test).await;
    let without = UserInteractionSparse {
        full_update_flag: None,
        ..moved(&[(0, [1.0, 0.0, 0.0])])
    };
    client.interact(without, 2).await;
    let text = client.next().await.text().to_owned();
    assert_eq!(text, "PROTO_VIOLATION: full_update flag must be set");
}

#[tokio::test]
async fn sparse_updates_add_atoms_and_only_full_updates_remove_them_14_15() {
    let test = test_server();
    let mut client = with_water(&test).await;
    let added = UserInteractionSparse {
        atomic_numbers: Some(IntDelta {
            indices: vec![3],
            values: vec![1],
        }),
        ..moved(&[(3, [0.0, 0.0, 2.0])])
    };
    client.interact(added, 2).await;
    let grown = client.frame().await;
    assert_eq!(grown.positions[9..], [0.0, 0.0, 2.0]);
    assert_eq!(
        grown.positions[..3],
        WATER[0].1,
        "untouched atoms keep their values"
    );
    client.interact(whole(&WATER[..2]), 3).await;
    let shrunk = client.frame().await;
    assert_eq!(
        (shrunk.positions.len(), shrunk.velocities),
        (6, vec![0.0; 6])
    );
}

#[tokio::test]
async fn an_incomplete_structure_waits_for_its_missing_atoms_17() {
    let test = test_server();
    let mut client = connect(&test.url("/ws")).await;
    client.interact(whole(&[]), 1).await;
    assert_eq!(client.next().await.text(), "IDLE_WAITING_FOR_GEOMETRY");
    client.interact(moved(&[(0, [0.0; 3])]), 2).await;
    assert_eq!(client.next().await.text(), "IDLE_WAITING_FOR_GEOMETRY");
}

#[tokio::test]
async fn a_failed_evaluation_is_reported_18() {
    let test = test_server();
    let mut client = connect(&test.url("/ws")).await;
    client
        .interact(whole(&[(1, [0.0; 3]), (1, [0.0; 3])]), 1)
        .await;
    let text = client.next().await.text().to_owned();
    assert!(text.starts_with("COMPUTE_ERROR: "), "{text}");
}

#[tokio::test]
async fn thirty_rapid_interactions_have_at_most_seven_answers_19() {
    let test = test_server();
    let mut client = with_water(&test).await;
    client.acknowledges = false;
    for count in 1..=30 {
        let position = [1.0 + 0.001 * count as f64, 0.0, 0.0];
        client.interact(moved(&[(0, position)]), count).await;
    }
    let mut answers = 0;
    loop {
        let reply = client.next().await;
        answers += 1;
        if reply.user_interaction_count == Some(30) {
            assert_eq!(reply.frame().unwrap().positions[0], 1.03);
            break;
        }
    }
    assert!(answers <= 7, "{answers}");
}

/// Clients of an early schema of the original send `Ping` as field 13.
#[tokio::test]
async fn thirty_rapid_interactions_between_pings_have_at_most_seven_answers_19() {
    let test = test_server();
    let mut client = with_water(&test).await;
    client.acknowledges = false;
    for count in 1..=30 {
        let position = [1.0 + 0.001 * count as f64, 0.0, 0.0];
        client.interact(moved(&[(0, position)]), count).await;
        let mut ping = client.builder.acknowledge(1);
        ping.extend([0x6a, 0x00]);
        client.send(ping).await;
    }
    let mut answers = 1;
    while client.next().await.user_interaction_count != Some(30) {
        answers += 1;
    }
    assert!(answers <= 7, "{answers}");
    assert!(client.is_silent(100).await);
}

#[tokio::test]
async fn a_running_simulation_applies_a_full_update_20() {
    let test = test_server();
    let mut client = with_water(&test).await;
    client.request(dynamics(100.0)).await;
    client.frame().await;
    client.interact(whole(&WATER[1..]), 2).await;
    let changed = client.notice("STRUCTURE_CHANGED").await;
    assert_eq!(changed.notice().unwrap().simulation_stopped, None);
    let next = client.until(|message| message.frame().is_some()).await;
    assert_eq!(next.frame().unwrap().positions.len(), 6);
    assert_eq!(next.sim_step, Some(1));
    client.frame().await;
}

#[tokio::test]
async fn a_cell_stays_until_it_is_replaced_or_cleared_21() {
    let test = test_server();
    let mut client = with_water(&test).await;
    let cell = vec![20.0, 0.0, 0.0, 0.0, 20.0, 0.0, 0.0, 0.0, 20.0];
    let boxed = UserInteractionSparse {
        cell: Some(Mat3 { m: cell.clone() }),
        ..moved(&[])
    };
    client.interact(boxed, 2).await;
    assert_eq!(client.frame().await.cell.unwrap().m, cell);
    client.interact(moved(&[(0, [1.0, 0.0, 0.0])]), 3).await;
    assert_eq!(client.frame().await.cell.unwrap().m, cell);
    let cleared = UserInteractionSparse {
        clear_cell: true,
        ..moved(&[])
    };
    client.interact(cleared, 4).await;
    assert_eq!(client.frame().await.cell, None);
}

#[tokio::test]
async fn a_start_while_running_replaces_the_task_22_23_25() {
    let test = test_server();
    let mut client = with_water(&test).await;
    client.request(dynamics(0.0)).await;
    let cold = client.frame().await;
    assert!(
        cold.temperature.is_some()
            && cold.kinetic.is_some()
            && cold.energy.is_some()
            && cold.velocities.len() == 9
    );
    client.request(relaxation(0.0)).await;
    let relaxing = |message: &ServerResult| {
        message
            .frame()
            .is_some_and(|frame| frame.activity() == Activity::Relaxation)
    };
    let frame = client.until(relaxing).await.frame().unwrap().clone();
    assert_eq!((frame.temperature, frame.forces.len()), (None, 9));
}

#[tokio::test]
async fn potentials_are_selected_by_name_24() {
    let test = test_server();
    let mut client = with_water(&test).await;
    let with = |calculator: &str| {
        start(
            SimType::Md,
            Some(SimulationParams {
                calculator: calculator.to_owned(),
                ..parameters(0.0)
            }),
        )
    };
    client.request(with("quantum-oracle")).await;
    let refused = client.notice("CALCULATOR_NOT_SUPPORTED").await;
    assert_eq!(refused.notice().unwrap().simulation_stopped, Some(true));
    client
        .request(with(&"no-such-potential".repeat(10_000)))
        .await;
    let refused = client.notice("CALCULATOR_NOT_SUPPORTED").await;
    assert!(refused.text().len() < 400, "{}", refused.text());
    client.request(with("lj:file=/etc/hostname")).await;
    let refused = client.notice("CALCULATOR_NOT_SUPPORTED").await;
    assert!(
        refused.text().contains("files of the server"),
        "{}",
        refused.text()
    );
    for (asked, model) in [(" uma ", DEFAULT), ("lj", DEFAULT), ("Nano\n", "nano")] {
        client.request(with(asked)).await;
        let frame =
            client.until(|message| message.frame().is_some_and(|frame| frame.model == model));
        frame.await;
    }
}

/// Sixty runs of START, one frame, its acknowledgement if selected, STOP. Returns the number of runs of one
/// step, and the maximum number of messages from STOP to its answer.
async fn sixty_runs(client: &mut Client, acknowledges: bool) -> (usize, usize) {
    client.acknowledges = false;
    let (mut one_step, mut longest) = (0, 0);
    for _ in 0..60 {
        client.request(dynamics(300.0)).await;
        let first = client.until(|message| message.frame().is_some()).await;
        if acknowledges {
            client.acknowledge(first.seq).await;
        }
        client.request(stop()).await;
        let mut steps = 1;
        let mut messages = 0;
        let stopped = loop {
            let message = client.next().await;
            messages += 1;
            steps += usize::from(message.frame().is_some());
            if message.text() == "SIMULATION_STOPPED" {
                break message;
            }
        };
        assert_eq!(stopped.notice().unwrap().simulation_stopped, Some(true));
        one_step += usize::from(steps == 1);
        longest = longest.max(messages);
        client.acknowledge(stopped.seq).await;
    }
    (one_step, longest)
}

#[tokio::test]
async fn start_one_frame_stop_is_one_step_26() {
    let test = test_server();
    for acknowledges in [false, true] {
        let mut client = with_water(&test).await;
        let (one_step, longest) = sixty_runs(&mut client, acknowledges).await;
        assert!(one_step >= 58, "{one_step} of 60");
        assert!(longest <= 10, "{longest}");
    }
}

/// The original's client acknowledges each frame, and reads ten messages after STOP.
#[tokio::test]
async fn the_answer_to_a_stop_is_within_ten_messages_26_27() {
    let test = test_server();
    let mut client = with_water(&test).await;
    for run in 0..20 {
        client.acknowledges = true;
        client.request(dynamics(300.0)).await;
        for _ in 0..1 + 3 * run {
            client.frame().await;
        }
        client.acknowledges = false;
        client.request(stop()).await;
        let mut messages = 1;
        while client.next().await.text() != "SIMULATION_STOPPED" {
            messages += 1;
        }
        assert!(messages <= 10, "{messages} in run {run}");
        let last = client.last;
        client.acknowledge(last).await;
    }
    for _ in 0..2 {
        client.request(stop()).await;
        assert_eq!(
            client.next().await.text(),
            "SIMULATION_STOPPED",
            "while idle"
        );
    }
}

#[tokio::test]
async fn a_relaxation_reports_convergence_once_and_continues_28() {
    let test = test_server();
    let mut client = with_water(&test).await;
    let bfgs = SimulationParams {
        optimizer: "bfgs".to_owned(),
        fmax: 0.05,
        ..parameters(0.0)
    };
    client.request(start(SimType::Relax, Some(bfgs))).await;
    let converged = client.notice("CONVERGED").await;
    let notice = converged.notice().unwrap();
    assert_eq!(
        (notice.simulation_stopped, notice.converged),
        (None, Some(true))
    );
    for _ in 0..20 {
        let frame = client.next().await.frame().unwrap().clone();
        assert!((frame.energy() + 2.983_552_231).abs() < 1e-3, "{frame:?}");
    }
    client.request(stop()).await;
    client.notice("SIMULATION_STOPPED").await;
}

#[tokio::test]
async fn a_relaxation_stops_at_convergence_on_request_28() {
    let test = test_server();
    let mut client = with_water(&test).await;
    let asked = Start {
        simulation_type: SimType::Relax.into(),
        simulation_params: Some(SimulationParams {
            fmax: 0.05,
            ..parameters(0.0)
        }),
        stop_when_converged: true,
        ..Default::default()
    };
    client.request(Payload::Start(asked)).await;
    let converged = client.notice("CONVERGED").await;
    assert_eq!(converged.notice().unwrap().simulation_stopped, Some(true));
    assert!(client.is_silent(200).await);
}

#[tokio::test]
async fn a_failed_evaluation_ends_the_run_and_not_the_session_29() {
    let test = test_server();
    let mut client = with_water(&test).await;
    client.request(dynamics(0.0)).await;
    client.frame().await;
    client
        .interact(moved(&[(0, [0.0; 3]), (2, [0.0; 3])]), 2)
        .await;
    let failed = client.notice("COMPUTE_ERROR").await;
    assert_eq!(failed.notice().unwrap().simulation_stopped, Some(true));
    client.interact(whole(&WATER), 3).await;
    client.frame().await;
}

#[tokio::test]
async fn ten_messages_without_acknowledgement_pause_the_stream_30_31() {
    let test = test_server();
    let mut client = with_water(&test).await;
    client.acknowledges = false;
    client.acknowledge(1).await;
    client.request(dynamics(300.0)).await;
    for seq in 2..=11 {
        assert_eq!(client.next().await.seq, seq);
    }
    let waiting = client.next().await;
    assert_eq!((waiting.text(), waiting.seq), ("WAITING_FOR_ACK", 11));
    assert!(client.is_silent(200).await, "one notice per pause");
    client.acknowledge(11).await;
    let cleared = client.next().await;
    assert_eq!((cleared.text(), cleared.seq), ("ACK_CLEARED", 12));
    assert!(client.next().await.frame().is_some());
}

#[tokio::test]
async fn a_close_frame_is_answered_32() {
    let test = test_server();
    for running in [false, true] {
        for code in [None, Some(CloseCode::Normal), Some(CloseCode::Away)] {
            let mut client = with_water(&test).await;
            if running {
                client.request(dynamics(300.0)).await;
                client.frame().await;
            }
            let frame = code.map(|code| CloseFrame {
                code,
                reason: "".into(),
            });
            client.socket.close(frame).await.unwrap();
            let (_, answered) = client.end().await;
            let expected = code.map_or(1005, u16::from);
            assert_eq!(answered, expected, "running: {running}");
        }
    }
    // A close frame of code 1000, masked by zeros, as raw bytes.
    for query in ["/ws?room=main", "/ws"] {
        let mut stream = TcpStream::connect(test.server.addresses()[0])
            .await
            .unwrap();
        let request = format!(
            "GET {query} HTTP/1.1\r\nHost: localhost\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        stream
            .write_all(&[0x88, 0x82, 0, 0, 0, 0, 0x03, 0xe8])
            .await
            .unwrap();
        let mut answer = Vec::new();
        let read = timeout(Duration::from_secs(2), stream.read_to_end(&mut answer)).await;
        read.expect("the server closes the connection").unwrap();
        assert!(answer.ends_with(&[0x88, 0x02, 0x03, 0xe8]), "{answer:?}");
    }
}

/// Reference: ASE 3, `LennardJones()` with its default parameters.
#[tokio::test]
async fn water_by_lennard_jones_has_the_energy_and_forces_of_ase() {
    let test = test_server();
    let mut client = connect(&test.url("/ws")).await;
    client.interact(whole(&WATER), 1).await;
    let frame = client.frame().await;
    assert!((frame.energy() - 2.802_522_726).abs() < 1e-6);
    let forces = [
        51.024_657_952,
        0.671_220_570_3,
        0.0,
        -12.134_364_423,
        49.565_345_315,
        0.0,
        -38.890_293_529,
        -50.236_565_886,
        0.0,
    ];
    all(&frame.forces, &forces, 1e-5);
    assert_eq!(frame.model, DEFAULT);
}

impl Client {
    async fn socket_text(&mut self, text: &str) {
        use futures_util::SinkExt;
        self.socket.send(Message::Text(text.into())).await.unwrap();
    }

    /// Sends bytes, which fails if the server closes the connection before it has read them.
    pub(crate) async fn socket_binary(
        &mut self,
        bytes: Vec<u8>,
    ) -> Result<(), tokio_tungstenite::tungstenite::Error> {
        use futures_util::SinkExt;
        self.socket.send(Message::Binary(bytes.into())).await
    }
}
