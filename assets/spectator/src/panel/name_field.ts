// Input field of the name shown to others, which the browser stores.

import { storageOr } from "../storage";
import { element } from "./dom";

const KEY = "mlipview name";

// Returns the stored name, and calls `onChange` with each new one.
export function nameField(onChange: (name: string) => void): string {
  const field = element<HTMLInputElement>("name");
  const storage = storageOr(() => localStorage);
  field.value = storage.getItem(KEY) ?? "";
  field.addEventListener("change", () => {
    const name = field.value.trim();
    storage.setItem(KEY, name);
    onChange(name);
  });
  return field.value;
}
