"""Writes small XTC and DCD files by MDAnalysis and mdtraj, and what MDAnalysis reads in all of them.

    python trajectories.py      (MDAnalysis 2.11, mdtraj 1.11)

MDAnalysis writes neither big-endian nor X-PLOR files nor such with fixed atoms: those are made here
from the first, record by record. `reference/trajectories.json` has for each file and frame: time
(fs), positions (Å), cell (Å, three vectors) or null.
"""

import json
import os
import struct
import warnings

import MDAnalysis
import mdtraj
import numpy as np

warnings.simplefilter("ignore")
os.chdir(os.path.dirname(os.path.abspath(__file__)))
random = np.random.default_rng(7)
ATOMS, FRAMES = 15, 4
start = 10 * random.random((ATOMS, 3))
# Five waters, so that runs of close atoms occur.
start[1::3] = start[0::3] + [0.6, 0.7, 0.1]
start[2::3] = start[0::3] + [-0.6, 0.6, -0.2]
positions = np.array([start + 0.3 * frame + 0.02 * random.random((ATOMS, 3)) for frame in range(FRAMES)])
DIMENSIONS = np.array([12.0, 13.5, 14.25, 80.0, 95.0, 101.0])


def write_by_mdanalysis(file, atoms, dimensions=DIMENSIONS, **options):
    universe = MDAnalysis.Universe.empty(atoms, trajectory=True)
    with MDAnalysis.Writer(file, n_atoms=atoms, **options) as writer:
        for frame in range(FRAMES):
            universe.atoms.positions = positions[frame, :atoms]
            universe.dimensions = dimensions
            universe.trajectory.ts.time = 0.5 * frame
            universe.trajectory.ts.frame = frame
            writer.write(universe.atoms)


def records(data):
    at = 0
    while at < len(data):
        (length,) = struct.unpack_from("<i", data, at)
        yield data[at + 4 : at + 4 + length]
        at += 8 + length


def joined(parts, order):
    return b"".join(struct.pack(order + "i", len(p)) + p + struct.pack(order + "i", len(p)) for p in parts)


def swapped(record, index, has_cell):
    """A record with its numbers in the other byte order."""
    if index == 0:
        return record[:4] + np.frombuffer(record[4:], "<i4").astype(">i4").tobytes()
    if index == 1:
        return struct.pack(">i", struct.unpack_from("<i", record)[0]) + record[4:]
    if has_cell and len(record) == 48 and (index - 3) % 4 == 0:
        return np.frombuffer(record, "<f8").astype(">f8").tobytes()
    return np.frombuffer(record, "<i4").astype(">i4").tobytes()


def write_dcd_variants():
    parts = list(records(open("charmm.dcd", "rb").read()))
    big = [swapped(part, index, True) for index, part in enumerate(parts)]
    open("big_endian.dcd", "wb").write(joined(big, ">"))

    # X-PLOR: no version, no cells, the timestep in 64 bits.
    header = bytearray(parts[0])
    timestep = struct.unpack_from("<f", header, 4 + 36)[0]
    struct.pack_into("<d", header, 4 + 36, timestep)
    struct.pack_into("<i", header, 4 + 76, 0)
    no_cells = [part for index, part in enumerate(parts) if index < 3 or (index - 3) % 4]
    open("xplor.dcd", "wb").write(joined([bytes(header)] + no_cells[1:], "<"))

    # Atoms 1 to 6 fixed: later frames store the other nine.
    header = bytearray(parts[0])
    struct.pack_into("<i", header, 4 + 32, 6)
    free = np.arange(7, ATOMS + 1, dtype="<i4").tobytes()
    frames = [p if i < 4 or i % 4 == 0 else p[24:] for i, p in enumerate(parts[3:])]
    open("fixed.dcd", "wb").write(joined([bytes(header), *parts[1:3], free, *frames], "<"))


def record_of(file, atoms):
    universe = MDAnalysis.Universe.empty(atoms)
    universe.load_new(file)
    frames = []
    for step in universe.trajectory:
        cell = None if step.triclinic_dimensions is None else step.triclinic_dimensions.tolist()
        frames.append({"time": 1000 * step.time, "positions": step.positions.tolist(), "cell": cell})
    return frames


if __name__ == "__main__":
    write_by_mdanalysis("waters.xtc", ATOMS)
    write_by_mdanalysis("waters_coarse.xtc", ATOMS, precision=2)
    write_by_mdanalysis("few.xtc", 6)
    write_by_mdanalysis("charmm.dcd", ATOMS, dt=0.5)
    write_dcd_variants()
    lengths = np.tile([1.2, 1.3, 1.4], (FRAMES, 1))
    with mdtraj.formats.DCDTrajectoryFile("mdtraj.dcd", "w") as file:
        file.write(positions.astype("f4"), 10 * lengths, np.full((FRAMES, 3), 90.0))
    with mdtraj.formats.XTCTrajectoryFile("mdtraj.xtc", "w") as file:
        box = np.array([np.diag(length) for length in lengths], dtype="f4")
        wide = (3000 * positions).astype("f4")
        file.write(wide, time=np.arange(FRAMES, dtype="f4"), step=np.arange(FRAMES), box=box)

    files = {
        "waters.xtc": 15, "waters_coarse.xtc": 15, "few.xtc": 6, "mdtraj.xtc": 15,
        "charmm.dcd": 15, "big_endian.dcd": 15, "xplor.dcd": 15, "mdtraj.dcd": 15,
    }
    reference = {file: record_of(file, atoms) for file, atoms in files.items()}
    # MDAnalysis does not turn the timestep around.
    for here, there in zip(reference["big_endian.dcd"], reference["charmm.dcd"]):
        assert here["positions"] == there["positions"] and here["cell"] == there["cell"]
    reference["big_endian.dcd"] = reference["charmm.dcd"]
    first = reference["charmm.dcd"][0]["positions"]
    reference["fixed.dcd"] = [
        {**frame, "positions": first[:6] + frame["positions"][6:]} for frame in reference["charmm.dcd"]
    ]
    for name in ("waters.xtc", "charmm.dcd"):
        data = open(name, "rb").read()
        open(name.replace(".", "_cut."), "wb").write(data[:-40])
    with open("../reference/trajectories.json", "w") as out:
        json.dump(reference, out, separators=(",", ":"))
        out.write("\n")
    for file, frames in reference.items():
        print(file, len(frames), [frame["time"] for frame in frames], frames[0]["cell"])
