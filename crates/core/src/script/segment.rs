//! Segments: spans of frames over which the same messages of a script are active.

use super::Action;
use super::message::Message;

/// An action, by its message and its place there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ActionIndex {
    pub(super) message: usize,
    pub(super) action: usize,
}

/// Kinds of actions of which only the one of highest priority acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Speed,
    Opacity,
    Camera,
}

impl Kind {
    /// Number of kinds.
    pub(super) const COUNT: usize = 3;

    const ALL: [Kind; Kind::COUNT] = [Kind::Speed, Kind::Opacity, Kind::Camera];

    fn is_of(self, action: &Action) -> bool {
        matches!(
            (self, action),
            (Kind::Speed, Action::Speed(_))
                | (Kind::Opacity, Action::OpacityFocus(_))
                | (Kind::Camera, Action::Camera(_))
        )
    }
}

/// The acting action of a kind, since when, and the one before.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Acting {
    /// The action that acts.
    pub(super) now: Option<ActionIndex>,
    /// The first frame at which it acts.
    pub(super) since: u64,
    /// The action that acted before.
    pub(super) before: Option<ActionIndex>,
}

/// A span of frames up to the next segment.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    /// The first frame.
    pub(super) start: u64,
    /// Indices of the active messages, those that win first.
    pub(super) active: Vec<usize>,
    /// The acting action of each [`Kind`].
    pub(super) acting: [Acting; Kind::COUNT],
}

/// The segments of messages with these ranges of frames: `[messages]`; the first begins at frame 0.
pub(super) fn segments(messages: &[Message], ranges: &[Option<[u64; 2]>]) -> Vec<Segment> {
    let mut starts = vec![0];
    for [first, last] in ranges.iter().flatten() {
        starts.extend([*first, last.saturating_add(1)]);
    }
    starts.sort_unstable();
    starts.dedup();
    let mut order: Vec<usize> = (0..messages.len()).collect();
    // A stable sort: of the same priority, the message written first stays first.
    order.sort_by(|&one, &other| messages[other].priority.total_cmp(&messages[one].priority));
    let mut segments: Vec<Segment> = Vec::with_capacity(starts.len());
    for start in starts {
        let holds = |index: &usize| {
            ranges[*index].is_some_and(|[first, last]| (first..=last).contains(&start))
        };
        let active: Vec<usize> = order.iter().copied().filter(holds).collect();
        let last = segments.last();
        let acting = Kind::ALL.map(|kind| {
            let now = first_of(kind, messages, &active);
            match last.map(|segment| segment.acting[kind as usize]) {
                Some(acting) if acting.now == now => acting,
                Some(acting) => Acting {
                    now,
                    since: start,
                    before: acting.now,
                },
                None => Acting {
                    now,
                    ..Acting::default()
                },
            }
        });
        segments.push(Segment {
            start,
            active,
            acting,
        });
    }
    segments
}

/// The first action of a kind among messages in order.
fn first_of(kind: Kind, messages: &[Message], active: &[usize]) -> Option<ActionIndex> {
    active.iter().find_map(|&message| {
        let mut actions = messages[message].actions.iter();
        let action = actions.position(|action| kind.is_of(action))?;
        Some(ActionIndex { message, action })
    })
}
