// @ts-check
/** What a datagram costs Node before anybody has looked at it: sends back what comes, marked as an answer. Argument: the port. */
import { createSocket } from 'node:dgram';

const socket = createSocket({
  type: 'udp4',
  // Senders are addresses already; without this the echo is slower by a turn of the event loop.
  lookup: (host, _options, callback) => callback(null, host, 4),
});
socket.on('message', (packet, { port, address }) => {
  packet[2] = /** @type {number} */ (packet[2]) | 0x80;
  socket.send(packet, port, address);
});
socket.bind(Number(process.argv[2]), '127.0.0.1');
