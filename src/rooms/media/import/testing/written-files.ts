// What each program would export of the same posts, for tests that ask the same of every reader.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { zip } from '#rooms/media/import/testing/zip.ts'

export interface Post { key: number; title: string; body: string; slug?: string }

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const cdata = (text: string) => `<![CDATA[${text}]]>`
const slugOf = ({ key, slug }: Post) => slug ?? `post-${key}`

/** A Word file of a title and a paragraph, `more` being further entries of its archive. */
export const docx = (title: string, body: string, more: { name: string; data: string | Buffer; mode?: number }[] = [], prolog = '') => zip([
  { name: '[Content_Types].xml', data: '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>' },
  { name: '_rels/.rels', data: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${REL}/officeDocument" Target="word/document.xml"/></Relationships>` },
  { name: 'word/_rels/document.xml.rels', data: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="s1" Type="${REL}/styles" Target="styles.xml"/></Relationships>` },
  { name: 'word/styles.xml', data: `<w:styles ${W}><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style></w:styles>` },
  { name: 'word/document.xml', data: `<?xml version="1.0"?>${prolog}<w:document ${W}><w:body><w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>${title}</w:t></w:r></w:p><w:p><w:r><w:t>${body}</w:t></w:r></w:p></w:body></w:document>` },
  ...more,
])

export const wxr = (posts: Post[], prolog = '') => `<?xml version="1.0"?>${prolog}
<rss xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Old</title><link>https://wp.example</link><wp:base_blog_url>https://wp.example</wp:base_blog_url>
${posts.map((post) => `<item><title>${post.title}</title><link>https://wp.example/${slugOf(post)}/</link><content:encoded>${cdata(`<p>${post.body}</p>`)}</content:encoded><wp:post_id>${post.key}</wp:post_id><wp:post_name>${slugOf(post)}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>`).join('\n')}
</channel></rss>`

export const rss = (posts: Post[], prolog = '') => `<?xml version="1.0"?>${prolog}<rss version="2.0"><channel><title>Old</title><link>https://rss.example</link><language>en</language>
${posts.map((post) => `<item><title>${post.title}</title><link>https://rss.example/${slugOf(post)}</link><guid isPermaLink="false">rss ${post.key}</guid><description>${cdata(`<p>${post.body}</p>`)}</description></item>`).join('\n')}
</channel></rss>`

const atom = (posts: Post[]) => `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Old</title><id>urn:x:atom</id>
${posts.map((post) => `<entry><title>${post.title}</title><id>urn:x:${post.key}</id><link href="https://atom.example/${slugOf(post)}"/><content type="html">${cdata(`<p>${post.body}</p>`)}</content></entry>`).join('\n')}
</feed>`

const jsonFeed = (posts: Post[]) => JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'Old', home_page_url: 'https://json.example', language: 'en',
  items: posts.map((post) => ({ id: `json ${post.key}`, url: `https://json.example/${slugOf(post)}`, title: post.title, content_html: `<p>${post.body}</p>` })) })

const ghost = (posts: Post[], broken?: number) => JSON.stringify({ db: [{ data: {
  posts: posts.map((post) => ({ id: `${post.key}`, uuid: `ghost-${post.key}`, title: post.title, slug: slugOf(post), status: 'published', visibility: 'public', ...(post.key === broken ? { lexical: '{' } : { html: `<p>${post.body}</p>` }) })),
  tags: [], settings: [{ key: 'title', value: 'Old' }, { key: 'lang', value: 'en' }] } }] })

const markdown = (post: Post) => `---\ntitle: ${post.title}\nid: md-${post.key}\nlang: en\nslug: ${slugOf(post)}\n---\n\n${post.body}\n`
const pressPage = ({ title, body }: Post) => ['Example network', '', 'Press', '', title, '', `${body.slice(0, 20)}...`, '', body, '', 'when', '', '7 May 2022', '', 'region', '', 'Uruguay', '', 'Example network'].join('\n')

const ENDING = { wordpress: 'xml', rss: 'xml', atom: 'xml', 'json feed': 'json', ghost: 'json', docx: 'docx', markdown: 'md', 'press page': 'txt' } as const
export type Written = keyof typeof ENDING
export const WRITTEN = Object.keys(ENDING) as Written[]

const WHOLE: Partial<Record<Written, (posts: Post[]) => string>> = { wordpress: wxr, rss, atom, 'json feed': jsonFeed, ghost }

/** Writes posts anew as one file, or as a folder of one file each; answers with what to import. */
export function write(kind: Written, posts: Post[], folder: string): string {
  const path = join(folder, kind.replace(' ', '-'))
  rmSync(path, { recursive: true, force: true })
  mkdirSync(path, { recursive: true })
  const whole = WHOLE[kind]
  if (whole) writeFileSync(join(path, `all.${ENDING[kind]}`), whole(posts))
  else for (const post of posts) writeFileSync(join(path, `${post.key}.${ENDING[kind]}`), kind === 'docx' ? docx(post.title, post.body) : kind === 'markdown' ? markdown(post) : pressPage(post))
  return path
}

/** The same, the second post being broken as files of this kind break. */
export function writeBroken(kind: Written, posts: Post[], folder: string): string {
  const path = write(kind, posts, folder)
  const file = join(path, WHOLE[kind] ? `all.${ENDING[kind]}` : `${posts[1]!.key}.${ENDING[kind]}`)
  const whole = WHOLE[kind]?.(posts) ?? ''
  // XML that breaks within the second post; JSON breaks as a whole, but what Ghost keeps in it is JSON of each post.
  if (kind === 'ghost') writeFileSync(file, ghost(posts, posts[1]!.key))
  else if (kind === 'json feed') writeFileSync(file, whole.slice(0, -20))
  else if (whole) writeFileSync(file, whole.replace(`<p>${posts[1]!.body}</p>]]>`, '<p>]]></wrong>'))
  else writeFileSync(file, kind === 'markdown' ? '---\ntitle: [\n---\nText.' : Buffer.from([0x50, 0x4b, 3, 4, 0xff, 0, 1]))
  return path
}
