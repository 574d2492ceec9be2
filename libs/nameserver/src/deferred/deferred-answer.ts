/** An answer that comes later than the message it answers, or in several messages. */
export interface DeferredAnswer {
  /** The next message, whole and signed; undefined after the last. Asked for when the one before was taken. */
  next(): Promise<Buffer | undefined>;
  /** Called once: when the last message was taken, or, with false, when the client is gone or the time is up. */
  end(complete: boolean): void;
}
