import '#kernel/site/server/tables.ts'
import type { Act } from '#kernel/audit/acts.ts'
import { record } from '#kernel/audit/server/audit.ts'
import { announce } from '#kernel/database/signal.ts'
import type { Tx } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import { MOST_CONTACTS, type PressContact, reachesSame } from '#kernel/site/press-contact.ts'
import { contactMark } from '#kernel/site/server/press-mark.ts'
import { SITE_TAG } from '#kernel/site/site.ts'

/** A contact and what was seen of it (`contactMark`): what somebody changed since is not written over unseen. */
export interface SeenContact {
  channel: string
  drawn: string
}

/** Names a contact that is not there yet, behind the others or at its `place` among them. */
export async function addPressContact(
  tx: Tx, contact: PressContact, actor: string, now: Temporal.Instant, place = MOST_CONTACTS,
): Promise<'taken' | 'too-many' | null> {
  const contacts = await lockPressContacts(tx)
  if (contacts.some(({ channel }) => reachesSame(channel, contact.channel))) return 'taken'
  if (contacts.length >= MOST_CONTACTS) return 'too-many'
  await write(tx, contacts.toSpliced(place, 0, contact), 'add-press-contact', actor, now)
  return null
}

/** Puts a contact in the place of what was seen of it. What it says already changes nothing. */
export async function changePressContact(
  tx: Tx, seen: SeenContact, contact: PressContact, actor: string, now: Temporal.Instant,
): Promise<'not-found' | 'changed-meanwhile' | 'taken' | null> {
  const contacts = await lockPressContacts(tx)
  const at = contacts.findIndex(({ channel }) => channel === seen.channel)
  if (at < 0) return 'not-found'
  const standing = contactMark(contacts[at]!)
  if (standing === contactMark(contact)) return null
  if (standing !== seen.drawn) return 'changed-meanwhile'
  if (contacts.some(({ channel }, i) => i !== at && reachesSame(channel, contact.channel))) return 'taken'
  await write(tx, contacts.with(at, contact), 'edit-press-contact', actor, now)
  return null
}

/** Says in one more language who it is. */
export async function namePressContact(tx: Tx, channel: string, lang: Lang, who: string, actor: string, now: Temporal.Instant): Promise<'not-found' | null> {
  const contacts = await lockPressContacts(tx)
  const contact = contacts.find((one) => one.channel === channel)
  if (!contact) return 'not-found'
  contact.who[lang] = who
  await write(tx, contacts, 'edit-press-contact', actor, now)
  return null
}

/** Takes a contact away. @returns it and its place, by which it can be put back */
export async function removePressContact(
  tx: Tx, { channel, drawn }: { channel: string; drawn?: string }, actor: string, now: Temporal.Instant,
): Promise<{ removed: PressContact; place: number } | { obstacle: 'not-found' | 'changed-meanwhile' }> {
  const contacts = await lockPressContacts(tx)
  const place = contacts.findIndex((one) => one.channel === channel)
  const removed = contacts[place]
  if (!removed) return { obstacle: 'not-found' }
  if (drawn !== undefined && contactMark(removed) !== drawn) return { obstacle: 'changed-meanwhile' }
  await write(tx, contacts.toSpliced(place, 1), 'remove-press-contact', actor, now)
  return { removed, place }
}

/** The contacts as they stand, held until the act is done. */
export async function lockPressContacts(tx: Tx): Promise<PressContact[]> {
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
