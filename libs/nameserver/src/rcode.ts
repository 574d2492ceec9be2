/** Response codes (RFC 1035 §4.1.1, RFC 2136 §2.2, RFC 6891 §9, RFC 7873 §8). */
export const Rcode = {
  NOERROR: 0,
  FORMERR: 1,
  SERVFAIL: 2,
  NXDOMAIN: 3,
  NOTIMP: 4,
  REFUSED: 5,
  YXDOMAIN: 6,
  YXRRSET: 7,
  NXRRSET: 8,
  NOTAUTH: 9,
  NOTZONE: 10,
  BADVERS: 16,
  BADCOOKIE: 23,
} as const;

const namesByCode = new Map<number, string>(Object.entries(Rcode).map(([name, code]) => [code, name]));

/** The mnemonic of a response code, as metrics label it. */
export function rcodeName(code: number): string {
  return namesByCode.get(code) ?? `RCODE${code}`;
}
