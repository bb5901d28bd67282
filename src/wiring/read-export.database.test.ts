// An export as others read it, and a text on the letterhead.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import { docxCommand } from '#rooms/media/server/docx-command.ts'
import { saveRevision } from '#rooms/media/server/item-actions.ts'
import { newsroom } from '#rooms/media/server/testing.ts'
import { newFolder, openTestHouse } from './testing/export-houses.ts'

const here = await openTestHouse()
const room = newsroom(here.db)
beforeAll(async () => {
  const demand = await room.item('statement', here.later())
  const { revisionId } = await room.save(demand, 'en', 'A demand', here.later())
  await room.publish(demand, 'en', revisionId, here.later())
  await room.save(demand, 'es', 'Un borrador', here.later())
  const gone = await room.item('news', here.later())
  const went = await room.save(gone, 'en', 'It went', here.later())
  await room.publish(gone, 'en', went.revisionId, here.later())
  await room.withdraw(gone, 'en', here.later())
  here.later()
})

function hasPandoc(): boolean {
  try {
    execFileSync('pandoc', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
if (!hasPandoc()) console.log('skipped: pandoc did not read the export: it is not installed (Debian package pandoc)')

test.skipIf(!hasPandoc())('pandoc reads an exported text with its title, headings, footnotes and tables', async () => {
  const itemId = await room.item('report', here.later())
  const words = { title: 'A report: “what we ask” #1', teaser: '- In short', bodyMarkdown: 'First.[^1]\n\n## A heading\n\n| Place | Year |\n|---|---|\n| Uruguay | 2002 |\n\n[^1]: The note.' }
  await act(here, (tx) => saveRevision(tx, itemId, 'en', words, NOTHING_FROZEN, 'operator', here.later()))
  const folder = newFolder()
  await here.export(folder)
  const html = execFileSync('pandoc', ['-s', '-f', 'markdown', '-t', 'html', '--wrap=none', join(folder, 'items', readdirSync(join(folder, 'items')).find((name) => name.includes('what-we-ask'))!, 'en.md')], { encoding: 'utf8' })
  expect(html).toContain('<h1 class="title">A report: “what we ask” #1</h1>')
  expect(html).toMatch(/<h2[^>]*>A heading<\/h2>/)
  expect(html).toMatch(/<th[^>]*>Place<\/th>/)
  expect(html).toMatch(/<section[^>]*footnotes[\s\S]*The note\./)
})

test('a public text is written as a Word file; what readers do not see, and a file that is there, are refused', async () => {
  const to = newFolder('letter.docx')
  const write = (...words: string[]) => docxCommand.run(here.house, words, {})
  await write('/en/media/a-demand', to)
  expect(readFileSync(to).subarray(0, 2).toString()).toBe('PK')
  await expect(write('/en/media/a-demand', to)).rejects.toThrow('There is a file')
  await expect(write('/es/media/un-borrador', newFolder('x.docx'))).rejects.toThrow('Readers do not see /es/media/un-borrador')
  await expect(write('/en/media/it-went', newFolder('x.docx'))).rejects.toThrow('Readers do not see')
  await expect(docxCommand.run(here.house, ['/en/media/a-demand'], { paper: 'a3' })).rejects.toThrow('is not a paper size')
})
