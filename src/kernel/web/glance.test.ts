import { expect, test } from 'vitest'
import { glanceAt, holds } from '#kernel/web/glance.ts'

test('reads what it needs in any spelling of the names', () => {
  const glance = glanceAt(['HOST', 'a.example', 'Accept-Encoding', 'br', 'IF-none-MATCH', '"x"', 'Cookie', 'theme=dark'])
  expect(glance).toEqual({ host: 'a.example', acceptEncoding: 'br', ifNoneMatch: '"x"', isPersonal: false, savesData: false })
})

test('a session cookie or a token goes past the kept pages, other cookies do not', () => {
  const isPersonal = (...headers: string[]) => glanceAt(headers).isPersonal
  expect(isPersonal('Cookie', '__Host-altavoz=abc')).toBe(true)
  expect(isPersonal('cookie', 'a=b; __Host-altavoz=abc')).toBe(true)
  expect(isPersonal('cookie', 'a=b; altavoz=abc')).toBe(true)
  expect(isPersonal('Authorization', 'Bearer x')).toBe(true)
  expect(isPersonal('Cookie', 'x__Host-altavoz=abc')).toBe(false)
  expect(isPersonal('Cookie', '__Host-altavoz2=abc')).toBe(false)
})

test('two Host headers name no house', () => {
  expect(glanceAt(['Host', 'a.example', 'Host', 'a.example']).host).not.toBe('a.example')
})

test.each([
  ['"a"', true], ['W/"a"', true], ['"b", "a"', true], ['*', true], ['"b"', false], ['a', false], ['', false], ['"ab"', false],
])('If-None-Match %s holds "a": %s', (header, expected) => expect(holds(header, '"a"')).toBe(expected))

test('who saves data says so with one word', () => {
  expect(glanceAt(['Save-Data', 'on']).savesData).toBe(true)
  expect(glanceAt(['save-data', ' On ']).savesData).toBe(true)
  expect(glanceAt(['save-data', 'off', 'save-date', 'on']).savesData).toBe(false)
})
