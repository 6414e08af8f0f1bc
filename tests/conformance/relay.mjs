// What Relay's compiler made, run on Relay's store against a desk.
import { createRequire } from 'node:module';

const PART = 'Relay store';
const CANDIDATES = `{
  assets(first: 100) {
    nodes { serialNumber customer { code assets(first: 2) { nodes { id } } }
            serviceRecords(first: 2, filter: { status: [DONE, CLOSED] }) { nodes { id } } }
  }
}`;

export async function tryStore(desk, tally) {
  if (tally.hasFailed('Relay compiler')) return tally.fail(PART, 'all of it', 'what it would run was not compiled');
  const { checks } = createRequire(import.meta.url)('./relay/build/src/checks.js');
  const ask = asking(desk);
  const known = await knownOf(ask);
  for (const { sentence, run } of checks) {
    await tally.count(PART, sentence, () => withoutWarnings(() => run(ask, known)));
  }
}

function asking(desk) {
  return async (query, variables) => {
    const body = JSON.stringify({ query, variables });
    const headers = { 'content-type': 'application/json' };
    const response = await desk.fetch(desk.url, { method: 'POST', headers, body });
    const answer = await response.json();
    if (answer.errors) throw new Error(JSON.stringify(answer.errors));
    return answer;
  };
}

/** The demo data's first asset with two records done, whose owner has another. */
async function knownOf(ask) {
  const { data } = await ask(CANDIDATES, {});
  const found = data.assets.nodes.find(
    (asset) => asset.customer.assets.nodes.length === 2 && asset.serviceRecords.nodes.length === 2,
  );
  if (!found) throw new Error('the demo data has no asset to try pages with');
  return { customerCode: found.customer.code, serialNumber: found.serialNumber };
}

/** Relay says on the console what it misses in an answer: here that is a failure. */
async function withoutWarnings(run) {
  const usual = console.error;
  const warnings = new Set();
  console.error = (...words) => warnings.add(words.join(' '));
  try {
    await run();
  } finally {
    console.error = usual;
  }
  if (warnings.size) throw new Error([...warnings].join('\n'));
}
