// Adaptive resolution.

import assert from "node:assert/strict";
import { test } from "node:test";
import { AdaptiveResolution } from "../src/scene/adaptive_resolution";

test("the scale falls for slow pictures, down to half a pixel, and rises for fast ones", () => {
  const resolution = new AdaptiveResolution();
  for (let i = 0; i < 20; i++) resolution.adapt(200);
  assert.equal(resolution.scaleInMotion(), 0.5);
  for (let i = 0; i < 20; i++) resolution.adapt(5);
  assert.equal(resolution.scaleInMotion(), 1);
});

test("the minimum scale is lower on displays with small pixels", () => {
  const resolution = new AdaptiveResolution();
  resolution.pixelRatio = 2;
  for (let i = 0; i < 20; i++) resolution.adapt(200);
  assert.equal(resolution.scaleInMotion(), 0.25);
});

test("pictures of medium duration keep the scale", () => {
  const resolution = new AdaptiveResolution();
  resolution.adapt(30);
  assert.equal(resolution.scale, 1);
});

test("at rest one sharper picture is drawn, which does not change the scale in motion", () => {
  const resolution = new AdaptiveResolution();
  for (let i = 0; i < 4; i++) resolution.adapt(80);
  const coarse = resolution.scaleInMotion();
  assert.ok(coarse < 1);
  assert.equal(resolution.scaleAtRest(10), undefined);
  assert.equal(resolution.scaleAtRest(1000), 1);
  resolution.adapt(400);
  assert.equal(resolution.scaleAtRest(2000), undefined);
  assert.equal(resolution.scaleInMotion(), coarse);
});

test("a sharper picture stays within its maximum duration", () => {
  const resolution = new AdaptiveResolution();
  for (let i = 0; i < 20; i++) resolution.adapt(2000);
  const finer = resolution.scaleAtRest(1000);
  assert.ok(finer === undefined || finer < 1);
});
