declare module 'passport-gitlab2' {
  /** What the strategy keeps between the two halves of a sign-in. */
  interface StateStore {
    store(
      request: unknown,
      verifier: string,
      state: unknown,
      meta: unknown,
      done: (error: Error | null, state?: string) => void,
    ): void;
    verify(
      request: unknown,
      state: string,
      meta: unknown,
      done: (error: Error | null, verifier: string | false, state?: unknown) => void,
    ): void;
  }

  interface Options {
    baseURL: string;
    clientID: string;
    clientSecret: string;
    scope: string;
    scopeSeparator: string;
    state: true;
    pkce: true;
    store: StateStore;
  }

  type Verify = (
    accessToken: string,
    refreshToken: string | null,
    params: object,
    profile: unknown,
    done: (error: Error | null, user?: unknown) => void,
  ) => void;

  /** passport-gitlab2 5, as far as it is used; `success`, `fail`, `redirect` and `error` are given to it by whoever drives it. */
  export class Strategy {
    constructor(options: Options, verify: Verify);
    protected _oauth2: {
      getOAuthAccessToken(
        code: string,
        params: Record<string, string>,
        done: (error: unknown, accessToken?: string, refreshToken?: string | null, params?: object) => void,
      ): void;
    };
    authenticate(request: unknown, options: { callbackURL: string }): void;
    userProfile(accessToken: string, done: (error: unknown, profile?: unknown) => void): void;
    success(user: unknown): void;
    fail(info: unknown): void;
    redirect(url: string): void;
    error(error: unknown): void;
  }
}
