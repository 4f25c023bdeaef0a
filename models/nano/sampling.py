"""Sampling of training structures: thermal motion of molecules, and molecules deformed as by hands.

Frames are (numbers, positions in Å, total charge in e, bonds), without energies.
"""

import numpy as np
from ase.data import atomic_masses, covalent_radii
from gfnff import GFNFFCalculator

import molecules

BOHR, HARTREE = 0.529177210903, 27.211386245988  # Å, eV: CODATA 2018
KB, ACCELERATION = 8.617333262e-5, 0.00964853321  # eV/K; (eV/Å)/amu in Å/fs²


def langevin(numbers, positions, charge, temperature, rng, frames, every=20, warm_up=60, forces=None):
    """Frames of Langevin dynamics at a temperature (K), `every` steps of 0.8 fs apart, with GFN-FF or a function `forces` (eV/Å)."""
    if forces is None:
        engine = GFNFFCalculator(numbers, positions / BOHR, charge=charge)
        forces = lambda x: -engine.singlepoint(numbers, x / BOHR)[1] * (HARTREE / BOHR)
    mass = atomic_masses[numbers][:, None]
    mass = np.maximum(mass, 2.0)  # Deuterium moves the same distances and allows the step.
    x, step, friction = positions.copy(), 0.8, 0.03
    thermal = np.sqrt(KB * temperature * ACCELERATION / mass)
    v = thermal * rng.normal(size=x.shape)
    keep, kick = np.exp(-friction * step), np.sqrt(1 - np.exp(-2 * friction * step))
    f, out = forces(x), []
    for i in range(warm_up + frames * every):
        v += 0.5 * step * ACCELERATION * f / mass
        x += 0.5 * step * v
        v = keep * v + kick * thermal * rng.normal(size=x.shape)
        x += 0.5 * step * v
        f = forces(x)
        v += 0.5 * step * ACCELERATION * f / mass
        if i >= warm_up and (i - warm_up) % every == every - 1:
            if not np.isfinite(x).all():
                break
            out.append(x.copy())
    return out


def molecule(smiles, rng, frames, temperatures=(300, 300, 700, 1500)):
    """Thermal frames of one molecule, from a new random conformer."""
    embedded = molecules.conformer(smiles, rng.integers(1 << 31))
    if embedded is None:
        return []
    numbers, x, charge, bonds = embedded
    if len(numbers) == 1:
        return [(numbers, x, charge, bonds)]
    out = []
    for temperature in temperatures:
        for y in langevin(numbers, x, charge, temperature, rng, max(1, frames // len(temperatures))):
            out.append((numbers, y + rng.normal(size=y.shape) * rng.choice([0, 0, 0.02, 0.06]), charge, bonds))
    return out


def pull(frame, rng):
    """One atom displaced by 0.3 to 3 Å, often along one of its bonds."""
    numbers, x, charge, bonds = frame
    atom = rng.integers(len(numbers))
    direction = rng.normal(size=3)
    partners = [b if a == atom else a for a, b, _ in bonds if atom in (a, b)]
    if partners and rng.random() < 0.6:
        direction = (x[atom] - x[partners[rng.integers(len(partners))]]) + 0.3 * rng.normal(size=3)
    y = x.copy()
    y[atom] += direction / np.linalg.norm(direction) * rng.uniform(0.3, 3.0)
    return numbers, y, charge, bonds


def _side(bonds, a, b):
    """The atoms on the side of b when the bond between a and b is cut."""
    side, edges = {b}, [(i, j) for i, j, _ in bonds if {i, j} != {a, b}]
    while True:
        more = {j for i, j in edges if i in side} | {i for i, j in edges if j in side}
        if more <= side:
            return list(side)
        side |= more


def stretch(frame, rng):
    """A single bond outside rings scaled to between 0.75 and 3 times its length."""
    numbers, x, charge, bonds = frame
    single = [(a, b) for a, b, free in bonds if free]
    if not single:
        return pull(frame, rng)
    a, b = single[rng.integers(len(single))]
    side = _side(bonds, a, b)
    y = x.copy()
    y[side] += (x[b] - x[a]) * (rng.choice([rng.uniform(-0.25, 0.6), rng.uniform(0.2, 2.0)]))
    return numbers, y, charge, bonds


def twist(frame, rng):
    """One side of a single bond rotated about it by a random angle."""
    numbers, x, charge, bonds = frame
    single = [(a, b) for a, b, free in bonds if free and numbers[a] > 1 and numbers[b] > 1]
    if not single:
        return squeeze(frame, rng)
    a, b = single[rng.integers(len(single))]
    side = _side(bonds, a, b)
    axis = (x[b] - x[a]) / np.linalg.norm(x[b] - x[a])
    angle, part = rng.uniform(-np.pi, np.pi), side
    d = x[part] - x[b]
    along = (d @ axis)[:, None] * axis
    y = x.copy()
    y[part] = x[b] + along + np.cos(angle) * (d - along) + np.sin(angle) * np.cross(axis, d)
    return numbers, y, charge, bonds


def squeeze(frame, rng):
    """The molecule scaled by 0.88 to 1.18, with random displacements."""
    numbers, x, charge, bonds = frame
    y = x * rng.uniform(0.88, 1.18) + rng.normal(size=x.shape) * rng.choice([0.03, 0.1, 0.2])
    return numbers, y, charge, bonds


def _rotated(x, rng):
    """Positions in a random orientation, centered."""
    q, r = np.linalg.qr(rng.normal(size=(3, 3)))
    q *= np.sign(np.diag(r))
    q[:, 0] *= np.sign(np.linalg.det(q))
    return (x - x.mean(0)) @ q.T


def beside(one, other, gap, rng):
    """Two frames in random orientations whose closest atoms are the sum of their covalent radii plus `gap` (Å) apart."""
    (z1, x1, q1, b1), (z2, x2, q2, b2) = one, other
    x1, x2 = _rotated(x1, rng), _rotated(x2, rng)
    direction = rng.normal(size=3)
    direction /= np.linalg.norm(direction)
    near, far = 0.0, 40.0
    for _ in range(40):
        middle = 0.5 * (near + far)
        d = np.linalg.norm(x1[:, None] - (x2 + middle * direction)[None], axis=-1)
        clearance = (d - covalent_radii[z1][:, None] - covalent_radii[z2][None]).min()
        near, far = (middle, far) if clearance < gap else (near, middle)
    n = len(z1)
    return (
        np.concatenate([z1, z2]),
        np.concatenate([x1, x2 + far * direction]),
        q1 + q2,
        b1 + [(i + n, j + n, free) for i, j, free in b2],
    )


def cluster(frames, rng, relax=True):
    """A packed cluster of frames, then shortly relaxed by GFN-FF dynamics."""
    whole = frames[0]
    for frame in frames[1:]:
        best = None
        for _ in range(4):
            trial = beside(whole, frame, rng.choice([0.6, 0.9, 1.3]), rng)
            spread = np.linalg.norm(trial[1] - trial[1].mean(0), axis=1).max()
            if best is None or spread < best[0]:
                best = spread, trial
        whole = best[1]
    numbers, x, charge, bonds = whole
    if relax:
        try:
            x = langevin(numbers, x, charge, rng.choice([100, 300]), rng, 1, every=20, warm_up=int(rng.choice([0, 60, 200])))[0]
        except (RuntimeError, IndexError):
            pass
    return numbers, x, charge, bonds
