//! The block of energies and temperature.

use mlipview_core::sim::external::ExternalValues;

use crate::byte_order::ByteOrder;
use crate::units::EnergyUnit;

/// Length of the block, bytes.
pub const ENERGY_BYTES: usize = 40;

/// Energies and temperature of a step, in the units of the wire.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct EnergyBlock {
    /// Number of the step.
    pub step: i32,
    /// Temperature, K.
    pub temperature: f32,
    /// Total energy.
    pub total: f32,
    /// Potential energy.
    pub potential: f32,
    /// Van der Waals, Coulomb, bond, angle, dihedral and improper energies; 0 where there are none.
    pub terms: [f32; 6],
}

impl EnergyBlock {
    /// The block of a body.
    pub fn of_bytes(bytes: &[u8; ENERGY_BYTES], order: ByteOrder) -> EnergyBlock {
        let (words, _) = bytes.as_chunks::<4>();
        let real = |index: usize| order.f32(words[index]);
        EnergyBlock {
            step: order.i32(words[0]),
            temperature: real(1),
            total: real(2),
            potential: real(3),
            terms: [real(4), real(5), real(6), real(7), real(8), real(9)],
        }
    }

    /// Its body.
    pub fn bytes(&self, order: ByteOrder) -> [u8; ENERGY_BYTES] {
        let mut bytes = [0; ENERGY_BYTES];
        let head = [self.temperature, self.total, self.potential];
        let reals = head.into_iter().chain(self.terms);
        let words = reals.map(|real| order.of_f32(real));
        let words = std::iter::once(order.of_i32(self.step)).chain(words);
        for (place, word) in bytes.as_chunks_mut::<4>().0.iter_mut().zip(words) {
            *place = word;
        }
        bytes
    }

    /// Energies in eV. At 0 K, as in minimizations, the total energy is not filled in by every program, so that
    /// the kinetic energy is unknown.
    pub fn values(&self, unit: EnergyUnit) -> ExternalValues {
        let [total, potential] =
            [self.total, self.potential].map(|energy| f64::from(energy) * unit.in_ev());
        let moves = self.temperature > 0.0;
        ExternalValues {
            potential_energy: Some(potential),
            kinetic_energy: moves.then_some(total - potential),
            temperature: Some(f64::from(self.temperature)),
        }
    }
}
