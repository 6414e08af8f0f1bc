// What an application on Relay relies on, tried against a running desk. Each check is a sentence and fails by throwing.
import { ConnectionHandler } from 'relay-runtime';

import createCustomer from '../generated/changesCreateCustomerMutation.graphql';
import type { changesCreateCustomerMutation } from '../generated/changesCreateCustomerMutation.graphql';
import recordService from '../generated/changesRecordServiceMutation.graphql';
import type { changesRecordServiceMutation } from '../generated/changesRecordServiceMutation.graphql';
import updateCustomer from '../generated/changesUpdateCustomerMutation.graphql';
import type { changesUpdateCustomerMutation } from '../generated/changesUpdateCustomerMutation.graphql';
import assets from '../generated/lists_assets.graphql';
import type { lists_assets$data } from '../generated/lists_assets.graphql';
import customers from '../generated/lists_customers.graphql';
import type { lists_customers$data } from '../generated/lists_customers.graphql';
import records from '../generated/lists_serviceRecords.graphql';
import type { lists_serviceRecords$data } from '../generated/lists_serviceRecords.graphql';
import customersPage from '../generated/listsCustomersPageQuery.graphql';
import type { listsCustomersPageQuery } from '../generated/listsCustomersPageQuery.graphql';
import moreAssets from '../generated/listsMoreAssetsQuery.graphql';
import type { listsMoreAssetsQuery } from '../generated/listsMoreAssetsQuery.graphql';
import moreCustomers from '../generated/listsMoreCustomersQuery.graphql';
import type { listsMoreCustomersQuery } from '../generated/listsMoreCustomersQuery.graphql';
import moreRecords from '../generated/listsMoreServiceRecordsQuery.graphql';
import type { listsMoreServiceRecordsQuery } from '../generated/listsMoreServiceRecordsQuery.graphql';
import recordsBackwards from '../generated/listsRecordsBackwardsQuery.graphql';
import type { listsRecordsBackwardsQuery } from '../generated/listsRecordsBackwardsQuery.graphql';
import asset from '../generated/objects_asset.graphql';
import type { objects_asset$data } from '../generated/objects_asset.graphql';
import customer from '../generated/objects_customer.graphql';
import type { objects_customer$data } from '../generated/objects_customer.graphql';
import serviceRecord from '../generated/objects_serviceRecord.graphql';
import type { objects_serviceRecord$data } from '../generated/objects_serviceRecord.graphql';
import assetAgain from '../generated/objectsAssetAgainQuery.graphql';
import type { objectsAssetAgainQuery } from '../generated/objectsAssetAgainQuery.graphql';
import assetPage from '../generated/objectsAssetPageQuery.graphql';
import type { objectsAssetPageQuery } from '../generated/objectsAssetPageQuery.graphql';
import customerAgain from '../generated/objectsCustomerAgainQuery.graphql';
import type { objectsCustomerAgainQuery } from '../generated/objectsCustomerAgainQuery.graphql';
import customerPage from '../generated/objectsCustomerPageQuery.graphql';
import type { objectsCustomerPageQuery } from '../generated/objectsCustomerPageQuery.graphql';
import recordAgain from '../generated/objectsServiceRecordAgainQuery.graphql';
import type { objectsServiceRecordAgainQuery } from '../generated/objectsServiceRecordAgainQuery.graphql';

import { DeskStore } from './store';
import type { Ask } from './store';

/** A customer with two assets at least, the first of which has two records at least. */
export type Known = { customerCode: string; serialNumber: string };
export type Check = { sentence: string; run: (ask: Ask, known: Known) => Promise<void> };

const ONLY_DONE = { status: ['DONE', 'CLOSED'] } as const;
const ROOT = 'client:root';

function same(found: unknown, expected: unknown): void {
  const [left, right] = [JSON.stringify(found), JSON.stringify(expected)];
  if (left !== right) throw new Error(`found ${left}, expected ${right}`);
}

function there<Value>(value: Value | null | undefined): Value {
  if (value === null || value === undefined) throw new Error('it is null');
  return value;
}

const idsOf = (list: { edges: readonly { node: { id: string } }[] }) => list.edges.map((edge) => edge.node.id);
const distinct = (ids: string[]) => new Set(ids).size;

async function rootListGrows(ask: Ask): Promise<void> {
  const store = new DeskStore(ask);
  const page = await store.load<listsCustomersPageQuery>(customersPage, { count: 3 });
  const first = store.read<lists_customers$data>(customers, page).customers;
  same([first.edges.length, first.pageInfo.hasNextPage], [3, true]);
  await store.load<listsMoreCustomersQuery>(moreCustomers, { count: 3, cursor: first.pageInfo.endCursor });
  const grown = store.read<lists_customers$data>(customers, page).customers;
  same([grown.edges.length, distinct(idsOf(grown))], [6, 6]);
  same(idsOf(grown).slice(0, 3), idsOf(first));
}

async function rootListEnds(ask: Ask): Promise<void> {
  const store = new DeskStore(ask);
  const page = await store.load<listsCustomersPageQuery>(customersPage, { count: 7 });
  let list = store.read<lists_customers$data>(customers, page).customers;
  for (let pages = 1; list.pageInfo.hasNextPage && pages < 100; pages += 1) {
    await store.load<listsMoreCustomersQuery>(moreCustomers, { count: 7, cursor: list.pageInfo.endCursor });
    list = store.read<lists_customers$data>(customers, page).customers;
  }
  same([list.totalCountIsExact, list.edges.length, distinct(idsOf(list))], [true, list.totalCount, list.totalCount]);
}

async function assetsGrow(ask: Ask, known: Known): Promise<void> {
  const store = new DeskStore(ask);
  const by = { code: known.customerCode };
  const holder = there((await store.load<objectsCustomerPageQuery>(customerPage, { by, count: 1 })).customer);
  const first = store.read<lists_assets$data>(assets, holder);
  same([first.assets.edges.length, first.assets.pageInfo.hasNextPage], [1, true]);
  const cursor = first.assets.pageInfo.endCursor;
  await store.load<listsMoreAssetsQuery>(moreAssets, { id: first.id, count: 1, cursor });
  same(distinct(idsOf(store.read<lists_assets$data>(assets, holder).assets)), 2);
}

async function filteredRecordsGrow(ask: Ask, known: Known): Promise<void> {
  const store = new DeskStore(ask);
  const by = { serialNumber: known.serialNumber };
  const variables = { by, count: 1, filter: ONLY_DONE };
  const holder = there((await store.load<objectsAssetPageQuery>(assetPage, variables)).asset);
  const first = store.read<lists_serviceRecords$data>(records, holder);
  same([first.serviceRecords.edges.length, first.serviceRecords.pageInfo.hasNextPage], [1, true]);
  const cursor = first.serviceRecords.pageInfo.endCursor;
  await store.load<listsMoreServiceRecordsQuery>(moreRecords, { id: first.id, count: 1, cursor, filter: ONLY_DONE });
  const grown = store.read<lists_serviceRecords$data>(records, holder).serviceRecords;
  same(distinct(idsOf(grown)), 2);
  for (const edge of grown.edges) {
    const { status } = store.read<objects_serviceRecord$data>(serviceRecord, edge.node);
    same(['DONE', 'CLOSED'].includes(status), true);
  }
}

async function recordsGoBackwards(ask: Ask): Promise<void> {
  const store = new DeskStore(ask);
  const last = await store.load<listsRecordsBackwardsQuery>(recordsBackwards, { count: 2, filter: ONLY_DONE });
  const { edges, pageInfo } = last.serviceRecords;
  same([edges.length, pageInfo.hasPreviousPage], [2, true]);
  const variables = { count: 2, cursor: pageInfo.startCursor, filter: ONLY_DONE };
  const grown = (await store.load<listsRecordsBackwardsQuery>(recordsBackwards, variables)).serviceRecords;
  const numbers = grown.edges.map((edge) => edge.node.number);
  same([distinct(numbers), numbers.slice(2)], [4, edges.map((edge) => edge.node.number)]);
}

async function objectsAreReadAgain(ask: Ask, known: Known): Promise<void> {
  const store = new DeskStore(ask);
  const by = { serialNumber: known.serialNumber };
  const page = there((await store.load<objectsAssetPageQuery>(assetPage, { by, count: 1 })).asset);
  const found = store.read<objects_asset$data>(asset, page);
  const [edge] = store.read<lists_serviceRecords$data>(records, page).serviceRecords.edges;
  const record = store.read<objects_serviceRecord$data>(serviceRecord, there(edge).node);

  const fresh = new DeskStore(ask);
  const again = await fresh.load<objectsAssetAgainQuery>(assetAgain, { id: found.id });
  same(fresh.read<objects_asset$data>(asset, there(again.node)), found);
  const owner = await fresh.load<objectsCustomerAgainQuery>(customerAgain, { id: found.customer.id });
  same(fresh.read<objects_customer$data>(customer, there(owner.node)).name, found.customer.name);
  const recorded = await fresh.load<objectsServiceRecordAgainQuery>(recordAgain, { id: record.id });
  same(fresh.read<objects_serviceRecord$data>(serviceRecord, there(recorded.node)), record);
}

async function newCustomerIsAppended(ask: Ask): Promise<void> {
  const store = new DeskStore(ask);
  const page = await store.load<listsCustomersPageQuery>(customersPage, { count: 3 });
  const connections = [ConnectionHandler.getConnectionID(ROOT, 'lists_customers')];
  const input = { name: 'Relay', kind: 'COMPANY', phones: ['021 8888 1234'] } as const;
  const made = await store.change<changesCreateCustomerMutation>(createCustomer, { input, connections });
  same(made.createCustomer.errors, []);
  const last = store.read<lists_customers$data>(customers, page).customers.edges.at(-1);
  same([there(last).node.name, there(last).node.phones], ['Relay', ['+982188881234']]);
}

async function changedCustomerShows(ask: Ask, known: Known): Promise<void> {
  const store = new DeskStore(ask);
  const by = { code: known.customerCode };
  const holder = there((await store.load<objectsCustomerPageQuery>(customerPage, { by, count: 1 })).customer);
  const { id, version } = store.read<objects_customer$data>(customer, holder);
  const input = { id, version, city: 'Yazd' };
  const made = await store.change<changesUpdateCustomerMutation>(updateCustomer, { input });
  same(made.updateCustomer.errors, []);
  const now = store.read<objects_customer$data>(customer, holder);
  same([now.city, now.version], ['Yazd', version + 1]);
}

async function newRecordIsPrepended(ask: Ask, known: Known): Promise<void> {
  const store = new DeskStore(ask);
  const by = { serialNumber: known.serialNumber };
  const holder = there((await store.load<objectsAssetPageQuery>(assetPage, { by, count: 2 })).asset);
  const { id } = store.read<objects_asset$data>(asset, holder);
  const connections = [ConnectionHandler.getConnectionID(id, 'lists_serviceRecords')];
  const request = { installation: { note: 'Relay' } };
  const input = { assetId: id, mode: 'REMOTE', channel: 'portal', request } as const;
  const made = await store.change<changesRecordServiceMutation>(recordService, { input, connections });
  same(made.recordService.errors, []);
  const list = store.read<lists_serviceRecords$data>(records, holder).serviceRecords;
  const newest = store.read<objects_serviceRecord$data>(serviceRecord, there(list.edges[0]).node);
  same([list.edges.length, newest.__typename, newest.request], [3, 'InstallationRecord', { note: 'Relay' }]);
}

export const checks: readonly Check[] = [
  { sentence: 'customers grow by pages', run: rootListGrows },
  { sentence: 'customers page to their end, each once', run: rootListEnds },
  { sentence: "a customer's assets grow by pages, through node(id)", run: assetsGrow },
  { sentence: "an asset's filtered service records grow by pages, through node(id)", run: filteredRecordsGrow },
  { sentence: 'service records grow backwards', run: recordsGoBackwards },
  { sentence: 'an asset, its customer and a service record are read again by node(id)', run: objectsAreReadAgain },
  { sentence: 'a new customer is appended to the list', run: newCustomerIsAppended },
  { sentence: 'a changed customer shows wherever it is', run: changedCustomerShows },
  { sentence: 'a new service record is prepended to the list', run: newRecordIsPrepended },
];
