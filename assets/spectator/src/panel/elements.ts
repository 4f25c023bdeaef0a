// The parts of the page by their names.

export function element<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found as T;
}

// Changes the text only if it is another: what is read aloud would else be read again.
export function write(target: HTMLElement, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}
