//! Channels of a recording, and their schemas.

/// Channel, with the type of its messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Channel {
    /// Structures.
    Structure,
    /// Frames.
    Frames,
    /// Events.
    Events,
    /// Index of the frames of each chunk.
    Index,
}

impl Channel {
    /// All channels.
    pub(crate) const ALL: [Channel; 4] = [
        Channel::Structure,
        Channel::Frames,
        Channel::Events,
        Channel::Index,
    ];

    /// Channels of a chunk with frames.
    pub(crate) const DATA: [Channel; 3] = [Channel::Structure, Channel::Frames, Channel::Events];

    /// Number in files that this program writes, also of its schema.
    pub(crate) fn id(self) -> u16 {
        self as u16 + 1
    }

    /// Name.
    pub(crate) fn topic(self) -> &'static str {
        match self {
            Channel::Structure => "/structure",
            Channel::Frames => "/frames",
            Channel::Events => "/events",
            Channel::Index => "/index",
        }
    }

    /// Full name of its message type.
    pub(crate) fn message_type(self) -> &'static str {
        match self {
            Channel::Structure => "mlipview.recording.Structure",
            Channel::Frames => "mlipview.recording.Frame",
            Channel::Events => "mlipview.recording.Event",
            Channel::Index => "mlipview.recording.FrameIndex",
        }
    }

    /// The channel of a name.
    pub(crate) fn of_topic(topic: &str) -> Option<Channel> {
        Channel::ALL
            .into_iter()
            .find(|channel| channel.topic() == topic)
    }
}

/// Encoding of messages and schemas.
pub(crate) const ENCODING: &str = "protobuf";
