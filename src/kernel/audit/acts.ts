/**
 * Every act that the log may be told, in the order of the house. Whoever adds an act adds its name here and its text in
 * `act-texts.ts`: without either it does not compile. A name is never changed or taken out: the chain holds it for ever.
 */
export const ACTS = [
  'found-site', 'open-site', 'close-site', 'set-site', 'take-back-site', 'write-fixed-page', 'add-press-contact', 'edit-press-contact', 'remove-press-contact',
  'create-item', 'save-revision', 'rename-slug', 'publish-revision', 'cancel-publication', 'withdraw-text', 'note-correction', 'sign-text', 'choose-starter',
  'state-facts',
  'follow-source', 'note-machine', 'read-text', 'let-go-unread', 'set-needs', 'leave-note', 'answer-note', 'close-note', 'reopen-note',
  'wish-signer', 'ask-signer', 'revoke-ask', 'leave-out-signer', 'take-back-leaving-out', 'answer-ask', 'claim-language', 'give-back-language', 'choose-pin',
  'record-redirect', 'take-back-item', 'hand-on-item', 'set-down-item', 'trash-item', 'take-from-trash',
  'add-plan', 'change-plan', 'begin-plan', 'remove-plan', 'take-back-plan',
  'undo-publication', 'make-press-link', 'end-press-link', 'restore-revision',
  'set-picture', 'remove-picture', 'add-file', 'remove-file', 'relate-text', 'end-relation', 'set-series', 'leave-series', 'credit-people',
  'add-library-file', 'describe-library-file', 'record-consent', 'withdraw-consent', 'redraw-picture', 'replace-file',
  'add-topic', 'name-topic', 'merge-topic', 'take-back-topics',
  'make-entry-link', 'revoke-entry-link', 'come-in', 'give-duty', 'end-duty', 'let-go',
  'sign-in', 'end-session', 'end-all-sessions',
  'change-name', 'change-password', 'make-recovery-codes', 'begin-key-change', 'change-key',
  'add-passkey', 'end-passkey', 'rename-passkey', 'refuse-passkey',
  'ask-recovery', 'give-recovery-code', 'confirm-recovery', 'refuse-recovery', 'recover',
  'ask-to-confirm-mail', 'confirm-mail', 'want-mail', 'want-no-mail', 'remove-mail',
  'add-organisation', 'edit-organisation', 'name-organisation', 'record-agreement-to-be-shown', 'end-agreement-to-be-shown', 'set-logo', 'take-back-organisation',
  'record-recognition', 'end-recognition', 'propose-recognition', 'take-back-proposal', 'cast-voice', 'decide-proposal',
] as const

export type Act = (typeof ACTS)[number]

/** What an act can be done to. The site is one and has no number. */
export const SUBJECT_KINDS = ['site', 'item', 'plan', 'topic', 'page', 'person', 'organisation', 'entry-link', 'session', 'passkey', 'recognition-proposal', 'library-file'] as const

export type SubjectKind = (typeof SUBJECT_KINDS)[number]

/** `kind:id`. */
export type Subject = 'site' | `${SubjectKind}:${string}`

/** An older program may have written acts that this one does not know. */
export const isAct = (name: string): name is Act => (ACTS as readonly string[]).includes(name)
