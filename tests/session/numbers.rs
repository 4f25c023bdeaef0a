//! The protocol's numbers for checks: Lennard-Jones with ε = 1 eV and σ = 1 Å, cut and shifted at 3σ.
//!
//! The energy and the forces are those that the protocol lists; the relaxation's were made with ASE
//! 3.29 (`ase.optimize.BFGS`, maxstep 0.2, `ase.calculators.lj.LennardJones` with its defaults), from
//! the same structure.

use super::client::*;
use super::talk::Talk;

#[test]
fn water_under_lennard_jones_has_the_energy_and_forces_that_are_listed() {
    let mut talk = Talk::new();
    let bytes = talk.speaker.interact(whole(&WATER), 1);
    let heard = talk.ask(&bytes);
    let frame = frames(&heard)[0];
    assert!((frame.energy.unwrap() - 2.802_522_726).abs() < 1e-8);
    let listed = [
        [51.024_657_952, 0.671_220_570_3, 0.0],
        [-12.134_364_423, 49.565_345_315, 0.0],
        [-38.890_293_529, -50.236_565_886, 0.0],
    ];
    for (found, listed) in frame.forces.iter().zip(listed.as_flattened()) {
        assert!((found - listed).abs() < 1e-5, "{found} {listed}");
    }
}

#[test]
fn twenty_steps_of_relaxation_end_where_ase_ends() {
    let mut talk = Talk::new();
    let bytes = talk.speaker.interact(whole(&WATER), 1);
    talk.ask(&bytes);
    let bytes = talk.speaker.say(relaxation(0.0));
    let mut heard = talk.ask(&bytes);
    while frames(&heard).len() < 20 {
        let ack = talk.speaker.acknowledge(heard.last().unwrap().seq);
        heard.extend(talk.ask(&ack));
    }
    let energy = frames(&heard)[19].energy.unwrap();
    assert!((energy + 2.608_070_015).abs() < 1e-8, "{energy}");
}
