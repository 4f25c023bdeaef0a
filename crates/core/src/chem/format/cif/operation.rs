//! Symmetry operation: a rotation and a translation in fractional coordinates.

use glam::{DMat3, DVec3};

/// Symmetry operation x′ = R x + t in fractional coordinates, with R = `rotation`, t = `translation`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Operation {
    pub(super) rotation: DMat3,
    pub(super) translation: DVec3,
}

impl Operation {
    pub(super) const IDENTITY: Operation = Operation {
        rotation: DMat3::IDENTITY,
        translation: DVec3::ZERO,
    };

    /// The image of a point in fractional coordinates.
    pub(super) fn apply(&self, point: DVec3) -> DVec3 {
        self.rotation * point + self.translation
    }

    /// Composition: this operation after another, with the translation wrapped into [0, 1).
    pub(super) fn after(&self, first: &Operation) -> Operation {
        Operation {
            rotation: self.rotation * first.rotation,
            translation: wrap(self.rotation * first.translation + self.translation),
        }
    }

    /// Whether two operations differ only by lattice translations.
    pub(super) fn is_same(&self, other: &Operation) -> bool {
        let difference = self.translation - other.translation;
        self.rotation == other.rotation
            && (difference - difference.round()).abs().max_element() < 1e-4
    }

    /// Parses a coordinate triplet such as `-y, x-y, z+1/3`; `None` if invalid. The time reversal `+1` or
    /// `-1` of magnetic operations is ignored, since it does not move atoms.
    pub(super) fn parse(text: &str) -> Option<Operation> {
        let mut rows = [DVec3::ZERO; 3];
        let mut translation = DVec3::ZERO;
        let mut parts = text.split(',');
        for axis in 0..3 {
            (rows[axis], translation[axis]) = parse_coordinate(parts.next()?)?;
        }
        let rotation = DMat3::from_cols_array_2d(&rows.map(|row| row.to_array())).transpose();
        let preserves_volume = (rotation.determinant().abs() - 1.0).abs() < 1e-6;
        let ends = match parts.next().map(str::trim) {
            None => true,
            Some("+1" | "1" | "-1") => parts.next().is_none(),
            Some(_) => false,
        };
        (ends && preserves_volume).then_some(Operation {
            rotation,
            translation,
        })
    }
}

/// Fractional coordinates in [0, 1).
pub(super) fn wrap(point: DVec3) -> DVec3 {
    let inside = point - point.floor();
    // A rounding error below 0 gives 1.
    DVec3::select(inside.cmpge(DVec3::ONE), DVec3::ZERO, inside)
}

/// The coefficients of x, y, z and the constant of a sum such as `x-y+1/3`.
fn parse_coordinate(text: &str) -> Option<(DVec3, f64)> {
    let text: String = text.split_whitespace().collect();
    let mut coefficients = DVec3::ZERO;
    let mut constant = 0.0;
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let (sign, unsigned) = match rest.as_bytes()[0] {
            b'+' => (1.0, &rest[1..]),
            b'-' => (-1.0, &rest[1..]),
            _ => (1.0, rest),
        };
        let end = unsigned.find(['+', '-']).unwrap_or(unsigned.len());
        let (term, after) = unsigned.split_at(end);
        match term {
            "x" | "X" => coefficients.x += sign,
            "y" | "Y" => coefficients.y += sign,
            "z" | "Z" => coefficients.z += sign,
            number => constant += sign * parse_fraction(number)?,
        }
        rest = after;
    }
    (!text.is_empty()).then_some((coefficients, constant))
}

/// A number such as `1/2`, `.5` and `1`.
fn parse_fraction(text: &str) -> Option<f64> {
    let plain = |text: &str| {
        let digits = text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.');
        digits.then(|| text.parse::<f64>().ok()).flatten()
    };
    match text.split_once('/') {
        Some((above, below)) => {
            let fraction = plain(above)? / plain(below)?;
            fraction.is_finite().then_some(fraction)
        }
        None => plain(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_are_read_as_people_write_them() {
        let sixth = Operation::parse(" x-y , X , z + 1/6 ").unwrap();
        let image = sixth.apply(DVec3::new(0.1, 0.3, 0.5));
        assert!((image - DVec3::new(-0.2, 0.1, 0.5 + 1.0 / 6.0)).length() < 1e-12);
        let glide = Operation::parse("1/2+x,.5-y,-z").unwrap();
        assert_eq!(glide.apply(DVec3::ZERO), DVec3::new(0.5, 0.5, 0.0));
        assert_eq!(Operation::parse("x,y,z,-1"), Some(Operation::IDENTITY));
        for wrong in [
            "",
            "x,y",
            "x,y,z,x",
            "x,y,z,+2",
            "x,y,z,1,1",
            "x,x,z",
            "x,y,q",
            "x,y,1/0",
            "x,y,--",
            "x,,z",
        ] {
            assert_eq!(Operation::parse(wrong), None, "{wrong}");
        }
    }
}
