import { m } from '#kernel/language/m.ts'

const DUTIES = {
  steward: m.duty_steward, editor: m.duty_editor, translator: m.duty_translator, delegate: m.duty_delegate, documenter: m.duty_documenter, observer: m.duty_observer,
}
const PROBLEMS = {
  'no-name': m.in_err_no_name, 'name-too-long': m.in_err_name_too_long, 'malformed-sign-in-name': m.in_err_sign_in_name, taken: m.in_err_taken,
  'too-short': m.in_err_too_short, 'too-long': m.in_err_too_long, 'too-common': m.in_err_too_common, 'about-you': m.in_err_about_you, 'wrong-code': m.in_err_code,
}

export const dutyName = (duty: string, lang: string): string => DUTIES[duty as keyof typeof DUTIES]({}, { locale: lang as 'en' })

export const problemText = (problem: string, lang: string): string => PROBLEMS[problem as keyof typeof PROBLEMS]({}, { locale: lang as 'en' })
