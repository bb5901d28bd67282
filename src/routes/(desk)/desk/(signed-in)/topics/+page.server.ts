import { type Actions, fail, redirect } from '@sveltejs/kit'
import type { PageServerLoad } from './$types.js'
import { languageName } from '#kernel/language/language.ts'
import { addTopic } from '#rooms/media/server/topic-actions.ts'
import { countTextsByTopic, listTopics } from '#rooms/media/server/topic-queries.ts'
import { topicKeyOf, topicNamed } from '#rooms/media/topic.ts'
import { bySteward, steward } from '../../../stewards-only.ts'
import { formOf, typed } from '../../../typed.ts'

export const load = (async ({ locals }) => {
  steward(locals.viewer)
  const { lang, now, reading: { db } } = locals
  const { languages } = await locals.house.site.get()
  const topics = await listTopics(db)
  const texts = await countTextsByTopic(db, now)
  return {
    languages: languages.map((tongue) => ({ value: tongue, text: languageName(tongue, lang) })),
    topics: topics.filter(({ mergedInto }) => mergedInto === null)
      .map((topic) => ({ ...topicNamed(topic, lang), texts: texts.get(topic.key) ?? 0, missing: languages.filter((tongue) => !topic.names[tongue]).map((tongue) => languageName(tongue, lang)) }))
      .sort((a, b) => b.texts - a.texts || (a.key < b.key ? -1 : 1)),
    merged: topics.filter(({ mergedInto }) => mergedInto !== null).map(({ key, mergedInto }) => ({ key, into: mergedInto! })),
  }
}) satisfies PageServerLoad

export const actions = {
  async add({ request, locals: { house, viewer } }) {
    steward(viewer)
    const form = await formOf(request)
    const { languages } = await house.site.get()
    const chosen = { name: typed(form, 'name').normalize('NFC'), lang: typed(form, 'lang', 40), key: typed(form, 'key', 200).trim() }
    const lang = languages.find((tongue) => tongue === chosen.lang) ?? languages[0]!
    const key = chosen.key || topicKeyOf(chosen.name)
    // A name comes first where both are missing: the key is made of it.
    if (chosen.name.trim() === '') return fail(400, { chosen, problem: 'no-name' as const })
    const problem = await bySteward(house, viewer, (tx, who, now) => addTopic(tx, key, lang, chosen.name, who.id, now))
    if (problem) return fail(400, { chosen, problem })
    redirect(303, `/desk/topics/${key}?new`)
  },
} satisfies Actions
