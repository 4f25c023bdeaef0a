"""The thread that lets an ASE calculator drive the window, against ASE's own server of the i-PI protocol."""

import sys
import time

import numpy as np
import pytest
from ase.build import bulk
from ase.calculators.emt import EMT
from ase.calculators.socketio import SocketIOCalculator
from ase.constraints import FixAtoms
from mlipview.view.driver import Driver

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="UNIX sockets")


def copper():
    atoms = bulk("Cu", cubic=True)
    atoms.rattle(0.05, seed=1)
    return atoms


def name_of(driver):
    return driver.request.removeprefix("ipi:listen=unix:")


def test_a_driver_answers_with_the_numbers_of_its_calculator_and_comes_back():
    atoms, expected = copper(), copper()
    expected.calc = EMT()
    driver = Driver(atoms, EMT())
    for _ in range(2):
        with SocketIOCalculator(unixsocket=name_of(driver), timeout=20) as server:
            atoms.calc = server
            assert atoms.get_potential_energy() == pytest.approx(expected.get_potential_energy(), abs=1e-9)
            np.testing.assert_allclose(atoms.get_forces(), expected.get_forces(), atol=1e-9)
            np.testing.assert_allclose(atoms.get_stress(), expected.get_stress(), atol=1e-9)
        atoms.rattle(0.02, seed=2)
        expected.rattle(0.02, seed=2)
    driver.close()


def test_the_exception_of_a_calculator_is_kept():
    class Broken(EMT):
        def calculate(self, *_, **__):
            raise ZeroDivisionError("broken")

    driver = Driver(copper(), Broken())
    atoms = copper()
    with pytest.raises(Exception), SocketIOCalculator(unixsocket=name_of(driver), timeout=20) as server:
        atoms.calc = server
        atoms.get_potential_energy()
    end = time.monotonic() + 10
    while driver.error is None and time.monotonic() < end:
        time.sleep(0.01)
    assert isinstance(driver.error, ZeroDivisionError)
    driver.close()


def test_a_calculator_sees_the_magnetic_moments_charges_and_tags_of_its_atoms():
    seen = []

    class Witness(EMT):
        def calculate(self, atoms=None, *arguments, **named):
            seen.append(atoms.copy())
            super().calculate(atoms, *arguments, **named)

    atoms = copper()
    atoms.set_initial_magnetic_moments([1, -1, 1, -1])
    atoms.set_initial_charges([0.5, 0, 0, -0.5])
    atoms.set_tags([1, 2, 3, 4])
    atoms.set_masses([60, 61, 62, 63])
    atoms.set_constraint(FixAtoms([0]))
    driver = Driver(atoms, Witness())
    window = copper()
    with SocketIOCalculator(unixsocket=name_of(driver), timeout=20) as server:
        window.calc = server
        forces = window.get_forces()
    driver.close()
    assert seen[-1].get_initial_magnetic_moments().tolist() == [1, -1, 1, -1]
    assert seen[-1].get_initial_charges().tolist() == [0.5, 0, 0, -0.5]
    assert seen[-1].get_tags().tolist() == [1, 2, 3, 4] and seen[-1].get_masses()[0] == 60
    assert forces[0].any()
