"""Writes a UMA checkpoint of full size with random weights, which fairchem and mlipview read.

    pip install numpy
    python benches/uma_random_checkpoint.py                       # uma-s-1p1, 1.2 GB, about 20 s
    python benches/uma_random_checkpoint.py --shape uma-m-1p1     # 11 GB
    python benches/uma_random_checkpoint.py --format safetensors  # a folder, weights and config.json

The released weights are gated; speed, memory and agreement of two programs can be measured without
them. The .pt has the container, the configuration and the tensor shapes of the released file of
that name. The values of each tensor come from their own random stream, so that a model is
reproducible. No value hides an error: no bias is zero, no scale is one. The averaged weights
(`ema_state_dict`), which are used, differ by a thousandth from the others. Reference energies are
arbitrary. Energies and forces are as large and as smooth as those of a real model (some eV, some
eV/Å).
"""

import argparse
import json
import math
import pathlib
import struct
import zlib

import numpy as np

from torch_file import Global, Record, Tensor, omegaconf, save

ROOT = pathlib.Path(__file__).resolve().parent.parent
SEED = 20261121
ELEMENTS = 100
# Standard deviation of the training energies, eV.
RMSD = 1.423
# Ratio of the averaged weights to the others.
AVERAGED = 1.001

FIVE = ("oc20", "omol", "omat", "odac", "omc")
SEVEN = ("oc20", "oc22", "oc25", "omol", "omat", "odac", "omc")
# Shapes of the released models.
COMMON = {"channels": 128, "distances": 64, "lmax": 2, "mmax": 2, "layers": 4, "experts": 32}
SHAPES = {
    "uma-s-1p1": COMMON | {"tasks": FIVE},
    "uma-s-1p2p1": COMMON | {"tasks": SEVEN, "distances": 32, "model_id": "UMA-S-1.2.1"},
    "uma-m-1p1": COMMON | {"tasks": FIVE, "distances": 128, "lmax": 4, "layers": 10},
}


def tensors(shape):
    """The shapes of all parameters by name."""
    channels, lmax, layers, experts = (shape[key] for key in ("channels", "lmax", "layers", "experts"))
    found = {}

    def linear(name, inputs, outputs):
        found[f"{name}.weight"], found[f"{name}.bias"] = (outputs, inputs), (outputs,)

    def perceptron(name, inputs, outputs):
        """Radial network of distances and elements: linear, norm, linear, norm, linear."""
        for layer, width, out in ((0, inputs, channels), (3, channels, channels), (6, channels, outputs)):
            linear(f"{name}.net.{layer}", width, out)
            if layer < 6:
                found[f"{name}.net.{layer + 1}.weight"] = found[f"{name}.net.{layer + 1}.bias"] = (out,)

    def norm(name):
        found[f"{name}.affine_weight"], found[f"{name}.affine_bias"] = (lmax + 1, channels), (channels,)

    def convolution(name, inputs, scalars):
        """SO(2) convolution with experts for each order m; m = 0 has additional scalar outputs."""
        degrees = lmax + 1
        found[f"{name}.fc_m0.weights"] = (experts, degrees * channels + scalars, degrees * inputs)
        found[f"{name}.fc_m0.bias"] = (degrees * channels + scalars,)
        for order in range(1, shape["mmax"] + 1):
            rows = degrees - order
            size = (experts, 2 * rows * channels, rows * inputs)
            found[f"{name}.so2_m_conv.{order - 1}.fc.weights"] = size

    backbone, edge = "backbone", shape["distances"] + 2 * channels
    found[f"{backbone}.sphere_embedding.weight"] = (ELEMENTS, channels)
    found[f"{backbone}.charge_embedding.rand_emb.weight"] = (201, channels)
    found[f"{backbone}.spin_embedding.rand_emb.weight"] = (101, channels)
    for task in shape["tasks"]:
        found[f"{backbone}.dataset_embedding.dataset_emb_dict.{task}.weight"] = (1, channels)
    linear(f"{backbone}.mix_csd", 3 * channels, channels)
    found[f"{backbone}.source_embedding.weight"] = (ELEMENTS, channels)
    found[f"{backbone}.target_embedding.weight"] = (ELEMENTS, channels)
    perceptron(f"{backbone}.edge_degree_embedding.rad_func", edge, (lmax + 1) * channels)
    rows = sum(lmax + 1 - order for order in range(shape["mmax"] + 1))
    for layer in range(layers):
        block = f"{backbone}.blocks.{layer}"
        norm(f"{block}.norm_1")
        convolution(f"{block}.edge_wise.so2_conv_1", 2 * channels, lmax * channels)
        perceptron(f"{block}.edge_wise.so2_conv_1.rad_func", edge, rows * 2 * channels)
        convolution(f"{block}.edge_wise.so2_conv_2", channels, 0)
        norm(f"{block}.norm_2")
        linear(f"{block}.atom_wise.scalar_mlp.0", channels, lmax * channels)
        for part in (1, 2):
            name = f"{block}.atom_wise.so3_linear_{part}"
            found[f"{name}.weight"], found[f"{name}.bias"] = (lmax + 1, channels, channels), (channels,)
    norm(f"{backbone}.norm")
    widths = (2 * channels, 2 * experts, 2 * experts, experts)
    for layer in range(3):
        linear(f"{backbone}.routing_mlp.{2 * layer}", *widths[layer : layer + 2])
    found[f"{backbone}.composition_embedding.weight"] = (ELEMENTS, channels)
    for layer, outputs in ((0, channels), (2, channels), (4, 1)):
        name = f"output_heads.energyandforcehead.head.energy_block.{layer}"
        linear(name, channels, outputs)
        if "model_id" in shape:
            found[f"{name}.weights"] = (len(shape["tasks"]), *found.pop(f"{name}.weight"))
    return found


def draw(name, shape, seed):
    """The values of a parameter."""
    stream = np.random.default_rng([seed, zlib.crc32(name.encode())])
    if "affine_weight" in name or (".net." in name and name.endswith("weight") and len(shape) == 1):
        return 1 + 0.2 * stream.standard_normal(shape, np.float32)
    if name.endswith("bias"):
        return 0.2 * stream.standard_normal(shape, np.float32)
    if "embedding." in name and "rad_func" not in name:
        scale = 0.5 if "source" in name or "target" in name else 1
        return scale * stream.standard_normal(shape, np.float32)
    values = stream.random(shape, np.float32)
    values -= 0.5
    values *= 2 * gain(name) / math.sqrt(shape[-1])
    return values


def gain(name):
    """Scale of a matrix, relative to one that preserves the size of its input."""
    if "energy_block.4" in name:
        return 10
    if "routing_mlp.4" in name:
        return 6
    return 2 if any(part in name for part in ("so2_m_conv", "fc_m0", "so3_linear")) else 1


def exchange(degree):
    """The matrix of spherical harmonics for the exchange x -> -y, y -> -x.

    The files contain these matrices, for Euler angles. The polar axis is y.
    """
    points = np.random.default_rng(degree).standard_normal((4 * degree + 4, 3))
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    exchanged = points[:, [1, 0, 2]] * [-1, -1, 1]
    matrix = np.linalg.lstsq(harmonics(degree, points), harmonics(degree, exchanged), rcond=None)[0].T
    return np.where(np.abs(matrix) < 1e-13, 0, matrix)


def harmonics(degree, points):
    """Real spherical harmonics of unit vectors, m = -l … l, equally normalized."""
    y, z, x = points.T[[0, 1, 2]]
    legendre = np.polynomial.Legendre.basis(degree)
    columns = []
    for order in range(-degree, degree + 1):
        size = abs(order)
        around = (x + 1j * y) ** size
        scale = math.sqrt((1 + (size > 0)) * math.factorial(degree - size) / math.factorial(degree + size))
        slope = legendre.deriv(size)(z) if size else legendre(z)
        columns.append(scale * slope * (around.imag if order < 0 else around.real))
    return np.stack(columns, 1)


def model_config(shape):
    """The model configuration of the released file."""
    escn = "fairchem.core.models.uma"
    backbone = {"model": f"{escn}.escn_moe.eSCNMDMoeBackbone", "moe_dropout": 0.05, "moe_layer_type": "pytorch"}
    backbone |= {"num_experts": shape["experts"], "use_composition_embedding": True, "use_global_embedding": False}
    backbone |= {"max_num_elements": ELEMENTS, "sphere_channels": shape["channels"], "lmax": shape["lmax"]}
    backbone |= {"mmax": shape["mmax"], "otf_graph": True, "max_neighbors": 300, "use_pbc": True}
    backbone |= {"use_pbc_single": True, "cutoff": 6, "edge_channels": shape["channels"]}
    backbone |= {"distance_function": "gaussian", "num_distance_basis": shape["distances"]}
    backbone |= {"regress_forces": True, "regress_stress": True, "direct_forces": False}
    backbone |= {"num_layers": shape["layers"], "hidden_channels": shape["channels"], "norm_type": "rms_norm_sh"}
    backbone |= {"act_type": "gate", "ff_type": "spectral", "chg_spin_emb_type": "rand_emb", "cs_emb_grad": True}
    head = {"head_cls": f"{escn}.escn_md.MLP_EFS_Head", "head_kwargs": {"wrap_property": False}}
    config = {"_target_": "fairchem.core.models.base.HydraModel", "backbone": backbone}
    config |= {"heads": {"energyandforcehead": head}, "pass_through_head_outputs": True}
    if "model_id" in shape:
        mapping = {task: task for task in shape["tasks"]}
        backbone |= {"dataset_mapping": mapping, "charge_balanced_channels": [0, 1, 2]}
        head |= {"module": f"{escn}.escn_moe.DatasetSpecificMoEWrapper", "dataset_mapping": dict(mapping)}
        return config | {"supports_single_atoms": True, "model_id": shape["model_id"]}
    backbone |= {"dataset_list": list(shape["tasks"]), "model_version": 1.1}
    head |= {"module": f"{escn}.escn_moe.DatasetSpecificSingleHeadWrapper", "dataset_names": list(shape["tasks"])}
    return config


def tasks_config(shape):
    """The tasks: energy and forces of each dataset, and stress of crystals."""
    core = "fairchem.core"
    losses = {"energy": ("PerAtomMAELoss", 20), "forces": ("L2NormLoss", 2), "stress": ("MAELoss", 1)}
    sizes = {"energy": [1], "forces": [3], "stress": [1, 9]}
    found = []
    for task in shape["tasks"]:
        for kind in ("energy", "forces") + ("stress",) * (task in ("omat", "omc")):
            loss, weight = losses[kind]
            inner = {"_target_": f"{core}.modules.loss.{loss}"}
            entry = {"_target_": f"{core}.units.mlip_unit.mlip_unit.Task", "name": f"{task}_{kind}"}
            entry |= {"level": "atom" if kind == "forces" else "system", "property": kind}
            entry["loss_fn"] = {"_target_": f"{core}.modules.loss.DDPMTLoss", "loss_fn": inner, "coefficient": weight}
            entry["out_spec"] = {"dim": sizes[kind], "dtype": "float32"}
            normalizer = f"{core}.modules.normalization.normalizer.Normalizer"
            entry["normalizer"] = {"_target_": normalizer, "mean": 0.0, "rmsd": RMSD}
            if kind == "energy":
                table = {"_target_": "torch.DoubleTensor", "_args_": [references(task)]}
                of = f"{core}.modules.normalization.element_references.ElementReferences"
                entry["element_references"] = {"_target_": of, "element_references": table}
            found.append(entry | {"datasets": [task], "metrics": ["mae"]})
    return found


def references(task):
    """Reference energy by atomic number, eV, of the size of total or of formation energies."""
    numbers = np.arange(ELEMENTS)
    energies = -13 * numbers**2.2 if task == "omol" else -0.1 * numbers
    energies = energies + np.random.default_rng(zlib.crc32(task.encode())).standard_normal(ELEMENTS)
    return [0.0, *energies[1:].tolist()]


def state(shape, seed, factor=1.0, prefix=""):
    """Tensors by name; values are drawn when they are written."""
    found = {}
    for degree in range(shape["lmax"] + 1):
        matrix = exchange(degree)
        found[f"{prefix}backbone.Jd_{degree}"] = Tensor(matrix.shape, "float64", lambda matrix=matrix: matrix)
    for name, size in tensors(shape).items():
        values = lambda name=name, size=size: draw(name, size, seed) * np.float32(factor)
        found[prefix + name] = Tensor(size, "float32", values)
    return found


def write_checkpoint(path, shape, seed):
    """Writes one file in the format of torch.save."""
    config, tasks = model_config(shape), tasks_config(shape)
    for part, key in ((config["backbone"], "dataset_list"), (config["backbone"], "charge_balanced_channels")):
        if key in part:
            part[key] = omegaconf(part[key], key)
    head = config["heads"]["energyandforcehead"]
    if "dataset_names" in head:
        head["dataset_names"] = omegaconf(head["dataset_names"], "dataset_names")
    # Files of 1.2 have a plain list.
    tasks = [omegaconf(task, index) for index, task in enumerate(tasks)] if "model_id" in shape else omegaconf(tasks, "tasks")
    averaged = {"n_averaged": Tensor((), "int64", lambda: np.array(1000))} | state(shape, seed, AVERAGED, "module.")
    of = Global("fairchem.core.units.mlip_unit.api.inference", "MLIPInferenceCheckpoint")
    fields = {"model_config": config, "model_state_dict": state(shape, seed)}
    save(path, Record(of, fields | {"ema_state_dict": averaged, "tasks_config": tasks}))


def write_folder(path, shape, seed):
    """Writes weights.safetensors with the averaged weights, and config.json."""
    path.mkdir(parents=True, exist_ok=True)
    config = {"model_config": model_config(shape), "tasks_config": tasks_config(shape), "weights": "ema"}
    (path / "config.json").write_text(json.dumps(config, indent=1))
    found, header, end = state(shape, seed, AVERAGED), {}, 0
    for name, tensor in found.items():
        begin, end = end, end + math.prod(tensor.shape) * np.dtype(tensor.type).itemsize
        kind = {"float32": "F32", "float64": "F64"}[tensor.type]
        header[name] = {"dtype": kind, "shape": tensor.shape, "data_offsets": [begin, end]}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path / "weights.safetensors", "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for tensor in found.values():
            file.write(tensor.bytes())


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--shape", choices=SHAPES, default="uma-s-1p1")
    arguments.add_argument("--format", choices=("pt", "safetensors"), default="pt")
    arguments.add_argument("--seed", type=int, default=SEED)
    arguments.add_argument("--output", type=pathlib.Path, help="[default: in target/uma]")
    given = arguments.parse_args()
    ending = ".pt" if given.format == "pt" else ""
    path = given.output or ROOT / "target" / "uma" / f"{given.shape}-random{ending}"
    path.parent.mkdir(parents=True, exist_ok=True)
    write = write_checkpoint if given.format == "pt" else write_folder
    write(path, SHAPES[given.shape], given.seed)
    number = sum(math.prod(size) for size in tensors(SHAPES[given.shape]).values())
    print(f"{path}: {given.shape}, {number:,} random parameters")


if __name__ == "__main__":
    main()
