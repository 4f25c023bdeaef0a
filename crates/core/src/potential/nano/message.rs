//! What an atom tells its neighbors after the first layer, and what comes back.

use super::channels::{CHANNELS, Channels, LANES, lanes, lanes_mut};
use super::chunk::Chunk;
use super::moments::{COMPONENTS, Moments, harmonics, opposite};
use super::radial::{Place, Table};
use super::second::Second;
use super::surroundings::Near;

/// A number and a vector for each channel.
///
/// With gₛ, gᵥ the radial functions of the second layer, u from the listener i to the teller j, and
/// e, a the teller's message, the listener's moments are
/// s = Σⱼ gₛ e + gᵥ u·a; v = Σⱼ gₛ e u + gᵥ a; t = Σⱼ gₛ e Y₂(u).
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(align(64))]
pub(super) struct Message {
    /// e.
    pub(super) emit: Channels,
    /// a (x, y, z).
    pub(super) arrow: [Channels; 3],
}

impl Message {
    pub(super) const ZERO: Message = Message {
        emit: [0.0; CHANNELS],
        arrow: [[0.0; CHANNELS]; 3],
    };
}

/// A neighbor as the sums need it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ray {
    pub(super) unit: [f32; 3],
    pub(super) harmonics: [f32; COMPONENTS],
    pub(super) place: Place,
    pub(super) other: usize,
}

/// Neighbors that are worked on together.
pub(super) const BATCH: usize = 16;

/// Prepares a batch of neighbors.
#[inline(always)]
pub(super) fn rays<'a>(batch: &[Near], room: &'a mut [Ray; BATCH]) -> &'a [Ray] {
    for (near, ray) in batch.iter().zip(room.iter_mut()) {
        *ray = Ray {
            unit: near.unit,
            harmonics: harmonics(near.unit),
            place: near.place,
            other: near.other as usize,
        };
    }
    &room[..batch.len().min(BATCH)]
}

/// The moments of what all neighbors tell.
#[inline(always)]
pub(super) fn listen(table: &Table<2>, near: &[Near], messages: &[Message]) -> Moments {
    let mut moments = Moments::ZERO;
    let mut room = [Ray::default(); BATCH];
    for batch in near.chunks(BATCH) {
        let rays = rays(batch, &mut room);
        for part in 0..CHANNELS / LANES {
            let mut sums: [[f32; LANES]; COMPONENTS] =
                std::array::from_fn(|at| *lanes(&moments.0[at], part));
            for ray in rays {
                let message = &messages[ray.other];
                let emit = lanes(&message.emit, part);
                let arrow = message.arrow.each_ref().map(|axis| lanes(axis, part));
                let scalar = table.values(ray.place, 0, part);
                let vector = table.values(ray.place, 1, part);
                for lane in 0..LANES {
                    let told = scalar[lane] * emit[lane];
                    let carried = arrow.map(|axis| vector[lane] * axis[lane]);
                    for (sum, harmonic) in sums.iter_mut().zip(ray.harmonics) {
                        sum[lane] += harmonic * told;
                    }
                    sums[0][lane] += ray.unit[0] * carried[0]
                        + ray.unit[1] * carried[1]
                        + ray.unit[2] * carried[2];
                    for (axis, carried) in carried.into_iter().enumerate() {
                        sums[1 + axis][lane] += carried;
                    }
                }
            }
            for (at, sums) in sums.into_iter().enumerate() {
                *lanes_mut(&mut moments.0[at], part) = sums;
            }
        }
    }
    moments
}

/// Adds the gradients of the energy with the messages of a chunk's atoms, and what comes of
/// them for the charges, where `gradients` are those with the moments of the listeners.
#[inline(always)]
pub(super) fn echo(second: &Second, gradients: &[Moments], chunk: &mut Chunk) {
    for index in 0..chunk.atoms.len() {
        let back = heard(&second.table, chunk.surroundings.of(index), gradients);
        let message = &mut chunk.message_gradients[index];
        message.emit = back.emit;
        let mut of_charge = 0.0;
        for k in 0..CHANNELS {
            of_charge += f64::from(back.emit[k] * second.emit_charge[k]);
            for axis in 0..3 {
                message.arrow[axis][k] += back.arrow[axis][k];
            }
        }
        chunk.charge_gradients[index] += of_charge;
    }
}

/// The gradient of the energy with an atom's message, where `gradients` are those with the moments
/// of its listeners.
#[inline(always)]
fn heard(table: &Table<2>, near: &[Near], gradients: &[Moments]) -> Message {
    let mut gradient = Message::ZERO;
    let mut room = [Ray::default(); BATCH];
    for batch in near.chunks(BATCH) {
        let rays = rays(batch, &mut room);
        for part in 0..CHANNELS / LANES {
            let mut emit = *lanes(&gradient.emit, part);
            let mut arrow = gradient.arrow.each_ref().map(|axis| *lanes(axis, part));
            for ray in rays {
                let theirs = &gradients[ray.other];
                let theirs: [&[f32; LANES]; COMPONENTS] =
                    std::array::from_fn(|at| lanes(&theirs.0[at], part));
                // From where they are, this atom is on the other side.
                let harmonics = opposite(ray.harmonics);
                let scalar = table.values(ray.place, 0, part);
                let vector = table.values(ray.place, 1, part);
                for lane in 0..LANES {
                    let mut told = 0.0;
                    for (harmonic, theirs) in harmonics.iter().zip(theirs) {
                        told += harmonic * theirs[lane];
                    }
                    emit[lane] += scalar[lane] * told;
                    for axis in 0..3 {
                        arrow[axis][lane] += vector[lane]
                            * (theirs[1 + axis][lane] - ray.unit[axis] * theirs[0][lane]);
                    }
                }
            }
            *lanes_mut(&mut gradient.emit, part) = emit;
            for (axis, sums) in arrow.into_iter().enumerate() {
                *lanes_mut(&mut gradient.arrow[axis], part) = sums;
            }
        }
    }
    gradient
}
