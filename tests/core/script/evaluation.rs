//! Which messages act at a frame.

use glam::DVec3;
use mlipview_core::script::{
    Action, Anchor, Callout, FrameRange, FrameReference, Message, Opacities, OpacityFocus,
    ScreenText, Speed,
};

use super::{message, script};

fn speed(rate: f64) -> Action {
    Action::Speed(Speed::frames_per_second(rate))
}

fn callout(text: &str) -> Action {
    Action::Callout(Callout::new(text, Anchor::Atom(0)))
}

#[test]
fn the_message_of_highest_priority_sets_the_speed() {
    let slow = message("slow", 2.0, [5, 9], vec![speed(4.0)]);
    let fast = message("fast", 1.0, [3, 7], vec![speed(40.0)]);
    let script = script(vec![fast, slow]).resolve(&12, 20.0);
    let rates = (0..12).map(|frame| script.at(f64::from(frame)).rate);
    let expected = [(3, None), (2, Some(40.0)), (5, Some(4.0)), (2, None)];
    let expected = expected.map(|(count, rate)| std::iter::repeat_n(rate, count));
    assert!(rates.eq(expected.into_iter().flatten()));
}

#[test]
fn of_the_same_priority_the_message_written_first_wins() {
    let all = [0, 9];
    let first = message("first", 1.0, all, vec![speed(5.0)]);
    let second = message("second", 1.0, all, vec![speed(6.0), speed(7.0)]);
    let one = script(vec![first.clone(), second.clone()]).resolve(&10, 20.0);
    let other = script(vec![second, first]).resolve(&10, 20.0);
    assert_eq!(one.at(0.0).rate, Some(5.0));
    assert_eq!(
        other.at(0.0).rate,
        Some(6.0),
        "the first action of a message wins"
    );
}

#[test]
fn all_callouts_and_texts_of_active_messages_are_visible_in_order_of_priority() {
    let text = Action::Text(ScreenText::caption("caption"));
    let low = message("low", 0.0, [0, 5], vec![callout("a"), text, callout("b")]);
    let high = message("high", 1.0, [2, 5], vec![callout("c")]);
    let script = script(vec![low, high]).resolve(&8, 20.0);
    let state = script.at(3.0);
    let keys: Vec<String> = state.callouts.iter().map(|it| it.key()).collect();
    assert_eq!(keys, ["high:0", "low:0", "low:2"]);
    assert_eq!(state.texts.len(), 1);
    assert_eq!(script.at(1.0).callouts.len(), 2);
    assert!(script.at(6.0).callouts.is_empty());
    let ids: Vec<&str> = state.active.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids, ["high", "low"]);
}

#[test]
fn a_message_is_active_until_its_last_frame_ends() {
    let script = script(vec![message("m", 0.0, [3, 5], vec![speed(2.0)])]).resolve(&10, 20.0);
    let is_active = |position: f64| !script.at(position).active.is_empty();
    assert!(!is_active(2.999) && is_active(3.0) && is_active(5.999) && !is_active(6.0));
}

#[test]
fn positions_beyond_the_timeline_are_those_of_its_ends() {
    let first = message("first", 0.0, [0, 0], vec![speed(2.0)]);
    let last = message("last", 0.0, [9, 9], vec![speed(3.0)]);
    let script = script(vec![first, last]).resolve(&10, 20.0);
    for (position, rate) in [
        (-1e300, 2.0),
        (f64::NEG_INFINITY, 2.0),
        (f64::NAN, 2.0),
        (1e300, 3.0),
        (f64::INFINITY, 3.0),
    ] {
        assert_eq!(script.at(position).rate, Some(rate), "{position}");
    }
}

#[test]
fn a_script_does_nothing_in_a_timeline_without_frames() {
    let script = script(vec![message(
        "m",
        0.0,
        [0, 5],
        vec![speed(2.0), callout("a")],
    )]);
    let state = script.resolve(&0, 20.0);
    let state = state.at(0.0);
    assert!(state.rate.is_none() && state.callouts.is_empty() && state.opacity.is_none());
}

#[test]
fn a_reference_is_an_id_that_exists_or_else_an_index_or_else_an_offset() {
    struct Named;
    impl mlipview_core::script::FrameNames for Named {
        fn count(&self) -> u64 {
            10
        }
        fn index_of(&self, id: &str) -> Option<u64> {
            (id == "seventh").then_some(6)
        }
    }
    let reference = |id: &str, index: Option<i64>, offset: Option<i64>| {
        let reference = FrameReference {
            id: Some(id.to_owned()),
            index,
            offset,
        };
        reference.resolve(&Named)
    };
    assert_eq!(reference("seventh", Some(1), Some(-1)), Some(6));
    assert_eq!(reference("lost", Some(1), Some(-1)), Some(1));
    assert_eq!(reference("lost", None, Some(-3)), Some(7));
    assert_eq!(reference("lost", None, None), None);
    assert_eq!(reference("lost", Some(-5), None), Some(0));
    assert_eq!(reference("lost", Some(50), None), Some(9));
    assert_eq!(reference("lost", None, Some(i64::MIN)), Some(0));
    assert_eq!(reference("lost", None, Some(i64::MAX)), Some(9));
}

#[test]
fn a_range_without_ends_is_the_whole_timeline() {
    let whole = FrameRange::default();
    assert_eq!(whole.resolve(&10), Some([0, 9]));
    let without_end = FrameRange {
        without_end: true,
        ..FrameRange::between(2, 5)
    };
    assert_eq!(without_end.resolve(&10), Some([2, 4]));
    assert_eq!(FrameRange::between(5, 2).resolve(&10), None);
    assert_eq!(whole.resolve(&0), None);
}

#[test]
fn a_multiplier_is_of_the_rate_without_script_and_a_rate_hides_it() {
    let mut both = Speed::multiplied(0.25);
    assert_eq!(both.effective_rate(20.0), 5.0);
    both.rate = Some(7.0);
    assert_eq!(both.effective_rate(20.0), 7.0);
}

#[test]
fn atoms_and_bonds_in_focus_keep_their_opacity_and_the_rest_fades() {
    let focus = OpacityFocus {
        atoms: vec![0, 1, 2],
        bonds: vec![[5, 4]],
        background: Opacities {
            atoms: 0.2,
            bonds: 0.1,
        },
        ..OpacityFocus::default()
    };
    let of = |focus: OpacityFocus| {
        script(vec![Message {
            actions: vec![Action::OpacityFocus(focus)],
            ..Message::new("m")
        }])
        .resolve(&2, 20.0)
    };
    let resolved = of(focus.clone());
    let opacity = resolved.at(0.0).opacity.unwrap();
    assert_eq!(opacity.atoms(5), [1.0, 1.0, 1.0, 0.2, 0.2]);
    let bonds = opacity.bonds(6);
    assert_eq!(bonds.of([2, 0]), 1.0, "between two atoms in focus");
    assert_eq!(bonds.of([4, 5]), 1.0, "in focus itself");
    assert_eq!(bonds.of([2, 3]), 0.1, "to an atom out of focus");
    let resolved = of(OpacityFocus {
        bonds_between: false,
        fades_atoms: false,
        ..focus
    });
    let opacity = resolved.at(0.0).opacity.unwrap();
    let bonds = opacity.bonds(6);
    assert_eq!((opacity.atom(4), bonds.of([0, 1])), (1.0, 0.1));
    assert_eq!(bonds.of([5, 4]), 1.0);
}

#[test]
fn an_anchor_is_at_its_atom_the_midpoint_of_its_bond_or_its_point() {
    let positions = [DVec3::ZERO, DVec3::new(2.0, 4.0, 6.0)];
    let mut callout = Callout::new("", Anchor::Bond([0, 1]));
    assert_eq!(
        callout.position(&positions),
        Some(DVec3::new(1.0, 2.0, 3.0))
    );
    callout.offset = [0.0, 1.0, 0.0];
    assert_eq!(
        callout.position(&positions),
        Some(DVec3::new(1.0, 3.0, 3.0))
    );
    callout.anchor = Anchor::Atom(1);
    assert_eq!(
        callout.position(&positions),
        Some(DVec3::new(2.0, 5.0, 6.0))
    );
    callout.anchor = Anchor::Atom(2);
    assert_eq!(callout.position(&positions), None);
    callout.anchor = Anchor::Point([9.0, 8.0, 7.0]);
    assert_eq!(callout.position(&[]), Some(DVec3::new(9.0, 9.0, 7.0)));
}
