//! Tags of the engine's bodies: which body of the world, and which periodic image of it.

use glam::Vec3;

/// A body of the world, by its index, or a periodic image of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Tag {
    index: u32,
    /// Cells by which it is displaced along each axis, from −1 to 1.
    shift: [i8; 3],
}

impl Tag {
    pub(super) fn new(index: usize, shift: [i8; 3]) -> Tag {
        // There are thousands of bodies at most.
        Tag {
            index: index as u32,
            shift,
        }
    }

    pub(super) fn index(self) -> usize {
        self.index as usize
    }

    pub(super) fn is_image(self) -> bool {
        self.shift != [0; 3]
    }

    /// Cells by which an image is displaced.
    pub(super) fn shift(self) -> Vec3 {
        Vec3::from_array(self.shift.map(f32::from))
    }

    /// The tag in the data that the engine keeps with a body.
    pub(super) fn to_bits(self) -> u128 {
        let code = self
            .shift
            .iter()
            .fold(0, |code, shift| 3 * code + (shift + 1) as u128);
        (code << 32) | u128::from(self.index)
    }

    pub(super) fn from_bits(bits: u128) -> Tag {
        let code = (bits >> 32) as u8;
        Tag {
            index: bits as u32,
            shift: [code / 9, code / 3 % 3, code % 3].map(|digit| digit as i8 - 1),
        }
    }

    /// Whether the contact of two bodies or images is computed: of the many copies of a contact in a periodic
    /// world only one is. `moves` says whether each moves.
    pub(super) fn collides(self, other: Tag, moves: [bool; 2]) -> bool {
        let (body, image, body_moves, image_moves) = match (self.is_image(), other.is_image()) {
            (false, false) => return moves[0] || moves[1],
            (true, true) => return false,
            (false, true) => (self, other, moves[0], moves[1]),
            (true, false) => (other, self, moves[1], moves[0]),
        };
        match (body_moves, image_moves) {
            (true, true) if body.index == image.index => image.shift > [0; 3],
            (true, true) => body.index < image.index,
            // Images of the environment stand still, which is exact; images of bodies next to it do not count.
            (body_moves, _) => body_moves,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_keep_a_tag() {
        for shift in [[0, 0, 0], [-1, 0, 1], [1, 1, 1], [-1, -1, -1]] {
            let tag = Tag::new(1999, shift);
            assert_eq!(Tag::from_bits(tag.to_bits()), tag);
        }
    }

    #[test]
    fn one_copy_of_each_contact_counts() {
        let (a, b) = (Tag::new(0, [0; 3]), Tag::new(1, [0; 3]));
        let (next, before) = ([1, 0, 0], [-1, 0, 0]);
        let (a_next, b_before) = (Tag::new(0, next), Tag::new(1, before));
        let moving = [true, true];
        assert!(a.collides(b, moving));
        // The same contact, at either face.
        assert!(a.collides(b_before, moving));
        assert!(!b.collides(a_next, moving));
        assert!(!a_next.collides(b_before, moving));
        // A body and its own image, once.
        assert!(a.collides(a_next, moving));
        assert!(!a.collides(Tag::new(0, before), moving));
        // The environment collides by its images.
        assert!(b.collides(a_next, [true, false]) && a_next.collides(b, [false, true]));
        assert!(!b.collides(a_next, [false, true]));
        assert!(!a.collides(b, [false, false]));
    }
}
