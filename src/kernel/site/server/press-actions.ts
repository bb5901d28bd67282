import '#kernel/site/server/tables.ts'
import type { Act } from '#kernel/audit/acts.ts'
import { record } from '#kernel/audit/server/audit.ts'
import { announce } from '#kernel/database/signal.ts'
import type { Tx } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import { MOST_CONTACTS, type PressContact } from '#kernel/site/press-contact.ts'
import { SITE_TAG } from '#kernel/site/site.ts'

/** Names a contact, or says anew what there is to say of one; what it is called in other languages stays. */
export async function savePressContact(tx: Tx, contact: PressContact, actor: string, now: Temporal.Instant): Promise<'too-many' | null> {
  const contacts = await lockContacts(tx)
  const at = contacts.findIndex(({ channel }) => channel === contact.channel)
  if (at < 0 && contacts.length >= MOST_CONTACTS) return 'too-many'
  if (at < 0) contacts.push(contact)
  else contacts[at] = { ...contact, who: { ...contacts[at]!.who, ...contact.who } }
  await write(tx, contacts, at < 0 ? 'add-press-contact' : 'edit-press-contact', actor, now)
  return null
}

/** Says in one more language who it is. */
export async function namePressContact(tx: Tx, channel: string, lang: Lang, who: string, actor: string, now: Temporal.Instant): Promise<'not-found' | null> {
  const contacts = await lockContacts(tx)
  const contact = contacts.find((one) => one.channel === channel)
  if (!contact) return 'not-found'
  contact.who[lang] = who
  await write(tx, contacts, 'edit-press-contact', actor, now)
  return null
}

export async function removePressContact(tx: Tx, channel: string, actor: string, now: Temporal.Instant): Promise<'not-found' | null> {
  const contacts = await lockContacts(tx)
  const others = contacts.filter((one) => one.channel !== channel)
  if (others.length === contacts.length) return 'not-found'
  await write(tx, others, 'remove-press-contact', actor, now)
  return null
}

async function lockContacts(tx: Tx): Promise<PressContact[]> {
  const site = await tx.selectFrom('site').select('pressContacts').forUpdate().executeTakeFirst()
  if (!site) throw new Error('this installation has no site yet: its first start founds it')
  return site.pressContacts
}

/** A number or a name may be a person's, and an entry is for ever: it holds neither. */
async function write(tx: Tx, contacts: PressContact[], act: Act, actor: string, now: Temporal.Instant) {
  await tx.updateTable('site').set({ pressContacts: JSON.stringify(contacts) }).execute()
  await record(tx, { actor, act, subject: 'site' }, now)
  await announce(tx, [SITE_TAG])
}
