// All checks of conformance, the desk started and ended for them. Exits with 1 when one fails.
import { audit } from './audits.mjs';
import { compileRelay, generateTypes } from './compilers.mjs';
import { startDesk } from './desk.mjs';
import { endAll } from './programs.mjs';
import { tryStore } from './relay.mjs';
import { Tally } from './tally.mjs';

const LONGEST = 600_000;

const tally = new Tally();

async function againstADesk() {
  const desk = await startDesk();
  try {
    await audit(desk, tally);
    await tryStore(desk, tally);
  } finally {
    await desk.stop();
  }
}

function giveUp(why) {
  console.error(`Stopped: ${why}.`);
  void endAll().finally(() => process.exit(1));
}

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, giveUp);
setTimeout(giveUp, LONGEST, `not done after ${LONGEST / 60_000} minutes`).unref();

await compileRelay(tally);
await generateTypes(tally);
await againstADesk().catch((error) => tally.fail('desk', 'a desk to ask', error.message));
console.log(tally.summary());
process.exitCode = tally.failed ? 1 : 0;
