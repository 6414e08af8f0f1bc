// The server audits of GraphQL over HTTP, one after the other: whatever is not ok fails, be it a MUST, SHOULD or MAY.
import { serverAudits } from 'graphql-http';

const LEVELS = ['MUST', 'SHOULD', 'MAY'];

export async function audit(desk, tally) {
  const audits = serverAudits({ url: desk.url, fetchFn: desk.fetch });
  for (const { id, name, fn } of audits.sort((left, right) => rank(left) - rank(right))) {
    await tally.count(`audits ${levelOf(name)}`, `${id} ${name}`, async () => {
      const { status, reason, response } = await fn();
      if (status !== 'ok') throw new Error(`${reason}\n${await told(response)}`);
    });
  }
}

function levelOf(name) {
  const level = name.split(' ')[0];
  if (!LEVELS.includes(level)) throw new Error(`an audit of an unknown level: ${name}`);
  return level;
}

const rank = ({ name }) => LEVELS.indexOf(levelOf(name));

async function told(response) {
  const body = response.bodyUsed ? '' : await response.text();
  return `${response.status} ${response.headers.get('content-type') ?? ''} ${body.slice(0, 500)}`;
}
