//! The section Script, rendered as in the window.

use bevy::math::UVec2;
use mlipview_core::chem::library;
use mlipview_core::script::{Action, Anchor, Callout, FrameRange, ScreenText, Speed};
use mlipview_core::sim::{Engine, spawn};
use mlipview_viewer::Style;
use mlipview_viewer::app::panels::{self, Panels, Section};
use mlipview_viewer::app::script::{EditedScript, ScriptEdit};
use mlipview_viewer::app::window;
use mlipview_viewer::scene::picture::{self, OffscreenRenderer};

use crate::test_renderer::plain;

const SIZE: UVec2 = UVec2::new(1100, 860);

/// Rows of the section with bright letters.
fn rows_with_letters(messages: usize) -> usize {
    let structure = library::find("caffeine").unwrap().structure().unwrap();
    let atoms = structure.len();
    let mut app = window::windowless(spawn(Engine::new(structure, None, 0)).unwrap());
    app.add_plugins(panels::plugin);
    app.world_mut().resource_mut::<Panels>().section = Some(Section::Script);
    let mut script = EditedScript::default();
    let actions = [
        Action::Callout(Callout::new("leaving group", Anchor::Atom(3))),
        Action::Text(ScreenText::caption("A caption")),
        Action::Speed(Speed::frames_per_second(5.0)),
    ];
    for action in actions.into_iter().take(messages) {
        let add = ScriptEdit::Add(action, FrameRange::between(3, 9));
        script.edit(&add, atoms).unwrap();
    }
    app.insert_resource(script);
    app.insert_resource(Style { ..plain() });
    let mut renderer = OffscreenRenderer::new(app, SIZE);
    // Panels are laid out in the first frames; text is drawn after them.
    for _ in 0..6 {
        renderer.app.update();
    }
    let image = renderer.picture().unwrap();
    if let Some(folder) = std::env::var_os("MLIPVIEW_PICTURES") {
        let path = std::path::Path::new(&folder).join(format!("script-{messages}.png"));
        picture::write(&image, &path).unwrap();
    }
    let data = image.data.as_ref().unwrap();
    let is_bright = |x: u32, y: u32| data[4 * (y * SIZE.x + x) as usize] > 140;
    let rows = (0..SIZE.y).filter(|y| (80..360).any(|x| is_bright(x, *y)));
    rows.count()
}

#[test]
fn the_section_lists_every_message() {
    let [none, one, three] = [0, 1, 3].map(rows_with_letters);
    assert!(none > 20, "the section is open: {none}");
    assert!(three > one + 10, "{none} {one} {three}");
}
