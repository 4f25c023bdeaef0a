//! Learning during a simulation: an expensive potential teaches a small one while atoms move.
//!
//! The student, a network of nano or solid, evaluates every structure. Where its expected error is large,
//! and until it has learned enough, the teacher answers instead, and the answer is a label. Once the
//! student is trusted, it answers, and the teacher checks some of its answers on a thread of its own: the
//! simulation does not wait. Another thread trains on the labels and hands over better parameters between
//! two evaluations. Each frame has the name of the potential that answered; energies are never mixed.
//!
//! On-the-fly learning with checks by errors: Z. Li, J. R. Kermode, A. De Vita, Phys. Rev. Lett. 114, 096405
//! (2015); J. Vandermause et al., npj Comput. Mater. 6, 20 (2020).

mod entry;
mod label_file;
mod potential;
mod statistics;
mod student;
mod teacher;
mod trust;

pub use entry::entry;
