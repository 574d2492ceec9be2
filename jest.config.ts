/** @jest-config-loader esbuild-register */
import { readFileSync } from 'node:fs';
import type { Config } from 'jest';

// The build leaves specs out; here they are what is compiled.
const {
  exclude: _specs,
  $schema: _schema,
  ...swc
} = JSON.parse(readFileSync(`${__dirname}/.swcrc`, 'utf8')) as Record<string, unknown>;
const workspaceLibs = {
  '^@lxdm/entities/zones$': '<rootDir>/libs/entities/src/zones.ts',
  '^@lxdm/(.+)$': '<rootDir>/libs/$1/src/index.ts',
};
const base = {
  rootDir: __dirname,
  testEnvironment: 'node',
  transform: { '^.+\\.ts$': ['@swc/jest', { ...swc, swcrc: false }] },
  moduleNameMapper: workspaceLibs,
  modulePathIgnorePatterns: ['/dist/'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '<rootDir>/apps/web/'],
} satisfies Config;

/** Three sizes, as in docs/architecture.md; the console's own unit tests run under vitest. */
const config: Config = {
  // Only for what hangs: a busy machine takes longer than Jest's five seconds to start an api.
  testTimeout: 30_000,
  projects: [
    { ...base, displayName: 'unit', testMatch: ['<rootDir>/{apps,libs}/*/src/**/*.spec.ts'] },
    {
      ...base,
      displayName: 'integration',
      testMatch: ['<rootDir>/{apps,libs}/*/test/**/*.int-spec.ts'],
      globalSetup: '<rootDir>/tools/jest-services.mjs',
      globalTeardown: '<rootDir>/tools/jest-services-stop.mjs',
    },
    { ...base, displayName: 'e2e', testMatch: ['<rootDir>/{apps,libs}/*/test/**/*.e2e-spec.ts'] },
  ],
};

// Jest loads its configuration from the default export.
export default config;
