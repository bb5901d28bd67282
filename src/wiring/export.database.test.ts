// Everything goes out and comes back as it was: any store, in an empty house, to the same rows and the same answers.
import fc from 'fast-check'
import sharp from 'sharp'
import { beforeAll, expect, inject, test } from 'vitest'
import { recordBlob } from '#kernel/blobs/server/blob-actions.ts'
import { act } from '#kernel/database/act.ts'
import { keepPagePicture, type PagePicture } from '#kernel/pictures/server/page-picture.ts'
import { openSite } from '#kernel/site/server/site-actions.ts'
import { writeFixedPage } from '#kernel/site/server/page-actions.ts'
import { type Frozen, NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import { createItem, giveSlug, renameSlug, saveRevision } from '#rooms/media/server/item-actions.ts'
import { findForApi } from '#rooms/media/server/api-queries.ts'
import { countFacets } from '#rooms/media/server/facet-queries.ts'
import { listForFeed } from '#rooms/media/server/feed-queries.ts'
import { findPublishedItem } from '#rooms/media/server/item-queries.ts'
import { listPublishedItems } from '#rooms/media/server/list-queries.ts'
import { listNotices } from '#rooms/media/server/notice-queries.ts'
import { noteCorrection, publishRevision } from '#rooms/media/server/publication-actions.ts'
import { recordRedirect } from '#rooms/media/server/redirect-actions.ts'
import { isShownByText } from '#rooms/media/server/shown-blob-queries.ts'
import { listForSitemap } from '#rooms/media/server/sitemap-queries.ts'
import { addTopic, mergeTopic } from '#rooms/media/server/topic-actions.ts'
import { withdrawText } from '#rooms/media/server/withdrawal-actions.ts'
import { addOrganisation, recordAgreementToBeShown, setLogo } from '#rooms/people/server/organisation-actions.ts'
import { listShownOrganisations } from '#rooms/people/server/organisation-queries.ts'
import { newId } from '#kernel/id/id.ts'
import { endRecognition, recordRecognition, writeRecognition, writeRecognitionEnd } from '#rooms/people/server/recognition-actions.ts'
import { slugOf } from '#rooms/media/slug.ts'
import { anyItem, type AnyItem, type AnyText, LANGS, type Step } from './testing/any-store.ts'
import { newFolder, openTestHouse, rowsOf, type TestHouse } from './testing/export-houses.ts'

const here = await openTestHouse()
const there = await openTestHouse()
const PDF = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n')
const VTT = Buffer.from('WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n')
const ACTOR = 'operator'
let drawn: Buffer
beforeAll(async () => {
  drawn = await sharp({ create: { width: 600, height: 400, channels: 3, background: '#c8141e' } }).png().toBuffer()
})

/** A house with everything that a house can have beside texts. */
async function furnish({ house, db, time }: TestHouse): Promise<{ picture: PagePicture; frozenFiles: Frozen['files'] }> {
  const now = time.now
  const picture = await keepPagePicture(house, drawn)
  if ('refused' in picture) throw new Error(picture.refused)
  const [pdf, vtt] = [await house.blobs.write(PDF), await house.blobs.write(VTT)]
  await act({ db }, async (tx) => {
    await recordBlob(tx, { ...pdf, mediaType: 'application/pdf' }, now)
    await recordBlob(tx, { ...vtt, mediaType: 'text/vtt' }, now)
    for (const key of ['hiv', 'migration', 'human-rights', 'old-topic']) await addTopic(tx, key, 'es', `Tema: ${key}`, ACTOR, now)
    await mergeTopic(tx, 'old-topic', 'hiv', ACTOR, now)
    await writeFixedPage(tx, { key: 'about', lang: 'es' }, { title: '--- : #', bodyMarkdown: 'Quiénes somos.[^1]\n\n[^1]: Una nota.', isStarter: false }, ACTOR, now)
    await recordRedirect(tx, 'https://old.example/feed', { ownPath: '/es/media/feed.rss' }, ACTOR, now)
    await openSite(tx, ACTOR, now)
    const words = { texts: { es: { name: 'Organización “Á”', shortName: 'OÁ', about: 'Lo: que # hace' }, ht: { name: 'Òganizasyon', shortName: null, about: '' } }, places: ['UY', '419'], fields: ['sex_work' as const], links: ['https://example.org/a', 'https://example.org/b'] }
    const shown = await addOrganisation(tx, 'org-a', words, ACTOR, now)
    const hidden = await addOrganisation(tx, 'org-b', { ...words, links: [] }, ACTOR, now)
    if (!shown.added || !hidden.added) throw new Error('not added')
    await recordAgreementToBeShown(tx, shown.id, ACTOR, now)
    await setLogo(tx, shown.id, picture.id, ACTOR, now)
    await recordRecognition(tx, shown.id, { recognisedOn: Temporal.PlainDate.from('2020-01-01'), basis: 'A decision' }, ACTOR, now)
    await endRecognition(tx, shown.id, Temporal.PlainDate.from('2021-01-01'), 'It: ended', ACTOR, now)
    await recordRecognition(tx, shown.id, { recognisedOn: Temporal.PlainDate.from('2022-01-01'), basis: 'Another' }, ACTOR, now)
    const members = () => ({ decidedBy: 'members' as const, proposalId: newId() })
    await writeRecognition(tx, hidden.id, { recognisedOn: Temporal.PlainDate.from('2023-01-01'), basis: 'Two interviews', ...members() }, ACTOR, now)
    await writeRecognitionEnd(tx, hidden.id, { on: Temporal.PlainDate.from('2024-01-01'), why: 'It asked', ...members() }, ACTOR, now)
  })
  const frozenFiles: Frozen['files'] = [{ hash: pdf.hash, name: 'informe.pdf', title: 'El informe', mediaType: 'application/pdf', byteSize: pdf.byteSize, lang: 'es', captions: { hash: vtt.hash, lang: 'es' } }]
  return { picture, frozenFiles }
}

interface Store { picture: PagePicture; frozenFiles: Frozen['files']; itemIds: string[]; slugs: Set<string> }

function frozenOf({ frozen, byline, translator, ...has }: AnyText, { picture, frozenFiles, itemIds }: Store): Frozen {
  const others = itemIds.slice(0, 2)
  return {
    ...NOTHING_FROZEN, ...frozen, ...(byline !== null && { byline }), ...(translator !== null && { translator }), ...(has.byMachine && { byMachine: true as const }),
    ...(has.hasPicture && { pictureId: picture.id, picture: { alt: 'Red', credit: null, licence: 'CC BY 4.0', inPage: picture.inPage, large: picture.large } }),
    ...(has.hasFile && frozenFiles && { files: frozenFiles }), ...(has.isRelated && others.length > 0 && { related: others }), ...(has.isInSeries && others.length > 1 && { series: { name: 'A: series', items: others } }),
  }
}

async function build(house: TestHouse, store: Store, item: AnyItem, n: number): Promise<void> {
  const { db, time } = house
  const origin = item.hasOrigin ? { origin: { source: 'wordpress', key: `post-${n}` } } : {}
  const itemId = await act({ db }, (tx) => createItem(tx, { kind: item.kind, originalLang: item.originalLang, ...origin }, ACTOR, house.later()))
  store.itemIds.push(itemId)
  const saved = new Map<string, string>()
  for (const [lang, step] of item.steps) await act({ db }, (tx) => doStep(tx, { house, store, itemId, lang, saved, n }, step, time.now)).finally(() => house.later())
}

type Doing = { house: TestHouse; store: Store; itemId: string; lang: string; saved: Map<string, string>; n: number }
async function doStep(tx: Parameters<Parameters<TestHouse['db']['transaction']>[0]>[0], { store, itemId, lang, saved, n }: Doing, step: Step, now: Temporal.Instant): Promise<unknown> {
  const revisionId = saved.get(lang)
  const publish = (from: Temporal.Instant) => (revisionId ? publishRevision(tx, { itemId, lang, revisionId, from, zone: 'America/Bogota' }, ACTOR, now) : undefined)
  switch (step.does) {
    case 'save': {
      const { title, teaser, bodyMarkdown } = step.text
      const done = await saveRevision(tx, itemId, lang, { title, teaser, bodyMarkdown }, frozenOf(step.text, store), ACTOR, now)
      saved.set(lang, done.revisionId)
      return store.slugs.add(await giveSlug(tx, itemId, lang, slugOf(title), now))
    }
    case 'publish': return publish(now)
    case 'plan': return publish(now.add({ minutes: step.minutes }))
    case 'correct': return noteCorrection(tx, itemId, lang, step.note, ACTOR, now)
    case 'withdraw': return withdrawText(tx, { itemId, lang, why: step.why, reason: step.reason, ...(step.reason === 'replaced' && { replacedBy: store.itemIds.at(-1)! }) }, ACTOR, now)
    case 'rename': return revisionId && store.slugs.add(`renamed-${n}`) && renameSlug(tx, itemId, lang, `renamed-${n}`, ACTOR, now)
    case 'redirect': return recordRedirect(tx, `https://old.example/?p=${step.p}`, { itemId, lang }, ACTOR, now)
  }
}

/** What readers and machines are answered at an hour. */
async function answers({ db }: TestHouse, { itemIds, slugs, picture }: Store, now: Temporal.Instant) {
  const read = db.read
  return [
    await listForSitemap(read, now), await isShownByText(read, picture.large.hash, now), await listShownOrganisations(read),
    ...await Promise.all(LANGS.flatMap((lang) => [
      listPublishedItems(read, { lang }, 1, now), listForFeed(read, { lang }, now), countFacets(read, { lang }, now), listNotices(read, lang, 1, now),
      ...[...slugs].map((slug) => findPublishedItem(read, lang, slug, now)),
    ])),
    ...await Promise.all(itemIds.map((id) => findForApi(read, id, now))),
  ]
}

test('any store goes out, and comes back into an empty house with the same rows and the same answers at every hour; again, nothing changes', async () => {
  let n = 0
  await fc.assert(fc.asyncProperty(fc.array(anyItem, { minLength: 1, maxLength: 4 }), async (items) => {
    await here.empty()
    await there.empty()
    const store: Store = { ...await furnish(here), itemIds: [], slugs: new Set() }
    for (const item of items) await build(here, store, item, ++n)
    const folder = newFolder()
    await here.export(folder)
    there.time.now = here.later(10)
    const first = await there.import(folder)
    expect(first.said.filter((line) => line.startsWith('left out'))).toEqual([])
    expect(first.code).toBe(0)
    const rows = await rowsOf(there)
    expect(rows).toEqual(await rowsOf(here))
    for (const minutes of [-60, -5, 0, 100, 1000]) {
      const now = here.time.now.add({ minutes })
      expect(await answers(there, store, now)).toEqual(await answers(here, store, now))
    }
    const again = await there.import(folder)
    expect(again.said.filter((line) => line.startsWith('ok')).every((line) => line.endsWith('(nothing changed)'))).toBe(true)
    expect(await rowsOf(there)).toEqual(rows)
  }), { numRuns: inject('isLong') ? 100 : 8 })
}, inject('isLong') ? 1_800_000 : 170_000)
