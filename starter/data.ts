// The data that starter texts are written from, as the tests of these texts read them.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

interface LawRecord {
  id: string; jurisdiction: string; dimension: string; as_of: number | null; confidence: string; summary_en: string; note_en?: string
  sources: { title: string; publisher: string; year: number | null; url: string }[]
}
interface Work {
  id: string; title: string; publisher?: string; URL?: string; language: string; issued: { 'date-parts'?: number[][] }
  custom: { confidence: string; finding_en: string; note_en?: string }
}

const read = <T>(name: string) => JSON.parse(readFileSync(join(import.meta.dirname, 'data', name), 'utf8')) as T
export const laws = read<LawRecord[]>('laws.json')
export const works = read<Work[]>('evidence.json')

/** What a record or a work says of itself in English; undefined when the data have no such id. */
export function sayingsOf(id: string): string[] | undefined {
  const law = laws.find((one) => one.id === id)
  if (law) return [law.summary_en, law.note_en ?? '']
  const work = works.find((one) => one.id === id)
  return work && [work.custom.finding_en, work.custom.note_en ?? '']
}

const wordsOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}%.]+/gu) ?? []

/** The first run of `length` words that both texts have in this order; undefined when there is none. */
export function runInBoth(one: string, other: string, length: number): string | undefined {
  const runs = (text: string) => wordsOf(text).map((_, i, words) => words.slice(i, i + length)).filter((run) => run.length === length).map((run) => run.join(' '))
  const there = new Set(runs(other))
  return runs(one).find((run) => there.has(run))
}
