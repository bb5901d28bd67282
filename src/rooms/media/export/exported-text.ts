import * as v from 'valibot'
import { ExportedHash, ExportedId, ExportedInstant, ExportedLang, ExportedText, written } from '#kernel/export/shapes.ts'
import { NotAsWritten } from '#kernel/export/not-as-written.ts'
import { readYaml, writeYaml } from '#kernel/export/yaml-text.ts'
import { FORMATS } from '#kernel/pictures/picture.ts'
import { isPlace } from '#kernel/place/place.ts'
import { webAddress } from '#kernel/site/web-address.ts'
import { DATE_OF, parseWhen } from '#kernel/when/when.ts'
import { joinFrontMatter, partFrontMatter } from '#kernel/words/front-matter.ts'
import type { Frozen, Words } from '#rooms/media/frozen.ts'
import { type Kind, KINDS } from '#rooms/media/item.ts'

const orNull = <T extends v.GenericSchema>(schema: T) => v.nullable(schema)
const Count = v.pipe(v.number(), v.integer(), v.minValue(0))
const PictureFile = v.strictObject({ format: v.picklist(FORMATS), width: Count, height: Count, hash: ExportedHash, byteSize: Count })
const WebAddress = v.pipe(ExportedText, v.check((text) => webAddress(text) !== undefined, 'no web address'))

const Pixels = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000))

/** What a revision shows beside its words, as `frozen.ts` has it: a key more or less would be another hash. */
const frozen = {
  when: v.pipe(v.string(), v.check((text) => parseWhen(text) !== undefined, 'no date')),
  dateOf: orNull(v.picklist(DATE_OF)),
  regions: v.array(v.strictObject({ place: v.pipe(v.string(), v.check((text) => isPlace(text), 'no place')), printed: v.exactOptional(v.strictObject({ text: ExportedText, lang: ExportedLang })) })),
  topics: v.array(v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/))),
  signers: v.array(v.strictObject({ organisationId: orNull(ExportedId), name: ExportedText, lang: v.exactOptional(ExportedLang) })),
  issuedBy: orNull(ExportedText),
  sources: v.array(v.strictObject({ title: ExportedText, publisher: orNull(ExportedText), year: orNull(v.number()), url: orNull(WebAddress), lang: orNull(ExportedLang) })),
  doubt: orNull(ExportedText),
  pictureId: orNull(ExportedId),
  whenNotStatedBySource: v.boolean(),
  licence: ExportedText,
  picture: v.exactOptional(v.strictObject({ alt: ExportedText, credit: orNull(ExportedText), licence: orNull(ExportedText), inPage: v.array(PictureFile), large: PictureFile })),
  files: v.exactOptional(v.array(v.strictObject({
    hash: ExportedHash, name: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,120}\.[a-z0-9]{1,5}$/)), title: ExportedText, mediaType: v.pipe(v.string(), v.regex(/^[a-z]+\/[a-z0-9.+-]+$/)), byteSize: Count, lang: ExportedLang,
    captions: v.exactOptional(v.strictObject({ hash: ExportedHash, lang: ExportedLang })),
    shape: v.exactOptional(v.strictObject({ width: Pixels, height: Pixels })),
  }))),
  related: v.exactOptional(v.array(ExportedId)),
  series: v.exactOptional(v.strictObject({ name: ExportedText, items: v.array(ExportedId) })),
  byline: v.exactOptional(ExportedText),
  translator: v.exactOptional(ExportedText),
  byMachine: v.exactOptional(v.literal(true)),
}

const TextFile = v.strictObject({
  title: ExportedText, lang: ExportedLang, kind: v.picklist(KINDS),
  // For who browses; item.yaml says what counts.
  slug: v.exactOptional(v.string()), state: v.exactOptional(v.string()),
  teaser: ExportedText, ...frozen,
  revision: v.strictObject({ id: ExportedId, number: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2 ** 31 - 1)), createdAt: ExportedInstant, createdBy: ExportedText, hash: ExportedHash }),
})

/** One text of an item as it was saved. */
export interface ExportedRevision {
  id: string
  number: number
  createdAt: Temporal.Instant
  createdBy: string
  hash: string
  lang: string
  kind: Kind
  words: Words
  frozen: Frozen
}

/** A revision as Markdown with front matter. @param about for who browses */
export function writeText({ words, frozen: shown, lang, kind, ...revision }: ExportedRevision, about: { slug?: string; state?: string }): string {
  const { title, teaser, bodyMarkdown } = words
  return joinFrontMatter(writeYaml(written({ title, lang, kind, ...about, teaser, ...shown, revision }) as object), bodyMarkdown)
}

/** @throws NotAsWritten */
export function readText(path: string, text: string): ExportedRevision {
  const parts = partFrontMatter(text)
  if (!parts) throw new NotAsWritten(`${path} does not begin with front matter between two lines of three hyphens`)
  const { title, teaser, lang, kind, slug: _, state: __, revision, ...shown } = readYaml(path, parts.front, TextFile)
  if (!v.is(ExportedText, parts.body)) throw new NotAsWritten(`${path} holds a sign that no text holds`)
  return { ...revision, lang, kind, words: { title, teaser, bodyMarkdown: parts.body }, frozen: shown }
}
