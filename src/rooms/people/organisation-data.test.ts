import { expect, test } from 'vitest'
import { aboutIn, organisationData } from './organisation-data.ts'
import type { Organisation } from './organisation.ts'

const organisation: Organisation = {
  id: '0193a000-0000-7000-8000-00000000000a', slug: 'organizacion-a', places: ['UY'], fields: ['sex_work'], links: ['https://a.example/', 'https://b.example/'],
  texts: { es: { name: 'Organización A', shortName: 'OA', about: 'Acompaña a sus integrantes.' }, ht: { name: 'Òganizasyon A', shortName: null, about: '' } },
  logoPictureId: null, agreedToBeShownAt: null, recognition: null,
}

test('as data it has its names, links and places, and nothing that it did not say', () => {
  expect(organisationData(organisation, 'ht', 'https://x.example/ht/organisations/organizacion-a')).toMatchObject({
    '@type': 'Organization', name: 'Òganizasyon A', alternateName: ['Organización A', 'OA'], url: 'https://a.example/', sameAs: ['https://b.example/'],
    areaServed: [{ '@type': 'Place', identifier: 'UY' }],
  })
  const bare = organisationData({ ...organisation, texts: { es: { name: 'A', shortName: null, about: '' } }, links: [], places: [] }, 'es', 'https://x.example')
  expect(JSON.parse(JSON.stringify(bare))).toEqual({ '@context': 'https://schema.org', '@type': 'Organization', '@id': 'https://x.example', name: 'A' })
})

test('what it says of itself is shown in the reader’s language or the nearest that it wrote, which is told', () => {
  expect(aboutIn(organisation.texts, 'ht', ['fr', 'es'])).toEqual({ text: 'Acompaña a sus integrantes.', lang: 'es' })
  expect(aboutIn({ es: { name: 'A', shortName: null, about: '' } }, 'es', [])).toBeUndefined()
})
