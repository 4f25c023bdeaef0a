// Storage of the browser, or of this page alone where the browser denies it: to frames of other sites, as notebooks are.

export type PageStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

// Returns the storage that `open` reads from the window, which throws where the browser denies it.
export function storageOr(open: () => Storage): PageStorage {
  try {
    return open();
  } catch {
    return new MemoryStorage();
  }
}

// Storage until the page is closed.
class MemoryStorage implements PageStorage {
  private readonly values = new Map<string, string>();

  getItem(key: string): string | null {
    return this.values.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.values.set(key, value);
  }

  removeItem(key: string): void {
    this.values.delete(key);
  }
}
