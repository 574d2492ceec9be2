const prefix = 'lxdm.';

/** Settings of this device. Storage may be switched off: then a setting lasts as long as the page. */
export function readSetting(name: string): string | null {
  try {
    return localStorage.getItem(prefix + name);
  } catch {
    return null;
  }
}

export function writeSetting(name: string, value: string): void {
  try {
    localStorage.setItem(prefix + name, value);
  } catch {
    return;
  }
}
