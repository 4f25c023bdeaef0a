"""References for the Tersoff potential by LAMMPS: `tersoff.json`.

`si-c.tersoff`, written by this script, has the parameters of J. Tersoff, Phys. Rev. B 39, 5566 (1989), mixed as
in the paper; `b-n.tersoff` has made-up ones of two elements with m = 1 and 3, γ and λ₃.

python tersoff.py
"""

import numpy as np

from lammps_run import HERE, crystal, evaluate, rattled, structure, write

# A, B, λ, μ, β, n, c, d, h, R, S
ELEMENTS = {
    "C": (1393.6, 346.74, 3.4879, 2.2119, 1.5724e-7, 0.72751, 38049, 4.3484, -0.57058, 1.8, 2.1),
    "Si": (1830.8, 471.18, 2.4799, 1.7322, 1.1e-6, 0.78734, 100390, 16.217, -0.59825, 2.7, 3.0),
}
CHI = 0.9776


def write_file(path):
    with open(path, "w") as file:
        print("# J. Tersoff, Phys. Rev. B 39, 5566 (1989), by tersoff.py", file=file)
        print("# m, gamma, lambda3, c, d, cos(theta0), n, beta, lambda2, B, R, D, lambda1, A", file=file)
        for i, p in ELEMENTS.items():
            for j, q in ELEMENTS.items():
                for k, s in ELEMENTS.items():
                    chi = 1 if i == j else CHI
                    a, b = (p[0] * q[0]) ** 0.5, chi * (p[1] * q[1]) ** 0.5
                    decay, mu = (p[2] + q[2]) / 2, (p[3] + q[3]) / 2
                    start, end = (p[9] * s[9]) ** 0.5, (p[10] * s[10]) ** 0.5
                    numbers = (3, 1, 0, *p[6:9], p[5], p[4], mu, b, (start + end) / 2, (end - start) / 2)
                    print(i, j, k, *(repr(number) for number in numbers), file=file)
                    print("    ", repr(decay), repr(a), file=file)


def systems(elements, distance, rng):
    cell, positions = rattled(*crystal("diamond", distance), rng)
    yield structure("crystal", elements * 4, positions, cell)
    cell, positions = rattled(*crystal("bcc", 1.05 * distance, (2, 1, 2)), rng)
    yield structure("dense", elements * 4, positions, cell)
    _, positions = crystal("diamond", distance)
    positions += rng.normal(0, 0.25, positions.shape)
    yield structure("cluster", elements * 4, positions)
    cell, positions = rattled(*crystal("diamond", distance), rng)
    cell[2, 2] += 9
    positions[:, 2] += 4
    yield structure("slab", elements * 4, positions, cell, (True, True, False))


def main():
    rng = np.random.default_rng(4)
    write_file(HERE / "si-c.tersoff")
    found = []
    for file, elements, distance in [
        ("si-c.tersoff", ["C", "C"], 1.55),
        ("si-c.tersoff", ["Si", "Si"], 2.35),
        ("si-c.tersoff", ["Si", "C"], 1.9),
        ("b-n.tersoff", ["B", "N"], 1.6),
    ]:
        for system in systems(elements, distance, rng):
            found.append({"file": file} | evaluate(system, "tersoff", f"{HERE / file} {{}}"))
    write("tersoff.json", "tersoff.py, LAMMPS of 22 July 2025", found)


if __name__ == "__main__":
    main()
