import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { attempts, RETRY_MS } from "./attempts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const fails = () => Promise.reject(new Error("made up"));

test("does the work once after the time", async () => {
  const work = vi.fn(() => Promise.resolve());
  attempts(work, vi.fn()).attemptAfter(50);
  await vi.advanceTimersByTimeAsync(49);
  expect(work).toHaveBeenCalledTimes(0);
  await vi.advanceTimersByTimeAsync(10 * RETRY_MS);
  expect(work).toHaveBeenCalledTimes(1);
});

test("tells of each failure and tries again until the work succeeds", async () => {
  const work = vi.fn(() => Promise.resolve()).mockImplementationOnce(fails);
  const fail = vi.fn();
  attempts(work.mockImplementationOnce(fails), fail).attempt();
  await vi.advanceTimersByTimeAsync(10 * RETRY_MS);
  expect(fail).toHaveBeenCalledTimes(2);
  expect(work).toHaveBeenCalledTimes(3);
});

test("an attempt now replaces the one that waits", async () => {
  const work = vi.fn(() => Promise.resolve());
  const reading = attempts(work, vi.fn());
  reading.attemptAfter(50);
  reading.attempt();
  await vi.advanceTimersByTimeAsync(100);
  expect(work).toHaveBeenCalledTimes(1);
});

test("stops also what two tries that failed at the same time had set", async () => {
  const work = vi.fn(fails);
  const reading = attempts(work, vi.fn());
  reading.attempt();
  reading.attempt();
  await vi.advanceTimersByTimeAsync(0);
  reading.stop();
  await vi.advanceTimersByTimeAsync(10 * RETRY_MS);
  expect(work).toHaveBeenCalledTimes(2);
});

test("does nothing more once it is stopped, also when it fails after that", async () => {
  const work = vi.fn(fails);
  const waiting = attempts(work, vi.fn());
  waiting.attemptAfter(50);
  waiting.stop();
  const working = attempts(work, vi.fn());
  working.attempt();
  working.stop();
  await vi.advanceTimersByTimeAsync(10 * RETRY_MS);
  expect(work).toHaveBeenCalledTimes(1);
});
