import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { deskPathOf, entersDesk, isDesk, isDeskDoor, standsStill } from '#kernel/web/desk-paths.ts'

test('the desk begins at its name and nowhere else', () => {
  for (const path of ['/desk', '/desk/', '/desk/account']) expect(isDesk(path), path).toBe(true)
  for (const path of ['/desks', '/en/desk', '/', '//desk']) expect(isDesk(path), path).toBe(false)
  for (const path of ['/desk/sign-in', '/desk/in/abc', '/desk/recover', '/desk/recover/abc']) expect(entersDesk(path), path).toBe(true)
  for (const path of ['/desk', '/desk/insight', '/desk/account']) expect(entersDesk(path), path).toBe(false)
})

test('what answers whoever has not signed in is what stands in the folder (open), and nothing else', () => {
  const routes = readdirSync('src/routes/(desk)/desk', { recursive: true, encoding: 'utf8' }).filter((path) => /(^|\/)\+(page|server)[^/]*$/.test(path)).map((path) => path.split('/').slice(0, -1))
  const addressOf = (folders: string[]) => ['/desk', ...folders.filter((one) => !one.startsWith('('))].join('/')
  for (const folders of routes) expect(isDeskDoor(addressOf(folders)), addressOf(folders)).toBe(folders[0] === '(open)')
  expect(routes.length).toBeGreaterThan(5)
})

test('what may be guessed waits in the queue of guesses', () => {
  for (const path of ['/desk/sign-in', '/desk/recover/abc', '/desk/colleagues/abc', '/desk/account/password', '/desk/account/key', '/desk/account/codes', '/desk/account/pin', '/agree/abc']) expect(standsStill(path), path).toBe(true)
  for (const path of ['/desk', '/desk/account', '/desk/account/name', '/desk/people', '/agreement']) expect(standsStill(path), path).toBe(false)
})

test('after sign-in she goes on to a page of the desk, and never to another site', () => {
  for (const good of ['/desk', '/desk/account', '/desk/texts?lang=es&page=2']) expect(deskPathOf(good), good).toBe(good)
  const bad = [
    null, '', 'https://evil.example/desk', '//evil.example/desk', '/\\evil.example', '/desk/../en', '/desk//evil.example', '/desk/%2e%2e/', '/desk\\evil', '/en/',
    '/desk@evil.example', '/desk/\nx', '/desk?x=\r\nSet-Cookie:a', 'javascript:alert(1)', '/desk/sign-in?next=/desk', '/desk/in/token', '/desk/recover/token', ' /desk',
  ]
  for (const next of bad) expect(deskPathOf(next), String(next)).toBe('/desk')
})
