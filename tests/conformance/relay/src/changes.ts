// Changes whose payloads Relay's store takes up by itself: a changed object by its id, a new one in a list.
import { graphql } from 'relay-runtime';

export const createCustomer = graphql`
  mutation changesCreateCustomerMutation($input: CreateCustomerInput!, $connections: [ID!]!) {
    createCustomer(input: $input) {
      customer @appendNode(connections: $connections, edgeTypeName: "CustomerEdge") {
        id
        code
        name
        kind
        phones
      }
      errors {
        code
        message
        path
      }
    }
  }
`;

export const updateCustomer = graphql`
  mutation changesUpdateCustomerMutation($input: UpdateCustomerInput!) {
    updateCustomer(input: $input) {
      customer {
        ...objects_customer
      }
      errors {
        code
        message
        path
      }
    }
  }
`;

export const recordService = graphql`
  mutation changesRecordServiceMutation($input: RecordServiceInput!, $connections: [ID!]!) {
    recordService(input: $input) {
      serviceRecord @prependNode(connections: $connections, edgeTypeName: "ServiceRecordEdge") {
        ...objects_serviceRecord
      }
      coverage {
        outcome
        fingerprint
      }
      errors {
        code
        detail
        message
        path
        params
      }
    }
  }
`;
