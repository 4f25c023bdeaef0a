"""Structures to and from ase.Atoms, files, the library and SMILES."""

import mlipview
import numpy as np
import pytest
from ase import Atoms, units
from ase import io as ase_io
from ase.build import bulk, molecule
from ase.constraints import FixAtoms


def assert_same(one, other, tolerance=0.0):
    assert one.get_chemical_symbols() == other.get_chemical_symbols()
    np.testing.assert_allclose(one.positions, other.positions, atol=tolerance)
    np.testing.assert_allclose(one.cell.array, other.cell.array, atol=tolerance)
    assert one.pbc.tolist() == other.pbc.tolist()


def test_atoms_return_from_the_core_unchanged():
    atoms = bulk("NaCl", "rocksalt", a=5.64, cubic=True)
    atoms.pbc = [True, True, False]
    atoms.rattle(0.1)
    atoms.set_masses(atoms.get_masses() + 1)
    atoms.set_velocities(np.random.default_rng(0).normal(size=(8, 3)))
    atoms.set_constraint(FixAtoms([1, 5]))
    atoms.info["charge"] = 1
    atoms.info["spin"] = 2
    back = mlipview.to_atoms(mlipview.from_atoms(atoms))
    assert_same(back, atoms)
    np.testing.assert_allclose(back.get_masses(), atoms.get_masses())
    np.testing.assert_allclose(back.get_velocities(), atoms.get_velocities(), rtol=1e-12)
    assert back.constraints[0].index.tolist() == [1, 5]
    assert (back.info["charge"], back.info["spin"]) == (1, 2)


def test_velocities_of_the_core_are_in_angstrom_per_femtosecond():
    atoms = Atoms("Ar", velocities=[(1, 0, 0)])
    assert mlipview.from_atoms(atoms).velocities[0, 0] == pytest.approx(units.fs)


def test_a_slab_keeps_its_missing_vector():
    atoms = Atoms("Cu", cell=[3, 3, 0], pbc=[True, True, False])
    back = mlipview.to_atoms(mlipview.from_atoms(atoms))
    assert back.pbc.tolist() == [True, True, False] and back.cell[0, 0] == 3


@pytest.mark.parametrize("name", ["m.xyz", "m.extxyz.gz", "m.pdb", "m.mol", "m.sdf", "m.mol2", "m.gro", "m.cif"])
def test_a_format_returns_what_was_written(tmp_path, name):
    atoms = molecule("CH3CH2OH", vacuum=4.0, pbc=name.endswith(("gro", "cif")))
    if not atoms.pbc.any():
        atoms.cell[:] = 0
    mlipview.write(tmp_path / name, atoms)
    read = mlipview.read(tmp_path / name)
    assert_same(read, atoms, 0.011 if name.endswith("gro") else 0.0011)


def test_extended_xyz_agrees_with_ase_both_ways(tmp_path):
    atoms = bulk("Cu", cubic=True)
    atoms.rattle(0.05)
    atoms.info.update(name="copper", number=3, vector=np.array([1.0, 2.0]))
    atoms.set_array("tag_of_mine", np.arange(4))
    atoms.calc = mlipview.Calculator("emt")
    forces, stress = atoms.get_forces(), atoms.get_stress()
    ours, theirs = tmp_path / "ours.xyz", tmp_path / "theirs.xyz"
    mlipview.write(ours, atoms)
    ase_io.write(theirs, atoms, format="extxyz")
    for path, read in [(ours, ase_io.read), (theirs, mlipview.read), (ours, mlipview.read)]:
        found = read(path)
        assert_same(found, atoms, 1e-7)
        assert found.get_potential_energy() == pytest.approx(atoms.get_potential_energy(), abs=1e-7)
        np.testing.assert_allclose(found.get_forces(), forces, atol=1e-7)
        np.testing.assert_allclose(found.get_stress(), stress, atol=1e-7)
        assert found.info["name"] == "copper" and found.info["number"] == 3
        assert found.arrays["tag_of_mine"].ravel().tolist() == [0, 1, 2, 3]


def test_frames_are_selected_as_in_ase(tmp_path):
    path = tmp_path / "run.xyz"
    mlipview.write(path, [Atoms("Ar", positions=[(number, 0, 0)]) for number in range(5)])
    assert mlipview.read(path).positions[0, 0] == 4
    assert mlipview.read(path, 1).positions[0, 0] == 1
    assert [atoms.positions[0, 0] for atoms in mlipview.read(path, ":")] == [0, 1, 2, 3, 4]
    assert [atoms.positions[0, 0] for atoms in mlipview.read(path, slice(1, None, 2))] == [1, 3]
    assert [atoms.positions[0, 0] for atoms in mlipview.read(f"{path}@-2:")] == [3, 4]


def test_residues_of_a_pdb_file_are_kept(tmp_path):
    helix = molecule("C2H6")
    helix.set_array("residuenames", np.array(["ALA"] * 4 + ["GLY"] * 4))
    helix.set_array("residuenumbers", np.array([1] * 4 + [2] * 4))
    mlipview.write(tmp_path / "helix.pdb", helix)
    read = mlipview.read(tmp_path / "helix.pdb")
    for name in ("residuenames", "residuenumbers"):
        assert read.arrays[name].tolist() == helix.arrays[name].tolist()


def test_errors_of_files_name_the_file(tmp_path):
    with pytest.raises(FileNotFoundError, match="nowhere.xyz"):
        mlipview.read(tmp_path / "nowhere.xyz")
    broken = tmp_path / "broken.xyz"
    broken.write_text("2\n\nH 0 0 0\nH 0 0 x\n")
    with pytest.raises(ValueError, match="broken.xyz"):
        mlipview.read(broken)
    with pytest.raises(ValueError, match="nonsense"):
        mlipview.write(tmp_path / "a.nonsense", Atoms("H"))


def test_notes_of_a_reader_are_warnings(tmp_path):
    path = tmp_path / "argon.xyz"
    path.write_text("1\npbc=\"T T T\"\nAr 0 0 0\n")
    with pytest.warns(mlipview.ReaderWarning, match="pbc"):
        mlipview.read(path)


def test_every_structure_of_the_library_is_read():
    assert {"caffeine", "water"} <= set(mlipview.library())
    for key in mlipview.library():
        assert len(mlipview.library(key)) > 0
    with pytest.raises(KeyError, match="caffein"):
        mlipview.library("caffein")


def test_smiles_have_hydrogens_and_charge():
    assert mlipview.smiles("CC(=O)[O-]").info["charge"] == -1
    assert mlipview.smiles("CCO").get_chemical_formula() == "C2H6O"
    assert (mlipview.smiles("CCO", seed=1).positions != mlipview.smiles("CCO").positions).any()
    with pytest.raises(ValueError, match="C1CC"):
        mlipview.smiles("C1CC")


def test_a_charge_that_is_no_whole_number_is_refused():
    atoms = molecule("H2O")
    atoms.info["charge"] = 0.5
    with pytest.raises(ValueError, match="charge.*0.5"):
        mlipview.from_atoms(atoms)
