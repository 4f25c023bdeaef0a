"""The handle of a window, with the server of the program; needs MLIPVIEW_BINARY."""

import itertools
import os
import shutil
import subprocess

import mlipview
import numpy as np
import pytest
from ase.build import bulk, molecule
from ase.calculators.emt import EMT
from ase.constraints import FixAtoms
from conftest import has_ipi, help_of
from mlipview.view.session import Launch


def opened(program, atoms, potential="nano"):
    return mlipview.view(atoms, potential, display="none", program=program, arguments=("--speed", "max"))


def test_a_view_has_the_atoms_and_their_forces(program):
    atoms = molecule("C2H6")
    atoms.set_constraint(FixAtoms([2]))
    atoms.calc = mlipview.Calculator("nano")
    with mlipview.view(atoms, display="none", program=program) as view:
        shown = view.atoms
        assert shown.get_chemical_symbols() == atoms.get_chemical_symbols()
        np.testing.assert_allclose(shown.positions, atoms.positions, atol=1e-7)
        assert shown.constraints[0].index.tolist() == [2]
        assert view.frame.energy == pytest.approx(atoms.get_potential_energy(), abs=1e-4)
        np.testing.assert_allclose(view.frame.forces, atoms.get_forces(apply_constraint=False), atol=1e-3)
        assert "nano" in repr(view) and "<iframe" in view._repr_html_()


def test_a_crystal_and_an_ion_keep_cell_and_charge(program):
    with opened(program, bulk("Cu", cubic=True), "emt") as view:
        np.testing.assert_allclose(view.atoms.cell.array, bulk("Cu", cubic=True).cell.array)
        assert view.atoms.pbc.all()
    ion = molecule("H2O")
    ion.info.update(charge=1, spin=2)
    with opened(program, ion) as view:
        assert (view.atoms.info["charge"], view.atoms.info["spin"]) == (1, 2)


def test_positions_are_set_and_seen_in_the_next_frame(program):
    with opened(program, molecule("H2O")) as view:
        energy = view.frame.energy
        positions = view.positions
        positions[0, 2] += 0.2
        view.positions = positions
        np.testing.assert_allclose(view.positions, positions, atol=1e-12)
        assert view.frame.energy != energy
        view.set_positions([[0, 0, 0]], indices=[1])
        assert not view.positions[1].any()
        with pytest.raises(ValueError):
            view.set_positions([[0, 0, 0]], indices=[3])
        view.undo()
        np.testing.assert_allclose(view.positions, positions, atol=1e-12)


def test_a_relaxation_ends_where_that_of_this_package_does(program):
    atoms = molecule("CH3CH2OH")
    atoms.rattle(0.05, seed=1)
    here = atoms.copy()
    mlipview.relax(here, "nano", fmax=0.01)
    with opened(program, atoms) as view:
        view.relax(fmax=0.01)
        frame = view.wait(60)
        assert np.linalg.norm(frame.forces, axis=1).max() < 0.01
        assert frame.energy == pytest.approx(energy(here), abs=1e-3)


def energy(atoms):
    atoms.calc = mlipview.Calculator("nano")
    return atoms.get_potential_energy()


def test_dynamics_run_for_their_steps_or_until_stopped(program):
    with opened(program, molecule("CH3CH2OH")) as view:
        view.md(steps=25)
        assert view.wait(60).step == 25
        view.md(temperature=400)
        numbers = [frame.step for frame in itertools.islice(view.frames(), 5)]
        assert numbers == sorted(set(numbers))
        view.stop()
        stopped = view.frame.step
        assert view.frame.activity == "idle" and view.frame.step == stopped


def test_a_pulled_atom_is_at_the_hand_until_it_is_released(program):
    with opened(program, molecule("CH3CH2OH")) as view:
        target = view.positions[0] + [0.4, 0, 0]
        hand = view.pull(0, target)
        np.testing.assert_allclose(view.positions[0], target, atol=1e-9)
        (held,) = view.frame.held
        assert held.atoms == (0,) and held.holds
        view.release(hand)
        assert not view.frame.held


def test_a_structure_is_replaced_and_undo_restores_it(program):
    with opened(program, molecule("CH3CH2OH")) as view:
        view.set_atoms(molecule("H2O"))
        assert view.atoms.get_chemical_formula() == "H2O"
        view.undo()
        assert view.atoms.get_chemical_formula() == "C2H6O"
        view.redo()
        assert len(view.positions) == 3


def test_another_potential_opens_the_same_atoms(program):
    with opened(program, bulk("Cu", cubic=True), "emt") as view:
        moved = view.positions
        moved[0, 0] += 0.1
        view.positions = moved
        view.potential = "eam"
        np.testing.assert_allclose(view.positions, moved, atol=1e-7)
        assert "EAM" in view.frame.potential.upper()


def test_a_refused_command_is_an_exception_with_the_reason(program):
    with opened(program, molecule("H2O")) as view:
        with pytest.raises(RuntimeError, match="adam"):
            view.relax(optimizer="adam")


def test_a_run_that_fails_is_an_exception_with_the_reason(program):
    with opened(program, molecule("C2H6")) as view:
        view.md(temperature=3000.0, timestep=20.0)
        with pytest.raises(RuntimeError, match="COMPUTE_ERROR"):
            view.wait(60)
        view.relax()
        view.wait(60)


def test_a_closed_view_ends_its_frames_and_refuses_commands(program):
    view = opened(program, molecule("H2O"))
    view.close()
    assert not view.is_open
    assert len(list(view.frames(timeout=1))) <= 1
    with pytest.raises(ConnectionError):
        view.stop()


def test_a_program_that_ends_at_once_says_why(program):
    with pytest.raises(RuntimeError, match="no-such-option"):
        mlipview.view(molecule("H2O"), "nano", display="none", program=program, arguments=("--no-such-option",))
    with pytest.raises(FileNotFoundError, match="no-such-program"):
        opened("no-such-program", molecule("H2O"))
    with pytest.raises(ValueError, match="display"):
        mlipview.view(molecule("H2O"), display="hologram", program=program)


def test_a_structure_that_a_potential_cannot_treat_is_shown_with_the_reason(program):
    with pytest.warns(mlipview.CautionWarning, match="no option"):
        opened(program, molecule("H2O"), "lj:nona=3").close()


@pytest.fixture
def display(program, monkeypatch, tmp_path):
    """A virtual display, on which the program keeps its settings to itself."""
    if "--screenshot" not in help_of(program):
        pytest.skip(f"{program} was built without the window")
    if shutil.which("Xvfb") is None:
        pytest.skip("Xvfb is not installed")
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1280x800x24"]
    server = subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL)
    os.close(writer)
    with os.fdopen(reader) as number:
        monkeypatch.setenv("DISPLAY", f":{number.readline().strip()}")
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    yield
    server.terminate()
    server.wait()


def test_the_window_shows_the_atoms_and_obeys(program, display):
    atoms = molecule("CH3CH2OH")
    with mlipview.view(atoms, "nano", display="window", program=program) as view:
        np.testing.assert_allclose(view.positions, atoms.positions, atol=1e-7)
        view.relax(fmax=0.01)
        assert np.linalg.norm(view.wait(60).forces, axis=1).max() < 0.01
        view.set_positions([[0, 0, 0]], indices=[0])
        assert not view.positions[0].any()
    assert not view.is_open


def test_a_program_that_no_calculator_can_drive_says_so(program):
    if has_ipi(program):
        pytest.skip(f"{program} has the potential ipi")
    with pytest.raises(RuntimeError, match="ipi"):
        opened(program, bulk("Cu"), EMT())


def test_any_ase_calculator_drives_the_window(program_with_ipi):
    atoms = bulk("Cu", cubic=True)
    atoms.rattle(0.1, seed=1)
    with opened(program_with_ipi, atoms, "emt") as view:
        view.potential = EMT()
        view.relax(fmax=0.01)
        frame = view.wait(60)
        assert np.linalg.norm(frame.forces, axis=1).max() < 0.01
        assert "ipi" in frame.potential.lower() or "i-pi" in frame.potential.lower()


def test_the_options_of_a_calculator_reach_the_program():
    launch = Launch(False, None, ("--speed", "max"))
    ion = molecule("H2O")
    ion.info.update(charge=1, spin=2)
    calculator = mlipview.Calculator("uma", model="a.pt", task="omol", device="cpu", charge=-1, multiplicity=1)
    rest = ["--listen", "127.0.0.1:0", "--speed", "max"]
    options = ["--model=a.pt", "--task=omol", "--device=cpu", "--charge=-1", "--multiplicity=1"]
    assert launch.command("a.xyz", "127.0.0.1:0", ion, calculator) == [
        "serve", "a.xyz", "--potential", "uma", *options, *rest
    ]
    options = ["--potential", "nano", "--charge=1", "--multiplicity=2", *rest]
    assert launch.command("a.xyz", "127.0.0.1:0", ion, "nano") == ["serve", "a.xyz", *options]
    assert launch.command("a.xyz", "127.0.0.1:0", ion, mlipview.Calculator("nano")) == ["serve", "a.xyz", *options]


def test_the_charge_of_a_calculator_wins_over_that_of_the_atoms(program):
    ion = molecule("CH3COOH")
    del ion[-1]
    ion.info["charge"] = 1
    with opened(program, ion, mlipview.Calculator("nano", charge=-1)) as view:
        assert view.atoms.info["charge"] == -1
