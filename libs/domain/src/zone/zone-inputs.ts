/** What an operator decides about the zones; names are absolute, as absoluteName gives them. */
export interface ZoneApex {
  /** The zone of the containers' names. */
  zone: string;
  nameserver: string;
  /** The name server's own addresses: needed where its name lies inside a zone. */
  nameserverAddresses: readonly string[];
}

/** A zone that we are the authority for. */
export interface ServedZone {
  /** Absolute, in lower case. */
  name: string;
  kind: 'forward' | 'reverse';
  /** The subnet of a reverse zone. */
  cidr: string | null;
  serial: number;
}

/** What the zones say about a container; lists are texts with spaces between, for there may be a hundred thousand of them. */
export interface ZoneContainer {
  /** The form of its name under which it is unique (nameKey). */
  name: string;
  /** Its published addresses. */
  addresses: string;
  /** Its host keys as `ALGORITHM:DIGEST`: the algorithm's number (RFC 4255 §3.1.1, RFC 7479) and the key's SHA-256 in hexadecimal digits. */
  hostKeys: string;
}

/** A record that does not follow from a container, checked when it was stored. */
export interface StoredRecord {
  zone: string;
  /** Absolute, in lower case, with the escapes of a zone file. */
  owner: string;
  type: number;
  ttl: number;
  /** RDATA without compression. */
  rdata: Uint8Array;
}

/** All that zones are made of, or the part of it that belongs to some names. */
export interface ZonesInputs {
  zones: readonly ServedZone[];
  containers: readonly ZoneContainer[];
  records: readonly StoredRecord[];
  /** True where the forward zone has a wildcard right below its top. */
  wildcard: boolean;
}
