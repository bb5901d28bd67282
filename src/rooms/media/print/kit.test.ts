import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import type { Site } from '#kernel/site/site.ts'
import { renderMarkdown } from '#kernel/words/markdown.ts'
import { checkZip } from '#rooms/media/import/zip-check.ts'
import type { ItemPage } from '#rooms/media/item.ts'
import { type KitParts, pressKit } from '#rooms/media/print/kit.ts'
import type { ShownPicture } from '#rooms/media/shown.ts'

const hasUnzip = spawnSync('unzip', ['-v']).status === 0
const withUnzip = hasUnzip ? '' : ' (skipped: this machine has no unzip)'
const SITE: Site = {
  names: { es: { name: 'Alianza de ejemplos', shortName: 'Alianza' } }, languages: ['es', 'fr'], defaultLanguage: 'es', zone: 'America/Bogota', colour: null,
  contact: {}, menu: [], source: null, identity: '019ab5f1-7a3c-7c11-9d60-5e0f4c1f2a31', openedAt: null,
}
const ORIGIN = 'https://example.org'
const MARKDOWN = 'Primera frase.[^1]\n\n- Derechos\n- Leyes\n\n[^1]: La nota.\n'
const { html, notes, contents } = await renderMarkdown(MARKDOWN, 'es')
const at = Temporal.Instant.from('2026-11-24T15:00:00Z')
const item = (more: Partial<ItemPage> = {}): ItemPage => ({
  id: '019ab5f1-7a3c-7c11-9d60-5e0f4c1f2a31', kind: 'statement', lang: 'es', slug: 'una-demanda', title: 'Una demanda', teaser: 'En breve.', when: '2021-03-08', dateOf: 'adopted', regions: [{ place: 'UY' }], isStarter: false,
  languages: [], publicFrom: at, originalLang: 'es', bodyHtml: html, notesHtml: notes, contents, topics: [], signers: [{ organisationId: null, name: 'Organización Ñandú' }], issuedBy: null, sources: [],
  doubt: null, whenNotStatedBySource: false, corrections: [], inTranslation: [], updatedAt: at, minutes: 1, licence: 'CC BY 4.0', picture: null, files: [], related: [], series: null, byline: 'Lua', translator: null, byMachine: false, ...more,
})
const file = (hash: string) => ({ format: 'jpeg' as const, width: 3200, height: 2000, hash, byteSize: 4 })
const picture = (hash: string, more: Partial<ShownPicture> = {}): ShownPicture => ({ alt: 'Una marcha', credit: 'Ana', licence: 'CC BY-SA 4.0', inPage: [file(hash)], large: file(hash), ...more })
const bytes = (text: string) => new TextEncoder().encode(text)
const partsOf = (own: ItemPage, more: Partial<KitParts> = {}): KitParts => ({
  item: own, texts: [{ item: own, markdown: MARKDOWN }, { item: item({ lang: 'fr', slug: 'une-demande', title: 'Une demande' }), markdown: undefined }],
  pictures: [{ shown: picture('a'.repeat(64)), lang: 'es', bytes: bytes('jpeg') }, { shown: picture('b'.repeat(64), { credit: null }), lang: 'fr', bytes: undefined }],
  documents: { pdf: bytes('%PDF'), square: bytes('square'), story: bytes('story') }, contacts: ['Prensa', '+51 1 234 5678'], ...more,
})
const kit = (own = item(), more: Partial<KitParts> = {}) => pressKit(partsOf(own, more), SITE, ORIGIN)
const textIn = (zip: Uint8Array, name: string) => Buffer.from(unzipSync(zip)[`una-demanda-press-kit/${name}`]!).toString()

test.skipIf(!hasUnzip)(`unzip opens it, finds every file whole, and each where it belongs${withUnzip}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'altavoz-kit-'))
  try {
    writeFileSync(join(folder, 'kit.zip'), kit())
    execFileSync('unzip', ['-tq', 'kit.zip'], { cwd: folder })
    execFileSync('unzip', ['-q', 'kit.zip', '-d', 'out'], { cwd: folder })
    const found = readdirSync(join(folder, 'out'), { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name).slice(join(folder, 'out/una-demanda-press-kit/').length))
    expect(found.sort()).toEqual(['README.txt', 'contact.txt', 'document/es-una-demanda.pdf', 'pictures/1.jpg', 'pictures/credits.txt', 'share/es-square.png', 'share/es-story.png', 'texts/es-una-demanda.md', 'texts/es-una-demanda.txt', 'texts/fr-une-demande.txt'])
    expect(readFileSync(join(folder, 'out/una-demanda-press-kit/pictures/1.jpg'), 'utf8')).toBe('jpeg')
    expect(execFileSync('unzip', ['-l', 'kit.zip'], { cwd: folder, encoding: 'utf8' })).toContain('2026-11-24 12:00')
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('a text says its title, teaser, body, notes, who signs, licence and address', () => {
  const text = textIn(kit(), 'texts/es-una-demanda.txt')
  const places = ['Una demanda', 'En breve.', 'Uruguay', 'Lua', 'Primera frase.[1]', '• Derechos', '[1] La nota.', 'Organización Ñandú', 'CC BY 4.0', 'https://example.org/es/media/una-demanda'].map((words) => text.indexOf(words))
  expect(places).not.toContain(-1)
  expect(places).toEqual(places.toSorted((a, b) => a - b))
  expect(textIn(kit(), 'texts/es-una-demanda.md')).toBe(`# Una demanda\n\nEn breve.\n\n${MARKDOWN}\n`)
})

test('the README and the credits speak the language of the page, and name what was too heavy by its address', () => {
  const zip = kit()
  expect(textIn(zip, 'README.txt')).toMatch(/^Carpeta de prensa: Una demanda\n/)
  expect(textIn(zip, 'README.txt')).toContain('Français: https://example.org/fr/media/une-demande/kit.zip')
  const credits = textIn(zip, 'pictures/credits.txt')
  expect(credits).toContain('1.jpg\nQué muestra: Una marcha\nImagen: Ana\nLicencia: CC BY-SA 4.0')
  expect(credits).toContain(`https://example.org/blob/${'b'.repeat(64)}/3200.jpg`)
  expect(textIn(kit(item(), { pictures: [], contacts: [] }), 'README.txt')).not.toMatch(/credits|contact\.txt/)
})

test('the same parts give the same bytes, in another zone of the machine too', () => {
  const here = kit()
  const zone = process.env.TZ
  try {
    for (const other of ['Pacific/Kiritimati', 'America/Bogota']) {
      process.env.TZ = other
      expect(Buffer.compare(kit(), here), other).toBe(0)
    }
  } finally {
    if (zone === undefined) delete process.env.TZ
    else process.env.TZ = zone
  }
})

test.each(['../../etc/passwd', '/absolute', 'C:\\windows\\x', 'a\u0000b\nc', '\u202egpj.exe', '..', '', 'لا شيء عنّا', '__proto__', 'con', 'x'.repeat(900), '🇭🇹'])('no title names a file outside its folder: %j', (title) => {
  const zip = kit(item({ title }))
  checkZip(Buffer.from(zip))
  for (const name of Object.keys(unzipSync(zip))) expect(name).toMatch(/^[a-z0-9-]{1,90}\/([a-z]+\/)?[A-Za-z0-9-]{1,100}\.[a-z]{2,3}$/)
})

test('nor does any other', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (title) => {
    for (const name of Object.keys(unzipSync(kit(item({ title }))))) expect(name).toMatch(/^[a-z0-9-]{1,90}\/([a-z]+\/)?[A-Za-z0-9-]{1,100}\.[a-z]{2,3}$/)
  }), { numRuns: 60 })
})
