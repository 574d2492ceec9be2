import { defineConfig } from 'vitest/config';

// A component's first rendering compiles a lot; on a busy machine with two cores that takes its time.
export default defineConfig({ test: { testTimeout: 30_000, hookTimeout: 30_000 } });
