//! A text as a square of dark and bright modules that a phone reads: a QR code (ISO/IEC 18004).

use qrcode::{Color, EcLevel, QrCode};

/// The modules of bright margin that readers need on each side.
pub const QUIET_ZONE: usize = 4;

/// The modules of a text, without margin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Barcode {
    side: usize,
    /// Row by row from the top.
    dark: Vec<bool>,
}

/// Modules of one row that are dark, side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    /// The row, from the top.
    pub row: usize,
    /// The first of them, from the left.
    pub column: usize,
    /// How many.
    pub length: usize,
}

impl Barcode {
    /// The code of a text, which can be read with a seventh of it spoilt; `None` for texts of more
    /// than about 2300 bytes.
    pub fn of(text: &str) -> Option<Barcode> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
        let side = code.width();
        let colors = code.into_colors().into_iter();
        Some(Barcode {
            side,
            dark: colors.map(|color| color == Color::Dark).collect(),
        })
    }

    /// How many modules it is wide and high.
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
