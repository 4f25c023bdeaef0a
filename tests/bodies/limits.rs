//! Settings out of their range.

use glam::Vec3;
use mlipview_bodies::{Assets, Body, BodyError, Units, World, WorldError, WorldSettings};

use crate::fixtures::{add, world_with};

#[test]
fn settings_out_of_range_are_refused() {
    let assets = Assets::new(Units::Meters);
    let sphere = assets.find("sphere").unwrap();
    let body = || Body::at(Vec3::ZERO);
    let cases = [
        ("position", Body::at(Vec3::new(0.0, f32::NAN, 0.0))),
        ("position", Body::at(Vec3::X * 2e6)),
        (
            "velocity",
            Body {
                velocity: Vec3::X * f32::INFINITY,
                ..body()
            },
        ),
        (
            "mass",
            Body {
                mass: 0.0,
                ..body()
            },
        ),
        (
            "mass",
            Body {
                mass: f32::NAN,
                ..body()
            },
        ),
        (
            "mass",
            Body {
                mass: 1e-9,
                ..body()
            },
        ),
        (
            "restitution",
            Body {
                restitution: 1.5,
                ..body()
            },
        ),
        (
            "restitution",
            Body {
                restitution: -0.1,
                ..body()
            },
        ),
        (
            "friction",
            Body {
                friction: -1.0,
                ..body()
            },
        ),
    ];
    let mut world = world_with(|_| {});
    for (expected, body) in cases {
        match world.add(&sphere, &body) {
            Err(BodyError::Setting { setting, .. }) => assert_eq!(setting, expected),
            other => panic!("{expected}: {other:?}"),
        }
    }
    let ground = assets.find("ground").unwrap();
    assert_eq!(world.add(&ground, &body()), Err(BodyError::InertialPlane));
    assert!(world.is_empty());
    assert_eq!(
        assets.find("teapot"),
        Err(BodyError::Asset("teapot".to_owned()))
    );
    assert_eq!(
        assets.find("teapot").unwrap_err().to_string(),
        "Asset 'teapot' not found"
    );
}

#[test]
fn a_world_has_finite_settings() {
    for change in [
        WorldSettings {
            gravity: Vec3::NAN,
            ..WorldSettings::default()
        },
        WorldSettings {
            cell: Some(Vec3::new(1.0, 0.0, 1.0)),
            ..WorldSettings::default()
        },
        WorldSettings {
            cell: Some(Vec3::splat(1e7)),
            ..WorldSettings::default()
        },
    ] {
        assert!(matches!(
            World::new(change),
            Err(WorldError::Setting { .. })
        ));
    }
    let mut world = world_with(|_| {});
    for dt in [0.0, -1.0, 11.0, f64::NAN] {
        assert!(world.step(dt).is_err(), "{dt}");
    }
}

#[test]
fn identifiers_of_assets_are_numbers_from_zero() {
    let names: Vec<(u32, String)> = Assets::names().collect();
    let assets = Assets::new(Units::Meters);
    for (index, (id, name)) in names.iter().enumerate() {
        assert_eq!(*id as usize, index);
        let asset = assets.find(name).unwrap();
        assert_eq!((asset.id(), asset.name()), (*id, name.as_str()));
    }
    let first: Vec<&str> = names[..5].iter().map(|(_, name)| name.as_str()).collect();
    assert_eq!(
        first,
        ["cube", "large_cube", "sphere", "cylinder", "ground"]
    );
    assert!(names.iter().any(|(_, name)| name == "molecule:water"));
}

#[test]
fn tens_of_bodies_may_start_in_the_same_place() {
    let mut world = world_with(|_| {});
    add(&mut world, "ground", Body::environment());
    for _ in 0..30 {
        add(&mut world, "sphere", Body::at(Vec3::Z));
    }
    for _ in 0..20 {
        world.step(0.016).unwrap();
    }
}

#[test]
fn bodies_that_fly_to_one_place_end_the_simulation() {
    let assets = Assets::new(Units::Meters);
    let cube = assets.find("cube").unwrap();
    let mut world = world_with(|_| {});
    for index in 0..400_i16 {
        let position = 100.0
            * Vec3::new(
                f32::from(index % 20) - 9.5,
                f32::from(index / 20) - 9.5,
                0.0,
            );
        let velocity = -120.0 * position;
        let body = Body {
            velocity,
            ..Body::at(position)
        };
        world.add(&cube, &body).unwrap();
    }
    let end = (0..20).find_map(|_| world.step(1.0 / 120.0).err());
    assert_eq!(end, Some(WorldError::Overlaps));
}

#[test]
fn images_of_one_place_in_a_cell_are_one_place() {
    let assets = Assets::new(Units::Meters);
    let cube = assets.find("cube").unwrap();
    let cell = Vec3::splat(4.0);
    let places = |cell: Option<Vec3>| {
        let world = world_with(|settings| settings.cell = cell);
        let places = (0..400_u16).map(|index| (&cube, 4.0 * f32::from(index) * Vec3::X));
        world.check_overlaps(places)
    };
    assert_eq!(places(None), Ok(()));
    assert_eq!(places(Some(cell)), Err(WorldError::Overlaps));
}
