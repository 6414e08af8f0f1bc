// Lists that grow page by page: one at the root, one below a customer, one with a filter below an asset.
import { graphql } from 'relay-runtime';

export const customersPage = graphql`
  query listsCustomersPageQuery($count: Int!, $cursor: String, $search: String) {
    ...lists_customers @arguments(count: $count, cursor: $cursor, search: $search)
  }
`;

export const customers = graphql`
  fragment lists_customers on Query
  @refetchable(queryName: "listsMoreCustomersQuery")
  @argumentDefinitions(
    count: { type: "Int", defaultValue: 20 }
    cursor: { type: "String" }
    search: { type: "String" }
  ) {
    customers(
      first: $count
      after: $cursor
      search: $search
      orderBy: { field: CODE, direction: ASC }
    ) @connection(key: "lists_customers", filters: ["search"]) {
      edges {
        node {
          id
          code
          name
          kind
          phones
        }
      }
      pageInfo {
        endCursor
        hasNextPage
      }
      totalCount
      totalCountIsExact
    }
  }
`;

export const assetsOfACustomer = graphql`
  fragment lists_assets on Customer
  @refetchable(queryName: "listsMoreAssetsQuery")
  @argumentDefinitions(count: { type: "Int", defaultValue: 20 }, cursor: { type: "String" }) {
    id
    assets(first: $count, after: $cursor) @connection(key: "lists_assets") {
      edges {
        node {
          id
          ...objects_asset
        }
      }
      pageInfo {
        endCursor
        hasNextPage
      }
    }
  }
`;

export const recordsOfAnAsset = graphql`
  fragment lists_serviceRecords on Asset
  @refetchable(queryName: "listsMoreServiceRecordsQuery")
  @argumentDefinitions(
    count: { type: "Int", defaultValue: 20 }
    cursor: { type: "String" }
    filter: { type: "ServiceRecordFilter" }
  ) {
    id
    serviceRecords(
      first: $count
      after: $cursor
      filter: $filter
      orderBy: { field: REQUESTED_AT, direction: DESC }
    ) @connection(key: "lists_serviceRecords", filters: ["filter"]) {
      edges {
        node {
          id
          ...objects_serviceRecord
        }
      }
      pageInfo {
        endCursor
        hasNextPage
      }
    }
  }
`;

export const recordsBackwards = graphql`
  query listsRecordsBackwardsQuery($count: Int!, $cursor: String, $filter: ServiceRecordFilter) {
    serviceRecords(last: $count, before: $cursor, filter: $filter)
      @connection(key: "listsBackwards_serviceRecords", filters: ["filter"]) {
      edges {
        node {
          number
        }
      }
      pageInfo {
        startCursor
        hasPreviousPage
      }
    }
  }
`;
