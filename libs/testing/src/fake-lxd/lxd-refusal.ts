/** What LXD answers when it refuses: its status and its own words, as seen on LXD 5.0.2. */
export class LxdRefusal extends Error {
  constructor(
    readonly status: number,
    words: string,
  ) {
    super(words);
  }
}

/** The most frequent one. */
export function instanceNotFound(): LxdRefusal {
  return new LxdRefusal(404, 'Instance not found');
}
