import { actText, subjectWord } from '#kernel/audit/act-texts.ts'
import { isAct } from '#kernel/audit/acts.ts'
import { partsOfSubject } from '#kernel/audit/log-asked.ts'
import type { LogEntry } from '#kernel/audit/server/log-queries.ts'
import { shownDetail } from '#kernel/audit/shown-detail.ts'
import { languageName, type Lang } from '#kernel/language/language.ts'
import { m } from '#kernel/language/m.ts'
import { formatClock, formatInstant, formatInstantDay } from '#kernel/when/phrase.ts'
import { isStarterChoice } from '#rooms/media/starter-choice.ts'
import { DUTIES } from '#rooms/people/person.ts'
import { dutySaid } from '#rooms/people/ui/duty-said.ts'
import type { LogNames, Named } from './log-names.ts'

export interface ShownEntry {
  number: string
  time: string
  what: string
  /** What of its detail may be read. */
  more: string[]
  by: { name: string; href?: string }
  on: Named & { log?: string }
  /** Other rows that the entry names. */
  see: { text: string; href: string }[]
}

const SETTINGS = {
  name: m.og_name, shortName: m.org_short_name, languages: m.set_languages_on, menu: m.set_menu, defaultLanguage: m.set_default, zone: m.set_zone,
  colour: m.set_colour, email: m.set_email, source: m.set_source,
}
const CHOICES = { adopt: m.opn_adopt, keep: m.opn_keep, remove: m.opn_remove }

const logOf = (kind: string, id = '') => `/desk/log?kind=${kind}${id && `&id=${id}`}`

/** Entries in words, day by day. */
export function shownEntries(entries: readonly LogEntry[], names: LogNames, { lang, zone }: { lang: Lang; zone: string }): { day: string; entries: ShownEntry[] }[] {
  const spoken = { locale: lang as 'en' }

  function shown({ id, at, actor, act, subject, detail: whole }: LogEntry): ShownEntry {
    const detail = shownDetail(act, whole)
    const row = partsOfSubject(subject)
    const duty = DUTIES.find((one) => one === detail.duty)
    const setting = Object.entries(SETTINGS).find(([key]) => key === detail.key)?.[1]
    const organisation = names.organisations.find((one) => one.id === (detail.speaksFor ?? detail.organisationId))?.name
    const isPlanned = detail.from && Temporal.Instant.compare(detail.from, at) > 0
    const more = [
      duty && dutySaid({ duty, organisationId: detail.organisationId ?? null, lang: detail.lang ?? null }, names.organisations, lang),
      !duty && organisation,
      setting?.({}, spoken),
      isStarterChoice(detail.choice) && CHOICES[detail.choice]({}, spoken),
      detail.into && m.log_into({ topic: names.topic(detail.into) }, spoken),
      !duty && detail.lang && languageName(detail.lang, lang),
      isPlanned && m.log_public_from({ when: formatInstant(detail.from!, lang, zone) }, spoken),
    ].filter((one): one is string => typeof one === 'string')
    return {
      number: String(id), time: formatClock(at, zone), more,
      what: isAct(act) ? actText(act, lang) : m.log_old_act({ name: /^[a-z][a-z-]{0,59}$/.test(act) ? act : '–' }, spoken),
      by: byShown(actor),
      on: row ? { ...names.row(row.kind, row.id, detail.lang ?? lang), log: row.id === null && row.kind !== 'site' ? undefined : logOf(row.kind, row.id ?? '') } : { word: '', name: m.log_old_row({}, spoken) },
      see: [
        ...(detail.entryLinkId ? [{ text: subjectWord('entry-link', lang), href: logOf('entry-link', detail.entryLinkId) }] : []),
        ...(detail.proposalId && row?.kind !== 'recognition-proposal' ? [{ text: subjectWord('recognition-proposal', lang), href: logOf('recognition-proposal', detail.proposalId) }] : []),
      ],
    }
  }

  function byShown(actor: string): ShownEntry['by'] {
    if (actor === 'operator') return { name: m.log_operator({}, spoken), href: '/desk/log?by=operator' }
    if (actor === 'system') return { name: m.log_program({}, spoken), href: '/desk/log?by=system' }
    const name = names.person(actor)
    return name === '–' ? { name } : { name, href: `/desk/log?by=${actor}` }
  }

  return [...Map.groupBy(entries, ({ at }) => formatInstantDay(at, lang, zone))].map(([day, of]) => ({ day, entries: of.map(shown) }))
}
