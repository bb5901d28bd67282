import type { Lang } from '#kernel/language/language.ts'
import { m } from '#kernel/language/m.ts'
import type { Source } from '#rooms/media/item.ts'
import { type CheckedLink, isUnreached, leadOf, linksIn, type TextLink } from '#rooms/media/links.ts'
import { LINK_CHECK_LIMITS, LinkChecks } from '#rooms/media/server/link-check.ts'
import { textAddress, type ShownHint } from './hints-shown.ts'

const checks = new LinkChecks()

/** Links of a text to other sites: those of its words, and where its sources stand. */
export function outsideLinks(origins: readonly string[], html: string, sources: readonly Source[], lang: Lang): TextLink[] {
  const all = [...linksIn(html), ...sources.flatMap(({ title, url }) => (url === null ? [] : [{ text: title, href: url }]))]
  return all.flatMap(({ text, href }) => {
    const lead = leadOf(href, textAddress(origins, lang), origins)
    return lead.to === 'site' ? [{ text, href: lead.address }] : []
  })
}

/** What was found, in the words of whoever asked: what there is to look after, and nothing of what answers. Undefined while her last look is under way. */
export async function checkedShown(personId: string, links: readonly TextLink[], origins: readonly string[], spoken: Lang): Promise<{ found: ShownHint[]; isUnreached: boolean } | undefined> {
  const found = await checks.check(personId, links, origins)
  return found === 'busy' ? undefined : { found: found.flatMap((link) => said(link, spoken) ?? []), isUnreached: isUnreached(found) }
}

function said(link: CheckedLink, spoken: Lang): ShownHint | null {
  const in_ = { locale: spoken as 'en' }
  const is = { word: link.text || link.href, ...(link.text !== link.href && { say: link.href }) }
  switch (link.is) {
    case 'there': return null
    case 'answers': return { ...is, text: m.prv_answers({ status: String(link.status) }, in_) }
    case 'silent': return { ...is, text: m.prv_silent({}, in_) }
    case 'round': return { ...is, text: m.prv_round({}, in_) }
    case 'port': return { ...is, text: m.prv_port({}, in_) }
    case 'not-public': return { ...is, text: m.prv_not_public({}, in_) }
    case 'elsewhere': return { word: link.text || link.href, text: m.prv_elsewhere({}, in_), say: link.address }
    case 'not-asked': return { ...is, text: m.prv_not_asked({ most: String(LINK_CHECK_LIMITS.most) }, in_) }
  }
}
