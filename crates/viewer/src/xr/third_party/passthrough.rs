//! The room behind the picture, drawn by the runtime, where that is the way (`XR_FB_passthrough`).
//!
//! Whether a headset has it is found out by asking for it. It is there only while it is wished for:
//! cameras cost power. (It is never started and paused: in openxr 0.21 `Passthrough::start` pauses.)

use openxr::sys::{self, Handle};
use openxr::{
    CompositionLayerBase, CompositionLayerFlags, Passthrough, PassthroughFlagsFB,
    PassthroughLayerFB, PassthroughLayerPurposeFB, Session, Vulkan,
};

/// The room.
pub(super) struct Room {
    // In this order they go: the layer before what it is a layer of.
    layer: PassthroughLayerFB,
    _cameras: Passthrough,
}

impl Room {
    /// Lets the cameras run, where there are some.
    pub(super) fn open(session: &Session<Vulkan>) -> openxr::Result<Room> {
        let running = PassthroughFlagsFB::IS_RUNNING_AT_CREATION;
        let whole = PassthroughLayerPurposeFB::RECONSTRUCTION;
        let cameras = session.create_passthrough(running)?;
        Ok(Room {
            layer: session.create_passthrough_layer(&cameras, running, whole)?,
            _cameras: cameras,
        })
    }

    /// What goes below the picture in a frame.
    pub(super) fn layer(&self) -> RoomLayer {
        RoomLayer(sys::CompositionLayerPassthroughFB {
            ty: sys::CompositionLayerPassthroughFB::TYPE,
            next: std::ptr::null(),
            flags: CompositionLayerFlags::BLEND_TEXTURE_SOURCE_ALPHA,
            space: sys::Space::NULL,
            layer_handle: self.layer.as_raw(),
        })
    }
}

/// The layer of the room, which the crate does not have among its own.
pub(super) struct RoomLayer(sys::CompositionLayerPassthroughFB);

impl RoomLayer {
    /// As one of the layers of a frame.
    #[expect(
        unsafe_code,
        reason = "a layer of an extension is passed by its common header"
    )]
    pub(super) fn as_layer(&self) -> &CompositionLayerBase<'_, Vulkan> {
        // SAFETY: every layer begins with the fields of the header, which is what the base is made of
        // and by whose type the runtime knows the rest.
        unsafe { &*std::ptr::from_ref(&self.0).cast() }
    }
}
