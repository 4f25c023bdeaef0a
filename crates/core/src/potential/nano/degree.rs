//! The network of nano, with moments up to degree 2 or 3 as its parameter file has them.

use std::sync::Arc;

use crate::chem::{Element, Structure};
use crate::potential::network::{
    DEGREE_2, DEGREE_3, Network, Parameters, ParametersError, degree_with_charges,
};
use crate::potential::{Capabilities, Evaluation, PotentialError};

/// The parameters of a file, by the degree of its moments.
pub(super) enum NanoParameters {
    Degree2(Arc<Parameters<DEGREE_2>>),
    Degree3(Arc<Parameters<DEGREE_3>>),
}

impl NanoParameters {
    /// Reads a file.
    ///
    /// # Errors
    /// If it is invalid.
    pub(super) fn read(bytes: &[u8]) -> Result<NanoParameters, ParametersError> {
        Ok(match degree_with_charges(bytes)? {
            3 => NanoParameters::Degree3(Arc::new(Parameters::read(bytes)?)),
            _ => NanoParameters::Degree2(Arc::new(Parameters::read(bytes)?)),
        })
    }

    /// A network with these parameters, of a potential with a `name`.
    pub(super) fn network(&self, name: &str) -> NanoNetwork {
        match self {
            NanoParameters::Degree2(parameters) => {
                NanoNetwork::Degree2(Network::new(name, Arc::clone(parameters)))
            }
            NanoParameters::Degree3(parameters) => {
                NanoNetwork::Degree3(Network::new(name, Arc::clone(parameters)))
            }
        }
    }
}

/// The network, by the degree of its moments.
pub(super) enum NanoNetwork {
    Degree2(Network<DEGREE_2>),
    Degree3(Network<DEGREE_3>),
}

impl NanoNetwork {
    /// Another network with the same parameters and buffers of its own.
    pub(super) fn sharing(&self) -> NanoNetwork {
        match self {
            NanoNetwork::Degree2(network) => NanoNetwork::Degree2(network.sharing()),
            NanoNetwork::Degree3(network) => NanoNetwork::Degree3(network.sharing()),
        }
    }

    pub(super) fn name(&self) -> &str {
        match self {
            NanoNetwork::Degree2(network) => &network.name,
            NanoNetwork::Degree3(network) => &network.name,
        }
    }

    /// The elements that it was trained for.
    pub(super) fn domain(&self) -> &[Element] {
        match self {
            NanoNetwork::Degree2(network) => network.domain(),
            NanoNetwork::Degree3(network) => network.domain(),
        }
    }

    pub(super) fn capabilities(&self) -> &Capabilities {
        match self {
            NanoNetwork::Degree2(network) => &network.capabilities,
            NanoNetwork::Degree3(network) => &network.capabilities,
        }
    }

    /// Energy, forces, stress, charges and expected force errors.
    pub(super) fn evaluate(&mut self, structure: &Structure) -> Result<Evaluation, PotentialError> {
        match self {
            NanoNetwork::Degree2(network) => network.evaluate(structure),
            NanoNetwork::Degree3(network) => network.evaluate(structure),
        }
    }
}
