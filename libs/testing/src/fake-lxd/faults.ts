/** What goes wrong with a request; connection faults are methods of the fake itself. */
export type Fault =
  /** Accepted, never answered; the effect does not happen. */
  | { readonly kind: 'hang' }
  /** The effect happens and the answer never comes. */
  | { readonly kind: 'hang-after-effect' }
  /** The connection is cut before the effect, or after it and before the answer. */
  | { readonly kind: 'reset' }
  | { readonly kind: 'lose-reply' }
  | { readonly kind: 'slow'; readonly ms: number }
  /** The answer comes in pieces with pauses. */
  | { readonly kind: 'drip'; readonly bytes: number; readonly everyMs: number }
  /** The answer breaks off after so many bytes although more were promised. */
  | { readonly kind: 'truncate'; readonly bytes: number }
  /** A web page, as a proxy in front of a dead daemon answers. */
  | { readonly kind: 'html'; readonly status: number }
  /** LXD's own error answer. */
  | { readonly kind: 'status'; readonly status: number; readonly error: string }
  /** A good answer's beginning, then so many bytes of nothing useful. */
  | { readonly kind: 'huge'; readonly bytes: number };

/** Which requests a fault hits; everything by default. */
export interface FaultScope {
  readonly method?: string;
  /** Matched against the path without query. */
  readonly path?: RegExp;
  /** How many requests it hits before it heals by itself. */
  readonly times?: number;
}

interface Rule {
  readonly fault: Fault;
  readonly scope: FaultScope;
  left: number;
}

/** The faults that are in force. */
export class Faults {
  private rules: Rule[] = [];

  /** Answers a function that lifts this fault again. */
  add(fault: Fault, scope: FaultScope): () => void {
    const rule: Rule = { fault, scope, left: scope.times ?? Number.POSITIVE_INFINITY };
    this.rules.push(rule);
    return () => {
      this.rules = this.rules.filter((other) => other !== rule);
    };
  }

  clear(): void {
    this.rules = [];
  }

  /** The fault for this request, counted as used. */
  take(method: string, path: string): Fault | undefined {
    const rule = this.rules.find(
      ({ scope, left }) => left > 0 && (scope.method ?? method) === method && (scope.path?.test(path) ?? true),
    );
    if (rule === undefined) return undefined;
    rule.left -= 1;
    return rule.fault;
  }
}
