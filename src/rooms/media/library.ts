import type { Lang } from '#kernel/language/language.ts'
import type { PictureFile } from '#kernel/pictures/picture.ts'
import type { Consent } from '#rooms/media/consent.ts'
import { isSteward, KEEPING_DUTIES, type OnDuty } from '#rooms/media/keeping.ts'
import type { ShownFile } from '#rooms/media/shown.ts'
import { mayRead } from '#rooms/media/writing.ts'

/** What a picture of the library shows now. */
export interface LibraryPicture { pictureId: string; inPage: PictureFile[]; large: PictureFile }
/** A PDF, a recording or a film, without its title. */
export type LibraryDocument = Omit<ShownFile, 'title' | 'name'>

export interface LibraryFile {
  id: string
  /** The organisation that added it; null for the alliance itself. */
  organisationId: string | null
  name: string
  credit: string
  licence: string
  addedBy: string
  addedAt: Temporal.Instant
  /** By language. */
  alts: Record<Lang, string>
  /** The newest that was recorded; undefined while it is unknown. */
  consent: (Consent & { number: number; recordedBy: string; recordedAt: Temporal.Instant }) | undefined
  /** The same file stands in another place of the library, and consent was taken back there. */
  isOutElsewhere: boolean
  what: { kind: 'picture'; shown: LibraryPicture } | { kind: 'file'; shown: LibraryDocument }
}

/** Consent was taken back, here or elsewhere: nobody sees it, at the desk neither. */
export const isOut = ({ consent, isOutElsewhere }: Pick<LibraryFile, 'consent' | 'isOutElsewhere'>): boolean => consent?.state === 'withdrawn' || isOutElsewhere

export type OfOrganisation = Pick<LibraryFile, 'organisationId'>

/** Who finds a file of the library: whoever writes or translates in its organisation, and stewards; the same records consent and takes it out. */
export const maySeeFile = (who: OnDuty, { organisationId }: OfOrganisation): boolean => mayRead(who, { writtenIn: organisationId, originalLang: '' })

/** In which languages she says what it shows: a duty for one language opens no other. */
export const altLanguages = ({ duties }: OnDuty, { organisationId }: OfOrganisation, languages: readonly Lang[]): Lang[] =>
  languages.filter((lang) => isSteward(duties) || duties.some((held) => (KEEPING_DUTIES as readonly string[]).includes(held.duty) && organisationId !== null && held.organisationId === organisationId && (held.lang === null || held.lang === lang)))

/** For which organisations somebody may add a file; null is the alliance itself. */
export function addsFor({ duties }: OnDuty): (string | null)[] {
  const own = duties.flatMap(({ duty, organisationId }) => (organisationId !== null && (KEEPING_DUTIES as readonly string[]).includes(duty) ? [organisationId] : []))
  return [...(isSteward(duties) ? [null] : []), ...new Set(own)]
}

type DescribedFile = Pick<LibraryFile, 'name' | 'credit' | 'licence' | 'alts'>

/** What is said of a file, with what it shows in these languages, as a form is drawn with it: whoever saves sends back what she had before her. */
export const describedAs = ({ name, credit, licence, alts }: DescribedFile, langs: readonly Lang[]): string =>
  JSON.stringify({ name, credit, licence, alts: Object.fromEntries([...langs].sort().map((lang) => [lang, alts[lang] ?? ''])) })

/** What stands in each field that somebody typed otherwise, by the field's name in the form. @param stands `describedAs` */
export function standingBeside(stands: string, typed: DescribedFile): Record<string, string> {
  const fieldsOf = ({ alts, ...words }: DescribedFile) => ({ ...words, ...Object.fromEntries(Object.entries(alts).map(([lang, text]) => [`alt-${lang}`, text])) })
  const hers: Record<string, string> = fieldsOf(typed)
  return Object.fromEntries(Object.entries(fieldsOf(JSON.parse(stands) as DescribedFile)).filter(([field, text]) => text !== (hers[field] ?? '')))
}

export const LONGEST_NAME = 120
export const LONGEST_ALT = 1000
export const LONGEST_CREDIT = 200

/**
 * What a file is called at the desk, of what it is called on somebody's computer: never a path, never more than one line.
 * Nothing is ever opened or written under it.
 */
export function cleanName(name: string): string {
  const last = name.normalize('NFC').split(/[/\\]/).at(-1)!
  // Signs that steer a terminal or turn the writing around would let a name look like another.
  const plain = last.replace(/\s+/gu, ' ').replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}<>"'`&]/gu, '').replace(/^[. ]+/, '')
  return [...plain].slice(0, LONGEST_NAME).join('').trim() || '–'
}

/** Part of a picture, in per cent of its sides, from its start and from its top. */
export interface Frame { x: number; y: number; width: number; height: number }

/** Numbers as they were typed, with a point or a comma; undefined where they are no part of a picture. */
export function frameMeant(typed: Record<keyof Frame, string>): Frame | undefined {
  const of = (text: string) => (/^\d{1,3}([.,]\d{1,3})?$/.test(text.trim()) ? Number(text.trim().replace(',', '.')) : NaN)
  const frame = { x: of(typed.x), y: of(typed.y), width: of(typed.width), height: of(typed.height) }
  // In thousandths: 33.4 and 66.6 are together a whole.
  const isWithin = (from: number, size: number) => size > 0 && from < 100 && Math.round((from + size) * 1000) <= 100_000
  return isWithin(frame.x, frame.width) && isWithin(frame.y, frame.height) ? frame : undefined
}
