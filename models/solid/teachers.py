"""Teachers of `solid`: universal potentials, evaluated for batches of periodic structures.

A structure is (numbers [atoms], positions [atoms, 3] in Å, cell [3, 3] in Å, rows are lattice vectors). All are
periodic in three directions; surfaces and molecules have a vacuum. Results: energies in eV, forces in eV/Å,
stresses in eV/Å^3 (dE/dstrain / volume, positive under tension).
"""

import os
import warnings

os.environ.setdefault("MATGL_BACKEND", "PYG")
warnings.filterwarnings("ignore")

import numpy as np
import torch
from matscipy.neighbours import neighbour_list



class SumEdges(torch.autograd.Function):
    """Sums of rows whose atoms ascend: much faster on a CPU than scatter_add."""

    @staticmethod
    def forward(ctx, rows, atoms, count):
        ctx.save_for_backward(atoms)
        edges = torch.bincount(atoms, minlength=count)
        sums = torch.segment_reduce(rows.reshape(len(rows), -1), "sum", lengths=edges, unsafe=True)
        return sums.reshape(count, *rows.shape[1:])

    @staticmethod
    def backward(ctx, gradient):
        return gradient[ctx.saved_tensors[0]], None, None


def sum_edges(messages, atoms, dim_size, dim=0):
    """Sum of the messages of each atom."""
    if (atoms.diff() < 0).any():
        order = torch.argsort(atoms)
        messages, atoms = messages[order], atoms[order]
    return SumEdges.apply(messages, atoms, dim_size)


# Edges of one batch: of a CPU, so few that its caches hold what is computed; of a GPU, enough to be busy.
MAX_EDGES = {"cpu": 1_500, "cuda": 60_000}


class Result:
    """Energy, eV; forces [atoms, 3], eV/Å; stress [3, 3], eV/Å^3."""

    def __init__(self, energy, forces, stress):
        self.energy, self.forces, self.stress = energy, forces, stress


class TensorNet:
    """TensorNet-MatPES-r2SCAN-v2025.1 (BSD-3): the folder of the matgl repository's pretrained_models, on the device cpu or cuda."""

    name = "TensorNet-MatPES-r2SCAN-v2025.1"

    def __init__(self, folder, device="cpu"):
        import matgl
        from matgl.layers import _embedding_pyg, _graph_convolution_pyg

        _embedding_pyg.scatter_add = _graph_convolution_pyg.scatter_add = sum_edges
        potential = matgl.load_model(folder).eval()
        self.device, self.max_edges = device, MAX_EDGES[device]
        self.model = potential.model.requires_grad_(False).to(device)
        self.cutoff = float(self.model.cutoff)
        self.elements = list(self.model.element_types)
        from ase.data import atomic_numbers

        self.types = np.full(119, -1)
        self.types[[atomic_numbers[symbol] for symbol in self.elements]] = np.arange(len(self.elements))
        self.scale, self.mean = float(potential.data_std), float(potential.data_mean)
        self.atoms = potential.element_refs.property_offset.numpy().astype(float).ravel()

    def evaluate(self, structures, gradients=True):
        """The result of each structure; with `gradients` False, of the energy alone."""
        results, part, edges = [], [], 0
        for structure in structures:
            graph = self._graph(structure)
            if part and edges + len(graph[0]) > self.max_edges:
                results += self._batch(part, gradients)
                part, edges = [], 0
            part.append((structure, graph))
            edges += len(graph[0])
        return results + (self._batch(part, gradients) if part else [])

    def _graph(self, structure):
        numbers, positions, cell = structure
        return neighbour_list("ijS", cutoff=self.cutoff, positions=positions, cell=cell, pbc=[True] * 3, numbers=np.asarray(numbers, np.int32))

    def _batch(self, part, gradients):
        from torch_geometric.data import Batch

        counts = [len(numbers) for (numbers, _, _), _ in part]
        starts = np.concatenate([[0], np.cumsum(counts)])
        real = lambda x: torch.as_tensor(np.concatenate(x), dtype=torch.float32, device=self.device)
        whole = lambda x: torch.as_tensor(np.concatenate(x), dtype=torch.long, device=self.device)
        structure = whole([np.full(n, k) for k, n in enumerate(counts)])
        sources = whole([graph[0] + start for (_, graph), start in zip(part, starts)])
        targets = whole([graph[1] + start for (_, graph), start in zip(part, starts)])
        shifts = real([graph[2] for _, graph in part])
        positions = real([positions for (_, positions, _), _ in part])
        cells = real([np.asarray(cell)[None] for (_, _, cell), _ in part])
        strain = torch.zeros_like(cells)
        if gradients:
            positions.requires_grad_(True)
            strain.requires_grad_(True)
        deformation = torch.eye(3, device=self.device) + strain
        graph = Batch()
        graph._num_graphs = len(part)
        graph.batch = structure
        graph.node_type = whole([self.types[numbers] for (numbers, _, _), _ in part])
        graph.edge_index = torch.stack([sources, targets])
        graph.pos = torch.einsum("ni,nij->nj", positions, deformation[structure])
        edge_cells = (cells @ deformation)[structure[sources]]
        graph.pbc_offshift = torch.einsum("ei,eij->ej", shifts, edge_cells)
        with torch.set_grad_enabled(gradients):
            energies = self.model(g=graph).reshape(-1) * self.scale + self.mean
        free = np.array([self.atoms[self.types[numbers]].sum() for (numbers, _, _), _ in part])
        values = energies.detach().double().cpu().numpy() + free
        if not gradients:
            return [Result(float(energy), None, None) for energy in values]
        by_position, by_strain = torch.autograd.grad(energies.sum(), [positions, strain])
        forces = -by_position.double().cpu().numpy()
        by_strain = by_strain.double().cpu().numpy()
        return [
            Result(float(values[k]), forces[starts[k] : starts[k + 1]], by_strain[k] / abs(np.linalg.det(cell)))
            for k, ((_, _, cell), _) in enumerate(part)
        ]
