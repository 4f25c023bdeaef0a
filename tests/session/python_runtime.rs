//! Decoding of messages from Google's Python runtime, written by `tests/data/wire/make.py`.

use glam::DVec3;
use mlipview_core::presence::{PersonId, Role};
use mlipview_core::sim::Grip;
use mlipview_server::session::message::{CellChange, ClientRequest, NumberFormat};
use mlipview_server::session::wire;

fn read(name: &str) -> ClientRequest {
    let path = format!("../../tests/data/wire/{name}.bin");
    let message = wire::decode(&std::fs::read(path).unwrap()).unwrap();
    message.request.unwrap().unwrap()
}

#[test]
fn full_and_sparse_updates_are_decoded() {
    let ClientRequest::Interact(whole) = read("whole") else {
        panic!()
    };
    assert!(whole.full && whole.atoms == 3);
    assert_eq!(
        whole.elements.values().copied().collect::<Vec<u8>>(),
        [18; 3]
    );
    assert_eq!(whole.positions[&1], DVec3::new(3.8, 0.0, 0.0));
    let ClientRequest::Interact(boxed) = read("boxed") else {
        panic!()
    };
    let Some(CellChange::Set(cell, periodic)) = boxed.cell else {
        panic!()
    };
    assert_eq!((cell.x_axis.x, periodic), (9.0, [true, true, false]));
    assert_eq!((boxed.charge, boxed.multiplicity), (Some(1), Some(2)));
    // From 0.01 per ASE time unit to 1/fs.
    assert!((boxed.velocities[&1].x - 0.01 / 10.180_505_7).abs() < 1e-9);
}

#[test]
fn starts_and_hands_are_decoded() {
    let ClientRequest::Start(start) = read("dynamics") else {
        panic!()
    };
    let parameters = start.parameters.unwrap();
    assert_eq!(
        (start.relax, parameters.temperature, parameters.timestep),
        (false, 90.0, 2.0)
    );
    // From 0.02 per ASE time unit to 1/ps.
    assert!((parameters.friction - 1.964_539).abs() < 1e-5);
    assert!(matches!(read("relaxation"), ClientRequest::Start(start) if start.relax));
    assert_eq!(read("stop"), ClientRequest::Stop);
    let ClientRequest::Grab {
        hand: 1,
        atoms,
        grip,
    } = read("grab")
    else {
        panic!()
    };
    assert_eq!(atoms, [0, 1]);
    let unbounded = Grip::Spring {
        stiffness: 1.0,
        max_force: f64::INFINITY,
    };
    assert_eq!(grip, unbounded);
    let to = DVec3::new(1.0, 2.0, 3.0);
    assert_eq!(read("move"), ClientRequest::Move { hand: 1, to });
    assert_eq!(read("release"), ClientRequest::Release { hand: 1 });
    assert_eq!(
        (read("undo"), read("redo")),
        (ClientRequest::Undo, ClientRequest::Redo)
    );
}

#[test]
fn profiles_presence_and_roles_are_decoded() {
    let ClientRequest::Attach(attach) = read("attach") else {
        panic!()
    };
    assert_eq!((attach.format, attach.bonds), (NumberFormat::Fixed16, true));
    assert_eq!((attach.forces, attach.velocities), (Some(true), None));
    assert_eq!(
        (attach.max_rate, attach.name.as_deref()),
        (Some(20.0), Some("Ada"))
    );
    let ClientRequest::Presence(presence) = read("presence") else {
        panic!()
    };
    assert_eq!(presence.head.unwrap().position, DVec3::new(1.0, 2.0, 3.0));
    assert_eq!(presence.hands.len(), 1);
    assert_eq!(
        read("admit"),
        ClientRequest::Admit(PersonId(2), Role::Driver)
    );
    assert_eq!(read("room"), ClientRequest::CreateRoom("second".to_owned()));
}

#[test]
fn an_acknowledgement_has_no_request() {
    let bytes = std::fs::read("../../tests/data/wire/acknowledge.bin").unwrap();
    let message = wire::decode(&bytes).unwrap();
    assert_eq!((message.ack, message.request), (Some(9), Ok(None)));
}
