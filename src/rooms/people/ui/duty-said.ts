import { languageName } from '#kernel/language/language.ts'
import { m } from '#kernel/language/m.ts'
import { dutyName } from '#rooms/people/ui/entry-texts.ts'

/** A duty in words: translator: Organisation A (Português). */
export function dutySaid(
  { duty, organisationId, lang: tongue }: { duty: string; organisationId: string | null; lang: string | null }, organisations: { id: string; name: string }[], lang: string,
): string {
  const at = organisations.find(({ id }) => id === organisationId)?.name
  const whole = at === undefined ? dutyName(duty, lang) : m.duty_at({ duty: dutyName(duty, lang), organisation: at }, { locale: lang as 'en' })
  return tongue === null ? whole : `${whole} (${languageName(tongue, lang)})`
}
