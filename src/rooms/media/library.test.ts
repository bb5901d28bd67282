import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addsFor, altLanguages, cleanName, describedAs, frameMeant, LONGEST_NAME, maySeeFile, standingBeside } from './library.ts'

test.each([
  ['../../etc/passwd', 'passwd'], ['C:\\fotos\\marcha.jpg', 'marcha.jpg'], ['<script>alert(1)</script>.png', 'script.png'], ['...', '–'], ['', '–'], ['a\u202egnp.exe', 'agnp.exe'],
  ['marcha   del\n8.jpg', 'marcha del 8.jpg'], ['..hidden', 'hidden'],
])('the name %j is called %j', (name, clean) => {
  expect(cleanName(name)).toBe(clean)
})

test('whatever a file is called, its name here is one short line without a path or a sign of HTML, and cleaning it again changes nothing', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
    const clean = cleanName(name)
    expect(clean).not.toMatch(/[/\\<>"'`&\p{Cc}\p{Cf}]/u)
    expect(clean.trim()).not.toBe('')
    expect([...clean].length).toBeLessThanOrEqual(LONGEST_NAME)
    expect(clean.isWellFormed()).toBe(true)
  }))
})

test('a part of a picture is typed in per cent, with a point or a comma, and lies inside', () => {
  const frame = (x: string, y: string, width: string, height: string) => frameMeant({ x, y, width, height })
  expect(frame('33,4', '0', '66.6', '100')).toEqual({ x: 33.4, y: 0, width: 66.6, height: 100 })
  for (const outside of [['50', '0', '51', '10'], ['0', '0', '0', '10'], ['-1', '0', '10', '10'], ['', '0', '10', '10'], ['1e1', '0', '10', '10'], ['100', '0', '1', '1'], ['NaN', '0', '1', '1']] as [string, string, string, string][]) expect(frame(...outside), outside.join()).toBeUndefined()
})

test('a file is found by who writes or translates in its organisation and by stewards; a duty for one language says what it shows in that one', () => {
  const who = (duty: 'editor' | 'translator' | 'observer' | 'delegate' | 'steward', organisationId: string | null, lang: string | null = null) => ({ id: 'ana', duties: [{ duty, organisationId, lang }] })
  const file = { organisationId: 'a' }
  expect([who('editor', 'a'), who('translator', 'a', 'pt'), who('steward', null)].map((one) => maySeeFile(one, file))).toEqual([true, true, true])
  expect([who('editor', 'b'), who('observer', 'a'), who('delegate', 'a')].map((one) => maySeeFile(one, file))).toEqual([false, false, false])
  expect(maySeeFile(who('editor', 'a'), { organisationId: null })).toBe(false)
  expect(altLanguages(who('translator', 'a', 'pt'), file, ['es', 'pt'])).toEqual(['pt'])
  expect(altLanguages(who('editor', 'a'), file, ['es', 'pt'])).toEqual(['es', 'pt'])
  expect([addsFor(who('steward', null)), addsFor(who('editor', 'a')), addsFor(who('observer', 'a'))]).toEqual([[null], ['a'], []])
})

test('beside each field that somebody typed otherwise stands what is there now, also where nothing is; beside the others nothing', () => {
  const [now, typed] = [{ name: 'marcha', credit: '', licence: 'CC BY 4.0', alts: { es: 'Paraguas rojos', ht: 'Moun', fr: 'Des gens' } }, { name: 'marcha', credit: 'Red X', licence: '', alts: { es: 'Gente', ht: 'Moun' } }]
  expect(standingBeside(describedAs(now, ['es', 'ht']), typed)).toEqual({ credit: '', licence: 'CC BY 4.0', 'alt-es': 'Paraguas rojos' })
  expect(standingBeside(describedAs(typed, ['es', 'ht']), typed)).toEqual({})
})
