import { expect, test } from 'vitest'
import type { Site } from '#kernel/site/site.ts'
import type { ItemPage } from '#rooms/media/item.ts'
import { cardJob } from '#rooms/media/print/card-data.ts'
import { paperJob } from '#rooms/media/print/paper-data.ts'

const instant = (text: string) => Temporal.Instant.from(text)
const site = { names: { es: { name: 'Alianza entera', shortName: 'Alianza' } }, defaultLanguage: 'es', zone: 'America/Lima' } as unknown as Site
const item = (changes: Partial<ItemPage> = {}): ItemPage => ({
  id: 'x', kind: 'statement', lang: 'es', originalLang: 'es', topics: [], picture: null, files: [], related: [], series: null, byline: null, translator: null, byMachine: false, slug: 'un-texto', title: 'Un texto', teaser: '', when: '2022-05-07', dateOf: 'adopted',
  regions: [{ place: 'UY' }], isStarter: false, languages: [{ lang: 'es', slug: 'un-texto', title: 'Un texto' }, { lang: 'ht', slug: 'yon-teks', title: 'Yon tèks' }],
  publicFrom: instant('2022-05-08T12:00:00Z'), updatedAt: instant('2022-06-01T03:00:00Z'), bodyHtml: '<p>a</p>', notesHtml: '', contents: [], signers: [], issuedBy: null,
  sources: [], doubt: null, whenNotStatedBySource: false, corrections: [], inTranslation: [], minutes: 1, licence: 'CC BY 4.0', ...changes,
})
interface PaperData { when: { label: string; words: string; months: unknown }; notices: string[]; org: string; kind: string; room: string; signed: { label: string; names: string[] }; words: { links: string; readAt: string } }
const data = (changes: Partial<ItemPage> = {}) => paperJob(item(changes), 'a4', site, 'https://example.org/es/media/un-texto').data as unknown as PaperData

test('the paper bears the day of this revision in the site’s zone, not that of the printing', () => {
  const job = paperJob(item(), 'letter', site, 'https://example.org/x')
  expect(job.data).toMatchObject({ paper: 'us-letter', date: [2022, 5, 31], org: 'Alianza entera' })
  expect(job.madeAt).toBe(Date.parse('2022-06-01T03:00:00Z') / 1000)
})

test('when is drawn by its months and told with what it is the date of; not stated it stays so', () => {
  expect(data().when).toMatchObject({ months: [5], words: '7 de mayo de 2022 (adoptado)' })
  expect(data({ when: '', dateOf: null }).when).toMatchObject({ months: 'none' })
  expect(data({ when: '2022', dateOf: null }).when).toMatchObject({ months: 'year', words: '2022' })
})

test('corrections, starter content and a translation are told before the text', () => {
  const notices = data({ corrections: [{ at: instant('2022-07-01T12:00:00Z'), note: 'El nombre era otro.' }], isStarter: true, originalLang: 'en' }).notices
  expect(notices).toHaveLength(3)
  expect(notices[0]).toContain('El nombre era otro.')
  expect(notices[2]).toContain('inglés')
})

test('starter content is never the alliance’s word, on paper and on a card', () => {
  expect(data({ isStarter: true }).org).not.toContain('Alianza')
  expect(JSON.stringify(cardJob(item({ isStarter: true }), site, 'https://example.org').data)).not.toContain('Alianza')
})

test('who signs stands below; where nobody does, that is said', () => {
  expect(data({ signers: [{ organisationId: null, name: 'Red Uno' }] }).signed).toMatchObject({ names: ['Red Uno'] })
  expect(data().signed).toMatchObject({ names: [], label: 'Este texto no nombra a ninguna organización que lo firme.' })
})

test('a card names the first places and counts the others', () => {
  const places = ['UY', 'AR', 'CL', 'PE'].map((place) => ({ place }))
  expect(cardJob(item({ regions: places }), site, 'https://example.org:8443').data).toMatchObject({ where: 'Uruguay, Argentina +2', org: 'Alianza', host: 'example.org:8443' })
})

test('no language’s paper borrows the labels of another', () => {
  const labels = (lang: string) => {
    const { kind, room, words, when, signed } = data({ lang, originalLang: lang })
    return [kind, room, words.links, words.readAt, when.label, signed.label]
  }
  const all = ['en', 'es', 'pt', 'fr', 'ht'].map(labels)
  for (let i = 2; i < 4; i++) expect(new Set(all.map((one) => one[i])).size).toBe(5)
})
