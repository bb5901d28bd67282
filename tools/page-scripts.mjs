// Scripts of the desk, each in one file that the server puts into its pages: the policy there allows these bytes by their hash.
import { mkdirSync, writeFileSync } from 'node:fs'
import { rolldown } from 'rolldown'
import { pageScripts } from '../src/script-table.ts'

/** Writes build/scripts/NAME.js for every script of the table, before Vite builds the rest. */
export const pageScriptFiles = {
  name: 'altavoz-page-scripts',
  apply: 'build',
  async buildStart() {
    mkdirSync('build/scripts', { recursive: true })
    for (const [name, input] of Object.entries(pageScripts)) {
      const bundle = await rolldown({ input, platform: 'browser', transform: { target: 'es2020' } })
      const { output } = await bundle.generate({ format: 'es', minify: true })
      await bundle.close()
      writeFileSync(`build/scripts/${name}.js`, output[0].code)
    }
  },
}
