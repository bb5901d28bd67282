import { m } from '#kernel/language/m.ts'

const TOLD = {
  added: m.pk_added, ended: m.pk_ended, renamed: m.pk_renamed, 'not-fresh': m.pk_not_fresh, 'shared-device': m.pk_shared, refused: m.pk_refused,
  'not-found': m.pk_not_there, 'last-way': m.pk_last_way, 'no-label': m.pk_no_label, 'label-too-long': m.pk_no_label,
}
export type PasskeyTold = keyof typeof TOLD

export const passkeyText = (told: PasskeyTold, lang: string): string => TOLD[told]({}, { locale: lang as 'en' })
