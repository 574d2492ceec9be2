/** @jest-config-loader esbuild-register */
import type { Config } from 'jest';

const workspaceLibs = { '^@lxdm/(.+)$': '<rootDir>/libs/$1/src/index.ts' };
const base = {
  rootDir: __dirname,
  testEnvironment: 'node',
  transform: { '^.+\\.ts$': '@swc/jest' },
  moduleNameMapper: workspaceLibs,
  modulePathIgnorePatterns: ['/dist/'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '<rootDir>/apps/web/'],
} satisfies Config;

/** Three sizes, as in docs/architecture.md; the console's own unit tests run under vitest. */
const config: Config = {
  projects: [
    { ...base, displayName: 'unit', testMatch: ['<rootDir>/{apps,libs}/*/src/**/*.spec.ts'] },
    {
      ...base,
      displayName: 'integration',
      testMatch: ['<rootDir>/{apps,libs}/*/test/**/*.int-spec.ts'],
      globalSetup: '<rootDir>/tools/jest-services.mjs',
      globalTeardown: '<rootDir>/tools/jest-services-stop.mjs',
    },
    { ...base, displayName: 'e2e', testMatch: ['<rootDir>/apps/e2e/test/**/*.e2e-spec.ts'] },
  ],
};

// Jest loads its configuration from the default export.
export default config;
