//! Labels: text on panels of color, drawn over every image of the scene, in the window, the headset and
//! movies.

use std::collections::{HashMap, HashSet};

use bevy::asset::RenderAssetUsages;
use bevy::math::Isometry3d;
use bevy::prelude::*;
use bevy::render::render_resource::{Extent3d, TextureDimension, TextureFormat};

use crate::schedule::ViewerSystems;
use crate::third_party::text_image::{TextImage, TextRasterizer};

/// Maximum number of labels that are drawn; those after it are not.
pub const MAX_LABELS: usize = 64;

/// Smallest and largest height of letters at a point of the scene, as fractions of the image's height.
pub const LETTER_HEIGHTS: [f32; 2] = [1.0 / 45.0, 1.0 / 7.5];

/// Text on a panel.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// The text, with line breaks.
    pub text: String,
    /// The place of its center.
    pub place: LabelPlace,
    /// Color of the text, sRGB with alpha, 0 to 1.
    pub color: [f32; 4],
    /// Color behind it.
    pub background: [f32; 4],
}

/// Place of a label.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LabelPlace {
    /// A point of the scene, Å, and the height of its letters, Å; the label faces the viewer.
    Scene(Vec3, f32),
    /// Fractions of the width and height that panels leave free, from the top left, and the height of its
    /// letters as a fraction of that height.
    Window(Vec2, f32),
}

/// The labels to draw, in order: later ones cover earlier ones.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct Labels(pub Vec<Label>);

/// A plane of the scene that has the labels of the window's places, for eyes whose image has no edges that
/// a viewer sees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextPlane {
    /// Its center; x points to the right and y up.
    pub pose: Isometry3d,
    /// Its height, Å.
    pub height: f32,
}

impl TextPlane {
    /// Width divided by height.
    pub const ASPECT: f32 = 4.0 / 3.0;

    /// The point at fractions of its width and height from the top left, Å.
    pub fn point(&self, [x, y]: [f32; 2]) -> Vec3 {
        let flat = Vec3::new((x - 0.5) * TextPlane::ASPECT, 0.5 - y, 0.0);
        self.pose * (self.height * flat)
    }
}

/// Image of a text, whose pixels are the coverage by letters.
#[derive(Clone, Debug)]
pub(super) struct LabelImage {
    pub(super) handle: Handle<Image>,
    /// Width and height in heights of a letter.
    pub(super) size: Vec2,
}

/// Images of the labels' texts.
#[derive(Resource, Default)]
pub(super) struct LabelImages {
    rasterizer: Option<TextRasterizer>,
    images: HashMap<String, LabelImage>,
}

impl LabelImages {
    /// The image of a text; `None` before it is drawn.
    pub(super) fn get(&self, text: &str) -> Option<&LabelImage> {
        self.images.get(text)
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Labels>()
        .init_resource::<LabelImages>()
        .add_systems(Update, draw_texts.in_set(ViewerSystems::Show));
}

/// Draws the image of each new text, and drops those of texts that are gone.
fn draw_texts(
    labels: Res<Labels>,
    images: Option<ResMut<Assets<Image>>>,
    mut drawn: ResMut<LabelImages>,
) {
    let Some(mut images) = images.filter(|_| labels.is_changed()) else {
        return;
    };
    let LabelImages {
        rasterizer,
        images: known,
    } = &mut *drawn;
    let wanted: HashSet<&str> = labels.0.iter().map(|label| label.text.as_str()).collect();
    known.retain(|text, _| wanted.contains(text.as_str()));
    for label in labels.0.iter().take(MAX_LABELS) {
        if known.contains_key(&label.text) {
            continue;
        }
        let text = rasterizer.get_or_insert_default().draw(&label.text);
        let image = LabelImage {
            size: text.size_in_letters(),
            handle: images.add(texture(text)),
        };
        known.insert(label.text.clone(), image);
    }
}

fn texture(text: TextImage) -> Image {
    let size = Extent3d {
        width: text.size.x,
        height: text.size.y,
        depth_or_array_layers: 1,
    };
    let mut image = Image::new_uninit(
        size,
        TextureDimension::D2,
        TextureFormat::R8Unorm,
        RenderAssetUsages::RENDER_WORLD,
    );
    image.texture_descriptor.mip_level_count = TextImage::LEVELS;
    image.data = Some(text.coverage);
    image
}
