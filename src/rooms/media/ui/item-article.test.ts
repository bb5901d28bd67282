import { render } from 'svelte/server'
import { expect, test } from 'vitest'
import type { ItemPage } from '#rooms/media/item.ts'
import ItemArticle from '#rooms/media/ui/ItemArticle.svelte'

const at = Temporal.Instant.from('2026-11-29T10:00:00Z')
const item: ItemPage = {
  id: '01990000-0000-7000-8000-000000000000', kind: 'statement', lang: 'es', originalLang: 'es', languages: [{ lang: 'es', slug: 'un-texto', title: 'Título secreto' }], isStarter: false, slug: 'un-texto', title: 'Título secreto', teaser: 'Entrada.',
  bodyHtml: '<p>Uno.</p>', notesHtml: '', contents: [], topics: [], regions: [], when: '2026-11-20', dateOf: 'adopted', publicFrom: at, updatedAt: at, signers: [], issuedBy: null, sources: [], doubt: null, whenNotStatedBySource: false,
  corrections: [], inTranslation: [], minutes: 1, licence: 'CC BY 4.0', picture: null, files: [], related: [], series: null, byline: null, translator: null, byMachine: false,
} as ItemPage
const drawn = (isPreview?: boolean) => render(ItemArticle, { props: { item, lang: 'es', zone: 'UTC', address: 'https://a.example/es/media/un-texto', signerPages: {}, ...(isPreview !== undefined && { isPreview }) } }).body

/** Addresses that a page leads to. */
const leads = (html: string) => [...html.matchAll(/ href="([^"]*)"/g)].map(([, href]) => href!)

test('a preview leads to no other site with the title of a text that is not out, nor to what its address has not made yet', () => {
  const [page, preview] = [drawn(), drawn(true)]
  expect(leads(page).filter((href) => decodeURIComponent(href).includes('Título secreto')).length).toBeGreaterThan(3)
  expect(leads(page).filter((href) => href.includes('un-texto/')).length).toBeGreaterThan(3)
  expect(leads(preview).filter((href) => href.includes('secreto') || href.includes('un-texto') || href.startsWith('mailto:'))).toEqual([])
  expect([preview.includes('id="share"'), preview.includes('<textarea')]).toEqual([false, false])
  // What is public is drawn whole.
  expect(drawn(false)).toBe(page)
})
