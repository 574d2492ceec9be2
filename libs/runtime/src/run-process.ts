import { pino } from 'pino';
import { SettingsError } from './settings';

/** Registers what is to be done when the process ends; done in reverse order. */
export type OnStop = (name: string, stop: () => Promise<void> | void) => void;

/** How long a process may take to end politely, in milliseconds. */
const GRACE_MS = 9_000;

/** sysexits.h: something is wrong with the configuration. */
const EX_CONFIG = 78;

/**
 * Runs a process from its boot to its end: SIGTERM and SIGINT end it politely, a fault that nobody caught ends it at once,
 * and both are logged.
 */
export function runProcess(name: string, boot: (onStop: OnStop) => Promise<void>): void {
  const log = pino({ name });
  const stops: { name: string; stop: () => Promise<void> | void }[] = [];
  let stopping = false;

  const stop = async (code: number): Promise<void> => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => {
      log.error('could not end in time');
      process.exit(1);
    }, GRACE_MS).unref();
    for (const entry of stops.reverse()) {
      try {
        await entry.stop();
      } catch (error) {
        log.error({ err: error }, `${entry.name} did not end properly`);
      }
    }
    process.exit(code);
  };
  const fatal = (error: unknown): void => {
    log.fatal({ err: error }, 'a fault that nobody caught');
    process.exit(1);
  };

  process.on('SIGTERM', () => void stop(0));
  process.on('SIGINT', () => void stop(0));
  process.on('uncaughtException', fatal);
  process.on('unhandledRejection', fatal);
  boot((stopName, callback) => stops.push({ name: stopName, stop: callback })).then(
    () => log.info({ node: process.version }, 'started'),
    (error: unknown) => {
      if (error instanceof SettingsError) {
        process.stderr.write(`${error.message}\n`);
        log.fatal({ faults: error.faults }, 'the settings are not usable');
        process.exit(EX_CONFIG);
      }
      log.fatal({ err: error }, 'could not start');
      process.exit(1);
    },
  );
}
