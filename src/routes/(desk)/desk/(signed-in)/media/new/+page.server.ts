import { type Actions, error, fail, redirect } from '@sveltejs/kit'
import type { PageServerLoad } from './$types.js'
import { act } from '#kernel/database/act.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import { type Lang, languageName } from '#kernel/language/language.ts'
import { siteName } from '#kernel/site/site.ts'
import { renderMarkdown } from '#kernel/words/markdown.ts'
import { Unrenderable } from '#kernel/words/nesting.ts'
import { isKind, KINDS } from '#rooms/media/item.ts'
import { isSteward, type OnDuty } from '#rooms/media/keeping.ts'
import { readDropped } from '#rooms/media/server/dropped-file.ts'
import { beginText } from '#rooms/media/server/writing-actions.ts'
import { kindName } from '#rooms/media/ui/kind-name.ts'
import { writesFor } from '#rooms/media/writing.ts'
import { problemsOf } from '#rooms/media/writing-form.ts'
import { nameIn } from '#rooms/people/organisation.ts'
import { lockDuties } from '#rooms/people/server/duty-queries.ts'
import { listOrganisations } from '#rooms/people/server/organisation-queries.ts'
import { signedIn } from '../../../../signed-in.ts'
import { formOf, typed } from '../../../../typed.ts'
import { ALLIANCE, writerMeant, writerValue } from '../../../../writer-typed.ts'

/** In which languages and for whom she may begin a text. */
async function choices(db: ReadDb, who: OnDuty, languages: readonly Lang[], spoken: Lang) {
  const organisations = new Map((await listOrganisations(db)).map(({ id, texts }) => [id, nameIn(texts, spoken).text]))
  const own = languages.filter((lang) => writesFor(who, lang).length > 0)
  const writers = [...new Set(own.flatMap((lang) => writesFor(who, lang)))]
  // A steward writes for the alliance; what its members write is theirs.
  return { languages: own, writers: writers.map((id) => ({ value: writerValue(id), text: id === null ? '' : (organisations.get(id) ?? '') })) }
}

export const load = (async ({ locals }) => {
  const who = signedIn(locals.viewer)
  const { lang, reading: { db } } = locals
  const site = await locals.house.site.get()
  const { languages, writers } = await choices(db, who, site.languages, lang)
  if (languages.length === 0) error(404)
  return {
    isSteward: isSteward(who.duties),
    kinds: KINDS.map((kind) => ({ value: kind, text: kindName(kind, lang) })),
    languages: languages.map((tongue) => ({ value: tongue, text: languageName(tongue, lang) })),
    writers: writers.map(({ value, text }) => ({ value, text: value === ALLIANCE ? siteName(site, lang).name : text })),
    chosen: { kind: 'statement', lang: languages.includes(lang) ? lang : languages[0]!, writer: writers[0]!.value, title: '' },
  }
}) satisfies PageServerLoad

export const actions = {
  async default({ request, locals: { house, viewer } }) {
    const { id } = signedIn(viewer)
    const form = await formOf(request)
    const chosen = { kind: typed(form, 'kind', 40), lang: typed(form, 'lang', 40), writer: typed(form, 'writer', 40), title: typed(form, 'title', 1000).replace(/\s+/g, ' ').trim() }
    const site = await house.site.get()
    if (!isKind(chosen.kind) || !site.languages.includes(chosen.lang)) return fail(400, { chosen, problem: 'choice' as const })
    // Before anything is read: the act asks it of the rows once more.
    const writers = await act(house, async (tx) => writesFor({ id, duties: await lockDuties(tx, id, house.clock()) }, chosen.lang))
    if (writers.length === 0) return fail(400, { chosen, problem: 'choice' as const })
    const dropped = await readDropped(house.settings.dataDir, form.get('file'))
    if (dropped && 'problem' in dropped) return fail(400, { chosen, problem: dropped.problem })
    const words = { title: chosen.title || dropped?.title || '', teaser: dropped?.teaser ?? '', bodyMarkdown: dropped?.bodyMarkdown ?? '' }
    const [problem] = problemsOf(words)
    if (problem) return fail(400, { chosen, problem })
    const writtenIn = writerMeant(chosen.writer)
    const issuedBy = writtenIn === null ? siteName(site, chosen.lang).name : await organisationNamed(house.db.read, writtenIn, chosen.lang)
    const now = house.clock()
    try {
      const kind = chosen.kind
      // Before a connection is held: a long text takes the processor for a while.
      await renderMarkdown(words.bodyMarkdown, chosen.lang)
      const begun = await act(house, async (tx) => beginText(tx, { id, duties: await lockDuties(tx, id, now) }, { kind, lang: chosen.lang, writtenIn, words, issuedBy }, now))
      // A language or an organisation that is not hers: no page offers it.
      if (begun === 'not-found') return fail(400, { chosen, problem: 'choice' as const })
      redirect(303, `/desk/media/${begun}/${chosen.lang}?saved=begun`)
    } catch (thrown) {
      if (thrown instanceof Unrenderable) return fail(400, { chosen, problem: 'too-hard' as const })
      throw thrown
    }
  },
} satisfies Actions

async function organisationNamed(db: ReadDb, id: string, lang: Lang): Promise<string | null> {
  const organisation = (await listOrganisations(db)).find((one) => one.id === id)
  return organisation ? nameIn(organisation.texts, lang).text : null
}
