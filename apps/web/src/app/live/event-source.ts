import { InjectionToken } from '@angular/core';

/** Opens a stream; a token, so that a test can hand in its own. */
export const openEventSource = new InjectionToken<(url: string) => EventSource>('openEventSource', {
  providedIn: 'root',
  factory: () => (url) => new EventSource(url),
});
