// Relay's own store, filled by the desk: lists grow in it, objects are refreshed in it, changes show in it.
import {
  commitMutation,
  createOperationDescriptor,
  Environment,
  fetchQuery,
  getRequest,
  getSingularSelector,
  Network,
  RecordSource,
  Store,
} from 'relay-runtime';
import type {
  ConcreteRequest,
  GraphQLResponse,
  MutationParameters,
  OperationType,
  ReaderFragment,
} from 'relay-runtime';

export type Ask = (text: string, variables: object) => Promise<GraphQLResponse>;

export class DeskStore {
  private readonly environment: Environment;

  constructor(ask: Ask) {
    const network = Network.create(async (request, variables) => {
      if (!request.text) throw new Error(`${request.name} has no text`);
      return ask(request.text, variables);
    });
    this.environment = new Environment({ network, store: new Store(new RecordSource()) });
  }

  /** Ask, keep the answer in the store, and give what the operation reads of it. */
  async load<Query extends OperationType>(
    query: ConcreteRequest,
    variables: Query['variables'],
  ): Promise<Query['response']> {
    this.environment.retain(createOperationDescriptor(getRequest(query), variables));
    const response = await fetchQuery<Query>(this.environment, query, variables).toPromise();
    if (!response) throw new Error('no answer');
    return response;
  }

  /** What the store has of a fragment now; whatever it misses is an error. */
  read<Data>(fragment: ReaderFragment, holder: unknown): Data {
    const selector = getSingularSelector(fragment, holder);
    if (!selector) throw new Error(`${fragment.name} is not spread there`);
    const snapshot = this.environment.lookup(selector);
    if (snapshot.isMissingData) throw new Error(`${fragment.name} misses data`);
    return snapshot.data as Data;
  }

  /** Make a change; its payload goes to the store. */
  change<Mutation extends MutationParameters>(
    mutation: ConcreteRequest,
    variables: Mutation['variables'],
  ): Promise<Mutation['response']> {
    return new Promise((resolve, reject) => {
      commitMutation<Mutation>(this.environment, { mutation, variables, onCompleted: resolve, onError: reject });
    });
  }
}
