//! Trainings by name.

use mlipview_telemetry::{MAX_TRAININGS, TrainingError, Trainings, check_name};

/// [27]
#[test]
fn the_newest_training_is_the_one_opened_last() {
    let mut trainings = Trainings::default();
    assert_eq!(trainings.newest(), None);
    for (number, name) in ["a", "b", "c"].into_iter().enumerate() {
        assert_eq!(trainings.add(name, number, |_| false), Ok(None));
    }
    assert_eq!(
        (trainings.newest(), trainings.find("a")),
        (Some(&2), Some(&0))
    );
    let names: Vec<&str> = trainings.iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["a", "b", "c"]);
}

/// [27]
#[test]
fn a_name_is_free_again_after_the_end() {
    let mut trainings = Trainings::default();
    trainings.add("a", 1, |_| false).unwrap();
    trainings.add("b", 2, |_| false).unwrap();
    let taken = TrainingError::Taken("a".to_owned());
    assert_eq!(trainings.add("a", 3, |_| false), Err(taken));
    assert_eq!(trainings.add("a", 3, |_| true), Ok(Some(1)));
    assert_eq!(
        (trainings.newest(), trainings.iter().count()),
        (Some(&3), 2)
    );
}

/// [27]
#[test]
fn the_oldest_training_that_has_ended_makes_space() {
    let mut trainings = Trainings::default();
    for number in 0..MAX_TRAININGS {
        trainings
            .add(&format!("t{number}"), number, |_| false)
            .unwrap();
    }
    assert_eq!(
        trainings.add("new", 99, |_| false),
        Err(TrainingError::Full)
    );
    assert_eq!(trainings.add("new", 99, |number| *number > 4), Ok(Some(5)));
    assert_eq!(trainings.iter().count(), MAX_TRAININGS);
}

/// [27]
#[test]
fn a_name_cannot_lead_out_of_a_folder() {
    for name in ["ethanol", "Run_2.1-b", "a", &"x".repeat(64)] {
        assert_eq!(check_name(name), Ok(()), "{name}");
    }
    for name in [
        "",
        ".",
        "..",
        ".hidden",
        "a/b",
        "a\\b",
        "a b",
        "ä",
        "a\0",
        &"x".repeat(65),
    ] {
        assert!(check_name(name).is_err(), "{name:?}");
    }
}
