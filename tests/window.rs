//! The real window, as a person has it: on a display in memory (Xvfb), drawn by a Vulkan driver, with
//! keys pressed by xdotool.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test that cannot get its value has failed; it waits for another program by the clock"
)]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use bevy::asset::RenderAssetUsages;
use bevy::image::{CompressedImageFormats, Image, ImageSampler, ImageType};
use tempfile::TempDir;

/// Programs that draw without a graphics card are slow, and machines may be busy.
const PATIENCE: Duration = Duration::from_secs(240);

#[test]
fn a_person_opens_a_file_runs_it_takes_a_picture_and_quits() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ethanol.xyz");
    let converted = program()
        .args(["convert", "library:ethanol"])
        .arg(&file)
        .status();
    assert!(converted.unwrap().success());
    let mut desk = Desk::new(&folder, &[]);
    desk.wait_for_title(|title| title.starts_with("Caffeine"));

    desk.press("ctrl+o");
    desk.answer(&file);
    desk.wait_for_title(|title| title.starts_with("ethanol.xyz"));

    desk.press("space");
    desk.wait_for_title(|title| title.contains("(dynamics)"));
    desk.press("space");
    desk.wait_for_title(|title| !title.contains("(dynamics)"));

    let picture = folder.path().join("ethanol.png");
    desk.press("ctrl+p");
    desk.answer(&picture);
    desk.wait_for("a picture", |_| picture.exists());
    let picture = read(&picture);
    assert_eq!([picture.width(), picture.height()], [1280, 800]);
    assert!(count(&picture, is_red) > 500, "the oxygen is red");

    desk.press("ctrl+q");
    assert!(desk.end().success());
}

#[test]
fn the_terminal_has_nothing_that_is_not_for_the_person() {
    let folder = tempfile::tempdir().unwrap();
    let picture = folder.path().join("water.png");
    let drawn = program()
        .env_remove("XDG_RUNTIME_DIR")
        .args(["library:water", "--screenshot"])
        .arg(&picture)
        .output()
        .unwrap();
    assert!(drawn.status.success());
    let said = String::from_utf8(drawn.stderr).unwrap();
    assert_eq!(said, format!("wrote {}\n", picture.display()));
}

#[test]
fn the_tour_plays_to_its_end_and_leaves_its_pictures() {
    let folder = tempfile::tempdir().unwrap();
    let pictures = folder.path().join("pictures");
    let mut desk = Desk::new(
        &folder,
        &["--demo", "--pictures", pictures.to_str().unwrap()],
    );
    let status = desk.end();
    assert!(status.success(), "the tour ended with {status}");
    for (name, color) in [
        ("caffeine", is_red as fn([u8; 3]) -> bool),
        ("pull", is_blue),
        ("torsion", is_amber),
        ("cluster", is_copper),
        ("crystal", is_blue),
        ("space-filling", is_green),
    ] {
        let picture = read(&pictures.join(format!("{name}.png")));
        let seen = count(&picture, color);
        assert!(seen > 500, "{name}: {seen} pixels have the expected color");
    }
    let pull = count(&read(&pictures.join("pull.png")), is_amber);
    assert!(pull > 40, "the pull is drawn on {pull} pixels");
}

/// A display with the program's window on it.
struct Desk {
    display: Child,
    number: String,
    program: Child,
}

impl Desk {
    fn new(folder: &TempDir, arguments: &[&str]) -> Desk {
        let mut display = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1280x800x24"])
            .args(["-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb is installed (apt install xvfb)");
        let mut number = String::new();
        let answer = display.stdout.take().unwrap();
        BufReader::new(answer).read_line(&mut number).unwrap();
        let number = format!(":{}", number.trim());
        let program = program()
            .args(arguments)
            .current_dir(folder)
            .env("DISPLAY", &number)
            .env("XDG_RUNTIME_DIR", folder.path())
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("DBUS_SESSION_BUS_ADDRESS")
            .spawn()
            .unwrap();
        Desk {
            display,
            number,
            program,
        }
    }

    fn xdotool(&self, arguments: &[&str]) -> String {
        let output = Command::new("xdotool")
            .args(arguments)
            .env("DISPLAY", &self.number)
            .output()
            .expect("xdotool is installed (apt install xdotool)");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    fn title(&self) -> String {
        self.xdotool(&["search", "--name", "mlipview", "getwindowname"])
    }

    /// Presses keys; there is no window manager that would give the window the keyboard.
    fn press(&self, keys: &str) {
        let window = self.xdotool(&["search", "--name", "mlipview"]);
        self.xdotool(&["windowfocus", "--sync", &window]);
        self.xdotool(&["key", keys]);
    }

    /// Types a path into the field that asks for one: there is no portal with a dialog.
    fn answer(&mut self, path: &Path) {
        // The field takes the keyboard once it is there.
        std::thread::sleep(Duration::from_secs(8));
        // Long enough for a frame to see it: egui asks what is held down once per frame.
        let pause = || std::thread::sleep(Duration::from_secs(2));
        self.xdotool(&["keydown", "ctrl"]);
        pause();
        self.xdotool(&["key", "a"]);
        pause();
        self.xdotool(&["keyup", "ctrl"]);
        pause();
        self.xdotool(&["type", "--delay", "30", path.to_str().unwrap()]);
        self.xdotool(&["key", "Return"]);
    }

    fn wait_for_title(&mut self, is_it: impl Fn(&str) -> bool) {
        self.wait_for("a title", |desk| is_it(&desk.title()));
    }

    fn wait_for(&mut self, what: &str, is_there: impl Fn(&Desk) -> bool) {
        let began = Instant::now();
        while !is_there(self) {
            let ended = self.program.try_wait().unwrap();
            assert_eq!(ended, None, "the program ended before {what}");
            assert!(
                began.elapsed() < PATIENCE,
                "no {what}; the title is {:?}",
                self.title()
            );
            std::thread::sleep(Duration::from_millis(200));
        }
        // What has been renamed into place is whole; what is on screen follows within frames.
        std::thread::sleep(Duration::from_millis(500));
    }

    /// Waits until the program ends.
    fn end(&mut self) -> ExitStatus {
        let began = Instant::now();
        loop {
            if let Some(status) = self.program.try_wait().unwrap() {
                return status;
            }
            assert!(began.elapsed() < 2 * PATIENCE, "the program does not end");
            std::thread::sleep(Duration::from_millis(200));
        }
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        for child in [&mut self.program, &mut self.display] {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_mlipview"))
}

fn read(path: &Path) -> Image {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Image::from_buffer(
        &bytes,
        ImageType::Extension("png"),
        CompressedImageFormats::NONE,
        true,
        ImageSampler::Default,
        RenderAssetUsages::MAIN_WORLD,
    )
    .unwrap()
}

/// How many pixels of the scene have such a color; panels, with colors of their own, are at the left
/// of it and below.
fn count(picture: &Image, is_it: fn([u8; 3]) -> bool) -> usize {
    const LEFT: usize = 400;
    const LOWER: usize = 540;
    let rows = picture
        .data
        .as_ref()
        .unwrap()
        .chunks_exact(4 * picture.width() as usize);
    let pixels = rows
        .take(LOWER)
        .flat_map(|row| row.chunks_exact(4).skip(LEFT));
    pixels
        .filter(|pixel| is_it([pixel[0], pixel[1], pixel[2]]))
        .count()
}

fn is_red([red, green, blue]: [u8; 3]) -> bool {
    red > 150 && green < 80 && blue < 80
}

fn is_blue([red, green, blue]: [u8; 3]) -> bool {
    blue > 120 && red < 90 && green < 120
}

fn is_amber([red, green, blue]: [u8; 3]) -> bool {
    red > 180 && (110..210).contains(&green) && blue < 100
}

fn is_copper([red, green, blue]: [u8; 3]) -> bool {
    red > 130 && (70..160).contains(&green) && blue < 100
}

fn is_green([red, green, blue]: [u8; 3]) -> bool {
    green > 130 && red < 170 && blue < 110
}
