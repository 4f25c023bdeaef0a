// Curves, their smoothing, and the scales of charts.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Curve, smoothed } from "../src/training/curve";
import { linearScale, logScale, scaleOf } from "../src/training/scale";

test("a thinned curve has at most its capacity of points, keeps its ends, its mean and its extremes", () => {
  const curve = new Curve(100);
  const values = Array.from({ length: 12_345 }, (_, step) => 1 + Math.sin(step / 900) + (step === 7777 ? 40 : 0));
  values.forEach((value, step) => curve.add(step, value));
  assert.ok(curve.points.length <= 100 && curve.points.length >= 50, String(curve.points.length));
  assert.equal(curve.points.reduce((sum, point) => sum + point.count, 0), values.length);
  const mean = curve.points.reduce((sum, point) => sum + point.mean * point.count, 0) / values.length;
  assert.ok(Math.abs(mean - values.reduce((sum, value) => sum + value, 0) / values.length) < 1e-9);
  assert.equal(Math.max(...curve.points.map((point) => point.high)), Math.max(...values));
  assert.ok(curve.points[0]!.step < 256 && curve.last!.step > 12_000);
  for (let i = 1; i < curve.points.length; i++) assert.ok(curve.points[i]!.step > curve.points[i - 1]!.step);
});

test("few values are not thinned, and no number is left out", () => {
  const curve = new Curve();
  curve.add(1, NaN);
  curve.add(2, Infinity);
  for (let step = 0; step < 2000; step++) curve.add(step, step);
  assert.deepEqual(curve.points.map((point) => point.mean), Array.from({ length: 2000 }, (_, step) => step));
});

test("an earlier step replaces what came from there on", () => {
  const curve = new Curve();
  for (let step = 0; step < 10; step++) curve.add(step, 1);
  curve.add(4, 7);
  assert.deepEqual(curve.points.map((point) => point.step), [0, 1, 2, 3, 4]);
  assert.equal(curve.last!.mean, 7);
  curve.add(0, 2);
  assert.equal(curve.points.length, 1);
});

test("the readout is at the nearest step", () => {
  const curve = new Curve();
  assert.equal(curve.nearest(3), undefined);
  for (const step of [0, 10, 30]) curve.add(step, step);
  for (const [at, nearest] of [[-5, 0], [4, 0], [6, 10], [19, 10], [21, 30], [99, 30]] as const) {
    assert.equal(curve.nearest(at)!.step, nearest, String(at));
  }
});

test("the moving average of a constant is that constant, from the first point on", () => {
  const points = Array.from({ length: 50 }, (_, step) => ({ step, mean: 0.25, low: 0.25, high: 0.25, count: 1 }));
  for (const logarithmic of [true, false]) {
    for (const { value } of smoothed(points, logarithmic)) assert.ok(Math.abs(value - 0.25) < 1e-12);
  }
});

test("the moving average of a straight line has no delay", () => {
  const points = Array.from({ length: 400 }, (_, step) => ({ step, mean: 5 - step / 100, low: 0, high: 0, count: 1 }));
  for (const { step, value } of smoothed(points, false).slice(100, 300)) assert.ok(Math.abs(value - (5 - step / 100)) < 1e-6);
});

test("the moving average has less noise than the curve, and follows it", () => {
  const noise = (step: number) => (((step * 7919) % 101) / 101 - 0.5) * 0.4;
  const points = Array.from({ length: 1000 }, (_, step) => {
    const mean = Math.exp(-step / 300 + noise(step));
    return { step, mean, low: mean, high: mean, count: 1 };
  });
  const line = smoothed(points, true);
  const deviation = (value: number, step: number) => Math.abs(Math.log(value) + step / 300);
  const late = line.map(({ step, value }) => deviation(value, step));
  assert.ok(Math.max(...late) < 0.12, String(Math.max(...late)));
});

test("a logarithmic scale maps equal ratios to equal lengths and has round ticks", () => {
  const scale = logScale(1e-3, 1);
  const [a, b, c] = [scale.fraction(1e-3), scale.fraction(1e-2), scale.fraction(1e-1)];
  assert.ok(Math.abs(b! - a! - (c! - b!)) < 1e-12 && a! > 0);
  assert.deepEqual(scale.ticks.map((tick) => tick.value), [1e-3, 1e-2, 1e-1, 1]);
  assert.ok(Number.isNaN(scale.fraction(0)));
});

test("scales of any range have two to eight ticks inside it with different labels", () => {
  for (const [low, high] of [[1e-12, 1e9], [0.02, 0.03], [0.5, 0.5], [1, 3], [2e-5, 7e-2], [12, 14_000], [1e-4, 1.1e-4]] as const) {
    for (const logarithmic of [true, false]) {
      const scale = scaleOf([low, high], logarithmic)!;
      const inside = scale.ticks.filter(({ value }) => value >= scale.low - 1e-12 && value <= scale.high + 1e-12);
      assert.ok(inside.length >= 2 && inside.length <= 8, `${low} to ${high}, ${logarithmic}: ${inside.length}`);
      assert.equal(new Set(scale.ticks.map((tick) => tick.label)).size, scale.ticks.length, `${low} to ${high}, ${logarithmic}: ${scale.ticks.map((tick) => tick.label)}`);
      assert.ok(scale.fraction(low) >= 0 && scale.fraction(high) <= 1);
    }
  }
});

test("values that are not all positive are on a linear scale, and no values have none", () => {
  assert.equal(scaleOf([0, 1], true)!.logarithmic, false);
  assert.equal(scaleOf([], true), undefined);
  assert.deepEqual(linearScale(0, 10, 0).ticks.map((tick) => tick.value), [0, 2, 4, 6, 8, 10]);
});
