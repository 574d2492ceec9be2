import type { GitlabKey } from '@lxdm/gitlab';
import { readKeys } from './read-keys';

// Made for this file by ssh-keygen; nothing trusts them.
const ED25519 = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBz9C0JxNMB3vkxlY0zWnHwzhsfzCs1e4a6nYf0wYb7q';
let id = 0;
const key = (text: string, title = 'laptop', expiresAt: Date | null = null): GitlabKey => {
  id++;
  return { id: String(id), title, key: text, expiresAt };
};

describe('readKeys', () => {
  it('keeps the line, its comment and its end', () => {
    const expiresAt = new Date('2030-01-01');
    expect(readKeys([key(`${ED25519} ada@home`, 'laptop', expiresAt)])).toEqual({
      rows: [
        {
          type: 'ssh-ed25519',
          publicKey: `${ED25519} ada@home`,
          comment: 'ada@home',
          fingerprint: expect.stringMatching(/^SHA256:/) as string,
          expiresAt,
        },
      ],
      note: null,
    });
  });

  it('names a key without comment by its title', () => {
    expect(readKeys([key(ED25519)]).rows[0]?.comment).toBe('laptop');
  });

  it('has each key once', () => {
    expect(readKeys([key(ED25519), key(`${ED25519} again`)]).rows).toHaveLength(1);
  });

  it.each([
    ['DSA', 'ssh-dss AAAAB3NzaC1kc3MAAACB', /DSA/],
    ['options', `command="id" ${ED25519}`, /options/],
    ['a second line', `${ED25519}\nssh-rsa AAAA`, /one line/],
    ['damaged', `${ED25519.slice(0, -6)}`, /damaged/],
    ['no key', 'hello', /no SSH public key/],
  ])('leaves out and names what is no good: %s', (_what, text, words) => {
    const { rows, note } = readKeys([key(text, 'old one'), key(ED25519)]);
    expect(rows).toHaveLength(1);
    expect(note).toMatch(/^"old one" was left out: /);
    expect(note).toMatch(words);
  });

  it('lets no title write into the message', () => {
    expect(readKeys([key('x', 'a"b\n\u202ec\0 '.padEnd(500, 'x'))]).note?.split(' was left out')[0]).toMatch(
      /^"a b c +x{40,60}"$/,
    );
  });

  it('names a few and counts the rest', () => {
    const { note } = readKeys(Array.from({ length: 9 }, (_, n) => key('x', `key${n}`)));
    expect(note).toMatch(/key4.*4 more keys were left out\.$/);
    expect(note).not.toContain('key5');
  });
});
