// Tests of the storage where the browser denies it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { storageOr } from "../src/storage";

test("a page to which the browser denies storage keeps values until it is closed", () => {
  const storage = storageOr(() => {
    throw new Error("Access is denied for this document.");
  });
  assert.equal(storage.getItem("key"), null);
  storage.setItem("key", "value");
  assert.equal(storage.getItem("key"), "value");
  storage.removeItem("key");
  assert.equal(storage.getItem("key"), null);
});
