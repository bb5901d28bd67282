import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { PageStyle } from '#kernel/web/page-style.ts'
import { scriptedPagesOf } from '#kernel/web/scripted-pages.ts'
import { securityHeaders } from '#kernel/web/security-headers.ts'

const MARK = '<style>/*altavoz-style*/</style>'
const policyOf = (style: PageStyle) => securityHeaders(style.hash, true, style.scriptHashes)[1]!.split('; ')

test('a page without script has a policy that lets none run', () => {
  const policy = policyOf(new PageStyle('a{}'))
  expect(policy).toContain(`default-src 'none'`)
  expect(policy.filter((rule) => /script|connect|trusted/.test(rule))).toEqual([])
})

test('a page with script runs what stands in it and nothing else, makes no markup of text, and asks this origin alone', () => {
  const script = 'document.body.hidden = false'
  const style = new PageStyle('a{}', [script])
  const hash = createHash('sha256').update(script).digest('base64')
  expect(style.putInto(Buffer.from(`<head>${MARK}</head>`)).toString()).toBe(`<head><style>a{}</style><script type="module">${script}</script></head>`)
  expect(policyOf(style)).toEqual([...policyOf(new PageStyle('a{}')), `script-src 'sha256-${hash}'`, `connect-src 'self'`, `require-trusted-types-for 'script'`, `trusted-types 'none'`])
})

test('a script that loads others may do so from the folder that it is given, and from nowhere else', () => {
  const style = new PageStyle('a{}', ['1'])
  const [, policy] = securityHeaders(style.hash, true, style.scriptHashes, ['https://alianza.example/desk/script/'])
  expect(policy!.split('; ').find((rule) => rule.startsWith('script-src'))).toBe(`script-src ${style.scriptHashes[0]} https://alianza.example/desk/script/`)
})

test('a script that would end its own element is refused', () => {
  expect(() => new PageStyle('', ['x = "</script>"'])).toThrow('end its own element')
})

test('a page is found by its whole address, with any name in the place of a {name}', () => {
  const at = scriptedPagesOf({ '/desk/sign-in': 1, '/desk/in/{token}': 2 })
  expect(['/desk/sign-in', '/desk/sign-in/', '/desk/in/a-B_9'].map(at)).toEqual([1, 1, 2])
  for (const path of ['/desk', '/desk/sign-inn', '/desk/in/', '/desk/in/a/key.png', '/en/desk/sign-in', '/desk/sign-in\n', '/desk/sign-in//']) expect(at(path), path).toBeUndefined()
})
