//! A tensor as a view into a storage: offset, shape and strides.

use std::ops::Range;
use std::sync::Arc;

use super::dtype::Dtype;
use super::error::CheckpointError;
use super::number::Number;
use super::source::Bytes;

/// Maximum number of dimensions.
const MAX_DIMENSIONS: usize = 8;

/// The location of a tensor's numbers in its storage.
#[derive(Clone, Debug)]
pub(super) struct TensorView {
    /// The storage as a range of the file, in bytes.
    storage: Range<usize>,
    dtype: Dtype,
    /// Offset of the first number from the start of the storage, in numbers.
    offset: usize,
    shape: Vec<usize>,
    /// Numbers from one index to the next, along each dimension.
    strides: Vec<usize>,
}

impl TensorView {
    /// A view of numbers that all lie in their storage. It may not have more numbers than the storage.
    ///
    /// # Errors
    /// If it does not fit.
    pub(super) fn new(
        storage: Range<usize>,
        dtype: Dtype,
        offset: usize,
        shape: Vec<usize>,
        strides: Vec<usize>,
    ) -> Result<TensorView, CheckpointError> {
        let view = TensorView {
            storage,
            dtype,
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

    /// A whole storage in row-major order.
    ///
    /// # Errors
    /// If the shape does not fit.
    pub(super) fn whole(
        storage: Range<usize>,
        dtype: Dtype,
        shape: Vec<usize>,
    ) -> Result<TensorView, CheckpointError> {
        let mut strides = vec![1_usize; shape.len().min(MAX_DIMENSIONS + 1)];
        for dimension in (1..strides.len()).rev() {
            strides[dimension - 1] = strides[dimension].saturating_mul(shape[dimension]);
        }
        TensorView::new(storage, dtype, 0, shape, strides)
    }

    fn fits(&self) -> bool {
        let numbers = self.storage.len() / self.dtype.width();
        let same = self.shape.len() == self.strides.len() && self.shape.len() <= MAX_DIMENSIONS;
        let count = self.shape.iter().try_fold(1, |product: usize, length| {
            product.checked_mul(*length).filter(|_| *length <= numbers)
        });
        let Some(count) = count.filter(|count| same && *count <= numbers) else {
            return false;
        };
        let mut steps = self.shape.iter().zip(&self.strides);
        let last = steps.try_fold(self.offset, |index, (length, stride)| {
            index.checked_add(length.saturating_sub(1).checked_mul(*stride)?)
        });
        count == 0 || last.is_some_and(|last| last < numbers)
    }

    pub(super) fn shape(&self) -> &[usize] {
        &self.shape
    }

    pub(super) fn dtype(&self) -> Dtype {
        self.dtype
    }

    /// The number of elements.
    pub(super) fn count(&self) -> usize {
        self.shape.iter().product()
    }
}

/// A tensor of a checkpoint. Its numbers are read from the file on use.
#[derive(Clone, Debug)]
pub struct Tensor<'a> {
    bytes: Arc<Bytes>,
    view: &'a TensorView,
    /// The number of leading dimensions with a fixed index.
    fixed: usize,
    offset: usize,
}

impl<'a> Tensor<'a> {
    pub(super) fn new(bytes: Arc<Bytes>, view: &'a TensorView) -> Tensor<'a> {
        Tensor {
            bytes,
            view,
            fixed: 0,
            offset: view.offset,
        }
    }

    /// The length of each dimension.
    pub fn shape(&self) -> &'a [usize] {
        &self.view.shape[self.fixed..]
    }

    /// The number of elements.
    pub fn count(&self) -> usize {
        self.shape().iter().product()
    }

    /// The subtensor at an index of the first dimension, such as an expert's weights, without copying.
    ///
    /// # Panics
    /// If the index is out of range, or the tensor has no dimensions.
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
            fixed: self.fixed + 1,
            offset: self.offset + index * self.view.strides[self.fixed],
        }
    }

    /// All numbers in row-major order.
    pub fn values<T: Number>(&self) -> Vec<T> {
        let mut values = vec![T::default(); self.count()];
        self.each_run(|at, numbers| {
            let length = numbers.len() / self.view.dtype.width();
            T::read(self.view.dtype, numbers, &mut values[at..at + length]);
        });
        values
    }

    /// Adds `factor` times each number to `into`, which is in row-major order. Runs on all threads of
    /// the current rayon pool.
    ///
    /// # Panics
    /// If `into` has another length than the tensor.
    pub fn add_scaled<T: Number>(&self, factor: T, into: &mut [T]) {
        assert_eq!(
            into.len(),
            self.count(),
            "length of a tensor of shape {:?}",
            self.shape()
        );
        self.each_run(|at, numbers| {
            let length = numbers.len() / self.view.dtype.width();
            T::add_scaled(self.view.dtype, factor, numbers, &mut into[at..at + length]);
        });
    }

    /// Visits the bytes of each contiguous run of numbers, with the row-major index of its first.
    fn each_run(&self, mut visit: impl FnMut(usize, &[u8])) {
        let (shape, strides) = (self.shape(), &self.view.strides[self.fixed..]);
        let count = self.count();
        if count == 0 {
            return;
        }
        let (mut run, mut outer) = (1, shape.len());
        while outer > 0 && (strides[outer - 1] == run || shape[outer - 1] == 1) {
            outer -= 1;
            run *= shape[outer];
        }
        let width = self.view.dtype.width();
        let storage = &self.bytes[self.view.storage.clone()];
        let mut index = [0; MAX_DIMENSIONS];
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
