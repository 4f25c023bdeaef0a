//! Byte order of bodies: that of the machine on which the simulation runs. Headers are always big endian.

/// Byte order of the numbers in bodies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByteOrder {
    /// Least significant byte first.
    Little,
    /// Most significant byte first.
    Big,
}

impl ByteOrder {
    /// A signed integer of 4 bytes.
    pub fn i32(self, bytes: [u8; 4]) -> i32 {
        match self {
            ByteOrder::Little => i32::from_le_bytes(bytes),
            ByteOrder::Big => i32::from_be_bytes(bytes),
        }
    }

    /// A signed integer of 8 bytes.
    pub fn i64(self, bytes: [u8; 8]) -> i64 {
        match self {
            ByteOrder::Little => i64::from_le_bytes(bytes),
            ByteOrder::Big => i64::from_be_bytes(bytes),
        }
    }

    /// A number in single precision.
    pub fn f32(self, bytes: [u8; 4]) -> f32 {
        f32::from_bits(self.i32(bytes).cast_unsigned())
    }

    /// A number in double precision.
    pub fn f64(self, bytes: [u8; 8]) -> f64 {
        f64::from_bits(self.i64(bytes).cast_unsigned())
    }

    /// The bytes of a signed integer.
    pub fn of_i32(self, number: i32) -> [u8; 4] {
        match self {
            ByteOrder::Little => number.to_le_bytes(),
            ByteOrder::Big => number.to_be_bytes(),
        }
    }

    /// The bytes of a signed integer.
    pub fn of_i64(self, number: i64) -> [u8; 8] {
        match self {
            ByteOrder::Little => number.to_le_bytes(),
            ByteOrder::Big => number.to_be_bytes(),
        }
    }

    /// The bytes of a number in single precision.
    pub fn of_f32(self, number: f32) -> [u8; 4] {
        self.of_i32(number.to_bits().cast_signed())
    }

    /// The bytes of a number in double precision.
    pub fn of_f64(self, number: f64) -> [u8; 8] {
        self.of_i64(number.to_bits().cast_signed())
    }

    /// Vectors of three numbers in single precision; a rest of fewer than 12 bytes is ignored.
    pub(crate) fn vectors(self, bytes: &[u8]) -> Vec<[f32; 3]> {
        let (numbers, _) = bytes.as_chunks::<4>();
        let (vectors, _) = numbers.as_chunks::<3>();
        let vectors = vectors.iter();
        vectors
            .map(|vector| vector.map(|number| self.f32(number)))
            .collect()
    }
}
