"""The thread that lets an ASE calculator drive the window, against ASE's own server of the i-PI protocol."""

import sys
import time

import numpy as np
import pytest
from ase.build import bulk
from ase.calculators.emt import EMT
from ase.calculators.socketio import SocketIOCalculator
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
