//! The two ways to hold atoms while dragging.

/// How dragged atoms are held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GripKind {
    /// The atoms follow the hand.
    #[default]
    Hold,
    /// A spring pulls the atoms.
    Pull,
}
