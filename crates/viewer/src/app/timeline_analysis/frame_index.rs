//! Frames of a plotted series: their addresses and their places on the horizontal axis.

use mlipview_core::sim::FrameAddress;

/// Addresses and times of the analyzed frames, in their order: those of the file, then those in memory.
#[derive(Debug, Default)]
pub struct FrameIndex {
    /// Number of frames of the file.
    of_file: u64,
    /// Numbers of the frames in memory.
    in_memory: Vec<u64>,
    /// Time of each frame, fs; NaN if unknown.
    times: Vec<f64>,
}

impl FrameIndex {
    /// Number of frames.
    pub fn len(&self) -> usize {
        self.times.len()
    }

    /// Whether there are no frames.
    pub fn is_empty(&self) -> bool {
        self.times.is_empty()
    }

    /// Number of frames of the file.
    pub(super) fn of_file(&self) -> u64 {
        self.of_file
    }

    /// Number of the newest frame in memory.
    pub(super) fn newest(&self) -> Option<u64> {
        self.in_memory.last().copied()
    }

    /// Adds the next frame at a time, fs.
    pub(super) fn push(&mut self, address: FrameAddress, time: Option<f64>) {
        match address {
            FrameAddress::File(_) => self.of_file += 1,
            FrameAddress::Memory(number) => self.in_memory.push(number),
        }
        self.times.push(time.unwrap_or(f64::NAN));
    }

    /// Address of a frame.
    pub fn address(&self, index: usize) -> Option<FrameAddress> {
        match (index as u64).checked_sub(self.of_file) {
            None => Some(FrameAddress::File(index as u64)),
            Some(index) => {
                let number = self.in_memory.get(usize::try_from(index).ok()?)?;
                Some(FrameAddress::Memory(*number))
            }
        }
    }

    /// Index of the frame of an address.
    pub fn index_of(&self, address: FrameAddress) -> Option<usize> {
        match address {
            FrameAddress::File(index) => (index < self.of_file).then_some(index as usize),
            FrameAddress::Memory(number) => {
                let index = self.in_memory.binary_search(&number).ok()?;
                Some(self.of_file as usize + index)
            }
        }
    }

    /// Time of a frame, fs, if it is known.
    pub fn time(&self, index: usize) -> Option<f64> {
        self.times
            .get(index)
            .copied()
            .filter(|time| time.is_finite())
    }

    /// Index of the frame nearest to a time, fs, if times rise.
    pub fn nearest(&self, time: f64) -> Option<usize> {
        let distance = |index: &usize| self.time(*index).map(|it| (it - time).abs());
        // Frames without a time are few; the search passes over them.
        let mut low = 0;
        let mut high = self.len();
        while low < high {
            let middle = low.midpoint(high);
            let known = (middle..high).find(|index| self.time(*index).is_some());
            match known {
                Some(index) if self.times[index] < time => low = index + 1,
                _ => high = middle,
            }
        }
        let before = (0..low).rev().find(|index| self.time(*index).is_some());
        let after = (low..self.len()).find(|index| self.time(*index).is_some());
        let both = before.into_iter().chain(after);
        both.min_by(|one, other| {
            let [one, other] = [one, other].map(|it| distance(it).unwrap_or(f64::INFINITY));
            one.total_cmp(&other)
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[test]
    fn each_frame_is_nearest_to_its_own_time_also_beside_unknown_times() {
        let mut index = FrameIndex::default();
        for frame in 0..20_u32 {
            let address = match frame {
                0..8 => FrameAddress::File(u64::from(frame)),
                _ => FrameAddress::Memory(100 + 3 * u64::from(frame)),
            };
            let time = (!frame.is_multiple_of(5)).then(|| f64::from(frame * frame));
            index.push(address, time);
        }
        for frame in 0..20 {
            let address = index.address(frame).unwrap();
            assert_eq!(index.index_of(address), Some(frame));
            if let Some(time) = index.time(frame) {
                assert_eq!(index.nearest(time), Some(frame));
                assert_eq!(index.nearest(time + 0.4), Some(frame));
            }
        }
        assert_eq!(index.nearest(-5.0), Some(1));
        assert_eq!(index.nearest(1e9), Some(19));
        assert_eq!(index.address(20), None);
        assert_eq!(index.index_of(FrameAddress::Memory(101)), None);
    }
}
