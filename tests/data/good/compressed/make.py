"""Writes waters.xyz under every compression, by the programs that define them.

    python make.py      (Python 3 with zlib, bzip2 and liblzma; zstandard 0.25)

Each is there in one part, and in two parts one after another, with what may stand between them.
"""

import bz2
import gzip
import lzma
import os
import struct

import zstandard

os.chdir(os.path.dirname(os.path.abspath(__file__)))
water = "3\nenergy={0}\nO {0}.0 0.0 0.0\nH {0}.757 0.586 0.0\nH {0}.757 -0.586 0.0\n"
text = "".join(water.format(frame) for frame in range(20)).encode()
half = len(text) // 2
parts = [text[:half], text[half:]]
zstd = zstandard.ZstdCompressor(level=19, write_checksum=True)
skippable = struct.pack("<II", 0x184D2A53, 5) + b"skip!"
files = {
    "": text,
    ".gz": gzip.compress(text, mtime=0),
    ".two.gz": b"".join(gzip.compress(part, mtime=0) for part in parts),
    ".bz2": bz2.compress(text),
    ".two.bz2": b"".join(map(bz2.compress, parts)),
    ".xz": lzma.compress(text, preset=9),
    ".sha.xz": lzma.compress(text, check=lzma.CHECK_SHA256),
    ".two.xz": lzma.compress(parts[0]) + bytes(8) + lzma.compress(parts[1], check=lzma.CHECK_CRC32),
    ".zst": zstd.compress(text),
    ".two.zst": skippable + zstd.compress(parts[0]) + skippable + zstandard.compress(parts[1]),
}
for end, content in files.items():
    head, _, extension = end.rpartition(".")
    name = f"waters{head}.xyz.{extension}" if end else "waters.xyz"
    open(name, "wb").write(content)
