import type { CreatedToken, CreateToken, Token } from '@lxdm/api-client';

/** Whose tokens they are: one's own, or a service's. */
export interface TokenSource {
  scopes: Token['scope'][];
  list(): Promise<Token[]>;
  create(body: CreateToken): Promise<CreatedToken>;
  revoke(id: string): Promise<void>;
}
