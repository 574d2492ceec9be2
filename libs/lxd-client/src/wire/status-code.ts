/** LXD's numbers for the states of operations and instances (https://documentation.ubuntu.com/lxd/stable-5.0/rest-api/#list-of-current-status-codes). */
export const StatusCode = {
  OperationCreated: 100,
  Started: 101,
  Stopped: 102,
  Running: 103,
  Cancelling: 104,
  Pending: 105,
  Starting: 106,
  Stopping: 107,
  Aborting: 108,
  Freezing: 109,
  Frozen: 110,
  Thawed: 111,
  Error: 112,
  Ready: 113,
  Success: 200,
  Failure: 400,
  Cancelled: 401,
} as const;

/** One of the known numbers; a newer server may send others. */
export type StatusCode = (typeof StatusCode)[keyof typeof StatusCode];

/** Whether an operation with this code has ended, whichever way. */
export function isFinalCode(code: number): boolean {
  return code === StatusCode.Success || code === StatusCode.Failure || code === StatusCode.Cancelled;
}
