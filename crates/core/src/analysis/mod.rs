//! Analyses of many frames: distances and angles, radial distribution, mean squared displacement,
//! histograms.
//!
//! Each is an accumulator in bounded memory: frames of any number are pushed one after another, and the
//! result can be taken at any time as a [`Table`], whose CSV names columns with units. [`FrameAnalysis`] feeds
//! them from the frames of a trajectory.

mod error;
mod frame_analysis;
mod frame_series;
mod frame_values;
mod geometry_series;
mod histogram;
mod mean_squared_displacement;
mod pair_counts;
mod quantity;
mod radial_distribution;
mod series;
mod table;

pub use error::AnalysisError;
pub use frame_analysis::{AnalysisResult, FrameAnalysis, LeftOut};
pub use frame_series::FrameSeries;
pub use frame_values::FrameValues;
pub use geometry_series::{Geometry, GeometrySeries};
pub use histogram::Histogram;
pub use mean_squared_displacement::{MeanSquaredDisplacement, MsdResult};
pub use quantity::{Quantity, Scalar};
pub use radial_distribution::{RadialDistribution, RadialDistributionResult};
pub use series::Series;
pub use table::Table;
