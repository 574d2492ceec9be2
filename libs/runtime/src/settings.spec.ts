import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings, setting, SettingsError } from './settings';

const spec = {
  port: setting.port('PORT', 8080),
  database: setting.url('DATABASE_URL', ['postgres:', 'postgresql:']),
  zone: setting.of('ZONE', 'a domain name', (text) => (text.endsWith('.') ? text : undefined), 'ct.example.org.'),
};

function faultsOf(environment: Record<string, string>): readonly string[] {
  try {
    readSettings(spec, environment);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.faults;
    throw error;
  }
}

describe('readSettings', () => {
  it('falls back where nothing is set, also where it is set to nothing', () => {
    expect(readSettings(spec, { DATABASE_URL: 'postgres://x/y', PORT: ' ' })).toEqual({
      port: 8080,
      database: 'postgres://x/y',
      zone: 'ct.example.org.',
    });
  });

  it('reads a value from a file, without the line end', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'settings-')), 'url');
    writeFileSync(file, 'postgres://user:secret@host/db\n');
    expect(readSettings(spec, { DATABASE_URL_FILE: file }).database).toBe('postgres://user:secret@host/db');
  });

  it.each([
    ['a port that is a word', { PORT: 'secret-value' }, 'PORT must be'],
    ['a port out of range', { PORT: '65536' }, 'PORT must be'],
    ['a negative port', { PORT: '-1' }, 'PORT must be'],
    ['another scheme', { DATABASE_URL: 'mysql://secret-value' }, 'DATABASE_URL must be'],
    ['a value of the wrong form', { ZONE: 'secret-value' }, 'ZONE must be a domain name'],
    [
      'a file that is not there',
      { DATABASE_URL_FILE: '/nonexistent/secret-value' },
      'DATABASE_URL _FILE cannot be read (ENOENT)',
    ],
    ['both forms', { DATABASE_URL: 'postgres://a/b', DATABASE_URL_FILE: '/x' }, 'DATABASE_URL is set twice'],
  ])('names %s and never the value', (_what, environment, expected) => {
    const faults = faultsOf({ DATABASE_URL: 'postgres://a/b', ...environment } as Record<string, string>).concat(
      'DATABASE_URL_FILE' in environment && !('DATABASE_URL' in environment)
        ? faultsOf(environment as Record<string, string>)
        : [],
    );
    expect(faults.join('\n')).toContain(expected);
    expect(faults.join('\n')).not.toContain('secret-value');
  });

  it('names every fault at once', () => {
    expect(faultsOf({ PORT: 'x', ZONE: 'y' })).toHaveLength(3);
  });
});
