"""Our UMA beside fairchem's: time, memory and results of the same file, in one run, on one machine.

    pip install numpy fairchem-core
    python benches/uma_random_checkpoint.py
    python benches/uma_vs_fairchem.py
    python benches/uma_vs_fairchem.py --only water,si64 --threads 1 --repetitions 10 --rounds 1

Needs Linux, Python 3.11 or later, cargo, 8 GB of memory for fairchem, and half an hour. Energy and
forces, of periodic structures the stress too, of the structures in benches/structures: 3 atoms to
192. Each program computes in processes of its own, with so many threads, and they take turns. Of
fairchem's ways to compute there are two, `general` and `umas_fast_pytorch`, both with merged
experts, in float32 without TF32, without compilation. Where other work goes on beside it, the
processor time of a call tells more than its duration. Prints tables in Markdown; everything that
was measured goes to a JSON file.

The model: any that both read, by default the random one of full size. `--python` names the Python
that has fairchem, `--binary` a bench of ours that is built already, `--programs` which to run.
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

# Structures, and how often each is computed in a process.
CASES = {"water": 30, "caffeine": 20, "si64": 5, "water192": 3}
PROGRAMS = ("ours", "general", "umas_fast_pytorch")
# What the libraries call their number of threads.
THREADS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS")


def run(program, case, threads, repetitions, given):
    """What one process of a program measured."""
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
    """Several processes of a program as one: all times, the most memory, the last results."""
    joined = dict(runs[-1])
    for key in ("wall_ms", "cpu_ms"):
        joined[key] = [time for run in runs for time in run[key]]
    for key in ("load_ms", "merge_ms"):
        joined[key] = min(run[key] for run in runs)
    for key in ("rss_before_mib", "rss_peak_mib"):
        joined[key] = max(run[key] for run in runs)
    return joined


def difference(one, other):
    """The largest difference of two nested lists of numbers."""
    if isinstance(one, list):
        return max(difference(*pair) for pair in zip(one, other, strict=True))
    return abs(one - other)


def times(results):
    """A table of what a call takes."""
    rows = [["case", "atoms", "edges", "threads", "program", "processor ms, min", "median", "wall ms, min", "median"]]
    rows[0] += ["load s", "merge s", "MiB before", "MiB at most"]
    for found in results:
        row = [found[key] for key in ("case", "atoms", "edges", "threads", "program")]
        for key in ("cpu_ms", "wall_ms"):
            row += [f"{min(found[key]):.1f}", f"{statistics.median(found[key]):.1f}"]
        row += [f"{found[key] / 1e3:.1f}" for key in ("load_ms", "merge_ms")]
        rows.append(row + [f"{found[key]:.0f}" for key in ("rss_before_mib", "rss_peak_mib")])
    return rows


def comparison(results):
    """A table of ours beside the better of fairchem's; results against its general way."""
    rows = [["case", "threads", "times faster, processor", "times faster, wall", "share of memory before"]]
    rows[0] += ["at most", "energy differs by eV", "forces by eV/Å", "stress by eV/Å³"]
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


def processor():
    lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    names = lambda text: text.split(",")
    random = ROOT / "target" / "uma" / "uma-s-1p1-random.pt"
    arguments.add_argument("--model", type=pathlib.Path, default=random)
    arguments.add_argument("--only", type=names, default=list(CASES), help=f"of {', '.join(CASES)}")
    arguments.add_argument("--threads", type=lambda text: [int(word) for word in text.split(",")], default=[1, 2])
    arguments.add_argument("--repetitions", type=int, help="in each process; default: more for small structures")
    arguments.add_argument("--rounds", type=int, default=2, help="processes of each program")
    arguments.add_argument("--programs", type=names, default=list(PROGRAMS), help=f"of {', '.join(PROGRAMS)}")
    arguments.add_argument("--python", default=sys.executable)
    arguments.add_argument("--binary", help="default: built now")
    arguments.add_argument("--output", type=pathlib.Path, default=ROOT / "target" / "uma" / "uma_vs_fairchem.json")
    given = arguments.parse_args()
    for chosen, known in ((given.only, CASES), (given.programs, PROGRAMS)):
        if unknown := set(chosen) - set(known):
            arguments.error(f"{', '.join(unknown)}: not one of {', '.join(known)}")
    if not given.model.exists():
        arguments.error(f"there is no {given.model}; benches/uma_random_checkpoint.py makes one")
    if "ours" in given.programs and not given.binary:
        given.binary = build("uma", "uma")

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
            machine = {"processor": processor(), "cores": os.cpu_count(), "model": given.model.name}
            given.output.write_text(json.dumps({**machine, "results": results}))
    print(f"{given.model.name}, {processor()}, {os.cpu_count()} cores\n")
    print(markdown(times(results)))
    if "ours" in given.programs and len(given.programs) > 1:
        print(f"\nOurs beside the better of fairchem's:\n\n{markdown(comparison(results))}")
    print(f"\n{given.output}", file=sys.stderr)


if __name__ == "__main__":
    main()
