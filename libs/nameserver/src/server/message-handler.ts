import { Protocol } from '../responder';

/** Answers one message, or keeps silent; never throws. */
export type MessageHandler = (packet: Buffer, protocol: Protocol) => Buffer | undefined;
