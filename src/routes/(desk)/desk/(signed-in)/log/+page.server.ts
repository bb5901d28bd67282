import type { PageServerLoad } from './$types.js'
import { actText, subjectWord } from '#kernel/audit/act-texts.ts'
import { ACTS, isAct, SUBJECT_KINDS } from '#kernel/audit/acts.ts'
import { writeHead } from '#kernel/audit/chain.ts'
import { type AskedEntries, type LogProblem, readAsked, readTyped, type Typed } from '#kernel/audit/log-asked.ts'
import { findLastSeal, listEntries } from '#kernel/audit/server/log-queries.ts'
import { isId } from '#kernel/id/id.ts'
import { m } from '#kernel/language/m.ts'
import { collator } from '#kernel/language/numbers.ts'
import { cityOf, formatInstant } from '#kernel/when/phrase.ts'
import { listEverybody } from '#rooms/people/server/name-queries.ts'
import { namesOf, shortNumber } from '../../../log-names.ts'
import { shownEntries } from '../../../log-shown.ts'
import { steward } from '../../../stewards-only.ts'

export const load = (async ({ locals, url }) => {
  steward(locals.viewer)
  const { lang, reading: { db } } = locals
  const { zone } = await locals.house.site.get()
  const typed = readTyped(url.searchParams)
  const read = readAsked(typed, url.searchParams.get('before'), zone)
  const seal = await findLastSeal(db)
  return {
    typed, choices: await choices(locals, typed), zone: cityOf(zone),
    problems: 'problems' in read ? read.problems : [] as LogProblem[],
    seal: seal && { entry: String(seal.entryId), when: seal.at && formatInstant(seal.at, lang, zone), head: writeHead(seal) },
    ...('asked' in read ? await found(locals, typed, read.asked, zone) : { days: [], way: null, newest: null }),
  }
}) satisfies PageServerLoad

async function found(locals: App.Locals, typed: Typed, asked: AskedEntries, zone: string) {
  const { entries, before, isCut } = await listEntries(locals.reading.db, asked)
  const narrowed = Object.entries(typed).filter(([, value]) => value !== '')
  const at = (query: string[][]) => `/desk/log${query.length > 0 ? '?' : ''}${new URLSearchParams(query)}`
  return {
    days: shownEntries(entries, await namesOf(locals, entries), { lang: locals.lang, zone }),
    way: before === null ? null : { href: at([...narrowed, ['before', String(before)]]), from: isCut ? String(before) : null },
    newest: asked.before === undefined ? null : at(narrowed),
  }
}

/** What can be chosen. What the address holds stands among it, also where the house knows it no more. */
async function choices({ lang, reading: { db } }: App.Locals, { act, by }: Typed) {
  const spoken = { locale: lang as 'en' }
  const sorted = (options: { value: string; text: string }[]) => options.sort((a, b) => collator(lang).compare(a.text, b.text))
  const everybody = (await listEverybody(db)).map(({ id, name, signInName }) => ({ value: id, text: `${name} (${signInName})` }))
  return {
    acts: [{ value: '', text: m.log_any({}, spoken) }, ...sorted(ACTS.map((one) => ({ value: one, text: actText(one, lang) }))), ...(act === '' || isAct(act) ? [] : [{ value: act, text: act }])],
    people: [
      { value: '', text: m.log_anyone({}, spoken) }, { value: 'operator', text: m.log_operator({}, spoken) }, { value: 'system', text: m.log_program({}, spoken) },
      ...sorted(everybody), ...(isId(by) && !everybody.some(({ value }) => value === by) ? [{ value: by, text: shortNumber(by) }] : []),
    ],
    kinds: [{ value: '', text: m.log_any({}, spoken) }, ...SUBJECT_KINDS.map((kind) => ({ value: kind, text: subjectWord(kind, lang) }))],
  }
}
