//! The field numbers of the first version of the schema never change.

use std::collections::BTreeSet;

use mlipview_server::session::wire::SCHEMA;

/// Messages, fields, types and numbers of the original.
const ORIGINAL: &[&str] = &[
    "Mat3: repeated double m = 1",
    "SimulationParams: string calculator = 1",
    "SimulationParams: double temperature = 2",
    "SimulationParams: double timestep_fs = 3",
    "SimulationParams: double friction = 4",
    "SimulationParams: double fmax = 5",
    "SimulationParams: double max_step = 6",
    "SimulationParams: string optimizer = 7",
    "SystemArrays: repeated double positions = 1",
    "SystemArrays: repeated double velocities = 2",
    "SystemArrays: repeated double forces = 3",
    "Vec3Delta: repeated uint32 indices = 1",
    "Vec3Delta: repeated double coords = 2",
    "IntDelta: repeated uint32 indices = 1",
    "IntDelta: repeated uint32 values = 2",
    "UserInteractionSparse.Mat3: repeated double m = 1",
    "UserInteractionSparse: uint32 natoms = 1",
    "UserInteractionSparse: IntDelta atomic_numbers = 2",
    "UserInteractionSparse: Vec3Delta positions = 3",
    "UserInteractionSparse: Vec3Delta velocities = 4",
    "UserInteractionSparse: optional Mat3 cell = 5",
    "UserInteractionSparse.full_update_flag: bool full_update = 6",
    "ClientAction: uint64 seq = 1",
    "ClientAction: optional uint64 ack = 2",
    "ClientAction.payload: UserInteractionSparse user_interaction = 10",
    "ClientAction.payload: Start start = 11",
    "ClientAction.payload: Stop stop = 12",
    "ClientAction: optional uint64 user_interaction_count = 30",
    "ClientAction: optional uint64 sim_step = 31",
    "ClientAction: uint32 schema_version = 100",
    "ClientAction.Start.SimType: MD = 0",
    "ClientAction.Start.SimType: RELAX = 1",
    "ClientAction.Start: SimType simulation_type = 1",
    "ClientAction.Start: SimulationParams simulation_params = 2",
    "ServerResult: uint64 seq = 1",
    "ServerResult: optional uint64 client_seq = 2",
    "ServerResult.payload: Frame frame = 10",
    "ServerResult.payload: Notice notice = 11",
    "ServerResult: optional uint64 user_interaction_count = 30",
    "ServerResult: optional uint64 sim_step = 31",
    "ServerResult: uint32 schema_version = 100",
    "ServerResult.Frame: repeated double positions = 1",
    "ServerResult.Frame: repeated double velocities = 2",
    "ServerResult.Frame: repeated double forces = 3",
    "ServerResult.Frame: optional Mat3 cell = 4",
    "ServerResult.Frame: optional Mat3 stress = 5",
    "ServerResult.Frame: optional double energy = 6",
    "ServerResult.Frame: optional double temperature = 7",
    "ServerResult.Frame: optional double kinetic = 8",
    "ServerResult.Notice: optional string message = 1",
    "ServerResult.Notice: optional bool simulation_stopped = 2",
];

/// All fields of the schema, as `Message: type name = number`; a oneof is part of the path.
fn fields() -> BTreeSet<String> {
    let mut path: Vec<&str> = Vec::new();
    let mut fields = BTreeSet::new();
    for line in SCHEMA.lines() {
        let code = line.split("//").next().unwrap().trim();
        if let Some(header) = code.strip_suffix('{') {
            path.push(header.split_whitespace().nth(1).unwrap());
        } else if code == "}" {
            path.pop();
        } else if code.contains('=') && !path.is_empty() {
            let field = code.trim_end_matches(';').split('[').next().unwrap().trim();
            fields.insert(format!("{}: {field}", path.join(".")));
        }
    }
    fields
}

#[test]
fn the_originals_fields_keep_their_numbers_and_types() {
    let fields = fields();
    for original in ORIGINAL {
        assert!(fields.contains(*original), "{original} is gone or changed");
    }
    assert!(SCHEMA.contains("package fairchem.session;"));
}

#[test]
fn no_two_fields_of_a_message_share_a_number() {
    let mut seen = BTreeSet::new();
    for field in fields() {
        let (message, rest) = field.split_once(": ").unwrap();
        // The fields of a oneof are numbered with those of its message.
        let message = message
            .replace(".payload", "")
            .replace(".full_update_flag", "")
            .replace(".grip", "");
        let number = rest.rsplit(' ').next().unwrap();
        assert!(seen.insert(format!("{message} {number}")), "{field}");
    }
}
