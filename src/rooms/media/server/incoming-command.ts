import { OPERATOR } from '#kernel/audit/server/audit.ts'
import { severalAtOnce } from '#kernel/commands/several-at-once.ts'
import type { Tx } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import { Unrenderable } from '#kernel/words/nesting.ts'
import type { Incoming, IncomingText } from '#rooms/media/import/incoming.ts'
import { guessTopic } from '#rooms/media/import/labels.ts'
import { type FileToRead, openReading } from '#rooms/media/import/reading-apart.ts'
import { languageOfText } from '#rooms/media/import/language-of-text.ts'
import { type BringingIn, bringIn, type BroughtIn, isKnown, seenOf, wasSeen } from '#rooms/media/server/incoming-actions.ts'
import { findFiles, type KeptFiles, keepFiles } from '#rooms/media/server/incoming-files.ts'
import { actOrRehearse, AT_ONCE, type ImportRun, tellWorked, type Worked } from '#rooms/media/server/import-run.ts'
import { slugOf } from '#rooms/media/slug.ts'

interface Come { file: string; incoming: Incoming }

// One thread for all files of a run: starting one takes longer than reading most of them.
const reading = openReading()

/** Brings in every text of these files, and says of each what became of it. @returns how many were left out */
export async function importIncoming(run: ImportRun, files: FileToRead[]): Promise<number> {
  let failed = 0
  await severalAtOnce(textsOf(run, files), AT_ONCE, {
    turns: ({ incoming }) => ('text' in incoming ? turnsOf(incoming.text) : []),
    work: async ({ incoming }): Promise<Worked> => ('text' in incoming ? workOn(run, incoming.text) : { reason: incoming.unreadable.reason }),
    tell(worked, { file, incoming }) {
      const { place } = 'text' in incoming ? incoming.text : incoming.unreadable
      if ('reason' in worked) failed++
      tellWorked(run, place === file ? file : `${file}, ${place}`, worked)
    },
  })
  return failed
}

/** The languages of one item take turns: the first of them makes it. So do texts that want one address: the first gets it. */
const turnsOf = ({ source, group, key, slug, title }: IncomingText) => [`${source} ${group ?? key}`, slugOf(slug || title)]

async function* textsOf(run: ImportRun, files: FileToRead[]): AsyncGenerator<Come> {
  for (const file of files) {
    const onBytes = run.progress.begin(file.path)
    for await (const incoming of reading.read(file, onBytes)) yield { file: file.name, incoming }
  }
}

async function workOn(run: ImportRun, text: IncomingText): Promise<Worked> {
  const lang = languageOf(run, text)
  if (!run.languages.includes(lang)) {
    return { reason: `its language is ${lang}, and the site has ${run.languages.join(', ')}; add it with bin/altavoz site set languages, or name another with --lang` }
  }
  // The picture that stands for the text there does so here; without one, the first that it shows.
  const files = text.files.toSorted((a, b) => Number(b.address === text.picture) - Number(a.address === text.picture))
  const found = await findFiles(run.uploads, files, run.network)
  const missing = found.find((one) => 'isMissing' in one && one.isMissing)
  // Else a network that is down would change a text into one without its picture.
  if (missing && (await isKnown(run.house.db.read, text))) return { reason: `its file ${missing.file.name} ${'reason' in missing ? missing.reason : ''}; what was imported before stays, run the import again` }
  const topics = topicsOf(run, text.labels)
  const seen = seenOf(text, topics, found.flatMap((one) => ('hash' in one ? [one.hash] : [])))
  // A picture is drawn anew each time that it is kept: of a text that was read in this form before none is.
  const isSeen = await wasSeen(run.house.db.read, text, seen)
  const kept = await keepFiles(run.house, run.isRehearsal, isSeen ? [] : found, text, lang)
  const bringing: BringingIn = { text, lang, topics, shown: kept.shown, seen, publish: run.publish, zone: run.zone }
  try {
    const done = await actOrRehearse(run, (tx) => keepAndBring(tx, kept, bringing, run.house.clock()))
    const guessed = text.lang === undefined && run.given === undefined ? [`it names no language; its words are taken for ${lang}`] : []
    return { done, lang, title: text.title, notes: [...guessed, ...kept.notes, ...done.notes] }
  } catch (error) {
    if (error instanceof Unrenderable) return { reason: error.message }
    throw error
  }
}

function languageOf({ given, languages }: ImportRun, { lang, title, teaser, bodyMarkdown }: IncomingText): Lang {
  if (lang === undefined) return given ?? languageOfText(`${title} ${teaser} ${bodyMarkdown.slice(0, 5000)}`, languages[0])
  // `es-AR` of another program is `es` here where the site has no `es-ar`.
  const tag = lang.toLowerCase().replaceAll('_', '-')
  return languages.includes(tag) ? tag : (tag.split('-')[0] ?? tag)
}

function topicsOf({ labels, topics }: ImportRun, names: string[]): string[] {
  for (const name of names) if (!labels.has(name)) labels.set(name, guessTopic(name, topics))
  return [...new Set(names.map((name) => labels.get(name) ?? '').filter((key) => key !== ''))]
}

async function keepAndBring(tx: Tx, kept: KeptFiles, bringing: BringingIn, now: Temporal.Instant): Promise<BroughtIn> {
  await kept.record(tx, now)
  return bringIn(tx, bringing, OPERATOR, now)
}
