// How finely pictures are drawn.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Pace } from "../src/scene/pace";

test("slow pictures are drawn coarser, down to half a pixel, and quick ones finer again", () => {
  const pace = new Pace();
  for (let i = 0; i < 20; i++) pace.took(200);
  assert.equal(pace.moving(), 0.5);
  for (let i = 0; i < 20; i++) pace.took(5);
  assert.equal(pace.moving(), 1);
});

test("where pixels are small, pictures may be coarser by as much", () => {
  const pace = new Pace();
  pace.finest = 2;
  for (let i = 0; i < 20; i++) pace.took(200);
  assert.equal(pace.moving(), 0.25);
});

test("what takes neither long nor short stays as it is", () => {
  const pace = new Pace();
  pace.took(30);
  assert.equal(pace.scale, 1);
});

test("at rest a coarse picture is drawn once more, finely, and that says nothing of what moves", () => {
  const pace = new Pace();
  for (let i = 0; i < 4; i++) pace.took(80);
  const coarse = pace.moving();
  assert.ok(coarse < 1);
  assert.equal(pace.resting(10), undefined);
  assert.equal(pace.resting(1000), 1);
  pace.took(400);
  assert.equal(pace.resting(2000), undefined);
  assert.equal(pace.moving(), coarse);
});

test("a picture that would take too long is not made whole", () => {
  const pace = new Pace();
  for (let i = 0; i < 20; i++) pace.took(2000);
  const finer = pace.resting(1000);
  assert.ok(finer === undefined || finer < 1);
});
