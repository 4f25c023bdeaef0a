// Elements of the page.

export function element<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found as T;
}

// Sets the text if it differs, so that screen readers do not repeat it.
export function write(target: HTMLElement, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}
