/** What the OPT record of a request says (RFC 6891 §6.1.2). */
export interface RequestEdns {
  /** Largest UDP answer that the client takes; at least 512. */
  readonly udpOctets: number;
  /** The DO bit, which an answer repeats (RFC 3225 §3). */
  readonly dnssecOk: boolean;
  /** True when the client asks which server this is (RFC 5001). */
  readonly wantsNsid: boolean;
  /** True when the client asks how long a connection may rest (RFC 7828 §3.2). */
  readonly wantsKeepalive: boolean;
  /** Where the data of the first COOKIE option begins, and its length; 0 without one (RFC 7873 §5.2). */
  readonly cookieAt: number;
  readonly cookieOctets: number;
}

/** A message that deserves an answer. */
export interface Request {
  /** NOERROR when the question can be looked up; otherwise the answer. */
  readonly rcode: number;
  /** Where the question ends; 12, the end of the header, when the answer does not repeat it. */
  readonly questionEnd: number;
  /** The lower-cased name asked for, as maps of names are keyed; empty without a question. */
  readonly key: string;
  readonly type: number;
  /** True for QCLASS *: nobody has authority over all classes (RFC 1035 §6.2). */
  readonly anyClass: boolean;
  /** Where the TSIG record begins; 0 when the message is not signed. */
  readonly tsigAt: number;
  readonly edns: RequestEdns | undefined;
}
