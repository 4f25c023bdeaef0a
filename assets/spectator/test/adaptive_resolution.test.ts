// Adaptive resolution.

import assert from "node:assert/strict";
import { test } from "node:test";
import { AdaptiveResolution } from "../src/scene/adaptive_resolution";

test("the scale falls for slow pictures, down to half a pixel, and rises for fast ones", () => {
  const resolution = new AdaptiveResolution();
  for (let i = 0; i < 20; i++) resolution.took(200);
  assert.equal(resolution.moving(), 0.5);
  for (let i = 0; i < 20; i++) resolution.took(5);
  assert.equal(resolution.moving(), 1);
});

test("the minimum scale is lower on displays with small pixels", () => {
  const resolution = new AdaptiveResolution();
  resolution.pixelRatio = 2;
  for (let i = 0; i < 20; i++) resolution.took(200);
  assert.equal(resolution.moving(), 0.25);
});

test("pictures of medium duration keep the scale", () => {
  const resolution = new AdaptiveResolution();
  resolution.took(30);
  assert.equal(resolution.scale, 1);
});

test("at rest one sharper picture is drawn, which does not change the scale in motion", () => {
  const resolution = new AdaptiveResolution();
  for (let i = 0; i < 4; i++) resolution.took(80);
  const coarse = resolution.moving();
  assert.ok(coarse < 1);
  assert.equal(resolution.resting(10), undefined);
  assert.equal(resolution.resting(1000), 1);
  resolution.took(400);
  assert.equal(resolution.resting(2000), undefined);
  assert.equal(resolution.moving(), coarse);
});

test("a sharper picture stays within its maximum duration", () => {
  const resolution = new AdaptiveResolution();
  for (let i = 0; i < 20; i++) resolution.took(2000);
  const finer = resolution.resting(1000);
  assert.ok(finer === undefined || finer < 1);
});
