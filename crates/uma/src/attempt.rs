//! What libraries of devices do when memory is short or the device is gone: they panic. What can be
//! done about it: to ask for less at a time.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// Does something that may panic for reasons that lie outside the program. What it worked on is not
/// to be used again after an error.
///
/// # Errors
/// With what the panic said.
pub(super) fn attempt<R>(work: impl FnOnce() -> R) -> Result<R, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let said = panic.downcast_ref::<String>().map(String::as_str);
        let said = said.or_else(|| panic.downcast_ref::<&str>().copied());
        let said = said.unwrap_or("it failed without a word");
        // Some say pages; the first line is what it is about.
        said.lines().next().unwrap_or_default().to_owned()
    })
}

/// Fewer edges than these are not worth asking for: what runs out is not their memory.
pub(super) const FEWEST_EDGES: usize = 1 << 10;

/// Asks for something about so many edges, `at_a_time` of them together; a quarter as many each time
/// that it fails, which is remembered.
///
/// # Errors
/// With what was said last, when there is no asking for less.
pub(super) fn with_fewer<R>(
    edges: usize,
    at_a_time: &mut usize,
    mut ask: impl FnMut(usize) -> Result<R, String>,
) -> Result<R, String> {
    loop {
        let reason = match ask(*at_a_time) {
            Ok(found) => return Ok(found),
            Err(reason) => reason,
        };
        let fewer = (*at_a_time).min(edges) / 4;
        if fewer < FEWEST_EDGES {
            return Err(reason);
        }
        *at_a_time = fewer;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_that_is_too_small_for_all_is_asked_for_less_and_not_for_more_again() {
        let (edges, room) = (100_000, 5_000);
        let mut asked = Vec::new();
        let mut ask = |at_a_time: usize| {
            asked.push(at_a_time);
            match at_a_time <= room {
                true => Ok("done"),
                false => Err("out of memory".to_owned()),
            }
        };
        let mut at_a_time = 1 << 20;
        assert_eq!(with_fewer(edges, &mut at_a_time, &mut ask), Ok("done"));
        assert_eq!(with_fewer(edges, &mut at_a_time, &mut ask), Ok("done"));
        assert_eq!(asked, [1 << 20, 25_000, 6_250, 1_562, 1_562]);
    }

    #[test]
    fn a_card_that_is_gone_is_given_up_with_its_own_words() {
        let mut asked = 0;
        let mut at_a_time = 1 << 20;
        let answer: Result<(), String> = with_fewer(100_000, &mut at_a_time, |_| {
            asked += 1;
            attempt(|| panic!("device lost\nand three pages more"))
        });
        assert_eq!(answer, Err("device lost".to_owned()));
        assert_eq!(asked, 4);
    }
}
