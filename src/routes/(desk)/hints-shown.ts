import { anchorOf } from '#kernel/language/glossary.ts'
import type { Lang } from '#kernel/language/language.ts'
import { m } from '#kernel/language/m.ts'
import { formatNumber } from '#kernel/language/numbers.ts'
import { renderMarkdown } from '#kernel/words/markdown.ts'
import { Unrenderable } from '#kernel/words/nesting.ts'
import type { Frozen, Words } from '#rooms/media/frozen.ts'
import { type Hint, hintsOf } from '#rooms/media/hints.ts'
import { type Lead, leadOf, linksIn, missingNotes, placesIn } from '#rooms/media/links.ts'
import { listLeadingNowhere } from '#rooms/media/server/link-queries.ts'
import { listOrganisations, listShownAddresses } from '#rooms/people/server/organisation-queries.ts'

export interface ShownHint { text: string; word?: string; say?: string; href?: string }

/** What of a text the rules ask about beside its words: as a page, '' where it could not be made one; and what is saved with it. */
interface Drawn { html: string; hasNoAlt: boolean }

export const hasNoAlt = (frozen: Frozen | undefined): boolean => frozen?.picture?.alt.trim() === ''

/** A page of what is typed; '' where it takes too long, and the writer is told that when she looks at it. */
export const typedHtml = ({ bodyMarkdown }: Pick<Words, 'bodyMarkdown'>, lang: Lang): Promise<string> =>
  renderMarkdown(bodyMarkdown, lang).then(({ html, notes }) => html + notes, (thrown: unknown) => {
    if (thrown instanceof Unrenderable) return ''
    throw thrown
  })

/** Hints in the words of whoever writes. Names of organisations stand as they are. */
export async function hintsShown(locals: App.Locals, words: Words, lang: Lang, { html, hasNoAlt }: Drawn): Promise<ShownHint[]> {
  const { lang: spoken, reading: { db } } = locals
  const names = (await listOrganisations(db)).flatMap(({ texts }) => Object.values(texts).flatMap(({ name, shortName }) => [name, ...(shortName ? [shortName] : [])]))
  const in_ = { locale: spoken as 'en' }
  const said = (hint: Hint): ShownHint => {
    switch (hint.is) {
      case 'long-title':
      case 'long-teaser': {
        const counted = { number: formatNumber(hint.letters, spoken), best: formatNumber(hint.best, spoken) }
        return { text: hint.is === 'long-title' ? m.wrt_hint_title(counted, in_) : m.wrt_hint_teaser(counted, in_) }
      }
      case 'no-teaser': return { text: m.wrt_hint_no_teaser({}, in_) }
      case 'picture-in-text': return { text: m.wrt_hint_picture({}, in_) }
      case 'unspoken': return { text: m.wrt_hint_unspoken({}, in_), word: hint.found }
      case 'not-used': return { text: m.wrt_hint_word({}, in_), word: hint.found, say: hint.say, href: `/${lang}/words#${anchorOf(hint.id)}` }
    }
  }
  return [...(hasNoAlt ? [{ text: m.prv_no_alt({}, in_) }] : []), ...(await deadLinks(locals, html, lang)), ...hintsOf(words, lang, names).map(said)]
}

/**
 * What a text leads to within this house that readers do not find now. Whoever writes is told no more than readers know: of a text that
 * waits, one that she may not read and one that never was she is told the same.
 */
async function deadLinks({ house, lang: spoken, reading: { db, now } }: App.Locals, html: string, lang: Lang): Promise<ShownHint[]> {
  const in_ = { locale: spoken as 'en' }
  const { languages } = await house.site.get()
  const [places, leads] = [placesIn(html), linksIn(html).map((link) => ({ ...link, lead: leadOf(link.href, textAddress(house.settings.origins, lang), house.settings.origins) }))]
  const texts = leads.flatMap(({ lead }) => (lead.to === 'text' && languages.includes(lead.lang) ? [lead] : []))
  const nowhere = new Set((await listLeadingNowhere(db, texts, now)).map(({ lang, slug }) => `${lang}/${slug}`))
  const shown = leads.some(({ lead }) => lead.to === 'organisation') ? new Set((await listShownAddresses(db)).map(({ slug }) => slug)) : new Set<string>()
  const isDead = (lead: Lead): boolean =>
    lead.to === 'desk' || ((lead.to === 'text' || lead.to === 'organisation') && (!languages.includes(lead.lang) || (lead.to === 'text' ? nowhere.has(`${lead.lang}/${lead.slug}`) : !shown.has(lead.slug))))
  return [
    ...leads.flatMap(({ text, href, lead }): ShownHint[] =>
      lead.to === 'place' ? (places.has(lead.id) ? [] : [{ word: text, text: m.prv_place({}, in_), say: href }]) : isDead(lead) ? [{ word: text, text: m.prv_dead({}, in_), say: href }] : []),
    ...missingNotes(html).map((label) => ({ word: `[^${label}]`, text: m.prv_note({}, in_) })),
  ].slice(0, MOST_DEAD)
}

const MOST_DEAD = 30

/** From where a link of a text leads: its own address, whatever its last part. */
export const textAddress = (origins: readonly string[], lang: Lang): string => `${origins[0]!}/${lang}/media/-`
