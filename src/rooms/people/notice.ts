/** What a notice may be about; its words are made from that row when she looks, and name nobody in a mail. */
type About = 'session' | 'person' | 'duty' | 'organisation' | 'text' | null

interface Kind {
  about: About
  /** It may be that somebody else uses her account: she is told so by mail even when it was marked as read at the desk. */
  isOfKeys?: true
  /** Where she can do something about it; `{id}` is the row that it is about. */
  at?: string
}

/** Everything that somebody is told at the desk. */
export const NOTICE_KINDS = {
  'signed-in': { about: 'session', isOfKeys: true, at: '/desk/account' },
  'signed-out': { about: null, isOfKeys: true, at: '/desk/account' },
  'recovery-code-used': { about: null, isOfKeys: true, at: '/desk/account' },
  'password-changed': { about: null, isOfKeys: true, at: '/desk/account' },
  'app-changed': { about: null, isOfKeys: true, at: '/desk/account' },
  'codes-changed': { about: null, isOfKeys: true, at: '/desk/account' },
  'passkey-added': { about: null, isOfKeys: true, at: '/desk/account' },
  'passkey-removed': { about: null, isOfKeys: true, at: '/desk/account' },
  'mail-changed': { about: null, isOfKeys: true, at: '/desk/account/mail' },
  'pin-changed': { about: null, isOfKeys: true, at: '/desk/account' },
  recovered: { about: null, isOfKeys: true, at: '/desk/account' },
  'came-in': { about: 'person', at: '/desk/people' },
  'steward-came-in': { about: 'person', at: '/desk/people' },
  'recovery-asked': { about: 'person', at: '/desk/colleagues/{id}' },
  'recovery-asked-as-you': { about: null, isOfKeys: true, at: '/desk/account' },
  'duty-given': { about: 'duty', at: '/desk/account' },
  'duty-ended': { about: 'duty', at: '/desk/account' },
  'access-ended': { about: 'person', at: '/desk/people' },
  recognised: { about: 'organisation' },
  'recognition-ended': { about: 'organisation' },
  'pin-guessed': { about: null, isOfKeys: true, at: '/desk/account/pin' },
  'signer-answered': { about: null, at: '/desk/media/{id}/agree' },
  'asked-to-sign': { about: null },
  'language-claimed': { about: null, at: '/desk/media/{id}/agree' },
  'language-given-back': { about: null, at: '/desk/media/{id}/agree' },
  'publication-called-off': { about: null, at: '/desk/media/{id}/publish' },
  'language-claimed-for': { about: null },
  'language-given-back-for': { about: null },
  'file-taken-out': { about: 'text', at: '/desk/media/{id}/picture' },
  'handed-on': { about: null, at: '/desk/drafts?whose=mine' },
} as const satisfies Record<string, Kind>
export type NoticeKind = keyof typeof NOTICE_KINDS

export const kindOf = (kind: NoticeKind): Kind => NOTICE_KINDS[kind]

/** The page that a notice leads to. */
export const placeOf = (kind: NoticeKind, subject: string | null): string | undefined => kindOf(kind).at?.replace('{id}', subject ?? '')

export const KINDS_OF_KEYS = (Object.keys(NOTICE_KINDS) as NoticeKind[]).filter((kind) => kindOf(kind).isOfKeys)

/** For whom a notice has been read, it is removed after this: a list of what happened to somebody is worth stealing. */
export const KEPT_DAYS = 90
/** As many as one page shows. */
export const MOST_SHOWN = 100

/** She may be at the desk and read it there: then no mail goes out. */
const WAIT_MINUTES = 5
/** One mail for all that came meanwhile. */
export const MAIL_EVERY_HOURS = 3

/** When the mail that a notice of this moment asks for goes out. */
export function mailDueAt(now: Temporal.Instant, mailedAt: Temporal.Instant | null): Temporal.Instant {
  const soon = now.add({ minutes: WAIT_MINUTES })
  const next = mailedAt?.add({ hours: MAIL_EVERY_HOURS })
  return next && Temporal.Instant.compare(next, soon) > 0 ? next : soon
}
