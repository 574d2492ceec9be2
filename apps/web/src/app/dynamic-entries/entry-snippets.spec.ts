import { describe, expect, it } from 'vitest';
import { entrySnippets } from './entry-snippets';

const id = '4a6f9c1e-0000-4000-8000-000000000001';
const origin = 'https://lxdm.example.org';
const challenge = { id, owner: '_acme-challenge.web1.ct.example.org.', type: 'TXT', zone: 'ct.example.org.' };

describe('the snippets of an entry', () => {
  it('set an address with curl and nothing else', () => {
    const [only, ...more] = entrySnippets(
      { id, owner: 'home.ct.example.org.', type: 'AAAA', zone: 'ct.example.org.' },
      { origin },
    );
    expect(more).toEqual([]);
    expect(only?.text).toContain('"value":"2001:db8::1"');
    expect(only?.text).toContain(`${origin}/api/dynamicentry/${id}/`);
    expect(only?.text).toContain('Token TOKEN');
  });

  it('cover the programs for certificates where the entry answers challenges', () => {
    expect(entrySnippets(challenge, { origin }).map((snippet) => snippet.id)).toEqual([
      'curl',
      'dehydrated',
      'certbot',
      'lego',
      'acme-sh',
      'nsupdate',
    ]);
  });

  it.each(['curl', 'dehydrated', 'certbot', 'lego', 'acme-sh'])(
    'put the token that was just made into %s',
    (program) => {
      const snippet = entrySnippets(challenge, { origin, token: 's3cret', tokenId: 'token-id' }).find(
        (one) => one.id === program,
      );
      expect(snippet?.text).toContain('s3cret');
      expect(snippet?.text).not.toContain('TOKEN');
    },
  );

  it('ask for the name itself, without the challenge in front and the dot at its end', () => {
    const certbot = entrySnippets(challenge, { origin }).find((one) => one.id === 'certbot');
    expect(certbot?.text).toContain('-d web1.ct.example.org ');
  });
});
