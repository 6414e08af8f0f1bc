// Objects that are read again by their global id, through node(id), whatever list they were found in.
import { graphql } from 'relay-runtime';

export const customerPage = graphql`
  query objectsCustomerPageQuery($by: CustomerBy!, $count: Int!) {
    customer(by: $by) {
      ...objects_customer
      ...lists_assets @arguments(count: $count)
    }
  }
`;

export const assetPage = graphql`
  query objectsAssetPageQuery($by: AssetBy!, $count: Int!, $filter: ServiceRecordFilter) {
    asset(by: $by) {
      ...objects_asset
      ...lists_serviceRecords @arguments(count: $count, filter: $filter)
    }
  }
`;

export const customer = graphql`
  fragment objects_customer on Customer @refetchable(queryName: "objectsCustomerAgainQuery") {
    id
    code
    name
    city
    version
    sites {
      id
      title
      distanceMetres
    }
  }
`;

export const asset = graphql`
  fragment objects_asset on Asset @refetchable(queryName: "objectsAssetAgainQuery") {
    id
    serialNumber
    purchasedOn
    customer {
      id
      name
    }
    currentPeriods {
      track
      lastDay
      allowances {
        key
        label(language: FA)
        remaining
      }
    }
  }
`;

export const serviceRecord = graphql`
  fragment objects_serviceRecord on ServiceRecord @refetchable(queryName: "objectsServiceRecordAgainQuery") {
    __typename
    id
    number
    status
    amount
    version
    coverage {
      outcome
      reasons {
        code
        message(language: EN)
      }
    }
    ... on InstallationRecord {
      request {
        note
      }
      result {
        softwareVersion
      }
    }
    ... on RetiredServiceRecord {
      requestData
      resultData
    }
  }
`;
