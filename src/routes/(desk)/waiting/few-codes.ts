import { m } from '#kernel/language/m.ts'
import { FEW_CODES } from '#rooms/people/person.ts'
import { findAccount } from '#rooms/people/server/account-queries.ts'
import type { Asking, Waiting } from '../waiting.ts'

/** Recovery codes that are nearly used up. */
export async function fewCodes({ db, person, lang }: Asking): Promise<Waiting[]> {
  const left = (await findAccount(db, person.id))?.recoveryCodes ?? 0
  if (left > FEW_CODES) return []
  const spoken = { locale: lang as 'en' }
  return [{ what: m.desk_codes_few({}, spoken), about: m.desk_codes_few_body({ number: String(left) }, spoken), way: { href: '/desk/account', text: m.desk_to_account({}, spoken) } }]
}
