import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fillFrom, readXliff, writeXliff, type Xliff } from './xliff.ts'

const about = { itemId: 'item', sourceId: 'revision', from: 'es', to: 'pt' }
const units = [{ id: 'title', source: 'Título', target: 'Título' }, { id: 'p1', source: 'Uno **dos** & <tres>.', target: '' }, { id: 'p2', source: 'Cuatro.', target: 'Quatro.' }]

test('what is written is read back, byte for byte', () => {
  expect(readXliff(writeXliff({ ...about, units }))).toEqual({ ...about, units })
  const text = fc.string({ unit: 'binary' }).map((one) => one.replace(/[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, ''))
  fc.assert(fc.property(fc.array(fc.record({ source: text, target: text }), { maxLength: 3 }), (pairs) => {
    const file: Xliff = { ...about, units: pairs.map((pair, i) => ({ id: `p${i + 1}`, ...pair })) }
    expect(readXliff(writeXliff(file))).toEqual(file)
  }))
})

test('what a tool cut into segments and marked inside stands together again; what it proposes beside them is left out', () => {
  const read = readXliff(`<?xml version="1.0"?><xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0" version="2.0" srcLang="es" trgLang="pt"><file id="f" original="item/revision"><unit id="p1">
    <mtc:matches><mtc:match ref="#1"><source>Nada.</source><target>Nada!</target></mtc:match></mtc:matches>
    <segment><source>Uno. </source><target>Um <pc id="1">só</pc>. </target></segment><ignorable><source> </source><target> </target></ignorable><segment><source>Dos.</source><target><![CDATA[Dois.]]></target></segment></unit></file></xliff>`)
  expect(read!.units).toEqual([{ id: 'p1', source: 'Uno.  Dos.', target: 'Um só.  Dois.' }])
})

test.each([
  ['no XML', 'Hello'], ['cut off', writeXliff({ ...about, units }).slice(0, 300)], ['another kind of XML', '<rss version="2.0"></rss>'],
  ['an older XLIFF', '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"></xliff>'],
  ['a document type that blows up', '<!DOCTYPE xliff [<!ENTITY a "aaaa">]><xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1">&a;</xliff>'],
  ['an entity that nobody declared', '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1">&file;</xliff>'],
  ['too deep', `<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1">${'<a>'.repeat(200)}${'</a>'.repeat(200)}</xliff>`],
])('%s is no translation', (_, text) => expect(readXliff(text)).toBeUndefined())

test('what was translated of words that changed since is not taken, and what moved is', () => {
  const beside = [{ id: 'title', source: 'Título', own: 'Antes' }, { id: 'p1', source: 'Nuevo.', own: '' }, { id: 'p2', source: 'Uno.', own: 'Um antigo.' }, { id: 'p3', source: 'Dos, cambiado.', own: 'Dois antigo.' }]
  const came = [{ id: 'title', source: 'Título', target: 'Título!' }, { id: 'p1', source: 'Uno.', target: 'Um.' }, { id: 'p2', source: 'Dos.', target: 'Dois.' }, { id: 'p3', source: 'Tres.', target: '' }]
  expect(fillFrom(came, beside)).toEqual({ texts: ['Título!', '', 'Um.', 'Dois antigo.'], taken: 2, changed: 1 })
})
