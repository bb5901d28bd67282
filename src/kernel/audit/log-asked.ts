import { SUBJECT_KINDS, type Subject, type SubjectKind } from '#kernel/audit/acts.ts'
import { isId } from '#kernel/id/id.ts'

/** What a page of the log asks for, as it stands in its address. */
export const ASKED = ['act', 'by', 'kind', 'id', 'from', 'to'] as const
export type Typed = Record<(typeof ASKED)[number], string>

/** Which entries are asked for; what is missing is any. */
export interface AskedEntries {
  act?: string
  actor?: string
  subject?: Subject
  from?: Temporal.Instant
  until?: Temporal.Instant
  /** Only entries with a lower number. */
  before?: bigint
}

export type LogProblem = 'act' | 'by' | 'kind' | 'id' | 'from' | 'to' | 'order'

const LONGEST = 80
const NAME = /^[a-z][a-z0-9-]{0,59}$/
/** No entry is older than the program; no day later than this can be written in a database. */
const DAY = /^(19[7-9]\d|2\d{3})-\d\d-\d\d$/

export function readTyped(query: URLSearchParams): Typed {
  return Object.fromEntries(ASKED.map((name) => [name, (query.get(name) ?? '').trim().slice(0, LONGEST)])) as Typed
}

/** The entries that are asked for, or everything that has to be mended first. Days begin and end in `zone`. */
export function readAsked(typed: Typed, before: string | null, zone: string): { asked: AskedEntries } | { problems: LogProblem[] } {
  const problems: LogProblem[] = []
  if (typed.act !== '' && !NAME.test(typed.act)) problems.push('act')
  if (typed.by !== '' && !/^(operator|system)$/.test(typed.by) && !isId(typed.by)) problems.push('by')
  const subject = readSubject(typed.kind, typed.id)
  if (subject === 'kind' || subject === 'id') problems.push(subject)
  const [from, to] = [readDay(typed.from), readDay(typed.to)]
  if (from === null) problems.push('from')
  if (to === null) problems.push('to')
  if (from && to && Temporal.PlainDate.compare(from, to) > 0) problems.push('order')
  if (problems.length > 0) return { problems }
  const begin = (day: Temporal.PlainDate | null | undefined, later: number) => day?.add({ days: later }).toZonedDateTime(zone).toInstant()
  return {
    asked: {
      act: typed.act || undefined, actor: typed.by || undefined, subject: subject as Subject | undefined,
      from: begin(from, 0), until: begin(to, 1),
      before: before !== null && /^\d{1,18}$/.test(before) ? BigInt(before) : undefined,
    },
  }
}

/** The row that an act was done to; `kind` or `id` when that is what is lacking. */
function readSubject(kind: string, id: string): Subject | 'kind' | 'id' | undefined {
  if (kind === '' && id === '') return undefined
  if (!(SUBJECT_KINDS as readonly string[]).includes(kind)) return 'kind'
  if (kind === 'site') return id === '' ? 'site' : 'id'
  return isSubjectId(kind as SubjectKind, id) ? `${kind as SubjectKind}:${id}` : 'id'
}

/** Pages and topics have a key, everything else a number. */
export const isSubjectId = (kind: SubjectKind, id: string): boolean => (kind === 'page' || kind === 'topic' ? /^[a-z0-9-]{1,40}$/.test(id) : isId(id))

function readDay(text: string): Temporal.PlainDate | null | undefined {
  if (text === '') return undefined
  try {
    return DAY.test(text) ? Temporal.PlainDate.from(text) : null
  } catch {
    return null
  }
}

/** A row as the log names it; of what an older program wrote, which this one does not know, only the kind. */
export function partsOfSubject(subject: string): { kind: SubjectKind; id: string | null } | undefined {
  const [kind = '', id = ''] = subject.split(/:(.*)/s)
  if (!(SUBJECT_KINDS as readonly string[]).includes(kind)) return undefined
  return { kind: kind as SubjectKind, id: kind !== 'site' && isSubjectId(kind as SubjectKind, id) ? id : null }
}
