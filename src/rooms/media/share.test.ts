import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mailLink, shareLinks, shareText } from '#rooms/media/share.ts'

const ADDRESS = 'https://alliance.example/es/media/nota'

test('a text is passed on by plain links, with its title and its address whole', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (title) => {
    for (const { href } of shareLinks(title, ADDRESS)) {
      const query = [...new URL(href).searchParams.values()].join(' ')
      expect(query).toContain(ADDRESS)
      if (!href.includes('facebook')) expect(query).toContain(title)
    }
    expect(new URL(mailLink(title, 'In short.', ADDRESS)).searchParams.get('subject')).toBe(title)
  }))
})

test('the text to copy is title, what it says in short, and address', () => {
  expect(shareText('Title', 'In short.', ADDRESS)).toBe(`Title\n\nIn short.\n\n${ADDRESS}`)
  expect(shareText('Title', '', ADDRESS)).toBe(`Title\n\n${ADDRESS}`)
})
