//! Random sessions.

use glam::DVec3;
use mlipview_core::chem::properties::{Column, Data, Value};
use mlipview_core::chem::structure::{BondOrder, Label, StatedBond};
use mlipview_core::chem::{Cell, Element, Structure};
use mlipview_core::potential::Request;
use mlipview_core::script::{
    Action, Anchor, Callout, CameraMove, CameraPose, FrameRange, FrameReference, Message,
    OpacityFocus, ScreenText, Script, Speed, TimingFunction,
};
use mlipview_core::session_file::{
    Appearance, Background, CellRecord, Coloring, EmbeddedFrame, EmbeddedFrames, FrameKind, Labels,
    LinkedFrames, Measurement, Playback, PlaybackRange, Repetition, Representation, RunKind,
    RunSettings, SelectionSet, Session, StructureRecord, TimelineContents, TimelineRecord, View,
};
use mlipview_core::sim::propagate::{CellFreedom, CellRelaxation, Method, Relaxation, RigidMotion};
use mlipview_core::sim::task::{Barostat, DynamicsSettings, Thermostat};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// Any finite number: all exponents, all digits, both zeros.
fn number() -> impl Strategy<Value = f64> {
    use proptest::num::f64::{NEGATIVE, NORMAL, POSITIVE, SUBNORMAL, ZERO};
    prop_oneof![3 => -100.0..100.0, 1 => NORMAL | SUBNORMAL | ZERO | POSITIVE | NEGATIVE]
}

fn row() -> impl Strategy<Value = [f64; 3]> {
    [number(), number(), number()]
}

fn rows(atoms: usize) -> impl Strategy<Value = Vec<[f64; 3]>> {
    vec(row(), atoms)
}

fn text() -> impl Strategy<Value = String> {
    "[ -~äλ\n\\\\\"]{0,12}"
}

fn cell() -> impl Strategy<Value = Cell> {
    let lengths = [3.0..20.0, 3.0..20.0, 3.0..20.0];
    let shears = [-1.0..1.0, -1.0..1.0, -1.0..1.0];
    (lengths, shears, any::<[bool; 3]>()).prop_map(|([a, b, c], [x, y, z], periodic)| {
        let vectors = [
            DVec3::new(a, 0.0, x),
            DVec3::new(y, b, 0.0),
            DVec3::new(z, x, c),
        ];
        Cell::new(vectors, periodic).unwrap()
    })
}

fn data(count: usize) -> impl Strategy<Value = Data> {
    let special = select(vec![f64::INFINITY, f64::NEG_INFINITY]);
    prop_oneof![
        vec(any::<bool>(), count).prop_map(Data::Bools),
        vec(any::<i64>(), count).prop_map(Data::Integers),
        vec(prop_oneof![number(), special], count).prop_map(Data::Reals),
        vec(text(), count).prop_map(Data::Texts),
    ]
}

fn info() -> impl Strategy<Value = Value> {
    prop_oneof![
        number().prop_map(Value::real),
        any::<i64>().prop_map(Value::integer),
        any::<bool>().prop_map(Value::bool),
        text().prop_map(Value::text),
        (0..4_usize).prop_flat_map(data).prop_map(Value::vector),
        data(6).prop_map(|data| Value::matrix(data, 3).unwrap()),
    ]
}

/// Everything that a structure may have, for a number of atoms.
pub(super) fn structure(atoms: usize) -> impl Strategy<Value = Structure> {
    let elements = vec(select(Element::all().collect::<Vec<_>>()), atoms);
    let label = (text(), text(), any::<i32>(), text());
    let label = label.prop_map(|(name, residue, residue_number, chain)| Label {
        name,
        residue,
        residue_number,
        chain,
    });
    let identity = (
        elements,
        rows(atoms),
        option::of(cell()),
        any::<i32>(),
        1..9_u32,
    );
    let extras = (
        vec(any::<bool>(), atoms),
        option::of(vec(0.5..300.0, atoms)),
        option::of(vec(label, atoms)),
        select(vec![
            BondOrder::Aromatic,
            BondOrder::Unspecified,
            BondOrder::Double,
        ]),
        proptest::collection::btree_map(text(), info(), 0..4),
        data(2 * atoms),
    );
    (identity, extras).prop_map(|(identity, extras)| {
        let (elements, positions, cell, charge, multiplicity) = identity;
        let (fixed, masses, labels, order, info, array) = extras;
        let positions = positions.into_iter().map(DVec3::from).collect();
        let mut structure = Structure::new(elements, positions).unwrap().with_cell(cell);
        structure.charge = charge;
        structure.set_multiplicity(multiplicity).unwrap();
        structure.fixed_mut().copy_from_slice(&fixed);
        // Pairs of fixed neighbors, so that some structures have none.
        let pairs = (1..fixed.len()).step_by(2).filter(|atom| fixed[*atom]);
        let pairs = pairs.map(|atom| vec![atom - 1, atom]).collect();
        structure.set_rigid_groups(pairs).unwrap();
        structure.set_masses(masses).unwrap();
        structure.set_labels(labels).unwrap();
        let bonds = (1..fixed.len()).map(|atom| StatedBond {
            atoms: [atom - 1, atom],
            order,
        });
        structure.set_stated_bonds(bonds.collect()).unwrap();
        structure.info = info;
        structure
            .set_array("tensor", Column::new(array, 2).unwrap())
            .unwrap();
        structure
    })
}

fn record(atoms: usize) -> impl Strategy<Value = StructureRecord> {
    (structure(atoms), option::of(rows(atoms))).prop_map(|(structure, velocities)| {
        StructureRecord {
            velocities,
            ..StructureRecord::new(&structure, None)
        }
    })
}

fn run() -> impl Strategy<Value = RunSettings> {
    let freedom = || select(vec![CellFreedom::Isotropic, CellFreedom::Anisotropic]);
    let barostat = (freedom(), -1.0..1.0, 1.0..1e4, 1e-6..1e3).prop_map(
        |(freedom, pressure, relaxation_time, compressibility)| Barostat {
            freedom,
            pressure,
            relaxation_time,
            compressibility,
        },
    );
    let dynamics = (
        [0.01..10.0, 0.0..3000.0, 0.0..100.0, 1.0..1e4],
        select(Thermostat::ALL.to_vec()),
        option::of(barostat),
        select(vec![RigidMotion::Free, RigidMotion::Damped]),
    )
        .prop_map(|(numbers, thermostat, barostat, rigid_motion)| {
            let [timestep, temperature, friction, relaxation_time] = numbers;
            DynamicsSettings {
                timestep,
                temperature,
                thermostat,
                friction,
                relaxation_time,
                barostat,
                rigid_motion,
            }
        });
    let methods = vec![
        Method::Auto,
        Method::Bfgs,
        Method::Lbfgs,
        Method::Fire,
        Method::Fire2,
    ];
    let cell = (-1.0..1.0, option::of(1e-6..1.0), freedom());
    let cell = cell.prop_map(|(pressure, smax, freedom)| CellRelaxation {
        pressure,
        smax,
        freedom,
    });
    let relaxation = (select(methods), -1.0..1.0, 0.01..1.0, option::of(cell)).prop_map(
        |(method, fmax, max_step, cell)| Relaxation {
            method,
            fmax,
            max_step,
            cell,
        },
    );
    let rest = (
        any::<[bool; 2]>(),
        option::of(1.0..1e5),
        option::of(any::<u64>()),
    );
    (dynamics, relaxation, rest).prop_map(|(dynamics, relaxation, rest)| {
        let ([relaxes, running], speed_limit, seed) = rest;
        RunSettings {
            kind: if relaxes {
                RunKind::Relaxation
            } else {
                RunKind::Dynamics
            },
            running,
            dynamics,
            relaxation,
            speed_limit,
            seed,
        }
    })
}

fn pose() -> impl Strategy<Value = CameraPose> {
    (
        [-100.0..100.0, -100.0..100.0, -100.0..100.0],
        0.0..6.0_f64,
        0.1..1e4,
    )
        .prop_map(|(target, angle, distance)| CameraPose {
            target,
            orientation: glam::DQuat::from_rotation_y(angle).to_array(),
            distance,
        })
}

fn view() -> impl Strategy<Value = View> {
    (pose(), any::<bool>(), option::of(10.0..90.0)).prop_map(|(camera, perspective, angle)| View {
        camera,
        perspective,
        field_of_view: angle,
    })
}

fn appearance() -> impl Strategy<Value = Appearance> {
    let names = (
        select(vec![
            Representation::Automatic,
            Representation::SpaceFilling,
        ]),
        select(vec![Coloring::Element, Coloring::Charge]),
        select(vec![Background::White, Background::Transparent]),
        select(vec![Labels::None, Labels::ElementAndIndex]),
    );
    (
        names,
        any::<[bool; 6]>(),
        [1..9_u32, 1..9, 1..9],
        0.0..1.0_f32,
    )
        .prop_map(
            |((representation, coloring, background, labels), flags, images, strength)| {
                let [
                    cell_box,
                    wrap,
                    bonds,
                    bond_orders,
                    supersampling,
                    uncertainty,
                ] = flags;
                Appearance {
                    representation,
                    coloring,
                    background,
                    labels,
                    cell_box,
                    wrap,
                    images,
                    bonds,
                    bond_orders,
                    supersampling,
                    uncertainty,
                    outlines: strength,
                    ball: strength / 3.0,
                    ..Appearance::default()
                }
            },
        )
}

fn reference() -> impl Strategy<Value = FrameReference> {
    (
        option::of(text()),
        option::of(any::<i64>()),
        option::of(any::<i64>()),
    )
        .prop_map(|(id, index, offset)| FrameReference { id, index, offset })
}

fn action(atoms: usize) -> impl Strategy<Value = Action> {
    let anchor = prop_oneof![
        (0..atoms).prop_map(Anchor::Atom),
        [0..atoms, 0..atoms].prop_map(Anchor::Bond),
        row().prop_map(Anchor::Point),
    ];
    let callout =
        (text(), anchor, row(), option::of(0.1..10.0)).prop_map(|(text, anchor, offset, width)| {
            Callout {
                offset,
                width,
                ..Callout::new(text, anchor)
            }
        });
    let focus = (
        vec(0..atoms, 0..5),
        0..60_000_u32,
        select(TimingFunction::ALL.to_vec()),
    )
        .prop_map(|(atoms, milliseconds, timing)| OpacityFocus {
            atoms,
            transition: f64::from(milliseconds) / 1000.0,
            timing,
            ..OpacityFocus::default()
        });
    prop_oneof![
        (0.01..1000.0).prop_map(|rate| Action::Speed(Speed::frames_per_second(rate))),
        callout.prop_map(Action::Callout),
        focus.prop_map(Action::OpacityFocus),
        pose().prop_map(|pose| Action::Camera(CameraMove {
            pose,
            transition: 0.5,
            timing: TimingFunction::EaseIn,
        })),
        text().prop_map(|text| Action::Text(ScreenText::caption(text))),
    ]
}

fn script(atoms: usize) -> impl Strategy<Value = Script> {
    let range = (
        option::of(reference()),
        option::of(reference()),
        any::<bool>(),
    );
    let message = (
        option::of(text()),
        number(),
        range,
        vec(action(atoms), 0..4),
    );
    vec(message, 0..4).prop_map(|messages| {
        let messages = messages.into_iter().enumerate();
        let message = |(index, (label, priority, range, actions)): (usize, _)| {
            let (start, end, without_end) = range;
            Message {
                label,
                priority,
                range: FrameRange {
                    start,
                    end,
                    without_end,
                },
                actions,
                ..Message::new(format!("message {index}"))
            }
        };
        Script {
            messages: messages.map(message).collect(),
        }
    })
}

fn frame(atoms: usize, structure: Option<usize>) -> impl Strategy<Value = EmbeddedFrame> {
    let kinds = vec![FrameKind::Idle, FrameKind::Dynamics, FrameKind::Relaxation];
    let numbers = (
        any::<u64>(),
        number(),
        option::of(number()),
        option::of(number()),
    );
    let lists = (
        rows(atoms),
        option::of(rows(atoms)),
        option::of(rows(atoms)),
    );
    let rest = (option::of(cell()), option::of([row(), row(), row()]));
    (select(kinds), numbers, lists, rest).prop_map(move |(kind, numbers, lists, rest)| {
        let ((step, time, energy, temperature), (cell, stress)) = (numbers, rest);
        let (positions, velocities, forces) = lists;
        EmbeddedFrame {
            structure,
            kind,
            step,
            time,
            energy,
            temperature,
            cell: cell.as_ref().map(CellRecord::from),
            stress,
            positions,
            velocities,
            forces,
            id: None,
        }
    })
}

fn contents(atoms: usize) -> impl Strategy<Value = TimelineContents> {
    let frames = vec(frame(atoms, None), 1..4);
    let edited = (record(atoms + 1), vec(frame(atoms + 1, Some(0)), 0..3));
    let embedded = (frames, edited).prop_map(|(mut frames, (structure, edited))| {
        frames.extend(edited);
        for (index, frame) in frames.iter_mut().enumerate() {
            frame.id = (index % 2 == 0).then(|| format!("frame {index}"));
        }
        EmbeddedFrames {
            structures: vec![structure],
            frames,
        }
    });
    let embedded = embedded.boxed();
    let file = "[a-z]{1,9}/[a-z]{1,9}\\.mcap";
    let linked = (file, option::of(0..u64::MAX), embedded.clone());
    let linked = linked.prop_map(|(file, count, continued)| LinkedFrames {
        file,
        count,
        continued,
    });
    prop_oneof![
        Just(TimelineContents::Empty),
        file.prop_map(TimelineContents::File),
        linked.prop_map(TimelineContents::Linked),
        embedded.prop_map(TimelineContents::Embedded),
    ]
}

fn timeline(atoms: usize) -> impl Strategy<Value = TimelineRecord> {
    let repeats = vec![Repetition::Once, Repetition::Loop, Repetition::BackAndForth];
    let range = option::of((option::of(reference()), option::of(reference())));
    let flags = any::<[bool; 2]>();
    let rate = 0.01..1000.0;
    (contents(atoms), select(repeats), range, flags, rate).prop_map(
        |(contents, repeat, range, [starts, interpolate], rate)| TimelineRecord {
            playback: Playback {
                rate,
                starts,
                repeat,
                range: range.map(|(start, end)| PlaybackRange { start, end }),
                first: Some(FrameReference::at_offset(-2)),
                interpolate,
            },
            shown: matches!(contents, TimelineContents::Embedded(_)).then_some(0),
            contents,
        },
    )
}

/// A request for a potential.
fn request() -> impl Strategy<Value = Request> {
    ("[a-z]{1,5}", option::of(("[a-z]{1,5}", "[ -~]{0,8}"))).prop_map(|(name, option)| {
        let request = Request::named(&name);
        match option {
            Some((option, value)) => request.with(&option, Some(&value)),
            None => request,
        }
    })
}

/// Any session that may be written.
pub(super) fn session() -> impl Strategy<Value = Session> {
    (1..5_usize).prop_flat_map(|atoms| {
        let texts = [text(), text(), text()];
        let sets = vec(vec(any::<bool>(), atoms), 0..3);
        let settings = (
            run(),
            option::of(view()),
            appearance(),
            option::of(request()),
        );
        let more = (timeline(atoms), script(atoms), sets, texts);
        (record(atoms), settings, more).prop_map(move |(structure, settings, more)| {
            let (run, view, appearance, potential) = settings;
            let (timeline, script, sets, [title, saved, notes]) = more;
            let set = |(index, marks): (usize, &Vec<bool>)| SelectionSet {
                name: format!("set {index}"),
                atoms: (0..atoms).filter(|atom| marks[*atom]).collect(),
            };
            let measured = (2..=atoms.min(4)).map(|count| Measurement((0..count).rev().collect()));
            Session {
                title,
                saved,
                structure,
                potential,
                run,
                view,
                appearance,
                selection: (0..atoms).rev().collect(),
                selection_sets: sets.iter().enumerate().map(set).collect(),
                measurements: measured.collect(),
                notes,
                timeline,
                script,
                ..Session::default()
            }
        })
    })
}
