import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readHtmlPage } from '#rooms/media/import/html-page.ts'
import { readAll, refusalsOf, textsOf } from '#rooms/media/import/testing/incoming-files.ts'

const PAGE = `<!doctype html><html lang="es-AR"><head><title>La red abre | Sitio</title><link rel="canonical" href="/2021/03/la-red-abre/"><meta property="article:published_time" content="2021-03-08T22:00:00-05:00"><meta name="author" content="Equipo"><meta name="description" content="En breve."></head>
<body><nav><a href="/">Inicio</a></nav><main><header><p>Noticias</p></header><h1>La red <em>abre</em></h1><p>Palabras de la red. <img src="foto.jpg" alt="Una puerta"></p><script>x</script><aside>Lea también</aside></main><footer>Pie</footer></body></html>`

test('a page comes with the text that is its own, its title, day, language and address, and nothing of what stands around', async () => {
  expect(textsOf(await readAll(readHtmlPage, PAGE, 'https://old.example/x?y=1'))).toMatchObject([{
    source: 'page:https://old.example', key: 'https://old.example/2021/03/la-red-abre/', title: 'La red abre', teaser: 'En breve.', when: '2021-03-08', lang: 'es-ar', byline: 'Equipo',
    bodyMarkdown: 'Palabras de la red. ![Una puerta](https://old.example/2021/03/la-red-abre/foto.jpg)', oldAddresses: ['https://old.example/2021/03/la-red-abre/'],
  }])
})

test('a page of a file has no address, and one without a title says so', async () => {
  expect(textsOf(await readAll(readHtmlPage, '<html><body><h1>A</h1><p>B', 'a.html'))).toMatchObject([{ source: 'page', key: expect.stringMatching(/^sha256:/), oldAddresses: [], bodyMarkdown: 'B' }])
  expect(refusalsOf(await readAll(readHtmlPage, '<html><body><p>B', 'a.html'))[0]?.reason).toContain('no title')
})

test('whatever the page holds, the reader answers and never throws', async () => {
  const piece = fc.oneof(fc.constantFrom('<html>', '<body>', '<h1>', 'A', '</h1>', '<article>', '<main>', '<link rel=canonical href="', '//', '">', '<meta property=og:title content=x>', '<template>', '<svg>'), fc.string())
  await fc.assert(fc.asyncProperty(fc.array(piece, { maxLength: 20 }), async (pieces) => (await readAll(readHtmlPage, pieces.join(''), 'https://x.example/')).length === 1))
})
