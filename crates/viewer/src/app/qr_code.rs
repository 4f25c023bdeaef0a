//! QR codes (ISO/IEC 18004) as rows of dark modules.

use qrcode::{Color, EcLevel, QrCode as Encoder};

/// Width of the quiet zone on each side, modules.
pub const QUIET_ZONE: usize = 4;

/// A QR code without its quiet zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QrCode {
    side: usize,
    /// Row by row from the top.
    dark: Vec<bool>,
}

/// Adjacent dark modules of one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    /// Row from the top.
    pub row: usize,
    /// First column from the left.
    pub column: usize,
    /// Number of modules.
    pub length: usize,
}

impl QrCode {
    /// Encodes a text with error correction level M (15 %); `None` for more than about 2300 bytes.
    pub fn of(text: &str) -> Option<QrCode> {
        let code = Encoder::with_error_correction_level(text, EcLevel::M).ok()?;
        let side = code.width();
        let colors = code.into_colors().into_iter();
        Some(QrCode {
            side,
            dark: colors.map(|color| color == Color::Dark).collect(),
        })
    }

    /// Width and height, modules.
    pub fn side(&self) -> usize {
        self.side
    }

    /// The dark modules.
    pub fn bars(&self) -> Vec<Bar> {
        let mut bars = Vec::new();
        for (row, modules) in self.dark.chunks(self.side).enumerate() {
            let mut column = 0;
            for run in modules.chunk_by(|one, other| one == other) {
                let length = run.len();
                if run[0] {
                    bars.push(Bar {
                        row,
                        column,
                        length,
                    });
                }
                column += length;
            }
        }
        bars
    }
}
