import { m } from '#kernel/language/m.ts'

/*
 * Somebody else may read her mail, or her locked screen. So a letter names nobody, not the alliance, not what happened;
 * the address of the desk is the one thing it tells.
 */

export function letterOfNotice(origin: string, lang: string) {
  const spoken = { locale: lang as 'en' }
  return {
    subject: m.ntc_letter_subject({}, spoken),
    text: `${m.ntc_letter({}, spoken)}\n${origin}/desk\n\n${m.ntc_letter_stop({}, spoken)}\n${origin}/desk/account/mail\n`,
  }
}

export function letterOfConfirmation(origin: string, lang: string, token: string) {
  const spoken = { locale: lang as 'en' }
  return {
    subject: m.ntc_letter_confirm_subject({}, spoken),
    text: `${m.ntc_letter_confirm({}, spoken)}\n${origin}/desk/account/mail/${token}\n\n${m.ntc_letter_not_you({}, spoken)}\n`,
  }
}
