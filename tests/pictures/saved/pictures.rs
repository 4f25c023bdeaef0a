//! Pictures with size, scale, transparency and anti-aliasing.

use bevy::math::Rect;
use mlipview_core::chem::{Structure, library};
use mlipview_viewer::Style;
use mlipview_viewer::app::document::{DocumentRequest, HidePanels};
use mlipview_viewer::app::picture::{PictureJob, PictureSettings};
use mlipview_viewer::scene::camera::Orbit;
use mlipview_viewer::scene::selection::Selection;
use mlipview_viewer::scene::style::Labels;

use super::{Decoded, TestWindow, is_red, keep};
use crate::test_renderer::{is_amber, is_white, plain, structure};

/// An oxygen at the center of the image.
fn oxygen() -> Structure {
    structure(&[("O", [0.0; 3])])
}

/// Saves a picture of a scene with these settings.
fn saved(window: &mut TestWindow, name: &str, settings: PictureSettings) -> Decoded {
    let path = window.path(name);
    window
        .renderer
        .app
        .world_mut()
        .resource_mut::<PictureJob>()
        .settings = settings;
    let since = window.notices();
    window.request(DocumentRequest::SavePicture(path.clone()));
    let notice = window.wait_for_notice(since);
    assert_eq!(notice, format!("Saved the picture as {}.", path.display()));
    keep(&path, name);
    Decoded::of(&path)
}

/// Settings that draw the picture again, as the window shows it.
fn drawn() -> PictureSettings {
    PictureSettings {
        samples: Some(2),
        ..PictureSettings::default()
    }
}

#[test]
fn without_options_the_image_of_the_window_itself_is_saved() {
    let mut window = TestWindow::new(oxygen(), plain());
    let path = window.path("a.png");
    window.request(DocumentRequest::SavePicture(path));
    let world = window.renderer.app.world();
    assert!(world.resource::<HidePanels>().0, "the window is captured");
    assert!(!world.resource::<PictureJob>().is_busy());
}

#[test]
fn a_transparent_picture_has_opaque_atoms_and_nothing_around_them() {
    let style = Style::default();
    let ethanol = library::find("ethanol").unwrap().structure().unwrap();
    let mut window = TestWindow::new(ethanol, style);
    let settings = PictureSettings {
        transparent: true,
        ..drawn()
    };
    let picture = saved(&mut window, "transparent.png", settings);
    assert!(picture.has_alpha);
    let (right, bottom) = (picture.width - 1, picture.height - 1);
    for [x, y] in [[0, 0], [right, 0], [0, bottom], [right, bottom]] {
        assert_eq!(picture.at(x, y), [0; 4]);
    }
    let clear = picture.share(|pixel| pixel[3] == 0);
    let opaque = picture.share(|pixel| pixel[3] == 255);
    assert!(opaque > 0.05 && clear > 0.3, "{opaque} {clear}");
    // All others are edges.
    assert!(opaque + clear > 0.95, "{}", opaque + clear);
    let red = picture.share(|pixel| is_red(pixel) && pixel[3] == 255);
    assert!(red > 0.003, "the oxygen: {red}");
}

#[test]
fn a_scale_of_two_doubles_both_sides_and_shows_the_same() {
    let mut window = TestWindow::new(oxygen(), plain());
    let once = saved(&mut window, "scale-1.png", drawn());
    let settings = PictureSettings {
        scale: 2.0,
        ..drawn()
    };
    let twice = saved(&mut window, "scale-2.png", settings);
    assert_eq!([once.width, once.height], [320, 240]);
    assert_eq!([twice.width, twice.height], [640, 480]);
    let [small, large] = [&once, &twice].map(|picture| picture.share(is_red));
    assert!((small / large - 1.0).abs() < 0.02, "{small} {large}");
    // 96 dots per inch of 25.4 mm, and twice as many.
    assert_eq!(
        [once.dots_per_meter, twice.dots_per_meter],
        [Some(3780), Some(7559)]
    );
}

#[test]
fn lines_are_as_wide_relative_to_a_scaled_picture() {
    let style = Style {
        representation: mlipview_viewer::scene::style::Representation::Lines,
        ..plain()
    };
    let ethane = structure(&[("C", [-0.77, 0.0, 0.0]), ("C", [0.77, 0.0, 0.0])]);
    let mut window = TestWindow::new(ethane, style);
    let is_drawn = |pixel: [u8; 4]| pixel[0] > 40;
    let [once, twice] = [1.0, 4.0].map(|scale| {
        let settings = PictureSettings { scale, ..drawn() };
        saved(&mut window, &format!("lines-{scale}.png"), settings).share(is_drawn)
    });
    assert!(
        once > 0.001 && (twice / once - 1.0).abs() < 0.3,
        "{once} {twice}"
    );
}

#[test]
fn a_picture_of_another_shape_shows_all_that_the_window_shows() {
    let pair = structure(&[("O", [-3.0, 0.0, 0.0]), ("O", [3.0, 0.0, 0.0])]);
    let mut window = TestWindow::new(pair, plain());
    // As if panels covered the left half.
    let mut orbit = window.renderer.app.world_mut().resource_mut::<Orbit>();
    orbit.set_free_area(Rect::new(0.5, 0.0, 1.0, 1.0), 4.0 / 3.0);
    for size in [[200, 400], [640, 160]] {
        let settings = PictureSettings {
            size: Some(size),
            ..drawn()
        };
        let name = format!("shape-{}.png", size[0]);
        let picture = saved(&mut window, &name, settings);
        assert_eq!(
            [picture.width, picture.height],
            size.map(|side| side as usize)
        );
        let [x, y] = picture.center(is_red);
        assert!((x - 0.5).abs() < 0.01 && (y - 0.5).abs() < 0.01, "{x} {y}");
        let (left, right) = (picture.width / 2, picture.width - 1);
        let column = |x: usize| (0..picture.height).any(|y| is_red(picture.at(x, y)));
        assert!(
            !column(0) && !column(left) && !column(right),
            "two whole atoms"
        );
    }
}

#[test]
fn more_samples_come_nearer_to_the_mean_over_each_pixel() {
    let mut window = TestWindow::new(oxygen(), plain());
    let [one, two, four, eight] = [1, 2, 4, 8].map(|samples| {
        let settings = PictureSettings {
            samples: Some(samples),
            // Drawn again even for one sample.
            size: Some([160, 120]),
            ..drawn()
        };
        saved(&mut window, &format!("samples-{samples}.png"), settings)
    });
    let errors = [one, two, four].map(|picture| picture.difference(&eight));
    assert!(errors[0] > errors[1] && errors[1] > errors[2], "{errors:?}");
    assert!(errors[2] < 0.3, "{errors:?}");
    // Along a row through the center, the edge has a color between background and atom.
    let row: Vec<u8> = (0..80).map(|x| eight.at(x, 60)[0]).collect();
    assert_eq!([row[0], row[79] / 200], [0, 1]);
    let between = row.iter().filter(|red| (10..200).contains(*red)).count();
    assert!((1..4).contains(&between), "{row:?}");
}

#[test]
fn selected_atoms_and_labels_are_drawn_at_any_size() {
    let style = Style {
        labels: Labels::Element,
        ..plain()
    };
    let mut window = TestWindow::new(oxygen(), style);
    window
        .renderer
        .app
        .world_mut()
        .resource_mut::<Selection>()
        .set([0]);
    let [once, twice] = [1.0, 2.0].map(|scale| {
        let settings = PictureSettings { scale, ..drawn() };
        saved(&mut window, &format!("labels-{scale}.png"), settings)
    });
    for picture in [&once, &twice] {
        assert!(picture.share(is_amber) > 0.002, "the mark of the selection");
        assert!(picture.share(is_white) > 0.0003, "the label");
    }
    let label = |picture: &Decoded| picture.share(is_white);
    let ratio = label(&twice) / label(&once);
    assert!((0.6..1.7).contains(&ratio), "{ratio}");
}

#[test]
fn pictures_above_the_limits_are_errors_and_leave_no_file() {
    let mut window = TestWindow::new(oxygen(), plain());
    let refused = |window: &mut TestWindow, name: &str, settings| {
        let job = &mut window.renderer.app.world_mut().resource_mut::<PictureJob>();
        job.settings = settings;
        let (path, since) = (window.path(name), window.notices());
        window.request(DocumentRequest::SavePicture(path));
        window.wait_for_notice(since)
    };
    let large = PictureSettings {
        size: Some([8000, 8000]),
        samples: Some(8),
        ..drawn()
    };
    let notice = refused(&mut window, "a.png", large);
    assert!(
        notice.contains("8000x8000") && notice.contains("lower the size"),
        "{notice}"
    );
    let scaled = PictureSettings {
        size: Some([8000, 8000]),
        scale: 4.0,
        ..drawn()
    };
    let notice = refused(&mut window, "a.png", scaled);
    assert!(notice.contains("invalid size 32000x32000"), "{notice}");
    let notice = refused(&mut window, "a.jpg", drawn());
    assert!(notice.contains("end the name with .png"), "{notice}");
    let notice = refused(&mut window, "no/such/folder/a.png", drawn());
    assert!(notice.contains("cannot write"), "{notice}");
    assert_eq!(window.files(), Vec::<String>::new());
}
