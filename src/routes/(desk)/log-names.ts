import { subjectWord } from '#kernel/audit/act-texts.ts'
import type { SubjectKind } from '#kernel/audit/acts.ts'
import { partsOfSubject } from '#kernel/audit/log-asked.ts'
import { shownDetail } from '#kernel/audit/shown-detail.ts'
import { isId } from '#kernel/id/id.ts'
import type { Lang } from '#kernel/language/language.ts'
import { PAGE_TEXTS, type PageTextKey } from '#kernel/site/site.ts'
import { itemPath } from '#rooms/media/list-address.ts'
import { findPublicTexts } from '#rooms/media/server/public-text-queries.ts'
import { nearestText } from '#rooms/media/server/starter-queries.ts'
import { listTopics } from '#rooms/media/server/topic-queries.ts'
import { topicNamed } from '#rooms/media/topic.ts'
import { nameIn } from '#rooms/people/organisation.ts'
import { findNames, findOrganisationsOfProposals } from '#rooms/people/server/name-queries.ts'
import { listOrganisations } from '#rooms/people/server/organisation-queries.ts'
import type { LogEntry } from '#kernel/audit/server/log-queries.ts'
import { pageName } from './page-name.ts'

/** Something that the log names by its number, as people know it. */
export interface Named {
  /** Person, text, topic … */
  word: string
  /** A name, or a number cut short where there is none that may be shown. */
  name: string
  /** Where the name is in another language than the page. */
  lang?: Lang
  /** Its page. */
  href?: string
}

/** Two ends of a number tell it apart, and fit on a phone. */
export const shortNumber = (id: string): string => `${id.slice(0, 4)}…${id.slice(-4)}`

/** What the rows of these entries are called, in a language. Of a text only what readers see now. */
export async function namesOf({ lang, reading: { db, now } }: Pick<App.Locals, 'lang' | 'reading'>, entries: readonly LogEntry[]) {
  const subjects = entries.flatMap(({ subject }) => partsOfSubject(subject) ?? [])
  const idsOf = (kind: SubjectKind) => subjects.flatMap((one) => (one.kind === kind && one.id ? [one.id] : []))
  const proposalIds = entries.flatMap(({ act, detail }) => shownDetail(act, detail).proposalId ?? [])
  const [people, proposals, texts, organisations, topics] = await Promise.all([
    findNames(db, [...idsOf('person'), ...entries.map(({ actor }) => actor)]),
    findOrganisationsOfProposals(db, [...idsOf('recognition-proposal'), ...proposalIds]),
    findPublicTexts(db, idsOf('item'), now), listOrganisations(db), listTopics(db),
  ])
  const unless = (own: Lang) => (own === lang ? undefined : own)

  function organisationNamed(id: string): Pick<Named, 'name' | 'lang' | 'href'> | undefined {
    const found = organisations.find((one) => one.id === id)
    if (!found) return undefined
    const name = nameIn(found.texts, lang)
    return { name: name.text, lang: unless(name.lang), href: `/desk/organisations/${id}` }
  }

  function found(kind: SubjectKind, id: string, tongue: Lang): Omit<Named, 'word'> | undefined {
    switch (kind) {
      case 'person': return people.has(id) ? { name: people.get(id)!, href: `/desk/people/${id}` } : undefined
      case 'organisation': return organisationNamed(id)
      case 'recognition-proposal': return organisationNamed(proposals.get(id) ?? '')
      case 'topic': return topicFound(id)
      // What it is called was typed by somebody, and the log tells no such words.
      case 'library-file': return { name: shortNumber(id), href: `/desk/media/pictures/${id}` }
      case 'page': return (PAGE_TEXTS as readonly string[]).includes(id) ? { name: pageName(id as PageTextKey, lang), href: `/desk/settings/pages/${id}/${tongue}` } : undefined
      case 'item': {
        const text = nearestText({ texts: texts.get(id) ?? [] }, tongue)
        return text && { name: text.title, lang: unless(text.lang), href: itemPath(text.lang, text.slug) }
      }
      default: return undefined
    }
  }

  function topicFound(key: string): Omit<Named, 'word'> | undefined {
    const topic = topics.find((one) => one.key === key)
    if (!topic) return undefined
    const named = topicNamed(topic, lang)
    return { name: named.name, lang: unless(named.lang), href: `/desk/topics/${key}` }
  }

  return {
    person: (id: string): string => people.get(id) ?? (isId(id) ? shortNumber(id) : '–'),
    organisations: organisations.map(({ id, texts: own }) => ({ id, name: nameIn(own, lang).text })),
    topic: (key: string): string => topicFound(key)?.name ?? key,
    /** `tongue` is the language that the act was about. */
    row(kind: SubjectKind, id: string | null, tongue: Lang): Named {
      const word = subjectWord(kind, lang)
      if (kind === 'site') return { word: '', name: word, href: '/desk/settings' }
      if (id === null) return { word: '', name: word }
      const isKey = kind === 'page' || kind === 'topic'
      return { word, ...(found(kind, id, tongue) ?? { name: isKey ? id : shortNumber(id) }) }
    },
  }
}
export type LogNames = Awaited<ReturnType<typeof namesOf>>
