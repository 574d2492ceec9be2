import { Allocate } from '../allocate';
import { DeferredAnswer } from '../deferred/deferred-answer';
import { Protocol } from '../responder';

/** Answers one message of the client at an address, now or later, or keeps silent; never throws. An answer at once is written to the memory given. */
export type MessageHandler = (
  packet: Buffer,
  protocol: Protocol,
  sender: string,
  memory?: Allocate,
) => Buffer | DeferredAnswer | undefined;
