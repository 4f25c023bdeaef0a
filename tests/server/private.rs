//! A private session, statement by statement, over a socket.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;

use super::client::*;
use super::place::{DEFAULT, Place, place};
use super::wire::{Client, visit};

/// A session that has heard of water and has answered.
async fn with_water(place: &Place) -> Client {
    let mut client = visit(&place.at("/ws")).await;
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
async fn the_server_says_nothing_until_the_client_speaks_1() {
    let place = place();
    let mut client = visit(&place.at("/ws")).await;
    assert!(client.is_silent(200).await);
}

#[tokio::test]
async fn only_binary_frames_that_can_be_read_count_and_others_end_nothing_2() {
    let place = place();
    let mut client = visit(&place.at("/ws")).await;
    client.socket_text("hello").await;
    let words = client.next().await.words().to_owned();
    assert!(words.starts_with("PROTO_VIOLATION: only binary"), "{words}");
    client.send(b"\xff\xff\xff".to_vec()).await;
    client.send(b"\xff\xff\xff".to_vec()).await;
    assert!(client.is_silent(200).await, "once per second at most");
    client.interact(whole(&WATER), 1).await;
    assert!(client.next().await.frame().is_some());
}

#[tokio::test]
async fn every_message_has_version_1_rising_numbers_and_the_clients_highest_3_6_7() {
    let place = place();
    let mut client = with_water(&place).await;
    client.say(dynamics(300.0)).await;
    let mut seq = 1;
    while seq < 40 {
        let message = client.next().await;
        // Where acknowledgements are late, this notice repeats the number.
        seq += u64::from(message.words() != "WAITING_FOR_ACK");
        assert_eq!((message.schema_version, message.seq), (1, seq));
        assert!(
            message
                .client_seq
                .is_some_and(|heard| heard <= client.speaker.seq)
        );
    }
    client.say(stop()).await;
    let stop = client.speaker.seq;
    let stopped = client.notice("SIMULATION_STOPPED").await;
    assert!(stopped.client_seq >= Some(stop));
    client.say(dynamics(300.0)).await;
    let later = client.next().await;
    assert!(later.seq > stopped.seq, "over stop and start too");
}

#[tokio::test]
async fn a_message_without_payload_updates_numbers_and_counters_4_11_12() {
    let place = place();
    let mut client = with_water(&place).await;
    let empty = client.speaker.action(ClientAction {
        user_interaction_count: Some(41),
        sim_step: Some(7),
        ..Default::default()
    });
    client.send(empty).await;
    client.say(stop()).await;
    let stopped = client.next().await;
    assert_eq!(stopped.words(), "SIMULATION_STOPPED");
    assert_eq!(stopped.user_interaction_count, Some(41));
    assert_eq!(stopped.sim_step, Some(7));
    client.say(dynamics(300.0)).await;
    assert_eq!(client.next().await.sim_step, Some(8), "a start keeps it");
}

#[tokio::test]
async fn a_message_of_sixteen_mebibytes_is_read_and_a_larger_one_is_too_large_5() {
    let place = place();
    let mut client = visit(&place.at("/ws")).await;
    client.send(vec![0xff; 16 << 20]).await;
    assert!(client.next().await.words().starts_with("PROTO_VIOLATION"));
    let _ = client.socket_binary(vec![0xff; (16 << 20) + 1]).await;
    let (words, code) = client.end().await;
    assert_eq!(
        (words.as_str(), code),
        ("LIMIT: a message has 16777216 bytes at most", 1009)
    );
}

#[tokio::test]
async fn an_acknowledgement_of_the_future_counts_until_it_is_reached_8() {
    let place = place();
    let mut client = with_water(&place).await;
    client.polite = false;
    client.acknowledge(25).await;
    client.say(dynamics(300.0)).await;
    for seq in 2..=35 {
        assert_eq!(client.next().await.seq, seq);
    }
    assert_eq!(client.next().await.words(), "WAITING_FOR_ACK");
}

#[tokio::test]
async fn an_idle_reply_echoes_the_interaction_that_caused_it_9_16() {
    let place = place();
    let mut client = with_water(&place).await;
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
async fn a_simulation_frame_echoes_the_highest_count_heard_before_its_step_10() {
    let place = place();
    let mut client = with_water(&place).await;
    client.say(dynamics(300.0)).await;
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
    let place = place();
    let mut client = with_water(&place).await;
    let without = UserInteractionSparse {
        full_update_flag: None,
        ..moved(&[(0, [1.0, 0.0, 0.0])])
    };
    client.interact(without, 2).await;
    let words = client.next().await.words().to_owned();
    assert_eq!(words, "PROTO_VIOLATION: full_update flag must be set");
}

#[tokio::test]
async fn changes_grow_a_structure_and_only_a_whole_one_shrinks_it_14_15() {
    let place = place();
    let mut client = with_water(&place).await;
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
async fn half_a_structure_waits_for_the_other_half_17() {
    let place = place();
    let mut client = visit(&place.at("/ws")).await;
    client.interact(whole(&[]), 1).await;
    assert_eq!(client.next().await.words(), "IDLE_WAITING_FOR_GEOMETRY");
    client.interact(moved(&[(0, [0.0; 3])]), 2).await;
    assert_eq!(client.next().await.words(), "IDLE_WAITING_FOR_GEOMETRY");
}

#[tokio::test]
async fn what_cannot_be_computed_is_said_18() {
    let place = place();
    let mut client = visit(&place.at("/ws")).await;
    client
        .interact(whole(&[(1, [0.0; 3]), (1, [0.0; 3])]), 1)
        .await;
    let words = client.next().await.words().to_owned();
    assert!(words.starts_with("COMPUTE_ERROR: "), "{words}");
}

#[tokio::test]
async fn thirty_rapid_interactions_have_at_most_seven_answers_19() {
    let place = place();
    let mut client = with_water(&place).await;
    client.polite = false;
    for count in 1..=30 {
        let place = [1.0 + 0.001 * count as f64, 0.0, 0.0];
        client.interact(moved(&[(0, place)]), count).await;
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

/// As clients of an early schema of the original do, whose `Ping` was field 13.
#[tokio::test]
async fn thirty_rapid_interactions_between_pings_have_at_most_seven_answers_19() {
    let place = place();
    let mut client = with_water(&place).await;
    client.polite = false;
    for count in 1..=30 {
        let place = [1.0 + 0.001 * count as f64, 0.0, 0.0];
        client.interact(moved(&[(0, place)]), count).await;
        let mut ping = client.speaker.acknowledge(1);
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
async fn a_running_simulation_takes_a_whole_structure_in_20() {
    let place = place();
    let mut client = with_water(&place).await;
    client.say(dynamics(100.0)).await;
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
    let place = place();
    let mut client = with_water(&place).await;
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
async fn a_start_while_running_changes_what_runs_22_23_25() {
    let place = place();
    let mut client = with_water(&place).await;
    client.say(dynamics(0.0)).await;
    let cold = client.frame().await;
    assert!(
        cold.temperature.is_some()
            && cold.kinetic.is_some()
            && cold.energy.is_some()
            && cold.velocities.len() == 9
    );
    client.say(relaxation(0.0)).await;
    let relaxing = |message: &ServerResult| {
        message
            .frame()
            .is_some_and(|frame| frame.activity() == Activity::Relaxation)
    };
    let frame = client.until(relaxing).await.frame().unwrap().clone();
    assert_eq!((frame.temperature, frame.forces.len()), (None, 9));
}

#[tokio::test]
async fn a_potential_goes_by_its_own_name_24() {
    let place = place();
    let mut client = with_water(&place).await;
    let with = |calculator: &str| {
        start(
            SimType::Md,
            Some(SimulationParams {
                calculator: calculator.to_owned(),
                ..parameters(0.0)
            }),
        )
    };
    client.say(with("quantum-oracle")).await;
    let refused = client.notice("CALCULATOR_NOT_SUPPORTED").await;
    assert_eq!(refused.notice().unwrap().simulation_stopped, Some(true));
    client.say(with(&"no-such-potential".repeat(10_000))).await;
    let refused = client.notice("CALCULATOR_NOT_SUPPORTED").await;
    assert!(refused.words().len() < 400, "{}", refused.words());
    for (asked, model) in [(" uma ", DEFAULT), ("lj", DEFAULT), ("Nano\n", "nano")] {
        client.say(with(asked)).await;
        let frame =
            client.until(|message| message.frame().is_some_and(|frame| frame.model == model));
        frame.await;
    }
}

/// START, one frame, its acknowledgement if wanted, STOP; sixty times. Messages from STOP to its answer,
/// and how many runs took one step.
async fn sixty_runs(client: &mut Client, acknowledges: bool) -> (usize, usize) {
    client.polite = false;
    let (mut one_step, mut longest) = (0, 0);
    for _ in 0..60 {
        client.say(dynamics(300.0)).await;
        let first = client.until(|message| message.frame().is_some()).await;
        if acknowledges {
            client.acknowledge(first.seq).await;
        }
        client.say(stop()).await;
        let mut steps = 1;
        let mut messages = 0;
        let stopped = loop {
            let message = client.next().await;
            messages += 1;
            steps += usize::from(message.frame().is_some());
            if message.words() == "SIMULATION_STOPPED" {
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
    let place = place();
    for acknowledges in [false, true] {
        let mut client = with_water(&place).await;
        let (one_step, longest) = sixty_runs(&mut client, acknowledges).await;
        assert!(one_step >= 58, "{one_step} of 60");
        assert!(longest <= 10, "{longest}");
    }
}

/// As the original's client does: it acknowledges each frame, and reads ten messages behind STOP.
#[tokio::test]
async fn the_answer_to_a_stop_is_within_ten_messages_26_27() {
    let place = place();
    let mut client = with_water(&place).await;
    for run in 0..20 {
        client.polite = true;
        client.say(dynamics(300.0)).await;
        for _ in 0..1 + 3 * run {
            client.frame().await;
        }
        client.polite = false;
        client.say(stop()).await;
        let mut messages = 1;
        while client.next().await.words() != "SIMULATION_STOPPED" {
            messages += 1;
        }
        assert!(messages <= 10, "{messages} in run {run}");
        let last = client.last;
        client.acknowledge(last).await;
    }
    for _ in 0..2 {
        client.say(stop()).await;
        assert_eq!(
            client.next().await.words(),
            "SIMULATION_STOPPED",
            "while idle, too"
        );
    }
}

#[tokio::test]
async fn a_relaxation_says_once_that_it_has_converged_and_goes_on_28() {
    let place = place();
    let mut client = with_water(&place).await;
    let bfgs = SimulationParams {
        optimizer: "bfgs".to_owned(),
        fmax: 0.05,
        ..parameters(0.0)
    };
    client.say(start(SimType::Relax, Some(bfgs))).await;
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
    client.say(stop()).await;
    client.notice("SIMULATION_STOPPED").await;
}

#[tokio::test]
async fn a_relaxation_ends_when_it_has_converged_if_that_was_asked_for_28() {
    let place = place();
    let mut client = with_water(&place).await;
    let asked = Start {
        simulation_type: SimType::Relax.into(),
        simulation_params: Some(SimulationParams {
            fmax: 0.05,
            ..parameters(0.0)
        }),
        stop_when_converged: true,
        ..Default::default()
    };
    client.say(Payload::Start(asked)).await;
    let converged = client.notice("CONVERGED").await;
    assert_eq!(converged.notice().unwrap().simulation_stopped, Some(true));
    assert!(client.is_silent(200).await);
}

#[tokio::test]
async fn a_failure_in_a_run_ends_the_run_and_not_the_conversation_29() {
    let place = place();
    let mut client = with_water(&place).await;
    client.say(dynamics(0.0)).await;
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
    let place = place();
    let mut client = with_water(&place).await;
    client.polite = false;
    client.acknowledge(1).await;
    client.say(dynamics(300.0)).await;
    for seq in 2..=11 {
        assert_eq!(client.next().await.seq, seq);
    }
    let waiting = client.next().await;
    assert_eq!((waiting.words(), waiting.seq), ("WAITING_FOR_ACK", 11));
    assert!(client.is_silent(200).await, "once per episode");
    client.acknowledge(11).await;
    let cleared = client.next().await;
    assert_eq!((cleared.words(), cleared.seq), ("ACK_CLEARED", 12));
    assert!(client.next().await.frame().is_some());
}

#[tokio::test]
async fn a_polite_goodbye_is_answered_32() {
    let place = place();
    for running in [false, true] {
        for code in [None, Some(CloseCode::Normal), Some(CloseCode::Away)] {
            let mut client = with_water(&place).await;
            if running {
                client.say(dynamics(300.0)).await;
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
    // In a room, and with bytes alone: a close frame (masked by zeros) of code 1000.
    for wanted in ["/ws?room=main", "/ws"] {
        let mut stream = TcpStream::connect(place.server.addresses()[0])
            .await
            .unwrap();
        let request = format!(
            "GET {wanted} HTTP/1.1\r\nHost: localhost\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        stream
            .write_all(&[0x88, 0x82, 0, 0, 0, 0, 0x03, 0xe8])
            .await
            .unwrap();
        let mut answer = Vec::new();
        let read = timeout(Duration::from_secs(2), stream.read_to_end(&mut answer)).await;
        read.expect("the server ends the connection").unwrap();
        assert!(answer.ends_with(&[0x88, 0x02, 0x03, 0xe8]), "{answer:?}");
    }
}

/// Reference: ASE 3, `LennardJones()` with its default parameters.
#[tokio::test]
async fn water_by_lennard_jones_has_the_energy_and_forces_of_ase() {
    let place = place();
    let mut client = visit(&place.at("/ws")).await;
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

    /// Where the server does not want to hear it all, sending may fail.
    pub(crate) async fn socket_binary(
        &mut self,
        bytes: Vec<u8>,
    ) -> Result<(), tokio_tungstenite::tungstenite::Error> {
        use futures_util::SinkExt;
        self.socket.send(Message::Binary(bytes.into())).await
    }
}
