import type { PageServerLoad } from './$types.js'
import { languageName } from '#kernel/language/language.ts'
import { LOOKS, type Look } from '#framed-table.ts'
import { headOf } from '../../../../../../item-desk.ts'
import { previewAt } from '../../../../../../preview-desk.ts'
import { languageOf } from '../../../../../../text-language.ts'

/** In CSS pixels: what is usual on each. */
const WIDTHS = { phone: { width: 360, height: 720 }, tablet: { width: 768, height: 900 }, desktop: { width: 1280, height: 900 } } as const
type Device = keyof typeof WIDTHS

/** Everything is chosen by the address, so that it works without script; what is not known there is passed over. */
export const load = (async ({ locals, params, url }) => {
  const { lang: spoken, house } = locals
  const asked = url.searchParams
  const { item, preview, typed } = await previewAt(locals, params, asked.get('words') === 'typed')
  const lang = await languageOf(house, params)
  const device: Device = Object.hasOwn(WIDTHS, asked.get('on') ?? '') ? (asked.get('on') as Device) : 'desktop'
  const look: Look = LOOKS.find((one) => one === asked.get('look')) ?? 'light'
  const words = typed === 'shown' || typed === 'too-hard' ? 'typed' : null
  const at = `/desk/media/${item.id}/${lang}/preview`
  const query = (to: { on?: Device; look?: Look; words?: string | null }) => {
    const chosen = { on: device === 'desktop' ? null : device, look: look === 'light' ? null : look, words, ...to }
    const said = Object.entries(chosen).flatMap(([name, value]) => (value === null || value === undefined ? [] : [[name, value] as [string, string]]))
    return said.length > 0 ? `?${new URLSearchParams(said)}` : ''
  }
  const ofWords = words ? '?words=typed' : ''
  return {
    head: headOf(item, lang, spoken), textLang: lang, typed, isPublic: preview?.isPublic ?? false, isThere: preview !== undefined, size: WIDTHS[device],
    // What she has typed is of one language.
    languages: item.texts.map((text) => ({ lang: text.lang, name: languageName(text.lang, spoken), href: `/desk/media/${item.id}/${text.lang}/preview${query({ words: null })}` })),
    devices: (Object.keys(WIDTHS) as Device[]).map((one) => ({ key: one, href: at + query({ on: one }), isHere: one === device })),
    looks: LOOKS.map((one) => ({ key: one, href: at + query({ look: one }), isHere: one === look })),
    words: { saved: at + query({ words: null }), typed: at + query({ words: 'typed' }) },
    frame: `${at}/page/${look}${ofWords}`, papers: { a4: `${at}/print.pdf${ofWords}`, letter: `${at}/print.pdf${ofWords ? `${ofWords}&` : '?'}paper=letter` },
  }
}) satisfies PageServerLoad
