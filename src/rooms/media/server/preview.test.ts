// What a preview shows is what readers will be shown, and not a picture more.
import { expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { newId } from '#kernel/id/id.ts'
import { NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import { saveRevision } from '#rooms/media/server/item-actions.ts'
import { findPreview, isInPreview } from '#rooms/media/server/preview-queries.ts'
import { openLibrary } from '#rooms/media/server/testing/library.ts'

const { db, time, later, ORG, added, agree, takeBack, item, show, letOut, page, largeOf, isThere } = await openLibrary()
const none = async () => []
const preview = (id: string, lang = 'es') => findPreview(db.read, id, lang, time.now, none)
const save = (id: string, lang: string, bodyMarkdown: string) => act({ db }, (tx) => saveRevision(tx, id, lang, { title: `T ${lang}`, teaser: '', bodyMarkdown }, { ...NOTHING_FROZEN, topics: ['hiv'], regions: [{ place: 'CO' }], byline: 'Luz' }, 'ana', later()))

test('a text is shown as its page is once it is out: words, facts, pictures, other languages', async () => {
  const { id, slug } = await item(ORG)
  const file = await added(ORG)
  await agree(file)
  await show(id, file)
  await save(id, 'pt', '## Um\n\nDois.[^1]\n\n[^1]: Nota.')
  const before = (await preview(id))!
  expect([before.isPublic, before.item.picture?.large.hash, before.item.inTranslation]).toEqual([false, largeOf(file), ['pt']])
  expect(await letOut(id)).toBeNull()
  const { publicFrom, updatedAt, ...out } = (await page(slug))!.item
  const { publicFrom: _, updatedAt: __, ...drawn } = before.item
  expect(drawn).toEqual(out)
  expect([publicFrom.epochMilliseconds, updatedAt.epochMilliseconds]).toEqual([time.now.epochMilliseconds, time.now.epochMilliseconds])
  // What is public is the same, to the moment; what is saved after it is not public.
  expect(await preview(id)).toEqual({ item: (await page(slug))!.item, isPublic: true })
  await act({ db }, (tx) => saveRevision(tx, id, 'es', { title: 'Marcha y más', teaser: 'B', bodyMarkdown: 'Otras palabras.' }, NOTHING_FROZEN, 'ana', later()))
  expect(await preview(id)).toMatchObject({ isPublic: false, item: { title: 'Marcha y más', slug, picture: null, languages: [{ lang: 'es', slug, title: 'Marcha y más' }] } })
  expect(await preview(id, 'pt')).toMatchObject({ isPublic: false, item: { slug: 't-pt', byline: 'Luz', topics: [{ key: 'hiv' }], contents: [{ text: 'Um' }], languages: [{ lang: 'es', slug }, { lang: 'pt', slug: 't-pt' }], inTranslation: [] } })
})

test('a picture of the newest text is given to a preview of that text and language alone, and of one whose people took their consent back to none', async () => {
  const [{ id }, other] = [await item(ORG), await item(ORG)]
  const file = await added(ORG)
  await agree(file)
  await show(id, file)
  const isIn = (of: string, lang = 'es') => isInPreview(db.read, of, lang, largeOf(file), time.now)
  // No reader has it meanwhile.
  expect([await isIn(id), await isIn(id, 'pt'), await isIn(other.id), await isIn(newId()), await isThere(file)]).toEqual([true, false, false, false, false])
  await takeBack(file)
  expect([await isIn(id), (await preview(id))!.item.picture]).toEqual([false, null])
})

test('words that are not saved stand in the place of the saved ones, and are never public', async () => {
  const { id } = await item()
  await letOut(id)
  const shown = await findPreview(db.read, id, 'es', time.now, none, { title: 'Escrito', teaser: 'Ahora', bodyMarkdown: 'x '.repeat(900), html: '<p id="p1">x</p>', notes: '', contents: [] })
  expect(shown).toMatchObject({ isPublic: false, item: { title: 'Escrito', teaser: 'Ahora', bodyHtml: '<p id="p1">x</p>', minutes: 5, languages: [{ lang: 'es', title: 'Escrito' }] } })
})

test('where nothing is saved there is nothing to show', async () => {
  const { id } = await item()
  expect([await preview(id, 'fr'), await preview(newId()), await preview('x')]).toEqual([undefined, undefined, undefined])
})
