//! Types of events, and sets of them.

use crate::event::EventBody;

/// Name of the message about the server that every client receives, subscribed or not. \[16\]
pub const SYSTEM_INFO: &str = "system_info";

/// Type of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventKind {
    /// A step.
    TrainingProgress,
    /// A change of the status.
    TrainingStatus,
    /// A sample.
    SampleGenerated,
    /// A message of the log.
    Log,
    /// Load of the machine.
    SystemStats,
    /// Result of a validation.
    ValidationResult,
}

impl EventKind {
    /// All types.
    pub const ALL: [EventKind; 6] = [
        EventKind::TrainingProgress,
        EventKind::TrainingStatus,
        EventKind::SampleGenerated,
        EventKind::Log,
        EventKind::SystemStats,
        EventKind::ValidationResult,
    ];

    /// The type of an event.
    pub fn of(body: &EventBody) -> EventKind {
        match body {
            EventBody::TrainingProgress(_) => EventKind::TrainingProgress,
            EventBody::TrainingStatus(_) => EventKind::TrainingStatus,
            EventBody::SampleGenerated(_) => EventKind::SampleGenerated,
            EventBody::Log(_) => EventKind::Log,
            EventBody::SystemStats(_) => EventKind::SystemStats,
            EventBody::ValidationResult(_) => EventKind::ValidationResult,
        }
    }

    /// The type with this name.
    pub fn of_name(name: &str) -> Option<EventKind> {
        EventKind::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The name in messages.
    pub fn name(self) -> &'static str {
        match self {
            EventKind::TrainingProgress => "training_progress",
            EventKind::TrainingStatus => "training_status",
            EventKind::SampleGenerated => "sample_generated",
            EventKind::Log => "log",
            EventKind::SystemStats => "system_stats",
            EventKind::ValidationResult => "validation_result",
        }
    }

    /// Whether an event of this type replaces older ones: it has the whole present state. \[23\]
    pub(crate) fn is_replaceable(self) -> bool {
        matches!(self, EventKind::TrainingProgress | EventKind::SystemStats)
    }
}

/// A set of types.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EventKinds(u8);

impl EventKinds {
    /// Whether the set has a type.
    pub fn contains(self, kind: EventKind) -> bool {
        self.0 & (1 << kind as u8) != 0
    }

    /// Whether the set is empty.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl FromIterator<EventKind> for EventKinds {
    fn from_iter<T: IntoIterator<Item = EventKind>>(kinds: T) -> EventKinds {
        let bits = kinds.into_iter().map(|kind| 1 << kind as u8);
        EventKinds(bits.fold(0, |all, bit: u8| all | bit))
    }
}
