import { type Actions, error, fail, redirect } from '@sveltejs/kit'
import type { PageServerLoad } from './$types.js'
import { act } from '#kernel/database/act.ts'
import { isLangTag, languageName } from '#kernel/language/language.ts'
import { addsFor } from '#rooms/media/library.ts'
import { FILE_STATES, FILES_A_PAGE, listFiles } from '#rooms/media/server/library-queries.ts'
import { addFile } from '#rooms/media/server/library-actions.ts'
import { keepSent, releasing } from '#rooms/media/server/sent-file.ts'
import { mayAddToday } from '#rooms/media/server/upload-actions.ts'
import { MOST_BYTES } from '#kernel/pictures/picture.ts'
import { lockDuties } from '#rooms/people/server/duty-queries.ts'
import { addersFor, fileShown, refusalSaid } from '../../../../library-desk.ts'
import { signedIn } from '../../../../signed-in.ts'
import { formOf, typed } from '../../../../typed.ts'
import { writerMeant } from '../../../../writer-typed.ts'

export const load = (async ({ locals, url }) => {
  const who = signedIn(locals.viewer)
  const { lang, now, reading: { db } } = locals
  if (addsFor(who).length === 0) error(404)
  const site = await locals.house.site.get()
  const ask = (name: string) => (url.searchParams.get(name) ?? '').replaceAll('\0', '').slice(0, 200).trim()
  const asked = { q: ask('q'), state: FILE_STATES.find((state) => state === ask('state')), lang: isLangTag(ask('lang')) ? ask('lang') : undefined, before: ask('before') }
  const found = await listFiles(db, who, asked, now, FILES_A_PAGE + 1)
  const shown = found.slice(0, FILES_A_PAGE)
  return {
    asked: { q: asked.q, state: asked.state ?? '', lang: asked.lang ?? '', before: asked.before },
    languages: site.languages.map((tongue) => ({ value: tongue, text: languageName(tongue, lang) })),
    adders: await addersFor(db, who, site, lang),
    files: shown.map((file) => ({ ...fileShown(file, lang, now), uses: file.uses, noAlt: site.languages.filter((tongue) => !file.alts[tongue]).map((tongue) => languageName(tongue, lang)) })),
    older: found.length > FILES_A_PAGE ? shown.at(-1)!.id : null,
  }
}) satisfies PageServerLoad

export const actions = {
  async add({ request, locals: { house, viewer, lang } }) {
    const who = signedIn(viewer)
    const form = await formOf(request)
    const of = typed(form, 'for', 40)
    const organisationId = writerMeant(of)
    // Before anything is read: the act asks it of the rows once more.
    if (!addsFor(who).includes(organisationId)) error(404)
    const sent = form.get('file')
    const bytes = sent instanceof File && sent.size <= MOST_BYTES ? new Uint8Array(await sent.arrayBuffer()) : undefined
    const { defaultLanguage } = await house.site.get()
    const kept = sent instanceof File && bytes ? await keepSent(house, bytes, defaultLanguage) : { refused: sent instanceof File ? ('too-large' as const) : ('no-file' as const) }
    if ('refused' in kept) return fail(400, { problem: refusalSaid(kept.refused, lang), of })
    const now = house.clock()
    const id = await releasing(kept, () => act(house, async (tx) => {
      if (!addsFor({ id: who.id, duties: await lockDuties(tx, who.id, now) }).includes(organisationId)) error(404)
      if (!(await mayAddToday(tx, who.id, (sent as File).size, now))) return undefined
      await kept.nameBlobs(tx, now)
      return addFile(tx, { organisationId, name: (sent as File).name, what: kept.what }, who.id, now)
    }))
    if (id === undefined) {
      await kept.release()
      return fail(429, { problem: refusalSaid('today', lang), of })
    }
    redirect(303, `/desk/media/pictures/${id}?done=added`)
  },
} satisfies Actions
