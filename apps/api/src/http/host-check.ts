import { isIP } from 'node:net';
import type { NextFunction, Request, Response } from 'express';
import { RequestFault } from './request-fault';

/** The host names by which this process may be called. */
export interface KnownHosts {
  /** What the operator listed; empty when nothing was. */
  listed: readonly string[];
  bind: string;
}

/**
 * Whether a Host header names us. A page elsewhere can point its own name at our address (DNS rebinding), but it cannot make
 * a browser call us by an address or by a loopback name.
 */
export function isKnownHost(header: string | undefined, known: KnownHosts): boolean {
  const name = hostNameOf(header);
  if (name === undefined) return false;
  if (name === 'localhost' || name.endsWith('.localhost') || known.listed.includes(name)) return true;
  return name === known.bind.toLowerCase() || (known.listed.length === 0 && isIP(name) !== 0);
}

function hostNameOf(header: string | undefined): string | undefined {
  const parts = /^(?:\[([0-9a-f:.]{2,45})\]|([a-z0-9._-]{1,253}))(?::\d{1,5})?$/.exec(header?.toLowerCase() ?? '');
  return parts?.[1] ?? parts?.[2];
}

/** Refuses requests for a host name that is not ours (RFC 9110 §15.5.20). */
export function hostCheck(known: KnownHosts): (request: Request, response: Response, next: NextFunction) => void {
  return (request, _response, next) => {
    if (isKnownHost(request.headers.host, known)) return next();
    const message = 'This server does not answer to that host name; LXDM_PUBLIC_HOSTS lists the names that it has.';
    next(new RequestFault(421, 'unknown-host', message));
  };
}
