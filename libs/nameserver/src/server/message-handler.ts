import { DeferredAnswer } from '../deferred/deferred-answer';
import { Protocol } from '../responder';

/** Answers one message of the client at an address, now or later, or keeps silent; never throws. */
export type MessageHandler = (
  packet: Buffer,
  protocol: Protocol,
  sender: string,
) => Buffer | DeferredAnswer | undefined;
