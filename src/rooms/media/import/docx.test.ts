import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readDocx } from '#rooms/media/import/docx.ts'
import { printed, readAll, refusalsOf, textsOf } from '#rooms/media/import/testing/incoming-files.ts'
import { zip, type ZipEntry } from '#rooms/media/import/testing/zip.ts'

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

const run = (text: string, as = '') => `<w:r><w:rPr>${as}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`
const p = (inside: string, style = '') => `<w:p><w:pPr>${style && `<w:pStyle w:val="${style}"/>`}</w:pPr>${inside}</w:p>`
const listed = (text: string, num: number, level = 0) => `<w:p><w:pPr><w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${num}"/></w:numPr></w:pPr>${run(text)}</w:p>`
const cell = (text: string) => `<w:tc>${p(run(text))}</w:tc>`
const STYLES = [['Title', 'Title'], ['Heading2', 'heading 2'], ['Quote', 'Quote'], ['Odd', 'Odd One']].map(([id, name]) => `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/></w:style>`).join('')

const document = (body: string): ZipEntry[] => [
  { name: '[Content_Types].xml', data: '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="png" ContentType="image/png"/><Default Extension="xml" ContentType="application/xml"/></Types>' },
  { name: '_rels/.rels', data: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${REL}/officeDocument" Target="word/document.xml"/></Relationships>` },
  { name: 'word/_rels/document.xml.rels', data: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="i1" Type="${REL}/image" Target="media/a.png"/><Relationship Id="l1" Type="${REL}/hyperlink" Target="https://a.example/" TargetMode="External"/><Relationship Id="f1" Type="${REL}/footnotes" Target="footnotes.xml"/><Relationship Id="s1" Type="${REL}/styles" Target="styles.xml"/><Relationship Id="n1" Type="${REL}/numbering" Target="numbering.xml"/></Relationships>` },
  { name: 'word/styles.xml', data: `<w:styles ${W}>${STYLES}</w:styles>` },
  { name: 'word/numbering.xml', data: `<w:numbering ${W}>${['bullet', 'decimal'].map((format, i) => `<w:abstractNum w:abstractNumId="${i}">${[0, 1].map((level) => `<w:lvl w:ilvl="${level}"><w:numFmt w:val="${format}"/></w:lvl>`).join('')}</w:abstractNum>`).join('')}<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>` },
  { name: 'word/footnotes.xml', data: `<w:footnotes ${W}><w:footnote w:id="2">${p(run('A note, ') + run('strong', '<w:b/>'))}</w:footnote></w:footnotes>` },
  { name: 'word/media/a.png', data: PNG },
  { name: 'word/document.xml', data: `<?xml version="1.0"?><w:document ${W}><w:body>${body}</w:body></w:document>` },
]
const PICTURE = '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="A door"/><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="i1"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
const BODY = [
  p(run('The network opens'), 'Title'), p(`${run('First ')}${run('bold', '<w:b/>')}${run(' words')}<w:r><w:footnoteReference w:id="2"/></w:r>${run('.')}`),
  p(run('A part'), 'Heading2'), listed('one', 1), listed('inner', 1, 1), listed('two', 1), listed('first', 2), p(run('Said.'), 'Quote'),
  `<w:tbl><w:tr>${cell('Year')}${cell('Count')}</w:tr><w:tr>${cell('2021')}${cell('7 | 8')}</w:tr></w:tbl>`,
  p(PICTURE), p(`<w:hyperlink r:id="l1">${run('a link')}</w:hyperlink>`), p(run('Odd *words* &lt;b&gt;'), 'Odd'),
].join('')

test('a Word file comes with its headings, lists, table, footnote and picture', async () => {
  const all = await readAll(readDocx, zip(document(BODY)), 'folder/a.docx')
  expect(refusalsOf(all)).toEqual([])
  await expect(printed(all)).toMatchFileSnapshot('./fixtures/docx.expected.md')
  expect(textsOf(all)).toMatchObject([{
    source: 'docx', title: 'The network opens', state: 'draft', byline: null, leftOut: ['the style “Odd One” has no meaning here: its words came as plain text'],
    files: [{ address: 'picture-1.png', alt: 'A door', bytes: new Uint8Array(PNG) }],
  }])
})

test('without a heading the title is the name of the file, and that is said', async () => {
  expect(textsOf(await readAll(readDocx, zip(document(p(run('Words.')))), 'x/Our_letter.docx'))).toMatchObject([{ title: 'Our letter', bodyMarkdown: 'Words.', leftOut: [expect.stringContaining('the name of the file')] }])
})

test.each<[string, () => ZipEntry[], string]>([
  ['a bomb', () => [...document(BODY), { name: 'word/media/b.bin', data: Buffer.alloc(101 * 1024 * 1024) }], 'more than 100 MB'],
  ['a bomb in parts', () => [...document(BODY), ...[1, 2, 3].map((n) => ({ name: `word/${n}.bin`, data: Buffer.alloc(40 * 1024 * 1024) }))], 'more than 100 MB'],
  ['zip slip', () => [...document(BODY), { name: '../../etc/x', data: 'x' }], 'leads out of'],
  ['an absolute name', () => [...document(BODY), { name: '/etc/x', data: 'x' }], 'leads out of'],
  ['a symbolic link', () => [...document(BODY), { name: 'word/link', data: '/etc/passwd', mode: 0o120777 }], 'symbolic link'],
  ['two of one name', () => [...document(BODY), ...document('')], 'two files of one name'],
  ['thousands of files', () => Array.from({ length: 2001 }, (_, i) => ({ name: `${i}`, data: '' })), '2001 files'],
  ['XXE', () => document('').map((entry) => (entry.name === 'word/document.xml' ? { ...entry, data: `<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>${String(entry.data)}` } : entry)), 'DOCTYPE'],
  ['another zip', () => [{ name: 'a.txt', data: 'x' }], 'no Word document'],
  ['a title of 10,000 characters', () => document(p(run('T'.repeat(10_000)), 'Title')), '10000 characters'],
])('%s is refused with its reason', async (_, entries, reason) => {
  expect(refusalsOf(await readAll(readDocx, zip(entries()), 'a.docx', 65_536))).toEqual([{ place: 'a.docx', reason: expect.stringContaining(reason) }])
})

test('a file with broken bytes is refused or read, and never throws', async () => {
  const whole = zip(document(BODY))
  await fc.assert(fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length), async (at, value, length) => {
    const bytes = Buffer.from(whole)
    bytes[at] = value
    expect(await readAll(readDocx, bytes, 'a.docx', 5000)).toHaveLength(1)
    expect(refusalsOf(await readAll(readDocx, whole.subarray(0, Math.min(length, whole.length - 1)), 'a.docx', 5000)).length).toBeLessThan(2)
  }), { numRuns: 60 })
})
