import { type Actions, error, fail, redirect } from '@sveltejs/kit'
import type { PageServerLoad } from './$types.js'
import type { ReadDb } from '#kernel/database/tables.ts'
import { mergeTopic, nameTopicInSeveral } from '#rooms/media/server/topic-actions.ts'
import { countTextsOfTopics, listTopics } from '#rooms/media/server/topic-queries.ts'
import { topicNamed } from '#rooms/media/topic.ts'
import { bySteward, steward } from '../../../../stewards-only.ts'
import { formOf, typed } from '../../../../typed.ts'

export const load = (async ({ locals, params, url }) => {
  steward(locals.viewer)
  const { lang, now, reading: { db } } = locals
  const { languages } = await locals.house.site.get()
  const topics = await listTopics(db)
  const topic = topics.find(({ key }) => key === params.key)
  if (!topic) error(404)
  const led = topics.filter(({ mergedInto }) => mergedInto === topic.key).map(({ key }) => key)
  return {
    topic, led, named: topicNamed(topic, lang), into: topic.mergedInto,
    languages: [...new Set([...languages, ...Object.keys(topic.names).sort()])],
    texts: await countTextsOfTopics(db, [topic.key], now),
    others: topics.filter(({ key, mergedInto }) => mergedInto === null && key !== topic.key)
      .map((other) => ({ value: other.key, text: topicNamed(other, lang).name })),
    isNew: url.searchParams.has('new'), cameIn: led.find((key) => key === url.searchParams.get('from')),
  }
}) satisfies PageServerLoad

export const actions = {
  async name({ request, params, locals: { house, viewer } }) {
    steward(viewer)
    const form = await formOf(request)
    const [names, drawn] = [namesIn(form, 'name.'), namesIn(form, 'drawn.')]
    const outcome = await bySteward(house, viewer, (tx, who, now) => nameTopicInSeveral(tx, params.key!, { typed: names, drawn }, who.id, now))
    if ('saved' in outcome) return { saved: outcome.saved }
    if ('obstacle' in outcome) return outcome.obstacle === 'not-found' ? error(404) : fail(409, { problem: 'merged' as const })
    if ('obstacles' in outcome) return fail(400, { names, drawn, wrong: Object.keys(outcome.obstacles) })
    // Who has seen what stands there now, and keeps her own, writes over it knowingly.
    return fail(409, { names, drawn: { ...drawn, ...outcome.meanwhile }, meanwhile: outcome.meanwhile })
  },

  /** Asked once: the first time it says what will happen, with the numbers; from there it is done. */
  async merge({ request, params, locals: { house, viewer, now } }) {
    steward(viewer)
    const form = await formOf(request)
    const into = typed(form, 'into', 40)
    if (form.get('sure') !== 'on') {
      const told = await foretell(house.db.read, params.key!, into, now)
      return told ? { told } : fail(400, { into, problem: 'into' as const })
    }
    const obstacle = await bySteward(house, viewer, (tx, who, at) => mergeTopic(tx, params.key!, into, who.id, at))
    if (obstacle === 'merged') return fail(409, { problem: 'merged' as const })
    if (obstacle) return fail(400, { into, problem: 'into' as const })
    redirect(303, `/desk/topics/${into}?from=${params.key}`)
  },
} satisfies Actions

const LONGEST_TYPED = 400

function namesIn(form: FormData, start: string): Record<string, string> {
  return Object.fromEntries([...form.keys()].filter((field) => field.startsWith(start)).slice(0, 100)
    .map((field) => [field.slice(start.length), typed(form, field, LONGEST_TYPED).normalize('NFC').trim()]))
}

async function foretell(db: ReadDb, from: string, into: string, now: Temporal.Instant) {
  const standing = (await listTopics(db)).filter(({ mergedInto }) => mergedInto === null)
  if (from === into || ![from, into].every((key) => standing.some((one) => one.key === key))) return undefined
  const [here, there, together] = await Promise.all([[from], [into], [from, into]].map((keys) => countTextsOfTopics(db, keys, now)))
  return { into, here: here!, there: there!, together: together! }
}
