import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { countStarterData, fillCounts, readStarterData } from './starter-counts.ts'

const read = (name: string) => JSON.parse(readFileSync(`starter/data/${name}`, 'utf8')) as unknown
const law = (jurisdiction: string, more = {}) => ({ jurisdiction, dimension: 'selling', confidence: 'high', valid_from: null, as_of: 2026, ...more })
const work = (source_kind: string, ...jurisdictions: string[]) => ({ custom: { source_kind, jurisdictions } })

test('records are counted by place, question and confidence, works by who made them', () => {
  const laws = [
    law('HT'), law('HT', { dimension: 'buying', confidence: 'medium' }), law('MX', { valid_from: '2019' }),
    law('MX-CMX', { confidence: 'unverified', as_of: null }), law('NZ'),
  ]
  const works = [work('academic', 'global'), work('sex_worker_led', 'DO', 'BR'), work('government', 'Caribbean'), work('academic', 'MX')]
  expect(countStarterData(readStarterData(laws, works))).toEqual({
    law_records: 5, places: 4, countries_in_region: 2, countries_elsewhere: 1, parts: 1, questions: 2,
    high: 3, medium: 1, unverified: 1, no_first_day: 4, undated: 1,
    works: 4, works_academic: 2, works_intergovernmental: 0, works_civil_society: 0, works_government: 1, works_sex_worker_led: 1,
    works_caribbean: 2,
  })
})

test('the counts of the data that come with the program agree with its dictionary', () => {
  const counts = countStarterData(readStarterData(read('laws.json'), read('evidence.json')))
  const dictionary = readFileSync('starter/data/README.md', 'utf8')
  const said = (pattern: RegExp) => Number(pattern.exec(dictionary)?.[1])
  expect(counts.law_records).toBe(said(/array of (\d+) records/))
  expect(counts.places).toBe(said(/(\d+) in use/))
  expect(counts.questions).toBe(said(/`dimension` \| enum of (\d+)/))
  expect(counts.no_first_day).toBe(said(/null = unknown \((\d+)\)/))
  expect(counts.undated).toBe(said(/null = undated \((\d+)\)/))
  for (const level of ['high', 'medium', 'unverified']) expect(counts[level]).toBe(said(new RegExp(`\`confidence\` \\| enum of 3 \\|[^|]*\`${level}\` (\\d+)`)))
  expect(counts.works).toBe(said(/array of (\d+) CSL-JSON items/))
  for (const kind of ['academic', 'intergovernmental', 'civil_society', 'government', 'sex_worker_led'])
    expect(counts[`works_${kind}`], kind).toBe(said(new RegExp(`\`source_kind\` \\|[^|]*\\|[^|]*\`${kind}\` (\\d+)`)))
  expect(counts.countries_in_region! + counts.countries_elsewhere! + counts.parts!).toBe(counts.places)
})

describe('a text is filled', () => {
  test('with its counts, each in the form of its language', () => {
    const fill = (lang: string) => fillCounts('{{a}} / {{b_c}} / {{a}}', { a: 12408, b_c: 3 }, lang)
    expect(['en', 'es', 'pt', 'fr', 'ht'].map(fill)).toEqual([
      '12,408 / 3 / 12,408', '12\u202f408 / 3 / 12\u202f408', '12.408 / 3 / 12.408', '12\u202f408 / 3 / 12\u202f408', '12\u202f408 / 3 / 12\u202f408',
    ])
  })
  test('and one that has none stays as it is', () => {
    expect(fillCounts('A text with {one} brace.', {}, 'en')).toBe('A text with {one} brace.')
  })
  test.each(['{{nothing}}', '{{constructor}}', '{{ a }}', '{{A}}', '{{a', 'a}}', '{{a}'])('and %s is an error', (text) => {
    expect(() => fillCounts(`There are ${text} records.`, { a: 1 }, 'en')).toThrow('no count of the starter data')
  })
})

test('data of another shape, or of a place that is none, is refused', () => {
  expect(() => readStarterData([law('XX')], [])).toThrow()
  expect(() => readStarterData([law('HT', { confidence: 'sure' })], [])).toThrow()
  expect(() => readStarterData([], [{ id: 'x' }])).toThrow()
})
