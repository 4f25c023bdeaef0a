//! Initial networks: random parameters for the elements of a set of labels.

use mlipview_core::chem::Element;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};
use serde_json::json;

use crate::model::{Model, ModelError};
use crate::network_file::NetworkFile;

/// Sizes of a new network. It has no charges, 32 channels and moments up to degree 3, as solid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NetworkSizes {
    /// Width of the hidden layers [default: 64].
    pub hidden: usize,
    /// Radial functions [default: 14].
    pub radial: usize,
    /// Cutoff, Å [default: 5].
    pub cutoff: f64,
}

impl Default for NetworkSizes {
    fn default() -> NetworkSizes {
        NetworkSizes {
            hidden: 64,
            radial: 14,
            cutoff: 5.0,
        }
    }
}

/// Channels of the potentials in `mlipview_core`.
const CHANNELS: usize = 32;

/// Degrees 0 to 3, and the invariants of their moments.
const DEGREES: usize = 4;
const INVARIANTS: usize = 8;

/// Factor of all moments, as in `models/solid/network.py`.
const MEAN: f64 = 0.1;

impl Model {
    /// A network with random parameters, as in `models/nano/network.py`; energies of free atoms are 0.
    ///
    /// # Errors
    /// If a covalent radius of an element is larger than half the cutoff, or there are no elements.
    pub fn random(
        elements: &[Element],
        sizes: NetworkSizes,
        seed: u64,
    ) -> Result<Model, ModelError> {
        let mut file = NetworkFile {
            metadata: json!({
                "format": 1,
                "species": numbers(elements),
                "domain": numbers(elements),
                "cutoff": sizes.cutoff,
                "mean": MEAN,
                "charges": false,
            }),
            tensors: Default::default(),
        };
        let (s, k, h, r) = (elements.len(), CHANNELS, sizes.hidden, sizes.radial);
        let (inputs, next) = (INVARIANTS * k, INVARIANTS * k + k + h);
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let mut draw = |name: &str, shape: &[usize], scale: f64| {
            let count = shape.iter().product();
            let values = (0..count).map(|_| {
                let value: f64 = StandardNormal.sample(&mut random);
                (scale * value) as f32
            });
            file.set_single(name, shape, values.collect());
        };
        // Of rows of weights, so that sums over inputs are of the size of one.
        let by_rows = |rows: usize| (rows as f64).powf(-0.5);
        draw("emit1", &[s, k], 1.0);
        draw("radial1", &[r, k], 0.5);
        draw("mix1", &[DEGREES, k, k], by_rows(k));
        draw("in1", &[inputs, h], by_rows(inputs));
        draw("bias1", &[s, h], 0.3);
        draw("out1", &[h, 2 * k], by_rows(h));
        draw("arrow", &[k, k], by_rows(k));
        draw("emit2", &[s, k], 1.0);
        draw("radial2", &[r, 2 * k], 0.5);
        draw("mix2", &[DEGREES, k, k], by_rows(k));
        draw("in2", &[next, h], by_rows(next));
        draw("bias2", &[s, h], 0.3);
        draw("mid2", &[h, h], by_rows(h));
        draw("out2", &[h], 0.1 * by_rows(h));
        for (name, shape, value) in [
            ("own1", vec![s, k], 1.0),
            ("own2", vec![s, k], 1.0),
            ("midbias", vec![h], 0.0),
            ("energy0", vec![s], 0.0),
        ] {
            let count = shape.iter().product();
            file.set_single(name, &shape, vec![value; count]);
        }
        let radii = elements.iter().map(|element| element.covalent_radius());
        file.set_double("covalent", radii.collect());
        file.set_double("offset", vec![0.0; s]);
        Model::from_file(file)
    }
}

fn numbers(elements: &[Element]) -> Vec<u8> {
    elements.iter().map(|element| element.number()).collect()
}
