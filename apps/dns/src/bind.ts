import type { BindAddress } from '@lxdm/nameserver';
import { SettingsError } from '@lxdm/runtime';

/** Where to listen: `::` means every address, as it does for the console, and so IPv4 too. */
export function bindAddresses({ bind, port }: { bind: string; port: number }): BindAddress[] {
  return bind === '::'
    ? [
        { host: '::', port },
        { host: '0.0.0.0', port },
      ]
    : [{ host: bind, port }];
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use by another program',
  EACCES: 'may not be used by this user (ports below 1024 need CAP_NET_BIND_SERVICE)',
  EADDRNOTAVAIL: 'is at an address that this machine does not have',
};

/** Turns a refused port into a sentence that names the setting. */
export function explainListenFailure(variable: string, host: string, port: number): (error: unknown) => never {
  return (error) => {
    const { code } = error as NodeJS.ErrnoException;
    const reason = REASONS[code ?? ''];
    if (reason === undefined) throw error;
    throw new SettingsError([`${variable}: port ${port} on ${host} ${reason}`]);
  };
}
