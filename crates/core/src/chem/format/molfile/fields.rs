//! Names of data fields, and the end of a record.

/// Names of info and data fields.
pub(super) const NAME: &str = "name";
pub(super) const TWO_DIMENSIONAL: &str = "two_dimensional";
pub(super) const CHARGE: &str = "charge";
pub(super) const MULTIPLICITY: &str = "multiplicity";

/// End of a record.
pub(super) const END_OF_RECORD: &str = "$$$$";
