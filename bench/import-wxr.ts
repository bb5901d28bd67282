// Promise: an export of WordPress is imported at 200 items a second or more, and memory stays flat whatever the export weighs.
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'
import { FLAGS, printMachine, startHouse } from './house.ts'
import { measureImport } from './measured-import.ts'

const ITEMS = Number(process.env.ITEMS ?? 10_000)
/** What the export weighs, in MB: comments, which stay out, make up what texts do not. */
const MEGABYTES = Number(process.env.MB ?? 100)

const words = (n: number) => Array.from({ length: 8 }, (_, i) =>
  `<!-- wp:paragraph --><p>Paragraph ${i + 1} of post ${n} says that ${'the organisations ask states to listen to those who work and to <b>guarantee</b> rights '.repeat(3)}in ${1990 + (n % 36)}.</p><!-- /wp:paragraph -->`).join('\n')
const comment = (n: number) => `<wp:comment><wp:comment_id>${n}</wp:comment_id><wp:comment_content><![CDATA[${'A comment that goes on. '.repeat(40)}]]></wp:comment_content></wp:comment>`
function postOf(n: number): string {
  const head = `<item><title>Post ${n} of a measured import</title><link>https://old.example/${1990 + (n % 36)}/post-${n}/</link><content:encoded><![CDATA[${words(n)}]]></content:encoded><wp:post_id>${n}</wp:post_id><wp:post_date>${1990 + (n % 36)}-03-04 10:00:00</wp:post_date><wp:post_name>post-${n}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type><category domain="category" nicename="hiv">HIV</category><category domain="language" nicename="en">x</category>`
  const one = comment(n)
  const room = Math.max(0, (MEGABYTES * 1e6) / ITEMS - head.length)
  return `${head}${one.repeat(Math.floor(room / one.length))}</item>\n`
}

printMachine()
const folder = mkdtempSync('/var/tmp/altavoz-wxr-')
const file = join(folder, 'export.xml')
const out = createWriteStream(file)
out.write('<?xml version="1.0"?><rss xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Old</title><link>https://old.example</link><wp:base_blog_url>https://old.example</wp:base_blog_url>\n')
for (let n = 1; n <= ITEMS; n++) if (!out.write(postOf(n))) await once(out, 'drain')
out.end('</channel></rss>\n')
await once(out, 'close')
console.log(`${ITEMS} items, ${(statSync(file).size / 1e6).toFixed(0)} MB`)
const house = await startHouse()
try {
  await measureImport(house.dataDir, [FLAGS[0]!, 'build/altavoz.js', 'import', file, '--publish', '--topics', join(folder, 'topics.yaml')], ITEMS)
} finally {
  await house.end()
  rmSync(folder, { recursive: true })
}
