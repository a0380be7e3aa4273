import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: [
            "{extension,www,scripts}/**/*.test.{ts,tsx,mjs}",
            "tests/*.test.ts",
            "tests/{vault,boundary}/**/*.test.{ts,mjs}",
          ],
          exclude: ["**/node_modules/**"],
        },
      },
      {
        test: {
          name: "e2e",
          include: ["tests/e2e/**/*.spec.ts"],
          fileParallelism: true,
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // Two real browsers at once on a busy machine: two more tries, which vitest reports.
          retry: 2,
        },
      },
      {
        test: {
          name: "long",
          include: ["tests/long/**/*.spec.ts"],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
