/** Every reason to refuse a pasted key, with the sentence that its owner reads. */
export const sshKeyFaults = {
  empty: 'Paste a public key: the one line of a file such as ~/.ssh/id_ed25519.pub.',
  'too-long':
    'This is longer than 16 kB and no SSH public key: paste the one line of a file such as ~/.ssh/id_ed25519.pub.',
  'private-key':
    'This is a private key, which must never leave your computer: paste the matching .pub file instead, and replace this key if anybody may have seen it.',
  'several-lines': 'Paste one key, on one line: add further keys one by one, and join a line that your editor broke.',
  'control-character': 'The key holds an invisible character: copy it again from the .pub file.',
  options:
    'Something stands before the key: remove the options or the host name, so that the line begins with the type, such as ssh-ed25519.',
  'type-not-allowed': 'Keys of this type are not accepted: make one with ssh-keygen -t ed25519.',
  dsa: 'DSA keys are broken and no longer accepted by sshd: make a new one with ssh-keygen -t ed25519.',
  certificate: 'This is a certificate: paste the plain public key that it was made for.',
  'not-a-key':
    'This is no SSH public key: it should begin with a type such as ssh-ed25519, followed by a long word that begins with AAAA.',
  'other-format': 'This is a key in another format: convert it to the one line of OpenSSH with ssh-keygen -i -f FILE.',
  'bad-base64': 'The key is damaged or cut off: copy the whole line again from the .pub file.',
  'type-mismatch':
    'The key says that it is of one type and holds another: copy the whole line again from the .pub file.',
  'bad-blob': 'The key is damaged: copy the whole line again from the .pub file.',
  'rsa-too-short': 'RSA keys need at least 2048 bits: make a new one with ssh-keygen -t ed25519.',
  'comment-too-long': 'The comment after the key is longer than 255 characters: shorten it.',
} as const;

/** The code of a reason to refuse a key. */
export type SshKeyFault = keyof typeof sshKeyFaults;

/** The key was refused; the message says in plain words what to do, and holds nothing of what was pasted. */
export class SshKeyError extends Error {
  override readonly name = 'SshKeyError';
  constructor(readonly code: SshKeyFault) {
    super(sshKeyFaults[code]);
  }
}
