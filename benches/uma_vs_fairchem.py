"""Compares UMA of mlipview and of fairchem: time, memory and results of the same file on one machine.

    pip install numpy fairchem-core
    python benches/uma_random_checkpoint.py
    python benches/uma_vs_fairchem.py
    python benches/uma_vs_fairchem.py --only water,si64 --threads 1 --repetitions 10 --rounds 1

Needs Linux, Python 3.11 or later, cargo, 8 GB of memory for fairchem, and half an hour. Computes
energy, forces, and stress of periodic structures, for the structures in benches/structures, 3 to
192 atoms. Each program runs in its own processes with the same number of threads, in turns.
fairchem has two execution modes, `general` and `umas_fast_pytorch`, both with merged experts, in
float32 without TF32, without compilation. On a busy machine, compare CPU times rather than wall
times. Prints tables in Markdown, and writes all measurements to a JSON file.

The model is any checkpoint [default: the random one of full size]. `--python` is the Python with
fairchem, `--binary` a bench that is built already, `--programs` the programs to run.
"""

import argparse
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from bench_binary import ROOT, build

# Structures, and the repetitions of each in a process.
CASES = {"water": 30, "caffeine": 20, "si64": 5, "water192": 3}
PROGRAMS = ("ours", "general", "umas_fast_pytorch")
# Environment variables for the number of threads.
THREADS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS")


def run(program, case, threads, repetitions, given):
    """The measurements of one process of a program."""
    structure = HERE / "structures" / f"{case}.xyz"
    words = ["--model", given.model, "--structure", structure, "--threads", threads, "--repetitions", repetitions]
    if program == "ours":
        task = structure.read_text().splitlines()[1].split("task=")[1].split()[0]
        words = [given.binary, *words, "--task", task, "--json"]
    else:
        words = [given.python, HERE / "uma_fairchem.py", *words, "--mode", program]
    environment = os.environ | {name: str(threads) for name in THREADS}
    words = [str(word) for word in words]
    done = subprocess.run(words, env=environment, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(words)} failed:\n{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def join(runs):
    """Joins several processes of a program: all times, the maximum memory, the last results."""
    joined = dict(runs[-1])
    for key in ("wall_ms", "cpu_ms"):
        joined[key] = [time for run in runs for time in run[key]]
    for key in ("load_ms", "merge_ms"):
        joined[key] = min(run[key] for run in runs)
    for key in ("rss_before_mib", "rss_peak_mib"):
        joined[key] = max(run[key] for run in runs)
    return joined


def difference(one, other):
    """The maximum difference of two nested lists of numbers."""
    if isinstance(one, list):
        return max(difference(*pair) for pair in zip(one, other, strict=True))
    return abs(one - other)


def times(results):
    """A table of times and memory."""
    rows = [["case", "atoms", "edges", "threads", "program", "CPU ms, min", "median", "wall ms, min", "median"]]
    rows[0] += ["load s", "merge s", "MiB before", "MiB max"]
    for found in results:
        row = [found[key] for key in ("case", "atoms", "edges", "threads", "program")]
        for key in ("cpu_ms", "wall_ms"):
            row += [f"{min(found[key]):.1f}", f"{statistics.median(found[key]):.1f}"]
        row += [f"{found[key] / 1e3:.1f}" for key in ("load_ms", "merge_ms")]
        rows.append(row + [f"{found[key]:.0f}" for key in ("rss_before_mib", "rss_peak_mib")])
    return rows


def comparison(results):
    """A table of ours against the better mode of fairchem; results against its general mode."""
    rows = [["case", "threads", "speedup, CPU", "speedup, wall", "memory ratio before"]]
    rows[0] += ["max", "energy difference, eV", "forces, eV/Å", "stress, eV/Å³"]
    for ours in (found for found in results if found["program"] == "ours"):
        case = (ours["case"], ours["threads"])
        theirs = {it["program"]: it for it in results if (it["case"], it["threads"]) == case and it is not ours}
        if not theirs:
            continue
        row = list(case)
        for key in ("cpu_ms", "wall_ms"):
            row.append(f"{min(min(it[key]) for it in theirs.values()) / min(ours[key]):.2f}")
        for key in ("rss_before_mib", "rss_peak_mib"):
            row.append(f"{ours[key] / min(it[key] for it in theirs.values()):.2f}")
        other = theirs.get("general") or next(iter(theirs.values()))
        for key in ("energy_eV", "forces_eV_A", "stress_eV_A3"):
            both = key in ours and key in other
            row.append(f"{difference(ours[key], other[key]):.1e}" if both else "–")
        rows.append(row)
    return rows


def markdown(rows):
    lines = ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    return "\n".join([lines[0], "|---" * len(rows[0]) + "|", *lines[1:]])


def cpu_model():
    lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    names = lambda text: text.split(",")
    random = ROOT / "target" / "uma" / "uma-s-1p1-random.pt"
    arguments.add_argument("--model", type=pathlib.Path, default=random)
    arguments.add_argument("--only", type=names, default=list(CASES), help=f"of {', '.join(CASES)}")
    arguments.add_argument("--threads", type=lambda text: [int(word) for word in text.split(",")], default=[1, 2])
    arguments.add_argument("--repetitions", type=int, help="in each process [default: more for small structures]")
    arguments.add_argument("--rounds", type=int, default=2, help="processes of each program")
    arguments.add_argument("--programs", type=names, default=list(PROGRAMS), help=f"of {', '.join(PROGRAMS)}")
    arguments.add_argument("--python", default=sys.executable)
    arguments.add_argument("--binary", help="[default: built now]")
    arguments.add_argument("--output", type=pathlib.Path, default=ROOT / "target" / "uma" / "uma_vs_fairchem.json")
    given = arguments.parse_args()
    for chosen, known in ((given.only, CASES), (given.programs, PROGRAMS)):
        if unknown := set(chosen) - set(known):
            arguments.error(f"{', '.join(unknown)}: not one of {', '.join(known)}")
    if not given.model.exists():
        arguments.error(f"{given.model} does not exist; benches/uma_random_checkpoint.py writes one")
    if "ours" in given.programs and not given.binary:
        given.binary = build("uma", "--workspace --features uma")

    results = []
    given.output.parent.mkdir(parents=True, exist_ok=True)
    for case in given.only:
        for threads in given.threads:
            runs = {program: [] for program in given.programs}
            for _ in range(given.rounds):
                for program in runs:
                    print(f"{case}, {threads} threads, {program} …", file=sys.stderr, flush=True)
                    runs[program].append(run(program, case, threads, given.repetitions or CASES[case], given))
            for program, found in runs.items():
                results.append({**join(found), "case": case, "threads": threads, "program": program})
            machine = {"cpu": cpu_model(), "cores": os.cpu_count(), "model": given.model.name}
            given.output.write_text(json.dumps({**machine, "results": results}))
    print(f"{given.model.name}, {cpu_model()}, {os.cpu_count()} cores\n")
    print(markdown(times(results)))
    if "ours" in given.programs and len(given.programs) > 1:
        print(f"\nOurs against the better mode of fairchem:\n\n{markdown(comparison(results))}")
    print(f"\n{given.output}", file=sys.stderr)


if __name__ == "__main__":
    main()
