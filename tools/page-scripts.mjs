// Scripts of the desk. Each of a page stands in one file that the server puts into it: the policy there allows these bytes by their
// hash. What only some who open a page need, it loads: files of a folder of their own, named by what is in them.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { loadedAt, loadedScripts, pageScripts } from '../src/script-table.ts'

const target = { target: 'es2020' }
// Its file for browsers decodes `&eacute;` by writing HTML into an element, which no page of the desk lets happen.
const resolve = { alias: { 'decode-named-character-reference': fileURLToPath(import.meta.resolve('decode-named-character-reference')) } }

/** Writes build/scripts/NAME.js for every script of the table, and build/loaded/ for what they load, before Vite builds the rest. */
export const pageScriptFiles = {
  name: 'altavoz-page-scripts',
  apply: 'build',
  async buildStart() {
    for (const folder of ['build/scripts', 'build/loaded']) {
      rmSync(folder, { recursive: true, force: true })
      mkdirSync(folder, { recursive: true })
    }
    const loaded = await rolldown({ input: loadedScripts, platform: 'browser', resolve, transform: target })
    const { output } = await loaded.generate({ format: 'es', minify: true, entryFileNames: '[name]-[hash].js', chunkFileNames: '[name]-[hash].js' })
    await loaded.close()
    for (const { fileName, code } of output) writeFileSync(`build/loaded/${fileName}`, code)
    const addresses = Object.fromEntries(output.filter(({ isEntry }) => isEntry).map(({ name, fileName }) => [`LOADED_${name.toUpperCase()}`, JSON.stringify(loadedAt + fileName)]))
    for (const [name, input] of Object.entries(pageScripts)) {
      const bundle = await rolldown({ input, platform: 'browser', external: [new RegExp(`^${loadedAt}`)], transform: { ...target, define: addresses } })
      const { output } = await bundle.generate({ format: 'es', minify: true })
      await bundle.close()
      writeFileSync(`build/scripts/${name}.js`, output[0].code)
    }
  },
}
