import { type Actions, error, fail, redirect } from '@sveltejs/kit'
import type { PageServerLoad } from './$types.js'
import { type Lang, languageName } from '#kernel/language/language.ts'
import type { LibraryFile } from '#rooms/media/library.ts'
import { isOut, maySeeFile } from '#rooms/media/library.ts'
import { listLanguages } from '#rooms/media/server/desk-item-queries.ts'
import { FILES_A_PAGE, findFile, listFiles, listFilesOf } from '#rooms/media/server/library-queries.ts'
import { hideFile, showFile } from '#rooms/media/server/showing-actions.ts'
import { mayWrite } from '#rooms/media/writing.ts'
import { headOf, inItem, itemAt } from '../../../../../item-desk.ts'
import { fileShown } from '../../../../../library-desk.ts'
import { signedIn } from '../../../../../signed-in.ts'
import { formOf, typed } from '../../../../../typed.ts'

const DONE = ['saved', 'same'] as const

export const load = (async ({ locals, params, url }) => {
  const who = signedIn(locals.viewer)
  const { lang, reading: { db, now } } = locals
  const item = await itemAt(locals, params.id)
  const ask = (name: string) => (url.searchParams.get(name) ?? '').replaceAll('\0', '').slice(0, 200).trim()
  const may = item.texts.filter((text) => !text.isWithdrawn && mayWrite(who, item, text.lang)).map((text) => text.lang)
  const texts: { lang: Lang; language: string; isHers: boolean; files: (ReturnType<typeof fileShown> & { alt: string })[] }[] = []
  for (const text of item.texts) {
    const files: LibraryFile[] = []
    for (const id of await listFilesOf(db, text.revisionId)) {
      const file = await findFile(db, id)
      if (file && maySeeFile(who, file)) files.push(file)
    }
    texts.push({ lang: text.lang, language: languageName(text.lang, lang), isHers: may.includes(text.lang), files: files.map((file) => ({ ...fileShown(file, lang, now), alt: file.alts[text.lang] ?? '' })) })
  }
  const asked = { q: ask('q'), before: ask('before') }
  // What another organisation added is hers to give, not this text's to take.
  const found = may.length === 0 ? [] : await listFiles(db, who, { ...asked, of: item.writtenIn }, now, FILES_A_PAGE + 1)
  const shown = found.slice(0, FILES_A_PAGE)
  return {
    head: headOf(item, item.originalLang, lang), texts, asked, may: may.map((tongue) => ({ lang: tongue, name: languageName(tongue, lang) })),
    files: shown.filter((file) => !isOut(file)).map((file) => fileShown(file, lang, now)), older: found.length > FILES_A_PAGE ? shown.at(-1)!.id : null,
    done: DONE.find((one) => one === ask('done')) ?? null,
  }
}) satisfies PageServerLoad

/** A change of what the texts of an item show, in the languages that were chosen and are hers to write. */
async function change({ request, params, locals: { house, viewer } }: { request: Request; params: { id?: string }; locals: App.Locals }, how: typeof showFile) {
  const form = await formOf(request)
  const [fileId, asked] = [typed(form, 'file', 40), form.getAll('in').filter((one) => typeof one === 'string')]
  const changed = await inItem(house, viewer, params.id ?? '', (who, item) => asked.every((lang) => mayWrite(who, item, lang)), async (tx, who, item, now) => {
    // Not locked: replacing a file everywhere holds the file and waits for items, and here it is the other way round.
    const file = await findFile(tx, fileId)
    if (!file || !maySeeFile(who, file) || file.organisationId !== item.writtenIn) error(404)
    const langs = (await listLanguages(tx, item.id)).filter((lang) => asked.includes(lang))
    return langs.length === 0 ? undefined : how(tx, item.id, langs, file, who.id, now)
  })
  if (changed === undefined) return fail(400, { fileId })
  redirect(303, `/desk/media/${params.id}/picture?done=${changed > 0 ? 'saved' : 'same'}`)
}

export const actions = {
  show: (event) => change(event, showFile),
  hide: (event) => change(event, hideFile),
} satisfies Actions
