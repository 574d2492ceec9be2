import { HEADER_LENGTH } from '../message-layout';

/** The answer to an update: the header alone (RFC 2136 §3.8), with the id and the opcode of the request. */
export function updateReply(request: Buffer, rcode: number): Buffer {
  const header = Buffer.alloc(HEADER_LENGTH);
  request.copy(header, 0, 0, 3);
  header[2] = 0x80 | ((header[2] as number) & 0x78);
  header[3] = rcode & 0x0f;
  return header;
}
