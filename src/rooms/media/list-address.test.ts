import fc from 'fast-check'
import { expect, test } from 'vitest'
import { askedList, listPath } from '#rooms/media/list-address.ts'

const asked = (query: string) => askedList(new URLSearchParams(query), { zone: 'America/Bogota', languages: ['en', 'es', 'ht'] })

test('a year, a month or a day may be written; a filter covers it whole', () => {
  expect(asked('from=2002&to=2003-06').filter).toMatchObject({ from: Temporal.PlainDate.from('2002-01-01'), to: Temporal.PlainDate.from('2003-06-30') })
})

test('a bad value is named and the rest is kept', () => {
  const { problems, filter, words } = asked('kind=news&region=XX9&from=7/5/22&page=0')
  expect(problems.map((p) => p.name)).toEqual(['region', 'from', 'page'])
  expect(filter).toEqual({ kind: 'news' })
  expect(words.from).toBe('7/5/22')
})

test('texts without a date are asked for by name, and not beside a day', () => {
  expect(asked('from=none').filter).toEqual({ isUndated: true })
  expect(asked('from=none&to=2004').problems).toMatchObject([{ name: 'from', problem: 'date' }])
})

test('dates in the wrong order are said to be so', () => {
  expect(asked('from=2004&to=2003').problems).toMatchObject([{ name: 'from', problem: 'dates' }])
})

test('an address is read as it was written, whatever was typed', () => {
  fc.assert(fc.property(fc.record({ kind: fc.string(), region: fc.string(), from: fc.string(), to: fc.string() }), (words) => {
    const read = asked(listPath('es', words).split('?')[1] ?? '').words
    return read.kind === words.kind.trim() && read.from === words.from.trim() && read.to === words.to.trim() && read.region === words.region.trim()
  }))
})
