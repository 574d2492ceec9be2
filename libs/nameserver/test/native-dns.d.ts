/** The part of native-dns that the suite uses; the package brings no types. */
declare module 'native-dns' {
  interface Answer {
    header: { rcode: number; aa: number; qr: number; ra: number };
    answer: Record<string, unknown>[];
    authority: Record<string, unknown>[];
  }
  interface Request {
    on(event: 'message', listener: (error: Error | null, answer: Answer) => void): void;
    on(event: 'timeout' | 'end', listener: () => void): void;
    send(): void;
  }
  export function Question(question: { name: string; type: string | number }): unknown;
  export function Request(request: {
    question: unknown;
    server: { address: string; port: number; type: 'udp' | 'tcp' };
    timeout: number;
    cache: false;
  }): Request;
}
