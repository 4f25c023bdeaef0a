//! The window on a virtual display (Xvfb), drawn by a Vulkan driver, with keys from xdotool.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test that cannot get its value has failed; tests wait for another program"
)]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use bevy::asset::RenderAssetUsages;
use bevy::image::{CompressedImageFormats, Image, ImageSampler, ImageType};
use tempfile::TempDir;

/// Timeout of one wait; software rendering is slow.
const TIMEOUT: Duration = Duration::from_secs(240);

#[test]
fn a_file_is_opened_run_saved_as_a_picture_and_closed_by_keys() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ethanol.xyz");
    let converted = program()
        .args(["convert", "library:ethanol"])
        .arg(&file)
        .status();
    assert!(converted.unwrap().success());
    let mut desktop = Desktop::new(&folder, &[]);
    desktop.wait_for_title(|title| title.starts_with("Caffeine"));

    desktop.press("ctrl+o");
    desktop.enter_path(&file);
    desktop.wait_for_title(|title| title.starts_with("ethanol.xyz"));

    desktop.press("space");
    desktop.wait_for_title(|title| title.contains("(dynamics)"));
    desktop.press("space");
    desktop.wait_for_title(|title| !title.contains("(dynamics)"));

    let picture = folder.path().join("ethanol.png");
    desktop.press("ctrl+p");
    desktop.enter_path(&picture);
    desktop.wait_for("a picture", |_| picture.exists());
    let picture = read(&picture);
    assert_eq!([picture.width(), picture.height()], [1280, 800]);
    assert!(count(&picture, is_red) > 500, "the oxygen is red");

    // The run is not saved: the question starts at "Save session…".
    desktop.press("ctrl+q");
    desktop.choose(1);
    assert!(desktop.end().success());
}

#[test]
fn a_killed_program_offers_its_session_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let mut killed = Desktop::new(&folder, &["library:ethanol"]);
    killed.wait_for_title(|title| title.starts_with("Ethanol"));
    killed.press("space");
    killed.wait_for_title(|title| title.contains("(dynamics)"));
    let state = folder.path().join("state/mlipview/sessions");
    killed.wait_for("a saved session", |_| count_sessions(&state) == 1);
    // SIGKILL.
    killed.program.kill().unwrap();
    drop(killed);

    let mut desktop = Desktop::new(&folder, &["library:water"]);
    desktop.wait_for_title(|title| title.starts_with("Water"));
    desktop.choose(0);
    desktop.wait_for_title(|title| title.starts_with("Ethanol"));
    // It is in no file yet.
    desktop.press("ctrl+q");
    desktop.choose(2);
    assert_eq!(count_sessions(&state), 1);
    desktop.press("ctrl+q");
    desktop.choose(1);
    assert!(desktop.end().success());
    assert_eq!(count_sessions(&state), 0);
}

/// Number of sessions in a folder of automatically saved ones.
fn count_sessions(folder: &Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return 0;
    };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .filter(|path| path.extension().is_some_and(|it| it == "json"))
        .count()
}

#[test]
fn a_screenshot_prints_only_the_path_of_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let picture = folder.path().join("water.png");
    let drawn = program()
        .env_remove("XDG_RUNTIME_DIR")
        .args(["library:water", "--screenshot"])
        .arg(&picture)
        .output()
        .unwrap();
    assert!(drawn.status.success());
    let message = String::from_utf8(drawn.stderr).unwrap();
    assert_eq!(message, format!("wrote {}\n", picture.display()));
}

#[test]
fn a_screenshot_has_the_size_scale_and_transparency_of_its_arguments() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("water.png");
    let screenshot = |path: &Path, arguments: &[&str]| {
        let mut program = program();
        program.args(["library:water", "--screenshot"]).arg(path);
        program.args(arguments).output().unwrap()
    };
    let arguments = ["--size", "160x120", "--scale", "2", "--antialias", "4"];
    let drawn = screenshot(&path, &[&arguments[..], &["--transparent"]].concat());
    assert!(drawn.status.success());
    let picture = read(&path);
    assert_eq!([picture.width(), picture.height()], [320, 240]);
    let alpha = |x: u32, y: u32| picture.data.as_ref().unwrap()[4 * (y * 320 + x) as usize + 3];
    assert_eq!([alpha(0, 0), alpha(319, 239)], [0, 0]);
    assert!((0..240).any(|y| (0..320).any(|x| alpha(x, y) == 255)));

    let large = folder.path().join("large.png");
    let refused = screenshot(&large, &["--size", "8000x8000", "--antialias", "8"]);
    assert!(!refused.status.success() && !large.exists());
    let message = String::from_utf8(refused.stderr).unwrap();
    assert!(
        message.contains("8000x8000") && message.contains("lower the size"),
        "{message}"
    );
}

#[test]
fn the_tour_plays_to_its_end_and_writes_its_pictures() {
    let folder = tempfile::tempdir().unwrap();
    let pictures = folder.path().join("pictures");
    let mut desktop = Desktop::new(
        &folder,
        &["--demo", "--pictures", pictures.to_str().unwrap()],
    );
    let status = desktop.end();
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
        let count = count(&picture, color);
        assert!(
            count > 500,
            "{name}: {count} pixels have the expected color"
        );
    }
    let pull = count(&read(&pictures.join("pull.png")), is_amber);
    assert!(pull > 40, "the pull is drawn on {pull} pixels");
}

/// The program on a virtual display.
struct Desktop {
    display: Child,
    number: String,
    program: Child,
}

impl Desktop {
    fn new(folder: &TempDir, arguments: &[&str]) -> Desktop {
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
            .env("XDG_STATE_HOME", folder.path().join("state"))
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("DBUS_SESSION_BUS_ADDRESS")
            .spawn()
            .unwrap();
        Desktop {
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

    /// Gives the window the keyboard, as there is no window manager.
    fn focus(&self) {
        let window = self.xdotool(&["search", "--name", "mlipview"]);
        self.xdotool(&["windowfocus", "--sync", &window]);
    }

    fn press(&self, keys: &str) {
        self.focus();
        self.xdotool(&["key", keys]);
    }

    /// Types a path into the text field that replaces the file dialog, as there is no portal.
    fn enter_path(&mut self, path: &Path) {
        // The text field takes the keyboard when it appears.
        std::thread::sleep(Duration::from_secs(8));
        // Longer than a frame: egui reads held keys once per frame.
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

    /// Presses a button of the question that appears: the first, or one after it.
    fn choose(&self, button: usize) {
        // The first button takes the keyboard when it appears; longer than a frame between keys.
        std::thread::sleep(Duration::from_secs(4));
        self.focus();
        for key in std::iter::repeat_n("Tab", button).chain(["Return"]) {
            self.xdotool(&["key", key]);
            std::thread::sleep(Duration::from_secs(2));
        }
    }

    fn wait_for_title(&mut self, is_expected: impl Fn(&str) -> bool) {
        self.wait_for("a title", |desktop| is_expected(&desktop.title()));
    }

    fn wait_for(&mut self, what: &str, is_done: impl Fn(&Desktop) -> bool) {
        let start = Instant::now();
        while !is_done(self) {
            let ended = self.program.try_wait().unwrap();
            assert_eq!(ended, None, "the program ended before {what}");
            assert!(
                start.elapsed() < TIMEOUT,
                "no {what}; the title is {:?}",
                self.title()
            );
            std::thread::sleep(Duration::from_millis(200));
        }
        // The screen follows within some frames.
        std::thread::sleep(Duration::from_millis(500));
    }

    /// Waits until the program ends.
    fn end(&mut self) -> ExitStatus {
        let start = Instant::now();
        loop {
            if let Some(status) = self.program.try_wait().unwrap() {
                return status;
            }
            assert!(start.elapsed() < 2 * TIMEOUT, "the program does not end");
            std::thread::sleep(Duration::from_millis(200));
        }
    }
}

impl Drop for Desktop {
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

/// Number of pixels of the scene with a color; panels cover the left and the bottom of the picture.
fn count(picture: &Image, has_color: fn([u8; 3]) -> bool) -> usize {
    const PANEL_WIDTH: usize = 400;
    const SCENE_HEIGHT: usize = 540;
    let rows = picture
        .data
        .as_ref()
        .unwrap()
        .chunks_exact(4 * picture.width() as usize);
    let pixels = rows
        .take(SCENE_HEIGHT)
        .flat_map(|row| row.chunks_exact(4).skip(PANEL_WIDTH));
    pixels
        .filter(|pixel| has_color([pixel[0], pixel[1], pixel[2]]))
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
