//! How matter moves.
//!
//! One thread owns the state; everyone else sends commands and reads the newest frame. This room has
//! never heard of a screen or a socket.
