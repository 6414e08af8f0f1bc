// A program as front-end teams write it on the generated types. It is only type-checked: what it must not be able to
// say stands below an @ts-expect-error, which is itself an error when the line is accepted.
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';

import {
  AgainDocument,
  CompleteServiceDocument,
  CoverageDocument,
  CustomerDocument,
  RecordsDocument,
  RecordServiceDocument,
  StatisticsDocument,
} from '../generated/operations.js';
import type { DecisionFragment, RecordFragment } from '../generated/operations.js';
import type { RetiredServiceRecord, ServiceRecord } from '../generated/schema.js';

declare function ask<Answer, Variables>(
  document: TypedDocumentNode<Answer, Variables>,
  variables: Variables,
): Promise<Answer>;

export async function lookUps(): Promise<string[]> {
  const byCode = await ask(CustomerDocument, { by: { code: 'C-1' } });
  const byId = await ask(CustomerDocument, { by: { id: 'opaque' }, assets: 5 });
  // @ts-expect-error exactly one key
  await ask(CustomerDocument, { by: { id: 'opaque', code: 'C-1' } });
  // @ts-expect-error not none
  await ask(CustomerDocument, { by: {} });
  // @ts-expect-error a customer has no serial number
  await ask(CustomerDocument, { by: { serialNumber: 'PD-1' } });
  return [byCode, byId].flatMap(({ customer }) => customer?.assets.nodes.map((asset) => asset.serialNumber) ?? []);
}

export async function recordings(assetId: string): Promise<string> {
  const usual = { assetId, mode: 'REMOTE', channel: 'portal' } as const;
  const request = { installation: { note: 'new computer' } };
  const { recordService } = await ask(RecordServiceDocument, { input: { ...usual, request } });
  // @ts-expect-error one service type at a time
  await ask(RecordServiceDocument, { input: { ...usual, request: { installation: {}, training: {} } } });
  // @ts-expect-error what is asked for is not what is recorded
  await ask(RecordServiceDocument, { input: { ...usual, request: { installation: { softwareVersion: '5.2' } } } });
  const [refusal] = recordService.errors;
  if (refusal) return `${refusal.code} ${refusal.path?.join('.') ?? ''} ${refusal.message}`;
  return recordService.serviceRecord ? told(recordService.serviceRecord) : priced(recordService.coverage);
}

export async function completions(id: string, version: number): Promise<boolean> {
  const result = { lockRemoval: { note: 'unlocked' } };
  const { completeService } = await ask(CompleteServiceDocument, { input: { id, version, minutes: 20, result } });
  // @ts-expect-error the version is how a stale change is noticed
  await ask(CompleteServiceDocument, { input: { id, result } });
  return completeService.errors.length === 0;
}

/** One line for a record of any service type, also of one that was not installed when this was written. */
export function told(record: RecordFragment): string {
  switch (record.__typename) {
    case 'InstallationRecord':
      return `${record.number} ${record.request.note ?? ''} ${record.result?.softwareVersion ?? ''}`;
    case 'RetiredServiceRecord':
      return `${record.number} ${JSON.stringify(record.requestData)}`;
    default:
      // @ts-expect-error only records of installations have it
      record.request;
      return `${record.number} ${record.serviceType.label} ${priced(record.coverage)}`;
  }
}

function priced(decision: DecisionFragment | null): string {
  if (!decision || decision.amount === null) return '?';
  const rials: number = decision.amount;
  const quantities: string[] = decision.lines.map((line) => line.quantity);
  return `${rials} for ${quantities.join(' + ')}`;
}

export async function pages(): Promise<string | null> {
  const requestedAt = { gte: '2026-07-01T00:00:00+03:30' };
  const filter = { serviceType: ['installation'], status: ['DONE'], requestedAt } as const;
  const orderBy = { field: 'REQUESTED_AT', direction: 'DESC' } as const;
  const { serviceRecords } = await ask(RecordsDocument, { filter, orderBy, first: 20 });
  // @ts-expect-error not an order that records have
  await ask(RecordsDocument, { orderBy: { field: 'NAME', direction: 'DESC' } });
  const { hasNextPage, endCursor } = serviceRecords.pageInfo;
  return hasNextPage ? endCursor : serviceRecords.edges.map(({ node }) => told(node)).join('\n');
}

export async function anything(id: string): Promise<string | undefined> {
  const { node } = await ask(AgainDocument, { id, withSerial: true });
  return node?.__typename === 'Asset' ? node.serialNumber : node?.id;
}

export async function figures(): Promise<number> {
  const { serviceRecordStats } = await ask(StatisticsDocument, { groupBy: ['SERVICE_TYPE', 'JALALI_MONTH'] });
  const { coverage } = await ask(CoverageDocument, {
    input: { serviceType: 'installation', mode: 'REMOTE', requestedAt: '2026-08-01T12:00:00+03:30' },
  });
  return serviceRecordStats.reduce((sum, row) => sum + row.amount, coverage.vat ?? 0);
}

/** A retired record is a record, by the types of the schema as well. */
export const asRecord = (record: RetiredServiceRecord): ServiceRecord => record;
