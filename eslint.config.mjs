// @ts-check
import js from '@eslint/js';
import tseslint from 'typescript-eslint';
import { mayImport, owners, testingLib } from './tools/boundaries.mjs';

const libs = Object.keys(mayImport)
  .filter((project) => project.startsWith('libs/'))
  .map((project) => project.slice('libs/'.length));

/** One config block a project: the row of the table, and the packages that it does not own. */
function boundary(project, forSpecs) {
  const row = mayImport[project] ?? [];
  // What specs need to set a scene is behind the main door.
  const allowed = forSpecs ? [...row, ...row.map((door) => door.split('/')[0]), testingLib] : row;
  const forbiddenLibs = libs.filter((lib) => !allowed.includes(lib)).map((lib) => `@lxdm/${lib}`);
  const doors = allowed.filter((door) => door.includes('/')).map((door) => `${door}$`);
  const foreign = Object.entries(owners)
    .filter(([, projects]) => !projects.includes(project) && !forSpecs)
    .map(([name]) => name);
  return {
    files: forSpecs ? [`${project}/**/*.spec.ts`, `${project}/test/**/*.ts`] : [`${project}/**/*.ts`],
    ...(forSpecs ? {} : { ignores: [`${project}/**/*.spec.ts`, `${project}/test/**/*.ts`] }),
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: `^(${[...forbiddenLibs, `@lxdm/${doors.length > 0 ? `(?!${doors.join('|')})` : ''}[^/]+/.+`].join('|')})$`,
              message: `${project} may not import this: see the table in docs/architecture.md`,
            },
            {
              regex: forSpecs ? '\\.\\./[^.][^/]*/src(/|$)' : '^\\.\\.?/(.*/)?src(/|$)',
              message: 'Import another project by its package name.',
            },
            ...(foreign.length > 0
              ? [
                  {
                    regex: `^(${foreign.join('|')})(/.*)?$`,
                    message: 'A risky package has one owner: tools/boundaries.mjs',
                  },
                ]
              : []),
          ],
        },
      ],
    },
  };
}

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      '.nx/**',
      '**/.angular/**',
      '.data/**',
      'libs/api-client/src/generated/**',
      'coverage/**',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        fetch: 'readonly',
        performance: 'readonly',
        AbortSignal: 'readonly',
        AbortController: 'readonly',
        TextDecoder: 'readonly',
        TextEncoder: 'readonly',
      },
    },
    rules: { 'no-unused-vars': ['error', { argsIgnorePattern: '^_' }] },
  },
  {
    files: ['apps/**/*.ts', 'libs/**/*.ts'],
    extends: [...tseslint.configs.strict],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-restricted-syntax': ['error', { selector: 'ExportDefaultDeclaration', message: 'No default exports.' }],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
    },
  },
  ...Object.keys(mayImport).flatMap((project) => [boundary(project, false), boundary(project, true)]),
);
