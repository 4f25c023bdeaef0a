//! Options of the pictures that the window saves.

/// Options of the pictures that the window saves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PictureSettings {
    /// Width and height before scaling, pixels; `None`: those of the window.
    pub size: Option<[u32; 2]>,
    /// Factor of width, height, lines and text.
    pub scale: f64,
    /// Whether the background is transparent.
    pub transparent: bool,
    /// Anti-aliasing: rendered pixels along each side of a pixel, 1 to 8; `None`: as in the window.
    pub samples: Option<u32>,
}

impl Default for PictureSettings {
    fn default() -> PictureSettings {
        PictureSettings {
            size: None,
            scale: 1.0,
            transparent: false,
            samples: None,
        }
    }
}

impl PictureSettings {
    /// Whether the picture is the image of the window, so that nothing has to be drawn again.
    pub fn is_of_window(&self) -> bool {
        *self == PictureSettings::default()
    }
}
