import { DATE_OF } from '#kernel/when/when.ts'
import { KINDS, WITHDRAWAL_REASONS } from '#rooms/media/item.ts'

// JSON Schema 2020-12, as OpenAPI 3.1 takes it. What answers are tested against: nothing unnamed may be in them.

type Schema = Record<string, unknown>
const object = (properties: Record<string, Schema>): Schema =>
  ({ type: 'object', properties, required: Object.keys(properties), additionalProperties: false })
const list = (items: Schema): Schema => ({ type: 'array', items })
const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] })
const refer = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })

const text = { type: 'string' }
const whole = { type: 'integer', minimum: 0 }
const moment = { type: 'string', format: 'date-time' }
const address = { type: 'string', format: 'uri' }
const lang = { type: 'string', pattern: '^[a-z]{2,3}(-[a-z0-9]{2,8})*$', description: 'BCP 47 tag, lower case' }
const id = { type: 'string', format: 'uuid' }
const kind = { type: 'string', enum: [...KINDS] }
const html = { type: 'string', description: 'Sanitised HTML, with whole addresses' }

const described = {
  when: refer('When'), regions: list(refer('Region')), published_at: { ...moment, description: 'When it first went out in this language' },
  updated_at: { ...moment, description: 'When this revision went out, or its latest correction was noted' },
}

export const SCHEMAS: Record<string, Schema> = {
  When: object({
    value: { anyOf: [text, { type: 'null' }], description: 'A year, month, day, span (a/b), moment with zone or open date (a/); null where no date is stated' },
    precision: { type: 'string', enum: ['not-stated', 'year', 'month', 'day', 'span', 'open', 'moment'] },
    date_of: { enum: [...DATE_OF, null], description: 'What it is the date of' },
    text: { ...text, description: 'As the page says it' },
  }),
  Region: object({
    place: { type: 'string', pattern: '^([A-Z]{2}(-[A-Z0-9]{1,3})?|\\d{3})$', description: 'ISO 3166-1, ISO 3166-2 or UN M49' },
    name: text, printed: { anyOf: [text, { type: 'null' }], description: 'The words of the source where it printed others' },
  }),
  Summary: object({
    id, kind, lang, title: text, teaser: text, url: address, api_url: address, is_starter: { type: 'boolean', description: 'It came with the program; the alliance has not signed it' },
    languages: list(object({ lang, title: text, url: address })), ...described,
  }),
  ItemList: object({
    lang, total: { ...whole, description: 'Counted up to a limit' }, is_total_capped: { type: 'boolean', description: 'There may be more than total' },
    page: whole, per_page: whole, pages: whole,
    links: object({ self: address, first: address, prev: orNull(address), next: orNull(address) }), items: list(refer('Summary')),
  }),
  Text: object({
    lang, title: text, teaser: text, url: address, html, notes_html: html, ...described,
    signers: list(object({ name: text, lang })), issued_by: orNull(text),
    sources: list(object({ title: text, publisher: orNull(text), year: orNull({ type: 'integer' }), url: orNull(address), lang: orNull(lang) })),
    doubt: { anyOf: [text, { type: 'null' }], description: 'What is not certain' }, licence: text,
    by_machine: { type: 'boolean', description: 'Translated by machine, then read and approved by a person' },
    corrections: list(object({ at: moment, note: text })),
  }),
  Item: object({
    id, kind, original_lang: lang, is_starter: { type: 'boolean' }, api_url: address, texts: { ...list(refer('Text')), minItems: 1 },
    withdrawn: { ...list(refer('Tombstone')), description: 'Languages that were taken down' },
  }),
  Tombstone: object({
    lang, withdrawn_at: moment, reason: { type: 'string', enum: [...WITHDRAWAL_REASONS] }, note: orNull(text), title: orNull(text),
    published_at: orNull(moment), replaced_by: orNull(object({ title: text, url: address })),
  }),
  BadParameter: object({
    type: { const: '/api/v1/openapi.json#bad-parameter' }, title: text, status: { const: 400 }, detail: text,
    parameters: { ...list(object({ name: text, value: text, reason: text })), minItems: 1 },
  }),
  NoSuchItem: object({ type: { const: '/api/v1/openapi.json#no-such-item' }, title: text, status: { const: 404 } }),
  SlowSearch: object({ type: { const: '/api/v1/openapi.json#slow-search' }, title: text, status: { const: 503 } }),
  Withdrawn: object({
    type: { const: '/api/v1/openapi.json#withdrawn' }, title: text, status: { const: 410 }, withdrawn: { ...list(refer('Tombstone')), minItems: 1 },
  }),
}
