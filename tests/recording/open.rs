//! Files opened as timelines: those of one frame are none, however fast they are searched.

use mlipview_recording::open_timeline;

const FRAME: &str = "1\nargon\nAr 0 0 0\n";

#[test]
fn a_file_of_one_frame_is_no_timeline_each_time() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("argon.xyz");
    std::fs::write(&path, FRAME).unwrap();
    for attempt in 0..300 {
        let timeline = open_timeline(&path, None).unwrap();
        assert!(timeline.is_none(), "attempt {attempt}");
    }
}

#[test]
fn a_file_of_two_frames_is_a_timeline_that_knows_both() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("argon.xyz");
    std::fs::write(&path, FRAME.repeat(2)).unwrap();
    for _ in 0..300 {
        let timeline = open_timeline(&path, None).unwrap().unwrap();
        assert_eq!(timeline.len(), 2);
    }
}
