// Relay's compiler and graphql-codegen over the committed SDL, and TypeScript's over what they make of it.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { output } from './programs.mjs';

const HERE = import.meta.dirname;
const MODULES = join(HERE, 'node_modules');
const RELAY = join(HERE, 'relay');
const CODEGEN = join(HERE, 'codegen');

const node = (program, args, cwd) => output(process.execPath, [join(MODULES, program), ...args], { cwd });
const tsc = (args, cwd) => node('typescript/bin/tsc', ['--strict', ...args], cwd);

export async function compileRelay(tally) {
  for (const folder of ['generated', 'build']) {
    rmSync(join(RELAY, folder), { recursive: true, force: true });
    mkdirSync(join(RELAY, folder));
  }
  await inTurn(tally, 'Relay compiler', {
    'relay-compiler': () => node('relay-compiler/cli.js', [], RELAY),
    'tsc --strict': () => tsc([], RELAY),
  });
}

export async function generateTypes(tally) {
  await inTurn(tally, 'graphql-codegen', {
    'graphql-codegen': () => output(process.execPath, ['generate.mjs'], { cwd: CODEGEN }),
    'tsc --strict': () => tsc(['--noEmit'], CODEGEN),
  });
}

/** Each step needs the one before: after one that failed, the rest fails without being tried. */
async function inTurn(tally, part, steps) {
  let whole = true;
  for (const [name, step] of Object.entries(steps)) {
    if (whole) whole = await tally.count(part, name, step);
    else tally.fail(part, name, 'the step before it failed');
  }
}
