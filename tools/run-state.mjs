// @ts-check
/** DATA_DIR/run.json: who launched what, so that a second launcher refuses, and a launcher that was killed leaves nothing behind for good. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { standInEntry } from './programs.mjs';
import { alive, commandMentions, until } from './services/processes.mjs';
import { ExpectedError } from './workspace.mjs';

/** @typedef {{launcher: number, console: string, secrets: string, processes: Record<string, number>}} RunState secrets: the folder that they are in */

/** @param {string} dataDir */
const fileOf = (dataDir) => join(dataDir, 'run.json');

/** What runs from this data folder, if its launcher lives. @param {string} dataDir @returns {RunState | undefined} */
export function running(dataDir) {
  const state = read(dataDir);
  return state && alive(state.launcher) && commandMentions(state.launcher, 'run.mjs') ? state : undefined;
}

/** @param {string} dataDir @returns {RunState | undefined} */
function read(dataDir) {
  if (!existsSync(fileOf(dataDir))) return undefined;
  try {
    return JSON.parse(readFileSync(fileOf(dataDir), 'utf8'));
  } catch {
    return undefined; // written half when the machine went down: it launched nothing that still runs
  }
}

/** Refuses if another launcher runs here; ends what a killed one left running. @param {string} dataDir @param {(text: string) => void} say */
export async function claim(dataDir, say) {
  mkdirSync(dataDir, { recursive: true, mode: 0o755 });
  const other = running(dataDir);
  if (other)
    throw new ExpectedError(
      `LXD Manager runs already from ${dataDir} (process ${other.launcher}, ${other.console}). Stop it with Ctrl-C there or: kill ${other.launcher}`,
    );
  const left = Object.values(read(dataDir)?.processes ?? {}).filter(
    (pid) => alive(pid) && (commandMentions(pid, 'dist/main.js') || commandMentions(pid, standInEntry)),
  );
  if (left.length === 0) return;
  say(`  An earlier launcher was killed: its ${left.length} processes are ended first.`);
  for (const pid of left) process.kill(pid, 'SIGTERM');
  if (!(await until(() => !left.some(alive), 10_000)))
    for (const pid of left.filter(alive)) process.kill(pid, 'SIGKILL');
}

/** @param {string} dataDir @param {Omit<RunState, 'launcher'>} state */
export function record(dataDir, state) {
  writeFileSync(fileOf(dataDir), `${JSON.stringify({ launcher: process.pid, ...state })}\n`, { mode: 0o600 });
}

/** @param {string} dataDir */
export const forget = (dataDir) => rmSync(fileOf(dataDir), { force: true });
