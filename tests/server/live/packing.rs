//! Live packing of molecules.

use mlipview_core::chem::format::{self, FrameSelection};
use serde_json::{Value, json};

use super::fixtures::{Client, End, with};
use crate::test_server::{TestServer, test_server};

fn pack(molecules: Value) -> Value {
    json!({"type": "pack", "molecules": molecules, "density": 0.8, "seed": 3})
}

fn water(number: u64) -> Value {
    json!([{"name": "water", "number": number}])
}

/// [22]
#[tokio::test(flavor = "multi_thread")]
async fn a_packing_is_watched_and_ends_with_the_structure() {
    let server = test_server();
    let end = Client::end_of(&server, &[pack(water(30))]).await;
    let packing = &end.messages[0];
    assert_eq!(packing["type"], "packing");
    assert_eq!(packing["numbers"].as_array().unwrap().len(), 90);
    assert_eq!(packing["cell"].as_array().unwrap().len(), 3);
    let frames = end.frames();
    assert_eq!(frames[0]["step"], 0);
    assert!(
        frames
            .iter()
            .all(|frame| frame["positions"].as_array().unwrap().len() == 270)
    );
    assert_eq!(frames.last().unwrap()["overlaps"], 0);
    let complete = end.messages.last().unwrap();
    assert_eq!((&complete["type"], end.code), (&json!("complete"), 1000));
    assert_eq!(complete["total_frames"], frames.len());
    let text = complete["structure"].as_str().unwrap();
    let read = format::read(text.as_bytes(), "packed.xyz", FrameSelection::LAST).unwrap();
    assert_eq!(read[0].structure.len(), 90);
    let volume = read[0].structure.cell.as_ref().unwrap().volume();
    assert!(
        (volume - 30.0 * 18.015 * 1.66054 / 0.8).abs() < 1.0,
        "{volume}"
    );
}

/// [22]
#[tokio::test(flavor = "multi_thread")]
async fn regions_are_those_of_the_command() {
    let server = test_server();
    let molecules = || json!([{"name": "water"}]);
    let shell = json!({"type": "pack", "molecules": molecules(), "around": "caffeine", "shell": 4.0, "density": 0.8});
    let end = Client::end_of(&server, &[shell]).await;
    assert_eq!(end.messages[0]["cell"], Value::Null);
    let numbers = end.messages[0]["numbers"].as_array().unwrap();
    // The atoms of caffeine come first, 24 of them.
    assert_eq!(
        numbers[..24].iter().filter(|number| **number == 7).count(),
        4
    );
    assert!(numbers.len() > 24 + 30 && (numbers.len() - 24) % 3 == 0);
    assert_eq!(end.messages.last().unwrap()["type"], "complete");
    let in_box = json!({"type": "pack", "molecules": water(10), "box": [9, 10, 11]});
    let end = Client::end_of(&server, &[in_box]).await;
    assert_eq!(
        end.messages[0]["cell"],
        json!([[9.0, 0.0, 0.0], [0.0, 10.0, 0.0], [0.0, 0.0, 11.0]])
    );
    assert_eq!(end.messages.last().unwrap()["type"], "complete");
}

/// [22]
#[tokio::test(flavor = "multi_thread")]
async fn stop_completes_a_packing_without_a_structure() {
    let server = test_server();
    let mut client = Client::connect(&server.server, "").await;
    client
        .send(&with(pack(water(2000)), "density", json!(1.1)))
        .await;
    client.until("frame").await;
    client.send(&json!({"type": "grab"})).await;
    client.send(&json!({"type": "stop"})).await;
    let end = client.end().await;
    let complete = end.messages.last().unwrap();
    assert_eq!((&complete["type"], end.code), (&json!("complete"), 1000));
    assert_eq!(complete["structure"], Value::Null);
}

/// [22] [18]
#[tokio::test(flavor = "multi_thread")]
async fn an_invalid_packing_is_refused() {
    let server = TestServer::limited(|limits| limits.session.atoms = 100);
    for (request, expected) in [
        (pack(json!([])), "'molecules': expected an array of 1 to 64"),
        (
            pack(json!([{"number": 3}])),
            "molecules[0].name: expected a key",
        ),
        (
            pack(json!([{"name": "unobtainium", "number": 3}])),
            "there is no structure 'unobtainium'",
        ),
        (
            pack(json!([{"name": "water", "number": -3}])),
            "molecules[0].number: expected an integer",
        ),
        (pack(water(0)), "nothing to pack"),
        (
            pack(water(34)),
            "LIMIT: 100 atoms at most in a packing; 102 were given",
        ),
        (with(pack(water(3)), "density", json!(0)), "invalid density"),
        (
            with(pack(water(3)), "density", Value::Null),
            "how large is the cell",
        ),
        (
            with(pack(water(3)), "box", json!([1e4, 9, 9])),
            "'box': expected edges of at most 1000 Å",
        ),
        (
            with(
                with(pack(water(3)), "shell", json!(1e3)),
                "around",
                json!("water"),
            ),
            "'shell': expected a thickness of at most 100 Å",
        ),
        (
            with(pack(water(3)), "distance", json!(50)),
            "'distance': expected a distance of at most 10 Å",
        ),
        (
            with(pack(water(3)), "shell", json!(3)),
            "'around': expected a key of the library",
        ),
        (
            with(
                with(pack(water(3)), "inside", json!("quartz")),
                "box",
                json!(9),
            ),
            "'box': expected nothing beside 'inside'",
        ),
        (
            with(
                with(pack(water(30)), "density", json!(3.5)),
                "max_steps",
                json!(5),
            ),
            "not packed: ",
        ),
    ] {
        let end: End = Client::end_of(&server, &[request]).await;
        let (error, code) = end.error();
        assert!(error.starts_with(expected), "{error:?}, not {expected:?}");
        assert_eq!(code, 1008);
    }
}
