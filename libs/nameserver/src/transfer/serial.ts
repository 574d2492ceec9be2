/** True when a serial comes after another one; of two that are half the circle apart neither does (RFC 1982 §3.2). */
export function isNewerSerial(serial: number, than: number): boolean {
  return ((serial - than) | 0) > 0;
}
