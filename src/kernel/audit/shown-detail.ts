import { type Act, isAct } from '#kernel/audit/acts.ts'
import { isId } from '#kernel/id/id.ts'

/** What of an entry’s detail somebody may read. Each value has the form that its act gives it, and is no free text. */
export interface ShownDetail {
  lang?: string
  duty?: string
  /** A setting’s. */
  key?: string
  choice?: string
  from?: Temporal.Instant
  /** A topic’s key. */
  into?: string
  organisationId?: string
  /** An organisation’s. */
  speaksFor?: string
  entryLinkId?: string
  proposalId?: string
}

type Field = keyof ShownDetail

const OF_DUTY: Field[] = ['duty', 'organisationId', 'lang']
const OF_LANG: Field[] = ['lang']
const OF_SIGNER: Field[] = ['organisationId']
const OF_SIGNER_IN: Field[] = ['organisationId', 'lang']
const OF_PROPOSAL: Field[] = ['proposalId']

/**
 * The fields that are shown, act by act. What stands in no list is shown to nobody: an entry may hold what was typed,
 * and a new act tells nothing of itself before somebody thought about it.
 */
const SHOWN: Partial<Record<Act, readonly Field[]>> = {
  'set-site': ['key', 'lang'], 'write-fixed-page': OF_LANG,
  'save-revision': OF_LANG, 'rename-slug': OF_LANG, 'publish-revision': ['lang', 'from'], 'cancel-publication': OF_LANG, 'withdraw-text': OF_LANG,
  'note-correction': OF_LANG, 'sign-text': OF_LANG, 'record-redirect': OF_LANG, 'choose-starter': ['choice'],
  'undo-publication': OF_LANG, 'make-press-link': OF_LANG, 'end-press-link': OF_LANG, 'restore-revision': OF_LANG,
  'set-picture': OF_LANG, 'remove-picture': OF_LANG, 'add-file': OF_LANG, 'remove-file': OF_LANG, 'relate-text': OF_LANG, 'end-relation': OF_LANG,
  'set-series': OF_LANG, 'leave-series': OF_LANG, 'credit-people': OF_LANG, 'state-facts': OF_LANG,
  'follow-source': OF_LANG, 'note-machine': OF_LANG, 'read-text': OF_LANG, 'let-go-unread': OF_LANG, 'leave-note': OF_LANG, 'answer-note': OF_LANG, 'close-note': OF_LANG, 'reopen-note': OF_LANG,
  'wish-signer': OF_SIGNER, 'ask-signer': OF_SIGNER_IN, 'leave-out-signer': OF_SIGNER, 'take-back-leaving-out': OF_SIGNER, 'answer-ask': OF_SIGNER_IN,
  'claim-language': OF_SIGNER_IN, 'give-back-language': OF_SIGNER_IN,
  'name-topic': OF_LANG, 'merge-topic': ['into'],
  'make-entry-link': OF_DUTY, 'give-duty': OF_DUTY, 'end-duty': OF_DUTY, 'come-in': ['entryLinkId'],
  'propose-recognition': ['speaksFor', 'proposalId'], 'cast-voice': ['organisationId'], 'take-back-proposal': OF_PROPOSAL, 'decide-proposal': OF_PROPOSAL,
  'record-recognition': OF_PROPOSAL, 'end-recognition': OF_PROPOSAL,
}

const readText = (form: RegExp) => (value: unknown) => (typeof value === 'string' && form.test(value) ? value : undefined)
const readId = (value: unknown) => (isId(value) ? value : undefined)

const READ: { [F in Field]: (value: unknown) => ShownDetail[F] } = {
  lang: readText(/^[a-z]{2,3}(-[a-z]{2})?$/), duty: readText(/^[a-z]{1,20}$/), key: readText(/^[a-zA-Z]{1,20}$/), choice: readText(/^[a-z]{1,10}$/),
  into: readText(/^[a-z0-9-]{1,40}$/), from: readInstant, organisationId: readId, speaksFor: readId, entryLinkId: readId, proposalId: readId,
}

export function shownDetail(act: string, detail: Record<string, unknown>): ShownDetail {
  const fields = isAct(act) ? (SHOWN[act] ?? []) : []
  return Object.fromEntries(fields.map((field) => [field, READ[field](detail[field])]).filter(([, value]) => value !== undefined))
}

function readInstant(value: unknown): Temporal.Instant | undefined {
  try {
    return typeof value === 'string' ? Temporal.Instant.from(value) : undefined
  } catch {
    return undefined
  }
}
