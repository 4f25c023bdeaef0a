//! Compression formats.

/// Compression format of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Compression {
    /// gzip (RFC 1952).
    Gzip,
    /// bzip2 (<https://sourceware.org/bzip2>).
    Bzip2,
    /// xz (<https://tukaani.org/xz/xz-file-format.txt>).
    Xz,
    /// Zstandard (RFC 8878).
    Zstd,
}

impl Compression {
    /// All compression formats.
    pub const ALL: [Compression; 4] = [Self::Gzip, Self::Bzip2, Self::Xz, Self::Zstd];

    /// Common name.
    pub fn title(self) -> &'static str {
        match self {
            Compression::Gzip => "gzip",
            Compression::Bzip2 => "bzip2",
            Compression::Xz => "xz",
            Compression::Zstd => "zstd",
        }
    }

    /// File extension, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Compression::Gzip => "gz",
            Compression::Bzip2 => "bz2",
            Compression::Xz => "xz",
            Compression::Zstd => "zst",
        }
    }

    /// Splits the extension of compression from a file name.
    ///
    /// ```
    /// use mlipview_core::chem::format::Compression;
    ///
    /// assert_eq!(Compression::split("run.xyz.gz"), ("run.xyz", Some(Compression::Gzip)));
    /// assert_eq!(Compression::split("run.xyz"), ("run.xyz", None));
    /// ```
    pub fn split(name: &str) -> (&str, Option<Compression>) {
        let Some((stem, extension)) = name.rsplit_once('.') else {
            return (name, None);
        };
        let mut all = Self::ALL.into_iter();
        match all.find(|compression| extension.eq_ignore_ascii_case(compression.extension())) {
            Some(compression) => (stem, Some(compression)),
            None => (name, None),
        }
    }
}
