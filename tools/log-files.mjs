// @ts-check
/** The processes' logs: one file each in DATA_DIR/log, turned over when it is big at a start; errors are shown on the terminal as well. */
import { closeSync, existsSync, fstatSync, mkdirSync, openSync, readSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

const biggest = 10 * 1024 * 1024;

/** Opens NAME.log for appending, after NAME.log has become NAME.log.1 if it is big. @param {string} folder @param {string} name */
export function openLog(folder, name) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `${name}.log`);
  if (existsSync(file) && statSync(file).size > biggest) {
    if (existsSync(`${file}.1`)) renameSync(`${file}.1`, `${file}.2`);
    renameSync(file, `${file}.1`);
  }
  return { file, descriptor: openSync(file, 'a', 0o600) };
}

/** The errors among log lines: level 50 and above in JSON, and what no JSON logger wrote. @param {string} text @returns {string[]} */
export function errorLines(text) {
  return text.split('\n').flatMap((line) => {
    if (!line.startsWith('{')) return /^\w*Error\b/.test(line) ? [line] : [];
    try {
      const entry = JSON.parse(line);
      return entry.level >= 50 ? [String(entry.msg ?? entry.err?.message ?? line)] : [];
    } catch {
      return [];
    }
  });
}

/** Follows a log from its present end and reports errors, each text at most once in ten seconds. @param {string} file @param {(line: string) => void} report @returns {() => void} ends it */
export function followErrors(file, report) {
  const descriptor = openSync(file, 'r');
  let position = fstatSync(descriptor).size;
  let rest = '';
  /** @type {Map<string, number>} */
  const shown = new Map();
  const read = () => {
    const size = fstatSync(descriptor).size - position;
    if (size <= 0) return;
    const buffer = Buffer.alloc(Math.min(size, 256 * 1024));
    position += readSync(descriptor, buffer, 0, buffer.length, position);
    const text = rest + buffer.toString('utf8');
    const end = text.lastIndexOf('\n') + 1;
    rest = text.slice(end).slice(-64 * 1024);
    for (const line of errorLines(text.slice(0, end))) {
      if (Date.now() - (shown.get(line) ?? 0) < 10_000) continue;
      if (shown.size > 100) shown.clear();
      shown.set(line, Date.now());
      report(line.length > 200 ? `${line.slice(0, 200)}…` : line);
    }
  };
  const timer = setInterval(read, 500);
  return () => {
    clearInterval(timer);
    read();
    closeSync(descriptor);
  };
}
