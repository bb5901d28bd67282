// One address of each page type, found on the running house. The look and the accessibility journey walk the same list.
import { writePressPage } from './press-pages.ts'
import type { RunningHouse } from './running-house.ts'

export interface PageType { name: string; path: string }

const prepared = new WeakSet<RunningHouse>()

const WITHDRAWN = { en: 'a-call-that-was-published-too-early', es: 'una-convocatoria-que-salio-demasiado-pronto' }

/** Publishes what starter content lacks: a withdrawn text in two languages and a text that only one language has. */
async function prepare(house: RunningHouse) {
  if (prepared.has(house)) return
  prepared.add(house)
  await house.altavoz('import', writePressPage('gone', { title: 'A call that was published too early', paragraphs: ['This text was made for a test. It was published before it was ready, and then it was withdrawn.'] }), '--publish')
  await house.altavoz('withdraw', `/en/media/${WITHDRAWN.en}`, '--why', 'It went out before it was ready.')
  await house.altavoz('import', writePressPage('retirado', { title: 'Una convocatoria que salió demasiado pronto', paragraphs: ['Este texto se hizo para una prueba. Se publicó antes de estar listo y después se retiró.'] }), '--lang', 'es', '--publish')
  await house.altavoz('withdraw', `/es/media/${WITHDRAWN.es}`, '--why', 'Salió antes de estar lista.')
  await house.altavoz('import', writePressPage('one-language', { title: 'Only in one language', paragraphs: ['This text was made for a test. It exists in English and is offered to readers of other languages.'] }), '--publish')
}

/** Page types of the public site in one language. */
export async function pageTypes(house: RunningHouse, lang: string): Promise<PageType[]> {
  await prepare(house)
  const list = await (await fetch(`${house.origin}/${lang}/media?region=NZ&kind=news`)).text()
  const item = new RegExp(`href="(/${lang}/media/[a-z0-9-]+)"`).exec(list)?.[1]
  if (!item) throw new Error(`no item is listed at /${lang}/media?region=NZ&kind=news`)
  const single = '/media/only-in-one-language'
  return [
    { name: 'front', path: `/${lang}/` },
    { name: 'list', path: `/${lang}/media` },
    { name: 'filtered', path: `/${lang}/media?kind=news&region=419` },
    { name: 'empty', path: `/${lang}/media?kind=letter` },
    { name: 'item', path: item },
    { name: 'elsewhere', path: lang === 'en' ? '/ht/media/only-in-one-language' : `/${lang}${single}` },
    { name: 'withdrawn', path: `/${lang}/media/${lang === 'es' ? WITHDRAWN.es : WITHDRAWN.en}` },
    { name: 'about', path: `/${lang}/about` },
    { name: 'privacy', path: `/${lang}/privacy` },
    { name: 'accessibility', path: `/${lang}/accessibility` },
    { name: 'not-found', path: `/${lang}/nothing-here` },
    { name: 'bad-value', path: `/${lang}/media?from=7/5/22&kind=news` },
  ]
}

/** Those, and the pages whose own journeys (finding, fixed-pages) look at how they are read and used. */
export async function allPageTypes(house: RunningHouse, lang: string): Promise<PageType[]> {
  const fixed = ['press', 'words', 'corrections', 'organisations', 'calendar'].map((name) => ({ name, path: `/${lang}/${name}` }))
  return [...(await pageTypes(house, lang)), { name: 'search', path: `/${lang}/media?q=uruguay` }, ...fixed]
}
