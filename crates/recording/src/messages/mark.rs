//! Marks of a message, from and to those of a timeline.

use mlipview_core::sim::timeline::MarkKind;

use super::generated;

/// The mark of a message.
pub(crate) fn mark_kind(mark: Option<MarkKind>) -> generated::MarkKind {
    match mark {
        None => generated::MarkKind::None,
        Some(MarkKind::Edit) => generated::MarkKind::Edit,
        Some(MarkKind::Dynamics) => generated::MarkKind::Dynamics,
        Some(MarkKind::Relaxation) => generated::MarkKind::Relaxation,
    }
}

/// The mark of a timeline; `None` for unknown kinds.
pub(crate) fn mark_of(mark: i32) -> Option<MarkKind> {
    match generated::MarkKind::try_from(mark) {
        Ok(generated::MarkKind::Edit) => Some(MarkKind::Edit),
        Ok(generated::MarkKind::Dynamics) => Some(MarkKind::Dynamics),
        Ok(generated::MarkKind::Relaxation) => Some(MarkKind::Relaxation),
        Ok(generated::MarkKind::None) | Err(_) => None,
    }
}
