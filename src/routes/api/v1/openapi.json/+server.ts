import type { RequestHandler } from './$types.js'
import { mediaPaths, mediaSchemas } from '#rooms/media/api/openapi.ts'
import { json } from '../../problem.ts'

/** Each room brings its own paths and schemas. */
const document = {
  openapi: '3.1.0',
  info: {
    title: 'Altavoz', version: '1', license: { name: 'CC BY 4.0', identifier: 'CC-BY-4.0' },
    description: 'What is public on this site, for programs. Read only; no key. Names that are in version 1 stay; new ones may be added.',
  },
  servers: [{ url: '/' }],
  paths: {
    ...mediaPaths,
    '/api/v1/openapi.json': {
      get: { operationId: 'getDocument', summary: 'This document', responses: { 200: { description: 'OpenAPI 3.1', content: { 'application/json': { schema: { type: 'object' } } } } } },
    },
  },
  components: { schemas: mediaSchemas },
}

export const GET: RequestHandler = () => json(document)
