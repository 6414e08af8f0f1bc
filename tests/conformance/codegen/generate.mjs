// graphql-codegen over the desk's SDL: the types of the schema in one module, those of the documents in another.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { codegen } from '@graphql-codegen/core';
import * as typedDocuments from '@graphql-codegen/typed-document-node';
import * as schemaTypes from '@graphql-codegen/typescript';
import * as operationTypes from '@graphql-codegen/typescript-operations';
import { parse } from 'graphql';

const HERE = import.meta.dirname;
const SCHEMA = join(HERE, '../../../backoffice/schema/schema.graphql');
const DOCUMENTS = join(HERE, 'documents');
const GENERATED = join(HERE, 'generated');

const CONFIG = {
  scalars: { Date: 'string', DateTime: 'string', Decimal: 'string', JSON: 'unknown', Rial: 'number' },
  strictScalars: true,
  immutableTypes: true,
};

const PLUGINS = {
  'schema.ts': { typescript: schemaTypes },
  'operations.ts': { typescriptOperations: operationTypes, typedDocumentNode: typedDocuments },
};

function documents() {
  return readdirSync(DOCUMENTS).map((name) => {
    const location = join(DOCUMENTS, name);
    return { location, document: parse(readFileSync(location, 'utf8')) };
  });
}

async function generated(filename, pluginMap) {
  return codegen({
    filename,
    schema: parse(readFileSync(SCHEMA, 'utf8')),
    documents: documents(),
    config: CONFIG,
    plugins: Object.keys(pluginMap).map((name) => ({ [name]: {} })),
    pluginMap,
  });
}

rmSync(GENERATED, { recursive: true, force: true });
mkdirSync(GENERATED);
for (const [filename, pluginMap] of Object.entries(PLUGINS)) {
  writeFileSync(join(GENERATED, filename), await generated(filename, pluginMap));
}
