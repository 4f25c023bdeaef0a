//! Still pictures.

use mlipview_viewer::app::movie::encode::{AlphaKind, PictureOptions, write_picture};

use super::decoded::decode_picture;
use super::frames::{ball, difference, names, size};

#[test]
fn pictures_keep_pixels_alpha_and_resolution() {
    let size = size([33, 16]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.png");
    let image = ball(size, 0, false);
    let options = PictureOptions {
        transparent: true,
        scale: 2.0,
        ..PictureOptions::default()
    };
    write_picture(&path, size, &image, &options).unwrap();
    let (pixels, info) = decode_picture(&path);
    assert!(pixels == image);
    let dots = info.pixel_dims.unwrap();
    assert!(dots.unit == png::Unit::Meter);
    // 192 dots per inch of 25.4 mm.
    assert_eq!([dots.xppu, dots.yppu], [7559; 2]);
    assert!(info.srgb.is_some());

    write_picture(&path, size, &image, &PictureOptions::default()).unwrap();
    let (pixels, info) = decode_picture(&path);
    assert_eq!(info.color_type, png::ColorType::Rgb);
    assert_eq!(difference(&pixels, &image), 0.0);
    assert_eq!(names(&folder), ["a.png"]);
}

#[test]
fn premultiplied_pictures_are_written_with_straight_alpha() {
    // sRGB of linear light: to multiply by alpha as a GPU does.
    let linear = |value: f64| {
        if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    let encoded = |light: f64| {
        if light <= 0.003_130_8 {
            12.92 * light
        } else {
            1.055 * light.powf(1.0 / 2.4) - 0.055
        }
    };
    let size = size([256, 1]);
    let straight: Vec<u8> = (0..=255).flat_map(|alpha| [200, 120, 40, alpha]).collect();
    let premultiplied: Vec<u8> = straight
        .chunks_exact(4)
        .flat_map(|pixel| {
            let alpha = f64::from(pixel[3]) / 255.0;
            let color = |at: usize| {
                let light = alpha * linear(f64::from(pixel[at]) / 255.0);
                (255.0 * encoded(light)).round() as u8
            };
            [color(0), color(1), color(2), pixel[3]]
        })
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.png");
    let options = PictureOptions {
        transparent: true,
        alpha: AlphaKind::Premultiplied,
        ..PictureOptions::default()
    };
    write_picture(&path, size, &premultiplied, &options).unwrap();
    let pixels = decode_picture(&path).0;
    assert_eq!(pixels[..4], [0; 4]);
    for (pixel, expected) in pixels.chunks_exact(4).zip(straight.chunks_exact(4)).skip(1) {
        assert_eq!(pixel[3], expected[3]);
        // Half a step of the premultiplied value, enlarged by the division.
        let bound = 2.0 + 255.0 / f64::from(pixel[3]);
        for channel in 0..3 {
            let error = f64::from(pixel[channel].abs_diff(expected[channel]));
            assert!(error <= bound, "{pixel:?}");
        }
    }
}

#[test]
fn invalid_pictures_are_rejected_and_leave_nothing_behind() {
    let size = size([2, 2]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.png");
    assert!(write_picture(&path, size, &[0; 15], &PictureOptions::default()).is_err());
    for scale in [0.0, -1.0, f64::NAN, 1e9] {
        let options = PictureOptions {
            scale,
            ..PictureOptions::default()
        };
        assert!(write_picture(&path, size, &[0; 16], &options).is_err());
    }
    assert!(write_picture(folder.path(), size, &[0; 16], &PictureOptions::default()).is_err());
    assert!(names(&folder).is_empty());
}
