"""IMD with other programs: MDAnalysis' imdclient reads our server; LAMMPS and GROMACS are attached to.

    python tests/python/imd_partners.py target/debug/mlipview

LAMMPS (lmp) and GROMACS (gmx) are those of Debian. VMD and NAMD are not packaged there, so they are not run.
"""

import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import MDAnalysis
import numpy as np
from imdclient.IMDClient import IMDClient

from client_sessions import DRIVER, Client, Server

# 1 eV, kJ/mol.
EV = 96.48533212
# ASE's unit of time, fs.
ASE_TIME = 10.180505710759414
TIMEOUT = 60


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Watcher(Client):
    """A driver in the main room who receives forces and velocities too."""

    def __init__(self, server):
        super().__init__(server, f"?room=main&token={DRIVER}")

    def frame_where(self, is_met):
        while True:
            frame = self.receive_frame()
            self.acknowledge()
            if is_met(frame):
                return frame

    def final_frame(self):
        """The frame after the run was stopped."""
        return self.frame_where(lambda frame: frame.activity == 0 and frame.step > 0)


class Lines:
    """The lines that a program writes, as they come."""

    def __init__(self, stream):
        self.lines, self.changed = [], threading.Condition()
        threading.Thread(target=self.read, args=(stream,), daemon=True).start()

    def read(self, stream):
        for line in stream:
            with self.changed:
                self.lines.append(line.rstrip())
                self.changed.notify_all()

    def wait_for(self, words):
        def found():
            return next((line for line in self.lines if words in line), None)

        with self.changed:
            line = self.changed.wait_for(found, TIMEOUT)
        assert line, f"no {words!r} in {self.lines}"
        return line


def vectors(values):
    return np.array(values).reshape(-1, 3)


def mdanalysis_client_reads_our_server(binary):
    port = free_port()
    arguments = ["serve", "library:copper", "--potential", "emt", "--imd", str(port), "--speed", "0.05"]
    with Server(binary, arguments) as server, Watcher(server) as watcher:
        watcher.send(attach={"velocities": True, "forces": True})
        atoms = len(watcher.receive_frame().positions) // 3
        client = IMDClient("127.0.0.1", port, atoms, timeout=TIMEOUT)
        info = client.get_imdsessioninfo()
        assert info.version == 3 and info.time and info.energies and info.box
        assert info.velocities and info.forces and not info.wrapped_coords
        watcher.send(start={"simulation_params": {"temperature": 300, "timestep_fs": 2, "friction": 0.01}})
        first = client.get_imdframe()
        assert first.step >= 0
        frames = 0
        while frames < 20:
            frame = client.get_imdframe()
            frames += 1
            assert abs(frame.dt - 0.002) < 1e-12, frame.dt
            assert abs(frame.time - 0.002 * frame.step) < 1e-9, (frame.time, frame.step)
        watcher.send(stop={})
        last = watcher.final_frame()
        while frame.step < last.step:
            frame = client.get_imdframe()
        assert frame.step == last.step
        assert np.abs(frame.positions - vectors(last.positions)).max() < 1e-4
        # Å/ps beside Å per ASE's unit of time.
        velocities = vectors(last.velocities) * 1000 / ASE_TIME
        assert np.abs(frame.velocities - velocities).max() < 1e-3
        assert np.abs(frame.forces - vectors(last.forces) * EV).max() < 1e-2
        assert np.abs(np.array(frame.box) - vectors(last.cell.m)).max() < 1e-4, frame.box
        assert abs(frame.energies["potential_energy"] - last.energy * EV) < 1e-3 * abs(last.energy * EV) + 1e-2
        # Of copper atoms, in ASE's units; 96.485 kJ/mol is 1 eV.
        kinetic = 0.5 * 63.546 * (vectors(last.velocities) ** 2).sum() * EV
        found = frame.energies["total_energy"] - frame.energies["potential_energy"]
        assert abs(found - kinetic) < 1e-2 * kinetic, (found, kinetic)
        assert abs(frame.energies["temperature"] - kinetic / EV / (1.5 * atoms * 8.617333e-5)) < 30
        client.stop()


def mdanalysis_universe_iterates_over_our_simulation(binary):
    port = free_port()
    arguments = ["serve", "library:copper", "--potential", "emt", "--imd", str(port), "--speed", "0.05"]
    with tempfile.TemporaryDirectory() as folder, Server(binary, arguments) as server:
        with Watcher(server) as watcher:
            topology = f"{folder}/copper.pdb"
            subprocess.run([binary, "convert", "library:copper", topology], check=True, capture_output=True)
            watcher.send(start={"simulation_params": {"temperature": 300, "timestep_fs": 2}})
            watcher.frame_where(lambda frame: frame.step > 0)
            universe = MDAnalysis.Universe(topology, f"imd://127.0.0.1:{port}")
            times = []
            for step in universe.trajectory:
                times.append(step.time)
                assert step.has_velocities and np.abs(universe.atoms.velocities).max() > 0
                if len(times) == 5:
                    break
            universe.trajectory.close()
            assert all(later > earlier for earlier, later in zip(times, times[1:])), times


def one_of_ours_is_attached_to_another(binary):
    port = free_port()
    arguments = ["serve", "library:argon-crystal", "--potential", "lj", "--imd", str(port), "--speed", "0.1"]
    with tempfile.TemporaryDirectory() as folder, Server(binary, arguments) as first:
        topology = f"{folder}/argon.xyz"
        subprocess.run([binary, "convert", "library:argon-crystal", topology], check=True, capture_output=True)
        with Watcher(first) as watcher, attach(binary, port, topology, "--program", "mlipview") as second:
            second.lines.wait_for("IMD version 3")
            watcher.send(start={"simulation_params": {"temperature": 20, "timestep_fs": 2, "friction": 0.01}})
            with Watcher(second) as follower:
                follower.send(attach={"velocities": True, "forces": True})
                frame = follower.frame_where(lambda frame: frame.step > 10)
                assert frame.model == "mlipview" and frame.HasField("temperature") and frame.forces
                before = vectors(frame.positions)[0]
                follower.send(grab={"hand": 0, "atoms": [0], "hold": True})
                follower.send(move={"hand": 0, "x": before[0], "y": before[1] + 6, "z": before[2]})
                watcher.frame_where(lambda frame: frame.positions[1] > before[1] + 2)
                follower.send(release={"hand": 0})
                watcher.frame_where(lambda frame: not frame.grasps)
                # Stop pauses the other one.
                follower.send(stop={})
                last = watcher.final_frame()
                shown = follower.frame_where(lambda frame: frame.step == last.step)
                assert np.abs(vectors(shown.positions) - vectors(last.positions)).max() < 1e-4
                assert abs(shown.energy - last.energy) < 1e-5 * abs(last.energy)
                assert abs(shown.time_fs - last.time_fs) < 1e-6 * last.time_fs
                assert np.abs(vectors(shown.velocities) - vectors(last.velocities)).max() < 1e-5
                assert np.abs(vectors(shown.forces) - vectors(last.forces)).max() < 1e-4


# Argon at 20 K: each of 256 atoms, in the order of its topology.
LAMMPS = """
units real
atom_style atomic
boundary p p p
read_data argon.data
pair_style lj/cut 8.0
pair_coeff 1 1 0.238 3.405
velocity all create 20.0 4711
fix 1 all nve
fix 2 all langevin 20.0 20.0 200.0 4712
fix 3 all imd {port} unwrap on nowait on trate 5
timestep 2.0
thermo 100000
run 100000000
"""


def write_argon(folder):
    """A crystal as data of LAMMPS and as extended XYZ, with the same order of atoms."""
    side = 5.3
    corners = np.array([[0, 0, 0], [0, 0.5, 0.5], [0.5, 0, 0.5], [0.5, 0.5, 0]])
    cells = np.array([[x, y, z] for x in range(4) for y in range(4) for z in range(4)])
    positions = ((cells[:, None, :] + corners) * side).reshape(-1, 3)
    edge = 4 * side
    head = f"argon\n\n{len(positions)} atoms\n1 atom types\n\n"
    head += "".join(f"0.0 {edge} {axis}lo {axis}hi\n" for axis in "xyz")
    head += "\nMasses\n\n1 39.948\n\nAtoms # atomic\n\n"
    atoms = [f"{number} 1 {x} {y} {z}\n" for number, (x, y, z) in enumerate(positions, 1)]
    (folder / "argon.data").write_text(head + "".join(atoms))
    lattice = f'Lattice="{edge} 0 0 0 {edge} 0 0 0 {edge}" Properties=species:S:1:pos:R:3\n'
    lines = [f"Ar {x} {y} {z}\n" for x, y, z in positions]
    (folder / "argon.xyz").write_text(f"{len(positions)}\n{lattice}" + "".join(lines))
    return positions


def attach(binary, port, topology, *more):
    arguments = ["attach", f"imd://127.0.0.1:{port}", "--topology", str(topology), "--headless", *more]
    server = Server(binary, arguments, stderr=subprocess.PIPE)
    server.lines = Lines(server.process.stderr)
    return server


def lammps_moves_under_a_pull_through_the_room(binary):
    with tempfile.TemporaryDirectory() as folder:
        folder, port = Path(folder), free_port()
        lattice = write_argon(folder)
        (folder / "in.argon").write_text(LAMMPS.format(port=port))
        command = ["lmp", "-in", "in.argon", "-log", "none"]
        lammps = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        output = Lines(lammps.stdout)
        try:
            topology, program = folder / "argon.xyz", ["--program", "lammps"]
            with attach(binary, port, topology, *program) as server:
                server.lines.wait_for("attached to LAMMPS")
                with Watcher(server) as watcher:
                    pull_in_lammps(watcher, lattice)
            with attach(binary, port, topology, *program, "--at-end", "kill") as server:
                server.lines.wait_for("attached to LAMMPS")
                with Watcher(server) as watcher:
                    watcher.frame_where(lambda frame: frame.step > 3)
            # Its output comes whole when it ends.
            output.wait_for("IMD client detached. LAMMPS run continues.")
            output.wait_for("IMD client requested termination")
            lammps.wait(timeout=TIMEOUT)
        finally:
            lammps.kill()


def pull_in_lammps(watcher, lattice):
    frame = watcher.frame_where(lambda frame: frame.step > 3)
    assert frame.model == "LAMMPS" and frame.activity == 1
    # LAMMPS sends neither energies nor temperature in version 2.
    assert not frame.HasField("energy") and not frame.HasField("temperature")
    before = vectors(frame.positions)
    assert 0 < np.abs(before - lattice).max() < 1.5
    moved = watcher.frame_where(lambda frame: True)
    assert moved.positions != frame.positions
    atom, target = 100, before[100] + [0, 0, 8]
    watcher.send(grab={"hand": 0, "atoms": [atom], "hold": True})
    watcher.send(move={"hand": 0, "x": target[0], "y": target[1], "z": target[2]})
    frame = watcher.frame_where(lambda frame: frame.positions[3 * atom + 2] > before[atom][2] + 4)
    way = vectors(frame.positions)[atom] - before[atom]
    assert way[2] > 3 * np.hypot(way[0], way[1]), way
    watcher.send(release={"hand": 0})
    watcher.frame_where(lambda frame: not frame.grasps)
    # Stop pauses LAMMPS, and a start lets it continue.
    watcher.send(stop={})
    paused = watcher.frame_where(lambda frame: frame.activity == 0)
    watcher.send(start={"simulation_params": {"timestep_fs": 1}})
    watcher.frame_where(lambda frame: frame.activity == 1 and frame.step > paused.step + 3)
    # What only LAMMPS could do is refused in words.
    watcher.send(undo={})
    result = watcher.receive_notice("REFUSED: LAMMPS computes the positions")
    assert "detach" in result.notice.message



MDP = """
integrator = md
dt = 0.001
nsteps = {steps}
nstcalcenergy = 10
nstlog = 100
cutoff-scheme = Verlet
coulombtype = reaction-field
rcoulomb = 0.8
rvdw = 0.8
epsilon-rf = 78
tcoupl = v-rescale
tc-grps = System
tau-t = 0.1
ref-t = 300
gen-vel = yes
gen-temp = 300
IMD-group = System
"""


def gmx(folder, *arguments):
    done = subprocess.run(["gmx", "-quiet", *arguments], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]


def water_of_gromacs_is_watched_to_its_end(binary):
    with tempfile.TemporaryDirectory() as folder:
        folder, port = Path(folder), free_port()
        include = '#include "oplsaa.ff/forcefield.itp"\n#include "oplsaa.ff/spc.itp"\n'
        (folder / "water.top").write_text(include + "[ system ]\nwater\n[ molecules ]\n")
        (folder / "md.mdp").write_text(MDP.format(steps=3000))
        gmx(folder, "solvate", "-cs", "spc216", "-box", "1.9", "1.9", "1.9", "-o", "water.gro", "-p", "water.top")
        gmx(folder, "grompp", "-f", "md.mdp", "-c", "water.gro", "-p", "water.top", "-o", "md.tpr", "-maxwarn", "2")
        command = ["gmx", "-quiet", "mdrun", "-s", "md.tpr", "-g", "md.log", "-nt", "1"]
        command += ["-imdport", str(port), "-imdwait", "-imdpull"]
        mdrun = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        output = Lines(mdrun.stderr)
        try:
            output.wait_for("Will wait until I have a connection")
            more = ["--program", "gromacs", "--every", "10", "--wait", "2"]
            with attach(binary, port, folder / "water.gro", *more) as server:
                with Watcher(server) as watcher:
                    watch_gromacs(watcher)
                assert mdrun.wait(timeout=TIMEOUT) == 0
                ended = server.lines.wait_for("its run has ended")
                assert "GROMACS" in ended
                compare_with_log(server.seen, (folder / "md.log").read_text())
        finally:
            mdrun.kill()


def watch_gromacs(watcher):
    energies = {}
    while len(energies) < 20:
        frame = watcher.frame_where(lambda frame: frame.HasField("energy") and frame.temperature > 0)
        energies[frame.step] = (frame.energy, frame.temperature)
        assert frame.model == "GROMACS" and len(frame.positions) == 3 * 639
        # The cell is that of the topology: version 2 sends none.
        assert abs(frame.cell.m[0] - 19.0) < 1e-3, frame.cell
    watcher.server.seen = energies
    oxygen = vectors(frame.positions)[0]
    watcher.send(grab={"hand": 0, "atoms": [0], "hold": True})
    watcher.send(move={"hand": 0, "x": oxygen[0], "y": oxygen[1], "z": oxygen[2] + 3})
    watcher.frame_where(lambda frame: frame.grasps and frame.positions[2] > oxygen[2] + 1)


def compare_with_log(seen, log):
    """Energies (eV) are those of the log (kJ/mol), in columns of 15 letters; the log has no energies of most steps."""
    lines = log.splitlines()
    heads = [(number, line.index("Potential") + 9) for number, line in enumerate(lines) if " Potential " in line]
    logged = [float(lines[number + 1][end - 15 : end]) for number, end in heads]
    mean = np.mean([energy * EV for energy, _ in seen.values()])
    assert min(logged) < -7000, logged
    assert 1.02 * min(logged) < mean < 0.98 * max(logged), (mean, logged)
    assert 200 < np.mean([temperature for _, temperature in seen.values()]) < 400


CHECKS = [
    mdanalysis_client_reads_our_server,
    mdanalysis_universe_iterates_over_our_simulation,
    one_of_ours_is_attached_to_another,
    lammps_moves_under_a_pull_through_the_room,
    water_of_gromacs_is_watched_to_its_end,
]

if __name__ == "__main__":
    for check in CHECKS:
        check(str(Path(sys.argv[1]).resolve()))
        print("ok:", check.__name__.replace("_", " "), flush=True)
