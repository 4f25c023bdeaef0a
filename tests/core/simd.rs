//! The matrix product of learned potentials with each vector instruction set.

use mlipview_core::potential::simd::{InstructionSet, InstructionSetError, Layout, Matrix, Output};
use proptest::prelude::*;

/// Value of y outside of the product.
const UNTOUCHED: f64 = -7.0;

/// Rows with gaps in between, and the expected product.
struct Case {
    count: usize,
    inputs: usize,
    outputs: usize,
    x: Vec<f64>,
    weights: Vec<f64>,
}

impl Case {
    fn new(count: usize, inputs: usize, outputs: usize) -> Case {
        // Small integers: sums in any order are equal, in both precisions.
        let number = |index: usize| (index * 2_654_435_761 % 17) as f64 - 8.0;
        Case {
            count,
            inputs,
            outputs,
            x: (0..count * (inputs + 3)).map(number).collect(),
            weights: (0..inputs * outputs)
                .map(|index| number(index + 5))
                .collect(),
        }
    }

    /// Pairs of rows at offset 1, with three numbers between pairs.
    fn layout(width: usize) -> Layout {
        Layout {
            offset: 1,
            stride: 2 * width + 3,
            parts: 2,
            part_stride: width,
        }
    }

    /// Start of a row.
    fn start(width: usize, row: usize) -> usize {
        1 + row / 2 * (2 * width + 3) + row % 2 * width
    }

    fn size(&self, width: usize) -> usize {
        Case::start(width, self.count - 1) + width + 5
    }

    fn rows(&self) -> Vec<f64> {
        let mut rows = vec![UNTOUCHED; self.size(self.inputs)];
        for row in 0..self.count {
            let x = &self.x[row * self.inputs..][..self.inputs];
            rows[Case::start(self.inputs, row)..][..self.inputs].copy_from_slice(x);
        }
        rows
    }

    /// The sums in the order of their definition.
    fn expected(&self, output: Output) -> Vec<f64> {
        let mut y = vec![UNTOUCHED; self.size(self.outputs)];
        for row in 0..self.count {
            for column in 0..self.outputs {
                let terms = (0..self.inputs).map(|k| {
                    self.x[row * self.inputs + k] * self.weights[k * self.outputs + column]
                });
                let sum: f64 = terms.sum();
                let y = &mut y[Case::start(self.outputs, row) + column];
                match output {
                    Output::Replace => *y = sum,
                    Output::Add => *y += sum,
                    Output::Subtract => *y -= sum,
                }
            }
        }
        y
    }

    fn product(&self, instruction_set: InstructionSet, output: Output) -> Vec<f64> {
        let matrix = Matrix::from_fn(self.inputs, self.outputs, |row, column| {
            self.weights[row * self.outputs + column]
        });
        let mut y = vec![UNTOUCHED; self.size(self.outputs)];
        let x = (&self.rows()[..], Case::layout(self.inputs));
        let to = (&mut y[..], Case::layout(self.outputs));
        matrix.product_on(instruction_set, self.count, x, to, output);
        y
    }

    fn product_in_single(&self, instruction_set: InstructionSet, output: Output) -> Vec<f64> {
        let matrix = Matrix::from_fn(self.inputs, self.outputs, |row, column| {
            self.weights[row * self.outputs + column] as f32
        });
        let single = |values: &[f64]| values.iter().map(|x| *x as f32).collect::<Vec<f32>>();
        let mut y = single(&vec![UNTOUCHED; self.size(self.outputs)]);
        let x = (&single(&self.rows())[..], Case::layout(self.inputs));
        let to = (&mut y[..], Case::layout(self.outputs));
        matrix.product_on(instruction_set, self.count, x, to, output);
        y.into_iter().map(f64::from).collect()
    }
}

proptest! {
    #[test]
    fn products_are_sums_of_products_with_every_instruction_set(
        count in 1_usize..20,
        inputs in 1_usize..80,
        outputs in 1_usize..200,
        output in prop::sample::select(vec![Output::Replace, Output::Add, Output::Subtract]),
    ) {
        let case = Case::new(count, inputs, outputs);
        let expected = case.expected(output);
        for instruction_set in InstructionSet::available() {
            let name = instruction_set.name();
            prop_assert_eq!(&case.product(instruction_set, output), &expected, "{}, f64", name);
            prop_assert_eq!(&case.product_in_single(instruction_set, output), &expected, "{}, f32", name);
        }
    }
}

#[test]
fn rows_do_not_depend_on_other_rows() {
    let (inputs, outputs) = (129, 200);
    let number = |index: usize| ((index * 37 % 101) as f32 / 101.0).sin();
    let matrix = Matrix::from_fn(inputs, outputs, |row, column| number(row * 211 + column));
    let x: Vec<f32> = (0..20 * inputs).map(number).collect();
    let (from, to) = (Layout::rows(0, inputs), Layout::rows(0, outputs));
    for instruction_set in InstructionSet::available() {
        let product = |count: usize, x: &[f32]| {
            let mut y = vec![0.0; count * outputs];
            matrix.product_on(
                instruction_set,
                count,
                (x, from),
                (&mut y, to),
                Output::Replace,
            );
            y
        };
        let together = product(20, &x);
        for row in 0..20 {
            let alone = product(1, &x[row * inputs..]);
            assert_eq!(together[row * outputs..][..outputs], alone[..], "row {row}");
        }
    }
}

#[test]
fn unknown_and_unsupported_instruction_sets_are_refused_with_the_supported_ones() {
    for instruction_set in InstructionSet::available() {
        let found = InstructionSet::named(instruction_set.name()).unwrap();
        assert_eq!(found.name(), instruction_set.name());
    }
    let unknown = InstructionSet::named("sse9").unwrap_err();
    assert_eq!(unknown, InstructionSetError::Unknown("sse9".to_owned()));
    assert_eq!(
        unknown.to_string(),
        "MLIPVIEW_CPU: unknown kind of CPU 'sse9'; expected avx512, avx2 or portable"
    );
    let unavailable = InstructionSetError::Unavailable {
        name: "avx512".to_owned(),
        available: "avx2, portable".to_owned(),
    };
    assert_eq!(
        unavailable.to_string(),
        "MLIPVIEW_CPU: this CPU does not support avx512; expected one of: avx2, portable"
    );
}
