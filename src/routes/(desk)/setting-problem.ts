import { m } from '#kernel/language/m.ts'

const PROBLEMS: Record<string, typeof m.set_err_zone> = {
  name: m.set_err_name, short_name: m.set_err_short_name, languages: m.set_err_languages, default_language: m.set_err_default, zone: m.set_err_zone,
  menu: m.set_err_menu, colour: m.set_err_colour, 'contact.email': m.set_err_email, source: m.set_err_source,
}

/** What to do about a setting that cannot stand; a name's key ends with its language. */
export const settingProblem = (key: string, lang: string): string => (PROBLEMS[key] ?? PROBLEMS[key.split('.')[0]!]!)({}, { locale: lang as 'en' })
