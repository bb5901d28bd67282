import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hasConflict, mergeTexts, type Piece, textOfPieces } from '#kernel/words/merge.ts'
import { joinParagraphs, paragraphsOf, withPlainLineEnds } from '#kernel/words/paragraphs.ts'

const text = (...paragraphs: string[]) => paragraphs.join('\n\n')
const merged = (base: string, theirs: string, mine: string) => mergeTexts(base, theirs, mine)
const conflictsOf = (pieces: Piece[]) => pieces.flatMap((piece) => ('conflict' in piece ? [piece.conflict] : []))

describe('paragraphs', () => {
  test('a text is cut at its empty lines, and joined again it is the same bytes', () => {
    expect(paragraphsOf('\n\nOne\nand more\n \t\n\nTwo\n').paragraphs).toEqual(['One\nand more', 'Two'])
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', 'b', '\n', '\n', ' ', '\t', '\r', '#') }), (any) => {
      expect(joinParagraphs(paragraphsOf(any))).toBe(any)
    }), { numRuns: 2000 })
  })

  test('what a form does to the ends of lines is undone', () => {
    expect(withPlainLineEnds('a\r\nb\rc\n')).toBe('a\nb\nc\n')
  })
})

describe('two who change one text', () => {
  const base = text('One.', 'Two.', 'Three.', 'Four.')

  test('different paragraphs are joined, also those that stand beside each other', () => {
    expect(merged(base, text('One!', 'Two.', 'Three.', 'Four.'), text('One.', 'Two.', 'Three.', 'Four!'))).toEqual([{ text: text('One!', 'Two.', 'Three.', 'Four!') }])
    expect(merged(base, text('One.', 'Two!', 'Three.', 'Four.'), text('One.', 'Two.', 'Three!', 'Four.'))).toEqual([{ text: text('One.', 'Two!', 'Three!', 'Four.') }])
  })

  test('what one changed and what the other wrote after it are joined', () => {
    expect(merged(base, text('One.', 'Two.', 'Three.', 'Four!'), text('One.', 'Two.', 'Three.', 'Four.', 'Five.'))).toEqual([{ text: text('One.', 'Two.', 'Three.', 'Four!', 'Five.') }])
    expect(merged(base, text('Zero.', 'One.', 'Two.', 'Three.', 'Four.'), text('One!', 'Two.', 'Three.', 'Four.'))).toEqual([{ text: text('Zero.', 'One!', 'Two.', 'Three.', 'Four.') }])
  })

  test('the same paragraph, changed differently, is asked about with what stood there before', () => {
    const pieces = merged(base, text('One.', 'Two, she says.', 'Three.', 'Four.'), text('One.', 'Two, I say.', 'Three.', 'Four!'))
    expect(conflictsOf(pieces)).toEqual([{ before: 'Two.', theirs: 'Two, she says.', mine: 'Two, I say.' }])
    expect(textOfPieces(pieces, ['Two, both say.'])).toBe(text('One.', 'Two, both say.', 'Three.', 'Four!'))
  })

  test('a paragraph that one took out and the other mended is asked about', () => {
    expect(conflictsOf(merged(base, text('One.', 'Three.', 'Four.'), text('One.', 'Two, mended.', 'Three.', 'Four.')))).toEqual([{ before: 'Two.', theirs: '', mine: 'Two, mended.' }])
  })

  test('settled with nothing, no empty paragraph is left', () => {
    const pieces = merged(base, text('One.', 'Three.', 'Four.'), text('One.', 'Two, mended.', 'Three.', 'Four.'))
    expect(textOfPieces(pieces, [''])).toBe(text('One.', 'Three.', 'Four.'))
  })

  test('the same change made by both is one', () => {
    expect(merged(base, text('One.', 'Two!', 'Three.', 'Four.'), text('One.', 'Two!', 'Three.', 'Four?'))).toEqual([{ text: text('One.', 'Two!', 'Three.', 'Four?') }])
  })

  test('different paragraphs written in one place are asked about', () => {
    expect(conflictsOf(merged(base, `${base}\n\nHers.`, `${base}\n\nMine.`))).toEqual([{ before: '', theirs: 'Hers.', mine: 'Mine.' }])
  })
})

describe('whatever is typed', () => {
  const word = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'casa', 'ley', 'voz')
  const paragraph = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '))
  const paragraphs = fc.array(paragraph, { maxLength: 7 })
  /** As somebody edits: takes out, mends and writes between. */
  const edited = (from: string[]) => fc.array(fc.record({ at: fc.nat(8), what: fc.constantFrom('out', 'mend', 'new'), words: paragraph }), { maxLength: 4 })
    .map((edits) => edits.reduce((now, { at, what, words }) => now.toSpliced(Math.min(at, now.length), what === 'new' ? 0 : 1, ...(what === 'out' ? [] : [words])), from))
  const three = paragraphs.chain((base) => fc.tuple(fc.constant(base), edited(base), edited(base)))
  const gap = fc.constantFrom('\n\n', '\n\n\n', '\n \n')

  test('stands in the text or in a conflict, and nothing that neither typed does', () => {
    fc.assert(fc.property(three, gap, gap, ([o, b, a], gapOfMine, gapOfTheirs) => {
      const [base, theirs, mine] = [o.join('\n\n'), b.join(gapOfTheirs), a.join(gapOfMine)]
      const pieces = mergeTexts(base, theirs, mine)
      const seen = [textOfPieces(pieces, conflictsOf(pieces).map(() => 'settled')), ...conflictsOf(pieces).flatMap((one) => [one.theirs, one.mine])].flatMap((one) => paragraphsOf(one).paragraphs)
      const typed = [...a, ...b].filter((one) => !o.includes(one))
      expect(seen).toEqual(expect.arrayContaining(typed))
      expect([...o, ...a, ...b, 'settled']).toEqual(expect.arrayContaining(seen))
      // What neither took out is still there: a paragraph that stood twice may have been taken out once by each.
      const kept = hasConflict(pieces) ? [] : o.filter((one) => [o, a, b].every((all) => all.filter((other) => other === one).length === 1))
      expect(seen).toEqual(expect.arrayContaining(kept))
    }), { numRuns: 20_000 })
  })

  test('is taken as it is, byte for byte, where the other changed nothing', () => {
    fc.assert(fc.property(three, gap, ([o, b], between) => {
      const [base, other] = [o.join('\n\n'), `${b.join(between)}\n`]
      expect(mergeTexts(base, other, base)).toEqual([{ text: other }])
      expect(mergeTexts(base, base, other)).toEqual([{ text: other }])
    }))
  })

  test('of 1,000 paragraphs is joined within a second or two, however alike they are, and of more it is shown whole', () => {
    const long = Array.from({ length: 999 }, () => 'the same')
    const from = performance.now()
    expect(hasConflict(mergeTexts(text(...long), text('x', ...long), text(...long.slice(0, -1), 'y')))).toBe(false)
    expect(performance.now() - from).toBeLessThan(3000)
    expect(hasConflict(mergeTexts(text(...long, 'z'), text('x', ...long, 'z'), text(...long, 'y')))).toBe(true)
  })
})
