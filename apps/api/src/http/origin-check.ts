import type { NextFunction, Request, Response } from 'express';
import { RequestFault } from './request-fault';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What a browser tells about where a request comes from. */
export interface RequestSource {
  method: string;
  host: string | undefined;
  origin: string | undefined;
  secFetchSite: string | undefined;
  secure: boolean;
}

/** True for methods that may change something (RFC 9110 §9.2.1). */
export function isUnsafe(method: string): boolean {
  return !SAFE.has(method);
}

/** Whether a request that may change something comes from our own pages, or from no page at all (Fetch Metadata; RFC 6454). */
export function isOwnOrigin(source: RequestSource): boolean {
  if (!isUnsafe(source.method)) return true;
  if (source.secFetchSite !== undefined && !['same-origin', 'none'].includes(source.secFetchSite)) return false;
  if (source.origin === undefined) return true;
  if (!URL.canParse(source.origin)) return false;
  const origin = new URL(source.origin);
  if (source.secure && origin.protocol !== 'https:') return false;
  return /^https?:$/.test(origin.protocol) && origin.host === authorityOf(source.host, origin.protocol);
}

/** The Host header without the port that the scheme implies, as URL.host has it. */
function authorityOf(host: string | undefined, protocol: string): string | undefined {
  const text = `${protocol}//${host ?? ''}`;
  return URL.canParse(text) ? new URL(text).host : undefined;
}

/** Refuses what another site's page makes a browser send. */
export function originCheck(request: Request, _response: Response, next: NextFunction): void {
  const { origin, host } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const secFetchSite = Array.isArray(site) ? site.join() : site;
  if (isOwnOrigin({ method: request.method, host, origin, secFetchSite, secure: request.secure })) return next();
  next(new RequestFault(403, 'foreign-origin', 'A page of another site may not do this.'));
}
