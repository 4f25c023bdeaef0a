// Waiting and comparing.

// Polls until `look` returns a value.
export async function eventually(look, timeout = 15_000) {
  const end = performance.now() + timeout;
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (performance.now() > end) throw new Error(`after ${timeout} ms still not: ${look}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

// Largest difference between two lists of numbers.
export const farthest = (one, other) => Math.max(...one.map((value, index) => Math.abs(value - other[index])));
