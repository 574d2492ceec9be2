/** GET /1.0/operations/ID, and the `metadata` of every 202 answer and of operation events. */
export interface Operation {
  readonly id: string;
  readonly class: string;
  readonly description: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly status: string;
  readonly status_code: number;
  readonly resources: Readonly<Record<string, readonly string[]>> | null;
  readonly metadata: Readonly<Record<string, unknown>> | null;
  readonly may_cancel: boolean;
  readonly err: string;
  readonly location: string;
}
