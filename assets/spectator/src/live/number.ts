// Numbers of form fields, with the names of their fields in the errors.

export interface Range {
  min?: number;
  max?: number;
  // The number must be larger than min.
  open?: boolean;
}

export class FieldError extends Error {}

// The number in the text of a field. A zero is a number like any other; an empty field is none.
export function readNumber(name: string, text: string, { min, max, open = false }: Range = {}): number {
  const trimmed = text.trim().replace(",", ".");
  const value = trimmed === "" ? NaN : Number(trimmed);
  if (!Number.isFinite(value)) throw new FieldError(`${name}: expected a number, found "${text.trim()}".`);
  if (min !== undefined && (open ? value <= min : value < min)) {
    throw new FieldError(`${name}: expected ${open ? "more than" : "at least"} ${min}, found ${value}.`);
  }
  if (max !== undefined && value > max) throw new FieldError(`${name}: expected at most ${max}, found ${value}.`);
  return value;
}
