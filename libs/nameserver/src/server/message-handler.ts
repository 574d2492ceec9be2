import { Protocol } from '../responder';

/** Answers one message of the client at an address, or keeps silent; never throws. */
export type MessageHandler = (packet: Buffer, protocol: Protocol, sender: string) => Buffer | undefined;
