// Programs run from here: each has a time to end by, and is ended by its own id.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

const LONGEST = 180_000;
const GRACE = 15_000;

const running = new Set();

/** Starts a program, which `end` or `endAll` ends. */
export function start(command, args, options) {
  const child = spawn(command, args, options);
  running.add(child);
  child.once('close', () => running.delete(child));
  return child;
}

/** Runs a program to its end and gives what it printed; throws, with that, when it fails or takes too long. */
export async function output(command, args, options = {}) {
  const child = start(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'], timeout: LONGEST });
  const printed = [];
  const errors = [];
  child.stdout.on('data', (part) => printed.push(part));
  child.stderr.on('data', (part) => errors.push(part));
  const [code, signal] = await once(child, 'close');
  if (code === 0) return Buffer.concat(printed).toString();
  const words = Buffer.concat([...printed, ...errors]).toString().trim();
  throw new Error(`${command} ${args[0] ?? ''} ended with ${code ?? signal}\n${words}`);
}

/** Ends a program that was started here, first with a word, then without. */
export async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const patience = new AbortController();
  const late = delay(GRACE, true, { signal: patience.signal }).catch(() => false);
  if (await Promise.race([ended.then(() => false), late])) child.kill('SIGKILL');
  patience.abort();
  await ended;
}

/** Ends whatever still runs. */
export const endAll = () => Promise.all([...running].map(end));
