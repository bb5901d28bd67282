import { KINDS, SORTS } from '#rooms/media/item.ts'
import { LONGEST_SEARCH } from '#rooms/media/list-address.ts'
import { MOST_PER_PAGE, PER_PAGE } from '#rooms/media/api/asked-items.ts'
import { SCHEMAS } from '#rooms/media/api/openapi-schemas.ts'

const query = (name: string, description: string, schema: object) => ({ name, in: 'query', required: false, description, schema })
const day = { type: 'string', pattern: '^(\\d{4}(-\\d{2}(-\\d{2})?)?|none)$' }
const answer = (schema: string, description: string, type = 'application/json') =>
  ({ description, content: { [type]: { schema: { $ref: `#/components/schemas/${schema}` } } } })
const problem = (schema: string, description: string) => answer(schema, description, 'application/problem+json')
const held = { description: 'Not modified: the ETag in If-None-Match is still that of the answer' }
const lang = query('lang', 'Language of the texts; that of the site where none is named', { type: 'string' })

/** What this room answers to programs; the routes are tested against it. */
export const mediaPaths = {
  '/api/v1/items': {
    get: {
      operationId: 'listItems', summary: 'Texts that are public in a language, newest first by the date that they state',
      parameters: [
        lang, query('kind', 'Only this kind', { type: 'string', enum: [...KINDS] }),
        query('region', 'A place with what lies in it and what contains it: ISO 3166-1, ISO 3166-2 or UN M49', { type: 'string' }),
        query('topic', 'Key of a topic', { type: 'string', pattern: '^[a-z0-9-]{1,40}$' }),
        query('q', 'Words to search for: phrases in quotation marks, the last word may be unfinished', { type: 'string', maxLength: LONGEST_SEARCH }),
        query('sort', 'newest: by the date that they state; relevance: the best answers first, what a search has by itself', { type: 'string', enum: [...SORTS] }),
        query('from', 'Whose date overlaps this day or later; none: whose date is not stated', day),
        query('to', 'Whose date overlaps this day or earlier', day),
        query('page', 'From 1 up', { type: 'integer', minimum: 1, default: 1 }),
        query('per_page', 'Texts a page', { type: 'integer', minimum: 1, maximum: MOST_PER_PAGE, default: PER_PAGE }),
      ],
      responses: { 200: answer('ItemList', 'A page of the list'), 304: held, 400: problem('BadParameter', 'A parameter cannot be read'), 503: problem('SlowSearch', 'The search took too long; Retry-After says when to ask again') },
    },
  },
  '/api/v1/items/{id}': {
    get: {
      operationId: 'getItem', summary: 'One item whole, in every language in which it is public',
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }, { ...lang, description: 'Only this language' }],
      responses: {
        200: answer('Item', 'The item'), 304: held, 400: problem('BadParameter', 'A parameter cannot be read'),
        404: problem('NoSuchItem', 'No such item, or none that is public in this language'),
        410: problem('Withdrawn', 'It was taken down; what its notice says'),
      },
    },
  },
}

export const mediaSchemas = SCHEMAS
