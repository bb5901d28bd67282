import { m } from '#kernel/language/m.ts'
import { kindOf, type NoticeKind } from '#rooms/people/notice.ts'
import { dutyName } from '#rooms/people/ui/entry-texts.ts'

/** What a notice is about, in words; null where that is not there any more. */
export interface AboutInWords { person: string | null; device: string | null; duty: string | null; organisation: string | null; /** The title of a text, for whoever may read it. */ text: string | null }

type Said = Record<'name' | 'device' | 'duty' | 'organisation', string> & { title: string | null }
type Options = { locale: 'en' }
const plain = (text: (nothing: Record<string, never>, options: Options) => string) => (_: Said, options: Options) => text({}, options)

const TEXTS: Record<NoticeKind, (said: Said, options: Options) => string> = {
  'signed-in': m.ntc_signed_in, 'signed-out': plain(m.ntc_signed_out), 'recovery-code-used': plain(m.ntc_recovery_code_used), 'password-changed': plain(m.ntc_password_changed),
  'app-changed': plain(m.ntc_app_changed), 'codes-changed': plain(m.ntc_codes_changed), 'passkey-added': plain(m.ntc_passkey_added),
  'passkey-removed': plain(m.ntc_passkey_removed), 'mail-changed': plain(m.ntc_mail_changed), 'pin-changed': plain(m.agr_ntc_pin), 'pin-guessed': plain(m.agr_ntc_guessed), recovered: plain(m.ntc_recovered),
  'came-in': m.ntc_came_in, 'steward-came-in': m.ntc_steward_came_in, 'recovery-asked': m.ntc_recovery_asked,
  'recovery-asked-as-you': plain(m.ntc_recovery_asked_as_you),
  'duty-given': m.ntc_duty_given, 'duty-ended': m.ntc_duty_ended, 'access-ended': m.ntc_access_ended, recognised: m.ntc_recognised,
  'recognition-ended': m.ntc_recognition_ended, 'handed-on': plain(m.drf_notice),
  'file-taken-out': ({ title }, options) => (title === null ? m.blk_ntc_out_gone({}, options) : m.blk_ntc_out({ title }, options)),
  'signer-answered': plain(m.agr_ntc_answered), 'asked-to-sign': plain(m.agr_ntc_asked), 'language-claimed': plain(m.clm_ntc),
  'language-given-back': plain(m.clm_ntc_back), 'language-claimed-for': plain(m.clm_ntc_for), 'language-given-back-for': plain(m.clm_ntc_back_for),
  'publication-called-off': plain(m.clm_ntc_off),
}

/** A notice in a sentence; `warning` says what to do when it was not she. */
export function noticeText(kind: NoticeKind, { person, device, duty, organisation, text: title }: AboutInWords, lang: string): { text: string; warning?: string } {
  const spoken = { locale: lang as 'en' }
  const gone = m.ntc_gone({}, spoken)
  const named = duty === null ? gone : dutyName(duty, lang)
  const text = TEXTS[kind]({
    name: person ?? gone, device: device ?? m.acc_unknown({}, spoken), organisation: organisation ?? gone, title,
    duty: organisation === null ? named : m.duty_at({ duty: named, organisation }, spoken),
  }, spoken)
  return { text, ...(kindOf(kind).isOfKeys && { warning: m.ntc_not_you({}, spoken) }) }
}
