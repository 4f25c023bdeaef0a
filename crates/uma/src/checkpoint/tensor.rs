//! A tensor as a view into a storage: where it starts, its shape and strides.

use std::ops::Range;
use std::sync::Arc;

use super::error::CheckpointError;
use super::number::Number;
use super::source::Bytes;

/// How a storage's numbers are written, little-endian.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    F16,
    Bf16,
    F32,
    F64,
    I64,
}

impl Kind {
    /// Bytes of one number.
    pub(super) fn width(self) -> usize {
        match self {
            Kind::F16 | Kind::Bf16 => 2,
            Kind::F32 => 4,
            Kind::F64 | Kind::I64 => 8,
        }
    }
}

/// Dimensions that a tensor may have.
const MOST_DIMENSIONS: usize = 8;

/// Where the numbers of a tensor are. All of them lie in the storage.
#[derive(Clone, Debug)]
pub(super) struct View {
    /// The storage, as a range of the file.
    storage: Range<usize>,
    kind: Kind,
    /// The first number, counted in numbers from the start of the storage.
    offset: usize,
    shape: Vec<usize>,
    /// Numbers from one index to the next, along each dimension.
    strides: Vec<usize>,
}

impl View {
    /// A view of numbers that all lie in their storage, each but once or so: a view may not have
    /// more numbers than its storage.
    pub(super) fn new(
        storage: Range<usize>,
        kind: Kind,
        offset: usize,
        shape: Vec<usize>,
        strides: Vec<usize>,
    ) -> Result<View, CheckpointError> {
        let view = View {
            storage,
            kind,
            offset,
            shape,
            strides,
        };
        match view.fits() {
            true => Ok(view),
            false => Err(CheckpointError::damaged(format!(
                "a tensor of shape {:?}, strides {:?} and offset {} does not lie in its storage of \
                 {} bytes",
                view.shape,
                view.strides,
                view.offset,
                view.storage.len()
            ))),
        }
    }

    /// The whole of a storage, row by row.
    pub(super) fn whole(
        storage: Range<usize>,
        kind: Kind,
        shape: Vec<usize>,
    ) -> Result<View, CheckpointError> {
        let mut strides = vec![1_usize; shape.len().min(MOST_DIMENSIONS + 1)];
        for dimension in (1..strides.len()).rev() {
            strides[dimension - 1] = strides[dimension].saturating_mul(shape[dimension]);
        }
        View::new(storage, kind, 0, shape, strides)
    }

    fn fits(&self) -> bool {
        let numbers = self.storage.len() / self.kind.width();
        let same = self.shape.len() == self.strides.len() && self.shape.len() <= MOST_DIMENSIONS;
        let count = self.shape.iter().try_fold(1, |product: usize, length| {
            product.checked_mul(*length).filter(|_| *length <= numbers)
        });
        let Some(count) = count.filter(|count| same && *count <= numbers) else {
            return false;
        };
        let mut steps = self.shape.iter().zip(&self.strides);
        let last = steps.try_fold(self.offset, |place, (length, stride)| {
            place.checked_add(length.saturating_sub(1).checked_mul(*stride)?)
        });
        count == 0 || last.is_some_and(|last| last < numbers)
    }

    pub(super) fn shape(&self) -> &[usize] {
        &self.shape
    }

    pub(super) fn kind(&self) -> Kind {
        self.kind
    }

    /// How many numbers it has.
    pub(super) fn count(&self) -> usize {
        self.shape.iter().product()
    }
}

/// A tensor of a checkpoint. Its numbers stay in the file until they are asked for.
#[derive(Clone, Debug)]
pub struct Tensor<'a> {
    bytes: Arc<Bytes>,
    view: &'a View,
    /// How many of the first dimensions an index has been chosen for.
    chosen: usize,
    offset: usize,
}

impl<'a> Tensor<'a> {
    pub(super) fn new(bytes: Arc<Bytes>, view: &'a View) -> Tensor<'a> {
        Tensor {
            bytes,
            view,
            chosen: 0,
            offset: view.offset,
        }
    }

    /// The length of each dimension.
    pub fn shape(&self) -> &'a [usize] {
        &self.view.shape[self.chosen..]
    }

    /// How many numbers it has.
    pub fn count(&self) -> usize {
        self.shape().iter().product()
    }

    /// What is at an index of the first dimension, such as an expert's weights. Nothing is copied.
    ///
    /// # Panics
    /// If there is no such index, or no dimension.
    #[must_use]
    pub fn part(&self, index: usize) -> Tensor<'a> {
        let shape = self.shape();
        assert!(
            shape.first().is_some_and(|length| index < *length),
            "no index {index} in a tensor of shape {shape:?}"
        );
        Tensor {
            bytes: Arc::clone(&self.bytes),
            view: self.view,
            chosen: self.chosen + 1,
            offset: self.offset + index * self.view.strides[self.chosen],
        }
    }

    /// All numbers, row by row: the last index is the fastest.
    pub fn values<T: Number>(&self) -> Vec<T> {
        let mut values = vec![T::default(); self.count()];
        self.each_run(|at, numbers| {
            let length = numbers.len() / self.view.kind.width();
            T::read(self.view.kind, numbers, &mut values[at..at + length]);
        });
        values
    }

    /// Adds `factor` times each number to the one at the same place of `into`, which is in the order
    /// of [`values`](Tensor::values). On all threads of the pool that it is called in.
    ///
    /// # Panics
    /// If `into` is not as long as the tensor.
    pub fn add_scaled<T: Number>(&self, factor: T, into: &mut [T]) {
        assert_eq!(
            into.len(),
            self.count(),
            "a place for each number of a tensor of shape {:?}",
            self.shape()
        );
        self.each_run(|at, numbers| {
            let length = numbers.len() / self.view.kind.width();
            T::add(self.view.kind, factor, numbers, &mut into[at..at + length]);
        });
    }

    /// The bytes of all runs of numbers that follow each other in the storage, each with the place
    /// of its first number among the values.
    fn each_run(&self, mut visit: impl FnMut(usize, &[u8])) {
        let (shape, strides) = (self.shape(), &self.view.strides[self.chosen..]);
        let count = self.count();
        if count == 0 {
            return;
        }
        let (mut run, mut outer) = (1, shape.len());
        while outer > 0 && (strides[outer - 1] == run || shape[outer - 1] == 1) {
            outer -= 1;
            run *= shape[outer];
        }
        let width = self.view.kind.width();
        let storage = &self.bytes[self.view.storage.clone()];
        let mut index = [0; MOST_DIMENSIONS];
        for at in (0..count).step_by(run) {
            let steps = index.iter().zip(strides).take(outer);
            let start = self.offset + steps.map(|(index, stride)| index * stride).sum::<usize>();
            visit(at, &storage[start * width..(start + run) * width]);
            for dimension in (0..outer).rev() {
                index[dimension] += 1;
                if index[dimension] < shape[dimension] {
                    break;
                }
                index[dimension] = 0;
            }
        }
    }
}
