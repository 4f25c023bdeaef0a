// Fields of the forms: numbers and triples of numbers by the ids of their elements.

import { element } from "../panel/dom";
import type { Triple } from "./body_draft";
import { readNumber, type Range } from "./number";

export function numberField(id: string, name: string, range?: Range): number {
  const field = element<HTMLInputElement>(id);
  // A number field with other characters has an empty value.
  field.setAttribute("aria-invalid", "true");
  const value = readNumber(name, field.value, range);
  field.removeAttribute("aria-invalid");
  return value;
}

// Whether nothing is entered; other characters than those of a number are something.
export function isEmpty(id: string): boolean {
  const field = element<HTMLInputElement>(id);
  return field.value === "" && !field.validity.badInput;
}

export function tripleField(id: string, name: string, range?: Range): Triple {
  const axis = (index: number, label: string) => numberField(`${id}-${index}`, `${name} ${label}`, range);
  return [axis(0, "x"), axis(1, "y"), axis(2, "z")];
}

export function setTriple(id: string, values: Triple): void {
  values.forEach((value, index) => setNumber(`${id}-${index}`, value));
}

export function setNumber(id: string, value: number): void {
  const field = element<HTMLInputElement>(id);
  field.value = String(value);
  field.removeAttribute("aria-invalid");
}
