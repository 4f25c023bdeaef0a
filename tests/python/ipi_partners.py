"""The i-PI protocol with other programs: ASE as server and as driver, i-PI itself, and LAMMPS.

    python tests/python/ipi_partners.py target/debug/mlipview

Requires the packages ase and ipi, and LAMMPS (lmp). Energies are compared with those of the command `mlipview energy` and of ASE.
"""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import numpy as np
from ase import Atoms, units
from ase.build import bulk
from ase.calculators.emt import EMT
from ase.calculators.lammps import Prism
from ase.calculators.socketio import SocketClient, SocketIOCalculator
from ase.io import read, write
from ase.md.verlet import VelocityVerlet
from ase.optimize import BFGS
from ase.stress import voigt_6_to_full_3x3_stress

PROGRAM = str(Path(sys.argv[1]).resolve())
TIMEOUT = 60
# Exit code after Ctrl-C or SIGTERM.
INTERRUPTED = 130
# ASE has the units of CODATA 2014, the program those of 2018: positions in bohr differ by 4e-10.
TOLERANCE = 1e-6


def socket_name(label):
    return f"mlipview-{os.getpid()}-{label}"


def wait_for(condition, what):
    deadline = time.monotonic() + TIMEOUT
    while not condition():
        assert time.monotonic() < deadline, f"{what} did not come within {TIMEOUT} s"
        time.sleep(0.02)


@contextlib.contextmanager
def mlipview(*words):
    """The program in the background. It has to end by itself, with exit code 0; with --retry, when it is asked to."""
    words = [str(word) for word in words]
    process = subprocess.Popen([PROGRAM, *words], text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        yield process
        if "--retry" in words:
            process.terminate()
        out, err = process.communicate(timeout=TIMEOUT)
        expected = INTERRUPTED if "--retry" in words else 0
        assert process.returncode == expected, f"{words}: exit code {process.returncode}\n{out}\n{err}"
        process.out, process.err = out, err
    finally:
        process.kill()


def results(words):
    """Results of `mlipview energy --json` for the only structure."""
    done = subprocess.run([PROGRAM, "energy", *map(str, words), "--json"], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def shaken(atoms, seed):
    atoms.rattle(0.05, seed=seed)
    return atoms


def triclinic():
    atoms = bulk("Cu", "fcc", a=3.6) * (3, 3, 3)
    strain = np.array([[0.01, 0.03, 0], [0, -0.02, 0.01], [0, 0, 0.015]])
    atoms.set_cell(atoms.cell @ (np.eye(3) + strain), scale_atoms=True)
    return shaken(atoms, 1)


def partly_periodic():
    atoms = bulk("Cu", "fcc", a=3.6, cubic=True) * (2, 2, 3)
    atoms.center(vacuum=8, axis=2)
    atoms.pbc = [True, True, False]
    return shaken(atoms, 2)


def caffeine(folder):
    path = folder / "caffeine.xyz"
    subprocess.run([PROGRAM, "convert", "library:caffeine", str(path)], check=True, capture_output=True)
    atoms = read(path)
    return Atoms(atoms.get_chemical_symbols(), atoms.positions)


def drives_ase(folder):
    """`mlipview drive` is the driver of ASE's SocketIOCalculator."""
    cases = {"triclinic": (triclinic(), "emt"), "slab": (partly_periodic(), "emt"), "caffeine": (caffeine(folder), "nano")}
    for index, (label, (atoms, potential)) in enumerate(cases.items()):
        path = folder / f"{label}.xyz"
        write(path, atoms, format="extxyz")
        # Over both kinds of sockets.
        if index % 2:
            port = 41000 + os.getpid() % 20000
            calculator, address = SocketIOCalculator(port=port, timeout=TIMEOUT), f"127.0.0.1:{port}"
        else:
            name = socket_name(label)
            calculator, address = SocketIOCalculator(unixsocket=name, timeout=TIMEOUT), f"unix:{name}"
        with mlipview("drive", path, "--to", address, "--potential", potential, "--retry"):
            with calculator:
                for step in range(3):
                    if step:
                        shaken(atoms, 10 + step)
                        if atoms.pbc.any():
                            atoms.set_cell(atoms.cell * 1.003, scale_atoms=True)
                    atoms.calc = calculator
                    energy, forces = atoms.get_potential_energy(), atoms.get_forces()
                    stress = atoms.get_stress(voigt=False) if atoms.pbc.any() else None
                    here = folder / f"{label}-{step}.xyz"
                    write(here, Atoms(atoms), format="extxyz")
                    expected = results([here, "--potential", potential])
                    assert abs(energy - expected["energy"]) < 1e-8 * abs(energy) + TOLERANCE, (energy, expected["energy"])
                    # The network of nano is in single precision.
                    tolerance = TOLERANCE if potential == "emt" else 1e-4
                    assert np.abs(forces - expected["forces"]).max() < tolerance
                    if stress is not None:
                        assert np.abs(stress - expected["stress"]).max() < TOLERANCE
        print(f"  {label}, {potential}, {address}: energy, forces and stress as mlipview energy")


def gradient_of_ase(folder):
    """The stress that reaches ASE is the derivative of the energy that reaches ASE."""
    atoms, name = triclinic(), socket_name("strain")
    write(folder / "strain.xyz", atoms, format="extxyz")
    with mlipview("drive", folder / "strain.xyz", "--to", f"unix:{name}", "--potential", "emt", "--retry"):
        with SocketIOCalculator(unixsocket=name, timeout=TIMEOUT) as calculator:
            atoms.calc = calculator
            stress, cell = atoms.get_stress(voigt=False), atoms.cell.copy()
            for i, j in ((0, 0), (0, 1), (2, 1)):
                energies = []
                for sign in (1, -1):
                    strain = np.eye(3)
                    strain[i, j] += sign * 1e-4
                    atoms.set_cell(cell @ strain.T, scale_atoms=True)
                    energies.append(atoms.get_potential_energy())
                atoms.set_cell(cell, scale_atoms=True)
                found = (energies[0] - energies[1]) / 2e-4 / atoms.get_volume()
                assert abs(found - stress[i, j]) < 1e-5, (i, j, found, stress[i, j])
    print("  the stress is the derivative of the energy by strain")


def ase_as_driver(atoms, name):
    """ASE computes EMT for the server of this name, until it says EXIT, on a thread."""
    wait_for(Path(f"/tmp/ipi_{name}").exists, "the socket")
    failures = []

    def run():
        try:
            client = SocketClient(unixsocket=name, timeout=TIMEOUT)
            driven = Atoms(atoms)
            driven.calc = EMT()
            client.run(driven, use_stress=True)
        except Exception as error:  # shown by the main thread
            failures.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread, failures


def is_driven_by_ase(folder):
    """ASE is the driver of energies, a relaxation and dynamics of mlipview."""
    atoms = triclinic()
    path = folder / "driven.xyz"
    write(path, atoms, format="extxyz")
    reference = Atoms(atoms)
    reference.calc = EMT()

    name = socket_name("energy")
    with mlipview("energy", path, "--potential", f"ipi:listen=unix:{name}", "--json") as process:
        thread, failures = ase_as_driver(atoms, name)
    found = json.loads(process.out)
    thread.join(TIMEOUT)
    assert not failures, failures
    assert found["potential"] == f"i-PI driver at unix:{name}"
    assert abs(found["energy"] - reference.get_potential_energy()) < TOLERANCE
    assert np.abs(found["forces"] - reference.get_forces()).max() < TOLERANCE
    assert np.abs(found["stress"] - reference.get_stress(voigt=False)).max() < TOLERANCE

    name = socket_name("relax")
    words = ["relax", path, "--potential", f"ipi:listen=unix:{name}", "--fmax", "0.01", "-o", folder / "relaxed.xyz"]
    with mlipview(*words):
        ase_as_driver(atoms, name)
    BFGS(reference, logfile=None).run(fmax=0.01)
    relaxed = read(folder / "relaxed.xyz", -1)
    assert abs(relaxed.get_potential_energy() - reference.get_potential_energy()) < 1e-3

    name = socket_name("md")
    words = ["md", path, "--potential", f"ipi:listen=unix:{name}", "--thermostat", "none", "--steps", "50", "--timestep", "2"]
    words += ["--temperature", "0", "--every", "1", "-o", folder / "md.xyz"]
    with mlipview(*words):
        ase_as_driver(atoms, name)
    moving = Atoms(atoms)
    moving.calc = EMT()
    VelocityVerlet(moving, 2 * units.fs).run(50)
    last = read(folder / "md.xyz", -1)
    assert np.abs(last.positions - moving.positions).max() < 1e-4, np.abs(last.positions - moving.positions).max()
    assert not Path(f"/tmp/ipi_{name}").exists(), "the socket file is removed"
    print("  energy, relaxation and 50 steps of dynamics as ASE's own with EMT")


INPUT = """<simulation verbosity='quiet'>
  <output prefix='run'>
    <properties stride='1' filename='out'>[step, conserved{{electronvolt}}, potential{{electronvolt}}]</properties>
  </output>
  <total_steps>100</total_steps>
  <prng><seed>7</seed></prng>
  <ffsocket name='driver' mode='unix' pbc='false'><address>{name}</address><latency>0.0005</latency></ffsocket>
  <system>
    <initialize nbeads='1'>
      <file mode='xyz'>init.xyz</file>
      <velocities mode='thermal' units='kelvin'>300</velocities>
    </initialize>
    <forces><force forcefield='driver'/></forces>
    <ensemble><temperature units='kelvin'>300</temperature></ensemble>
    <motion mode='dynamics'><dynamics mode='nve'><timestep units='femtosecond'>0.5</timestep></dynamics></motion>
  </system>
</simulation>
"""


def drives_ipi(folder):
    """i-PI moves caffeine at constant energy by the forces of `mlipview drive`."""
    atoms, name = caffeine(folder), socket_name("ipi")
    lines = [str(len(atoms)), "# CELL(abcABC): 40 40 40 90 90 90 cell{angstrom} positions{angstrom}"]
    rows = zip(atoms.get_chemical_symbols(), atoms.positions)
    lines += [f"{symbol} {x:.10f} {y:.10f} {z:.10f}" for symbol, (x, y, z) in rows]
    (folder / "init.xyz").write_text("\n".join(lines) + "\n")
    (folder / "input.xml").write_text(INPUT.format(name=name))
    tool = Path(sys.executable).parent / "i-pi"
    ipi = subprocess.Popen([str(tool), "input.xml"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        wait_for(lambda: ipi.poll() is not None or Path(f"/tmp/ipi_{name}").exists(), "i-PI's socket")
        assert ipi.poll() is None, ipi.communicate()[0]
        with mlipview("drive", folder / "caffeine.xyz", "--to", f"unix:{name}", "--potential", "nano") as driver:
            out, _ = ipi.communicate(timeout=TIMEOUT)
        assert ipi.returncode == 0, out
    finally:
        ipi.kill()
    assert "structures for unix:" in driver.err, driver.err
    rows = np.loadtxt(folder / "run.out")
    drift = np.abs(rows[:, 1] - rows[0, 1]).max()
    spread = np.ptp(rows[:, 2])
    assert len(rows) == 101 and spread > 0.05 and drift < 0.05 * spread, (drift, spread)
    print(f"  i-PI: 100 steps, conserved within {drift:.1e} eV, potential energy over {spread:.2f} eV")


def is_driven_by_ipi(folder):
    """i-PI's own driver in Python computes springs to the origin for `mlipview energy`."""
    atoms, name = caffeine(folder), socket_name("driver")
    write(folder / "springs.xyz", atoms, format="extxyz")
    tool = Path(sys.executable).parent / "i-pi-py_driver"
    with mlipview("energy", folder / "springs.xyz", "--potential", f"ipi:listen=unix:{name}", "--json") as process:
        wait_for(Path(f"/tmp/ipi_{name}").exists, "the socket")
        driver = subprocess.Popen([str(tool), "-u", "-a", name, "-m", "harmonic", "-o", "0.1"], cwd=folder)
    driver.wait(TIMEOUT)
    found = json.loads(process.out)
    stiffness = 0.1 * units.Ha / units.Bohr**2
    assert abs(found["energy"] - 0.5 * stiffness * (atoms.positions**2).sum()) < 1e-5 * found["energy"]
    assert np.abs(np.array(found["forces"]) + stiffness * atoms.positions).max() < 1e-5 * np.abs(found["forces"]).max()
    print("  i-PI's driver: energy and forces of springs")


LAMMPS = """
units real
atom_style atomic
atom_modify map yes
boundary p p p
read_data argon.data
pair_style lj/cut 8.0
pair_coeff 1 1 0.238 3.405
thermo_style custom step pe pxx pyy pzz pyz pxz pxy
{end}
"""


def lammps(folder, end):
    (folder / "in.argon").write_text(LAMMPS.format(end=end))
    command = ["lmp", "-in", "in.argon", "-log", "none"]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def is_driven_by_lammps(folder):
    """LAMMPS computes argon for `mlipview energy` by its fix ipi."""
    atoms, name = shaken(bulk("Ar", "fcc", a=5.3, cubic=True) * (4, 4, 4), 5), socket_name("lammps")
    # A sheared cell in another orientation than that of LAMMPS, which fills one triangle of the virial.
    strain = np.array([[1, 0.05, 0.02], [0, 1.01, -0.03], [0, 0, 0.98]])
    atoms.set_cell(atoms.cell @ strain.T, scale_atoms=True)
    atoms.rotate(40, (1, 2, 3), rotate_cell=True)
    atoms.wrap()
    write(folder / "argon.xyz", atoms, format="extxyz")
    write(folder / "argon.data", atoms, format="lammps-data", masses=True)
    out, _ = lammps(folder, "fix 1 all nve\nrun 0").communicate(timeout=TIMEOUT)
    rows = out.splitlines()
    head = next(index for index, row in enumerate(rows) if row.split()[:2] == ["Step", "PotEng"])
    _, energy, *pressures = (float(word) for word in rows[head + 1].split())
    with mlipview("energy", folder / "argon.xyz", "--potential", f"ipi:listen=unix:{name}", "--json") as process:
        wait_for(Path(f"/tmp/ipi_{name}").exists, "the socket")
        driver = lammps(folder, f"fix 1 all ipi {name} 31415 unix\nrun 1000")
    driver.communicate(timeout=TIMEOUT)
    found = json.loads(process.out)
    # 1 kcal/mol and 1 atm, eV and eV/Å³.
    energy, pressures = energy * 0.0433641153, np.array(pressures) * 101325e-30 / 1.602176634e-19
    assert abs(found["energy"] - energy) < 1e-5 * abs(energy), (found["energy"], energy)
    expected = -Prism(atoms.cell, atoms.pbc).tensor2_to_ase(voigt_6_to_full_3x3_stress(pressures))
    assert np.abs(found["stress"] - expected).max() < 1e-3 * np.abs(expected).max(), (found["stress"], expected)
    print("  LAMMPS: energy and stress as in its own output")


if __name__ == "__main__":
    for test in (drives_ase, gradient_of_ase, is_driven_by_ase, drives_ipi, is_driven_by_ipi, is_driven_by_lammps):
        print(test.__doc__.splitlines()[0])
        with tempfile.TemporaryDirectory() as folder:
            test(Path(folder))
    print("All passed.")
