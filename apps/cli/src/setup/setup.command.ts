import { join } from 'node:path';
import { issueClientCertificate, loadKeyRing, newKeyRing } from '@lxdm/crypto';
import { readSettings } from '@lxdm/runtime';
import { Command, ExitCode, Invocation } from '../command';
import type { Output } from '../output';
import { settings } from '../settings';
import { clientFilesFault } from './client-files';
import { FoundFile, inspect, privateFolder, writeOnce } from './private-file';
import { dnsKeyRingFile, keyRingFile, passwordFiles } from './secret-files';

/** Makes what secrets/ and certs/ lack, and looks after what is there. */
export const setup: Command = {
  name: 'setup',
  about: 'makes the secrets and the client certificate that are missing; never replaces one',
  help: [
    'Writes into LXDM_SECRETS_DIR (secrets) and LXDM_CERTS_DIR (certs), mode 0600, and names what it made.',
    'A file that others may read is tightened. Needs no database.',
    '',
    '  --new-key-ring   makes db_encrypt also where ct_postgres shows that there has been an installation already',
  ],
  options: { 'new-key-ring': { type: 'boolean' } },
  run: async ({ environment, options, output }: Invocation): Promise<number> => {
    const { secretsDir, certsDir } = readSettings(
      { secretsDir: settings.secretsDir, certsDir: settings.certsDir },
      environment,
    );
    const work = new Setup(output);
    await privateFolder(secretsDir);
    await privateFolder(certsDir);
    await work.ensureKeyRing(secretsDir, options['new-key-ring'] === true);
    await work.ensure(join(secretsDir, dnsKeyRingFile), newKeyRing);
    for (const { name, make } of passwordFiles) await work.ensure(join(secretsDir, name), make);
    await work.ensureCertificate(join(certsDir, 'lxd.key'), join(certsDir, 'lxd.crt'));
    if (work.faults === 0) for (const ring of [keyRingFile, dnsKeyRingFile]) await loadKeyRing(join(secretsDir, ring));
    if (work.made === 0 && work.faults === 0) output.result('Nothing was missing.');
    return work.faults === 0 ? ExitCode.ok : ExitCode.failed;
  },
};

class Setup {
  made = 0;
  faults = 0;

  constructor(private readonly output: Output) {}

  async ensure(path: string, make: () => string): Promise<void> {
    const found = this.report(path, await inspect(path));
    if (found === 'missing') await this.write(path, make());
  }

  /** A key ring that was lost must not be made anew in silence: what it had sealed would stay closed. */
  async ensureKeyRing(folder: string, evenIfLost: boolean): Promise<void> {
    const path = join(folder, keyRingFile);
    if (this.report(path, await inspect(path)) !== 'missing') return;
    const { state } = await inspect(join(folder, 'ct_postgres'));
    if (state === 'missing' || evenIfLost) await this.write(path, newKeyRing());
    else
      this.fault(
        `${path} is missing, though there has been an installation: restore it from your backup. If nothing was ever sealed: setup --new-key-ring`,
      );
  }

  /** The key and its certificate are made together or not at all: half a pair is a backup that was restored in part. */
  async ensureCertificate(keyFile: string, certFile: string): Promise<void> {
    const key = this.report(keyFile, await inspect(keyFile));
    const cert = this.report(certFile, await inspect(certFile));
    if (key === 'missing' && cert === 'missing') {
      const pair = await issueClientCertificate();
      // Whoever wrote the key writes the certificate: two setups at the same time must not mix theirs.
      if (await this.write(keyFile, pair.key)) await this.write(certFile, pair.cert);
    } else if (key === 'missing' || cert === 'missing') {
      this.fault(
        `${key === 'missing' ? keyFile : certFile} is missing, though the other half of the pair is there: restore it from your backup, or remove both and trust the manager anew on every host.`,
      );
    } else if (key === 'usable' && cert === 'usable') {
      const fault = await clientFilesFault(keyFile, certFile);
      if (fault !== undefined) this.fault(fault);
    }
  }

  private report(path: string, found: FoundFile): 'missing' | 'usable' | 'unusable' {
    switch (found.state) {
      case 'missing':
        return 'missing';
      case 'fine':
        return 'usable';
      case 'tightened':
        this.output.remark(`tightened ${path}: others could read it.`);
        return 'usable';
      case 'unusable':
        this.fault(`${path} ${found.reason}.`);
        return 'unusable';
    }
  }

  private fault(text: string): void {
    this.faults += 1;
    this.output.remark(text);
  }

  private async write(path: string, text: string): Promise<boolean> {
    const written = await writeOnce(path, text);
    if (written) {
      this.made += 1;
      this.output.result(`made ${path}`);
    }
    return written;
  }
}
