import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalText, type Frozen, type Words } from '#rooms/media/frozen.ts'

const words: Words = { title: 'Title', teaser: 'Teaser.', bodyMarkdown: 'Body.' }
/** Every part says something, so that no part can be missing from the comparison. */
const frozen: Frozen = {
  when: '2022-05-07', dateOf: 'adopted', regions: [{ place: '419', printed: { text: 'Las Américas', lang: 'es' } }], topics: ['law'],
  signers: [{ organisationId: '0193a000-0000-7000-8000-000000000001', name: 'Organización A', lang: 'es' }], issuedBy: 'Red', 
  sources: [{ title: 'A law', publisher: 'Parliament', year: 2003, url: 'https://example.org/', lang: 'en' }],
  doubt: 'A doubt.', pictureId: '0193a000-0000-7000-8000-000000000002', whenNotStatedBySource: true, licence: 'CC BY 4.0',
}
const agreed = canonicalText('statement', 'es', words, frozen)

test('what is agreed to changes with the kind, the language, every word and every part that is frozen with them', () => {
  expect(canonicalText('news', 'es', words, frozen)).not.toBe(agreed)
  expect(canonicalText('statement', 'pt', words, frozen)).not.toBe(agreed)
  for (const name of Object.keys(words)) expect(canonicalText('statement', 'es', { ...words, [name]: 'other' }, frozen), name).not.toBe(agreed)
  const emptied: Record<string, unknown> = { regions: [], topics: [], signers: [], sources: [], whenNotStatedBySource: false, when: '', licence: '' }
  for (const name of Object.keys(frozen)) expect(canonicalText('statement', 'es', words, { ...frozen, [name]: emptied[name] ?? null }), name).not.toBe(agreed)
})

test('it changes with the name of a signer, their order, and the words of a region as printed', () => {
  const [signer] = frozen.signers
  const others: Partial<Frozen>[] = [
    { signers: [{ ...signer!, name: 'Otra' }] }, { signers: [{ ...signer!, organisationId: null }] }, { signers: [signer!, { organisationId: null, name: 'B' }] },
    { signers: [{ organisationId: null, name: 'B' }, signer!] }, { regions: [{ place: '419' }] }, { regions: [{ place: '019', printed: { text: 'Las Américas', lang: 'es' } }] },
  ]
  const texts = others.map((one) => canonicalText('statement', 'es', words, { ...frozen, ...one }))
  expect(new Set([agreed, ...texts]).size).toBe(others.length + 1)
})

test('it is the same however the parts were put in order, and no two different texts have the same', () => {
  const shuffled = (value: unknown): unknown => Array.isArray(value) ? value.map(shuffled)
    : value && typeof value === 'object' ? Object.fromEntries(Object.entries(value).reverse().map(([key, part]) => [key, shuffled(part)])) : value
  expect(canonicalText('statement', 'es', words, shuffled(frozen) as Frozen)).toBe(agreed)
  fc.assert(fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (title, teaser, otherTitle, otherTeaser) => {
    const one = canonicalText('statement', 'es', { ...words, title, teaser }, frozen)
    const other = canonicalText('statement', 'es', { ...words, title: otherTitle, teaser: otherTeaser }, frozen)
    expect(one === other).toBe(title === otherTitle && teaser === otherTeaser)
  }))
})
