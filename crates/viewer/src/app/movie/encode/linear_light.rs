//! sRGB to linear light and back: IEC 61966-2-1.

/// Linear light of each 8-bit sRGB value, 0 to 1.
///
/// L = v / 12.92 for v ≤ 0.04045, else ((v + 0.055) / 1.055)^2.4.
pub(super) fn decoding_table() -> [f32; 256] {
    std::array::from_fn(|value| {
        let value = value as f32 / 255.0;
        if value <= 0.040_45 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    })
}

/// 8-bit sRGB value nearest to a linear light.
///
/// v = 12.92 L for L ≤ 0.0031308, else 1.055 L^(1/2.4) − 0.055.
pub(super) fn encode(light: f32) -> u8 {
    let value = if light <= 0.003_130_8 {
        12.92 * light
    } else {
        1.055 * light.powf(1.0 / 2.4) - 0.055
    };
    // The conversion saturates.
    (255.0 * value).round() as u8
}

#[cfg(test)]
mod tests {
    use super::{decoding_table, encode};

    #[test]
    fn every_value_survives_the_round_trip() {
        let values = decoding_table().map(encode);
        assert!(
            values
                .iter()
                .enumerate()
                .all(|(value, back)| value == usize::from(*back))
        );
    }

    #[test]
    fn half_of_the_light_is_188() {
        assert_eq!(encode(0.5), 188);
        assert_eq!([encode(-1.0), encode(2.0)], [0, 255]);
    }
}
