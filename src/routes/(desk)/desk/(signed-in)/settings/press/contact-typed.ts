import { isLangTag } from '#kernel/language/language.ts'
import type { PressTyped } from '#kernel/site/press-form.ts'
import { typed } from '../../../../typed.ts'

const MOST = 50
const LONGEST = 400

/** What the form of a contact sent. */
export function contactTyped(form: FormData): PressTyped {
  const all = (name: string) => form.getAll(name).filter((value): value is string => typeof value === 'string').slice(0, MOST)
  const tongues = [...form.keys()].filter((name) => name.startsWith('who.')).map((name) => name.slice('who.'.length)).filter(isLangTag).slice(0, MOST)
  return {
    channel: typed(form, 'channel', LONGEST), who: Object.fromEntries(tongues.map((lang) => [lang, typed(form, `who.${lang}`, LONGEST)])),
    languages: all('language').filter(isLangTag), days: all('day').filter((day) => /^[1-7]$/.test(day)),
    from: typed(form, 'from', LONGEST), to: typed(form, 'to', LONGEST), zone: typed(form, 'zone', LONGEST),
  }
}
