import { mkdtempSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { settingNames } from '#env.ts'
import { Refusal } from '#kernel/database/refusal.ts'
import { prepareSettingsFile, readSettingsFile } from '#start/settings-file.ts'

const newFolder = () => mkdtempSync(join(tmpdir(), 'altavoz-settings-'))
const fileIn = (folder: string) => join(folder, 'settings.env')
const read = (folder: string) => readSettingsFile(folder, settingNames())
function folderWith(text: string) {
  const folder = newFolder()
  writeFileSync(fileIn(folder), text)
  return folder
}

test('without a file there are no settings', () => expect(read(newFolder())).toEqual({}))

test('any password comes back as it was written, and only its owner can read the file', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }).filter((text) => !/[\r\n\0]/.test(text) && text.trim() === text), (password) => {
    const folder = newFolder()
    const url = `smtps://u:${encodeURIComponent(password)}@mail.example.org:465`
    prepareSettingsFile(folder, { SMTP_URL: url, ORIGIN: 'https://example.org' })?.commit()
    expect(read(folder)).toEqual({ SMTP_URL: url, ORIGIN: 'https://example.org' })
    expect(statSync(fileIn(folder)).mode & 0o777).toBe(0o600)
  }), { numRuns: 60 })
})

test('a value with a quotation mark, a dollar or a # comes back too; what no line can carry is refused', () => {
  for (const value of [`a'b`, `a"b'c`, '$HOME', 'a # b', 'a\\nb']) {
    const folder = newFolder()
    prepareSettingsFile(folder, { METRICS_TOKEN: value })?.commit()
    expect(read(folder)).toEqual({ METRICS_TOKEN: value })
  }
  const folder = newFolder()
  expect(() => prepareSettingsFile(folder, { METRICS_TOKEN: 'a\nPORT=1' })).toThrow(Refusal)
  expect(readdirSync(folder)).toEqual([])
})

test('what does not change stays as it was written, remarks too', () => {
  const folder = folderWith('# ours\nPORT=3001\nORIGIN=https://old.example\n\n# the end\n')
  prepareSettingsFile(folder, { ORIGIN: 'https://new.example', SMTP_URL: undefined })?.commit()
  expect(readFileSync(fileIn(folder), 'utf8')).toBe(`# ours\nPORT=3001\n\n# the end\nORIGIN='https://new.example'\n`)
  expect(prepareSettingsFile(folder, { ORIGIN: 'https://new.example' })).toBeUndefined()
  prepareSettingsFile(folder, { ORIGIN: undefined })?.commit()
  expect(read(folder)).toEqual({ PORT: '3001' })
})

test('until it is committed nothing has changed, and nothing stays of what is discarded', () => {
  const folder = folderWith('PORT=3001\n')
  const prepared = prepareSettingsFile(folder, { PORT: '3002' })!
  expect(read(folder)).toEqual({ PORT: '3001' })
  prepared.discard()
  expect(readdirSync(folder)).toEqual(['settings.env'])
})

test.each([
  ['PORT 3000', 'line 1: this is no setting'],
  ['\n# x\nexport PORT=3000', 'line 3: this is no setting'],
  ['PORTT=3000', 'there is no setting PORTT'],
  ['DATA_DIR=/srv', 'DATA_DIR cannot stand in the folder that it names'],
  ['PORT=1\nPORT=2', 'line 2: PORT stands here twice'],
  ['secretword', 'this is no setting'],
])('a file that holds %j is refused by its line', (text, sentence) => {
  const folder = folderWith(text)
  expect(() => read(folder)).toThrow(sentence)
  expect(() => read(folder)).toThrow(/^((?!secretword).)*$/)
})
