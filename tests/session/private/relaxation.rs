//! Relaxation: convergence, and the repeated converged structure. Statement 28.

use super::{relaxation_of, with_water};
use crate::client::*;

fn largest_force(frame: &Frame) -> f64 {
    let forces = frame.forces.chunks(3);
    let lengths = forces.map(|force| force.iter().map(|x| x * x).sum::<f64>().sqrt());
    lengths.fold(0.0, f64::max)
}

#[test]
fn a_relaxation_repeats_its_converged_structure_until_stop_28() {
    let mut client = with_water();
    let start = client.builder.request(Payload::Start(relaxation_of(0.05)));
    let received = client.exchange_acknowledging(&start, 100);
    let notices: Vec<&ServerResult> = received
        .iter()
        .filter(|message| message.text() == "CONVERGED")
        .collect();
    assert_eq!(notices.len(), 1);
    let notice = notices[0].notice().unwrap();
    assert_eq!(
        (notice.simulation_stopped, notice.converged),
        (None, Some(true))
    );
    let behind: Vec<&ServerResult> = received
        .iter()
        .filter(|message| message.seq > notices[0].seq && message.frame().is_some())
        .collect();
    assert!(behind.len() > 20, "{}", behind.len());
    let converged = behind[0].frame().unwrap();
    assert!(largest_force(converged) < 0.05 && converged.energy.unwrap() < -2.9);
    for pair in behind.windows(2) {
        assert_eq!(pair[1].sim_step.unwrap(), pair[0].sim_step.unwrap() + 1);
        let frame = pair[1].frame().unwrap();
        assert_eq!(
            (frame.step, &frame.positions),
            (converged.step, &converged.positions)
        );
        assert_eq!(frame.activity(), Activity::Relaxation);
    }
    let stop = client.builder.request(stop());
    let received = client.exchange(&stop);
    assert_eq!(texts(&received), ["SIMULATION_STOPPED"]);
    assert_eq!(received[0].notice().unwrap().simulation_stopped, Some(true));
}

#[test]
fn a_converged_structure_is_sent_at_the_maximum_rate_28() {
    let mut client = with_water();
    let start = client.builder.request(Payload::Start(relaxation_of(0.05)));
    client.exchange_acknowledging(&start, 100);
    let (begin, bytes) = (client.now, client.builder.acknowledge(0));
    let received = client.exchange_acknowledging(&bytes, 60);
    let rate = frames(&received).len() as f64 / (client.now - begin).as_secs_f64();
    assert!((30.0..61.0).contains(&rate), "{rate}");
    let received = client.receive(1000);
    assert_eq!(received.last().unwrap().text(), "WAITING_FOR_ACK");
}

#[test]
fn a_relaxation_stops_at_convergence_on_request_28() {
    let mut client = with_water();
    let asked = || {
        Payload::Start(Start {
            stop_when_converged: true,
            ..relaxation_of(0.05)
        })
    };
    let start = client.builder.request(asked());
    let received = client.exchange_acknowledging(&start, 200);
    let notice = received.last().unwrap().notice().unwrap();
    assert_eq!(notice.message(), "CONVERGED");
    assert_eq!(
        (notice.simulation_stopped, notice.converged),
        (Some(true), Some(true))
    );
    assert!(largest_force(frames(&received).last().unwrap()) < 0.05);
    let again = client.builder.request(asked());
    let received = client.exchange(&again);
    assert!(received[0].frame().is_some(), "every start sends a frame");
    assert_eq!((received.len(), received[1].text()), (2, "CONVERGED"));
}

#[test]
fn each_start_of_a_relaxation_sends_a_frame_even_when_converged_26_28() {
    let mut client = with_water();
    let mut energies = Vec::new();
    for _ in 0..200 {
        let start = client.builder.request(Payload::Start(relaxation_of(0.05)));
        client.send(&start);
        let received = client.receive_at_once();
        assert_eq!(frames(&received).len(), 1);
        energies.push(frames(&received)[0].energy.unwrap());
        let ack = client.builder.acknowledge(received.last().unwrap().seq);
        let stop = client.builder.request(stop());
        client.send(&ack);
        client.send(&stop);
        let received = client.receive_at_once();
        assert_eq!(
            (frames(&received).len(), texts(&received)),
            (0, vec!["SIMULATION_STOPPED"])
        );
    }
    assert!(energies[199] < -2.9, "{energies:?}");
}

#[test]
fn a_converged_relaxation_restarts_after_a_change_20_28() {
    let mut client = with_water();
    let start = client.builder.request(Payload::Start(relaxation_of(0.05)));
    let received = client.exchange_acknowledging(&start, 100);
    let converged = frames(&received).last().unwrap().step;
    let drag = client.builder.interact(moved(&[(0, [1.4, 0.3, 0.2])]), 7);
    let received = client.exchange_acknowledging(&drag, 150);
    let first = received.iter().find_map(MessageExt::frame).unwrap();
    assert_eq!(first.step, converged + 1);
    assert!(largest_force(first) > 0.05);
    assert!(
        texts(&received).contains(&"CONVERGED"),
        "the relaxation converges again"
    );
    assert!(largest_force(frames(&received).last().unwrap()) < 0.05);
    let failing = client
        .builder
        .interact(moved(&[(0, [0.0; 3]), (2, [0.0; 3])]), 8);
    let received = client.exchange(&failing);
    assert!(texts(&received)[0].starts_with("COMPUTE_ERROR: "));
    assert_eq!(received[0].notice().unwrap().simulation_stopped, Some(true));
    assert_eq!(received.len(), 1);
}

#[test]
fn without_fmax_a_relaxation_never_converges_28() {
    for fmax in [0.0, -1.0] {
        let mut client = with_water();
        let start = client.builder.request(Payload::Start(relaxation_of(fmax)));
        let received = client.exchange_acknowledging(&start, 100);
        assert_eq!(frames(&received).len(), 100);
        assert!(!texts(&received).contains(&"CONVERGED"));
    }
}
