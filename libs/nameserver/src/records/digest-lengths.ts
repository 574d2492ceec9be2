/** Octets of an SSHFP fingerprint by its type: SHA-1 (RFC 4255 §3.1.2), SHA-256 (RFC 6594 §4). */
export const sshfpLengths: Readonly<Record<number, number>> = { 1: 20, 2: 32 };

/**
 * Octets of a DS digest by its type: SHA-1 (RFC 4034 §5.1.3), SHA-256 (RFC 4509), SHA-384 (RFC 6605). Others are refused: Knot calls
 * them an error, and no validator would use them (RFC 8624 §3.3).
 */
export const dsLengths: Readonly<Record<number, number>> = { 1: 20, 2: 32, 4: 48 };

/** Octets of TLSA data by its matching type: SHA-256, SHA-512 (RFC 6698 §2.1.3). */
export const tlsaLengths: Readonly<Record<number, number>> = { 1: 32, 2: 64 };
