import type { Adapter, AdapterPayload } from 'oidc-provider' with { 'resolution-mode': 'import' };

interface Entry {
  readonly model: string;
  readonly payload: AdapterPayload;
}

/** Where the provider keeps its sessions and tokens: in memory, and so that a test can reach in. */
export class OauthStore {
  private readonly entries = new Map<string, Entry>();
  /** While it is set no refresh token is found, which the provider answers by invalid_grant. */
  refuseRefresh = false;

  /** The client as the provider is to see it now. */
  constructor(private readonly client: () => AdapterPayload) {}

  readonly adapterOf = (model: string): Adapter => ({
    upsert: async (id, payload) => void this.entries.set(`${model}:${id}`, { model, payload }),
    find: async (id) => {
      if (model === 'Client') return this.clientOf(id);
      if (model === 'RefreshToken' && this.refuseRefresh) return undefined;
      return this.entries.get(`${model}:${id}`)?.payload;
    },
    findByUid: async (uid) => this.first((entry) => entry.model === model && entry.payload.uid === uid),
    findByUserCode: async () => undefined,
    consume: async (id) => {
      const entry = this.entries.get(`${model}:${id}`);
      if (entry === undefined) return;
      entry.payload.consumed = Math.floor(Date.now() / 1000);
      // A refresh ends the access token as well: "the existing access_token and refresh_token are invalidated" (docs.gitlab.com/api/oauth2).
      if (model === 'RefreshToken')
        this.remove(({ payload }) => payload.grantId === entry.payload.grantId, 'AccessToken');
    },
    destroy: async (id) => void this.entries.delete(`${model}:${id}`),
    revokeByGrantId: async (grantId) => this.remove(({ payload }) => payload.grantId === grantId),
  });

  /** Ends all tokens of one person, or all that are of one model. */
  revoke(accountId: string | undefined, model?: 'AccessToken' | 'RefreshToken'): void {
    this.remove(({ payload }) => accountId === undefined || payload.accountId === accountId, model);
  }

  private remove(which: (entry: Entry) => boolean, model?: string): void {
    for (const [key, entry] of this.entries)
      if ((model === undefined ? entry.payload.accountId !== undefined : entry.model === model) && which(entry))
        this.entries.delete(key);
  }

  private first(which: (entry: Entry) => boolean): AdapterPayload | undefined {
    return [...this.entries.values()].find(which)?.payload;
  }

  private clientOf(id: string): AdapterPayload | undefined {
    const client = this.client();
    return client.client_id === id ? client : undefined;
  }
}
