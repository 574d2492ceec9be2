import type request from 'supertest';

type Agent = ReturnType<typeof request>;
type Pending = ReturnType<Agent['get']>;

/** Requests with a session, as the console sends them. */
export class Browser {
  constructor(
    private readonly agent: Agent,
    readonly session: { sessionId: string; token: string; csrf: string },
  ) {}

  get cookie(): string {
    return `lxdm_session=${this.session.token}`;
  }

  get(path: string): Pending {
    return this.agent.get(path).set('Cookie', this.cookie);
  }

  post(path: string, body: object, key?: string): Pending {
    return this.change(this.agent.post(path), key).send(body);
  }

  put(path: string, body: object, key?: string): Pending {
    return this.change(this.agent.put(path), key).send(body);
  }

  patch(path: string, body: object): Pending {
    return this.change(this.agent.patch(path), undefined).send(body);
  }

  delete(path: string, key?: string): Pending {
    return this.change(this.agent.delete(path), key);
  }

  private change(pending: Pending, key: string | undefined): Pending {
    const marked = pending.set('Cookie', this.cookie).set('X-XSRF-TOKEN', this.session.csrf);
    return key === undefined ? marked : marked.set('Idempotency-Key', key);
  }
}
