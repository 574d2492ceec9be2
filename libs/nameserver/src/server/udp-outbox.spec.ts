import { setImmediate } from 'node:timers/promises';
import { UdpOutbox } from './udp-outbox';

const client = { address: '192.0.2.7', port: 5353 };

/** A socket whose system takes what it is given, or leaves it where it was written. */
function outboxOf(): { outbox: UdpOutbox; sent: string[]; answer: (text: string) => void; system: { left: number } } {
  const sent: string[] = [];
  const system = { left: 0 };
  const outbox = new UdpOutbox({
    send: (message, port, address) => sent.push(`${Buffer.from(message).toString()} to ${address}:${port}`),
    getSendQueueCount: () => system.left,
  });
  const answer = (text: string) => {
    const written = outbox.memory(text.length);
    written.write(text);
    outbox.add(written, client);
  };
  return { outbox, sent, answer, system };
}

it('sends the answers of a turn at its end, each as it was written, in their order', async () => {
  const { sent, answer } = outboxOf();
  for (const text of ['one', 'two', 'six']) answer(text);
  expect(sent).toEqual([]);
  await setImmediate();
  expect(sent).toEqual(['one', 'two', 'six'].map((text) => `${text} to 192.0.2.7:5353`));
  answer('ten');
  await setImmediate();
  expect(sent).toHaveLength(4);
});

it('waits no longer when a batch is full', async () => {
  const { sent, answer } = outboxOf();
  for (let i = 0; i < 33; i++) answer(`answer ${i}`);
  expect(sent).toHaveLength(32);
  await setImmediate();
  expect(sent).toEqual(Array.from({ length: 33 }, (_, i) => `answer ${i} to 192.0.2.7:5353`));
});

it('sends what waits when it is told to, and only once', async () => {
  const { outbox, sent, answer } = outboxOf();
  answer('last');
  outbox.send();
  await setImmediate();
  expect(sent).toEqual(['last to 192.0.2.7:5353']);
});

it('writes where it wrote before, but not where an answer stands that the system has not taken', async () => {
  const { outbox, answer, system } = outboxOf();
  const first = outbox.memory(4);
  answer('left');
  system.left = 1;
  await setImmediate();
  expect(outbox.memory(4).buffer).not.toBe(first.buffer);
  system.left = 0;
  expect(outbox.memory(4)).toBe(first);
});

it('writes an answer that was not given where the next one is written', () => {
  const { outbox } = outboxOf();
  expect(outbox.memory(4)).toBe(outbox.memory(4));
});
