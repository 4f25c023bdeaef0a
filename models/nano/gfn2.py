"""GFN2-xTB by tblite: labels of structures, and relaxation with one coordinate held."""

import numpy as np
from tblite.interface import Calculator

from sampling import BOHR, HARTREE

MAX_FORCE = 40.0  # eV/Å; above it the pair repulsion dominates.
CLOSEST = 0.35  # Å; no labels of closer atoms.


def _results(calculator, previous=None):
    """Result of tblite and (energy in eV, forces in eV/Å, Mulliken charges in e); None if it does not converge."""
    try:
        result = calculator.singlepoint(previous)
    except Exception:
        return None
    forces = -np.array(result["gradient"]) * (HARTREE / BOHR)
    if not np.isfinite(forces).all() or np.abs(forces).max() > MAX_FORCE:
        return None
    return result, (float(result["energy"]) * HARTREE, forces, np.array(result["charges"]))


def _calculator(numbers, positions, charge, method="GFN2-xTB"):
    calculator = Calculator(method, numbers, positions / BOHR, charge=float(charge))
    calculator.set("verbosity", 0)
    calculator.set("max-iter", 100)
    return calculator


def _overlap(positions):
    closest = np.linalg.norm(positions[:, None] - positions[None], axis=-1) + 10 * np.eye(len(positions))
    return closest.min() < CLOSEST


def label(numbers, positions, charge, method="GFN2-xTB"):
    """Energy (eV), forces (eV/Å) and Mulliken charges (e) of GFN2-xTB; None if it does not converge."""
    if _overlap(positions):
        return None
    found = _results(_calculator(numbers, positions, charge, method))
    return found and found[1]


class Dihedral:
    """The angle of four bonded atoms a–b–c–d (rad), changed by rotation of the atoms `side` about b–c."""

    def __init__(self, atoms, side):
        self.atoms, self.side = atoms, side

    def value(self, x):
        a, b, c, d = x[self.atoms]
        axis = (c - b) / np.linalg.norm(c - b)
        one, other = (v - (v @ axis) * axis for v in (a - b, d - c))
        return np.arctan2(np.cross(axis, one) @ other, one @ other)

    def slope(self, x):
        """∂value/∂x, of unit length: [N, 3]. A. Blondel, M. Karplus, J. Comput. Chem. 17, 1132 (1996), eq. 27."""
        a, b, c, d = x[self.atoms]
        f, g, h = a - b, b - c, d - c
        m, n, length = np.cross(f, g), np.cross(h, g), np.linalg.norm(g)
        m, n = m / (m @ m), n / (n @ n)
        s, t = (f @ g) / length * m, (h @ g) / length * n
        out = np.zeros_like(x)
        np.add.at(out, self.atoms, [-length * m, length * m + s - t, t - s - length * n, length * n])
        return out / np.linalg.norm(out)

    def moved(self, x, value):
        b, c = x[self.atoms[1]], x[self.atoms[2]]
        axis, angle, d = (c - b) / np.linalg.norm(c - b), value - self.value(x), x[self.side] - c
        along = (d @ axis)[:, None] * axis
        y = x.copy()
        y[self.side] = c + along + np.cos(angle) * (d - along) + np.sin(angle) * np.cross(axis, d)
        return y


class Distance:
    """The distance between two atoms (Å), changed by a shift of the second with the atoms `side`."""

    def __init__(self, atoms, side):
        self.atoms, self.side = atoms, side

    def value(self, x):
        return np.linalg.norm(x[self.atoms[1]] - x[self.atoms[0]])

    def slope(self, x):
        """∂value/∂x, of unit length: [N, 3]."""
        u = (x[self.atoms[1]] - x[self.atoms[0]]) / self.value(x)
        out = np.zeros_like(x)
        out[self.atoms[0]], out[self.atoms[1]] = -u, u
        return out / 2**0.5

    def moved(self, x, value):
        u = (x[self.atoms[1]] - x[self.atoms[0]]) / self.value(x)
        y = x.copy()
        y[self.side] += (value - self.value(x)) * u
        return y


class Engine:
    """Labels of one molecule after another, each from the electrons of the last: positions (Å) to labels, or None."""

    def __init__(self, numbers, charge, method="GFN2-xTB"):
        self.numbers, self.charge, self.method = numbers, charge, method
        self.calculator, self.previous = None, None

    def __call__(self, x):
        if _overlap(x):
            return None
        if self.calculator is None:
            self.calculator = _calculator(self.numbers, x, self.charge, self.method)
        else:
            self.calculator.update(positions=x / BOHR)
        found = _results(self.calculator, self.previous)
        self.previous = found and found[0]
        return found and found[1]


def relaxation(engine, x, coordinate, steps, fmax=0.04):
    """Structures (Å) and labels of a relaxation by BFGS that holds one coordinate (`None`: none); the last one is relaxed best.

    `engine` gives energy (eV) and forces (eV/Å) of positions. Ends after a number of steps, when the other forces are below
    `fmax` (eV/Å), or where the engine fails.
    """
    value, trail = coordinate and coordinate.value(x), []
    curvature, last = np.eye(x.size) * 60.0, None  # eV/Å²
    for _ in range(steps):
        labels = engine(x)
        if labels is None:
            break
        trail.append((x, labels))
        held = coordinate.slope(x).ravel() if coordinate else np.zeros(x.size)
        slope = -labels[1].ravel()
        slope = slope - held * (held @ slope)
        if np.abs(slope).max() < fmax:
            break
        if last is not None:
            s, y = x.ravel() - last[0], slope - last[1]
            hs = curvature @ s
            if s @ y > 1e-6:
                curvature += np.outer(y, y) / (s @ y) - np.outer(hs, hs) / (s @ hs)
        last = x.ravel(), slope
        step = -np.linalg.solve(curvature, slope)
        step = (step - held * (held @ step)).reshape(x.shape)
        step *= min(1.0, 0.15 / np.linalg.norm(step, axis=1).max())
        x = coordinate.moved(x + step, value) if coordinate else x + step
    return trail
