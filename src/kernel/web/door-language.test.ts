import { expect, test } from 'vitest'
import { chosenAtDoor, doorIn } from '#kernel/web/door-language.ts'

const at = (route: string, query: string) => chosenAtDoor(route, new URLSearchParams(query), ['en', 'es', 'ht'])
const SIGN_IN = '/(desk)/desk/(open)/sign-in'

test('whoever has a browser in another language chooses at the door', () => {
  expect(at(SIGN_IN, '?lang=ht')).toBe('ht')
  expect(at('/(desk)/desk/(open)/in/[token]', '?lang=es&next=/desk')).toBe('es')
})

test('no other word is taken for a language, and no other page reads the choice', () => {
  for (const query of ['', '?lang=', '?lang=de', '?lang=HT', '?lang=../ht', '?tongue=ht']) expect(at(SIGN_IN, query), query).toBeUndefined()
  for (const route of ['/(desk)/desk/(signed-in)/account', '/(public)/[lang=tongue]/media']) expect(at(route, '?lang=ht'), route).toBeUndefined()
})

test('changing the language keeps where she wanted to go, and nothing else', () => {
  expect(doorIn('ht', new URLSearchParams('?lang=es'))).toBe('?lang=ht')
  expect(doorIn('ht', new URLSearchParams('?next=/desk/account?a=1%26b&lang=es&x=y'))).toBe('?next=%2Fdesk%2Faccount%3Fa%3D1%26b&lang=ht')
})
