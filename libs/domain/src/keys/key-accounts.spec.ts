import { keyAccounts } from './key-accounts';

const ROOT = 'root:x:0:0:root:/root:/bin/bash\n';
const names = (passwd: string): string[] => keyAccounts(passwd).map((account) => `${account.name} ${account.home}`);

it.each([
  ['only root', ROOT, ['root /root']],
  [
    'an image of Ubuntu',
    `${ROOT}ubuntu:x:1000:1000:Ubuntu:/home/ubuntu:/bin/bash\n`,
    ['root /root', 'ubuntu /home/ubuntu'],
  ],
  [
    'an image of Debian, no newline at the end',
    `${ROOT}debian:x:1000:1000::/home/debian:/bin/bash`,
    ['root /root', 'debian /home/debian'],
  ],
  ['a user whom somebody made', `${ROOT}alice:x:1000:1000::/home/alice:/bin/bash\n`, ['root /root']],
  ['the name of an image, another uid', `${ROOT}ubuntu:x:1001:1001::/home/ubuntu:/bin/bash\n`, ['root /root']],
  ['the name of an image, another home', `${ROOT}ubuntu:x:1000:1000::/srv/ubuntu:/bin/bash\n`, ['root /root']],
  ['a home that leads elsewhere', `${ROOT}ubuntu:x:1000:1000::/home/../root:/bin/bash\n`, ['root /root']],
  ['no passwd at all', '', ['root /root']],
  ['a binary passwd', '\0\xff::::\n:x:0:0::/:', ['root /root']],
  ['root with a home of its own', 'root:x:0:0:root:/var/roothome:/bin/sh\n', ['root /var/roothome']],
  ['root with a home that is a trick', 'root:x:0:0:root:/root/../../etc:/bin/sh\n', ['root /root']],
  ['root with a home that is no path', 'root:x:0:0:root:root:/bin/sh\n', ['root /root']],
  ['root with the top as its home', 'root:x:0:0:root:/:/bin/sh\n', ['root /root']],
  ['a second uid 0 is no root of ours', `toor:x:0:0::/home/toor:/bin/sh\n${ROOT}`, ['root /root']],
  ['ids that are no numbers', `${ROOT}ubuntu:x:0x3e8:1000::/home/ubuntu:/bin/bash\n`, ['root /root']],
])('%s', (_what, passwd, expected) => {
  expect(names(passwd)).toEqual(expected);
});

it('takes the ids from the file', () => {
  expect(keyAccounts(`${ROOT}ubuntu:x:1000:1234::/home/ubuntu:/bin/bash\n`)[1]).toEqual({
    name: 'ubuntu',
    uid: 1000,
    gid: 1234,
    home: '/home/ubuntu',
  });
});
