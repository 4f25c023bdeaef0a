//! Passthrough: the runtime draws the real room as a layer below the image (`XR_FB_passthrough`).
//!
//! Support is found out by creating it. It exists only while it is shown, since cameras take power.
//! (It is never started and paused: in openxr 0.21, `Passthrough::start` pauses.)

use openxr::sys::{self, Handle};
use openxr::{
    CompositionLayerBase, CompositionLayerFlags, PassthroughFlagsFB, PassthroughLayerFB,
    PassthroughLayerPurposeFB, Session, Vulkan,
};

/// Running passthrough with one layer that covers the view.
pub(super) struct Passthrough {
    // Dropped in this order: the layer before its passthrough.
    layer: PassthroughLayerFB,
    _passthrough: openxr::Passthrough,
}

impl Passthrough {
    /// Creates and starts passthrough.
    pub(super) fn start(session: &Session<Vulkan>) -> openxr::Result<Passthrough> {
        let running = PassthroughFlagsFB::IS_RUNNING_AT_CREATION;
        let full_view = PassthroughLayerPurposeFB::RECONSTRUCTION;
        let passthrough = session.create_passthrough(running)?;
        Ok(Passthrough {
            layer: session.create_passthrough_layer(&passthrough, running, full_view)?,
            _passthrough: passthrough,
        })
    }

    /// The composition layer for a frame, below the image.
    pub(super) fn composition_layer(&self) -> PassthroughCompositionLayer {
        PassthroughCompositionLayer(sys::CompositionLayerPassthroughFB {
            ty: sys::CompositionLayerPassthroughFB::TYPE,
            next: std::ptr::null(),
            flags: CompositionLayerFlags::BLEND_TEXTURE_SOURCE_ALPHA,
            space: sys::Space::NULL,
            layer_handle: self.layer.as_raw(),
        })
    }
}

/// Composition layer of passthrough, for which openxr 0.21 has no type.
pub(super) struct PassthroughCompositionLayer(sys::CompositionLayerPassthroughFB);

impl PassthroughCompositionLayer {
    /// The layer as one of the layers of a frame.
    #[expect(
        unsafe_code,
        reason = "a layer of an extension is passed by its common header"
    )]
    pub(super) fn as_base(&self) -> &CompositionLayerBase<'_, Vulkan> {
        // SAFETY: every layer begins with the fields of the header, which is what the base consists of,
        // and the runtime identifies the rest by its `ty`.
        unsafe { &*std::ptr::from_ref(&self.0).cast() }
    }
}
