import fc from 'fast-check'
import { expect, test } from 'vitest'
import { oldAddressOf, oldAddressesOf, obstacleToRedirect } from '#rooms/media/old-address.ts'

const asked = (address: string) => {
  const url = new URL(address, 'http://localhost')
  return oldAddressesOf(url.pathname, url.searchParams)
}

test.each([
  ['/?p=123', ['/?p=123']],
  ['/?p=123&utm_source=mail', ['/?p=123']],
  ['/?page_id=7&feed=rss2', ['/?page_id=7', ]],
  ['/index.php?p=123', ['/?p=123']],
  ['/blog/?p=5', ['/blog?p=5', '/blog']],
  ['/2019/05/old-post/', ['/2019/05/old-post']],
  ['/2019/05/old-post?utm=1', ['/2019/05/old-post']],
  ['/2019/05/old-post/feed/', ['/2019/05/old-post/feed']],
  ['/2019/05/declaraci%c3%b3n/', ['/2019/05/declaración']],
  ['/?feed=rss2', ['/?feed=rss2']],
  ['/feed/', ['/feed']],
  ['/', []],
  ['/?x=1', []],
  ['/?p=0', []],
  ['/?p=1%20or%201', []],
  ['/%00', []],
  ['/%E0%A4%A', []],
  [`/${'a'.repeat(600)}`, []],
])('%s is looked up as %j', (address, names) => expect(asked(address)).toEqual(names))

test('whatever is written after it, a link is found again under the name that it was kept by', () => {
  const words = fc.stringMatching(/^[a-zñé0-9-]{1,20}$/)
  const told = fc.option(fc.tuple(fc.constantFrom('p', 'page_id'), fc.integer({ min: 1, max: 1e9 })))
  const odd = fc.array(fc.tuple(fc.string({ maxLength: 8 }).filter((name) => !['p', 'page_id', 'feed'].includes(name)), fc.string()))
  fc.assert(fc.property(fc.array(words, { maxLength: 4 }), told, odd, fc.boolean(), (parts, tell, unknown, slash) => {
    const path = `/${parts.join('/')}${slash && parts.length > 0 ? '/' : ''}`
    const link = `https://old.example${path}${tell ? `?${tell[0]}=${tell[1]}` : ''}`
    const query = new URLSearchParams([...unknown, ...(tell ? [[tell[0], String(tell[1])]] : [])] as [string, string][])
    expect(asked(`${encodeURI(path)}?${query}`)[0]).toBe(oldAddressOf(link))
  }))
})

test('only pages of this site that always answer are led to', () => {
  const leads = (ownPath: string) => obstacleToRedirect('/feed', { ownPath })
  for (const path of ['/es/', '/es/media', '/es/media/feed.atom', '/pt/media?kind=news&region=419', '/fr/privacy']) expect(leads(path), path).toBeNull()
  const elsewhere = [
    'https://evil.example/', '//evil.example', '/\\evil.example', '/es//evil.example', 'javascript:alert(1)', '', '/', '/es', '/desk/', '/es/media/a-text',
    '/es/media?x=//evil.example', '/es/\n', '/es/media\r\nSet-Cookie: a=b', '/es/media#x',
  ]
  for (const path of elsewhere) expect(leads(path), path).toBe('not-our-page')
})

test('a page that answers by itself is never led away from, so no redirect leads in a circle', () => {
  for (const link of ['/es/media', '/es/media/?page=99', '/es/media/feed.atom', '/en/about/']) {
    expect(obstacleToRedirect(oldAddressOf(link), { ownPath: '/es/' }), link).toBe('answers-itself')
  }
  // A short word may be an old address, and is none where it is a language: there its page answers.
  expect(obstacleToRedirect(oldAddressOf('/faq/'), { ownPath: '/es/' })).toBeNull()
  expect(obstacleToRedirect(oldAddressOf('mailto:someone@example.org'), { ownPath: '/es/' })).toBe('no-old-address')
  expect(obstacleToRedirect(oldAddressOf('https://old.example/'), { ownPath: '/es/' })).toBe('no-old-address')
})
