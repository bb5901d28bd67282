import type { Lang } from '#kernel/language/language.ts'
import { m } from '#kernel/language/m.ts'
import { shownMenu } from '#kernel/site/menu.ts'
import { type Site, siteName } from '#kernel/site/site.ts'
import type { Surroundings } from '#ui/surroundings.ts'
import { destinations, menuPlaces } from '../destinations.ts'

/**
 * What stands around a page. `path` is the page's own address, with its query; each language gets the same address.
 * An error's page is given '': no byte of it may tell one address that is not there from another.
 */
export function surroundingsOf(site: Site, lang: Lang, path: string): Surroundings {
  const spoken = { locale: lang as 'en' }
  const { name, shortName } = siteName(site, lang)
  const linkTo = (key: string) => {
    const { path: at, text } = destinations.find((one) => one.key === key)!
    return { key, text: m[text]({}, spoken), href: `/${lang}${at}` }
  }
  const below = path.replace(/^\/[a-z]{2,3}(-[a-z0-9]{2,8})*(?=\/|$)/, '')
  return {
    lang, name, shortName, isOpen: site.openedAt !== null,
    tongues: site.languages.map((tongue) => ({ lang: tongue, href: `/${tongue}${below === '' ? '/' : below}` })),
    names: site.languages.map((tongue) => ({ lang: tongue, name: siteName(site, tongue).name })).filter((one, i, all) => all.findIndex((other) => other.name === one.name) === i),
    menu: shownMenu(site, menuPlaces).map(linkTo),
    footer: [
      ...destinations.filter(({ key }) => key !== 'home' && key !== 'media').map(({ key }) => linkTo(key)),
      { text: m.foot_feeds({}, spoken), href: `/${lang}/media/feed.atom` },
      ...(site.source ? [{ text: m.foot_source({}, spoken), href: site.source }] : []),
    ],
  }
}
