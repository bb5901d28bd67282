// Small exports of other programs, made for the tests: some texts each, with a picture, a document, tags and old addresses.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { zip } from '#rooms/media/import/testing/zip.ts'

export const CORPUS_KINDS = ['wordpress', 'feed', 'ghost', 'docx', 'markdown'] as const
export type CorpusKind = (typeof CORPUS_KINDS)[number]
export const TEXTS = 6

/** Writes what `kind` would export of a site called `tag`, its files into `uploads`; answers with what to import. */
export async function writeCorpus(kind: CorpusKind, tag: string, folder: string, uploads: string): Promise<string> {
  mkdirSync(folder, { recursive: true })
  mkdirSync(uploads, { recursive: true })
  // Each site has a picture of its own: files are known by their bytes.
  const colour = `#${Buffer.from(tag).toString('hex').padEnd(6, '7').slice(-6)}`
  const picture = await sharp({ create: { width: 60, height: 40, channels: 3, background: colour } }).png().toBuffer()
  writeFileSync(join(uploads, `${tag}.png`), picture)
  writeFileSync(join(uploads, `${tag}.pdf`), `%PDF-1.4\n% ${tag}\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n`)
  const path = join(folder, kind === 'wordpress' || kind === 'feed' ? `${tag}.xml` : kind === 'ghost' ? `${tag}.json` : tag)
  if (kind === 'wordpress') writeFileSync(path, wordpress(tag))
  else if (kind === 'feed') writeFileSync(path, feed(tag))
  else if (kind === 'ghost') writeFileSync(path, ghost(tag))
  else {
    mkdirSync(path)
    for (const n of numbers) writeFileSync(join(path, `${tag}-${n}.${kind === 'docx' ? 'docx' : 'md'}`), kind === 'docx' ? docx(tag, n, picture) : markdown(tag, n))
  }
  return path
}

const numbers = Array.from({ length: TEXTS }, (_, n) => n + 1)
const titleOf = (tag: string, n: number) => `Text ${n} of ${tag}`
const siteOf = (tag: string) => `https://${tag}.example`
const html = (tag: string, n: number) => `<p>What the organisations of ${tag} said in their text ${n}, and <b>why</b> they said it.</p>`
  + `<p><img src="${siteOf(tag)}/uploads/${tag}.png" alt="A door"> <a href="${siteOf(tag)}/uploads/${tag}.pdf">The report</a></p>`
const cdata = (text: string) => `<![CDATA[${text}]]>`

/** The texts of two numbers are the languages of one. */
const wordpress = (tag: string) => `<?xml version="1.0"?><rss xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>${tag}</title><link>${siteOf(tag)}</link>
<wp:base_blog_url>${siteOf(tag)}</wp:base_blog_url>
${numbers.map((n) => `<item><title>${titleOf(tag, n)}</title><link>${siteOf(tag)}/2019/0${n}/text-${n}/</link><dc:creator>team</dc:creator><content:encoded>${cdata(html(tag, n))}</content:encoded><excerpt:encoded></excerpt:encoded><wp:post_id>${n}</wp:post_id><wp:post_date>2019-0${n}-04 10:00:00</wp:post_date><wp:post_name>${tag}-text-${n}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type><category domain="post_tag" nicename="hiv">hiv</category><category domain="language" nicename="${n % 2 ? 'en' : 'es'}">x</category><category domain="post_translations" nicename="pair${Math.ceil(n / 2)}">x</category></item>`).join('\n')}
</channel></rss>`

const feed = (tag: string) => `<?xml version="1.0"?><rss version="2.0"><channel><title>${tag}</title><link>${siteOf(tag)}</link><language>en</language>
${numbers.map((n) => `<item><title>${titleOf(tag, n)}</title><link>${siteOf(tag)}/${tag}-text-${n}</link><guid>${siteOf(tag)}/${tag}-text-${n}</guid><pubDate>0${n} Mar 2021 10:00:00 GMT</pubDate><category>hiv</category><description>${cdata(html(tag, n))}</description></item>`).join('\n')}
</channel></rss>`

const ghost = (tag: string) => JSON.stringify({ db: [{ meta: { exported_on: 1 }, data: {
  posts: numbers.map((n) => ({ id: `${n}`, uuid: `${tag}-${n}`, title: titleOf(tag, n), slug: `${tag}-text-${n}`, html: html(tag, n), status: 'published', visibility: 'public', published_at: `2020-0${n}-02T10:00:00.000Z`, feature_image: `${siteOf(tag)}/uploads/${tag}.png` })),
  tags: [{ id: 't', name: 'hiv' }], posts_tags: numbers.map((n) => ({ post_id: `${n}`, tag_id: 't', sort_order: 0 })), users: [], posts_authors: [], settings: [{ key: 'title', value: tag }, { key: 'lang', value: 'en' }],
} }] })

const markdown = (tag: string, n: number) => `---\ntitle: ${titleOf(tag, n)}\ndate: 2018-0${n}-04\nlang: en\ntags: [hiv]\nimage: /uploads/${tag}.png\naliases: [/old/${tag}/${n}, /?p=${Buffer.from(tag).readUInt16BE(tag.length - 2)}${n}]\n---\n\nWhat the organisations of ${tag} said in text ${n}; [the report](/uploads/${tag}.pdf).\n`

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PICTURE = '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="A door"/><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="i1"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
const paragraph = (inside: string, style = '') => `<w:p><w:pPr>${style}</w:pPr>${inside}</w:p>`
const words = (text: string) => `<w:r><w:t>${text}</w:t></w:r>`

const docx = (tag: string, n: number, picture: Buffer) => zip([
  { name: '[Content_Types].xml', data: '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="png" ContentType="image/png"/><Default Extension="xml" ContentType="application/xml"/></Types>' },
  { name: '_rels/.rels', data: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${REL}/officeDocument" Target="word/document.xml"/></Relationships>` },
  { name: 'word/_rels/document.xml.rels', data: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="i1" Type="${REL}/image" Target="media/a.png"/><Relationship Id="s1" Type="${REL}/styles" Target="styles.xml"/></Relationships>` },
  { name: 'word/styles.xml', data: `<w:styles ${W}><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style></w:styles>` },
  { name: 'word/media/a.png', data: picture },
  { name: 'word/document.xml', data: `<?xml version="1.0"?><w:document ${W}><w:body>${paragraph(words(titleOf(tag, n)), '<w:pStyle w:val="Title"/>')}${paragraph(words(`What the organisations of ${tag} wrote in letter ${n}.`))}${paragraph(PICTURE)}</w:body></w:document>` },
])
