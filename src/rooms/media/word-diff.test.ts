import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diffParagraphs, diffWords, formerOf, laterOf } from './word-diff.ts'

const written = (former: string, later: string) => diffParagraphs(former, later).map(({ is, pieces }) =>
  `${is}: ${pieces.map((piece) => (piece.is === 'same' ? piece.text : piece.is === 'gone' ? `[-${piece.text}-]` : `{+${piece.text}+}`)).join('')}`)

test('paragraphs that are the same are the same, one that changed shows which words', () => {
  expect(written('One.\n\nThe Alliance fights to end them.\n\nThree.', 'One.\n\nThe Alliance fights to end them, today.\n\nThree.')).toEqual([
    'same: One.', 'changed: The Alliance fights to end them{+, today+}.', 'same: Three.',
  ])
})

test('a paragraph that came and one that went stand alone, wherever they are', () => {
  expect(written('One two three.\n\nFour five six.', 'Seven eight nine.\n\nOne two three.\n\nFour five six.')).toEqual(['new: {+Seven eight nine.+}', 'same: One two three.', 'same: Four five six.'])
  expect(written('One two three.\n\nFour five six.', 'Four five six.')).toEqual(['gone: [-One two three.-]', 'same: Four five six.'])
  expect(written('All is well here.', 'Nothing of that kind.')).toEqual(['gone: [-All is well here.-]', 'new: {+Nothing of that kind.+}'])
})

test('of several in one gap those that are alike are compared', () => {
  expect(written('The first town wrote.\n\nThe second town wrote.', 'Before all that.\n\nThe first town wrote twice.\n\nThe second town waited.')).toEqual([
    'new: {+Before all that.+}', 'changed: The first town wrote{+ twice+}.', 'changed: The second town [-wrote-]{+waited+}.',
  ])
})

test('a changed sentence reads in one go', () => {
  expect(diffWords('Our organisations are civil', 'Our organizations lead civil')).toEqual([{ is: 'same', text: 'Our ' }, { is: 'gone', text: 'organisations are' }, { is: 'new', text: 'organizations lead' }, { is: 'same', text: ' civil' }])
})

test('only white space between paragraphs is no change to read, and is not lost', () => {
  const changes = diffParagraphs('One.\n\nTwo.', 'One.\n\n\n\nTwo.\n\n')
  expect(changes.map(({ is }) => is)).toEqual(['same', 'same', 'new'])
  expect(laterOf(changes)).toBe('One.\n\n\n\nTwo.\n\n')
})

test('applied, a comparison gives back both texts byte for byte', () => {
  const word = fc.constantFrom('a', 'b', 'c', 'la', 'ley', '–', '**', '1', 'ñ', 'e\u0301', '\ud800', '🌺', ' ', ' ', '\n', '\n\n', '\n \n', '\t', '')
  const text = fc.oneof(fc.array(word, { maxLength: 60 }).map((words) => words.join('')), fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }))
  fc.assert(fc.property(text, text, (former, later) => {
    const changes = diffParagraphs(former, later)
    expect([formerOf(changes), laterOf(changes)]).toEqual([former, later])
    expect(diffParagraphs(former, former).every(({ is }) => is === 'same')).toBe(true)
  }), { numRuns: 500 })
})

test.each([
  ['one paragraph of 100,000 words', 'ab '.repeat(100_000), 'cd ab '.repeat(60_000)],
  ['10,000 paragraphs, none alike', Array.from({ length: 10_000 }, (_, i) => `a${i}`).join('\n\n'), Array.from({ length: 10_000 }, (_, i) => `b${i}`).join('\n\n')],
  ['200 paragraphs that all changed much', Array.from({ length: 200 }, (_, i) => `${i} a b c d `.repeat(100)).join('\n\n'), Array.from({ length: 200 }, (_, i) => `b ${i} d a `.repeat(100)).join('\n\n')],
  ['white space alone', '\n '.repeat(300_000), ' \n'.repeat(300_000)],
  ['30 long paragraphs, each like each', Array.from({ length: 30 }, () => 'a b c d e f '.repeat(2000)).join('\n\n'), Array.from({ length: 30 }, () => 'f e d c b a x '.repeat(2000)).join('\n\n')],
])('a hostile text takes no seconds: %s', (_, former, later) => {
  const before = performance.now()
  const changes = diffParagraphs(former, later)
  expect(performance.now() - before).toBeLessThan(1500)
  expect([formerOf(changes) === former, laterOf(changes) === later]).toEqual([true, true])
})
