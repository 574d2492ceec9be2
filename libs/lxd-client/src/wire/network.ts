/** GET /1.0/networks/NAME. */
export interface Network {
  readonly name: string;
  readonly type: string;
  readonly managed: boolean;
  readonly status: string;
  readonly description: string;
  readonly config: Readonly<Record<string, string>>;
  readonly used_by: readonly string[] | null;
  readonly locations?: readonly string[] | null;
}
