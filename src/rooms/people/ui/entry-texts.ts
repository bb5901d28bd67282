import { m } from '#kernel/language/m.ts'

const DUTIES = {
  steward: m.duty_steward, editor: m.duty_editor, translator: m.duty_translator, delegate: m.duty_delegate, documenter: m.duty_documenter, observer: m.duty_observer,
}
const PROBLEMS = {
  'no-name': m.in_err_no_name, 'name-too-long': m.in_err_name_too_long, 'malformed-sign-in-name': m.in_err_sign_in_name, taken: m.in_err_taken,
  'too-short': m.in_err_too_short, 'too-long': m.in_err_too_long, 'too-common': m.in_err_too_common, 'about-you': m.in_err_about_you, 'wrong-code': m.in_err_code,
  malformed: m.agr_pin_malformed, 'too-easy': m.agr_pin_easy, differs: m.pin_in_differ, 'pin-once-more': m.pin_in_once_more,
}

const INVITING = { 'no-duty': m.ppl_err_duty, 'no-organisation': m.ppl_err_organisation, 'no-language-of-duty': m.ppl_err_language }
const DONE = { revoked: m.ppl_revoked, 'link-not-there': m.ppl_not_there }
const DUTY_DONE = {
  given: m.dut_given, ended: m.dut_ended, 'already-held': m.dut_held, 'not-found': m.dut_over, gone: m.ppl_gone, 'not-sure': m.ppl_not_sure, 'last-steward': m.ppl_last_steward, 'signed-out': m.sno_done,
}

export const dutyName = (duty: string, lang: string): string => DUTIES[duty as keyof typeof DUTIES]({}, { locale: lang as 'en' })

export const problemText = (problem: string, lang: string): string => PROBLEMS[problem as keyof typeof PROBLEMS]({}, { locale: lang as 'en' })

export const invitingText = (problem: keyof typeof INVITING, lang: string): string => INVITING[problem]({}, { locale: lang as 'en' })

export const doneText = (done: keyof typeof DONE, lang: string): string => DONE[done]({}, { locale: lang as 'en' })

export const dutyDoneText = (done: keyof typeof DUTY_DONE, lang: string): string => DUTY_DONE[done]({}, { locale: lang as 'en' })
