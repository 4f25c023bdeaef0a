//! Reference values: Lennard-Jones with ε = 1 eV and σ = 1 Å, cut and shifted at 3σ.
//!
//! Energy and forces are those of the protocol; the relaxation is from ASE 3.29 (`ase.optimize.BFGS`, maxstep 0.2, `ase.calculators.lj.LennardJones` with its defaults), from
//! the same structure.

use super::client::*;
use super::private_client::PrivateClient;

#[test]
fn water_under_lennard_jones_has_the_listed_energy_and_forces() {
    let mut client = PrivateClient::new();
    let bytes = client.builder.interact(whole(&WATER), 1);
    let received = client.exchange(&bytes);
    let frame = frames(&received)[0];
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
fn twenty_steps_of_relaxation_have_the_final_energy_of_ase() {
    let mut client = PrivateClient::new();
    let bytes = client.builder.interact(whole(&WATER), 1);
    client.exchange(&bytes);
    let bytes = client.builder.request(relaxation(0.0));
    let mut received = client.exchange(&bytes);
    while frames(&received).len() < 20 {
        let ack = client.builder.acknowledge(received.last().unwrap().seq);
        received.extend(client.exchange(&ack));
    }
    let energy = frames(&received)[19].energy.unwrap();
    assert!((energy + 2.608_070_015).abs() < 1e-8, "{energy}");
}
