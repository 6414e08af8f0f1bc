// A desk of its own for the checks: fresh state in a temporary folder, the production server on a free port.
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { end, output, start } from './programs.mjs';

const BACKOFFICE = join(import.meta.dirname, '../../.venv/bin/backoffice');
const STARTS = 3;
const READY_WITHIN = 60_000;
const ANSWER_WITHIN = 20_000;

/** Starts a desk with demo data. Its `fetch` is the world's, but asks in the name of an administrator. */
export async function startDesk() {
  const state = mkdtempSync(join(tmpdir(), 'backoffice-conformance-'));
  process.once('exit', () => rmSync(state, { recursive: true, force: true }));
  const env = environment(state);
  const token = await prepared(env);
  const { server, url } = await served(env, join(state, 'server.log'));
  return { url: `${url}/graphql`, fetch: inTheNameOf(token), stop: () => end(server) };
}

/** Ours alone, whatever this shell has set for another desk. */
function environment(state) {
  const others = Object.entries(process.env).filter(([key]) => !key.startsWith('BACKOFFICE_'));
  return { ...Object.fromEntries(others), BACKOFFICE_VAR: state, BACKOFFICE_ENV: 'production' };
}

async function prepared(env) {
  const backoffice = (...args) => output(BACKOFFICE, args, { env });
  await backoffice('init');
  await backoffice('demo', 'load');
  await backoffice('user', 'add', 'auditor', '--role', 'admin');
  const printed = await backoffice('token', 'create', '--user', 'auditor', '--expires', '1');
  return printed.trim().split('\n').at(-1);
}

/** Another program may take the port before the server has it: then another one is tried. */
async function served(env, log) {
  for (let attempt = 1; attempt <= STARTS; attempt += 1) {
    const port = await freePort();
    const server = serve(env, port, log);
    const url = `http://127.0.0.1:${port}`;
    if (await isReady(server, url)) return { server, url };
    await end(server);
  }
  throw new Error(`the server did not become ready\n${readFileSync(log, 'utf8')}`);
}

function serve(env, port, log) {
  const file = openSync(log, 'a');
  try {
    return start(BACKOFFICE, ['serve', '--port', String(port)], { env, stdio: ['ignore', file, file] });
  } finally {
    closeSync(file);
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function isReady(server, url) {
  const deadline = Date.now() + READY_WITHIN;
  while (server.exitCode === null && server.signalCode === null && Date.now() < deadline) {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(ANSWER_WITHIN) }).catch(() => null);
    await answer?.arrayBuffer();
    if (answer?.ok) return true;
    await delay(100);
  }
  return false;
}

function inTheNameOf(token) {
  return (url, options = {}) => {
    const headers = new Headers(options.headers);
    headers.set('authorization', `Bearer ${token}`);
    return fetch(url, { ...options, headers, signal: AbortSignal.timeout(ANSWER_WITHIN) });
  };
}
