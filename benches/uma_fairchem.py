"""Evaluates one structure with fairchem's UMA, in its own process.

    pip install fairchem-core            # with a CPU build of torch, if available
    python benches/uma_fairchem.py --model target/uma/uma-s-1p1-random.pt \\
        --structure benches/structures/caffeine.xyz --threads 1 --repetitions 20

Prints one JSON object with the times of each call (energy, forces, and stress of periodic
structures), the memory, and the results. The settings are the fastest for small structures on a
CPU: merged experts, float32 without TF32, no compilation, no activation checkpointing.
`--precision float64` gives reference values.
"""

import argparse
import gc
import json
import logging
import os
import pathlib
import sys
import time
import warnings

os.environ["CUDA_VISIBLE_DEVICES"] = ""
warnings.filterwarnings("ignore")
logging.disable(logging.WARNING)

MODES = ("general", "umas_fast_pytorch")


def resident():
    """Memory of this process, MiB: current, and maximum since the last `reset_peak`."""
    lines = pathlib.Path("/proc/self/status").read_text().splitlines()
    sizes = {line.split(":")[0]: line.split()[1] for line in lines if line.startswith("Vm")}
    return int(sizes["VmRSS"]) / 1024, int(sizes["VmHWM"]) / 1024


def reset_peak():
    """Resets the maximum of the resident memory."""
    pathlib.Path("/proc/self/clear_refs").write_text("5")


def evaluate(given):
    start = time.perf_counter()
    import torch

    torch.set_num_threads(given.threads)
    from ase.io import read
    from fairchem.core.datasets.atomic_data import AtomicData, atomicdata_list_to_batch
    from fairchem.core.units.mlip_unit import load_predict_unit
    from fairchem.core.units.mlip_unit.api.inference import InferenceSettings

    importing = time.perf_counter() - start
    atoms = read(given.structure)
    task = given.task or atoms.info["task"]
    periodic = bool(atoms.pbc.any())
    precision = getattr(torch, given.precision)

    start = time.perf_counter()
    settings = InferenceSettings(
        tf32=False, activation_checkpointing=False, merge_mole=True, compile=False,
        execution_mode=given.mode, base_precision_dtype=precision, torch_num_threads=given.threads,
        auto_add_default_untrained_tasks=False, predict_untrained_stress={task} if periodic else set(),
    )
    overrides = {"backbone": {"regress_stress": periodic}}
    unit = load_predict_unit(given.model, settings, overrides, device="cpu")
    loading = time.perf_counter() - start

    keys = {"task_name": task, "r_data_keys": ["spin", "charge"], "target_dtype": precision}
    data = atomicdata_list_to_batch([AtomicData.from_ase(atoms, **keys)])
    start = time.perf_counter()
    unit._initialize(data.clone())
    merging = time.perf_counter() - start

    gc.collect()
    reset_peak()
    before = resident()[0]
    edges, graph = [], unit.model.module.backbone._generate_graph

    def counted(data):
        found = graph(data)
        edges.append(found["edge_index"].shape[1])
        return found

    unit.model.module.backbone._generate_graph = counted
    wall, cpu = [], []
    for _ in range(given.warming + given.repetitions):
        start, used = time.perf_counter(), time.process_time()
        results = unit.predict(data)
        cpu.append(1e3 * (time.process_time() - used))
        wall.append(1e3 * (time.perf_counter() - start))
    found = {"case": pathlib.Path(given.structure).stem, "task": task, "atoms": len(atoms), "edges": edges[-1]}
    found |= {"program": "fairchem", "mode": given.mode, "precision": given.precision, "threads": given.threads}
    found |= {"wall_ms": wall[given.warming :], "cpu_ms": cpu[given.warming :]}
    found |= {"import_ms": 1e3 * importing, "load_ms": 1e3 * loading, "merge_ms": 1e3 * merging}
    found |= {"rss_before_mib": before, "rss_peak_mib": resident()[1]}
    found |= {"energy_eV": results["energy"].item(), "forces_eV_A": results["forces"].tolist()}
    if periodic:
        found["stress_eV_A3"] = results["stress"].reshape(3, 3).tolist()
    return found


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--model", required=True)
    arguments.add_argument("--structure", required=True)
    arguments.add_argument("--task", help="[default: task of the structure file]")
    arguments.add_argument("--mode", choices=MODES, default="general")
    arguments.add_argument("--precision", choices=("float32", "float64"), default="float32")
    arguments.add_argument("--threads", type=int, default=1)
    arguments.add_argument("--repetitions", type=int, default=5)
    arguments.add_argument("--warming", type=int, default=1, help="untimed calls at the start")
    json.dump(evaluate(arguments.parse_args()), sys.stdout)
    print()


if __name__ == "__main__":
    main()
