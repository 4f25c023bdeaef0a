//! Fuzz target: decoding of one client message.
#![no_main]

use mlipview_server::session::message::ClientRequest;
use mlipview_server::session::wire;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(message) = wire::decode(bytes)
        && let Ok(Some(ClientRequest::Interact(interaction))) = message.request
    {
        // Decoded values need no further checks.
        assert!(
            interaction
                .positions
                .values()
                .all(|position| position.is_finite())
        );
        assert!(
            interaction
                .velocities
                .values()
                .all(|velocity| velocity.is_finite())
        );
        assert!(!interaction.full || interaction.reach() <= interaction.atoms);
    }
});
